"""Letters as written → letters whose fields and citations stand for something."""

import re
from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine import citations
from minglu.engine.letter import LETTER_FIELD, LETTER_GAP, REPLIES
from minglu.resolve.citation_binder import mentions_of
from minglu.resolve.model import Letter, Mention
from minglu.resolve.scope import TreeScope

CHAT_HEADING = "## 聊天里发"
CHAT_MOST = 80


def bind_letters(
    folder: str, texts: dict[str, str], reckoned: set[str], scope: TreeScope, found: list[Diagnostic]
) -> dict[str, Letter]:
    """The first line is the title, `# …`. `reckoned` are the ids of the outcomes' deadlines and amounts."""
    return {
        id: bind_letter(id, text, f"trees/{folder}/letters/{id}.md", reckoned, scope, found)
        for id, text in sorted(texts.items())
    }


def bind_letter(id: str, text: str, file: str, reckoned: set[str], scope: TreeScope, found: list[Diagnostic]) -> Letter:
    title, _, rest = text.partition("\n")
    body, heading, chat = rest.partition(f"\n{CHAT_HEADING}\n")
    if not title.startswith("# ") or not body.strip():
        found.append(
            Diagnostic(
                "letters",
                Span(file, 1, 1),
                Words("函件的第一行要是标题，后面是正文", "a letter begins with its title and goes on with its text"),
                Words("第一行写 `# 请商家……的函`", "write `# …` on the first line"),
            )
        )
    mentions: list[Mention] = []
    known = {"today", REPLIES, *scope.kinds, *reckoned}
    for number, line in enumerate(text.split("\n"), 1):
        for field in LETTER_FIELD.finditer(line):
            if field[1] not in known:
                found.append(
                    Diagnostic(
                        "letters",
                        Span(file, number, field.start() + 1, len(field[0])),
                        Words(f"没有叫 `{field[1]}` 的问题或期限", f"no question or deadline is called `{field[1]}`"),
                        field_to_write(field[1], known),
                    )
                )
            elif says_yuan_twice(field, scope, reckoned):
                found.append(
                    Diagnostic(
                        "letters",
                        Span(file, number, field.start() + 1, len(field[0])),
                        Words(f"`{field[1]}` 填出来就带着“元”", f"`{field[1]}` is filled in with its 元"),
                        Words("删掉后面的“元”", "leave out the 元 after it"),
                    )
                )
        found += unfilled_marks(line, file, number)
        for brace in re.finditer("｛[^｛｝]*｝?|｝", line):
            found.append(
                Diagnostic(
                    "letters",
                    Span(file, number, brace.start() + 1, len(brace[0])),
                    Words("这是全角花括号", "this is a full-width brace"),
                    Words("换成英文的：`{today}`", "write an ordinary one: `{today}`"),
                )
            )
        check_gaps(line, Span(file, number, 1), found)
        for one in citations.find(line, scope.names):
            mentions += mentions_of(one, Span(file, number, one.start + 1, len(one.text)), scope, found)
    if heading:
        check_chat(chat.strip(), Span(file, rest[: len(body) + 1].count("\n") + 2, 1, len(CHAT_HEADING)), found)
    return Letter(
        title.removeprefix("# ").strip(),
        re.sub(r"\n{3,}", "\n\n", body).strip(),
        chat.strip(),
        tuple(dict.fromkeys(gap[1].strip() for gap in LETTER_GAP.finditer(rest))),
        Span(file, 1, 1),
        tuple(mentions),
    )


def says_yuan_twice(field: re.Match[str], scope: TreeScope, reckoned: set[str]) -> bool:
    is_money = field[1] in reckoned or scope.kinds.get(field[1]) == "money"
    return is_money and field.string[field.end() :].lstrip().startswith("元")


def check_gaps(line: str, at: Span, found: list[Diagnostic]) -> None:
    """Each 【 is closed on its line, by the next bracket, and what stands between is a name."""
    for gap in re.finditer(r"【[^【】]*】?|】", line):
        if LETTER_GAP.fullmatch(gap[0]) and gap[0].strip("【】 　"):
            continue
        place = Span(at.file, at.line, gap.start() + 1, len(gap[0]))
        if gap[0].startswith("【") and gap[0].endswith("】"):
            says = Words("【】里没有写要填什么", "there is nothing in 【】 that says what to fill in")
        elif gap[0] == "】":
            says = Words("这个】前面没有【", "this 】 has no 【 before it")
        else:
            says = Words("这个【没有】", "this 【 has no 】")
        found.append(
            Diagnostic(
                "letters", place, says, Words("写成【姓名】这样，在同一行里", "write it like 【姓名】, on one line")
            )
        )


def check_chat(chat: str, at: Span, found: list[Diagnostic]) -> None:
    """Not empty, and short enough for a chat window; a field counts as it is written."""
    if not chat:
        found.append(
            Diagnostic(
                "letters",
                at,
                Words(f"`{CHAT_HEADING}` 下面没有字", f"nothing stands below `{CHAT_HEADING}`"),
                Words("写上短的一段，或删掉这个标题", "write the short form, or remove the heading"),
            )
        )
    elif len(chat) > CHAT_MOST:
        found.append(
            Diagnostic(
                "letters",
                at,
                Words(
                    f"聊天里发的有 {len(chat)} 个字，最多 {CHAT_MOST} 个",
                    f"the form for a chat has {len(chat)} characters; {CHAT_MOST} is the most",
                ),
                Words("留下要求和日期，别的删掉", "keep the demand and the day, and leave out the rest"),
            )
        )


def field_to_write(field: str, known: set[str]) -> Words:
    """What to write for a field that stands for nothing."""
    if near := nearest(field.strip(), known):
        return Words(f"写 `{{{near}}}`", f"write `{{{near}}}`")
    return Words(
        f"只有读者知道的，写成【{field}】；自动填的写 `{{today}}`、`{{问题的名字}}` 或 `{{期限的名字}}`",
        f"write what only the reader knows as 【{field}】; what is filled in is `{{today}}`, `{{a question}}` or"
        " `{a deadline}`",
    )


def unfilled_marks(line: str, file: str, number: int) -> Iterator[Diagnostic]:
    """Braces that are no field."""
    rest = LETTER_FIELD.sub(lambda field: " " * len(field[0]), line)
    for brace in re.finditer("[{}]+", rest):
        yield Diagnostic(
            "letters",
            Span(file, number, brace.start() + 1, len(brace[0])),
            Words(f"这个 `{brace[0]}` 没有配成一对", f"this `{brace[0]}` has no partner"),
            Words("自动填的写成 `{today}` 这样；不是就删掉", "write a field like `{today}`, or remove the brace"),
        )
