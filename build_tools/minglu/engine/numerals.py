"""Chinese numerals ↔ whole numbers from 0 to 9999, the range that articles of law need."""

import re

from .words import engine_words

DIGITS = "零一二三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000}
SAME = str.maketrans("０１２３４５６７８９〇○", "0123456789零零")

PATTERN = r"[0-9０-９]+|[零〇○一二两三四五六七八九十百千]+"
"""Regular expression source for what may be a number; `to_int` decides."""


def to_int(text: str) -> int:
    """The number that `text` writes: `24`, `２４`, `二十四`, `一千二百零五`, `两百`, `二〇二六`.

    Raises ValueError where a reader could take it for two numbers (`二百五`, `一千二`) or for none (`十十`).
    """
    plain = text.translate(SAME)
    if re.fullmatch("[0-9]{1,4}", plain):
        return int(plain)
    if re.fullmatch(f"[{DIGITS}]{{2,4}}", plain) and plain[0] != "零":
        return int("".join(str(DIGITS.index(mark)) for mark in plain))
    usual = re.sub("两(?=[百千]|$)", "二", plain)
    usual = re.sub("(?<=[百千零])十", "一十", usual)
    usual = usual.removeprefix("一") if usual.startswith("一十") else usual
    number = added_up(usual) if usual and set(usual) <= {*DIGITS, *UNITS} else None
    if number is None or to_chinese(number) != usual:
        raise ValueError(engine_words("numeral.unreadable", text=text))
    return number


def to_chinese(number: int) -> str:
    """24 → `二十四`, 1205 → `一千二百零五`, as statutes number their articles. Raises ValueError outside 0 to 9999."""
    if not 0 <= number <= 9999:
        raise ValueError(engine_words("numeral.range", number=number))
    written = "".join(
        DIGITS[int(digit)] + unit if digit != "0" else "零"
        for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    )
    written = re.sub("零+", "零", written).strip("零") or "零"
    return written.removeprefix("一") if written.startswith("一十") else written


def added_up(text: str) -> int | None:
    """Sum without asking whether the order makes sense; None if it leaves the range."""
    total = digit = 0
    for mark in text:
        if mark in UNITS:
            total, digit = total + (digit or 1) * UNITS[mark], 0
        else:
            digit = DIGITS.index(mark)
    return total + digit if total + digit <= 9999 else None
