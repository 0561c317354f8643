"""A text of a paper with its marks → lines and runs, filled in for one reader. What a reader typed is never read for
marks again: it stays text, whatever it holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from .document import Line, Run
from .letter import BLANK
from .words import engine_words

PAPER_MARK = re.compile(
    r"【(?P<gap>[^【】\n]*)】|\{(?P<fact>[^{}|\n]*)(?:\|(?P<open>[^{}|\n]*))?\}|☐\[(?P<box>[^\[\]\n]*)\]"
)
OR = "|"
"""Between the names of gaps of which one fills the place."""
UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What a word processor refuses, and what turns the direction of the text around it."""
LABEL_PARTS = re.compile(r"[\s　：:，。；（）()＿]+")
"""What parts the label of a box from other words on its line."""

Facts = Mapping[str, tuple[str, ...]]
"""What the case says, by name: one text, or several lines. What it does not say is not there."""


Written = tuple[str, Facts]
"""A text with marks, and what is known in it alone."""


@dataclass
class Filling:
    """What fills the marks, and what was met: `gaps` with their values, and `boxes` with their labels and places, in
    order. `lists` are facts that are texts with marks themselves. `behind` stands behind the names of gaps, and `again`
    behind the ids of boxes, where a part stands there again; `place` is where boxes stand. Where it
    is `closed`, nothing is asked for.
    """

    facts: Facts
    fields: Mapping[str, str]
    ticked: Set[str]
    lists: Mapping[str, Sequence[Written]] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, tuple[str, str]] = field(default_factory=dict)
    behind: str = ""
    again: str = ""
    place: str = ""
    closed: bool = False


def filled_lines(text: str, filling: Filling) -> tuple[Line, ...]:
    """A line of one fact alone becomes as many as that has."""
    lines: list[Line] = []
    for line in text.strip("\n").split("\n"):
        mark = PAPER_MARK.fullmatch(line.strip())
        name = (mark["fact"] if mark else None) or ""
        if known := filling.facts.get(name):
            lines += [Line((Run(printable(one)),)) for one in known]
        elif listed := filling.lists.get(name):
            lines += [one for runs in listed_runs(listed, filling) for one in split_lines(runs)]
        else:
            lines += split_lines(list(filled_runs(line.rstrip(), filling)))
    return tuple(lines)


def listed_runs(listed: Sequence[Written], filling: Filling) -> Iterator[list[Run]]:
    """Numbered, the runs of each."""
    for number, (text, facts) in enumerate(listed, 1):
        own = replace(filling, facts={**filling.facts, **facts})
        yield [Run(engine_words("paper.numbered", number=number, says="")), *filled_runs(text, own)]


def filled_text(text: str, filling: Filling) -> str:
    """As plain text, what is still open as 【name】."""
    return "\n".join("".join(map(run_text, line.runs)) for line in filled_lines(text, filling))


def run_text(run: Run) -> str:
    return engine_words("paper.gap", name=run.text) if run.gap else run.text


def filled_runs(line: str, filling: Filling) -> Iterator[Run]:
    """What the case says behind a box stands there where the box is ticked: else it would tell what is not claimed."""
    done, holds = 0, True
    for mark in PAPER_MARK.finditer(line):
        if mark.start() > done:
            yield Run(line[done : mark.start()])
        done = mark.end()
        if mark["box"] is not None:
            yield box_run(mark, line, filling)
            holds = mark["box"] + filling.again in filling.ticked
            continue
        fact = mark["fact"] or ""
        if holds and (known := filling.facts.get(fact)):
            yield Run(printable(without_unit(one_line(known), line[done:])))
        elif listed := filling.lists.get(fact):
            for place, runs in enumerate(listed_runs(listed, filling)):
                yield from [Run(engine_words("paper.one-line"))] if place else []
                yield from runs
        elif name := mark["gap"] if mark["gap"] is not None else mark["open"]:
            yield gap_run(name, line[done:], filling)
    if done < len(line):
        yield Run(line[done:])


def one_line(known: Sequence[str]) -> str:
    """Sentences become parts of one: the full stop of each but the last goes."""
    stop = engine_words("paper.sentence-ends")[0]
    return engine_words("paper.one-line").join([*(one.removesuffix(stop) for one in known[:-1]), known[-1]])


def gap_run(name: str, rest: str, filling: Filling) -> Run:
    """Where several gaps may fill the place, the first that is filled in; the first of all is asked for."""
    if filling.closed:
        return Run(BLANK)
    names = [one + filling.behind for one in name.split(OR)]
    values = [printable(filling.fields.get(one, "")).strip() for one in names]
    filling.gaps.setdefault(names[0], values[0])
    value = next(filter(None, values), "")
    return Run(without_unit(value, rest)) if value else Run(names[0], gap=True)


def box_run(mark: re.Match[str], line: str, filling: Filling) -> Run:
    id = mark["box"] + filling.again
    filling.boxes.setdefault(id, (box_label(line, mark.start(), mark.end()), filling.place))
    return Run(engine_words("paper.ticked-box" if id in filling.ticked else "paper.empty-box"))


def box_label(line: str, start: int, end: int) -> str:
    """The word before the box; where none stands there, the one behind it."""
    before = PAPER_MARK.sub(" ", line[:start])
    after = PAPER_MARK.sub(" ", line[end:])
    word = LABEL_PARTS.split(before)[-1]
    return word or next(filter(None, LABEL_PARTS.split(after)), "")


def plain_label(text: str) -> str:
    """A text without its marks, for the name of a place."""
    return PAPER_MARK.sub("", text).strip().partition("\n")[0]


def without_unit(value: str, rest: str) -> str:
    """A sum brings its 元 along; where the paper has it printed, once is enough."""
    yuan = engine_words("paper.yuan")
    return value.removesuffix(yuan).rstrip() if rest.startswith(yuan) else value


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def split_lines(runs: list[Run]) -> list[Line]:
    """A line break that a reader typed ends a line here too."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(Run(first, run.bold, run.gap))
        lines += [[Run(one, run.bold, run.gap)] for one in more]
    return [Line(tuple(one for one in line if one.text)) for line in lines]
