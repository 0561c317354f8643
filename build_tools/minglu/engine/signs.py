"""A text and the citations in it → the mistakes of the library that it seems to make, each where it stands.

A mistake is recognised by its signs: an article that is cited, and words beside it that do not belong to that article.
What stands beside a citation is what follows it up to the next one, or what leads to it; never another sentence.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from .citations import Found
from .library_data import KnownMistake, Sign

BETWEEN = r"[^。！？!?；;\n]{0,60}?"
"""What `…` in the words of a sign stands for, as a regular expression."""

SENTENCE_END = re.compile(r"[。！？!?；;]|\n[^\S\n]*\n")
SENTENCE_OR_LINE_END = re.compile(r"[。！？!?；;\n]")
CLAUSE_MARK = re.compile(r"[，,、：:（(]|以及|或者|[和与及或]")
QUOTED = re.compile(r"\s*[“\"「『‘][^“”\"「」『』‘’]{0,40}[”\"」』’]")
"""What an article is said to be, behind it: 第10条“公平交易权”."""

LISTED = re.compile(rf"(?:{QUOTED.pattern})?(?:[\s、，,/和与及或]|以及|或者)*")
"""All that stands between the citations of one list."""

COMMA = re.compile("[，,：:]")
SHOWN = 30
"""How many characters before and after what is said without a citation are shown of its sentence at most."""

BESIDE = 120
"""How many characters before and after a citation count as beside it at most."""


@dataclass(frozen=True)
class Made:
    """A mistake that a text seems to make, and the sign of it."""

    mistake: KnownMistake
    sign: Sign


@dataclass(frozen=True)
class Said:
    """A part of a text, and the mistakes that it seems to make without a citation."""

    start: int
    end: int
    mistakes: tuple[KnownMistake, ...]


@dataclass(frozen=True)
class Passage:
    """Citations of one list, from `found[first]` to `found[last]`; what leads to them, what each is said to be, what
    follows the last, the whole sentence, and every article that is cited in it.
    """

    first: int
    last: int
    before: str
    own: tuple[str, ...]
    after: str
    sentence: str
    cited: frozenset[tuple[str, str]]

    def beside(self, index: int) -> tuple[str, ...]:
        return (self.own[index - self.first] + self.after, self.before)


def made_at_citations(text: str, found: list[Found], mistakes: tuple[KnownMistake, ...]) -> list[list[Made]]:
    """For each of `found`, the mistakes that the words beside it make."""
    made: list[list[Made]] = [[] for _ in found]
    signs: dict[tuple[str, str], list[Made]] = {}
    for mistake in mistakes:
        for sign in mistake.signs:
            for cite in sign.cites:
                signs.setdefault((cite.statute, cite.article), []).append(Made(mistake, sign))
    for passage in passages(text, found):
        for index in range(passage.first, passage.last + 1):
            keys = dict.fromkeys((one.statute, one.article) for one in found[index].citations)
            for one in (one for key in keys for one in signs.get(key, ())):
                told = any(other.mistake.id == one.mistake.id for other in made[index])
                if not told and fits(one.sign, found[index], passage, passage.beside(index)):
                    made[index].append(one)
    return made


def fits(sign: Sign, found: Found, passage: Passage, beside: tuple[str, ...]) -> bool:
    """Not where the sentence cites the article that the words are of, too."""
    if sign.means and (sign.means.statute, sign.means.article) in passage.cited:
        return False
    wanted = [one.paragraph for one in sign.cites if any(one.article == it.article for it in found.citations)]
    if all(wanted) and not any(it.paragraph in (None, *wanted) for it in found.citations):
        return False
    if not any(word_pattern(word).search(part) for word in sign.words for part in beside):
        return False
    return not any(word_pattern(word).search(passage.sentence) for word in sign.unless)


def said_without_citation(text: str, mistakes: tuple[KnownMistake, ...]) -> list[Said]:
    """The parts of the text whose words alone make a mistake, in order of place; each mistake once."""
    bounds = [match.end() for match in SENTENCE_OR_LINE_END.finditer(text)]
    places: dict[tuple[int, int], list[KnownMistake]] = {}
    for mistake in mistakes:
        alone = (sign for sign in mistake.signs if not sign.cites)
        first = min((place for sign in alone for place in where_said(text, sign, bounds)), default=None)
        if first:
            places.setdefault(first, []).append(mistake)
    return [Said(start, end, tuple(made)) for (start, end), made in sorted(places.items())]


def where_said(text: str, sign: Sign, bounds: list[int]) -> Iterator[tuple[int, int]]:
    for word in sign.words:
        for match in word_pattern(word).finditer(text):
            start, end = sentence_at(text, match.start(), bounds, around=match.span())
            if not any(word_pattern(one).search(text[start:end]) for one in sign.unless):
                yield excerpt(text, match.span(), start, end)
                break


def excerpt(text: str, said: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """Of a sentence as much as shows what is said: its clauses nearby."""
    begin, stop = max(start, said[0] - SHOWN), min(end, said[1] + SHOWN)
    if begin > start and (clause := COMMA.search(text, begin, said[0])):
        begin = clause.end()
    if stop < end and (clause := COMMA.search(text, said[1], stop)):
        stop = clause.end()
    return begin, stop


def passages(text: str, found: list[Found]) -> Iterator[Passage]:
    bounds = [match.end() for match in SENTENCE_END.finditer(text)]
    ends = [bisect(bounds, one.start) for one in found]
    index = 0
    while index < len(found):
        last = index
        while last + 1 < len(found) and goes_on(text, found, ends, last):
            last += 1
        yield passage_of(text, found, ends, bounds, index, last)
        index = last + 1


def goes_on(text: str, found: list[Found], ends: list[int], last: int) -> bool:
    """Whether the next citation belongs to the same list."""
    between = text[found[last].end : found[last + 1].start]
    return ends[last] == ends[last + 1] and len(between) < BESIDE and bool(LISTED.fullmatch(between))


def passage_of(text: str, found: list[Found], ends: list[int], bounds: list[int], first: int, last: int) -> Passage:
    start, end = sentence_at(text, found[first].start, bounds, around=(found[first].start, found[last].end))
    follows = last + 1 < len(found) and ends[last + 1] == ends[last]
    preceded = first > 0 and ends[first - 1] == ends[first]
    after = text[found[last].end : min(end, found[last + 1].start if follows else end)]
    before = text[max(start, found[first - 1].end if preceded else start) : found[first].start]
    opened = re.search(r"[（(][^（()）]*\Z", before)
    if opened:  # 侵犯选择权（消法第9条）: what stands in brackets belongs to what stands before them
        after = re.split("[）)]", after, maxsplit=1)[0]
        before = before[: opened.start()] + before[opened.start() + 1 :]
    if preceded:
        before = CLAUSE_MARK.split(before)[-1]
    cited = frozenset(
        (one.statute, one.article)
        for place, other in enumerate(found[max(0, first - 20) : last + 21], max(0, first - 20))
        if ends[place] == ends[first]
        for one in other.citations
    )
    own = [""] * (last - first + 1)
    for place in range(first, last):
        if quoted := QUOTED.match(text, found[place].end, found[place + 1].start):
            own[place - first] = quoted[0]
    return Passage(first, last, before, tuple(own), after, text[start:end], cited)


def sentence_at(text: str, at: int, bounds: list[int], *, around: tuple[int, int]) -> tuple[int, int]:
    """Where the sentence at this place begins and ends, as far as it stands beside what is `around` it."""
    place = bisect(bounds, at)
    start = bounds[place - 1] if place else 0
    end = bounds[place] if place < len(bounds) else len(text)
    return max(start, around[0] - BESIDE), max(around[1], min(end, around[1] + BESIDE))


PATTERNS: dict[str, re.Pattern[str]] = {}


def word_pattern(word: str) -> re.Pattern[str]:
    """`过保…免费` finds both, in this order, in one sentence."""
    if word not in PATTERNS:
        PATTERNS[word] = re.compile(BETWEEN.join(re.escape(part) for part in word.split("…")))
    return PATTERNS[word]
