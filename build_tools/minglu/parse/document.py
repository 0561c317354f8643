"""YAML text → a document in which every node knows its place, or what is wrong with the text.

The only module that imports yaml. It reads the parser's events instead of composing, so that no input can make it
recurse without end, and every scalar stays the text it was written as: `yes`, `012` and dates are text.
"""

import re
from collections.abc import Callable
from itertools import batched
from typing import Any, NamedTuple

import yaml
from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.parse import typos
from minglu.parse.syntax import Text
from minglu.parse.yaml_errors import explain_yaml_error

# With the names of yaml's own that `valid.py` needs: no other module imports yaml.
__all__ = [
    "MOST_FINDINGS",
    "DocumentEndEvent",
    "DocumentNode",
    "Mapping",
    "MappingEndEvent",
    "MappingStartEvent",
    "ScalarEvent",
    "Sequence",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "decode",
    "event_source",
    "event_span",
    "first_unreadable",
    "read_document",
]

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_BYTES = 2_000_000  # bytes; the largest tree is a tenth of this
MOST_LEVELS = 30
MOST_FINDINGS = 100  # of one file: where there are more, something is wrong with the file as a whole
UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
LONE_RETURN = re.compile(r"\r(?!\n)")
"""With U+2028 and U+2029: what YAML takes for the end of a line where an editor shows none. YAML refuses the others."""


class Sequence(NamedTuple):
    items: tuple["DocumentNode", ...]
    at: Span


class Mapping(NamedTuple):
    items: tuple[tuple[Text, "DocumentNode"], ...]
    at: Span


DocumentNode = Text | Sequence | Mapping


def read_document(data: bytes, file: str) -> tuple[DocumentNode | None, list[Diagnostic]]:
    """Read one YAML document. The node is None when the text could not be read at all."""
    text, problem = decode(data, file)
    if problem:
        return None, [problem]
    if (odd := first_unreadable(text)) is not None:
        return None, [invisible_character(text[odd], span_at(odd, text, file))]
    try:
        return build_document(text, file)
    except yaml.MarkedYAMLError as error:
        return None, [explain_yaml_error(error, text, file)]
    except ValueError:  # only the pure loader, for an escape such as \U00110000
        return None, [
            Diagnostic(
                "yaml",
                Span(file, 1, 1),
                Words("双引号里有一个 `\\U` 编号不存在", "a `\\U` number in double quotes does not exist"),
            )
        ]


def decode(data: bytes, file: str) -> tuple[str, Diagnostic | None]:
    """The text of a file, or "" and what is wrong. The size is looked at first, so that no file takes long."""
    if len(data) > MOST_BYTES:
        return "", Diagnostic(
            "files",
            Span(file, 1, 1),
            Words(f"文件有 {len(data)} 个字节，太大了", f"the file has {len(data)} bytes, which is too large"),
            Words(f"一个文件最多 {MOST_BYTES} 个字节", f"a file has at most {MOST_BYTES} bytes"),
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Diagnostic(
            "encoding",
            Span(file, 1, 1),
            Words("这个文件是 UTF-16 编码", "this file is encoded as UTF-16"),
            typos.SAVE_AS_UTF8,
        )
    if data.startswith(b"\xef\xbb\xbf"):
        return "", Diagnostic(
            "encoding",
            Span(file, 1, 1),
            Words("文件开头有 BOM 记号", "the file begins with a byte order mark"),
            typos.SAVE_AS_UTF8,
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        at = Span(file, data.count(b"\n", 0, error.start) + 1, 1)
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return "", Diagnostic(
                "encoding", at, Words("这个文件不是 UTF-8 文本", "this file is not UTF-8 text"), typos.SAVE_AS_UTF8
            )
        return "", Diagnostic(
            "encoding",
            at,
            Words("这个文件像是 GBK 编码，不是 UTF-8", "this file looks like GBK, not UTF-8"),
            typos.SAVE_AS_UTF8,
        )


def first_unreadable(text: str) -> int | None:
    """Where the first character stands that no text may hold. One set of characters alone is searched for fast."""
    odd, lone_return = UNREADABLE.search(text), LONE_RETURN.search(text) if "\r" in text else None
    return min((one.start() for one in (odd, lone_return) if one), default=None)


def span_at(start: int, text: str, file: str) -> Span:
    return Span(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def invisible_character(char: str, at: Span) -> Diagnostic:
    code = f"U+{ord(char):04X}"
    return Diagnostic(
        "yaml",
        at,
        Words(f"这里有一个看不见的字符（{code}）", f"there is an invisible character here ({code})"),
        Words("删掉它；多半是从网页或文档里粘贴进来的", "delete it; it was probably pasted from a page or document"),
    )


def build_document(text: str, file: str) -> tuple[DocumentNode | None, list[Diagnostic]]:
    """`items` are those of the innermost collection whose end has not come: of a mapping, keys and values in turn.
    `around` has the same of the collections around it, and where the inner one begins.
    """
    found: list[Diagnostic] = []
    top: list[DocumentNode] = []
    items, is_mapping = top, False
    around: list[tuple[list[DocumentNode], bool, Span]] = []
    node: DocumentNode
    for event in iter(event_source(text), None):
        if isinstance(event, NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            return None, [refused_event(event, file)]
        if isinstance(event, ScalarEvent):
            items.append(Text(event.value, event_span(event, file)))
        elif isinstance(event, CollectionStartEvent):
            if len(around) >= MOST_LEVELS:
                return None, [too_deep(event_span(event, file))]
            around.append((items, is_mapping, event_span(event, file)))
            items, is_mapping = [], isinstance(event, MappingStartEvent)
        elif isinstance(event, CollectionEndEvent):
            inner = items
            items, is_mapping, at = around.pop()
            if isinstance(event, MappingEndEvent):
                keys = [key for key in inner[::2] if isinstance(key, Text)]  # others are reported already
                found += repeated_keys(inner[::2])[: max(0, MOST_FINDINGS - len(found))]
                values = [value for key, value in batched(inner, 2) if isinstance(key, Text)]
                node = Mapping(tuple(zip(keys, values, strict=True)), at)
            else:
                node = Sequence(tuple(inner), at)
            if is_mapping and len(items) % 2 == 0 and len(found) < MOST_FINDINGS:
                found.append(key_is_no_word(at))
            items.append(node)
        elif isinstance(event, DocumentStartEvent) and top:
            return None, [second_document(event_span(event, file))]
    return top[0] if top else None, found


def event_source(text: str) -> Callable[[], Any]:
    """Gives yaml's events one by one, and None behind the last. Raises YAMLError, and ValueError for odd escapes."""
    source: Callable[[], Any] = Loader(text).get_event
    return source


def too_deep(at: Span) -> Diagnostic:
    return Diagnostic(
        "depth",
        at,
        Words(f"嵌套超过了 {MOST_LEVELS} 层", f"nested more than {MOST_LEVELS} levels deep"),
        Words("看看前面是不是有括号没有关上", "look for brackets before this that are not closed"),
    )


def second_document(at: Span) -> Diagnostic:
    return Diagnostic(
        "yaml",
        at,
        Words("一个文件只能有一份内容", "a file holds one document"),
        Words("删掉这一行 `---`；后面的内容另存一个文件", "remove this `---` and move what follows to another file"),
    )


def refused_event(event: Any, file: str) -> Diagnostic:
    """The format has no references to other places and no types of YAML's."""
    if isinstance(event, AliasEvent):
        return Diagnostic(
            "aliases",
            opening_span(event, file, len(event.anchor or "") + 1),
            Words(
                f"`*{event.anchor}` 是引用，这里不用引用", f"`*{event.anchor}` is an alias; aliases are not used here"
            ),
            Words(
                "把内容写出来；要写星号本身，整句用英文单引号包起来",
                "write out what it stands for; to write an asterisk, put quotes around the text",
            ),
        )
    if event.anchor:
        return Diagnostic(
            "aliases",
            opening_span(event, file, len(event.anchor) + 1),
            Words(
                f"`&{event.anchor}` 是锚点，这里不用锚点", f"`&{event.anchor}` is an anchor; anchors are not used here"
            ),
            Words(
                "删掉它；要写这个符号本身，整句用英文单引号包起来",
                "remove it; to write the character itself, put quotes around the text",
            ),
        )
    return Diagnostic(
        "tags",
        opening_span(event, file, 1),
        Words("`!` 开头的是标签，这里不用标签", "a leading `!` is a tag; tags are not used here"),
        Words(
            "删掉它；要写感叹号本身，整句用英文单引号包起来",
            "remove it; to write an exclamation mark, put quotes around the text",
        ),
    )


def key_is_no_word(at: Span) -> Diagnostic:
    return Diagnostic(
        "keys",
        at,
        Words("键必须是一个词", "a key must be a word"),
        Words("冒号前面只写一个词", "write one word before the colon"),
    )


def repeated_keys(keys: list[DocumentNode]) -> list[Diagnostic]:
    """One finding for each run of keys that stand in the mapping already: a line is missing above several on end."""
    first: dict[str, Text] = {}
    runs: list[list[Text]] = []
    in_run = False
    for key in keys:
        repeats = isinstance(key, Text) and key in first
        if isinstance(key, Text):
            if repeats and in_run:
                runs[-1].append(key)
            elif repeats:
                runs.append([key])
            else:
                first[key] = key
        in_run = repeats
    return [written_twice(run, first[run[0]].at) for run in runs]


def written_twice(run: list[Text], first: Span) -> Diagnostic:
    says = Words(f"`{run[0]}` 在同一处写了两次", f"`{run[0]}` is written twice in one place")
    help = Words("删掉一个，或改名", "remove one of them, or rename it")
    if len(run) > 1:
        says = Words(
            f"从 `{run[0]}` 起的 {len(run)} 个键在同一处都写了两次",
            f"{len(run)} keys from `{run[0]}` on are written twice in one place",
        )
        help = Words(
            "这一行前面多半少了名字或 `- `，或者这几行缩进不够；真的多写了，就删掉",
            "a name or `- ` is probably missing before this line, or these lines are not indented enough;"
            " remove what is double",
        )
    return Diagnostic(
        "duplicate-keys", run[0].at, says, help, ((first, Words("第一次在这里", "the first one is here")),)
    )


def opening_span(event: Any, file: str, length: int) -> Span:
    return Span(file, event.start_mark.line + 1, event.start_mark.column + 1, length)


def event_span(event: Any, file: str) -> Span:
    start, end = event.start_mark, event.end_mark
    line, column = start.line, start.column
    # `tuple.__new__` instead of `Span`: the places of all values of all files are made here.
    return tuple.__new__(Span, (file, line + 1, column + 1, end.column - column or 1 if end.line == line else 1))
