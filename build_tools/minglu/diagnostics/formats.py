"""Diagnostics → GitHub's workflow commands, JSON, and a box on the page that is being served."""

import json
from html import escape
from typing import Any

from minglu.diagnostics import Diagnostic, Span
from minglu.diagnostics.terminal import excerpt, line_of, place_in_file


def as_github(one: Diagnostic, lang: str) -> str:
    """One line that GitHub shows beside the place in a pull request.

    https://docs.github.com/actions/reference/workflow-commands
    """
    at: dict[str, str | int] = {"file": one.at.file}
    if one.at.line:
        at |= {"line": one.at.line, "col": one.at.column, "endColumn": one.at.column + one.at.length}
    lines = [
        line_of(one.says, lang),
        *(f"{place_in_file(there)}: {line_of(words, lang)}" for there, words in one.also),
        *([line_of(one.help, lang)] if one.help else []),
    ]
    properties = ",".join(
        f"{name}={escaped_property(str(value))}" for name, value in (at | {"title": one.rule}).items()
    )
    return f"::error {properties}::{escaped_data('\n'.join(lines))}"


def escaped_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    return escaped_data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(found: list[Diagnostic], lang: str) -> str:
    """A list of objects; `line` and `column` count from 1, and are 0 where a finding is about a whole file."""
    return json.dumps([diagnostic_as_dict(one, lang) for one in found], ensure_ascii=False, indent=2)


def diagnostic_as_dict(one: Diagnostic, lang: str) -> dict[str, Any]:
    help = getattr(one.help, lang) if one.help else None
    also = [span_as_dict(at) | {"says": getattr(words, lang)} for at, words in one.also]
    return {"rule": one.rule} | span_as_dict(one.at) | {"says": getattr(one.says, lang), "help": help, "also": also}


def span_as_dict(at: Span) -> dict[str, Any]:
    return {"file": at.file, "line": at.line, "column": at.column, "length": at.length}


def findings_box(found: list[Diagnostic], files: dict[str, bytes], lang: str, title: str) -> str:
    """A block of HTML with its own style. The place itself is marked: carets below it would be off in most fonts.

    It is sticky, as a page that reloads itself is scrolled to where it was before.
    """
    items = "".join(f"<li style='margin:1em 0'>{finding_item(one, files, lang)}</li>" for one in found)
    style = (
        "position:sticky;top:0;z-index:9;padding:1em 1.5em;background:#fff8e1;color:#222;"
        "border-bottom:4px solid #c62828;font:16px/1.6 sans-serif;max-height:50vh;overflow:auto;box-sizing:border-box"
    )
    return (
        f"<section id='minglu-findings' aria-label='{escape(title)}' tabindex='0' style='{style}'>"
        f"<b>{escape(title)}</b><ol style='list-style:none;margin:0;padding:0'>{items}</ol></section>"
    )


def finding_item(one: Diagnostic, files: dict[str, bytes], lang: str) -> str:
    lines = [
        f"<b>{escape(place_in_file(one.at))}</b> [{escape(one.rule)}] {escape(line_of(one.says, lang))}",
        marked_line_html(one.at, files),
    ]
    for at, words in one.also:
        lines += [f"<b>{escape(place_in_file(at))}</b> {escape(line_of(words, lang))}", marked_line_html(at, files)]
    lines += [f"→ {escape(line_of(one.help, lang))}"] if one.help else []
    return "".join(f"<div>{line}</div>" for line in lines if line)


def marked_line_html(at: Span, files: dict[str, bytes]) -> str:
    """The whole line with its number, the place marked."""
    if not (shown := excerpt(at, files)):
        return ""
    line, start, length = shown
    marked = line[start : start + length] or " "
    mark = f"<mark style='background:#ffcdd2;color:inherit;border-bottom:2px solid #c62828'>{escape(marked)}</mark>"
    text = f"{at.line:>5} | {escape(line[:start])}{mark}{escape(line[start + length :])}"
    return f"<pre style='margin:0;white-space:pre-wrap;font:14px/1.6 monospace'>{text}</pre>"
