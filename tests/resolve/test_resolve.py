"""Names are bound: what a tree says after resolving is what its author meant."""

import random
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.engine.citations import Names, find
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.resolve.model import Guard, Project, Start
from minglu.resolve.model import Test as Asked
from minglu.resolve.questions import beyond

BAD = Path(__file__).parents[1] / "bad"
TEA = """
tree: tea
title: 茶
summary: 茶不好喝
as_of: 2026-11-21
reviewed: 2026-11-21
start: poured
facts:
  fresh: {{ poured: [d7] }}
  good: {{ fact: fresh, not: {{ milk: sour }} }}
questions:
  poured:
    use: poured
    {poured}
    bands: {{ d7: {{ within: 7 days, goto: milk }}, over: {{ goto: milk }} }}
  milk:
    ask: 加奶了吗？
    options:
      sweet: {{ label: 甜, goto: end }}
      sour:
        label: 酸
        goto: [ {{ when: {{ fact: good }}, to: end }}, {{ when: {{ not: {{ fact: good }} }}, to: end }} ]
outcomes:
  end: {{ title: 完, standing: none, says: 完, channels: [shop, {{ use: tree/kettle, when: {{ poured: d7 }} }}]{end} }}
"""
POURED = "poured: { ask: 哪天泡的？, kind: date, why: 看几天, find: 日历 }\n"


@pytest.fixture
def tea(toy_files):
    def tea(poured: str = "", end: str = "") -> Project:
        files = {path: data for path, data in toy_files.items() if "/tea/" not in path}
        files["trees/questions.yml"] += POURED.encode()
        sources, found = parse(
            files | {"trees/tea/tree.yml": TEA.format(poured=poured or "find: 日历", end=end).encode()}
        )
        assert found == []
        project, found = resolve(sources)
        assert found == []
        return project.trees["tea"]

    return tea


def test_a_shared_question_lends_its_words_and_kind_and_a_tree_may_have_its_own(tea) -> None:
    poured = tea("find: 茶叶罐").questions["poured"]
    assert (poured.ask, poured.kind, poured.why, poured.find, poured.shared) == (
        "哪天泡的？",
        "date",
        "看几天",
        "茶叶罐",
        True,
    )


def test_until_may_name_a_shared_date_question(tea) -> None:
    assert tea("until: poured").questions["poured"].until == "poured"


def test_facts_are_written_out_where_they_are_used(tea) -> None:
    ways = tea().questions["milk"].answers[1].ways
    good = Guard((Asked("poured", frozenset({"d7"})),), (Guard((Asked("milk", frozenset({"sour"})),)),))
    assert [way.guard for way in ways] == [good, Guard((), (good,))]


def test_every_item_has_its_guard(tea) -> None:
    shop, kettle = tea().outcomes["end"].channels
    assert (shop.use, shop.guard) == ("shop", Guard()) and kettle.guard.questions() == {"poured"}


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("poured", Start("one", (("poured", 0),))),
        ("poured + 90 days", Start("one", (("poured", 90),))),
        ("{ earliest: [poured, first + 3 days] }", Start("earliest", (("poured", 0), ("first", 3)))),
        ("{ latest: [first] }", Start("latest", (("first", 0),))),
    ],
)
def test_a_deadline_begins_where_it_says(tea, written: str, start: Start) -> None:
    first = "{ id: first, kind: due, label: 一, from: poured, within: 1 day, cite: 水壶法第11条, basis: text }"
    then = f"{{ id: then, kind: ripens, label: 二, from: {written}, within: 1 day, cite: 水壶法第11条, basis: text }}"
    assert tea(end=f", deadlines: [{first}, {then}]").outcomes["end"].deadlines[1].start == start


def test_several_citations_of_one_item_are_all_read_once(tea) -> None:
    (ground,) = (
        tea(end=", grounds: { says: 有法, cite: [水壶法第11、12条, 壶法第11条第2款], basis: text }")
        .outcomes["end"]
        .grounds
    )
    assert [(cite.statute, cite.article, cite.paragraph) for cite in ground.cites] == [
        ("kettle-law-2020", "11", None),
        ("kettle-law-2020", "12", None),
        ("kettle-law-2020", "11", 2),
    ]


@pytest.mark.parametrize(
    ("before", "after", "lies_beyond"),
    [
        ("7 days", "8 days", True),
        ("7 days", "7 days", False),
        ("8 days", "7 days", False),
        ("5 working-days", "7 working-days", True),
        ("7 working-days", "7 working-days", False),
        ("10 months", "11 months", True),
        ("2 months", "1 month", False),
        ("1 year", "2 years", True),
        ("1 year", "12 months", True),
    ],
)
def test_a_limit_lies_beyond_another_of_the_same_unit(before: str, after: str, lies_beyond: bool) -> None:
    assert beyond(before, after, "date") is lies_beyond


def test_all_names_that_are_wrong_are_reported_at_once(toy_files) -> None:
    wrong = (
        toy_files["trees/kettle/tree.yml"]
        .decode()
        .replace("start: what", "start: whatt")
        .replace("to: repair }", "to: repare }")
        .replace("[shop, court]", "[shop, cort]")
        .replace("letter: refund", "letter: refunt")
    )
    sources, _ = parse(toy_files | {"trees/kettle/tree.yml": wrong.encode()})
    assert sorted(one.says.en.split("`")[1] for one in resolve(sources)[1]) == [
        "cort",
        "cort",
        "refunt",
        "repare",
        "repare",
        "whatt",
    ]


def test_a_text_without_the_word_for_article_cites_nothing() -> None:
    """Texts that do not hold 条 are not searched."""
    names = Names.of([{"slug": "law", "title": "水壶法", "short": "壶法", "also": []}])
    pieces = [
        "水壶法",
        "《水壶法》",
        "第",
        "11",
        "十一",
        "款",
        "项",
        "（一）",
        "、",
        "至",
        "同法",
        "该法",
        " ",
        "之一",
        "\n",
        "壶",
    ]
    rng = random.Random(0)
    for _ in range(5_000):
        text = "".join(rng.choices(pieces, k=rng.randrange(1, 8)))
        assert find(text, names) == [], text
    assert find("水壶法第11条", names)


@pytest.mark.parametrize(
    ("rule", "stops"),
    [
        *dict.fromkeys(("basis", "citations", "facts", "guards"), False).items(),
        *dict.fromkeys(("names", "kinds", "missing", "bands", "letters"), True).items(),
    ],
)
def test_only_what_leaves_a_name_unbound_stops_the_passes(rule: str, stops: bool, toy_files) -> None:
    """A version with other mistakes can still be compared with another."""
    for path in sorted(one for one in (BAD / rule).iterdir() if one.suffix != ".txt"):
        data = path.read_bytes()
        sources, parsed = parse(toy_files | {replaced(data): data})
        found = [] if parsed else resolve(sources)[1]
        assert {one.stops for one in found if one.rule == rule} <= {stops}, path
        if found:
            assert (pipeline.compile_anyway(toy_files | {replaced(data): data})[0] is None) == stops, path


def replaced(data: bytes) -> str:
    first = data.split(b"\n")[0]
    return first.removeprefix(b"# file:").strip().decode() if first.startswith(b"# file:") else "trees/kettle/tree.yml"
