"""YAML text → a plain document in which every node knows its place.

The only module that imports yaml. It reads parser events instead of composing, so that no input can make it recurse,
and every scalar stays the text it was written as: `yes`, `012` and dates are text.
"""

import re
from dataclasses import dataclass

import yaml

from build_tools.diagnostics import Diagnostic, Span, Words
import build_tools.parse.slips as slips

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 2_000_000  # characters; a whole tree of a thousand nodes is a tenth of this
DEEPEST = 30


@dataclass(frozen=True)
class Scalar:
    value: str
    at: Span
    plain: bool


@dataclass(frozen=True)
class Sequence:
    items: tuple
    at: Span


@dataclass(frozen=True)
class Mapping:
    items: tuple  # of (Scalar, node)
    at: Span


Node = Scalar | Sequence | Mapping


def read_document(data: bytes, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read one YAML document. The node is None when the text could not be read at all."""
    text, problem = decode(data, file)
    if problem:
        return None, [problem]
    if len(text) > LARGEST:
        return None, [Diagnostic("size", Span(file, 1, 1), Words(f"文件有 {len(text)} 个字符，太大了", f"the file has {len(text)} characters, which is too large"))]
    try:
        return build(text, file)
    except yaml.MarkedYAMLError as error:
        return None, [broken(error, text, file)]
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return None, [Diagnostic("yaml", Span(file, line, 1), Words("这里有 YAML 不允许的控制字符", "there is a control character here that YAML does not allow"))]


def decode(data: bytes, file: str) -> tuple[str, Diagnostic | None]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Diagnostic("encoding", Span(file, 1, 1), Words("这个文件是 UTF-16 编码", "this file is encoded as UTF-16"), slips.SAVE_AS_UTF8)
    if data.startswith(b"\xef\xbb\xbf"):
        return "", Diagnostic("encoding", Span(file, 1, 1), Words("文件开头有 BOM 记号", "the file begins with a byte order mark"), slips.SAVE_AS_UTF8)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        at = Span(file, data.count(b"\n", 0, error.start) + 1, 1)
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return "", Diagnostic("encoding", at, Words("这个文件不是 UTF-8 文本", "this file is not UTF-8 text"), slips.SAVE_AS_UTF8)
        return "", Diagnostic("encoding", at, Words("这个文件像是 GBK 编码，不是 UTF-8", "this file looks like GBK, not UTF-8"), slips.SAVE_AS_UTF8)


@dataclass
class Open:
    """A collection whose end has not been read yet."""

    mapping: bool
    at: Span
    items: list
    keys: dict


def build(text: str, file: str) -> tuple[Node | None, list[Diagnostic]]:
    found: list[Diagnostic] = []
    stack: list[Open] = []
    root = None
    documents = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                found.append(Diagnostic("yaml", span(event, file), Words("一个文件只能有一份内容", "a file holds one document"), Words("删掉这一行 `---` 以及后面的内容，或另存一个文件", "remove this `---` and what follows, or move it to another file")))
                break
            continue
        if isinstance(event, yaml.AliasEvent):
            return None, [Diagnostic("aliases", span(event, file), Words(f"`*{event.anchor}` 是引用，这里不用引用", f"`*{event.anchor}` is an alias; aliases are not used here"), Words("把被引用的内容写出来", "write out what it stands for"))]
        if getattr(event, "anchor", None):
            return None, [Diagnostic("aliases", span(event, file), Words(f"`&{event.anchor}` 是锚点，这里不用锚点", f"`&{event.anchor}` is an anchor; anchors are not used here"), Words("删掉它；要写这个符号本身，请加引号", "remove it; to write the character itself, put quotes around the text"))]
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            return None, [Diagnostic("tags", span(event, file), Words(f"`{tag}` 是标签，这里不用标签", f"`{tag}` is a tag; tags are not used here"), Words("删掉它；要写感叹号本身，请加引号", "remove it; to write an exclamation mark, put quotes around the text"))]
        if isinstance(event, yaml.ScalarEvent):
            node = Scalar(event.value, span(event, file), event.style is None)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(stack) >= DEEPEST:
                return None, [Diagnostic("depth", span(event, file), Words(f"嵌套超过了 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep"))]
            stack.append(Open(isinstance(event, yaml.MappingStartEvent), span(event, file), [], {}))
            continue
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = stack.pop()
            node = Mapping(tuple(zip(done.items[::2], done.items[1::2])), done.at) if done.mapping else Sequence(tuple(done.items), done.at)
        else:
            continue
        if not stack:
            root = node
            continue
        parent = stack[-1]
        parent.items.append(node)
        if parent.mapping and len(parent.items) % 2:
            key_problem(node, parent, found)
    return (pruned(root) if root is not None else None), found


def key_problem(node: Node, parent: Open, found: list[Diagnostic]) -> None:
    if not isinstance(node, Scalar):
        found.append(Diagnostic("keys", node.at, Words("键必须是一个词", "a key must be a word")))
    elif node.value in parent.keys:
        found.append(Diagnostic("duplicate-keys", node.at, Words(f"`{node.value}` 在同一处写了两次", f"`{node.value}` is written twice in one place"), Words("删掉一个，或改名", "remove one of them, or rename it"), ((parent.keys[node.value], Words("第一次在这里", "the first one is here")),)))
    else:
        parent.keys[node.value] = node.at


def pruned(node: Node) -> Node:
    """The document without keys that are not words; they are reported already. Depth is bounded by `DEEPEST`."""
    if isinstance(node, Mapping):
        return Mapping(tuple((key, pruned(value)) for key, value in node.items if isinstance(key, Scalar)), node.at)
    if isinstance(node, Sequence):
        return Sequence(tuple(pruned(item) for item in node.items), node.at)
    return node


def span(event, file: str) -> Span:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Span(file, start.line + 1, start.column + 1, max(1, length))


def broken(error: yaml.MarkedYAMLError, text: str, file: str) -> Diagnostic:
    """YAML's own complaint, in an author's words. The slip is often on the line before the one that YAML names."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    for number in dict.fromkeys((line, line - 1, error.context_mark.line + 1 if error.context_mark else line)):
        if 0 < number <= len(lines) and (slip := slips.find(lines[number - 1])):
            return Diagnostic("yaml", Span(file, number, slip.column, slip.length), slip.says, slip.help)
    return Diagnostic("yaml", Span(file, line, column), *in_words(error.problem or ""))


def in_words(problem: str) -> tuple[Words, Words | None]:
    for pattern, words, help in COMPLAINTS:
        if re.search(pattern, problem):
            return words, help
    return Words("YAML 读不懂这里的写法", "YAML cannot read what is written here"), Words("看看这一行和上一行的缩进、冒号和引号", "look at the indentation, colons and quotes of this line and the one before")


COMPLAINTS = (
    ("mapping values are not allowed", Words("这里多了一个冒号，或者上一行没有写完", "there is a colon too many here, or the line before is not finished"), Words("内容里有“: ”时，整句用引号包起来；并检查缩进", "put quotes around a text that holds `: `, and check the indentation")),
    ("could not find expected ':'", Words("这一行缺少冒号", "a colon is missing on this line"), Words("写成 `键: 值`，冒号用英文冒号并在后面空一格", "write `key: value`, with a space after the colon")),
    ("expected <block end>", Words("缩进和上面的行对不上", "the indentation does not match the lines above"), Words("同一层的键要从同一列开始", "keys of one level start in the same column")),
    ("expected ',' or", Words("方括号或花括号里缺少逗号，或没有关上", "a comma is missing between brackets, or a bracket is not closed"), Words("用英文逗号分开，并关上 ] 或 }", "separate with commas and close the ] or }")),
    ("unexpected end of stream|while scanning a quoted", Words("引号没有关上", "a quotation mark is not closed"), Words("在句末补上同样的引号", "add the same quotation mark at the end")),
    ("found character .*cannot start any token", Words("这个字符不能放在开头", "this character cannot stand at the beginning"), Words("整句用引号包起来", "put quotes around the text")),
    ("undefined alias", Words("`*` 开头的是引用，这里不用引用", "a leading `*` is an alias; aliases are not used here"), Words("要写星号本身，整句用引号包起来", "to write an asterisk, put quotes around the text")),
)
