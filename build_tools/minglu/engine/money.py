"""Sums of money as people write them → yuan as a Decimal with two decimals, never a float; and back into words."""

import re
from decimal import Decimal

from .words import engine_words

LEAST_MONEY, MOST_MONEY = Decimal("0.01"), Decimal(10_000_000)
CENT = Decimal("0.01")
FLAT_MONEY = str.maketrans("０１２３４５６７８９，、．。￥", "0123456789,,..¥")
"""What an input method puts in the place of plain digits, commas, full stops and the sign."""

MONEY = re.compile(r"¥?([0-9]{1,8}|[0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]{1,2})?(?:元|块|块钱)?")


def parse_money(text: str) -> Decimal:
    """`4999`, `4,999.00`, `￥４９９９`, `1，999.9 元` → Decimal with two decimals.

    Raises ValueError for anything else, and for less than LEAST_MONEY or more than MOST_MONEY.
    """
    match = MONEY.fullmatch("".join(text.split()).translate(FLAT_MONEY)) if len(text) <= 40 else None
    if not match:
        raise ValueError(text)
    value = (Decimal(match[1].replace(",", "")) + Decimal(match[2] or 0)).quantize(CENT)
    if not LEAST_MONEY <= value <= MOST_MONEY:
        raise ValueError(text)
    return value


def money_label(value: Decimal | str) -> str:
    """`4999` → 4,999.00 元."""
    return engine_words("money", value=f"{Decimal(value):,.2f}")
