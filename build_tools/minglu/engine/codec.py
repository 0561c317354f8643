"""Frozen dataclasses ↔ JSON: every field under its own name, tuples as lists. What does not fit is refused with its place."""

import json
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
HINTS: dict[type, dict[str, Any]] = {}
"""Dataclass → its fields and their types; one entry a class."""


class Malformed(ValueError):
    """JSON that is not of the wanted kind; the text names the place, such as `questions.what.kind`."""


def to_json(value: object) -> Any:
    """Dicts, lists, text, numbers and None, in the order of the fields."""
    if is_dataclass(value):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, dict):
        return {key: to_json(one) for key, one in value.items()}
    return value


def from_json(kind: type[Kind], data: object, place: str = "") -> Kind:
    """The value of `kind`, a dataclass, that `data` holds. Raises Malformed, also for a field that is missing."""
    return cast(Kind, read_as(kind, data, place))


def read_as(kind: Any, data: object, place: str) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return read_dataclass(cast(type, kind), data, place)
    if isinstance(kind, UnionType):
        return None if data is None else read_as(next(part for part in parts if part is not type(None)), data, place)
    if origin is tuple:
        return read_tuple(parts, data, place)
    if origin is not None:  # dict or Mapping
        if not isinstance(data, dict):
            raise Malformed(place)
        return {key: read_as(parts[1], one, f"{place}.{key}") for key, one in data.items()}
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        raise Malformed(place)
    return data


def read_dataclass(kind: type, data: object, place: str) -> object:
    if not isinstance(data, dict):
        raise Malformed(place)
    values = {}
    for name, inner in hints_of(kind).items():
        if name not in data:
            raise Malformed(f"{place}.{name}".lstrip("."))
        values[name] = read_as(inner, data[name], f"{place}.{name}".lstrip("."))
    return kind(**values)


def read_tuple(parts: tuple[Any, ...], data: object, place: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise Malformed(place)
    if parts[-1] is Ellipsis:
        return tuple([read_as(parts[0], one, place) for one in data])
    if len(parts) != len(data):
        raise Malformed(place)
    return tuple([read_as(part, one, place) for part, one in zip(parts, data, strict=True)])


def hints_of(kind: type) -> dict[str, Any]:
    if kind not in HINTS:
        hints = get_type_hints(kind)
        HINTS[kind] = {field.name: hints[field.name] for field in fields(kind)}
    return HINTS[kind]


def json_bytes(value: object) -> bytes:
    """Compact JSON, the same bytes for the same value."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":")).encode()
