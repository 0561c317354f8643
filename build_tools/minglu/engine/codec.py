"""Frozen dataclasses ↔ JSON: every field under its own name, tuples as lists. What does not fit is refused with its
place.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import partial
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

Decoder = Callable[[object], Any]

DECODERS: dict[Any, Decoder] = {}
"""One for each type of the contract, made when it is first asked for."""


FIELDS: dict[type, tuple[str, ...]] = {}
"""The names of the fields of each type that was written."""

PLAIN = frozenset({str, int, bool, type(None)})


class Malformed(ValueError):
    """JSON that is not of the wanted kind; the text names the place, such as `questions.what.kind`."""

    def __str__(self) -> str:
        return ".".join(reversed(self.args))


def to_json(value: object) -> Any:
    """Dicts, lists, text, numbers and None, in the order of the fields."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, dict):
        return {key: to_json(one) for key, one in value.items()}
    return {name: to_json(one) for name, one in by_field(value).items()} if is_dataclass(value) else value


def json_bytes(value: object) -> bytes:
    """Compact JSON, the same bytes for the same value."""
    return json.dumps(value, default=by_field, ensure_ascii=False, separators=(",", ":")).encode()


def by_field(value: Any) -> dict[str, Any]:
    """A dataclass's fields, and nothing else that is kept with it."""
    kind = type(value)
    if kind not in FIELDS:
        FIELDS[kind] = tuple(field.name for field in fields(value))
    return {name: getattr(value, name) for name in FIELDS[kind]}


def from_json[Kind](kind: type[Kind], data: object) -> Kind:
    """The value of `kind`, a dataclass, that `data` holds. Raises Malformed, also for a field that is missing."""
    return cast(Kind, decoder(kind)(data))


def decoder(kind: Any) -> Decoder:
    if kind not in DECODERS:
        DECODERS[kind] = partial(decode_later, kind)  # a kind may hold itself
        DECODERS[kind] = make_decoder(kind)
    return DECODERS[kind]


def decode_later(kind: Any, data: object) -> Any:
    return DECODERS[kind](data)


def make_decoder(kind: Any) -> Decoder:
    parts = get_args(kind)
    if is_dataclass(kind):
        return dataclass_decoder(cast(type, kind))
    if isinstance(kind, UnionType):
        inner = decoder(next(part for part in parts if part is not type(None)))
        return lambda data: None if data is None else inner(data)
    if get_origin(kind) is tuple:
        return tuple_decoder(parts)
    if get_origin(kind) is not None:  # dict or Mapping
        return dict_decoder(decoder(parts[1]))
    return plain_decoder(kind)


def plain_decoder(kind: type) -> Decoder:
    """Of text, whole numbers and truths; a truth is no number."""

    def decode(data: object) -> object:
        if type(data) is not kind:
            raise Malformed
        return data

    return decode


def dict_decoder(inner: Decoder) -> Decoder:
    def decode(data: object) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise Malformed
        decoded = {}
        for key, one in data.items():
            try:
                decoded[key] = inner(one)
            except Malformed as malformed:
                raise Malformed(*malformed.args, str(key)) from None
        return decoded

    return decode


def tuple_decoder(parts: tuple[Any, ...]) -> Decoder:
    many = parts[-1] is Ellipsis
    inner = [decoder(part) for part in parts if part is not Ellipsis]

    def decode(data: object) -> tuple[Any, ...]:
        if not isinstance(data, list) or not (many or len(data) == len(inner)):
            raise Malformed
        decoded: list[Any] = []
        try:
            for decode_one, one in zip(inner * len(data) if many else inner, data, strict=True):
                decoded.append(decode_one(one))
        except Malformed as malformed:
            raise Malformed(*malformed.args, str(len(decoded))) from None
        return tuple(decoded)

    return decode


def dataclass_decoder(kind: type) -> Decoder:
    own = [(name, decoder(hint)) for name, hint in hints_of(kind).items()]

    def decode(data: object) -> object:
        if not isinstance(data, dict):
            raise Malformed
        values = {}
        for name, inner in own:
            if name not in data:
                raise Malformed(name)
            try:
                values[name] = inner(data[name])
            except Malformed as malformed:
                raise Malformed(*malformed.args, name) from None
        return kind(**values)

    return decode


def hints_of(kind: type) -> dict[str, Any]:
    """The fields of a dataclass, those it inherits first, with their types."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
