"""The calculators' rules, as they are collected from this project's trees and channels: all of them, each once."""

import json
from datetime import date
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.bridge import Session
from minglu.engine.codec import json_bytes
from minglu.engine.dates import Calendar
from minglu.engine.outcome import outcome_report, start_day
from minglu.engine.walk import walk
from minglu.write.calculator_rules import Rule, calculators_data, collected_rules
from minglu.write.calculators import calculators_list
from minglu.write.cross_references import Site
from minglu.write.links import Pen


@pytest.fixture(scope="module")
def project() -> Compiled:
    done, _ = pipeline.check(pipeline.read_files(Path(__file__).parents[2] / "trees"))
    assert done
    return done


@pytest.fixture(scope="module")
def rules(project) -> list[Rule]:
    return collected_rules(Site(project))


@pytest.fixture(scope="module")
def calculate(project, rules):
    session = Session()
    data = json.loads(json_bytes(calculators_data(rules, Site(project))))
    calendar = json.loads(json_bytes(project.calendar))
    session.answer(json.dumps({"do": "load", "calculators": data, "calendar": calendar}))

    def calculate(id: str, today: str = "2026-11-20", **given: str) -> dict:
        return json.loads(session.answer(json.dumps({"do": "calculate", "rule": id, "given": given, "today": today})))

    return calculate


def test_every_deadline_of_every_outcome_and_every_clock_is_a_rule(project, rules) -> None:
    listed = {
        (one.period.rule.within, one.period.rule.kind, one.label, one.period.rule.cite) for one in rules if one.period
    }
    stated = {
        (item.within, item.kind, item.label, item.cite)
        for tree in project.trees.values()
        for outcome in tree.outcomes.values()
        for item in outcome.deadlines
    }
    library = project.project.library
    clocks = {(one.within, one.kind, one.label) for channel in library.channels.values() for one in channel.clocks}
    assert stated and stated <= listed
    assert clocks and clocks <= {key[:3] for key in listed}
    assert {key[:3] for key in listed} == {key[:3] for key in stated} | clocks


def test_every_sum_that_is_more_than_what_was_typed_is_a_rule(project, rules) -> None:
    listed = {(one.label, one.sum.amounts[-1].cite) for one in rules if one.sum}
    reckoned = {
        (item.label, item.cite)
        for tree in project.trees.values()
        for outcome in tree.outcomes.values()
        for item in outcome.amounts
        if item.times or item.share or item.steps or item.less or item.at_least or item.most
    }
    assert reckoned and reckoned <= listed


def test_no_rule_stands_twice(rules) -> None:
    assert len({one.id for one in rules}) == len(rules)
    keys = [
        (one.period.rule.within, one.period.rule.kind, one.label, one.cites, one.period.rule.start)
        for one in rules
        if one.period
    ]
    assert len({*keys}) == len(keys)


def test_a_sum_that_depends_on_what_is_shown_has_a_rule_for_each_case(rules) -> None:
    """One of two amounts stands in it, never both: what was paid, or what has not been paid back yet."""
    totals = [one for one in rules if one.sum and len(one.sum.amounts[-1].sum) > 1]
    assert totals and all(not {"back", "rest"} <= {*one.sum.amounts[-1].sum} for one in totals)


def test_the_less_firm_basis_of_all_places_is_told(project, rules) -> None:
    order = ("text", "inferred", "secondary")
    stated: dict[tuple, int] = {}
    for tree in project.trees.values():
        for outcome in tree.outcomes.values():
            for item in outcome.deadlines:
                key = (item.within, item.kind, item.label, item.cite)
                stated[key] = max(stated.get(key, 0), order.index(item.basis))
    for one in rules:
        if one.period and one.trees != ("",):
            rule = one.period.rule
            assert order.index(rule.basis) >= stated[rule.within, rule.kind, rule.label, rule.cite], one.label


@pytest.mark.parametrize(
    ("label", "paid", "last", "value", "formula"),
    [
        (
            "三倍赔偿（证明得了欺诈才有）",
            "99.90",
            "three",
            "500.00",
            "99.90 元 × 3 = 299.70 元，不足 500.00 元的按 500.00 元",
        ),
        ("三倍赔偿（证明得了欺诈才有）", "4999", "three", "14997.00", "4,999.00 元 × 3 = 14,997.00 元"),
        ("受理费标准：按付的钱算", "25000", "court-fee", "425.00", None),
        ("受理费标准：按付的钱算", "10000", "court-fee", "50.00", None),
        ("受理费标准：按付的钱算", "10000000", "court-fee", "81800.00", None),
        ("适用简易程序，减半后", "25000", "half-fee", "212.50", None),
    ],
)
def test_triple_with_its_least_and_the_courts_fee_are_among_them(
    rules, calculate, label: str, paid: str, last: str, value: str, formula: str | None
) -> None:
    (rule,) = [one for one in rules if one.label == label]
    answer = calculate(rule.id, **{one.name: paid for one in rule.sum.inputs})
    amount = answer["amounts"][-1]
    assert (amount["id"], amount["value"]) == (last, value)
    assert formula is None or amount["formula"] == formula


def test_a_calculator_and_an_outcome_name_the_same_day(project, rules, calculate) -> None:
    """Of every worked walk, each deadline whose days are known, and which the reader has not met."""
    by_key = {
        (one.period.rule.within, one.period.rule.kind, one.label, one.period.rule.cite): one.id
        for one in rules
        if one.period
    }
    calendar = Calendar.of(json.loads(json_bytes(project.calendar)))
    compared = 0
    for id, tree in project.trees.items():
        for worked in project.project.trees[id].walks:
            today = date.fromisoformat(worked.today)
            here = walk(tree, worked.answers, today, calendar)
            state = tree.states.get(here.at[0]) if here.asking is None and len(here.at) == 1 else None
            if state is None or state.node not in tree.outcomes:
                continue
            report = outcome_report(tree, state.id, here, today=today, calendar=calendar)
            starts = {item.id: item.start for item in tree.outcomes[state.node].deadlines}
            for one in report.deadlines:
                start = starts[one.id]
                if not one.date or one.own or any(name not in tree.questions for name, _ in start.dates):
                    continue
                plain = len(start.dates) == 1
                day = here.exact(start.dates[0][0]) if plain else start_day(start, here, {})
                found = calculate(by_key[one_key(tree, state.node, one.id)], worked.today, day=day.isoformat())[
                    "deadline"
                ]
                for name in ("date", "unshifted", "limit", "verdict", "days", "moved", "sure"):
                    if one.verdict not in ("kept", "late", "arguable"):
                        assert found[name] == getattr(one, name), (id, worked.name, one.id, name)
                compared += 1
    assert compared > 300


def one_key(tree, node: str, id: str) -> tuple:
    item = next(one for one in tree.outcomes[node].deadlines if one.id == id)
    return item.within, item.kind, item.label, item.cite


def test_the_list_names_every_rule_with_its_articles_and_where_it_is_used(project, rules) -> None:
    html = calculators_list(Pen(Site(project), ""))
    for one in rules:
        assert f'id="{one.id}"' in html
        assert one.places and (not one.cites or f'href="law/{one.cites[0].statute}.html#a' in html)
