"""YAML text → a plain document in which every node knows its place.

The only module that imports yaml. It reads parser events instead of composing, so that no input can make it recurse,
and every scalar stays the text it was written as: `yes`, `012` and dates are text.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.parse import slips
from minglu.parse.complaints import in_words

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 2_000_000  # bytes; the largest tree is a tenth of this
DEEPEST = 30
MOST_FINDINGS = 100  # told of one file: where there are more, something is wrong with the file as a whole
UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]|\r(?!\n)")
"""What YAML refuses, and what YAML takes for the end of a line where an editor shows none."""


class Scalar(NamedTuple):
    value: str
    at: Span


class Sequence(NamedTuple):
    items: tuple
    at: Span


class Mapping(NamedTuple):
    items: tuple  # of (Scalar, node)
    at: Span


Node = Scalar | Sequence | Mapping


def read_document(data: bytes, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read one YAML document. The node is None when the text could not be read at all."""
    text, problem = decode(data, file)
    if problem:
        return None, [problem]
    if odd := UNREADABLE.search(text):
        return None, [unreadable(odd[0], place_of(odd.start(), text, file))]
    try:
        return build(text, file)
    except yaml.MarkedYAMLError as error:
        return None, [in_words(error, text, file)]
    except ValueError:  # only the pure loader, for an escape such as \U00110000
        return None, [
            Diagnostic(
                "yaml",
                Span(file, 1, 1),
                Words("双引号里有一个 `\\U` 编号不存在", "a `\\U` number in double quotes does not exist"),
            )
        ]


def decode(data: bytes, file: str) -> tuple[str, Diagnostic | None]:
    """The text of a file, or empty text and what is wrong. Size comes first, so that no file takes long, whatever it holds."""
    if len(data) > LARGEST:
        return "", Diagnostic(
            "files",
            Span(file, 1, 1),
            Words(f"文件有 {len(data)} 个字节，太大了", f"the file has {len(data)} bytes, which is too large"),
            Words(f"一个文件最多 {LARGEST} 个字节", f"a file has at most {LARGEST} bytes"),
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Diagnostic(
            "encoding",
            Span(file, 1, 1),
            Words("这个文件是 UTF-16 编码", "this file is encoded as UTF-16"),
            slips.SAVE_AS_UTF8,
        )
    if data.startswith(b"\xef\xbb\xbf"):
        return "", Diagnostic(
            "encoding",
            Span(file, 1, 1),
            Words("文件开头有 BOM 记号", "the file begins with a byte order mark"),
            slips.SAVE_AS_UTF8,
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        at = Span(file, data.count(b"\n", 0, error.start) + 1, 1)
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return "", Diagnostic(
                "encoding", at, Words("这个文件不是 UTF-8 文本", "this file is not UTF-8 text"), slips.SAVE_AS_UTF8
            )
        return "", Diagnostic(
            "encoding",
            at,
            Words("这个文件像是 GBK 编码，不是 UTF-8", "this file looks like GBK, not UTF-8"),
            slips.SAVE_AS_UTF8,
        )


def place_of(start: int, text: str, file: str) -> Span:
    return Span(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def unreadable(char: str, at: Span) -> Diagnostic:
    code = f"U+{ord(char):04X}"
    return Diagnostic(
        "yaml",
        at,
        Words(f"这里有一个看不见的字符（{code}）", f"there is an invisible character here ({code})"),
        Words("删掉它；多半是从网页或文档里粘贴进来的", "delete it; it was probably pasted from a page or document"),
    )


@dataclass
class Open:
    """A collection whose end has not been read yet."""

    mapping: bool
    at: Span
    items: list
    keys: dict
    twice: list  # of runs of keys that stand here already


def build(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    stack: list[Open] = []
    root = None
    documents = 0
    for event in yaml.parse(text, Loader=Loader):
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor or event.tag:
                return None, [refused(event, file)]
            node = Scalar(event.value, span(event, file))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                return None, [refused(event, file)]
            if len(stack) >= DEEPEST:
                return None, [
                    Diagnostic(
                        "depth",
                        span(event, file),
                        Words(f"嵌套超过了 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep"),
                        Words("看看前面是不是有括号没有关上", "look for brackets before this that are not closed"),
                    )
                ]
            stack.append(Open(kind is MappingStartEvent, span(event, file), [], {}, []))
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            done = stack.pop()
            found += [written_twice(run, done) for run in done.twice[: max(0, MOST_FINDINGS - len(found))]]
            node = (
                Mapping(tuple(zip(done.items[::2], done.items[1::2])), done.at)
                if done.mapping
                else Sequence(tuple(done.items), done.at)
            )
        elif kind is AliasEvent:
            return None, [refused(event, file)]
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                return None, [
                    Diagnostic(
                        "yaml",
                        span(event, file),
                        Words("一个文件只能有一份内容", "a file holds one document"),
                        Words(
                            "删掉这一行 `---`；后面的内容另存一个文件",
                            "remove this `---` and move what follows to another file",
                        ),
                    )
                ]
            continue
        else:
            continue
        if not stack:
            root = node
            continue
        parent = stack[-1]
        parent.items.append(node)
        if parent.mapping and len(parent.items) % 2:
            key_problem(node, parent, found)
    return (pruned(root) if root is not None and found else root), found


def refused(event, file: str) -> Diagnostic:
    """What the format does without: references to other places, and types of YAML's own."""
    if isinstance(event, AliasEvent):
        return Diagnostic(
            "aliases",
            opening(event, file, len(event.anchor) + 1),
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
            opening(event, file, len(event.anchor) + 1),
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
        opening(event, file, 1),
        Words("`!` 开头的是标签，这里不用标签", "a leading `!` is a tag; tags are not used here"),
        Words(
            "删掉它；要写感叹号本身，整句用英文单引号包起来",
            "remove it; to write an exclamation mark, put quotes around the text",
        ),
    )


def key_problem(node: Node, parent: Open, found: list[Diagnostic]) -> None:
    if len(found) >= MOST_FINDINGS:
        return
    if not isinstance(node, Scalar):
        found.append(
            Diagnostic(
                "keys",
                node.at,
                Words("键必须是一个词", "a key must be a word"),
                Words("冒号前面只写一个词", "write one word before the colon"),
            )
        )
    elif node.value in parent.keys:
        if parent.twice and parent.twice[-1][-1] is parent.items[-3]:
            parent.twice[-1].append(node)
        else:
            parent.twice.append([node])
    else:
        parent.keys[node.value] = node.at


def written_twice(run: list[Scalar], whole: Open) -> Diagnostic:
    """Several on end are one slip: a line above them is missing that begins something new."""
    first = run[0]
    says = Words(f"`{first.value}` 在同一处写了两次", f"`{first.value}` is written twice in one place")
    help = Words("删掉一个，或改名", "remove one of them, or rename it")
    if len(run) > 1:
        says = Words(
            f"从 `{first.value}` 起的 {len(run)} 个键在同一处都写了两次",
            f"{len(run)} keys from `{first.value}` on are written twice in one place",
        )
        help = Words(
            "这一行前面多半少了名字或 `- `，或者这几行缩进不够；真的多写了，就删掉",
            "a name or `- ` is probably missing before this line, or these lines are not indented enough; remove what is double",
        )
    return Diagnostic(
        "duplicate-keys",
        first.at,
        says,
        help,
        ((whole.keys[first.value], Words("第一次在这里", "the first one is here")),),
    )


def pruned(node: Node) -> Node:
    """The document without keys that are not words; they are reported already. Depth is bounded by `DEEPEST`."""
    if isinstance(node, Mapping):
        return Mapping(tuple((key, pruned(value)) for key, value in node.items if isinstance(key, Scalar)), node.at)
    if isinstance(node, Sequence):
        return Sequence(tuple(pruned(item) for item in node.items), node.at)
    return node


def opening(event, file: str, length: int) -> Span:
    return Span(file, event.start_mark.line + 1, event.start_mark.column + 1, length)


def span(event, file: str) -> Span:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Span(file, start.line + 1, start.column + 1, max(1, length))
