"""Marks in the authors' texts that no reader is meant to see: characters that steer the page, braces that nothing
fills, and phrases that a new file begins with.
"""

import re
from collections.abc import Iterator
from functools import partial

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.memo import Memo
from minglu.parse import Sources, syntax
from minglu.parse.beginnings import PHRASES
from minglu.parse.syntax import Text
from minglu.resolve.citation_binder import span_inside

STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
"""Control characters, what turns the direction of writing (U+202E), and what is not seen but parts words."""

BRACES = re.compile(r"[{}｛｝]+")

FILLED_IN = ("letter", "line", "sign", "rows", "asks", "text")
"""Keys of texts that go into letters and papers, where braces are filled in."""


def check_marks(sources: Sources, memo: Memo) -> list[Diagnostic]:
    """In every text of every YAML file, and of letters what does not depend on a tree."""
    kinds = {
        "statute": sources.statutes,
        "shared": sources.shared,
        "paper": sources.papers,
        "tree": sources.trees,
        "walks": sources.walks,
    }
    found = [
        one
        for kind, files in kinds.items()
        for name, file in files.items()
        for one in memo.made(("marks", kind, name), (file,), partial(check_file, file))
    ]
    for folder, letters in sources.letters.items():
        for id, text in letters.items():
            found += steering_characters(text, f"trees/{folder}/letters/{id}.md")
    return found


def check_file(file: object) -> list[Diagnostic]:
    return [one for text, filled_in in marked_texts(file) for one in check_text(text, filled_in)]


def marked_texts(value: object, filled_in: bool = False) -> Iterator[tuple[Text, bool]]:
    """Every text, and whether its braces are filled in."""
    if isinstance(value, Text):
        yield value, filled_in
    elif isinstance(value, dict):
        yield from marked_texts((*value.keys(), *value.values()), filled_in)
    elif isinstance(value, tuple):
        for item in value:
            yield from marked_texts(item, filled_in)
    elif isinstance(value, syntax.Record):
        for name, one in vars(value).items():
            if name != "at":
                yield from marked_texts(one, name in FILLED_IN)


def check_text(text: Text, filled_in: bool) -> Iterator[Diagnostic]:
    if mark := STEERING.search(text):
        yield steering_character(mark[0], span_inside(text, start=mark.start(), length=1))
    if not filled_in and (mark := BRACES.search(text)):
        yield Diagnostic(
            "braces",
            span_inside(text, start=mark.start(), length=len(mark[0])),
            Words(f"文字里有花括号 `{mark[0]}`，读者会看到它", f"there is a brace `{mark[0]}` in a text for readers"),
            Words(
                "删掉它；自动填的空格只能写在 letters 的信里、papers 的文书里",
                "remove it; only the letters in the folder letters and papers have fields that are filled in",
            ),
            stops=False,
        )
    if phrase := next((one for one in PHRASES if text.startswith(one)), None):
        yield Diagnostic(
            "template",
            text.at,
            Words(f"`{phrase.strip()}` 是新文件带来的，还没有换", f"`{phrase.strip()}` came with the new file"),
            Words("换成自己的话", "write your own words instead"),
            stops=False,
            unfinished=True,
        )


def steering_characters(text: str, file: str) -> list[Diagnostic]:
    """In a file that is no YAML: once on each line."""
    return [
        steering_character(mark[0], Span(file, number, mark.start() + 1))
        for number, line in enumerate(re.split(r"\r?\n", text), 1)
        if (mark := STEERING.search(line))
    ]


def steering_character(mark: str, at: Span) -> Diagnostic:
    name = f"U+{ord(mark):04X}"
    return Diagnostic(
        "characters",
        at,
        Words(
            f"这里有看不见的字符 {name}，会把网页上的字弄乱",
            f"there is an invisible character {name}, which garbles a page",
        ),
        Words("删掉它，这一段重打一遍", "delete it and type this part again"),
        stops=False,
    )
