"""What stands around the code: pins, workflows, licences and contributors' pages agree with what they speak of."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import click
import pytest
import yaml

from minglu.cli import main

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = ("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE-CONTENT.md", "THIRD-PARTY.md")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TARGETS = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))


def plain(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: str) -> dict[str, str]:
    text = (ROOT / path).read_text(encoding="utf-8")
    return {plain(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", text)}


PINS = pins("constraints.txt")


# Pins


def test_every_dependency_has_its_pin() -> None:
    listed = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    names = {plain(re.match(r"[\w.-]+", one)[0]) for one in listed}
    assert names - PINS.keys() == set()


def test_dependencies_are_ranges() -> None:
    assert [one for one in PROJECT["dependencies"] if "==" in one or ">=" not in one] == []


def test_the_lock_holds_the_same_releases_each_file_with_its_hash() -> None:
    locked = pins("requirements.lock")
    assert {name: (version, PINS.get(name)) for name, version in locked.items() if PINS.get(name) != version} == {}
    listed = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra)]
    assert {plain(re.match(r"[\w.-]+", one)[0]) for one in listed} - locked.keys() == set()
    blocks = re.split(r"(?m)^(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


# Workflows


def steps(path: Path) -> list[dict]:
    return [step for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values() for step in job["steps"]]


def commands(text: str) -> list[list[str]]:
    """The words of each command of a `run`, the interpreter's path cut off."""
    lines = re.split(r"\n|&&|\|\|?", text)
    return [line.split("#")[0].replace(".venv/bin/", "").split() for line in lines if line.strip()]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_only_what_there_is(path: Path) -> None:
    ran = [words for step in steps(path) for words in commands(step.get("run", ""))]
    assert ran
    assert [reason for words in ran if (reason := what_is_wrong(words))] == []


def what_is_wrong(words: list[str]) -> str:
    match words:
        case ["make", *rest]:
            unknown = {word for word in rest if "=" not in word} - TARGETS
            return f"make has no {unknown}" if unknown else ""
        case ["python", "-m", "minglu", name, *rest]:
            command = main.commands.get(name)
            if command is None:
                return f"minglu has no command {name}"
            known = {option for one in command.params if isinstance(one, click.Option) for option in one.opts}
            unknown = {word for word in rest if word.startswith("--")} - known
            return f"minglu {name} has no {unknown}" if unknown else ""
        case ["python", "-m", "pip" | "pytest", *rest]:
            files = [word for word in rest if re.fullmatch(r"[\w./-]+\.(lock|txt|py)", word)]
            missing = [file for file in files if not (ROOT / file).is_file()]
            return f"there is no {missing}" if missing else ""
        case ["npm", "ci"] | ["set", *_] | ["tee", *_] | ["test", *_] | ["gh", "release", *_]:
            return ""
    return f"nobody knows whether this can be run: {' '.join(words)}"


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("make tset", True),
        ("make locked PYTHON=python", False),
        ("python -m minglu chek", True),
        (".venv/bin/python -m minglu check --format github", False),
        ("python -m minglu check --shape github", True),
        ("python -m pip install --require-hashes --requirement requirements.txt", True),
        ("python -m pytest --ignore tests/parse/test_fuz.py", True),
        ("curl example.org | sh", True),
    ],
)
def test_a_slip_in_a_workflow_is_seen(command: str, wrong: bool) -> None:
    assert any(map(what_is_wrong, commands(command))) == wrong


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_trusts_nobody_more_than_it_must(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {} and "pull_request_target" not in text
    assert "concurrency" in workflow
    for name, job in workflow["jobs"].items():
        assert "permissions" in job and "timeout-minutes" in job, name
    used = re.findall(r"uses: (.*)", text)
    assert [one for one in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*", one)] == []
    assert [step for step in steps(path) if "${{" in step.get("run", "")] == [], (
        "put it into `env`: there it is no code"
    )
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_one_action_has_one_release_everywhere() -> None:
    used = {one for path in WORKFLOWS for one in re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))}
    assert len(used) == len({one.split("@")[0] for one in used})


def test_pages_written_by_hand_are_checked_like_trees() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/trees.yml").read_text(encoding="utf-8"))
    paths = workflow[True]["pull_request"]["paths"]  # YAML 1.1 takes `on` for a truth
    assert {"trees/**", "docs/**", "mkdocs.yml"} <= set(paths)
    assert ["make", "site"] in [
        words for step in steps(ROOT / ".github/workflows/trees.yml") for words in commands(step.get("run", ""))
    ]


# What is said in prose


@pytest.mark.parametrize("page", PAGES)
def test_a_path_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {
        one
        for one in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text)
        if "/" in one or one.endswith((".md", ".yml", ".py"))
    }
    named |= set(re.findall(r"\]\((?!https?:)([^)#]+)\)", text))
    package, placeholder = ROOT / "build_tools" / "minglu", re.compile("NAME|SLUG|ID|RULE")
    built = (".venv/", "assets/", "site/")
    missing = {
        one
        for one in named
        if not placeholder.search(one)
        and not one.startswith(built)
        and not (ROOT / one).exists()
        and not (package / one).exists()
    }
    assert missing == set()


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_a_command_that_a_page_names_is_one(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert {word for run in re.findall(r"\bmake ((?:[a-z-]+ ?)+)`", text) for word in run.split()} - TARGETS == set()
    assert set(re.findall(r"(?m)^make ([a-z-]+)", text)) - TARGETS == set()
    assert set(re.findall(r"python -m minglu ([a-z]+)", text)) - main.commands.keys() == set()


def test_every_folder_of_the_package_is_on_the_maps() -> None:
    folders = {
        path.name for path in (ROOT / "build_tools/minglu").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    for page in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert {folder for folder in folders if f"`{folder}/`" not in text} == set(), page
        order = [text.index(f"`{one}/`") for one in ("parse", "resolve", "unfold", "compile", "verify", "write")]
        assert order == sorted(order), page


def test_the_versions_of_what_others_made_are_those_in_use() -> None:
    rows = re.findall(
        r"(?m)^\| \[([^\]]+)\]\S+,? ?[^|]*\| ([\d.]+) \|", (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
    )
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    in_use = {
        "Pyodide": packages["pyodide"],
        "docx": packages["docx"],
        "qrcode-generator": packages["qrcode-generator"],
        "CPython": json.loads((ROOT / "node_modules/pyodide/pyodide-lock.json").read_bytes())["info"]["python"],
        "Material for MkDocs": PINS["mkdocs-material"],
        "Python-Markdown": PINS["markdown"],
        "PyMdown Extensions": PINS["pymdown-extensions"],
    }
    assert len(rows) == 15
    assert dict(rows) == {name: in_use.get(name, PINS.get(plain(name))) for name, _ in rows}


def test_the_site_carries_the_notices_of_all_that_it_ships() -> None:
    listed = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").partition("## At build time only")[0]
    notices = (ROOT / "build_tools/minglu/web/notices.txt").read_text(encoding="utf-8")
    shipped = [*re.findall(r"(?m)^\| \[([^\]]+)\]", listed), *re.findall(r"(?<=[ ,])([\w*\\.-]+) \([A-Z\w]", listed)]
    assert {"Pyodide", "lunr", "zlib"} <= set(shipped)
    assert [one for one in shipped if one.replace("\\", "") not in notices] == []


# What is built


def test_the_wheel_holds_the_widget_and_the_marker_of_types(tmp_path: Path) -> None:
    source, dist = tmp_path / "source", tmp_path / "dist"
    shutil.copytree(
        ROOT / "build_tools", source / "build_tools", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copytree(ROOT / ".ci", source / ".ci")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    built = run("-m", "build", "--no-isolation", "--outdir", dist, source)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "minglu/py.typed" in zipfile.ZipFile(next(dist.glob("*.whl"))).namelist()
    compared = run(source / ".ci/check_dist.py", dist)
    assert compared.returncode == 0, compared.stderr
    (source / "build_tools/minglu/web/added.wasm").write_bytes(b"a kind of file that pyproject.toml does not name")
    compared = run(source / ".ci/check_dist.py", dist)
    assert compared.returncode == 1 and "lacks minglu/web/added.wasm" in compared.stderr


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
