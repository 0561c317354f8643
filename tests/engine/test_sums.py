"""Amounts in yuan and fen, against an independent reckoning in fractions of a fen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minglu.engine.amount_words import amount_formula, amount_rule
from minglu.engine.contract import CompiledAmount, CompiledBracket, CompiledCount, CompiledShare
from minglu.engine.sums import Known, reckon_amounts
from minglu.engine.walk import Step, Walk

COURT_FEE = tuple(
    CompiledBracket(up_to, fixed, percent)
    for up_to, fixed, percent in (
        ("10000", "50", None),
        ("100000", None, "2.5"),
        ("200000", None, "2"),
        ("500000", None, "1.5"),
        (None, None, "1"),
    )
)
"""诉讼费用交纳办法第13条, the first rows."""


def amount(id: str = "one", **keys) -> CompiledAmount:
    none = dict.fromkeys(("ticks", "of", "times", "share", "less", "at_least", "most"))
    fields = {"when": "", "says": "", "cite": (), "basis": "", "label": id, "sum": (), "steps": ()} | none | keys
    return CompiledAmount(id=id, **fields)


def count(text: str) -> CompiledCount:
    first, _, last = text.partition("..")
    if last:
        return CompiledCount("", "", first, last)
    return CompiledCount("", text, "", "") if text.isdigit() else CompiledCount(text, "", "", "")


def known(**exact) -> Known:
    path = tuple(Step(name, str(value), (), value) for name, value in exact.items())
    return Known(Walk(path, (), None), {}, date(2026, 11, 20))


def totals(*amounts: CompiledAmount, **exact) -> list[str | None]:
    reckoned = reckon_amounts(amounts, known(**exact))
    return [str(one.total) if one else None for one in reckoned.values()]


@pytest.fixture
def formulas(toy):
    def formulas(*amounts: CompiledAmount, **exact) -> list[str]:
        tree = toy.trees["kettle"]
        price = replace(tree.questions["repairs"], id="price", ask="付了多少钱？")
        tree = replace(tree, questions={**tree.questions, "price": price})
        outcome = replace(tree.outcomes["refund"], amounts=amounts)
        facts = known(**exact)
        return [
            amount_formula(item, one, outcome.amounts, facts.sums) if one else amount_rule(item, outcome, tree)
            for item, one in zip(amounts, reckon_amounts(amounts, facts).values(), strict=True)
        ]

    return formulas


BACK, EXTRA = amount("退还货款", of="price"), amount("增加赔偿", of="price", times="3", at_least="500")
TOTAL = amount("一共", sum=("退还货款", "增加赔偿"))


def test_a_refund_three_times_the_price_and_their_total(formulas) -> None:
    assert totals(BACK, EXTRA, TOTAL, price=Decimal("4999.00")) == ["4999.00", "14997.00", "19996.00"]
    assert formulas(BACK, EXTRA, TOTAL, price=4999) == [
        "4,999.00 元",
        "4,999.00 元 × 3 = 14,997.00 元",
        "退还货款 4,999.00 元 + 增加赔偿 14,997.00 元 = 19,996.00 元",
    ]


def test_five_hundred_is_the_least(formulas) -> None:
    assert totals(EXTRA, price=100) == ["500.00"]
    assert formulas(EXTRA, price=100) == ["100.00 元 × 3 = 300.00 元，不足 500.00 元的按 500.00 元"]


def test_what_is_not_known_leaves_the_formula_in_words(formulas) -> None:
    assert totals(BACK, EXTRA, TOTAL) == [None, None, None]
    assert formulas(BACK, EXTRA, TOTAL) == [
        "“付了多少钱”填的数",
        "“付了多少钱”填的数 × 3，不足 500.00 元的按 500.00 元",
        "“退还货款” + “增加赔偿”",
    ]


def test_a_sum_is_of_what_the_reader_is_shown() -> None:
    assert totals(BACK, TOTAL, price=100) == ["100.00", "100.00"]


def test_the_unused_share_of_a_plan(formulas) -> None:
    """民法典 and 消法53 give the rest back; 15 of 24 months are left."""
    by_month = amount(of="price", share=CompiledShare(count("left"), count("24")))
    assert totals(by_month, price=1200, left=15) == ["750.00"]
    assert formulas(by_month, price=1200, left=15) == ["1,200.00 元 × 15 ÷ 24 = 750.00 元"]
    by_day = amount(of="price", share=CompiledShare(count("today..ends"), count("bought..ends")))
    days = {"bought": date(2026, 1, 1), "ends": date(2027, 1, 1)}
    assert totals(by_day, price=365, **days) == ["42.00"]
    assert totals(by_day, price=365, bought=date(2025, 1, 1), ends=date(2026, 1, 1)) == [
        "0.00"
    ]  # over: nothing is left
    assert totals(by_day, price=365, bought=date(2026, 1, 1)) == [None]


def test_a_part_beyond_the_whole_is_the_whole_and_nothing_is_shared_out_of_nothing() -> None:
    assert totals(amount(of="price", share=CompiledShare(count("30"), count("24"))), price=100) == ["100.00"]
    assert totals(amount(of="price", share=CompiledShare(count("3"), count("all"))), price=100, all=0) == [None]


def test_each_amount_is_rounded_once_half_up() -> None:
    third = amount("third", of="price", share=CompiledShare(count("1"), count("3")))
    assert totals(third, amount("again", of="third", times="3"), price=100) == ["33.33", "99.99"]
    assert totals(amount(of="price", times="0.5"), price=Decimal("0.01")) == ["0.01"]


def test_what_is_below_nothing_is_owed_by_the_reader(formulas) -> None:
    due = amount(of="price", less="gift")
    assert totals(due, price=100, gift=130) == ["-30.00"]
    assert formulas(due, price=100, gift=130) == ["100.00 元 − 130.00 元 = 倒过来，你要补 30.00 元"]


@pytest.mark.parametrize(
    ("claim", "fee"),
    [
        (1, "50.00"),
        (10_000, "50.00"),
        (10_001, "50.03"),
        (30_000, "550.00"),
        (100_000, "2300.00"),
        (200_000, "4300.00"),
        (500_000, "8800.00"),
        (600_000, "9800.00"),
    ],
)
def test_the_court_fee_of_article_13(claim, fee) -> None:
    assert totals(amount(of="claim", steps=COURT_FEE), claim=claim) == [fee]


def test_the_court_fee_in_words_and_half_of_it(formulas) -> None:
    fee, half = amount("受理费", of="price", steps=COURT_FEE), amount("简易程序", of="受理费", times="0.5")
    in_words, halved = formulas(fee, half, price=30_000)
    assert in_words.startswith(
        "30,000.00 元，分段算：10,000.00 元以内 50.00 元 + 超过 10,000.00 元到 100,000.00 元的部分 "
    )
    assert in_words.endswith(" 20,000.00 元 × 2.5% = 550.00 元") and halved == "550.00 元 × 0.5 = 275.00 元"
    assert formulas(fee)[0].startswith("“付了多少钱”填的数，分段累计：10,000.00 元以内 50.00 元，超过 10,000.00 元到")


MONEY = st.decimals(0, 1_000_000, places=2)


@given(
    price=MONEY,
    gift=MONEY,
    times=st.none() | st.decimals(0, 20, places=2),
    part=st.integers(0, 40),
    whole=st.integers(1, 40),
    least=st.none() | MONEY,
    over=st.none() | MONEY,
    steps=st.booleans(),
)
@settings(max_examples=400, deadline=None, derandomize=True)
def test_sums_are_those_of_an_independent_reckoning(price, gift, times, part, whole, least, over, steps) -> None:
    most = None if over is None else (least or 0) + over
    item = amount(
        of="price",
        times=None if times is None else str(times),
        share=CompiledShare(count("part"), count("whole")),
        steps=COURT_FEE if steps else (),
        less="gift",
        at_least=None if least is None else str(least),
        most=None if most is None else str(most),
    )
    exact = Fraction(price) * Fraction(times if times is not None else 1) * min(part, whole) / whole
    exact = (court_fee(exact) if steps else exact) - Fraction(gift)
    fen = floor(abs(exact) * 100 + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    expected = Fraction(fen, 100)
    expected = max(expected, Fraction(least)) if least is not None else expected
    expected = min(expected, Fraction(most)) if most is not None else expected
    (told,) = totals(item, price=price, gift=gift, part=part, whole=whole)
    assert Fraction(told) == expected and len(told.split(".")[1]) == 2


def court_fee(claim: Fraction) -> Fraction:
    """By the quick formulas that courts print: so many per cent of the whole, and what is added or taken away."""
    if claim <= 10_000:
        return Fraction(50)
    rows = ((100_000, "0.025", -200), (200_000, "0.02", 300), (500_000, "0.015", 1300))
    for upto, rate, plus in rows:
        if claim <= upto:
            return claim * Fraction(rate) + plus
    return claim * Fraction("0.01") + 3800
