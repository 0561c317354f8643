"""What is begun is fit to look at as it stands and says what is still to be written; nothing that is there is written
over.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from minglu import pipeline
from minglu.cli import main
from minglu.new import Refused, new_law, new_tree
from minglu.parse.beginnings import PHRASES

ROOT = Path(__file__).parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/toy/trees", tmp_path / "trees"))


def run(folder: Path, *arguments: str):
    """The options stand before the name, which may begin with a hyphen."""
    command = arguments[:2] if arguments[0] == "new" else arguments[:1]
    return CliRunner().invoke(main, [*command, "--trees", str(folder), *arguments[len(command) :]])


@pytest.mark.parametrize("trees", [ROOT / "trees", ROOT / "tests/toy/trees"], ids=["trees", "toy"])
def test_of_a_new_tree_and_a_new_law_only_the_phrases_to_replace_are_told(trees: Path) -> None:
    files = pipeline.read_files(trees)
    done, found = pipeline.check(files)
    assert found == []
    made = new_tree("a-new-one", "2026-11-22", done.project) | new_law(
        "a-new-law", "2026-11-22", held=done.project.library.statutes
    )
    done, found = pipeline.check(files | {path: text.encode() for path, text in made.items()})
    assert {one.rule for one in found} == {"template"} and all(one.unfinished for one in found)
    told = {made[one.at.file].split("\n")[one.at.line - 1][one.at.column - 1 :][: one.at.length] for one in found}
    assert {*PHRASES} <= {*told, "（找谁）", "（一句话：为什么先找他）", "（是谁，怎么找到）"} | names_in(told)
    assert {question.kind for question in done.project.trees["a-new-one"].questions.values()} == {"choice", "date"}
    assert len(done.project.trees["a-new-one"].walks) == len(done.project.trees["a-new-one"].outcomes) == 2


def names_in(told: set[str]) -> set[str]:
    """The phrases that stand before a name."""
    return {phrase for phrase in PHRASES for one in told if phrase.endswith(" ") and one.startswith(phrase)}


def test_the_commands_write_tell_what_they_wrote_and_refuse_to_write_it_again(folder: Path) -> None:
    result = run(folder, "new", "tree", "coffee")
    assert (result.exit_code, result.stdout.split()) == (
        0,
        [str(folder / "coffee/tree.yml"), str(folder / "coffee/walks.yml")],
    )
    result = run(folder, "new", "law", "coffee-law")
    assert (result.exit_code, result.stdout.split()) == (0, [str(folder / "law/coffee-law.yml")])
    assert {*re.findall(r"error\[(\w+)\]", run(folder, "check").stderr)} == {"template"}
    (folder / "coffee/tree.yml").write_text(
        (folder / "coffee/tree.yml").read_text().replace("出了什么问题？", "我改过了？")
    )
    before = pipeline.read_files(folder)
    assert "已经有 trees/coffee 了" in run(folder, "new", "tree", "coffee").stderr
    assert (
        "there is a trees/law/coffee-law.yml already" in run(folder, "new", "law", "coffee-law", "--lang", "en").stderr
    )
    assert pipeline.read_files(folder) == before


def test_a_file_that_belongs_to_no_tree_yet_is_not_written_over(folder: Path) -> None:
    (folder / "coffee/letters").mkdir(parents=True)
    (folder / "coffee/walks.yml").write_text("")
    before = sorted(folder.rglob("*"))
    result = run(folder, "new", "tree", "coffee")
    assert result.exit_code == 1 and sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("kind", ["tree", "law"])
@pytest.mark.parametrize("name", ["Coffee", "咖啡", "a_b", "../a", "a b", "-a", "a/b", ""])
def test_a_name_is_checked(folder: Path, kind: str, name: str) -> None:
    before = sorted(folder.rglob("*"))
    result = run(folder, "new", kind, "--", name)
    assert result.exit_code == 1 and "小写字母" in result.stderr and sorted(folder.rglob("*")) == before


def test_law_is_no_name_for_a_tree(folder: Path) -> None:
    assert run(folder, "new", "tree", "law").exit_code == 1 and not (folder / "law/tree.yml").exists()


def test_in_a_broken_project_nothing_is_begun_and_the_diagnostics_are_told(folder: Path) -> None:
    (folder / "order.yml").write_text("begin: [coffe]\n")
    result = run(folder, "new", "tree", "coffee")
    assert (
        result.exit_code == 1
        and "trees/order.yml:1:9: error[names]" in result.stderr
        and not (folder / "coffee").exists()
    )


def test_without_law_to_rest_on_no_tree_is_begun(toy) -> None:
    with pytest.raises(Refused, match=r"no channel of trees/channels\.yml cites law in force"):
        new_tree("coffee", "2019-12-31", toy.project)


def test_the_schemas_are_written_where_vs_code_looks_for_them(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["schema"]).exit_code == 0
    for path in json.loads((ROOT / ".vscode/settings.json").read_text())["yaml.schemas"]:
        assert json.loads((tmp_path / path).read_text())["$schema"].endswith("2020-12/schema")
    assert ".cache/" in (ROOT / ".gitignore").read_text().split()


def test_the_hook_runs_the_check_of_the_makefile_where_a_tree_changes() -> None:
    import yaml

    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    (hook,) = repo["hooks"]
    assert repo["repo"] == "local" and hook["language"] == "system" and hook["pass_filenames"] is False
    assert hook["entry"] == "make --silent check" and re.search(
        r"(?m)^check:.*\n\t.*minglu check$", (ROOT / "Makefile").read_text()
    )
    assert all(re.search(hook["files"], path) for path in pipeline.read_files(ROOT / "trees"))
