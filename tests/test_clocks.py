"""The clocks of the site's channels: each on worked days, reckoned by hand from its article; and case.json, which holds
them.
"""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.case import LOG_KINDS, Case, CaseLibrary, LogEntry
from minglu.engine.case_view import case_report
from minglu.engine.codec import from_json, to_json
from minglu.write import write
from minglu.write.in_site import SiteFacts
from minglu.write.shipping import shipped
from minglu.write.widget import FOLDER

TREES = pipeline.read_files(Path(__file__).parents[1] / "trees")
EMPTY = Case(1, {}, (), {}, (), {}, ())

WORKED = [
    # 侵害消费者权益处罚办法第8条第2项: more than fifteen days from the demand; 3 November is the first.
    ("negotiate", "stall", "sent", "2026-11-02", "2026-11-17"),
    # 民法典第188条, 195条第1项, 202条: the corresponding day of the third year.
    ("negotiate", "limitation", "sent", "2026-11-02", "2029-11-02"),
    # 民事诉讼法第205条: thirty days, 28 of them in November.
    ("association", "confirm", "promised", "2026-11-02", "2026-12-02"),
    # 投诉举报办法第15条: seven working days, 3 to 6 and 9 to 11 November.
    ("complaint-12315", "accept", "sent", "2026-11-02", "2026-11-11"),
    # The same over two holidays: 22 to 24, 28 to 30 September, 8 October.
    ("complaint-12315", "accept", "called", "2026-09-21", "2026-10-08"),
    # 投诉举报办法第23条第5项: sixty natural days, 28 in August, 30 in September.
    ("complaint-12315", "mediate", "accepted", "2026-08-03", "2026-10-08"),  # 2 October is a holiday, 第45条
    ("complaint-12315", "mediate", "accepted", "2026-09-01", "2026-11-02"),  # 31 October is a Saturday
    # 民法典第195条: anew from the end of the proceedings.
    ("complaint-12315", "limitation", "ended", "2026-11-09", "2029-11-09"),
    # 银行保险投诉办法第18条第1款 and 第43条第2款: natural days, to 30.
    ("insurer-complaint", "decide", "sent", "2026-11-02", "2026-12-02"),
    ("insurer-complaint", "decide", "called", "2026-09-03", "2026-10-03"),  # a holiday, which moves nothing
    # 银行保险投诉办法第20条: thirty natural days from the decision.
    ("insurer-complaint", "review", "answered", "2026-11-02", "2026-12-02"),
    ("insurer-complaint", "review", "refused", "2026-09-03", "2026-10-03"),
    # 银行保险投诉办法第33条: seven working days.
    ("insurance-supervisor", "transfer", "called", "2026-11-02", "2026-11-11"),
    ("insurance-supervisor", "transfer", "sent", "2026-11-06", "2026-11-17"),
    ("insurance-supervisor", "decide", "answered", "2026-11-02", "2026-12-02"),
    # 快递条例第29条: seven days.
    ("courier-complaint", "handle", "called", "2026-11-02", "2026-11-09"),
    ("courier-complaint", "handle", "sent", "2026-09-25", "2026-10-02"),
    # 邮政法第65条: thirty days.
    ("courier-complaint", "answer", "accepted", "2026-11-02", "2026-12-02"),
    # 电信用户申诉办法第8条: fifteen days.
    ("operator-complaint", "answer", "called", "2026-11-02", "2026-11-17"),
    ("operator-complaint", "answer", "sent", "2026-09-20", "2026-10-05"),
    # 电信用户申诉办法第14条: five working days, 3 to 6 and 9 November.
    ("telecom-appeal", "accept", "sent", "2026-11-02", "2026-11-09"),
    # 电信用户申诉办法第17条第1款: thirty days.
    ("telecom-appeal", "answer", "accepted", "2026-11-02", "2026-12-02"),
    # 企业破产法第45条: thirty days at least.
    ("bankruptcy", "file", "accepted", "2026-11-02", "2026-12-02"),
    # 仲裁法第69条: thirty days. 第72条: three months, which in February end with the month (民法典第202条).
    ("arbitration", "correct", "ended", "2026-11-02", "2026-12-02"),
    ("arbitration", "set-aside", "ended", "2026-11-02", "2027-02-02"),
    ("arbitration", "set-aside", "ended", "2026-11-30", "2027-02-28"),
    # 诉讼费用办法第22条第1款: seven days.
    ("court", "fee", "accepted", "2026-11-02", "2026-11-09"),
    # 民事诉讼法第171条: ten days for a ruling, fifteen for a judgment; 第85条第3款: a holiday moves the last day.
    ("court", "ruling", "refused", "2026-11-02", "2026-11-12"),
    ("court", "ruling", "ended", "2026-09-22", "2026-10-08"),  # 2 October
    ("court", "appeal", "ended", "2026-11-02", "2026-11-17"),
    ("court", "appeal", "ended", "2026-09-18", "2026-10-08"),  # 3 October
    ("court", "appeal", "ended", "2026-11-06", "2026-11-21"),  # a Saturday: the day that is safe
    # 民事诉讼法第216条: six months. 第250条: two years.
    ("court", "retrial", "ended", "2026-11-10", "2027-05-10"),
    ("court", "enforce", "ended", "2026-11-10", "2028-11-10"),
    # 民诉法解释第438条第1款: seven days.
    ("payment-order", "not-there", "ended", "2026-11-02", "2026-11-09"),
    ("small-claims", "retrial", "ended", "2026-11-10", "2027-05-10"),
    ("small-claims", "enforce", "ended", "2026-11-10", "2028-11-10"),
    ("judicial-confirmation", "enforce", "ended", "2026-11-10", "2028-11-10"),
    # 民事诉讼法第237条: six months.
    ("enforcement", "higher", "sent", "2026-11-10", "2027-05-10"),
]
"""Channel, clock, what happened, on which day, and the last day of the period."""


@pytest.fixture(scope="module")
def site() -> Compiled:
    done, found = pipeline.check(TREES)
    assert found == [] and done is not None
    return done


@pytest.fixture(scope="module")
def library(site) -> CaseLibrary:
    return from_json(CaseLibrary, json.loads(write(site)["assets/minglu/case.json"]))


def test_every_clock_is_worked_for_everything_that_starts_it(library) -> None:
    clocks = {(rung.id, clock.id, kind) for rung in library.channels for clock in rung.clocks for kind in clock.on}
    assert {(channel, clock, kind) for channel, clock, kind, *_ in WORKED} == clocks


@pytest.mark.parametrize(("channel", "clock", "kind", "day", "last"), WORKED)
def test_a_clock_ends_on_the_day_that_its_article_says(
    site, library, channel: str, clock: str, kind: str, day: str, last: str
) -> None:
    case = replace(EMPTY, log=(LogEntry(day, kind, channel, "", {}),))
    report = case_report(case, {}, library, today=date(2026, 8, 1), calendar=site.days)
    clocks = {one.id: one for rung in report.road if rung.id == channel for one in rung.clocks}
    assert clocks[clock].limit == last


def test_no_clock_runs_where_the_texts_have_no_period(library) -> None:
    """Each says so under how long it takes."""
    still = {"platform", "report-12315", "defect-report", "privacy-office", "subsidy-office", "telecom-licence"}
    assert {rung.id for rung in library.channels if not rung.clocks} == still


def test_case_json_holds_the_library_in_its_order_and_as_plain_text(site, library) -> None:
    whole = site.project.library
    assert [rung.id for rung in library.channels] == [*whole.channels]
    assert [kept.id for kept in library.evidence] == [*whole.evidence]
    texts = [*strings(to_json(library))]
    assert texts and not [one for one in texts if any(mark in one for mark in ("](", "**", "<p>", "&lt;", "&amp;"))]
    association = next(rung for rung in library.channels if rung.id == "association")
    assert association.clocks[0].says.endswith("见司法确认。")
    assert association.clocks[0].cite == ("民事诉讼法 第205条", "民事诉讼法 第85条")


def test_case_json_is_found_by_its_plain_name_and_goes_out_under_another(site) -> None:
    """No page names it: a script asks for it, once a reader keeps a case."""
    files = write(site)
    _, names = shipped({path: data for path, data in files.items() if path.startswith(FOLDER)})
    assert re.fullmatch(r"case\.[0-9a-f]{8}\.json", names["case.json"])
    assert f'"case.json": "{names["case.json"]}"' in SiteFacts(files=names).script()
    assert not [path for path, data in files.items() if path.endswith(".md") and b"case.json" in data]


def test_the_log_answers_date_questions_that_trees_share(site, library) -> None:
    asked = {
        id: question.kind
        for tree in site.project.trees.values()
        for id, question in tree.questions.items()
        if question.shared
    }
    answers = {rung.id: rung.answers for rung in library.channels if rung.answers}
    assert answers == {"negotiate": {"called": ("reported", "notified"), "sent": ("reported", "notified", "asked")}}
    assert all(asked[id] == "date" for kinds in answers.values() for ids in kinds.values() for id in ids)
    assert all({*kinds} <= {*LOG_KINDS} for kinds in answers.values())


def strings(data: object) -> list[str]:
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for one in inner for text in strings(one)]
