"""An error of yaml's → what is wrong in the author's words, where it is, and what to write instead."""

import re
from typing import Any

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.parse import typos
from minglu.parse.typos import QUOTES


def explain_yaml_error(error: Any, text: str, file: str) -> Diagnostic:
    """`error` is a `MarkedYAMLError`. The typo is often on the line before the one that YAML names."""
    lines = text.split("\n")
    begun = line_and_column(error.context_mark, lines)
    stopped = line_and_column(error.problem_mark, lines) or begun or (0, 0)
    for number in dict.fromkeys((stopped[0], stopped[0] - 1, begun[0] if begun else stopped[0])):
        if number >= 0 and (typo := typos.find_typo(lines[number])):
            return Diagnostic("yaml", Span(file, number + 1, typo.column, typo.length), typo.says, typo.help)
    problem = f"{error.context or ''}: {error.problem or ''}"
    line, column = stopped
    if begun and (
        re.search("scanning an? (alias|anchor)|a tag:|simple key", problem) or unclosed(problem, begun, stopped, lines)
    ):
        line, column = begun
    elif lines[line][column : column + 1] in ("]", "}"):
        problem = "extra"
    elif "mapping values are not allowed" in problem and re.fullmatch(r"\s*(- )?[\w-]+", lines[line][:column]):
        return runs_on(line, lines, file)
    elif re.search("flow (sequence|mapping)", problem):
        problem = "comma"
    elif re.search("document start|expected <block end>|expected key|expected '-'", problem):
        return misaligned(line, lines, file)
    if "could not find expected ':'" in problem and re.match(r"\s*[{[]", lines[line]):
        problem = "no dash"
    rule, says, help = next(
        (rule, says, help) for pattern, rule, says, help in EXPLANATIONS if re.search(pattern, problem)
    )
    return Diagnostic(rule, Span(file, line + 1, column + 1), says, help)


def line_and_column(mark: Any, lines: list[str]) -> tuple[int, int] | None:
    """From 0. For YAML, the end of a text may be one line further than an editor shows."""
    if mark is None:
        return None
    return (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))


def runs_on(line: int, lines: list[str], file: str) -> Diagnostic:
    """A key that is indented deeper than the line above, which has its content already."""
    above = next((number for number in range(line - 1, -1, -1) if is_written(lines[number])), line)
    if indent(lines[line]) <= text_begin(above, lines, file).column - 1:
        return Diagnostic(
            "yaml",
            text_begin(above, lines, file),
            Words("这一行缺少冒号", "a colon is missing on this line"),
            Words(
                "写成 `键: 值`；它要是接着上一行的文字，整段用 `|` 来写",
                "write `key: value`; if it goes on from the line above, write the whole text below a `|`",
            ),
        )
    also = ((text_begin(above, lines, file), Words("上一行在这里", "the line above is here")),)
    help = Words(
        "是同一层的，就和上一行对齐；是上一行里面的，上一行的冒号后面就不写内容",
        "align the two if they are of one level; if this one belongs inside the line above, write nothing after the"
        " colon there",
    )
    return Diagnostic(
        "yaml",
        text_begin(line, lines, file),
        Words(
            "这一行比上一行多缩进，上一行却已经写了内容",
            "this line is indented deeper than the one above, which has its content already",
        ),
        help,
        also,
    )


def misaligned(line: int, lines: list[str], file: str) -> Diagnostic:
    """A line that is not where its level began; the two are shown."""
    here, above = indent(lines[line]), [number for number in range(line) if is_written(lines[number])]
    outside = max((number for number in above if indent(lines[number]) < here), default=-1)
    level = next((number for number in above if number > outside), max(outside, 0))
    there = text_begin(level, lines, file).column - 1
    if indent(lines[level]) == here:
        says, shown = (
            Words("这一行和上面的行接不上", "this line does not fit in with those above"),
            Words("这一层从这里开始", "its level begins here"),
        )
    else:
        says = Words(
            f"这一行缩进 {here} 格，和上面的行对不上",
            f"this line is indented by {here}, which does not match those above",
        )
        shown = Words(f"上面这一行缩进 {there} 格", f"this line above is indented by {there}")
    return Diagnostic("yaml", text_begin(line, lines, file), says, ALIGN, ((text_begin(level, lines, file), shown),))


def text_begin(line: int, lines: list[str], file: str) -> Span:
    """Where the text of a line begins, after the dash of a list."""
    dashes = re.match(" *(- +)*", lines[line])
    return Span(file, line + 1, (dashes.end() if dashes else 0) + 1)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_written(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def unclosed(problem: str, begun: tuple[int, int], stopped: tuple[int, int], lines: list[str]) -> bool:
    """A quotation mark that runs to the end of the file, or a bracket that runs into another line."""
    line, column = stopped
    ended = not (lines[line][column:] + "".join(lines[line + 1 :])).strip()
    return ("quoted" in problem and "end of stream" in problem) or (
        bool(re.search("flow (sequence|mapping)", problem)) and (begun[0] < line or ended)
    )


ALIGN = Words(
    "同一层的行要对齐，下一层多缩进两格；`- ` 和键不混在一层",
    "lines of one level start in the same column, those of the next two further in; list items and keys do not mix",
)

EXPLANATIONS = (
    (
        "scanning an alias",
        "aliases",
        Words("`*` 开头的是引用，这里不用引用", "a leading `*` is an alias; aliases are not used here"),
        Words("要写星号本身，整句用英文单引号包起来", "to write an asterisk, put quotes around the text"),
    ),
    (
        "scanning an anchor",
        "aliases",
        Words("`&` 开头的是锚点，这里不用锚点", "a leading `&` is an anchor; anchors are not used here"),
        Words("要写这个符号本身，整句用英文单引号包起来", "to write the character itself, put quotes around the text"),
    ),
    (
        "a tag:",
        "tags",
        Words("`!` 开头的是标签，这里不用标签", "a leading `!` is a tag; tags are not used here"),
        Words("要写感叹号本身，整句用英文单引号包起来", "to write an exclamation mark, put quotes around the text"),
    ),
    (
        "quoted.*end of stream",
        "yaml",
        Words("从这里开始的引号没有关上", "the quotation mark that opens here is not closed"),
        Words("在句末补上同样的引号", "add the same mark at the end of the text"),
    ),
    (
        "flow (sequence|mapping)",
        "yaml",
        Words(
            "从这里开始的括号没有关上，或者里面缺少逗号",
            "the bracket that opens here is not closed, or a comma is missing inside",
        ),
        Words("补上 ] 或 }，或用英文逗号分开各项", "add the closing ] or }, or separate with commas"),
    ),
    (
        "extra",
        "yaml",
        Words("这里多了一个括号", "there is a closing bracket too many here"),
        Words("删掉它，或补上它的另一半", "remove it, or add the one that opens"),
    ),
    (
        "comma",
        "yaml",
        Words("括号里缺少一个逗号", "a comma is missing between brackets"),
        Words(
            f"各项之间用英文逗号分开；内容里要写 `: ` 的，{QUOTES.zh}",
            f"separate with commas; in a text that holds `: `, {QUOTES.en}",
        ),
    ),
    (
        "no dash",
        "yaml",
        Words(
            "这一行以括号开头，前面缺少 `- ` 或者键",
            "this line begins with a bracket: a `- ` or a key is missing before it",
        ),
        Words(
            "列表里的一项写成 `- { … }`，和别的项对齐", "write an item of a list as `- { … }`, aligned with the others"
        ),
    ),
    (
        "mapping values are not allowed",
        "yaml",
        Words("这里多了一个冒号", "there is a colon too many here"),
        Words(f"内容里要写 `: ` 的，{QUOTES.zh}", f"in a text that holds `: `, {QUOTES.en}"),
    ),
    (
        "could not find expected ':'",
        "yaml",
        Words("这一行缺少冒号，或者没有缩进", "a colon is missing on this line, or its indentation"),
        Words(
            "写成 `键: 值`；接着上一行的内容比键多缩进两格",
            "write `key: value`, or indent a text that goes on from the line above",
        ),
    ),
    (
        "sequence entries are not allowed",
        "yaml",
        Words("`- ` 不能和键写在同一行", "a list item cannot stand on the line of its key"),
        Words("换一行，缩进后再写 `- `", "put it on a line of its own, indented"),
    ),
    (
        "escape|hexdecimal",
        "yaml",
        Words(
            "双引号里的 `\\` 和后面的字符连在一起有别的意思",
            "in double quotes a `\\` changes what the next character means",
        ),
        Words("换成单引号，或删掉 `\\`", "use single quotes, or remove the `\\`"),
    ),
    (
        "block scalar",
        "yaml",
        Words("`|` 或 `>` 后面要换行", "what follows `|` or `>` begins on the next line"),
        Words("内容从下一行开始，缩进两格", "begin the text on the next line, indented by two spaces"),
    ),
    (
        "node content",
        "yaml",
        Words("这个符号的前面缺少内容", "something is missing before this character"),
        Words("补上内容，或删掉多出来的逗号、括号", "write it, or remove the comma or bracket that is too many"),
    ),
    (
        "cannot start any token|directive",
        "yaml",
        Words("内容不能以这个字符开头", "a text cannot begin with this character"),
        QUOTES,
    ),
    (
        "",
        "yaml",
        Words("这里的写法读不懂", "what is written here cannot be read"),
        Words(
            "看看这一行和上一行的缩进、冒号和引号",
            "look at the indentation, colons and quotes of this line and the one before",
        ),
    ),
)
