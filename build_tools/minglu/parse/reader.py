"""A document and a kind of `syntax.py` → that kind's value, with a diagnostic for all that does not fit."""

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.parse import syntax, typos
from minglu.parse.document import MOST_FINDINGS, DocumentNode, Mapping, Sequence
from minglu.parse.key_docs import KEY_DOCS
from minglu.parse.syntax import Text

EVERY_KEY = frozenset(key for keys in KEY_DOCS.values() for key in keys)
FIELDS = {"from": "from_", "with": "with_", "for": "for_"}
"""The fields of keys that are words of Python."""
MOST_KINDS = 256  # more than the format has
Reader = Callable[[DocumentNode, Text | None, list[Diagnostic]], Any]
"""Gives the value, or None where the node does not fit and the findings say why. The text is the key that the author
wrote for the value: what is missing is reported there."""


def read_node(node: DocumentNode, kind: Any) -> tuple[Any, list[Diagnostic]]:
    """The value of `kind` that `node` holds, or None where it does not fit."""
    found: list[Diagnostic] = []
    return reader_for(kind)(node, None, found), found


@lru_cache(MOST_KINDS)
def reader_for(kind: Any) -> Reader:
    """Types are looked at once: doing so again for every value of a file would take most of the time."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return reader_for(next(part for part in parts if part is not NoneType))
    if origin is Annotated and isinstance(parts[1], syntax.OneOf):
        return partial(read_written, partial(read_word, parts[1]))
    if origin is Annotated:
        return partial(read_written, partial(read_one_or_many, *item_reader(get_args(parts[0])[0])))
    if origin is tuple:
        return partial(read_written, partial(read_list, *item_reader(parts[0])))
    if origin is dict:
        return partial(read_written, partial(read_map, reader_for(parts[0]), *item_reader(parts[1])))
    if kind is syntax.Guard:
        return partial(read_written, read_guard)
    if issubclass(kind, Text):
        return partial(read_text, kind, kind.fits)
    return partial(read_written, partial(read_record, plan_of(kind)))


def item_reader(kind: Any) -> tuple[Any, Reader]:
    return kind, reader_for(kind)


def read_text(
    kind: type[Text], fits: syntax.Fits, node: DocumentNode, name: Text | None, found: list[Diagnostic]
) -> Text | None:
    if type(node) is Text and fits(node):
        return node
    read_written(partial(refuse_text, kind), node, name, found)
    return None


def read_written(read_it: Reader, node: DocumentNode, name: Text | None, found: list[Diagnostic]) -> Any:
    """What `read_it` makes of a node that is not empty."""
    if len(found) >= MOST_FINDINGS:
        return None
    if is_empty(node):
        found.append(
            Diagnostic(
                "empty",
                name.at if name is not None else node.at,
                Words(f"{key_in_words(name).zh}没有内容", f"{key_in_words(name).en} is empty"),
                Words(
                    "写上内容，写在下面几行的要往右缩进；不需要就删掉它",
                    "write something, indented if it stands on the lines below, or remove it",
                ),
            )
        )
        return None
    return read_it(node, name, found)


def refuse_text(kind: type[Text], node: DocumentNode, name: Text | None, found: list[Diagnostic]) -> None:
    if not isinstance(node, Text):
        report_wrong_shape(node, name, kind.is_a, found)
        return
    usual = node.lower().replace("_", "-")
    help = Words(f"写 `{usual}`", f"write `{usual}`") if kind.fits(usual) else typos.typo_in_value(node) or kind.help
    found.append(
        Diagnostic(
            "values",
            node.at,
            Words(f"`{abbreviated(node)}` 不是{kind.is_a.zh}", f"`{abbreviated(node)}` is not {kind.is_a.en}"),
            help,
        )
    )


def read_word(words: tuple[str, ...], node: DocumentNode, name: Text | None, found: list[Diagnostic]) -> Text | None:
    if not isinstance(node, Text):
        report_wrong_shape(node, name, one_of_words(words), found)
        return None
    if node not in words:
        near = nearest(node, words)
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
                    f"`{abbreviated(node)}` 不能写在{f' {key_in_words(name).zh}里' if name is not None else '这里'}",
                    f"{key_in_words(name).en} cannot be `{abbreviated(node)}`",
                ),
                help,
            )
        )
        return None
    return node


def read_one_or_many(
    kind: Any, read_item: Reader, node: DocumentNode, name: Text | None, found: list[Diagnostic]
) -> tuple[Any, ...]:
    if isinstance(node, Sequence):
        return read_list(kind, read_item, node, name, found)
    one = read_item(node, name, found)
    return () if one is None else (one,)


def read_list(
    kind: Any, read_item: Reader, node: DocumentNode, name: Text | None, found: list[Diagnostic]
) -> tuple[Any, ...]:
    if not isinstance(node, Sequence):
        wanted = (
            "列表：每项一行，以 `- ` 开头，或写成 `[一, 二]`",
            "a list: one item a line after `- `, or `[one, two]`",
        )
        report_wrong_shape(node, name, Words(*wanted), found)
        return ()
    items = []
    misplaced = False  # of several on end, the first is reported: the same line is missing before them all
    for item in node.items:
        if misplaced and keys_of_another_place(item, kind):
            continue
        value = read_item(item, None, found)
        misplaced = value is None and bool(keys_of_another_place(item, kind))
        if value is not None:
            items.append(value)
    return tuple(items)


def read_map(
    read_key: Reader, kind: Any, read_item: Reader, node: DocumentNode, name: Text | None, found: list[Diagnostic]
) -> dict[Text, Any]:
    if not isinstance(node, Mapping):
        report_wrong_shape(node, name, Words("若干个 `名字: 内容`", "several `name: content`"), found)
        return {}
    result: dict[Text, Any] = {}
    misplaced = emptied = False
    for key, value in node.items:
        if misplaced and keys_of_another_place(value, kind):
            continue
        # What does not fit behind an empty entry was meant to stand inside it, and that is reported there: try it only.
        report: list[Diagnostic] = [] if emptied else found
        id, content = read_key(key, None, report), read_item(value, key, report)
        misplaced = content is None and bool(keys_of_another_place(value, kind))
        emptied = content is None and (emptied or is_empty(value))
        if id is not None and content is not None:
            result[id] = content
    return result


def read_record(plan: "Plan", node: DocumentNode, name: Text | None, found: list[Diagnostic]) -> Any:
    kind, allowed = plan.kind, plan.readers
    if kind.bare and isinstance(node, Text):
        field, read_value = allowed[kind.bare]
        inner = read_value(node, name, found)
        return None if inner is None else kind(at=node.at, **{field: inner})
    if not isinstance(node, Mapping):
        first = next(iter(plan.required or allowed))
        return report_wrong_shape(
            node,
            name,
            Words(f"几个 `键: 值`（{'、'.join(allowed)}）", f"a few `key: value` ({', '.join(allowed)})"),
            found,
            Words(f"写成 `{{ {first}: … }}` 这样", f"write it like `{{ {first}: … }}`"),
        )
    written = dict(node.items).keys()
    if not written <= allowed.keys() and (strange := keys_of_another_place(node, kind)):
        report_another_place(strange, allowed, found)
        return None
    values: dict[str, Any] = {"at": name.at if name is not None else node.items[0][0].at}
    whole, meant, last_known = True, set(), None
    for key, value in node.items:
        if key not in allowed:
            if last_known is None or not is_empty(last_known):  # else it was meant to stand inside that
                report_unknown_key(key, value, allowed, found)
            if len(found) < MOST_FINDINGS:
                meant.add(intended_key(key, allowed))
            whole = False
            continue
        last_known = value
        field, read_value = allowed[key]
        inner = read_value(value, key, found)
        if inner is None:
            whole = False
        else:
            values[field] = inner
    for missing in plan.required:
        if missing not in written and missing not in meant:
            report_missing_key(missing, name, values["at"], found)
            whole = False
    return kind(**values) if whole else None


@dataclass(frozen=True)
class Plan:
    """How a record is read: for each key, in the format's order, its field and what reads it; and the required keys."""

    kind: type[syntax.Record]
    readers: dict[str, tuple[str, Reader]]
    required: tuple[str, ...]


@lru_cache(MOST_KINDS)
def plan_of(kind: Any) -> Plan:
    known = record_fields(kind)
    readers = {key: (FIELDS.get(key, key), reader_for(inner)) for key, (inner, _) in known.items()}
    return Plan(kind, readers, tuple(key for key, (_, required) in known.items() if required))


@lru_cache(MOST_KINDS)
def record_fields(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The keys an author may write for `kind`, each with its kind and whether it is required."""
    hints = get_type_hints(kind, include_extras=True)
    own = [field for field in fields(kind) if field.name != "at"]
    return {
        field.name.rstrip("_"): (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in own
    }


def read_guard(node: DocumentNode, name: Text | None, found: list[Diagnostic]) -> syntax.Guard | None:
    if not isinstance(node, Mapping):
        wanted = Words("像 `{ 问题: 答案 }` 这样的条件", "a condition such as `{ question: answer }`")
        report_wrong_shape(node, name, wanted, found)
        return None
    read_inner, read_alternatives, read_name, read_names = guard_readers()
    tests: list[tuple[syntax.Id, tuple[syntax.Id, ...]]] = []
    nots: list[syntax.Guard] = []
    alternatives: tuple[syntax.Guard, ...] = ()
    facts: list[syntax.Id] = []
    for key, value in node.items:
        if tests and is_empty(value):
            help = Words(
                f"几个答案写成列表：`{tests[0][0]}: [一, 二]`",
                f"write several answers as a list: `{tests[0][0]}: [one, two]`",
            )
            found.append(
                Diagnostic(
                    "empty", key.at, Words(f"`{abbreviated(key)}` 没有内容", f"`{abbreviated(key)}` is empty"), help
                )
            )
            break
        if key == "not":
            if inner := read_inner(value, key, found):
                nots.append(inner)
        elif key == "any":
            alternatives = read_alternatives(value, key, found) or ()
            if isinstance(value, Sequence) and len(value.items) == 1:
                found.append(single_alternative(key))
        elif key == "fact":
            facts += read_names(value, key, found) or ()
        elif id := read_name(key, None, found):
            tests.append((id, read_names(value, key, found) or ()))
    return syntax.Guard(
        tests=tuple(tests),
        nots=tuple(nots),
        alternatives=alternatives,
        facts=tuple(facts),
        at=name.at if name is not None else node.at,
    )


def single_alternative(key: Text) -> Diagnostic:
    return Diagnostic(
        "values",
        key.at,
        Words("`any` 里只有一种情况", "there is only one condition in `any`"),
        Words("写两种以上，或把里面的条件直接写出来", "write two or more, or write the condition without `any`"),
    )


@lru_cache(1)
def guard_readers() -> tuple[Reader, Reader, Reader, Reader]:
    """What reads an inner guard, a list of guards, a question's name, and names of answers or facts."""
    kinds = syntax.Guard, tuple[syntax.Guard, ...], syntax.Id, syntax.Ids
    inner, alternatives, name, names = map(reader_for, kinds)
    return inner, alternatives, name, names


def report_another_place(strange: list[Text], allowed: dict[str, Any], found: list[Diagnostic]) -> None:
    several = [f"`{abbreviated(key)}`" for key in strange]
    found.append(
        Diagnostic(
            "keys",
            strange[0].at,
            Words(f"这里没有 {'、'.join(several)} 这些键", f"there are no keys {', '.join(several)} here"),
            Words(
                f"这里可以写：{'、'.join(allowed)}；多半是前面少了一行，或缩进错了",
                f"here one may write: {', '.join(allowed)};"
                " a line before this is probably missing, or the indentation is off",
            ),
        )
    )


def report_missing_key(key: str, name: Text | None, at: Span, found: list[Diagnostic]) -> None:
    found.append(
        Diagnostic(
            "missing",
            at,
            Words(f"{key_in_words(name).zh}缺少 `{key}`", f"{key_in_words(name).en} has no `{key}`"),
            Words(f"加上 `{key}: …`", f"add `{key}: …`"),
        )
    )


def report_unknown_key(key: Text, value: DocumentNode, allowed: dict[str, Any], found: list[Diagnostic]) -> None:
    if len(found) >= MOST_FINDINGS:
        return
    near = intended_key(key, allowed)
    typo = typos.typo_in_value(key)
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
    if is_empty(value) and not key.isascii() and typo not in (typos.COLON, typos.SPACE):
        typo = Words(
            f"文字里用了英文逗号的，换成中文的，或者{typos.QUOTES.zh}",
            f"in a text that holds an ordinary comma, {typos.QUOTES.en}",
        )
    found.append(
        Diagnostic(
            "keys",
            key.at,
            Words(f"这里没有 `{abbreviated(key)}` 这个键", f"there is no key `{abbreviated(key)}` here"),
            typo or help,
        )
    )


def keys_of_another_place(node: DocumentNode, kind: Any) -> list[Text]:
    """Keys of the format that are not of this kind, if they are half of a mapping's: a line before it must be missing.

    None where something in it is empty: that is reported, and what follows was meant to stand inside it.
    """
    own = KEY_DOCS.get(kind) if isinstance(kind, type) and kind is not syntax.Guard else None
    if own is None or not isinstance(node, Mapping) or any(is_empty(value) for _, value in node.items):
        return []
    strange = [key for key, _ in node.items if key not in own and key in EVERY_KEY]
    return strange if len(strange) > 2 and 2 * len(strange) >= len(node.items) else []


def intended_key(key: str, allowed: dict[str, Any]) -> str | None:
    """The key that the author had in mind: it is not missing as well."""
    word = re.split("[:：]", key[:100].strip("\u3000\u00a0 "))[0]
    return word if word in allowed else nearest(word, allowed)


def is_empty(node: DocumentNode) -> bool:
    return not node or node.isspace() if isinstance(node, Text) else not node.items


def report_wrong_shape(
    node: DocumentNode, name: Text | None, wanted: Words, found: list[Diagnostic], help: Words | None = None
) -> None:
    typo = typos.typo_in_value(node) if isinstance(node, Text) else None
    found.append(
        Diagnostic(
            "values",
            node.at,
            Words(f"{key_in_words(name).zh}要写成{wanted.zh}", f"{key_in_words(name).en} must be {wanted.en}"),
            typo or help,
        )
    )


def key_in_words(name: Text | None) -> Words:
    return Words(f"`{abbreviated(name)}` ", f"`{abbreviated(name)}`") if name is not None else Words("这里", "this")


def one_of_words(words: tuple[str, ...]) -> Words:
    return Words(f"这几个词之一：{'、'.join(words)}", f"one of: {', '.join(words)}")


def abbreviated(value: str) -> str:
    """A value short enough for a one-line message."""
    first = value[:40].partition("\n")[0]
    return first if first == value else first[:39] + "…"
