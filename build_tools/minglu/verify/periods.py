"""A period, a factor or a sum that the article is said to state stands in its gist."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from minglu.diagnostics import Diagnostic, Words
from minglu.engine import citations, numerals
from minglu.engine.dates import Period
from minglu.resolve.model import Amount, Clock, Deadline, Library, Statement, Tree
from minglu.verify.subject import Subject
from minglu.verify.used import pointed_to

PROVES = "说是条文写明的期限、倍数和金额，所引条文的要点里都有这个数"

UNITS = {
    "days": Words("日", "days"),
    "working-days": Words("个工作日", "working days"),
    "months": Words("个月", "months"),
    "years": Words("年", "years"),
    "times": Words("倍", "times"),
    "yuan": Words("元", "yuan"),
}
WRITTEN = {
    "个工作日": "working-days",
    "工作日": "working-days",
    "个自然日": "days",
    "自然日": "days",
    "日": "days",
    "天": "days",
    "个月": "months",
    "年": "years",
    "倍": "times",
    "元": "yuan",
}
"""Units as articles write them; 月 without 个 is a month of the year."""

DIGITS = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|"
NUMBER = rf"(?:{DIGITS}{numerals.PATTERN})"
QUANTITY = re.compile(
    rf"(?P<numbers>(?:{NUMBER}\s*(?:至|到|或者|或|、|-|－|—|–|~|～)\s*(?:第\s*)?)*{NUMBER})\s*"
    rf"(?P<wan>万)?(?P<unit>{'|'.join(WRITTEN)})(?!月)"
)
"""Numbers before one unit: 七日, 90 日, 十至十五个工作日, 三万元."""

LONGEST = 120  # characters of a gist in a message
DAY_OF_A_MONTH = re.compile(r"月\s*$")


class Quantity(NamedTuple):
    number: int | Decimal
    unit: str  # one of UNITS

    def words(self) -> Words:
        unit = UNITS[self.unit]
        return Words(f"{self.number} {unit.zh}", f"{self.number} {unit.en}")


Counted = Deadline | Clock | Amount
KINDS: dict[type, Words] = {
    Deadline: Words("期限", "deadline"),
    Clock: Words("期限", "clock"),
    Amount: Words("金额", "amount"),
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Of the tree's outcomes, and of the channels that it points to."""
    library = subject.project.library
    for item, quantity in counted(subject.one.tree, library):
        if item.basis == "text" and readable(item, library) and quantity not in stated(item, library):
            yield unstated(item, quantity, library)


def counted(tree: Tree, library: Library) -> Iterator[tuple[Counted, Quantity]]:
    for outcome in tree.outcomes.values():
        for one in outcome.deadlines:
            yield one, period_of(one)
            yield from ((one, Quantity(days, "days")) for _, days in one.start.dates if days)
        yield from sums(outcome.amounts)
    channels = (library.channels[id] for id in sorted(pointed_to(tree, "channels")) if id in library.channels)
    yield from ((clock, period_of(clock)) for channel in channels for clock in channel.clocks)


def period_of(one: Deadline | Clock) -> Quantity:
    period = Period.parse(one.within)
    return Quantity(period.count, period.counted_in)


def sums(amounts: tuple[Amount, ...]) -> Iterator[tuple[Amount, Quantity]]:
    """The numbers of an amount are written as text; `times: 1` is what it is without."""
    for one in amounts:
        numbers = ((one.times, "times"), (one.at_least, "yuan"), (one.most, "yuan"))
        yield from ((one, Quantity(Decimal(text), unit)) for text, unit in numbers if text and Decimal(text) != 1)


def readable(item: Statement, library: Library) -> bool:
    """Numbers are read in Chinese: law in another language is not looked at."""
    return any(re.search("[\u4e00-\u9fff]", gist) for gist in gists(item, library).values())


def stated(item: Statement, library: Library) -> set[Quantity]:
    return {one for gist in gists(item, library).values() for one in quantities(gist)}


def gists(item: Statement, library: Library) -> dict[str, str]:
    """What the articles that an item cites say, by their names; each once, whatever paragraphs are cited. What the
    library does not have is told by `cited`.
    """
    names, statutes = library.names, library.statutes
    articles = {(one.statute, one.article): one for one in item.cites}
    return {
        citations.label(citations.Citation(*key), names).replace(" ", ""): statutes[key[0]].articles[key[1]].gist
        for key in articles
        if key[0] in statutes and key[1] in statutes[key[0]].articles
    }


def quantities(text: str) -> set[Quantity]:
    """All that a text counts, as far as it can be read with certainty. Days of the year (3月15日) are none."""
    found = set()
    for match in QUANTITY.finditer(text):
        if match["unit"] == "日" and DAY_OF_A_MONTH.search(text[: match.start()]):
            continue
        for number in re.findall(NUMBER, match["numbers"]):
            count = whole(number)
            if count is not None:
                found.add(Quantity(count * (10_000 if match["wan"] else 1), WRITTEN[match["unit"]]))
    if "半年" in text:
        found.add(Quantity(6, "months"))
    return found


def whole(number: str) -> int | None:
    plain = re.sub("[,，]", "", number)
    if plain.isdecimal():
        return int(plain)
    try:
        return numerals.to_int(plain)
    except ValueError:
        return None


def unstated(item: Counted, quantity: Quantity, library: Library) -> Diagnostic:
    names, words = "、".join(gists(item, library)), quantity.words()
    what = KINDS[type(item)]
    parts = counting_parts(item, library)
    zh = f"要点里写的是“{parts}”；" if parts else ""
    en = f"the gist has “{parts}”; " if parts else ""
    return Diagnostic(
        "periods",
        item.at,
        Words(
            f"{what.zh} `{item.id}` 的 {words.zh}，{names}的要点里没有",
            f"the {words.en} of the {what.en} `{item.id}` are not in the gist of {names}",
        ),
        Words(
            f"{zh}照条文改这个数；条文有而要点没写，就补进 `gist`；推出来的，写 `basis: inferred`",
            f"{en}mend the number by the article; what only the gist lacks goes into `gist`; what is argued is "
            "`basis: inferred`",
        ),
    )


def counting_parts(item: Statement, library: Library) -> str:
    """The clauses of the gists that count something, as much as one line holds."""
    return shortened("；".join(filter(None, map(counting_clauses, gists(item, library).values()))))


def counting_clauses(gist: str) -> str:
    return "；".join(one.strip() for one in re.split("[。；]", gist) if quantities(one))


def gist_line(held: dict[str, str]) -> str:
    """What articles say, by their names: of each the clauses that count something, or how it begins."""
    return "；".join(f"{name}“{shortened(counting_clauses(gist) or gist.rstrip('。'))}”" for name, gist in held.items())


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
