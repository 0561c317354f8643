"""A document and a kind of `syntax.py` → that kind's value, with a diagnostic for all that does not fit."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.parse import slips, syntax
from minglu.parse.document import MOST_FINDINGS, Mapping, Node, Scalar, Sequence
from minglu.parse.meanings import KEYS

EVERY_KEY = frozenset(key for keys in KEYS.values() for key in keys)
Reader = Callable[[Node, Scalar | None, list[Diagnostic]], Any]


def read(node: Node, kind: Any, name: Scalar | None, found: list[Diagnostic]) -> Any:
    """The value of `kind` that `node` holds, or None where it does not fit and `found` says why.

    `name` is the key that the author wrote for this value; complaints about what is missing point there.
    """
    return reader(kind)(node, name, found)


@cache
def reader(kind: Any) -> Reader:
    """What reads a `kind`: looking at types again for every value of a file would take most of the time."""
    inner = reader_of(kind)

    def read_some(node: Node, name: Scalar | None, found: list[Diagnostic]) -> Any:
        if len(found) >= MOST_FINDINGS:
            return None
        if is_empty(node):
            found.append(
                Diagnostic(
                    "empty",
                    name.at if name else node.at,
                    Words(f"{called(name).zh}没有内容", f"{called(name).en} is empty"),
                    Words(
                        "写上内容，写在下面几行的要往右缩进；不需要就删掉它",
                        "write something, indented if it stands on the lines below, or remove it",
                    ),
                )
            )
            return None
        return inner(node, name, found)

    return read_some


def reader_of(kind: Any) -> Reader:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return partial(read_many, get_args(parts[0])[0])
    if origin in (Union, UnionType):
        return reader_of(next(part for part in parts if part is not NoneType))
    if origin is Literal:
        return partial(read_word, parts)
    if origin is tuple:
        return partial(read_list, parts[0])
    if origin is dict:
        return partial(read_map, *parts)
    if kind is syntax.Guard:
        return read_guard
    return partial(read_record if is_dataclass(kind) else read_text, kind)


def read_text(kind: type[syntax.Text], node: Node, name: Scalar | None, found: list[Diagnostic]) -> syntax.Text | None:
    if not isinstance(node, Scalar):
        return wrong(node, name, kind.is_a, found)
    if not kind.fits(node.value):
        plain = node.value.lower().replace("_", "-")
        help = (
            Words(f"写 `{plain}`", f"write `{plain}`") if kind.fits(plain) else slips.in_value(node.value) or kind.help
        )
        found.append(
            Diagnostic(
                "values",
                node.at,
                Words(f"`{shown(node.value)}` 不是{kind.is_a.zh}", f"`{shown(node.value)}` is not {kind.is_a.en}"),
                help,
            )
        )
        return None
    return kind(node.value, node.at)


def read_word(words: tuple[str, ...], node: Node, name: Scalar | None, found: list[Diagnostic]) -> syntax.Text | None:
    if not isinstance(node, Scalar):
        return wrong(node, name, one_of(words), found)
    if node.value not in words:
        near = nearest(node.value, words)
        help = (
            Words(f"写 `{near}`", f"write `{near}`")
            if near
            else Words(f"可以写：{'、'.join(words)}", f"it may be: {', '.join(words)}")
        )
        found.append(
            Diagnostic(
                "values",
                node.at,
                Words(
                    f"`{shown(node.value)}` 不能写在{' ' if name else ''}{called(name).zh}里",
                    f"{called(name).en} cannot be `{shown(node.value)}`",
                ),
                help,
            )
        )
        return None
    return syntax.Text(node.value, node.at)


def read_many(kind: Any, node: Node, name: Scalar | None, found: list[Diagnostic]) -> tuple:
    if isinstance(node, Sequence):
        return read_list(kind, node, name, found)
    one = reader(kind)(node, name, found)
    return () if one is None else (one,)


def read_list(kind: Any, node: Node, name: Scalar | None, found: list[Diagnostic]) -> tuple:
    if not isinstance(node, Sequence):
        wrong(
            node,
            name,
            Words(
                "列表：每项一行，以 `- ` 开头，或写成 `[一, 二]`", "a list: one item a line after `- `, or `[one, two]`"
            ),
            found,
        )
        return ()
    read_item = reader(kind)
    items = [
        read_item(item, None, found)
        for item, again in zip(node.items, meant_elsewhere_again(node.items, kind))
        if not again
    ]
    return tuple(item for item in items if item is not None)


def read_map(key_kind: type[syntax.Text], kind: Any, node: Node, name: Scalar | None, found: list[Diagnostic]) -> dict:
    if not isinstance(node, Mapping):
        wrong(node, name, Words("若干个 `名字: 内容`", "several `name: content`"), found)
        return {}
    result, emptied, read_key, read_content = {}, False, reader(key_kind), reader(kind)
    for (key, value), again in zip(node.items, meant_elsewhere_again([value for _, value in node.items], kind)):
        if again:
            continue
        before = len(found)
        id = read_key(key, None, found)
        content = read_content(value, key, found)
        if emptied:  # what does not fit here was meant to stand inside the empty one
            del found[before:]
        emptied = is_empty(value) or (emptied and content is None)
        if id is not None and content is not None:
            result[id] = content
    return result


def read_record(kind: type, node: Node, name: Scalar | None, found: list[Diagnostic]) -> Any:
    allowed = record_fields(kind)
    if isinstance(node, Scalar) and kind.bare:
        inner = reader(allowed[kind.bare][0])(node, name, found)
        return None if inner is None else kind(at=node.at, **{kind.bare: inner})
    if not isinstance(node, Mapping):
        first = next((key for key, (_, required) in allowed.items() if required), next(iter(allowed)))
        help = Words(f"写成 `{{ {first}: … }}` 这样", f"write it like `{{ {first}: … }}`")
        return wrong(
            node,
            name,
            Words(f"几个 `键: 值`（{'、'.join(allowed)}）", f"a few `key: value` ({', '.join(allowed)})"),
            found,
            help,
        )
    if strange := keys_of_another_place(node, kind):
        several = [f"`{shown(key.value)}`" for key in strange]
        found.append(
            Diagnostic(
                "keys",
                strange[0].at,
                Words(f"这里没有 {'、'.join(several)} 这些键", f"there are no keys {', '.join(several)} here"),
                Words(
                    f"这里可以写：{'、'.join(allowed)}；多半是前面少了一行，或缩进错了",
                    f"here one may write: {', '.join(allowed)}; a line before this is probably missing, or the indentation is off",
                ),
            )
        )
        return None
    values, whole, emptied, readers = {}, True, False, field_readers(kind)
    written = set()
    for key, value in node.items:
        if key.value not in allowed:
            if not emptied:  # else it was meant to stand inside the empty one
                unknown(key, value, allowed, found)
            written.add(meant(key.value, allowed) if len(found) < MOST_FINDINGS else None)
            whole = False
            continue
        written.add(key.value)
        emptied = is_empty(value)
        field, read_value = readers[key.value]
        inner = read_value(value, key, found)
        if inner is not None:
            values[field] = inner
        else:
            whole = False
    for key, (_, required) in allowed.items():
        if required and key not in written:
            at = name.at if name else start_of(node)
            found.append(
                Diagnostic(
                    "missing",
                    at,
                    Words(f"{called(name).zh}缺少 `{key}`", f"{called(name).en} has no `{key}`"),
                    Words(f"加上 `{key}: …`", f"add `{key}: …`"),
                )
            )
            whole = False
    return kind(at=name.at if name else start_of(node), **values) if whole else None


def read_guard(node: Node, name: Scalar | None, found: list[Diagnostic]) -> syntax.Guard | None:
    if not isinstance(node, Mapping):
        return wrong(
            node, name, Words("像 `{ 问题: 答案 }` 这样的条件", "a condition such as `{ question: answer }`"), found
        )
    tests, nots, facts = [], [], []
    for key, value in node.items:
        if tests and is_empty(value):
            help = Words(
                f"几个答案写成列表：`{tests[0][0]}: [一, 二]`",
                f"write several answers as a list: `{tests[0][0]}: [one, two]`",
            )
            found.append(
                Diagnostic(
                    "empty", key.at, Words(f"`{shown(key.value)}` 没有内容", f"`{shown(key.value)}` is empty"), help
                )
            )
            break
        if key.value == "not":
            if inner := reader(syntax.Guard)(value, key, found):
                nots.append(inner)
        elif key.value == "fact":
            facts += reader(syntax.Ids)(value, key, found) or ()
        elif id := reader(syntax.Id)(key, None, found):
            tests.append((id, reader(syntax.Ids)(value, key, found) or ()))
    return syntax.Guard(tests=tuple(tests), nots=tuple(nots), facts=tuple(facts), at=name.at if name else node.at)


@cache
def record_fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """The keys an author may write for `kind`, each with its kind and whether it is required."""
    hints = get_type_hints(kind, include_extras=True)
    own = [field for field in fields(kind) if field.name != "at"]
    return {
        field.name.rstrip("_"): (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in own
    }


@cache
def field_readers(kind: type) -> dict[str, tuple[str, Reader]]:
    """For each key the field that it is kept in, and what reads it."""
    return {key: ("from_" if key == "from" else key, reader(inner)) for key, (inner, _) in record_fields(kind).items()}


def unknown(key: Scalar, value: Node, allowed: dict, found: list[Diagnostic]) -> None:
    if len(found) >= MOST_FINDINGS:
        return
    near = meant(key.value, allowed)
    slip = slips.in_value(key.value)
    help = (
        Words(f"写 `{near}`", f"write `{near}`")
        if near
        else Words(f"这里可以写：{'、'.join(allowed)}", f"here one may write: {', '.join(allowed)}")
    )
    if is_empty(value) and not near:
        help = Words(
            f"{help.zh}；要是一个新的名字，就和上一个名字对齐",
            f"{help.en}; if it is a new name, align it with the name before",
        )
    if is_empty(value) and not key.value.isascii() and slip not in (slips.COLON, slips.SPACE):
        slip = Words(
            f"文字里用了英文逗号的，换成中文的，或者{slips.QUOTES.zh}",
            f"in a text that holds an ordinary comma, {slips.QUOTES.en}",
        )
    found.append(
        Diagnostic(
            "keys",
            key.at,
            Words(f"这里没有 `{shown(key.value)}` 这个键", f"there is no key `{shown(key.value)}` here"),
            slip or help,
        )
    )


def keys_of_another_place(node: Node, kind: Any) -> list[Scalar]:
    """Where most keys of a mapping are of the format but not of this kind: those. A line before it that says what it is must be missing."""
    own = KEYS.get(kind) if isinstance(node, Mapping) and isinstance(kind, type) and kind is not syntax.Guard else None
    if own is None or any(
        is_empty(value) for _, value in node.items
    ):  # that is told, and what follows was meant to stand inside the empty one
        return []
    strange = [key for key, _ in node.items if key.value not in own and key.value in EVERY_KEY]
    return strange if len(strange) > 2 and 2 * len(strange) >= len(node.items) else []


def meant_elsewhere_again(nodes: Iterable[Node], kind: Any) -> Iterator[bool]:
    """Of several on end that were meant for another place, those behind the first: the same line is missing before them all."""
    before = False
    for node in nodes:
        now = bool(keys_of_another_place(node, kind))
        yield before and now
        before = now


def meant(key: str, allowed: dict) -> str | None:
    """The key that the author had in mind: it is not missing as well."""
    word = re.split("[:：]", key[:100].strip("\u3000\u00a0 "))[0]
    return word if word in allowed else nearest(word, allowed)


def is_empty(node: Node) -> bool:
    return not node.value.strip() if isinstance(node, Scalar) else not node.items


def wrong(node: Node, name: Scalar | None, wanted: Words, found: list[Diagnostic], help: Words | None = None) -> None:
    slip = slips.in_value(node.value) if isinstance(node, Scalar) else None
    found.append(
        Diagnostic(
            "values",
            node.at,
            Words(f"{called(name).zh}要写成{wanted.zh}", f"{called(name).en} must be {wanted.en}"),
            slip or help,
        )
    )


def called(name: Scalar | None) -> Words:
    return Words(f"`{shown(name.value)}` ", f"`{shown(name.value)}`") if name else Words("这里", "this")


def one_of(words: tuple[str, ...]) -> Words:
    return Words(f"这几个词之一：{'、'.join(words)}", f"one of: {', '.join(words)}")


def start_of(node: Mapping) -> Span:
    return node.items[0][0].at if node.items else node.at


def shown(value: str) -> str:
    """A value short enough for a one-line message."""
    first = value[:40].split("\n")[0]
    return first if first == value else first[:39] + "…"
