"""Whatever the disk, the terminal and the command line hold, a person gets one sentence and never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from unicodedata import combining, east_asian_width

import pytest
from click.testing import CliRunner, Result

from minglu import pipeline
from minglu.changes.revisions import read_revision
from minglu.cli import main
from minglu.diagnostics import Diagnostic, Span, Words
from minglu.diagnostics.terminal import render

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests/toy/trees"
SENTENCE = {"zh": "读写", "en": "cannot read or write"}


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOY, tmp_path / "trees"))


def broken(folder: Path) -> str:
    file = folder / "kettle/tree.yml"
    file.write_text(file.read_text().replace("title:", "titel:", 1))
    return str(folder)


def denied(*_, **more):
    raise PermissionError(13, "Permission denied", "trees/kettle/tree.yml")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("check", "--format", "json"),
        ("touches", "水壶法第11条"),
        ("mutate",),
        ("walk", "kettle"),
        ("new", "tree", "a"),  # a new law asks nothing of the files that are there
    ],
    ids=" ".join,
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    folder: Path, monkeypatch, lang: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(Path, "read_bytes", denied)
    result = run(*command, "--trees", str(folder), "--lang", lang)
    assert (
        result.exit_code == 1
        and result.stdout == ""
        and SENTENCE[lang] in result.stderr
        and "trees/kettle/tree.yml" in result.stderr
        and len(result.stderr.splitlines()) == 1
    )


def test_a_folder_that_cannot_be_looked_into_is_not_passed_over(folder: Path, monkeypatch) -> None:
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: denied() if str(path).endswith("kettle") else scandir(path))
    with pytest.raises(PermissionError):
        pipeline.read_files(folder)


@pytest.mark.parametrize(("lang", "command"), [("zh", "schema"), ("en", "schema"), ("en", "new")])
def test_where_nothing_can_be_written_one_sentence_says_so(
    folder: Path, tmp_path: Path, lang: str, command: str
) -> None:
    (tmp_path / "file").write_text("")
    if command == "schema":
        result = run("schema", "--write-to", str(tmp_path / "file/below"), "--lang", lang)
    else:
        (folder / "coffee").write_text("")
        result = run("new", "tree", "coffee", "--trees", str(folder), "--lang", lang)
    assert result.exit_code == 1 and SENTENCE[lang] in result.stderr and len(result.stderr.splitlines()) == 1


def test_of_a_new_tree_all_files_are_written_or_none(folder: Path, monkeypatch) -> None:
    write = Path.write_text
    monkeypatch.setattr(
        Path,
        "write_text",
        lambda self, *rest, **more: denied() if self.name == "walks.yml" else write(self, *rest, **more),
    )
    assert run("new", "tree", "coffee", "--trees", str(folder)).exit_code == 1
    assert [*folder.rglob("coffee/*")] == []


def test_where_the_browsers_python_is_required_compile_says_what_to_run(
    folder: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for lang in ("zh", "en"):
        result = run("compile", "--trees", str(folder), "--write-to", "out", "--require-python", "--lang", lang)
        assert result.exit_code == 1 and "`npm ci`" in result.stderr and not (tmp_path / "out").exists()


@pytest.mark.parametrize(("lang", "told"), [("zh", "里没有决策树的文件"), ("en", "holds no files of trees")])
def test_a_folder_without_trees_is_not_fit_to_publish(tmp_path: Path, lang: str, told: str) -> None:
    result = run("check", "--trees", str(tmp_path), "--lang", lang)
    assert result.exit_code == 1 and told in result.stderr


def test_pages_that_are_not_looked_at_are_told(tmp_path: Path) -> None:
    assert (
        "手写的页没有看" in run("touches", "水壶法第11条", "--docs", str(tmp_path / "no"), "--trees", str(TOY)).stderr
    )
    assert run("touches", "水壶法第11条", "--docs", str(tmp_path), "--trees", str(TOY)).stderr == ""


def test_of_several_trees_all_names_are_looked_at_before_the_first_is_tried() -> None:
    result = run("mutate", "tea", "nope", "--trees", str(TOY))
    assert result.exit_code == 1 and result.stdout == "" and "nope" in result.stderr


def test_nothing_of_the_callers_or_of_a_files_name_steers_the_terminal() -> None:
    assert "\x1b" not in run("touches", "\x1b[31m水壶法第1条", "--trees", str(TOY)).stderr
    told = render(Diagnostic("files", Span("trees/a\n\x1b[31m\udcff.yml", 0, 0), Words("错", "wrong")), {})
    assert told == "trees/a��[31m�.yml: error[files]: 错"


@pytest.mark.parametrize(
    ("line", "marked"), [("e\u0301a: x", "a"), ("坏e\u0301了: x", "了"), ("a\u20dd: x", ":"), ("😀：x", "x")]
)
def test_the_carets_stand_below_the_place_whatever_the_width(line: str, marked: str) -> None:
    def columns(text: str) -> int:
        return sum(
            0 if combining(char) or char == "\u20dd" else 2 if east_asian_width(char) in "WF" else 1 for char in text
        )

    _, source, carets = render(
        Diagnostic("names", Span("a.yml", 1, line.index(marked) + 1, 1), Words("错", "wrong")), {"a.yml": line.encode()}
    ).split("\n")
    before, _ = source.split(marked)
    assert columns(before) == carets.index("^") and len(carets) - carets.index("^") == columns(marked)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
@pytest.mark.parametrize(
    "command",
    [("check", "--format", "json"), ("check", "--format", "github"), ("check",), ("--help",), ("walk", "kettle")],
    ids=" ".join,
)
def test_a_terminal_without_chinese_gets_no_traceback(folder: Path, encoding: str, command: tuple[str, ...]) -> None:
    trees = [] if command == ("--help",) else ["--trees", broken(folder) if command[0] == "check" else str(TOY)]
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT / "build_tools")}
    done = subprocess.run(
        [sys.executable, "-m", "minglu", *command, *trees],
        input=b"\xff\n",
        capture_output=True,
        env=environment,
        cwd=ROOT,
    )
    assert b"Traceback" not in done.stderr and done.returncode == (0 if command == ("--help",) else 1)
    if "json" in command:
        assert json.loads(done.stdout)[0]["says"] == "这里没有 `titel` 这个键"


def test_a_revision_is_read_from_within_the_folder_too(monkeypatch) -> None:
    """In this repository, as it stands in git."""
    there = read_revision("HEAD", ROOT / "trees")
    monkeypatch.chdir(ROOT / "trees")
    assert read_revision("HEAD", Path(".")) == there
    monkeypatch.chdir(ROOT / "trees/law")
    assert read_revision("HEAD", Path("..")) == there


def test_nothing_is_no_folder() -> None:
    assert run("diff", "", str(TOY), "--trees", str(TOY)).stderr.startswith("Error: ")
    assert "error[" not in run("diff", "", str(TOY), "--trees", str(TOY)).stderr
