"""The kinds of `syntax.py` → JSON Schemas (draft 2020-12), so that an editor completes, explains and marks while one types.

A schema is about shape, as the parser is: keys, values, what is missing. It is written for editors that read `7` as a number and `true`
as a truth, which here are text all the same, so a text may be any of these. What only the text itself shows (a key twice, an alias,
a tag, an encoding) is the parser's alone.
"""

from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from minglu.parse import syntax
from minglu.parse.meanings import KEYS, KINDS, WORDS
from minglu.parse.reader import record_fields

FILES = {
    "tree": (syntax.TreeFile, "trees/*/tree.yml"),
    "walks": (syntax.Walks, "trees/*/walks.yml"),
    "law": (syntax.StatuteFile, "trees/law/*.yml"),
    "channels": (syntax.Channels, "trees/channels.yml"),
    "evidence": (syntax.Evidences, "trees/evidence.yml"),
    "mistakes": (syntax.Mistakes, "trees/mistakes.yml"),
    "questions": (syntax.SharedQuestions, "trees/questions.yml"),
    "order": (syntax.Order, "trees/order.yml"),
    "calendar": (syntax.Calendar, "trees/calendar.yml"),
}
"""By the schema's name: what a file holds, and which files."""

NUMBERS = {
    syntax.Text: {"type": ["string", "number", "boolean"]},
    syntax.Id: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.Target: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.Pointer: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.From: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.Whole: {"type": ["string", "integer"], "minimum": 0, "maximum": 999_999_999},
    syntax.ArticleNumber: {"type": ["string", "integer"], "minimum": 1},
}
"""The texts that an editor may take for a number or a truth."""


def schemas() -> dict[str, dict]:
    """By the names of FILES."""
    made = {}
    for name, (kind, files) in FILES.items():
        defs: dict[str, dict] = {}
        top = of(kind, defs)
        made[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": files} | top | {"$defs": defs}
    return made


def reference() -> list[tuple[str, str, list[tuple[str, bool, str]]]]:
    """For people: each kind of mapping with what it is and its keys: whether one must write it, and what it means."""
    listing = []
    for kind, about in KINDS.items():
        known = (
            {"not": (syntax.Guard, False), "fact": (syntax.Ids, False)} if kind is syntax.Guard else record_fields(kind)
        )
        listing.append(
            (
                kind.__name__,
                about,
                [(key, required, KEYS[kind][key] + words_of(inner)) for key, (inner, required) in known.items()],
            )
        )
    return listing


def words_of(kind: Any) -> str:
    """The words that a key may be limited to, with what they mean."""
    for part in (kind, *get_args(kind)):
        if get_origin(part) is Literal:
            return "".join(f"<br>`{word}` {WORDS[word]}" for word in get_args(part))
    return ""


def of(kind: Any, defs: dict[str, dict]) -> dict:
    """The schema of a kind as `reader.read` reads it; that of a mapping is put into `defs`, as mappings may hold each other."""
    origin = get_origin(kind)
    if origin is Annotated:
        (inner,) = get_args(get_args(kind)[0])[:1]
        return {"if": {"type": "array"}, "then": listed(inner, defs), "else": of(inner, defs)}
    if origin in (Union, UnionType):
        return of(next(part for part in get_args(kind) if part is not NoneType), defs)
    if origin is Literal:
        words = get_args(kind)
        return {"enum": list(words), "enumDescriptions": [WORDS[word] for word in words]}
    if origin is tuple:
        return listed(get_args(kind)[0], defs)
    if origin is dict:
        key, value = get_args(kind)
        return {
            "type": "object",
            "propertyNames": text(key),
            "additionalProperties": of(value, defs),
            "minProperties": 1,
        }
    if is_dataclass(kind):
        if kind.__name__ not in defs:
            defs[kind.__name__] = {}  # a guard may hold guards
            defs[kind.__name__] |= guard(defs) if kind is syntax.Guard else record(kind, defs)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return NUMBERS.get(kind, {"type": "string"}) | text(kind)


def listed(kind: Any, defs: dict[str, dict]) -> dict:
    return {"type": "array", "items": of(kind, defs), "minItems": 1}


def text(kind: type[syntax.Text]) -> dict:
    """`patternErrorMessage` is what VS Code says where the pattern is not met."""
    if kind.pattern is None:
        return {"pattern": r"\S", "patternErrorMessage": "没有内容"}
    whole = {
        "pattern": rf"^({kind.pattern.pattern})$(?!\n)".replace(r"\d", "[0-9]"),
        "patternErrorMessage": f"要写{kind.is_a.zh}",
    }
    return whole | ({"format": "date"} if kind is syntax.Day else {})


def record(kind: type, defs: dict[str, dict]) -> dict:
    keys = record_fields(kind)
    mapping = {
        "type": "object",
        "properties": {key: of(inner, defs) | {"description": KEYS[kind][key]} for key, (inner, _) in keys.items()},
        "required": [key for key, (_, required) in keys.items() if required],
        "additionalProperties": False,
        "minProperties": 1,
    }
    if kind.bare:
        return {
            "description": KINDS[kind],
            "if": {"type": "object"},
            "then": mapping,
            "else": of(keys[kind.bare][0], defs),
        }
    return {"description": KINDS[kind]} | mapping


def guard(defs: dict[str, dict]) -> dict:
    named = {"not": of(syntax.Guard, defs), "fact": of(syntax.Ids, defs)}
    return {
        "description": KINDS[syntax.Guard],
        "type": "object",
        "properties": {key: inner | {"description": KEYS[syntax.Guard][key]} for key, inner in named.items()},
        "propertyNames": text(syntax.Id),
        "additionalProperties": of(syntax.Ids, defs),
        "minProperties": 1,
    }
