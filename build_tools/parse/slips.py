"""One line of YAML → the slip of the input method that Chinese editors make there, if it holds one."""

import re
from dataclasses import dataclass

from build_tools.diagnostics import Words

SAVE_AS_UTF8 = Words("在编辑器里选“另存为”，编码选 UTF-8（不带 BOM）", "save the file again as UTF-8 without a byte order mark")


@dataclass(frozen=True)
class Slip:
    column: int  # from 1
    length: int
    says: Words
    help: Words


def find(line: str) -> Slip | None:
    """The first slip on a line that could not be read as it was meant."""
    for pattern, says, help in SLIPS:
        if found := re.search(pattern, line):
            start, end = found.span(1)
            return Slip(start + 1, end - start, says, help)
    return None


KEY = r"(?a:[\w-]+)"
COLON = Words("换成英文冒号，后面空一格", "write an ordinary colon and a space")
COMMA = Words("换成英文逗号", "write an ordinary comma")
SPACE = Words("在冒号后面空一格", "put a space after the colon")

SLIPS = (
    (r"^[ ]*(\t)", Words("行首有制表符", "there is a tab at the start of the line"), Words("缩进只用空格", "indent with spaces only")),
    (r"^[ ]*(\u3000+)", Words("行首有全角空格", "there is a full-width space at the start of the line"), Words("缩进只用半角空格", "indent with ordinary spaces")),
    (rf"^\s*(?:- )?{KEY}(：)", Words("这是全角冒号", "this is a full-width colon"), COLON),
    (rf"^\s*(?:- )?{KEY}(:)[^\s/]", Words("冒号后面缺一个空格", "a space is missing after the colon"), SPACE),
    (rf"[{{,]\s*{KEY}(：)", Words("这是全角冒号", "this is a full-width colon"), COLON),
    (rf"[\[{{].*?(，)\s*{KEY}[:：]", Words("这是全角逗号", "this is a full-width comma"), COMMA),
    (rf"[\[{{].*?(、)\s*{KEY}[:：]", Words("这是顿号", "this is an enumeration comma"), COMMA),
    (rf"[{{,]\s*{KEY}(:)[^\s/]", Words("冒号后面缺一个空格", "a space is missing after the colon"), SPACE),
    (r"(?::|-|^)\s+(?:\"[^\"]*\"|'[^']*'|\[[^\[\]]*\])\s*([^\s,:#\]}])", Words("内容在引号或括号后面又接着写了", "the text goes on after its quotation marks or brackets"), Words("整句再用引号包起来；里面有双引号的，用单引号", "put quotes around the whole text, single ones if it holds double ones")),
    (r"(\t)", Words("这里有制表符", "there is a tab here"), Words("换成空格", "write spaces instead")),
)

FULL_WIDTH = str.maketrans("０１２３４５６７８９：，－　．", "0123456789:,- .")


def in_value(value: str) -> Words | None:
    """A help line for a short value (a name, a number, a list) that holds a slip."""
    if re.search(r"[\u200b-\u200f\u2060\u00ad]", value):
        return Words("里面有看不见的字符，删掉重打一遍", "it holds an invisible character; delete it and type the word again")
    if re.search(r"[\u3000\u00a0]", value):
        return Words("里面有全角空格，换成半角空格或删掉", "it holds a full-width space; write an ordinary one or none")
    flat = value.translate(FULL_WIDTH)
    if day := re.fullmatch(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?", flat):
        written = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
        return Words(f"写成 `{written}`", f"write `{written}`") if written != value else None
    if re.search(r"[０-９]", value):
        return Words(f"数字要用半角：`{flat}`", f"write ordinary digits: `{flat}`")
    if re.fullmatch(r"[\w -]+([，、][\w -]+)+", value, re.ASCII):
        return Words("分隔用英文逗号", "separate with ordinary commas")
    if re.match(rf"{KEY}\s*：", value):
        return COLON
    if re.match(rf"{KEY}:[^\s/]", value):
        return SPACE
    return None
