"""The toy trees' pages, certificates and walks are, word for word, the files of golden/written/.

Beside the kettle and the tea stands an urn (golden/urn/), which has what those lack: `not` and several values in
guards, bands that count to another answer, several letters, every standing with cases, units, and laws of every rank.
`pytest --accept` rewrites the files; read the diff.
"""

import json
import re
from contextlib import redirect_stdout
from datetime import date
from difflib import unified_diff
from io import StringIO
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.cli.terminal_walk import print_walk
from minglu.compile import Compiled
from minglu.engine.codec import to_json
from minglu.engine.walk_report import walk_report
from minglu.resolve.model import WorkedWalk
from minglu.write import write

GOLDEN = Path(__file__).parent / "golden"
HELD = {path.relative_to(GOLDEN / "written").as_posix(): path for path in sorted((GOLDEN / "written").rglob("*.*"))}
LEFT_OUT = (
    "contribute/",
    "assets/minglu/trees/",
    "assets/minglu/calendar.json",
    "assets/minglu/library.json",
    "assets/minglu/calculators.json",
)
"""The guide's pages are the manuals of the checks and the meanings of keys; the rest is data that the pages show."""

BREAK = "\n "
BREAKABLE = re.compile(
    r"(?<=[^\n])(?=<(?:a|dd|desc|details|div|dl|dt|g|h[1-6]|header|i|label|li|ol|p|path|pre|rect|section|small|summary|svg|text"
    r"|title|tree-map|tree-walk|ul)\b)"
)
"""Where the one long line of a page may be broken, so that a diff can be read. No line of a page begins with ` <`."""


@pytest.fixture(scope="module")
def urn(toy_files) -> Compiled:
    done, found = pipeline.check(toy_files | pipeline.read_files(GOLDEN / "urn" / "trees"))
    assert found == []
    return done


@pytest.fixture(scope="module")
def made(urn, request: pytest.FixtureRequest) -> dict[str, str]:
    texts = pages(urn) | walks(urn)
    if request.config.getoption("--accept"):
        for path in HELD.values():
            path.unlink()
        for name, text in texts.items():
            path = GOLDEN / "written" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return texts


def pages(done: Compiled) -> dict[str, str]:
    names = r"(?<=\.)[0-9a-f]{8}(?=\.(?:js|json|css)\b)"  # of files, by their content
    versions = re.compile("|".join([names, *(tree.version for tree in done.trees.values())]))
    texts = {path: data.decode() for path, data in write(done).items() if not path.startswith(LEFT_OUT)}
    return {path: versions.sub("VERSION", readable(path, text)) for path, text in texts.items()}


def readable(path: str, text: str) -> str:
    if path.endswith(".json"):
        return json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"
    return broken(text) if path.endswith((".md", ".html")) else text


def broken(text: str) -> str:
    return BREAKABLE.sub(BREAK, text)


def walks(done: Compiled) -> dict[str, str]:
    return {
        f"walks/{id}-{number}.txt": walk_text(id, walk, done)
        for id in done.trees
        for number, walk in enumerate(done.project.trees[id].walks, 1)
    }


def walk_text(id: str, walk: WorkedWalk, done: Compiled) -> str:
    """What the terminal shows at the end of a worked walk, then its letters and calendar files."""
    report = walk_report(done.trees[id], walk.answers, today=date.fromisoformat(walk.today), calendar=done.days)
    terminal = StringIO()
    with redirect_stdout(terminal):
        print_walk(to_json(report), done.trees)
    parts = {f"{walk.name}, on {walk.today}": terminal.getvalue()}
    if report.outcome:
        parts |= {f"letter {one.id}: {one.title}": one.text for one in report.outcome.letters}
        files = [one.calendar for one in report.outcome.deadlines if one.calendar]
        parts |= {file.name: file.text.replace("\r\n", "␍\n") for file in files}
    return "\n".join(f"==== {title}\n{text.rstrip()}\n" for title, text in parts.items())


@pytest.mark.parametrize("name", HELD)
def test_a_page_is_word_for_word_as_it_was_accepted(name: str, made) -> None:
    if name not in made:
        pytest.fail(f"{name} is no longer made; `pytest --accept` removes it", pytrace=False)
    held = HELD[name].read_text(encoding="utf-8")
    if made[name] != held:
        lines = unified_diff(held.splitlines(), made[name].splitlines(), "accepted", "made", n=1, lineterm="")
        pytest.fail("\n".join([f"golden/written/{name}", *lines]), pytrace=False)


def test_every_page_that_is_made_is_held(made, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--accept"):
        assert sorted(made) == sorted(HELD)


def test_breaking_a_page_into_lines_loses_nothing(urn) -> None:
    for path, data in write(urn).items():
        if path.endswith((".md", ".html")):
            text = data.decode()
            assert broken(text).replace(f"{BREAK}<", "<") == text, path


def test_the_urn_has_what_golden_pages_are_for(made) -> None:
    """What would no longer be seen if somebody simplified the urn."""
    page = made["trees/urn.md"]
    assert all(f'data-standing="{standing}"' in page for standing in ("clear", "arguable", "weak", "none"))
    for words in ("不是（铜或锡）", "铜或陶或玻璃", "1 到 2 次", "0 次或3 次及以上", "超过 15 天，6 个月以内"):
        assert f"只在这种情况：{words}<" in page
    for outcome in page.split('<section class="state outcome"')[1:]:
        assert 'data-at="2"' in outcome and "data-in=" in outcome
