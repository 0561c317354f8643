"""docs/contribute/engine.md names every field of the contract, and none that is not there."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

from minglu.compile import counts
from minglu.engine import (
    calculators,
    case,
    case_report,
    citations,
    cite_report,
    contract,
    document,
    library_data,
    paper,
    report,
)
from minglu.write import certificate

PAGE = (Path(__file__).parents[2] / "docs" / "contribute" / "engine.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r'"([a-z_]+)"', "".join(re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))))
MODULES = (
    *(contract, report, document, paper, case, case_report, cite_report, library_data, calculators),
    *(certificate, counts),
)
IN_MEMORY = {contract.Arrival, contract.CompiledEdge}
"""What the engine makes of the tree's own words while it runs."""

REQUESTS = {"do", "text", "fields", "given", "answers", "calendar", "library", "ok"}
VALUES = {
    "load",
    "walk",
    "follow",
    "sheet",
    "cite",
    "calculate",
    "case",
    "chronology",
    "read-case",
    "paper",
    "papers",
    "question",
    "outcome",
    "several",
    "tree",
    "due",
    "ripens",
    "seller",
    "buyer",
    "end",
}
SHEET = {"told", "channel"}  # parts of it that no field is called like
WAYS = {"tel", "url", "place", "note"}
BLOCKS = {"heading", "line", "table", "break", "center", "right"}


def fields_of_the_contract() -> set[str]:
    kinds = {
        kind
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
        if kind not in IN_MEMORY
    }
    return {field.name for kind in {*kinds, citations.Citation} for field in fields(kind)}


def test_the_page_names_every_field() -> None:
    lists = set(contract.OUTCOME_LISTS)  # "and twelve lists of items", which stand without quotes further down
    assert len(lists) == 12 and all(
        re.search(rf"^[a-z, ]*\b{name}\b[a-z, ]* {{2,}}{{", PAGE, re.MULTILINE) for name in lists
    )
    unnamed = fields_of_the_contract() - NAMED - lists
    assert not unnamed, f"docs/contribute/engine.md does not name {sorted(unnamed)}"


def test_the_page_names_nothing_else() -> None:
    assert NAMED - fields_of_the_contract() - REQUESTS - VALUES - SHEET - WAYS - BLOCKS == set()
