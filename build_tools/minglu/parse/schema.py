"""The kinds of `syntax.py` → JSON Schemas (draft 2020-12), with which a text editor completes, explains and checks.

A schema is about shape, as the parser is: keys, values, what is missing. Text editors read `7` as a number and `true`
as a boolean, which are text here, so the schema of a text allows these. What only the text of a file shows (a key
twice, an alias, a tag, an encoding) is left to the parser.
"""

from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from minglu.parse import syntax
from minglu.parse.key_docs import KEY_DOCS, KIND_DOCS, WORD_DOCS
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
    "cases": (syntax.CasesFile, "trees/cases.yml"),
    "paper": (syntax.Paper, "trees/papers/*.yml"),
    "wants": (syntax.Wants, "trees/wants.yml"),
    "calendar": (syntax.Calendar, "trees/calendar.yml"),
}
"""By the schema's name: what a file holds, and which files."""

Schema = dict[str, Any]
Defs = dict[str, Schema]
"""The schemas of mappings, by the name of their kind: they may hold each other."""

NUMBERS: dict[type[syntax.Text], Schema] = {
    syntax.Text: {"type": ["string", "number", "boolean"]},
    syntax.Id: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.Target: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.Pointer: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.From: {"type": ["string", "integer", "boolean"], "minimum": 0},
    syntax.Telephone: {"type": ["string", "integer"], "minimum": 0},
    syntax.Whole: {"type": ["string", "integer"], "minimum": 0, "maximum": 999_999_999},
    syntax.Yuan: {"type": ["string", "number"], "minimum": 0, "maximum": 99_999_999.99},
    syntax.Factor: {"type": ["string", "number"], "minimum": 0, "maximum": 9_999.9999},
    syntax.Number: {"type": ["string", "number"], "minimum": 0, "maximum": 999_999_999},
    syntax.ArticleNumber: {"type": ["string", "integer"], "minimum": 1},
}
"""The texts that a text editor may take for a number or a boolean."""


def schemas() -> dict[str, Schema]:
    """By the names of FILES."""
    made = {}
    for name, (kind, files) in FILES.items():
        defs: Defs = {}
        top = kind_schema(kind, defs)
        made[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": files} | top | {"$defs": defs}
    return made


def reference() -> list[tuple[str, str, list[tuple[str, bool, str]]]]:
    """Each kind of mapping with what it is and its keys: name, whether it is required, what it means."""
    listing = []
    for kind, about in KIND_DOCS.items():
        known = (
            {"not": (syntax.Guard, False), "any": (syntax.Guard, False), "fact": (syntax.Ids, False)}
            if kind is syntax.Guard
            else record_fields(kind)
        )
        listing.append(
            (
                kind.__name__,
                about,
                [
                    (key, required, KEY_DOCS[kind][key] + docs_of_words(inner))
                    for key, (inner, required) in known.items()
                ],
            )
        )
    return listing


def docs_of_words(kind: Any) -> str:
    """The words that a key, or an item of its list, may be limited to, with what they mean."""
    parts = get_args(kind)
    if get_origin(kind) is Annotated and isinstance(words := parts[1], syntax.OneOf):
        return "".join(f"<br>`{word}` {WORD_DOCS[word]}" for word in words)
    if get_origin(kind) in (Annotated, Union, UnionType, tuple):
        return next(filter(None, map(docs_of_words, parts)), "")
    return ""


def kind_schema(kind: Any, defs: Defs) -> Schema:
    """The schema of a kind as `reader.read_node` reads it; that of a mapping is put into `defs`."""
    origin = get_origin(kind)
    if origin is Annotated and isinstance(words := get_args(kind)[1], syntax.OneOf):
        return {"enum": list(words), "enumDescriptions": [WORD_DOCS[word] for word in words]}
    if origin is Annotated:
        inner = get_args(get_args(kind)[0])[0]
        return {"if": {"type": "array"}, "then": list_schema(inner, defs), "else": kind_schema(inner, defs)}
    if origin in (Union, UnionType):
        return kind_schema(next(part for part in get_args(kind) if part is not NoneType), defs)
    if origin is tuple:
        return list_schema(get_args(kind)[0], defs)
    if origin is dict:
        key, value = get_args(kind)
        return {
            "type": "object",
            "propertyNames": text_schema(key),
            "additionalProperties": kind_schema(value, defs),
            "minProperties": 1,
        }
    if is_dataclass(kind):
        name = kind.__name__ if isinstance(kind, type) else ""
        if name not in defs:
            defs[name] = {}  # a guard may hold guards
            defs[name] |= guard_schema(defs) if kind is syntax.Guard else record_schema(kind, defs)
        return {"$ref": f"#/$defs/{name}"}
    return NUMBERS.get(kind, {"type": "string"}) | text_schema(kind)


def list_schema(kind: Any, defs: Defs) -> Schema:
    return {"type": "array", "items": kind_schema(kind, defs), "minItems": 1}


def text_schema(kind: type[syntax.Text]) -> Schema:
    """`patternErrorMessage` is what VS Code says where the pattern is not met."""
    if kind.pattern is None:
        return {"pattern": r"\S", "patternErrorMessage": "没有内容"}
    whole = {
        "pattern": rf"^({kind.pattern.pattern})$(?!\n)".replace(r"\d", "[0-9]"),
        "patternErrorMessage": f"要写{kind.is_a.zh}",
    }
    return whole | ({"format": "date"} if kind is syntax.Day else {})


def key_doc(kind: Any, key: str) -> str:
    if key not in KEY_DOCS.get(kind, {}):
        raise KeyError(f"KEY_DOCS of parse/key_docs.py does not explain the key `{key}` of {kind.__name__}")
    return KEY_DOCS[kind][key]


def record_schema(kind: Any, defs: Defs) -> Schema:
    keys = record_fields(kind)
    mapping = {
        "type": "object",
        "properties": {
            key: kind_schema(inner, defs) | {"description": key_doc(kind, key)} for key, (inner, _) in keys.items()
        },
        "required": [key for key, (_, required) in keys.items() if required],
        "additionalProperties": False,
        "minProperties": 1,
    }
    if kind.bare:
        return {
            "description": KIND_DOCS[kind],
            "if": {"type": "object"},
            "then": mapping,
            "else": kind_schema(keys[kind.bare][0], defs),
        }
    return {"description": KIND_DOCS[kind]} | mapping


def guard_schema(defs: Defs) -> Schema:
    named = {
        "not": kind_schema(syntax.Guard, defs),
        "any": list_schema(syntax.Guard, defs) | {"minItems": 2},
        "fact": kind_schema(syntax.Ids, defs),
    }
    return {
        "description": KIND_DOCS[syntax.Guard],
        "type": "object",
        "properties": {key: inner | {"description": KEY_DOCS[syntax.Guard][key]} for key, inner in named.items()},
        "propertyNames": text_schema(syntax.Id),
        "additionalProperties": kind_schema(syntax.Ids, defs),
        "minProperties": 1,
    }
