"""The editors' guide, followed step by step in a copy of the trees: what it says to write passes, what it shows is
what one sees.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from minglu import pipeline
from minglu.cli import main
from minglu.diagnostics.terminal import render

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs/contribute/guide.md").read_text()
TREE = "trees/late-delivery/tree.yml"
WRITTEN = dict(re.findall(r'(?ms)^```\w+ title="(trees/[\w./-]+)"\n(.*?)^```$', GUIDE))
SHOWN = {
    line: text.rstrip("\n")
    for line, text in re.findall(r'(?ms)^```text title="trees/late-delivery/tree.yml 第 (\d+) 行"\n(.*?)^```$', GUIDE)
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return pipeline.read_files(ROOT / "trees")


def told(files: dict[str, bytes], old: str = "", new: str = "") -> list[str]:
    text = WRITTEN[TREE]
    assert text.count(old) == 1 or not old
    files = files | {
        path: content.encode() for path, content in (WRITTEN | {TREE: text.replace(old, new) if old else text}).items()
    }
    return [render(one, files) for one in pipeline.check(files)[1]]


def test_the_tree_of_the_guide_passes(files) -> None:
    assert {*WRITTEN} == {TREE, "trees/late-delivery/walks.yml", "trees/late-delivery/letters/urge.md"}
    assert told(files) == []


def test_the_diagnostics_of_the_guide_are_what_one_sees(files) -> None:
    assert told(files, "summary: ", "summary：") == [SHOWN["3"]]
    assert told(files, "没有说好, goto: urged", "没有说好, goto: urgd") == [SHOWN["23"]]
    assert len(SHOWN) == 2


def test_the_way_that_the_guide_says_to_leave_out_is_missed(files) -> None:
    (one,) = told(files, "          - { when: { agreed: no }, to: urge }\n", "")
    assert "error[decided]" in one and "没有路可走" in one


def test_the_first_example_is_yaml_as_the_guide_says() -> None:
    from minglu.parse.document import read_document

    for example in re.findall(r"(?ms)^```yaml\n(.*?)^```$", GUIDE):
        assert read_document(example.encode(), "example.yml")[1] == []


def test_every_rule_stands_in_the_guide_and_no_other() -> None:
    used = {
        rule
        for path in (ROOT / "build_tools" / "minglu").rglob("*.py")
        for rule in re.findall(r"(?:Diagnostic|report)\(\s*\"([a-z-]+)\"", path.read_text())
    }
    rows = re.findall(r"(?m)^\| ((?:`[a-z-]+` ?)+)\|", GUIDE)
    named = {rule for row in rows for rule in re.findall(r"`([a-z-]+)`", row)}
    table = "the table of diagnostics in docs/contribute/guide.md"
    assert not used - named, f"{table} lacks {sorted(used - named)}"
    assert not named - used, f"{table} names what nothing reports: {sorted(named - used)}"


def test_every_command_of_the_guide_is_one() -> None:
    commands = re.findall(r"python -m minglu ((?:new )?[a-z]+)", GUIDE)
    assert {"check", "new tree", "new law", "walk", "mutate", "touches", "diff"} == {*commands}
    for command in commands:
        assert CliRunner().invoke(main, [*command.split(), "--help"]).exit_code == 0
    makefile = (ROOT / "Makefile").read_text()
    assert all(f"\n{target}:" in makefile for target in re.findall(r"`make (\w+)`", GUIDE))


def test_every_key_that_the_guide_names_is_one() -> None:
    from minglu.parse import key_docs

    keys = {key for known in key_docs.KEY_DOCS.values() for key in known}
    named = set(re.findall(r"（`([a-z_]+)`）", GUIDE))
    assert named and named <= keys
