"""`diff` on the command line: folders and revisions of a real git repository; and the workflow that uses it."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from minglu.changes.report_github import COMMENT_MARK
from minglu.cli import main

ROOT = Path(__file__).parent.parent
TOY = Path(__file__).parent / "toy" / "trees"
WORKFLOW = ROOT / ".github" / "workflows" / "trees.yml"


def write(folder: Path, files: dict[str, bytes], *edits: tuple[str, str]) -> Path:
    """The toy project below `folder`, edited; returns its folder of trees."""
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        for old, new in edits if path == "trees/kettle/tree.yml" else ():
            assert old.encode() in data
            data = data.replace(old.encode(), new.encode())
        file.write_bytes(data)
    return folder / "trees"


def git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *named, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, toy_files, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two commits: the toy project, and one where repair is arguable. The folder is edited again: there it is clear."""
    folder = tmp_path / "repository"
    write(folder, toy_files)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    write(folder, toy_files, ("standing: weak", "standing: arguable"))
    git(folder, "commit", "-q", "-a", "-m", "second")
    write(folder, toy_files, ("standing: weak", "standing: clear"))
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_two_revisions_are_compared_without_a_checkout(repository: Path) -> None:
    result = run("HEAD~1", "HEAD")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "依据：比较弱 → 可以争取" in result.stdout and "12 种里 3 种" in result.stdout
    assert b"standing: clear" in (repository / "trees/kettle/tree.yml").read_bytes()


def test_a_revision_is_compared_with_the_folder_as_it_is_now(repository: Path) -> None:
    assert "依据：可以争取 → 依据明确" in run("main", "trees").stdout
    assert "standing: arguable → weak" in run("main", str(TOY), "--lang", "en").stdout


def test_nothing_changed_is_said_with_exit_code_0(repository: Path) -> None:
    result = run("HEAD", "main")
    assert (result.exit_code, result.stdout) == (0, "没有读者得到的不一样（一共 16 种）；文字也没有改。\n")
    assert (
        run("HEAD", "HEAD", "--lang", "en", "--format", "github").stdout
        == f"{COMMENT_MARK}\n\n**No reader of 16 gets anything else; no words were edited.**\n"
    )


def test_trees_in_a_folder_of_another_name_are_read_at_a_revision(repository: Path) -> None:
    git(repository, "mv", "trees", "arbres")
    git(repository, "commit", "-q", "-a", "-m", "third")
    assert "12 种里 3 种" in run("HEAD", str(TOY), "--trees", "arbres").stdout
    assert run("HEAD", "HEAD", "--trees", "trees").stderr == "Error: HEAD 里没有 trees\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", "HEAD"), "nowhere 既不是文件夹，也不是 git 里的版本"),
        (("HEAD", "--lang=en", "--", "-x"), "-x is neither a folder nor a revision in git"),
        (("HEAD", ".git"), ".git 里没有决策树"),
        (("HEAD", ".git", "--lang", "en"), ".git holds no trees"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(repository: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {told}\n")


def test_outside_a_repository_a_revision_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert run("main", str(TOY)).stderr == "Error: 没有 main 这个文件夹，trees 也不在 git 仓库里\n"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (
        run("main", str(TOY), "--lang", "en").stderr
        == "Error: git is not installed here, so only folders can be compared\n"
    )


@pytest.mark.parametrize(("lang", "says"), [("zh", "%s 里的树还不完整"), ("en", "the trees of %s are not whole")])
def test_a_side_whose_trees_are_not_whole_is_named_with_its_diagnostics(
    tmp_path: Path, toy_files, lang: str, says: str
) -> None:
    broken = str(write(tmp_path, toy_files, ("start: what", "start: nowhere")))
    for sides in ((broken, str(TOY)), (str(TOY), broken)):
        result = run(*sides, "--lang", lang)
        assert result.exit_code == 1 and result.stdout == ""
        assert says % broken in result.stderr and "trees/kettle/tree.yml:7:8: error[names]" in result.stderr
    result = run(str(TOY), broken, "--lang", lang, "--format", "github")
    assert result.exit_code == 1 and result.stderr == ""
    assert result.stdout.startswith(COMMENT_MARK) and "```\ntrees/kettle/tree.yml:7:8: error[names]" in result.stdout


def test_what_does_not_pass_the_check_yet_is_compared_all_the_same(tmp_path: Path, toy_files) -> None:
    """While a limit is being changed its worked walks fail; that is when its author wants to know who is touched."""
    edited = str(
        write(tmp_path, toy_files, ("within: 7 days, cite: 水壶法第11条", "within: 6 days, cite: 水壶法第11条"))
    )
    result = run(str(TOY), edited)
    assert result.exit_code == 0 and "期限" in result.stdout
    assert re.fullmatch(f"{re.escape(edited)} 还有 [0-9]+ 处通不过检查；照样比较了\n", result.stderr)
    result = run(str(TOY), edited, "--lang", "en", "--format", "github")
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout.startswith(f"{COMMENT_MARK}\n\n> ") and "does not pass the check yet" in result.stdout


# ---- the workflow


def steps() -> list[dict]:
    return [step for job in yaml.safe_load(WORKFLOW.read_text())["jobs"].values() for step in job["steps"]]


def test_the_workflow_pins_its_actions_to_commits() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in used)


def test_only_the_job_that_runs_none_of_the_code_may_write() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text())
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "check": {"contents": "read"},
        "comment": {"pull-requests": "write"},
    }
    assert not any("run" in step or "checkout" in step.get("uses", "") for step in workflow["jobs"]["comment"]["steps"])
    assert not any("${{" in step.get("run", "") for step in steps()), (
        "what a pull request is called must not reach a shell"
    )


def test_the_workflows_commands_are_those_of_the_project(repository: Path) -> None:
    """The merge commit that is checked out has the base as its first parent."""
    commands = [
        shlex.split(line.split("|")[0])[3:]
        for step in steps()
        for line in step.get("run", "").splitlines()
        if "-m minglu" in line
    ]
    assert [command[0] for command in commands] == ["diff", "check"]
    result = CliRunner().invoke(main, [argument.replace("HEAD^1", "HEAD") for argument in commands[0]])
    assert result.exit_code == 0 and result.output.startswith(COMMENT_MARK)
    assert COMMENT_MARK in WORKFLOW.read_text()
    assert CliRunner().invoke(main, commands[1]).exit_code == 0
