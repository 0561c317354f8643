"""What a link says of the result that it was made for, and what the engine says of it later."""

import json
from dataclasses import replace
from datetime import date

import pytest

from minglu import pipeline
from minglu.compile.trees import law_of
from minglu.engine.bridge import Session
from minglu.engine.codec import to_json
from minglu.engine.contract import CompiledTree
from minglu.engine.report import Changed, Receipt, WalkReport
from minglu.engine.walk_report import walk_report

MADE, LATER = date(2026, 11, 16), date(2026, 11, 28)
UNWANTED = {"what": "unwanted", "received": "2026-11-12"}  # 4 days: may go back; on LATER 16 days: too late
BROKEN = {"what": "broken", "repairs": "3", "received": "2026-11-05"}  # 11 days: all three; on LATER repair alone
STEADY = BROKEN | {"received": "2026-10-01"}  # repair, for a year
ENGINE = "0f1e2d3c"


@pytest.fixture
def kettle(toy) -> CompiledTree:
    return toy.trees["kettle"]


@pytest.fixture
def later(toy):
    """The report on a later day, and what it says of a link made on MADE for `before`."""

    def later(
        tree: CompiledTree,
        answers: dict[str, str],
        *,
        before: CompiledTree | None = None,
        today: date = LATER,
        engine: str = ENGINE,
        receipt: str | None = None,
    ) -> Changed | None:
        made_for = before or tree
        made = walk_report(made_for, answers, today=MADE, calendar=toy.days, engine=ENGINE).receipt
        return walk_report(
            tree,
            answers,
            today=today,
            calendar=toy.days,
            version=made_for.version,
            receipt=made.link if receipt is None else receipt,
            engine=engine,
        ).changed

    return later


def reported(tree: CompiledTree, answers: dict[str, str], toy, **more) -> WalkReport:
    return walk_report(tree, answers, today=MADE, calendar=toy.days, **more)


# ---- what a link carries


def test_a_receipt_names_day_law_engine_outcome_and_standing(kettle, toy) -> None:
    receipt = reported(kettle, UNWANTED, toy, engine=ENGINE).receipt
    assert receipt.link == f"2026-11-16.{kettle.law}.{ENGINE}.return-it.clear.{receipt.figures}"
    assert (receipt.day, receipt.version, receipt.as_of) == ("2026-11-16", kettle.version, kettle.as_of)
    for part in (kettle.version, kettle.law, ENGINE, "2026年11月21日", "2026年11月16日"):
        assert part in receipt.says


def test_short_of_an_outcome_a_receipt_names_none_and_without_an_engine_a_nought(kettle, toy) -> None:
    receipt = reported(kettle, {"what": "unwanted"}, toy).receipt
    assert receipt.link == f"2026-11-16.{kettle.law}.0" and receipt.outcome == receipt.standing == ""
    assert "计算程序" not in receipt.says


def test_the_law_is_another_where_an_article_says_something_else_lapses_or_goes(kettle) -> None:
    first, *rest = kettle.articles
    assert kettle.law == law_of(kettle.articles) == law_of((*rest, first))
    others = [
        (replace(first, gist="十日内可以退壶。"), *rest),
        (replace(first, until="2027-01-01"), *rest),
        tuple(rest),
    ]
    assert len({law_of(one) for one in others} | {kettle.law}) == 4


def test_a_gist_edited_in_the_library_changes_the_law_and_not_the_version(kettle, toy_files) -> None:
    path = "trees/law/kettle-law-2020.yml"
    edited, _ = pipeline.check(
        toy_files | {path: toy_files[path].replace("收到七日内".encode(), "签收七日内".encode())}
    )
    assert edited
    other = edited.trees["kettle"]
    assert (other.version, other.law != kettle.law) == (kettle.version, True)


# ---- what is said later


def test_a_link_of_today_from_which_nothing_differs_is_told_nothing(later, kettle) -> None:
    assert later(kettle, BROKEN, today=MADE) is None


def test_where_only_days_have_passed_the_outcome_may_be_the_same(later, kettle) -> None:
    told = later(kettle, STEADY)
    assert told == Changed(
        since="2026-11-16",
        days=12,
        tree=False,
        law=False,
        engine=False,
        lost=False,
        outcome="same",
        figures=False,
        says="这个链接是2026年11月16日生成的，到今天过去了 12 天，内容和引用的法条都没有变，结果没有变。",
    )


def test_or_another_by_the_days_alone(later, kettle) -> None:
    told = later(kettle, UNWANTED)
    assert told and (told.tree, told.law, told.outcome) == (False, False, "other")
    assert told.says.endswith("结果变了：当时是“可以退”，现在是“没有依据了”。")


def test_the_text_may_be_another_and_the_law_the_same(later, kettle) -> None:
    told = later(kettle, BROKEN, before=replace(kettle, version="00000000"), today=MADE)
    assert told and (told.tree, told.law, told.engine, told.outcome) == (True, False, False, "same")
    assert told.says == "这个链接是2026年11月16日生成的，这一页的内容更新过，引用的法条没有变，结果没有变。"


def test_the_law_may_be_another_and_the_text_the_same(later, kettle) -> None:
    told = later(kettle, BROKEN, before=replace(kettle, law="00000000"), today=MADE)
    assert told and (told.tree, told.law) == (False, True) and "法条或者它们的大意更新过" in told.says


def test_the_engine_may_be_another_unless_nobody_knows_which_it_was(later, kettle) -> None:
    told = later(kettle, BROKEN, engine="99999999", today=MADE)
    assert told and (told.tree, told.law, told.engine) == (False, False, True)
    assert told.says == "这个链接是2026年11月16日生成的，计算的程序更新过，结果没有变。"
    assert later(kettle, BROKEN, engine="", today=MADE) is None
    assert later(kettle, BROKEN, receipt=f"2026-11-16.{kettle.law}.0.refund.arguable", today=MADE) is None


def test_the_same_outcome_may_have_another_standing(later, kettle) -> None:
    outcome = replace(kettle.outcomes["refund"], standing="weak")
    told = later(replace(kettle, outcomes={**kettle.outcomes, "refund": outcome}), BROKEN, before=kettle, today=MADE)
    assert told and told.outcome == "standing"
    assert "结果还是这个，把握变了：当时是“可以争取”，现在是“比较弱”" in told.says


def test_the_same_outcome_may_name_another_day_or_sum(later, kettle, toy) -> None:
    """As after a period that was mended, without a word of the tree or of the law: on MADE, and on LATER."""
    deadline, *others = kettle.outcomes["refund"].deadlines
    mended = replace(kettle.outcomes["refund"], deadlines=(replace(deadline, within="3 days"), *others))
    told = later(replace(kettle, outcomes={**kettle.outcomes, "refund": mended}), BROKEN, before=kettle, today=MADE)
    assert told and told.figures and told.outcome == "same"
    assert told.says.endswith("结果没有变，可是列出的日子或者金额和当时的不一样，请照现在的看。")
    one, two = (reported(kettle, BROKEN | {"received": day}, toy).receipt for day in ("2026-11-05", "2026-11-06"))
    assert one.outcome == two.outcome and one.figures != two.figures


def test_days_that_only_come_nearer_are_the_same(kettle, toy) -> None:
    made = [walk_report(kettle, STEADY, today=day, calendar=toy.days).receipt for day in (MADE, LATER)]
    assert made[0].figures == made[1].figures and len(made[0].figures) == 4


def test_a_link_from_before_days_were_in_it_is_told_nothing_of_them(later, kettle) -> None:
    link = f"2026-11-16.{kettle.law}.{ENGINE}.refund.arguable"
    assert later(kettle, BROKEN, receipt=link, today=MADE) is None
    told = later(kettle, BROKEN, receipt=f"{link}.0000", today=MADE)
    assert told and told.figures


def test_an_outcome_that_is_gone_has_no_name(later, kettle) -> None:
    told = later(kettle, BROKEN, receipt=f"2026-11-16.{kettle.law}.{ENGINE}.gone-now.clear", today=MADE)
    assert told and told.outcome == "other"
    assert told.says.endswith("结果变了：当时的那一种已经没有了，现在是“退、换、修由你选”。")


@pytest.mark.parametrize(
    ("answers", "comes_to", "says"),
    [
        ({"what": "broken"}, "question", "当时的结果是“可以退”，现在还要再答才有结果"),
        ({"what": "unsure", "repairs": "unsure", "received": "d15"}, "several", "当时的结果是“可以退”，现在还定不下来"),
    ],
)
def test_what_comes_to_no_outcome_now_says_so(later, kettle, answers: dict, comes_to: str, says: str) -> None:
    told = later(kettle, answers, receipt=f"2026-11-16.{kettle.law}.{ENGINE}.return-it.clear", today=MADE)
    assert told and told.outcome == comes_to and says in told.says


def test_a_link_made_short_of_an_outcome_says_what_was_edited_alone(later, kettle) -> None:
    told = later(kettle, {"what": "unwanted"})
    assert told and told.outcome == "" and told.says.endswith("到今天过去了 12 天，内容和引用的法条都没有变。")


def test_an_answer_that_does_not_apply_any_more_is_told(later, kettle) -> None:
    told = later(kettle, BROKEN | {"colour": "red"}, before=replace(kettle, version="00000000"), today=MADE)
    assert told and told.lost and told.says.endswith("链接里有的回答不再适用。")


@pytest.mark.parametrize("receipt", ["", "x", "2026-13-40.0.0", "2026-11-16", "2026-11-16.7c51b2aa.0.refund.sure"])
def test_a_receipt_that_cannot_be_read_counts_as_none(later, kettle, receipt: str) -> None:
    assert later(kettle, UNWANTED, receipt=receipt) is None
    told = later(kettle, UNWANTED, before=replace(kettle, version="00000000"), receipt=receipt)
    assert told and (told.since, told.days, told.outcome) == ("", None, "")


def test_a_clock_that_was_set_back_counts_no_days(later, kettle) -> None:
    assert later(kettle, STEADY, today=date(2026, 11, 15)) is None


def test_the_seam_takes_both_and_whatever_else_stands_there(kettle, toy) -> None:
    session = Session()
    session.answer(json.dumps({"do": "load", "tree": to_json(kettle), "calendar": toy.calendar}))

    def changed(**more: object) -> dict | None:
        request = {"do": "walk", "tree": "kettle", "answers": BROKEN, "today": "2026-11-28", **more}
        return json.loads(session.answer(json.dumps(request)))["changed"]

    link = f"2026-11-16.{kettle.law}.{ENGINE}.refund.arguable"
    told = changed(version=kettle.version, receipt=link, engine="99999999")
    assert told and told["days"] == 12 and told["engine"]
    assert changed(version=kettle.version, receipt=7, engine=[]) is None
    assert changed(receipt=link) is None  # of no tree


def test_the_types_are_plain(kettle, toy) -> None:
    receipt = reported(kettle, UNWANTED, toy).receipt
    assert isinstance(receipt, Receipt) and all(isinstance(one, str) for one in to_json(receipt).values())
