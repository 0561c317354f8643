"""Answers, standings and counts → the words a reader sees, the same on the page, in the terminal and in the widget."""

STANDINGS = {"clear": "依据明确", "arguable": "可以争取", "weak": "比较弱", "none": "没有依据"}
BASES = {"text": "条文写明", "inferred": "可以主张", "secondary": "二手资料"}
UNITS = {"day": " 天", "calendar-day": " 天", "working-day": " 个工作日", "month": " 个月", "year": " 年"}


def answer_label(question: dict, answer: str) -> str:
    """`answer` is an option or band id, merged bands `first..last`, an ISO date, a number, or `unsure`.

    `question` is the compiled JSON: `kind`, `unit`, and `answers` with `id`, `label` (may be empty for a band), `limit`.
    What cannot be read is given back as it is.
    """
    if answer == "unsure":
        return "不确定"
    ids = [one["id"] for one in question["answers"]]
    first, _, last = answer.partition("..")
    last = last or first
    if first in ids and last in ids:
        return range_label(question, ids.index(first), ids.index(last))
    if question["kind"] == "date":
        return day_label(answer)
    return f"{answer}{spaced(question)}" if question["kind"] == "number" else answer


def range_label(question: dict, first: int, last: int) -> str:
    """The answers from index `first` to `last`: an own label, or words made from the limits around them."""
    answers = question["answers"]
    if first == last and answers[first]["label"]:
        return answers[first]["label"]
    if question["kind"] == "choice":
        return "或".join(one["label"] for one in answers[first : last + 1])
    after = answers[first - 1]["limit"] if first else None
    upto = answers[last]["limit"]
    return number_range(after, upto, spaced(question)) if question["kind"] == "number" else date_range(after, upto)


def date_range(after: str | None, upto: str | None) -> str:
    """The limits are `7 days`. 「超过」 leaves the limit itself out and 「以内」 takes it in, as in 民法典第1259条."""
    if after is None and upto is None:
        return "不论哪天"
    if after is None:
        return f"{period_label(upto)}以内"
    if upto is None:
        return f"超过 {period_label(after)}"
    (low, low_unit), (high, high_unit) = amount(after), amount(upto)
    if low_unit != high_unit or low_unit not in ("day", "calendar-day", "working-day"):
        return f"超过 {period_label(after)}，{period_label(upto)}以内"
    days = f"{low + 1}" if low + 1 == high else f"{low + 1} 到 {high}"
    return f"第 {days}{UNITS[low_unit]}"


def number_range(after: str | None, upto: str | None, unit: str) -> str:
    if upto is None:
        return "不论多少" if after is None else f"{int(after) + 1}{unit}及以上"
    low, high = 0 if after is None else int(after) + 1, int(upto)
    return f"{low}{unit}" if low == high else f"{low} 到 {high}{unit}"


def period_label(period: str) -> str:
    """`7 days` → 7 天."""
    number, unit = amount(period)
    return f"{number}{UNITS[unit]}"


def amount(period: str) -> tuple[int, str]:
    number, unit = period.split()
    return int(number), unit.removesuffix("s")


def day_label(day: str) -> str:
    """`2026-11-10` → 2026年11月10日."""
    parts = day.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return day
    year, month, date = map(int, parts)
    return f"{year}年{month}月{date}日"


def left_label(least: int, most: int | None) -> str:
    """How many questions are left, the one that is being asked included; `most` is None where it is not known."""
    if most is None:
        return f"至少还有 {least} 个问题"
    if (least, most) == (1, 1):
        return "最后一个问题"
    return f"还有 {least} 个问题" if least == most else f"还有 {least} 到 {most} 个问题"


def spaced(question: dict) -> str:
    return f" {question['unit']}" if question.get("unit") else ""
