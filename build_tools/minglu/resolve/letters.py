"""Letters as written → letters whose fields and citations stand for something."""

import re

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine import citations
from minglu.engine.letter import LETTER_FIELD
from minglu.resolve.citation_binder import mentions_of
from minglu.resolve.model import Letter, Mention
from minglu.resolve.scope import TreeScope


def bind_letters(
    folder: str, texts: dict[str, str], reckoned: set[str], scope: TreeScope, found: list[Diagnostic]
) -> dict[str, Letter]:
    """The first line is the title, `# …`. `reckoned` are the ids of the outcomes' deadlines and amounts."""
    return {
        id: bind_letter(id, text, f"trees/{folder}/letters/{id}.md", reckoned, scope, found)
        for id, text in sorted(texts.items())
    }


def bind_letter(id: str, text: str, file: str, reckoned: set[str], scope: TreeScope, found: list[Diagnostic]) -> Letter:
    title, _, body = text.partition("\n")
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
    known = {"today", *scope.kinds, *reckoned}
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
        for brace in re.finditer("｛[^｛｝]*｝?|｝", line):
            found.append(
                Diagnostic(
                    "letters",
                    Span(file, number, brace.start() + 1, len(brace[0])),
                    Words("这是全角花括号", "this is a full-width brace"),
                    Words("换成英文的：`{today}`", "write an ordinary one: `{today}`"),
                )
            )
        for one in citations.find(line, scope.names):
            mentions += mentions_of(one, Span(file, number, one.start + 1, len(one.text)), scope, found)
    return Letter(
        title.removeprefix("# ").strip(), re.sub(r"\n{3,}", "\n\n", body).strip(), Span(file, 1, 1), tuple(mentions)
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
