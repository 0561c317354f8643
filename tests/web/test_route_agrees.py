"""The script's replay of a walk (web/route.js) against the engine's: where it goes by itself, it goes the same way."""

import json
import shutil
import subprocess
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.contract import CompiledQuestion, CompiledTree
from minglu.engine.dates import (
    LONGEST_REST,
    PERIOD_UNITS,
    Calendar,
    Period,
    certain_days,
    day_before_which,
    deadline,
)
from minglu.engine.walk import walk
from minglu.write import write
from minglu.write.cross_references import Site
from minglu.write.links import Pen
from minglu.write.route import tree_route
from minglu.write.tree_page import unsure_sections

ROOT = Path(__file__).parents[2]
TREES = sorted(path.parent.name for path in (ROOT / "trees").glob("*/tree.yml"))
NODE = shutil.which("node") or "node"
WALKS, SEED = 400, 20261129


@cache
def compiled() -> Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done, found
    return done


@cache
def golden() -> Compiled:
    """The toy project and the golden trees: `steep` asks for ticks, a sum, and days in more than one way."""
    tests = ROOT / "tests"
    files = pipeline.read_files(tests / "toy" / "trees")
    done, found = pipeline.check(files | pipeline.read_files(tests / "write" / "golden" / "urn" / "trees"))
    assert not found
    return done


def route_of(tree: CompiledTree, project: Compiled | None = None) -> dict:
    sections = {state.id: id for id, one in unsure_sections(tree).items() for state in one.states}
    return tree_route(tree, sections, Pen(Site(project or compiled()), "../"))


def replayed(route: dict, cases: list[dict]) -> list[dict]:
    command = [NODE, str(Path(__file__).with_name("replay_many.js"))]
    given = json.dumps({"route": route, "cases": cases})
    return json.loads(subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout)


def random_walk(tree: CompiledTree, today: date, random: Random) -> dict[str, str]:
    """Answers along some path: options, bands, numbers, and days of all distances, near limits too."""
    answers: dict[str, str] = {}
    while (here := walk(tree, answers, today, Calendar.of(compiled().calendar))).asking and not here.problem:
        question = tree.questions[here.asking]
        day = (today - timedelta(days=max(0, random.choice(distances(question, today, random))))).isoformat()
        exact = {
            "choice": random.choice(question.answer_ids()),
            "date": random.choice([day, day, day[:7]]),
            "number": str(random.randint(0, 70)),
            "money": random.choice(["99.90", "99.91", "500.00", "500.01", f"{random.randint(1, 900)}.00"]),
            "several": ".".join(one.id for one in question.ticks if random.random() < 0.5) or "none",
        }[question.kind]
        answers[question.id] = random.choice([exact, exact, random.choice(question.answer_ids())])
    return answers


def distances(question: CompiledQuestion, today: date, random: Random) -> list[int]:
    """Days back from today: any, and some near each limit."""
    days = [random.randint(0, 1500)]
    for limit in (one.limit for one in question.answers if one.limit and question.kind == "date"):
        fixed = day_before_which(limit)
        middle = (today - fixed).days if fixed else sum(certain_days(Period.parse(limit))) // 2
        days.append(middle + random.randint(-2, 2) if fixed else middle + random.randint(-20, 20))
    return days


@pytest.mark.parametrize("id", TREES)
def test_a_place_that_the_script_finds_is_the_engines(id: str) -> None:
    check_places(compiled(), id)


def test_ticks_sums_months_and_fixed_days_lead_where_the_engine_says() -> None:
    check_places(golden(), "steep")


def test_ticks_sums_and_fixed_days_never_wait() -> None:
    answers = {"said": "cold.late", "paid": "99.90", "brewed": "2024-06-30", "drunk": "2026-05"}
    (found,) = replayed(route_of(golden().trees["steep"], golden()), [{"answers": answers, "today": "2026-11-16"}])
    assert not found["waiting"] and found["state"].startswith("bear-it") and len(found["path"]) == 4


def check_places(project: Compiled, id: str) -> None:
    tree, random, calendar = project.trees[id], Random(SEED), Calendar.of(project.calendar)
    days = [date(2026, 1, 1) + timedelta(days=random.randint(0, 360)) for _ in range(WALKS)]
    cases = [{"answers": random_walk(tree, day, random), "today": day.isoformat()} for day in days]
    went = 0
    for case, found in zip(cases, replayed(route_of(tree, project), cases), strict=True):
        here = walk(tree, case["answers"], date.fromisoformat(case["today"]), calendar)
        if found["waiting"]:
            continue
        if found["misfit"]:  # the last answer leads to another tree, or fits no single link
            assert len(here.at) > 1 or here.at[0].startswith("tree/") or here.problem, (case, found)
            continue
        assert (found["state"],) == here.at, (case, found)
        went += 1
    assert went > WALKS / 4 or any("tree/" in to for state in tree.states.values() for to in state.to.values())


def test_a_day_far_from_every_limit_never_waits() -> None:
    tree = compiled().trees["quality-defect"]
    answers = {"danger": "none", "device": "phone", "source": "new", "reported": "2026-11-25"}
    (found,) = replayed(route_of(tree), [{"answers": answers, "today": "2026-11-29"}])
    assert not found["waiting"] and [asked for asked, _ in found["path"]][-1] == "reported"


@pytest.mark.parametrize("unit", PERIOD_UNITS)
def test_what_is_certain_of_a_period_is_so_from_every_day_of_the_calendar(unit: str) -> None:
    calendar = Calendar.of(compiled().calendar)
    counts = {"years": (1, 2, 3, 5), "months": (1, 2, 3, 6, 18)}.get(unit, (1, 2, 7, 15, 30, 60, 90, 365))
    first, last = date(calendar.first, 1, 1), date(calendar.last, 12, 31)
    for count in counts:
        period = Period(count, unit)
        certain, possible = certain_days(period)
        for number in range((last - first).days):
            start = first + timedelta(days=number)
            length = (deadline(start, period, calendar).date - start).days
            assert certain <= length <= possible, (start, period)


def test_no_published_rest_is_longer() -> None:
    calendar = Calendar.of(compiled().calendar)
    day, run = date(calendar.first, 1, 1), 0
    while calendar.knows(day):
        run = run + 1 if calendar.is_rest(day) else 0
        assert run <= LONGEST_REST
        day += timedelta(days=1)


def test_the_route_stands_in_the_page_that_is_written() -> None:
    page = write(compiled())["trees/start.md"].decode()
    written = page.partition("<template")[2].partition(">")[2].partition("</template>")[0]
    route = json.loads(written)
    assert route.pop("parts").keys() == {"tree", "calendar", "script"}
    assert route == route_of(compiled().trees["start"])
