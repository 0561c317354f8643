"""Text as people write it → the articles of law it cites: in YAML, in Markdown and in the browser alike.

A citation is an instrument's name directly before an article: 《消费者权益保护法》第二十四条第一款, 消法第24条,
手机三包第11、12条. What names an instrument but cannot be read with certainty is a problem, never silence and never a
guess; 第24条 with no name before it is nobody's. A problem is one Chinese clause, for readers and editors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from . import numerals
from .names import BOOKS, FLAT, GAP, Before, Named, Names, carried_on, name_before
from .words import engine_words


@dataclass(frozen=True)
class Citation:
    """`statute` is a slug; `article` is `24` or `24之一`; paragraph (款) and item (项) count from 1, None where not
    written.
    """

    statute: str
    article: str
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Found:
    """`text` is what stands from `start` to before `end`, in characters. A range (第14至17条) is one Found with
    several citations.

    Of a list, each member is a Found of its own and the first carries the name, which ends before `number`. Where there
    is a `problem`, there are no citations. `carried` where no name is written and the one named before is taken.
    """

    start: int
    end: int
    text: str
    citations: tuple[Citation, ...] = ()
    problem: str | None = None
    number: int = 0
    carried: bool = False

    @property
    def citation(self) -> Citation | None:
        """The first of `citations`."""
        return self.citations[0] if self.citations else None


def find(text: str, names: Names, *, carry: bool = False) -> list[Found]:
    """All citations in running text, in order of place. 同法第N条 and 该办法第N条 mean the instrument named last; with
    `carry`, so does 第N条 alone.
    """
    return list(scan(text, names, running=True, carry=carry))


def read(text: str, names: Names) -> list[Citation]:
    """The citations of a text that holds nothing else. Raises ValueError with one clause about the first thing that
    cannot be read.
    """
    citations: list[Citation] = []
    done = 0
    for found in scan(text, names, running=False):
        between = text[done : found.start]
        if not re.fullmatch(SEPARATORS if done else r"\s*", between):
            raise ValueError(unread(between if between.strip() else found.text))
        if found.problem:
            raise ValueError(found.problem)
        citations += found.citations
        done = found.end
    if text[done:].strip() or not citations:
        raise ValueError(unread(text[done:]))
    return citations


def label(citation: Citation, names: Names) -> str:
    """`消费者权益保护法 第24条第1款`. Raises KeyError for a slug that `names` does not hold."""
    number, mark, inserted = citation.article.partition("之")
    written = f"{names.shorts[citation.statute]} 第{number}条{mark}{inserted}"
    written += f"第{citation.paragraph}款" if citation.paragraph is not None else ""
    return written + (f"第{citation.item}项" if citation.item is not None else "")


INSERTED = "[一二三四五六七八九十]|10|[1-9]"
NUMBER = re.compile(
    rf"(?P<di>第{GAP})?(?P<open>\({GAP})?(?P<number>{numerals.PATTERN})(?P<close>{GAP}\))?(?:之(?P<before>{INSERTED}))?"
    rf"(?:{GAP}(?P<unit>条(?!件|例)|款(?![项式])|项(?!目))(?:(?<=条)之(?P<after>{INSERTED})(?![般一二三四五六七八九十\d]))?)?"
)
JOINT = re.compile(rf"{GAP}(?:(?P<range>至|到|-+)|(?P<mark>[、/,;])|(?P<word>以及|或者|和|及|与|或))?{GAP}")
SEPARATORS = r"(?:[、，,；;/／和及与或\s]|以及|或者)*"
START = re.compile(rf"第{GAP}(?:{numerals.PATTERN})|[0-9]+|[零一二三四五六七八九十百千]{{2,}}")
DEPTH = {"条": 0, "款": 1, "项": 2}
REACH = 160
"""How many characters before an article are searched for its name; the longest title has some 50."""


@dataclass(frozen=True)
class Number:
    """One number as written. `joined` to the one before: "" goes deeper, "-" makes a range, "+" begins the list's
    next member.

    `shared`: its unit stands only at a later number (the 11 of 第11、12条).
    """

    start: int
    end: int
    digits: str
    inserted: str
    unit: str
    bare: bool
    bracketed: bool
    joined: str = "+"
    shared: bool = False


def scan(text: str, names: Names, *, running: bool, carry: bool = False) -> Iterator[Found]:
    flat = text.translate(FLAT)
    strangers: list[int] = []
    cited: Found | None = None
    at = floor = 0
    while start := START.search(flat, at):
        numbers = numbers_at(flat, start.start(), running)
        if not numbers:
            at = start.end()
            continue
        begins, ends, bare = start.start(), numbers[-1].end, numbers[0].bare
        since = max(floor, begins - REACH)
        before = Before(text[since:begins], flat[since:begins], since, flat[:since], tuple(strangers), names.gone)
        named = name_before(before, names, bare=bare)
        if carry and named is None and not bare and cited and carried_on(flat[cited.end : begins]):
            named = Named(begins, cited.citations[0].statute, carried=True)
        at = start.end() if bare and not named else ends
        if named and named.problem:
            strangers.append(named.start)
            cited = None
            yield Found(named.start, ends, text[named.start : ends], problem=named.problem)
        elif named:
            for one in members(text, numbers, named):
                cited = one if one.citations else None
                yield one
        floor = ends if named else floor


def numbers_at(flat: str, at: int, running: bool) -> list[Number]:
    """The numbers of one citation or list from `at` on, each with its unit; [] unless they begin with an article."""
    numbers: list[Number] = []
    joint: re.Match[str] | None = None
    while match := NUMBER.match(flat, at):
        number = number_of(match)
        if number is None or (not numbers and number.bare and not reads_alone(number)):
            break
        if joint:
            joined = joined_to(numbers[-1], number, joint, running=running)
            if joined is None:
                break
            number = replace(number, joined=joined)
        numbers.append(number)
        joint = JOINT.match(flat, number.end)
        at = joint.end() if joint else number.end
    while numbers and not numbers[-1].unit:
        numbers.pop()
    for index in reversed(range(len(numbers) - 1)):
        if not numbers[index].unit:
            numbers[index] = replace(numbers[index], unit=numbers[index + 1].unit, shared=True)
    for index in range(1, len(numbers)):
        if numbers[index].joined == "" and DEPTH[numbers[index].unit] <= DEPTH[numbers[index - 1].unit]:
            numbers[index] = replace(numbers[index], joined="+")
    return numbers if numbers and numbers[0].unit == "条" else []


def number_of(match: re.Match[str]) -> Number | None:
    bracketed, unit, inserted = match["open"] is not None, match["unit"] or "", match["before"] or match["after"] or ""
    if (
        bracketed != (match["close"] is not None)
        or (bracketed and (unit in ("条", "款") or len(match["number"]) > 3))
        or (inserted and unit != "条")
    ):
        return None
    inserted = numerals.to_chinese(numerals.to_int(inserted)) if inserted else ""
    return Number(
        match.start(),
        match.end(),
        match["number"],
        inserted,
        unit or ("项" if bracketed else ""),
        match["di"] is None,
        bracketed,
    )


def reads_alone(number: Number) -> bool:
    """Whether it reads as a number without 第: 消法24条, not 消法一条."""
    return number.digits.isascii() or len(number.digits) > 1


def joined_to(before: Number, number: Number, joint: re.Match[str], *, running: bool) -> str | None:
    """How `number` goes on from the one before, or None where the citation ends between them."""
    if joint["range"]:
        return "-" if not before.unit or number.unit == before.unit else None
    if mark := joint["mark"] or joint["word"]:
        if running and mark in ",;" and not (mark == "," and not before.unit):
            return None  # in running text a comma opens the next thought: 第24条，第二条是…
        if not before.unit:
            return None if number.bracketed else "+"
        if number.bracketed and number.bare:
            return "+" if before.unit == "项" else None
        listed = not joint["word"] and reads_alone(number) and number.unit in ("", "条", before.unit)
        return "+" if not number.bare or listed else None
    if not before.unit:
        return None
    if not number.unit:
        return None if number.bare else ""
    if DEPTH[number.unit] <= DEPTH[before.unit]:
        return "+" if not number.bare or (number.bracketed and before.unit == "项") else None
    if number.unit == "款":
        return None if number.bare and number.digits.startswith("两") else ""
    return "" if not number.bare or number.bracketed or before.unit == "款" else None


def members(text: str, numbers: list[Number], named: Named) -> Iterator[Found]:
    """One Found for each member of the list."""
    base, units, shared, start = Citation(named.slug, ""), {"条"}, False, named.start
    bounds = [index for index, number in enumerate(numbers) if number.joined == "+"] + [len(numbers)]
    for low, high in pairwise(bounds):
        member, end = numbers[low:high], numbers[high - 1].end
        try:
            citations = expand(member, base, units, shared, named.book)
            number = member[0].start
            yield Found(start, end, text[start:end], citations, number=number, carried=named.carried)
            base, units = (
                citations[-1],
                {unit for unit in units if DEPTH[unit] < DEPTH[member[0].unit]} | {number.unit for number in member},
            )
        except ValueError as error:
            yield Found(start, end, text[start:end], problem=str(error))
            units = set()
        shared = numbers[high - 1].shared
        start = numbers[high].start if high < len(numbers) else end


def expand(member: list[Number], base: Citation, units: set[str], shared: bool, book: str) -> tuple[Citation, ...]:
    """The citations of one member. `base` and `units` are of the member before. Raises ValueError with the problem."""
    levels = levels_of(member)
    if (shared and len(levels) > 1) or any(len(values) > 1 for _, values in levels[:-1]):
        raise ValueError(engine_words("citation.ambiguous-level", unit=levels[-1][0], above=levels[-2][0]))
    if levels[0][0] not in units | {"条"}:
        raise ValueError(engine_words("citation.which-article", number=levels[0][1][0], unit=levels[0][0]))
    cited = [base]
    for unit, values in levels:
        cited = [at_level(one, unit, value) for one in cited for value in values]
    for one in cited:
        if book and int(one.article.partition("之")[0]) not in BOOKS[book]:
            raise ValueError(engine_words("citation.not-in-book", article=one.article, book=book))
    return tuple(cited)


def at_level(citation: Citation, unit: str, value: str) -> Citation:
    """The citation with this article, paragraph or item, and nothing deeper."""
    if unit == "条":
        return Citation(citation.statute, value)
    if unit == "款":
        return Citation(citation.statute, citation.article, int(value))
    return replace(citation, item=int(value))


def levels_of(member: list[Number]) -> list[tuple[str, list[str]]]:
    """Units from article to item, each with its numbers, ranges written out: 第8条第（一）至（三）项 → 条 8, 项 1 2
    3.
    """
    levels: list[tuple[str, list[str]]] = []
    for number in member:
        value = numerals.to_int(number.digits)
        if value == 0:
            raise ValueError(engine_words("citation.zero", unit=number.unit))
        if number.joined != "-":
            levels.append((number.unit, [f"{value}之{number.inserted}" if number.inserted else str(value)]))
            continue
        _, values = levels[-1]
        if number.inserted or "之" in values[-1]:
            raise ValueError(engine_words("citation.inserted-range"))
        if value <= int(values[-1]):
            raise ValueError(engine_words("citation.backwards", first=values[-1], last=value, unit=number.unit))
        values += map(str, range(int(values[-1]) + 1, value + 1))
    return levels


def unread(text: str) -> str:
    """Why `text` is no citation."""
    text = " ".join(text.split())
    rest = re.sub(f"^{SEPARATORS}", "", text).strip()
    article = re.search(rf"第?{GAP}(?:{numerals.PATTERN}){GAP}条", rest)
    name = rest[: article.start()].strip() if article else ""
    if article and not name:
        return engine_words("citation.no-name", article=article[0])
    if name:
        return engine_words("citation.unknown-name", name=name)
    return engine_words("citation.unreadable", text=text) if text else engine_words("citation.empty")
