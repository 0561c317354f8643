"""One line of YAML → the typo in it that comes of typing with a Chinese input method, if there is one."""

import re
from dataclasses import dataclass

from minglu.diagnostics import Words

SAVE_AS_UTF8 = Words(
    "在编辑器里选“另存为”，编码选 UTF-8（不带 BOM）", "save the file again as UTF-8 without a byte order mark"
)


@dataclass(frozen=True)
class Typo:
    column: int  # from 1
    length: int
    says: Words
    help: Words


def find_typo(line: str) -> Typo | None:
    """The first typo on a line that could not be read as it was meant."""
    for pattern, says, help in TYPOS:
        if found := re.search(pattern, line):
            start, end = found.span(1)
            return Typo(start + 1, end - start, says, help)
    return None


KEY = r"(?a:[\w-]+)"
COLON = Words("换成英文冒号，后面空一格", "write an ordinary colon and a space")
COMMA = Words("换成英文逗号", "write an ordinary comma")
SPACE = Words("在冒号后面空一格", "put a space after the colon")
BRACKET = Words("换成英文的 `{ }` 或 `[ ]`", "write ordinary `{ }` or `[ ]`")
QUOTES = Words(
    "整句用英文单引号包起来，如 `'……'`；“”不算",
    "put ordinary quotes around the whole text, such as `'…'`; “ ” do not count",
)

TYPOS = (
    (
        r"^[ ]*(\t)",
        Words("行首有制表符（按 Tab 键打出来的）", "there is a tab at the start of the line"),
        Words("删掉它，缩进只用空格", "remove it and indent with spaces only"),
    ),
    (
        r"^[ ]*(\u00a0+)",
        Words(
            "行首的空格不是普通空格，多半是从网页或文档里粘贴来的",
            "the spaces at the start of the line are not ordinary ones, probably pasted from a page or document",
        ),
        Words("删掉，用空格键重打", "delete them and type ordinary spaces"),
    ),
    (
        r"^[ ]*(\u3000+)",
        Words("行首有全角空格", "there is a full-width space at the start of the line"),
        Words("缩进只用半角空格", "indent with ordinary spaces"),
    ),
    (rf"^\s*(?:- )?{KEY}(：)", Words("这是全角冒号", "this is a full-width colon"), COLON),
    (rf"^\s*(?:- )?{KEY}(:)[^\s/]", Words("冒号后面缺一个空格", "a space is missing after the colon"), SPACE),
    (rf"[{{,]\s*{KEY}(：)", Words("这是全角冒号", "this is a full-width colon"), COLON),
    (
        r"^\s*(?:- )?(?:[\w-]+[:：]\s*|.*[{,]\s*[\w-]+[:：]\s*)([｛［])",
        Words("这是全角括号", "this is a full-width bracket"),
        BRACKET,
    ),
    (
        r"^\s*(-)[^\s-]",
        Words("`-` 后面缺一个空格", "a space is missing after the `-`"),
        Words("在 `-` 后面空一格", "put a space after the `-`"),
    ),
    (rf"[\[{{].*?(，)\s*{KEY}[:：]", Words("这是全角逗号", "this is a full-width comma"), COMMA),
    (rf"[\[{{].*?(、)\s*{KEY}[:：]", Words("这是顿号", "this is an enumeration comma"), COMMA),
    (rf"[{{,]\s*{KEY}(:)[^\s/]", Words("冒号后面缺一个空格", "a space is missing after the colon"), SPACE),
    (
        r"(?::|-|^)\s+(?:\"[^\"]*\"|'[^']*'|\[[^\[\]]*\])\s*([^\s,:#\]}])",
        Words("内容在引号或括号后面又接着写了", "the text goes on after its quotation marks or brackets"),
        Words(
            "整句再用英文单引号包起来，如 `'……'`；或把里面的引号换成“”",
            "put single quotes around the whole text, or write “ ” inside it",
        ),
    ),
    (r"(\t)", Words("这里有制表符", "there is a tab here"), Words("换成空格", "write spaces instead")),
)

FULL_WIDTH = str.maketrans("０１２３４５６７８９：，－　．", "0123456789:,- .")


def typo_in_value(value: str) -> Words | None:
    """A help line for a short value (a name, a number, a list) with a typo."""
    if re.search(r"[\u200b-\u200f\u2060\u00ad]", value):
        return Words(
            "里面有看不见的字符，删掉重打一遍", "it holds an invisible character; delete it and type the word again"
        )
    if "\u00a0" in value:
        return Words(
            "里面的空格不是普通空格，删掉，用空格键重打",
            "it holds a space that is not an ordinary one; delete it and type one",
        )
    if "\u3000" in value:
        return Words("里面有全角空格，换成半角空格或删掉", "it holds a full-width space; write an ordinary one or none")
    flat = value.translate(FULL_WIDTH)
    if day := re.fullmatch(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?", flat):
        written = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
        return Words(f"写成 `{written}`", f"write `{written}`") if written != value else None
    if re.search(r"[０-９]", value):
        return Words(f"数字要用半角：`{flat}`", f"write ordinary digits: `{flat}`")
    if re.fullmatch(r"[\w -]+([，、][\w -]+)+", value, re.ASCII):
        return Words("分隔用英文逗号", "separate with ordinary commas")
    if re.fullmatch(r"[\w/-]+(, *[\w/-]+)+", value, re.ASCII):
        return Words(f"几个写成列表：`[{value}]`", f"write several as a list: `[{value}]`")
    if re.match("[【［｛]", value):
        return BRACKET
    if inside := re.fullmatch("[“”‘’「『\"']([^“”‘’]+)[“”‘’」』\"']", value):
        return Words(f"不加引号：`{inside[1]}`", f"write it without quotes: `{inside[1]}`")
    if comment := re.fullmatch(r"([\w-]+)\s*[#＃].*", value):
        return Words(
            f"写 `{comment[1]} # ……`：井号用英文的，前面空一格",
            f"write `{comment[1]} # …`: an ordinary `#` after a space",
        )
    if re.fullmatch(r".*[，。；]", flat):
        return Words("删掉后面的标点", "remove the punctuation at its end")
    if re.match(rf"{KEY}\s*：", value):
        return COLON
    if re.match(rf"{KEY}:[^\s/]", value):
        return SPACE
    return None
