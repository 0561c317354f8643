"""docs/contribute/faults.md: every fault there has tests, and these exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROWS = re.findall(r"(?m)^\| (?!Fault|---)(.*) \|$", (ROOT / "docs/contribute/faults.md").read_text("utf-8"))


def test_every_fault_names_what_is_seen_and_its_test() -> None:
    assert len(ROWS) > 25
    for row in ROWS:
        fault, seen, tests = row.split(" | ")
        assert fault and seen
        assert re.fullmatch(r"`test_\w+`(, `test_\w+`)*", tests), row


def test_every_test_that_is_named_is_one() -> None:
    there = {
        one.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for one in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(one, ast.FunctionDef)
    }
    named = {name for row in ROWS for name in re.findall(r"`(test_\w+)`", row)}
    assert named - there == set()
