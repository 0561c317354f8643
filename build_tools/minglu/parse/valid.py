"""The bytes of a file without a mistake → its value, straight from the events of yaml.

Nearly every file is one, and building a document first would take twice the time. What says what is wrong with any
other file is `document.py` and `reader.py`; here all that does not fit ends the attempt.
"""

from collections.abc import Callable
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from minglu.parse import syntax
from minglu.parse.document import (
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    decode,
    event_source,
    event_span,
    first_unreadable,
)
from minglu.parse.reader import FIELDS, MOST_KINDS, record_fields
from minglu.parse.syntax import Text

MOST_NOTS = 8
"""How deep `not` and `any` may stand in each other here. All else nests as deep as its kinds, so this is far from
`MOST_LEVELS`.
"""


class Misfit(Exception):
    """The file is for `reader.py` to look at."""


Event = Any  # yaml's events have no common type with all that is asked of them


class Source(NamedTuple):
    next: Callable[[], Event]
    file: str


Taker = Callable[[Event, Event | None, Source], Any]
"""Reads the value that begins with an event, and all its events; the second event is the key it stands under."""


def read_valid(data: bytes, kind: Any, file: str) -> Any:
    """The value of `kind`, or None if anything at all is wrong with the file."""
    text, problem = decode(data, file)
    if problem or first_unreadable(text) is not None:
        return None
    source = Source(event_source(text), file)
    try:
        source.next()  # the stream begins
        source.next()  # the document begins
        value = taker_for(kind)(source.next(), None, source)
        ends = type(source.next()), type(source.next())
    except (Misfit, YAMLError, ValueError):
        return None
    return value if ends == (DocumentEndEvent, StreamEndEvent) else None


@lru_cache(MOST_KINDS)
def taker_for(kind: Any) -> Taker:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return taker_for(next(part for part in parts if part is not NoneType))
    if origin is Annotated and isinstance(parts[1], syntax.OneOf):
        return partial(take_text, frozenset(parts[1]).__contains__)
    if origin is Annotated:
        return partial(take_one_or_many, taker_for(get_args(parts[0])[0]))
    if origin is tuple:
        return partial(take_list, taker_for(parts[0]))
    if origin is dict:
        return partial(take_map, parts[0].fits, taker_for(parts[1]))
    if kind is syntax.Guard:
        return partial(take_guard, MOST_NOTS)
    if issubclass(kind, Text):
        return partial(take_text, kind.fits)
    known = record_fields(kind)
    fields = {key: (FIELDS.get(key, key), taker_for(inner)) for key, (inner, _) in known.items()}
    required = frozenset(fields[key][0] for key, (_, required) in known.items() if required)
    return partial(take_record, kind, fields, required)


def take_text(fits: syntax.Fits, event: Event, name: Event | None, source: Source) -> Text:
    if type(event) is not ScalarEvent or event.anchor or event.tag or not fits(event.value):
        raise Misfit
    text: Text = new_text(Text, event.value)
    text.at = event_span(event, source.file)
    return text


new_text = str.__new__
"""Of `Text`, without a call of a Python function."""


def take_one_or_many(take_item: Taker, event: Event, name: Event | None, source: Source) -> tuple[Any, ...]:
    if type(event) is SequenceStartEvent:
        return take_list(take_item, event, name, source)
    return (take_item(event, name, source),)


def take_list(take_item: Taker, event: Event, name: Event | None, source: Source) -> tuple[Any, ...]:
    if type(event) is not SequenceStartEvent or event.anchor or event.tag:
        raise Misfit
    items = []
    while type(event := source.next()) is not SequenceEndEvent:
        items.append(take_item(event, None, source))
    if not items:
        raise Misfit
    return tuple(items)


def take_map(fits: syntax.Fits, take_item: Taker, event: Event, name: Event | None, source: Source) -> dict[Text, Any]:
    if type(event) is not MappingStartEvent or event.anchor or event.tag:
        raise Misfit
    result: dict[Text, Any] = {}
    while type(event := source.next()) is not MappingEndEvent:
        key = take_text(fits, event, None, source)
        if key in result:
            raise Misfit
        result[key] = take_item(source.next(), event, source)
    if not result:
        raise Misfit
    return result


def take_record(
    kind: type[syntax.Record],
    fields: dict[str, tuple[str, Taker]],
    required: frozenset[str],
    event: Any,
    name: Event | None,
    source: Source,
) -> Any:
    if kind.bare and type(event) is ScalarEvent:
        field, take = fields[kind.bare]
        return kind(at=event_span(event, source.file), **{field: take(event, name, source)})
    if type(event) is not MappingStartEvent or event.anchor or event.tag:
        raise Misfit
    first: Event = None
    values: dict[str, Any] = {}
    while type(event := source.next()) is not MappingEndEvent:
        if type(event) is not ScalarEvent or event.anchor or event.tag:
            raise Misfit
        if (known := fields.get(event.value)) is None or known[0] in values:
            raise Misfit
        field, take = known
        first = first or event
        values[field] = take(source.next(), event, source)
    if not first or not required <= values.keys():
        raise Misfit
    return kind(at=event_span(name or first, source.file), **values)


def take_guard(nots_left: int, event: Event, name: Event | None, source: Source) -> syntax.Guard:
    if not nots_left or type(event) is not MappingStartEvent or event.anchor or event.tag:
        raise Misfit
    at, seen = event_span(name or event, source.file), set()
    tests: list[tuple[Any, Any]] = []
    nots: tuple[syntax.Guard, ...] = ()
    alternatives: tuple[syntax.Guard, ...] = ()
    facts: tuple[Any, ...] = ()
    take_ids = taker_for(syntax.Ids)
    while type(event := source.next()) is not MappingEndEvent:
        id = take_text(syntax.Id.fits, event, None, source)
        if id in seen:
            raise Misfit
        seen.add(id)
        if id == "not":
            nots = (take_guard(nots_left - 1, source.next(), event, source),)
        elif id == "any":
            alternatives = take_list(partial(take_guard, nots_left - 1), source.next(), event, source)
            if len(alternatives) < 2:
                raise Misfit
        elif id == "fact":
            facts = take_ids(source.next(), event, source)
        else:
            tests.append((id, take_ids(source.next(), event, source)))
    if not seen:
        raise Misfit
    return syntax.Guard(tests=tuple(tests), nots=nots, alternatives=alternatives, facts=facts, at=at)
