"""The texts of a paper → its gaps, boxes and facts; each mark must be whole, and stand for something."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.engine.paper_facts import OF_EVIDENCE, OF_WANT
from minglu.engine.paper_text import OR, PAPER_MARK
from minglu.parse import syntax
from minglu.parse.syntax import Text
from minglu.resolve.citation_binder import span_inside

BROKEN = re.compile(r"[【】{}｛｝☐]")
"""What is left of marks that are not whole."""
IDENTITY = re.compile("身份证|证件号|护照号")
"""What no reader is ever asked for; its place stays a line to write on."""


@dataclass
class PaperMarks:
    """Names in the order of the file; `texts` are all that are printed or typed."""

    gaps: dict[str, None] = field(default_factory=dict)
    boxes: dict[str, None] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)


def read_marks(file: syntax.Paper, facts: Collection[str], found: list[Diagnostic]) -> PaperMarks:
    """`facts` are what every text may name."""
    marks = PaperMarks()
    for part in file.parts:
        if part.again:
            check_gap(part.again, part.again, 0, marks, found)
        for text in (part.line, part.sign):
            if text:
                read_text(text, facts, marks, found)
        for text in (part.title, part.heading, part.note):
            marks.texts += [text] if text else []
        if part.table:
            own = (*facts, *OF_EVIDENCE) if part.table.each else facts
            marks.texts += part.table.head
            for row in part.table.rows:
                for text in row:
                    read_text(text, own, marks, found)
    for want in file.wants.values():
        read_text(want.asks, (*facts, *OF_WANT), marks, found)
    for piece in file.pieces:
        read_text(piece.text, facts, marks, found, boxes=False)
    return marks


def read_text(
    text: Text, facts: Collection[str], marks: PaperMarks, found: list[Diagnostic], *, boxes: bool = True
) -> None:
    marks.texts.append(text)
    for mark in PAPER_MARK.finditer(text):
        if mark["box"] is not None:
            check_box(text, mark, marks, found, boxes=boxes)
        elif mark["gap"] is not None:
            check_gap(text, mark["gap"], mark.start(), marks, found)
        elif mark["fact"] not in facts:
            near = nearest(mark["fact"], facts)
            found.append(
                problem(
                    text,
                    mark.start(),
                    len(mark[0]),
                    Words(f"没有叫 `{mark['fact']}` 的事实", f"no fact is called `{mark['fact']}`"),
                    Words(f"写 `{near}`", f"write `{near}`")
                    if near
                    else Words(
                        "写共用的日期、金额问题的名字，或 facts、demands 这样的",
                        "write the name of a shared question for a day or a sum, or one such as facts or demands",
                    ),
                )
            )
        elif not (mark["open"] or "").strip():
            found.append(
                problem(
                    text,
                    mark.start(),
                    len(mark[0]),
                    Words("没有写不知道时留什么空", "nothing is said of the gap where it is not known"),
                    Words(f"写成 `{{{mark['fact']}|空的名字}}`", f"write `{{{mark['fact']}|the name of a gap}}`"),
                )
            )
        else:
            check_gap(text, mark["open"], mark.start(), marks, found)
    found += broken_marks(text)


def check_gap(text: Text, name: str, start: int, marks: PaperMarks, found: list[Diagnostic]) -> None:
    names = name.split(OR)
    if not all(map(str.strip, names)):
        says = Words("【】里没有写要填什么", "there is nothing in 【】 that says what to fill in")
        found.append(problem(text, start, 2, says, Words("写成【姓名】这样", "write it like 【姓名】")))
    elif IDENTITY.search(name):
        found.append(
            problem(
                text,
                start,
                len(name) + 2,
                Words("不问证件号码", "identity numbers are not asked for"),
                Words("留成横线：＿＿＿＿", "leave a line to write on: ＿＿＿＿"),
            )
        )
    else:
        marks.gaps |= dict.fromkeys(names)


def check_box(text: Text, mark: re.Match[str], marks: PaperMarks, found: list[Diagnostic], *, boxes: bool) -> None:
    id = mark["box"]
    if not boxes or not syntax.Id.fits(id):
        says = (
            Words("这里不能有格子", "there can be no box here")
            if not boxes
            else Words(f"`{id}` 不是{syntax.Id.is_a.zh}", f"`{id}` is not {syntax.Id.is_a.en}")
        )
        found.append(problem(text, mark.start(), len(mark[0]), says, Words("写成 `是☐[yes]` 这样", "write `是☐[yes]`")))
    elif id in marks.boxes:
        says = Words(f"格子 `{id}` 已经有了", f"there is a box `{id}` already")
        found.append(problem(text, mark.start(), len(mark[0]), says, Words("换一个名字", "choose another name")))
    marks.boxes[id] = None


def broken_marks(text: Text) -> Iterator[Diagnostic]:
    rest = PAPER_MARK.sub(lambda mark: " " * len(mark[0]), text)
    for mark in BROKEN.finditer(rest):
        yield problem(
            text,
            mark.start(),
            1,
            Words(f"这个 `{mark[0]}` 不成一个记号", f"this `{mark[0]}` is no whole mark"),
            Words("写成【姓名】、`{price|金额}`、`是☐[yes]` 这样", "write 【姓名】, `{price|金额}` or `是☐[yes]`"),
        )


def problem(text: Text, start: int, length: int, says: Words, help: Words) -> Diagnostic:
    return Diagnostic("papers", span_inside(text, start=start, length=length), says, help, stops=False)
