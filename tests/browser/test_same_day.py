"""Terminal, page, letter and calendar file name the same day, at every deadline that a worked walk ends with."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page

from minglu import pipeline
from minglu.cli.terminal_walk import print_walk
from minglu.compile import Compiled
from minglu.engine.codec import to_json
from minglu.engine.contract import CompiledLetter, CompiledState, CompiledTree
from minglu.engine.report import CalendarFile, DeadlineReport, WalkReport
from minglu.engine.walk_report import walk_report
from minglu.write.widget import in_order, module, stripped

FOLDER = Path(__file__).parents[2] / "trees"
TREES = sorted(path.parent.name for path in FOLDER.glob("*/tree.yml"))
WRITTEN = re.compile(r"(?:(\d{4})年)?(\d\d?)月(\d\d?)日（周([一二三四五六日])）")

ON_A_PAGE = """(reports) => reports.map((report) => {
  const { deadlines, letters } = report.outcome;
  const section = document.createElement("section");
  section.innerHTML =
    deadlines.map(({ id }) => `<div data-deadline="${id}"><div data-slot></div></div>`).join("") +
    letters.map(({ id }) => `<div data-letter="${id}"><pre></pre></div>`).join("");
  fillResult(section, report);
  const text = (selector) => section.querySelector(selector)?.textContent;
  return {
    days: Object.fromEntries(deadlines.map(({ id }) => [id, text(`[data-deadline="${id}"] .day b`)])),
    letters: Object.fromEntries(letters.map(({ id }) => [id, text(`[data-letter="${id}"] pre`)])),
  };
})"""


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    compiled, found = pipeline.check(pipeline.read_files(FOLDER))
    assert compiled, found
    return compiled


@pytest.fixture
def blank(page: Page) -> Page:
    """A page that knows how a result is shown, and nothing else."""
    page.add_script_tag(content="".join(stripped(module(name)) for name in in_order("outcome.js")))
    return page


@pytest.mark.parametrize("id", TREES)
def test_terminal_page_letter_and_calendar_file_name_the_same_day(compiled, blank, capsys, id: str) -> None:
    tree = with_letter_of_days(compiled.trees[id])
    reports = dated_reports(tree, compiled)
    for report, on_page in zip(reports, blank.evaluate(ON_A_PAGE, to_json(reports)), strict=True):
        today = date.fromisoformat(report.today)
        in_terminal = terminal_lines(report, compiled, capsys)
        for deadline, line in zip(report.outcome.deadlines, in_terminal, strict=True):
            if deadline.limit:
                days = {
                    "engine": date.fromisoformat(deadline.limit),
                    "terminal": day_written(line.removeprefix(f"  ⏱ {deadline.label}："), today),
                    "page": day_written(on_page["days"][deadline.id], today),
                    **{f"letter {key}": day for key, day in letter_days(tree, report, on_page, deadline).items()},
                    **({"calendar file": calendar_day(deadline.calendar)} if deadline.calendar else {}),
                }
                assert len(set(days.values())) == 1, (report.used, deadline.id, days)
                reminds = deadline.verdict in ("running", "last-day")
                assert reminds == (deadline.kind == "due" and not deadline.own and days["engine"] >= today)
                assert (deadline.calendar is not None) == reminds, (report.used, deadline.id)


def test_rest_days_move_some_of_these_days_and_both_kinds_are_among_them(compiled) -> None:
    """Else the walks could not tell the day that stands large from the moved one."""
    reports = [one for tree in compiled.trees.values() for one in dated_reports(tree, compiled)]
    dated = [one for report in reports for one in report.outcome.deadlines if one.limit]
    assert {(one.kind, one.limit == one.date) for one in dated} == {("due", True), ("due", False), ("ripens", True)}


def with_letter_of_days(tree: CompiledTree) -> CompiledTree:
    """Each outcome with one more letter, which names every deadline: those of the trees name few."""
    outcomes = {
        id: replace(outcome, letters=(*outcome.letters, letter_of_days([one.id for one in outcome.deadlines])))
        for id, outcome in tree.outcomes.items()
    }
    states = {id: state if state.to else with_last_letter(state, tree) for id, state in tree.states.items()}
    return replace(tree, outcomes=outcomes, states=states)


def letter_of_days(deadlines: list[str]) -> CompiledLetter:
    text = "\n".join(f"{one}：{{{one}}}" for one in deadlines)
    return CompiledLetter(when="", ticks=None, id="every-deadline", title="", text=text, chat="", gaps=())


def with_last_letter(state: CompiledState, tree: CompiledTree) -> CompiledState:
    last = len(tree.outcomes[state.node].letters)
    return replace(state, items=state.items | {"letters": (*state.items["letters"], last)})


def dated_reports(tree: CompiledTree, compiled: Compiled) -> list[WalkReport]:
    """The worked walks that end in an outcome with a deadline whose day is known."""
    reports = [
        walk_report(
            tree,
            worked.answers,
            today=date.fromisoformat(worked.today),
            calendar=compiled.days,
            without=("what_if", "deciding"),
        )
        for worked in compiled.project.trees[tree.tree].walks
    ]
    return [one for one in reports if one.outcome and any(deadline.limit for deadline in one.outcome.deadlines)]


def terminal_lines(report: WalkReport, compiled: Compiled, capsys) -> list[str]:
    """A line for each deadline, in the order of the outcome."""
    capsys.readouterr()
    print_walk(to_json(report), compiled.trees)
    return [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ⏱ ")]


def day_written(text: str, today: date) -> date:
    """`11月18日（周三）前`, `第 7 天是11月18日（周三），你是…` → the first day in it. A year that is not written is
    today's; the day of the week must be its own.
    """
    found = WRITTEN.search(text)
    assert found, text
    day = date(int(found[1] or today.year), int(found[2]), int(found[3]))
    assert "一二三四五六日"[day.weekday()] == found[4], text
    return day


def letter_days(tree: CompiledTree, report: WalkReport, on_page: dict, deadline: DeadlineReport) -> dict[str, date]:
    """What each letter with a field for the deadline says there, by the letter's id."""
    field = f"{{{deadline.id}}}"
    written = {one.id: one.text for one in tree.outcomes[report.outcome.id].letters if field in one.text}
    return {id: day_in_letter(written[id], text, field) for id, text in on_page["letters"].items() if id in written}


def day_in_letter(written: str, filled: str, field: str) -> date:
    """Where the letter as written has the field, the filled one has a day in full: 2026年11月18日."""
    (line,) = [number for number, text in enumerate(written.split("\n")) if field in text]
    before = re.escape(re.sub(r"\{[^{}]*\}", "\0", written.split("\n")[line].partition(field)[0])).replace("\0", ".*?")
    found = re.match(rf"{before}(\d{{4}})年(\d\d?)月(\d\d?)日", filled.split("\n")[line])
    assert found, (field, filled)
    return date(*map(int, found.groups()))


def calendar_day(file: CalendarFile) -> date:
    (event,) = Calendar.from_ical(file.text).walk("VEVENT")
    return event["DTSTART"].dt
