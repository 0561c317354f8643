"""What YAML says of a text that it cannot read → what an author can do about it, where it can be done."""

import re

from build_tools.diagnostics import Diagnostic, Span, Words
from build_tools.parse import slips


def in_words(error, text: str, file: str) -> Diagnostic:
    """`error` is yaml's own. The slip is often on the line before the one that YAML names."""
    lines = text.split("\n")
    begun = place(error.context_mark, lines)
    stopped = place(error.problem_mark, lines) or begun or (0, 0)
    for number in dict.fromkeys((stopped[0], stopped[0] - 1, begun[0] if begun else stopped[0])):
        if number >= 0 and (slip := slips.find(lines[number])):
            return Diagnostic("yaml", Span(file, number + 1, slip.column, slip.length), slip.says, slip.help)
    told = f"{error.context or ''}: {error.problem or ''}"
    line, column = stopped
    if begun and (re.search("scanning an? (alias|anchor)|a tag:|simple key", told) or unclosed(told, begun, stopped, lines)):
        line, column = begun
    elif lines[line][column : column + 1] in ("]", "}"):
        told = "extra"
    elif "mapping values are not allowed" in told and re.fullmatch(r"\s*(- )?[\w-]+", lines[line][:column]):
        told = "runs on"
    elif re.search("flow (sequence|mapping)", told):
        told = "comma"
    rule, says, help = next((rule, says, help) for pattern, rule, says, help in COMPLAINTS if re.search(pattern, told))
    return Diagnostic(rule, Span(file, line + 1, column + 1), says, help)


def place(mark, lines: list[str]) -> tuple[int, int] | None:
    """Line and column from 0; the end of the text may be a line further for YAML than for an editor."""
    if mark is None:
        return None
    return (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))


def unclosed(told: str, begun: tuple[int, int], stopped: tuple[int, int], lines: list[str]) -> bool:
    """A quotation mark that runs to the end of the file, or a bracket that runs into another line."""
    line, column = stopped
    ended = not (lines[line][column:] + "".join(lines[line + 1 :])).strip()
    return ("quoted" in told and "end of stream" in told) or (bool(re.search("flow (sequence|mapping)", told)) and (begun[0] < line or ended))


ALIGN = Words("同一层的键从同一列开始，`- ` 和键不混在一层", "keys of one level start in the same column, and list items and keys do not mix")
IN_QUOTES = Words("整句用引号包起来", "put quotes around the whole text")

COMPLAINTS = (
    ("scanning an alias", "aliases", Words("`*` 开头的是引用，这里不用引用", "a leading `*` is an alias; aliases are not used here"), Words("要写星号本身，整句用引号包起来", "to write an asterisk, put quotes around the text")),
    ("scanning an anchor", "aliases", Words("`&` 开头的是锚点，这里不用锚点", "a leading `&` is an anchor; anchors are not used here"), Words("要写这个符号本身，整句用引号包起来", "to write the character itself, put quotes around the text")),
    ("a tag:", "tags", Words("`!` 开头的是标签，这里不用标签", "a leading `!` is a tag; tags are not used here"), Words("要写感叹号本身，整句用引号包起来", "to write an exclamation mark, put quotes around the text")),
    ("quoted.*end of stream", "yaml", Words("从这里开始的引号没有关上", "the quotation mark that opens here is not closed"), Words("在句末补上同样的引号", "add the same mark at the end of the text")),
    ("flow (sequence|mapping)", "yaml", Words("从这里开始的括号没有关上，或者里面缺少逗号", "the bracket that opens here is not closed, or a comma is missing inside"), Words("补上 ] 或 }，或用英文逗号分开各项", "add the closing ] or }, or separate with commas")),
    ("extra", "yaml", Words("这里多了一个括号", "there is a closing bracket too many here"), Words("删掉它，或补上它的另一半", "remove it, or add the one that opens")),
    ("comma", "yaml", Words("括号里缺少一个逗号", "a comma is missing between brackets"), Words("各项之间用英文逗号分开；内容里有“: ”的，整句用引号包起来", "separate with commas, and put quotes around a text that holds `: `")),
    ("runs on", "yaml", Words("这一行接在了上一行的内容后面", "this line runs on from the one above"), Words("和同一层的键对齐，并让上一行写成 `键: 值`", "align it with the keys of its level, and write the line above as `key: value`")),
    ("mapping values are not allowed", "yaml", Words("这里多了一个冒号", "there is a colon too many here"), Words("内容里有“: ”时，整句用引号包起来", "put quotes around a text that holds `: `")),
    ("could not find expected ':'", "yaml", Words("这一行缺少冒号，或者没有缩进", "a colon is missing on this line, or its indentation"), Words("写成 `键: 值`；接着上一行的内容比键多缩进两格", "write `key: value`, or indent a text that goes on from the line above")),
    ("document start|expected <block end>|expected key|expected '-'", "yaml", Words("缩进和上面的行对不上", "the indentation does not match the lines above"), ALIGN),
    ("sequence entries are not allowed", "yaml", Words("`- ` 不能和键写在同一行", "a list item cannot stand on the line of its key"), Words("换一行，缩进后再写 `- `", "put it on a line of its own, indented")),
    ("escape|hexdecimal", "yaml", Words("双引号里的 `\\` 和后面的字符连在一起有别的意思", "in double quotes a `\\` changes what the next character means"), Words("换成单引号，或删掉 `\\`", "use single quotes, or remove the `\\`")),
    ("block scalar", "yaml", Words("`|` 或 `>` 后面要换行", "what follows `|` or `>` begins on the next line"), Words("内容从下一行开始，缩进两格", "begin the text on the next line, indented by two spaces")),
    ("node content", "yaml", Words("这个符号的前面缺少内容", "something is missing before this character"), Words("补上内容，或删掉多出来的逗号、括号", "write it, or remove the comma or bracket that is too many")),
    ("cannot start any token|directive", "yaml", Words("内容不能以这个字符开头", "a text cannot begin with this character"), IN_QUOTES),
    ("", "yaml", Words("这里的写法读不懂", "what is written here cannot be read"), Words("看看这一行和上一行的缩进、冒号和引号", "look at the indentation, colons and quotes of this line and the one before")),
)
