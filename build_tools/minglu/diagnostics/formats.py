"""Diagnostics → what a program reads: GitHub's workflow commands, JSON, and a box on the page that is being served. The terminal's text is `render.py`."""

import json
from html import escape

from minglu.diagnostics import Diagnostic, Span
from minglu.diagnostics.terminal import excerpt, line_of, place


def github(one: Diagnostic, lang: str) -> str:
    """One line that GitHub shows beside the place in a pull request. https://docs.github.com/actions/reference/workflow-commands"""
    at = {"file": one.at.file}
    if one.at.line:
        at |= {"line": one.at.line, "col": one.at.column, "endColumn": one.at.column + one.at.length}
    told = [
        line_of(one.says, lang),
        *(f"{place(there)}: {line_of(words, lang)}" for there, words in one.also),
        *([line_of(one.help, lang)] if one.help else []),
    ]
    properties = ",".join(f"{name}={property_of(str(value))}" for name, value in (at | {"title": one.rule}).items())
    return f"::error {properties}::{data_of('\n'.join(told))}"


def data_of(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def property_of(text: str) -> str:
    return data_of(text).replace(":", "%3A").replace(",", "%2C")


def as_json(found: list[Diagnostic], lang: str) -> str:
    """A list of objects; `line` and `column` count from 1 and are 0 where a finding is about a whole file. `help` may be null."""
    return json.dumps([plain(one, lang) for one in found], ensure_ascii=False, indent=2)


def plain(one: Diagnostic, lang: str) -> dict:
    help = getattr(one.help, lang) if one.help else None
    also = [at_of(at) | {"says": getattr(words, lang)} for at, words in one.also]
    return {"rule": one.rule} | at_of(one.at) | {"says": getattr(one.says, lang), "help": help, "also": also}


def at_of(at: Span) -> dict:
    return {"file": at.file, "line": at.line, "column": at.column, "length": at.length}


def box(found: list[Diagnostic], files: dict[str, bytes], lang: str, title: str) -> str:
    """A block of HTML that needs nothing else of its page. The place stands marked, as carets below would not meet it in every font.

    It stays in view: a page that reloads itself is scrolled to where it was before.
    """
    items = "".join(f"<li style='margin:1em 0'>{item(one, files, lang)}</li>" for one in found)
    style = "position:sticky;top:0;z-index:9;padding:1em 1.5em;background:#fff8e1;color:#222;border-bottom:4px solid #c62828;font:16px/1.6 sans-serif;max-height:50vh;overflow:auto;box-sizing:border-box"
    return f"<section id='minglu-findings' aria-label='{escape(title)}' tabindex='0' style='{style}'><b>{escape(title)}</b><ol style='list-style:none;margin:0;padding:0'>{items}</ol></section>"


def item(one: Diagnostic, files: dict[str, bytes], lang: str) -> str:
    lines = [
        f"<b>{escape(place(one.at))}</b> [{escape(one.rule)}] {escape(line_of(one.says, lang))}",
        source(one.at, files),
    ]
    for at, words in one.also:
        lines += [f"<b>{escape(place(at))}</b> {escape(line_of(words, lang))}", source(at, files)]
    lines += [f"→ {escape(line_of(one.help, lang))}"] if one.help else []
    return "".join(f"<div>{line}</div>" for line in lines if line)


def source(at: Span, files: dict[str, bytes]) -> str:
    """The line with its number and the place marked; all of it as the author wrote it."""
    if not (shown := excerpt(at, files)):
        return ""
    line, start, length = shown
    marked = line[start : start + length] or " "
    mark = f"<mark style='background:#ffcdd2;color:inherit;border-bottom:2px solid #c62828'>{escape(marked)}</mark>"
    text = f"{at.line:>5} | {escape(line[:start])}{mark}{escape(line[start + length :])}"
    return f"<pre style='margin:0;white-space:pre-wrap;font:14px/1.6 monospace'>{text}</pre>"
