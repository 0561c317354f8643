"""A document that a reader takes away, printed or as a Word file, as plain data; web/documents.js says how it looks."""

from dataclasses import dataclass

from .letter import LETTER_GAP


@dataclass(frozen=True)
class Run:
    """A piece of a line. `gap` is what is still open: `text` is then its name, which is shown as 【name】."""

    text: str
    bold: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph. `align` is left, center or right; `indent` is that of its first line, by two characters."""

    runs: tuple[Run, ...]
    align: str = "left"
    indent: bool = False


@dataclass(frozen=True)
class Cell:
    """`head` for what names a row or a column; `span` is how many columns it takes."""

    lines: tuple[Line, ...]
    head: bool = False
    span: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Block:
    """`kind` is title, heading, line, table, note, or break: what follows stands on a new page. A table has `rows` and
    `widths`, those of its columns in relation to each other; the others have `lines`.
    """

    kind: str
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class Document:
    """`name` is that of its file, without an ending."""

    name: str
    title: str
    blocks: tuple[Block, ...]


def letter_document(title: str, text: str) -> Document:
    """A letter's plain text: 【】 are gaps, an empty line parts the paragraphs, each line stands by itself.

    Whom it is to (a first line that ends with a colon) stands at the margin. The day and the names, which a last
    paragraph of several lines holds, stand to the right, what is enclosed (附) does not.
    """
    paragraphs = [[line for line in part.split("\n") if line.strip()] for part in text.split("\n\n")]
    paragraphs = [lines for lines in paragraphs if lines]
    blocks = [Block("title", (Line((Run(title),), "center"),))]
    for number, lines in enumerate(paragraphs):
        closing = 0 < number == len(paragraphs) - 1 and len(lines) > 1
        blocks.append(Block("line", tuple(letter_line(line, first=not number, closing=closing) for line in lines)))
    return Document(name=title, title=title, blocks=tuple(blocks))


def letter_line(text: str, *, first: bool, closing: bool) -> Line:
    runs = runs_with_gaps(text)
    if closing:
        return Line(runs, "left" if text.startswith("附") else "right")
    return Line(runs, indent=not (first and text.endswith("：")))


def runs_with_gaps(text: str) -> tuple[Run, ...]:
    """A line's text as it is, and its gaps as runs of their own."""
    parts = LETTER_GAP.split(text)  # every second one is a gap's name
    return tuple(Run(part, gap=bool(place % 2)) for place, part in enumerate(parts) if part or place % 2)
