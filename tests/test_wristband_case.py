"""The complaint about a wristband, kept as a case from the first call to the last answer: days, road and chronology.

The case is a file as the page writes it (cases/wristband.json); the browser test types it in (test_case_on_site.py).
`pytest --accept` rewrites the chronology as text (cases/wristband.txt).
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.case import Case, CaseFile, read_file
from minglu.engine.case_report import CaseReport
from minglu.engine.case_view import case_report
from minglu.engine.chronology import chronology
from minglu.engine.document import Block, Document, Line
from minglu.write.case_library import case_library
from minglu.write.cross_references import Site
from minglu.write.links import Pen

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parent.parent
STALL = "不合质量要求、没有正当理由不办，算故意拖延的期限"


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done and not found
    return done


@pytest.fixture(scope="module")
def wristband() -> CaseFile:
    return read_file((CASES / "wristband.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def library(compiled):
    return case_library(Pen(Site(compiled), "", frozenset()))


@pytest.fixture
def see(compiled, library):
    def see(case: Case, day: str) -> CaseReport:
        """As it stood on the day, with what had been noted down by then."""
        so_far = replace(case, log=tuple(entry for entry in case.log if entry.day <= day))
        return case_report(so_far, compiled.trees, library, today=date.fromisoformat(day), calendar=compiled.days)

    return see


def states(report: CaseReport) -> dict[str, str]:
    return {rung.id: rung.state for rung in report.road}


def days(report: CaseReport, *kinds: str) -> dict[str, tuple[str | None, str | None]]:
    return {item.title: (item.day, item.verdict) for item in report.timeline if item.kind in kinds}


def test_it_ends_where_nothing_must_be_repaired_and_no_swap_need_be_taken(see, wristband) -> None:
    (end,) = see(wristband, "2026-11-20").ends
    assert (end.tree, end.id, end.standing) == ("out-of-warranty", "over-offer", "weak")


def test_the_log_moves_the_road(see, wristband) -> None:
    """A refusal opens the next rung on its day; what is said on a website of private people moves none."""
    assert states(see(replace(wristband, log=()), "2026-10-08"))["negotiate"] == "open"
    assert states(see(wristband, "2026-10-12"))["negotiate"] == "waiting"
    refused = states(see(wristband, "2026-10-20"))
    assert (refused["negotiate"], refused["platform"]) == ("refused", "open")
    assert states(see(wristband, "2026-10-23")) == refused
    promised = states(see(wristband, "2026-11-03"))
    assert (promised["negotiate"], promised["platform"]) == ("promised", "later")
    assert states(see(wristband, "2026-11-07"))["platform"] == "open"
    sent = states(see(wristband, "2026-11-10"))
    assert (sent["platform"], sent["complaint-12315"]) == ("before", "waiting")


def test_days_are_right_to_the_day(see, wristband) -> None:
    """Seven working days from the 10th, sixty days from the 17th; the seller's fifteen end with an answer."""
    waiting = days(see(wristband, "2026-10-13"), "due", "ripens")
    assert waiting[STALL] == ("2026-10-28", "not-yet")
    assert STALL not in days(see(wristband, "2026-10-21"), "due", "ripens")
    sent = days(see(wristband, "2026-11-12"), "due", "ripens")
    assert sent["答复受不受理的期限"] == ("2026-11-20", "not-yet")
    accepted = see(wristband, "2026-11-20")
    assert "答复受不受理的期限" not in days(accepted, "due", "ripens")
    assert days(accepted, "ripens")["调解的期限"] == ("2027-01-17", "not-yet")
    assert (accepted.next.day, accepted.next.near) == ("2027-01-17", False)


def test_when_mediation_ends_the_next_clock_starts(see, wristband) -> None:
    over = replace(wristband.log[-1], day="2026-12-01", kind="ended", says="对方不同意，终止调解")
    ended = see(replace(wristband, log=(*wristband.log, over)), "2026-12-01")
    assert states(ended)["complaint-12315"] == "refused"
    told = days(ended, "due", "ripens")
    assert "调解的期限" not in told
    assert told["主张重新算的三年，从调解结束那天数"] == ("2029-12-01", "running")


def test_its_chronology_is_word_for_word_as_it_was_accepted(see, wristband, library, request) -> None:
    report = see(wristband, "2026-11-20")
    text = document_text(chronology(wristband, report, library, date(2026, 11, 20)))
    if request.config.getoption("--accept"):
        (CASES / "wristband.txt").write_text(text, encoding="utf-8", newline="\n")
    assert text == (CASES / "wristband.txt").read_text("utf-8")


def test_its_chronology_tells_no_day_that_passed_unused(see, wristband, library) -> None:
    late = see(wristband, "2030-01-01")
    assert "over" in {item.verdict for item in late.timeline}
    told = document_text(chronology(wristband, late, library, date(2030, 1, 1)))
    assert "已经过了" not in told


def document_text(document: Document) -> str:
    return f"{document.name}\n" + "".join(map(block_text, document.blocks))


def block_text(block: Block) -> str:
    lines = ["", *map(line_text, block.lines)]
    lines += [" | ".join(" / ".join(map(line_text, cell.lines)) for cell in row.cells) for row in block.rows]
    return "\n".join(lines) + "\n"


def line_text(line: Line) -> str:
    return "".join(f"【{run.text}】" if run.gap else run.text for run in line.runs)


def test_the_case_is_written_as_the_page_writes_it() -> None:
    text = (CASES / "wristband.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1)
