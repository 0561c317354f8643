"""Diagnostics → text for the terminal: a clickable first line, the source with the place marked, and what to write."""

import unicodedata

from minglu.diagnostics import Diagnostic, Span, Words

LONGEST_EXCERPT = 120  # characters of a source line that are shown


def render(one: Diagnostic, files: dict[str, bytes], lang: str = "zh") -> str:
    """Several lines without a trailing newline. `files` are the sources by path; `lang` is zh or en."""
    lines = [f"{place_in_file(one.at)}: error[{one.rule}]: {line_of(one.says, lang)}", *marked(one.at, files)]
    for at, words in one.also:
        lines += [f"  {place_in_file(at)}: {line_of(words, lang)}", *marked(at, files)]
    if one.help:
        lines.append(f"  help: {line_of(one.help, lang)}")
    return "\n".join(lines)


def line_of(words: Words, lang: str) -> str:
    """One line, also where the message quotes several of the author's."""
    return printable(getattr(words, lang).replace("\n", " "))


def place_in_file(at: Span) -> str:
    file = printable(at.file)
    return f"{file}:{at.line}:{at.column}" if at.line else file


def marked(at: Span, files: dict[str, bytes]) -> list[str]:
    """The line and carets below it; Chinese characters are two columns wide."""
    if not (shown := excerpt(at, files)):
        return []
    line, start, length = shown
    margin = f"{at.line:>5} | "
    return [
        margin + line,
        " " * 5 + " | " + " " * width(line[:start]) + "^" * max(1, width(line[start : start + length])),
    ]


def excerpt(at: Span, files: dict[str, bytes]) -> tuple[str, int, int] | None:
    """The source line (of a long one, the part around the place), where the place begins in it, from 0, and its length.

    None where there is no such line.
    """
    try:
        lines = files.get(at.file, b"").decode("utf-8-sig").split("\n", at.line)
    except UnicodeDecodeError:
        return None
    if not 0 < at.line <= len(lines):
        return None
    line, column = lines[at.line - 1].rstrip("\r"), at.column - 1
    if len(line) > LONGEST_EXCERPT:
        cut = max(0, column - LONGEST_EXCERPT // 2)
        part = line[cut : cut + LONGEST_EXCERPT]
        line, column = (
            ("…" if cut else "") + part + ("…" if cut + LONGEST_EXCERPT < len(line) else ""),
            column - cut + bool(cut),
        )
    return printable(line), column, at.length


def printable(line: str) -> str:
    """Tabs as spaces, and � for what cannot be printed: it is seen and cannot steer the terminal."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " if char == "\t" else "�" for char in line)


def width(text: str) -> int:
    """In columns of a terminal; an accent stands on the letter before it."""
    return sum(
        0 if unicodedata.category(char) in ("Mn", "Me") else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
