"""A document and a kind of `syntax.py` → that kind's value, with a diagnostic for all that does not fit."""

import re
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from build_tools.diagnostics import Diagnostic, Span, Words, nearest
from build_tools.parse import slips, syntax
from build_tools.parse.document import MOST_FINDINGS, Mapping, Node, Scalar, Sequence


def read(node: Node, kind: Any, name: Scalar | None, found: list[Diagnostic]) -> Any:
    """The value of `kind` that `node` holds, or None where it does not fit and `found` says why.

    `name` is the key that the author wrote for this value; complaints about what is missing point there.
    """
    if len(found) >= MOST_FINDINGS:
        return None
    if is_empty(node):
        found.append(Diagnostic("empty", name.at if name else node.at, Words(f"{called(name).zh}没有内容", f"{called(name).en} is empty"), Words("写上内容，写在下面几行的要往右缩进；不需要就删掉它", "write something, indented if it stands on the lines below, or remove it")))
        return None
    origin = get_origin(kind)
    if origin is Annotated:
        inner = get_args(kind)[0]
        return read_many(node, get_args(inner)[0], name, found)
    if origin in (Union, UnionType):
        return read(node, next(part for part in get_args(kind) if part is not NoneType), name, found)
    if origin is Literal:
        return read_word(node, get_args(kind), name, found)
    if origin is tuple:
        return read_list(node, get_args(kind)[0], name, found)
    if origin is dict:
        return read_map(node, *get_args(kind), name, found)
    if kind is syntax.Guard:
        return read_guard(node, name, found)
    if is_dataclass(kind):
        return read_record(node, kind, name, found)
    return read_text(node, kind, name, found)


def read_text(node: Node, kind: type[syntax.Text], name: Scalar | None, found: list[Diagnostic]) -> syntax.Text | None:
    if not isinstance(node, Scalar):
        return wrong(node, name, kind.is_a, found)
    if not kind.fits(node.value):
        plain = node.value.lower().replace("_", "-")
        help = Words(f"写 `{plain}`", f"write `{plain}`") if kind.fits(plain) else slips.in_value(node.value) or kind.help
        found.append(Diagnostic("values", node.at, Words(f"`{shown(node.value)}` 不是{kind.is_a.zh}", f"`{shown(node.value)}` is not {kind.is_a.en}"), help))
        return None
    return kind(node.value, node.at)


def read_word(node: Node, words: tuple[str, ...], name: Scalar | None, found: list[Diagnostic]) -> syntax.Text | None:
    if not isinstance(node, Scalar):
        return wrong(node, name, one_of(words), found)
    if node.value not in words:
        near = nearest(node.value, words)
        help = Words(f"写 `{near}`", f"write `{near}`") if near else Words(f"可以写：{'、'.join(words)}", f"it may be: {', '.join(words)}")
        found.append(Diagnostic("values", node.at, Words(f"`{shown(node.value)}` 不能写在{' ' if name else ''}{called(name).zh}里", f"{called(name).en} cannot be `{shown(node.value)}`"), help))
        return None
    return syntax.Text(node.value, node.at)


def read_many(node: Node, kind: Any, name: Scalar | None, found: list[Diagnostic]) -> tuple:
    if isinstance(node, Sequence):
        return read_list(node, kind, name, found)
    one = read(node, kind, name, found)
    return () if one is None else (one,)


def read_list(node: Node, kind: Any, name: Scalar | None, found: list[Diagnostic]) -> tuple:
    if not isinstance(node, Sequence):
        wrong(node, name, Words("列表：每项一行，以 `- ` 开头，或写成 `[一, 二]`", "a list: one item a line after `- `, or `[one, two]`"), found)
        return ()
    items = [read(item, kind, None, found) for item in node.items]
    return tuple(item for item in items if item is not None)


def read_map(node: Node, key_kind: type[syntax.Text], kind: Any, name: Scalar | None, found: list[Diagnostic]) -> dict:
    if not isinstance(node, Mapping):
        wrong(node, name, Words("若干个 `名字: 内容`", "several `name: content`"), found)
        return {}
    result, emptied = {}, False
    for key, value in node.items:
        before = len(found)
        id = read(key, key_kind, None, found)
        content = read(value, kind, key, found)
        if emptied:  # what does not fit here was meant to stand inside the empty one
            del found[before:]
        emptied = is_empty(value) or (emptied and content is None)
        if id is not None and content is not None:
            result[id] = content
    return result


def read_record(node: Node, kind: type, name: Scalar | None, found: list[Diagnostic]) -> Any:
    allowed = record_fields(kind)
    if isinstance(node, Scalar) and kind.bare:
        inner = read(node, allowed[kind.bare][0], name, found)
        return None if inner is None else kind(at=node.at, **{kind.bare: inner})
    if not isinstance(node, Mapping):
        first = next((key for key, (_, required) in allowed.items() if required), next(iter(allowed)))
        help = Words(f"写成 `{{ {first}: … }}` 这样", f"write it like `{{ {first}: … }}`")
        return wrong(node, name, Words(f"几个 `键: 值`（{'、'.join(allowed)}）", f"a few `key: value` ({', '.join(allowed)})"), found, help)
    values, whole, emptied = {}, True, False
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
        inner = read(value, allowed[key.value][0], key, found)
        if inner is not None:
            values[field_name(key.value)] = inner
        else:
            whole = False
    for key, (_, required) in allowed.items():
        if required and key not in written:
            at = name.at if name else start_of(node)
            found.append(Diagnostic("missing", at, Words(f"{called(name).zh}缺少 `{key}`", f"{called(name).en} has no `{key}`"), Words(f"加上 `{key}: …`", f"add `{key}: …`")))
            whole = False
    return kind(at=name.at if name else start_of(node), **values) if whole else None


def read_guard(node: Node, name: Scalar | None, found: list[Diagnostic]) -> syntax.Guard | None:
    if not isinstance(node, Mapping):
        return wrong(node, name, Words("像 `{ 问题: 答案 }` 这样的条件", "a condition such as `{ question: answer }`"), found)
    tests, nots, facts = [], [], []
    for key, value in node.items:
        if tests and is_empty(value):
            help = Words(f"几个答案写成列表：`{tests[0][0]}: [一, 二]`", f"write several answers as a list: `{tests[0][0]}: [one, two]`")
            found.append(Diagnostic("empty", key.at, Words(f"`{shown(key.value)}` 没有内容", f"`{shown(key.value)}` is empty"), help))
            break
        if key.value == "not":
            if inner := read(value, syntax.Guard, key, found):
                nots.append(inner)
        elif key.value == "fact":
            facts += read(value, syntax.Ids, key, found) or ()
        elif id := read(key, syntax.Id, None, found):
            tests.append((id, read(value, syntax.Ids, key, found) or ()))
    return syntax.Guard(tests=tuple(tests), nots=tuple(nots), facts=tuple(facts), at=name.at if name else node.at)


@cache
def record_fields(kind: type) -> dict[str, tuple[Any, bool]]:
    """The keys an author may write for `kind`, each with its kind and whether it is required."""
    hints = get_type_hints(kind, include_extras=True)
    own = [field for field in fields(kind) if field.name != "at"]
    return {field.name.rstrip("_"): (hints[field.name], field.default is MISSING and field.default_factory is MISSING) for field in own}


def field_name(key: str) -> str:
    return "from_" if key == "from" else key


def unknown(key: Scalar, value: Node, allowed: dict, found: list[Diagnostic]) -> None:
    if len(found) >= MOST_FINDINGS:
        return
    near = meant(key.value, allowed)
    slip = slips.in_value(key.value)
    help = Words(f"写 `{near}`", f"write `{near}`") if near else Words(f"这里可以写：{'、'.join(allowed)}", f"here one may write: {', '.join(allowed)}")
    if is_empty(value) and not near:
        help = Words(f"{help.zh}；要是一个新的名字，就和上一个名字对齐", f"{help.en}; if it is a new name, align it with the name before")
    if is_empty(value) and not key.value.isascii() and slip not in (slips.COLON, slips.SPACE):
        slip = Words(f"文字里用了英文逗号的，换成中文的，或者{slips.QUOTES.zh}", f"in a text that holds an ordinary comma, {slips.QUOTES.en}")
    found.append(Diagnostic("keys", key.at, Words(f"这里没有 `{shown(key.value)}` 这个键", f"there is no key `{shown(key.value)}` here"), slip or help))


def meant(key: str, allowed: dict) -> str | None:
    """The key that the author had in mind: it is not missing as well."""
    word = re.split("[:：]", key[:100].strip("\u3000\u00a0 "))[0]
    return word if word in allowed else nearest(word, allowed)


def is_empty(node: Node) -> bool:
    return not node.value.strip() if isinstance(node, Scalar) else not node.items


def wrong(node: Node, name: Scalar | None, wanted: Words, found: list[Diagnostic], help: Words | None = None) -> None:
    slip = slips.in_value(node.value) if isinstance(node, Scalar) else None
    found.append(Diagnostic("values", node.at, Words(f"{called(name).zh}要写成{wanted.zh}", f"{called(name).en} must be {wanted.en}"), slip or help))


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
