"""The check `periods`, held against a slow reading of the same texts: every way in which a number can be written, one
after another.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minglu import pipeline
from minglu.engine.numerals import to_chinese
from minglu.verify.periods import WRITTEN, Quantity, quantities

FULL = str.maketrans("0123456789", "０１２３４５６７８９")
NUMBERS = (*range(1, 131), 180, 200, 365, 500, 1000, 2000, 5000)
LAW, TREE = "trees/law/kettle-law-2020.yml", "trees/kettle/tree.yml"


def spellings(number: int) -> set[str]:
    """Every way to write the number."""
    chinese = to_chinese(number)
    two = {chinese.replace("二", "两", 1)} if number in (2, 200, 2000) else set()
    return {str(number), str(number).translate(FULL), chinese, *two, *({f"{number:,}"} if number > 999 else ())}


def slow_quantities(text: str) -> set[Quantity]:
    """Look for each number in each spelling before each unit, alone or at either end of a range."""
    found = set()
    marks = set("0123456789０１２３４５６７８９零一二两三四五六七八九十百千万,，")
    for written, unit in WRITTEN.items():
        for number in NUMBERS:
            for spelling in spellings(number):
                for gap in ("", " "):
                    at = text.find(f"{spelling}{gap}{written}")
                    while at >= 0:
                        after = text[at + len(spelling) + len(gap) :]
                        longest = max((one for one in WRITTEN if after.startswith(one)), key=len)
                        if longest == written and not (at and text[at - 1] in marks):
                            found.add(Quantity(number, unit))
                        at = text.find(f"{spelling}{gap}{written}", at + 1)
    return found


@given(st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from([*WRITTEN]), st.integers(0, 9)), max_size=4))
def test_every_spelling_of_a_number_with_a_unit_is_read(written) -> None:
    parts = []
    for number, unit, choice in written:
        spelling = sorted(spellings(number))[choice % len(spellings(number))]
        parts.append(f"收到{spelling}{' ' if choice > 4 else ''}{unit}内")
    text = "，".join(parts)
    assert quantities(text) == slow_quantities(text) == {Quantity(number, WRITTEN[unit]) for number, unit, _ in written}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("自收到之日起七日内", {(7, "days")}),
        ("第8日至第15日", {(8, "days"), (15, "days")}),
        ("七至十五日", {(7, "days"), (15, "days")}),
        ("3—5 个工作日", {(3, "working-days"), (5, "working-days")}),
        ("三个月或者一年", {(3, "months"), (1, "years")}),
        ("每满半年", {(6, "months")}),
        ("价款的三倍，不足五百元的为五百元", {(3, "times"), (500, "yuan")}),
        ("五万元以上、20万元以下", {(50_000, "yuan"), (200_000, "yuan")}),
        ("５，０００元", {(5000, "yuan")}),
        ("自 2024 年 7 月 1 日起，3月15日以后", set()),
        ("第二十四条第一款，十二月", set()),
        ("百分之三十，万分之五", set()),
    ],
)
def test_what_a_text_counts(text: str, read: set) -> None:
    assert {(one.number, one.unit) for one in quantities(text) if one.number < 2000 or one.unit == "yuan"} == read


def test_the_trees_say_what_the_gists_say() -> None:
    """A number that only the tree has, by the slow reading, is one that the check reports."""
    from pathlib import Path

    files = pipeline.read_files(Path(__file__).parents[2] / "trees")
    done, found = pipeline.check(files)
    assert found == [] and done is not None
    library = done.project.library
    outcomes = [outcome for tree in done.project.trees.values() for outcome in tree.outcomes.values()]
    deadlines = [one for outcome in outcomes for one in outcome.deadlines]
    clocks = [one for channel in library.channels.values() for one in channel.clocks]
    assert deadlines and clocks
    for one in (*deadlines, *clocks):
        if one.basis == "text":
            count, _, unit = one.within.partition(" ")
            gists = "".join(library.statutes[cite.statute].articles[cite.article].gist for cite in one.cites)
            stated = {(read.number, read.unit.removesuffix("s")) for read in slow_quantities(gists)}
            assert (int(count), unit.removesuffix("s").removeprefix("calendar-")) in stated, one.at


def test_a_slip_in_a_number_is_told_once_and_not_by_every_walk(toy_files) -> None:
    tree = toy_files[TREE].replace(b"within: 7 days, cite", b"within: 8 days, cite")
    _, found = pipeline.check(toy_files | {TREE: tree})
    assert found and {one.rule for one in found} == {"periods"}
    assert all("收到七日内可以退壶" in one.help.zh and "收到七日内可以退壶" in one.help.en for one in found)


def test_a_walk_that_no_longer_fits_is_told_to_read_the_article_first(toy_files) -> None:
    """The gist was changed as well: the law is what decides, not what the engine counts."""
    tree = toy_files[TREE].replace(b"within: 7 days, cite", b"within: 8 days, cite")
    law = toy_files[LAW].replace("七日内".encode(), "八日内".encode())
    _, found = pipeline.check(toy_files | {TREE: tree, LAW: law})
    walked = [one for one in found if one.rule == "walked"]
    assert walked and {one.rule for one in found} == {"walked"}
    for one in walked:
        assert one.help.zh.startswith("先读条文：水壶法第11条“收到八日内可以退壶”")
        assert one.help.en.startswith("read the article first: 水壶法第11条“收到八日内可以退壶”")


def test_law_in_another_language_is_not_looked_at(toy_files) -> None:
    law = toy_files[LAW].replace("收到七日内可以退壶。".encode(), b"Kettles go back within a week.")
    assert pipeline.check(toy_files | {LAW: law})[1] == []
