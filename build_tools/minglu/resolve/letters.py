"""Letters as written → letters whose fields and citations stand for something."""

import re

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine import citations
from minglu.engine.letter import LETTER_FIELD
from minglu.resolve.model import Letter, Mention
from minglu.resolve.statements import Binder


def bind_letters(folder: str, texts: dict[str, str], deadlines: set[str], binder: Binder) -> dict[str, Letter]:
    """The first line is the title, `# …`. `deadlines` are the ids that the tree's outcomes have."""
    return {
        id: bind_letter(id, text, f"trees/{folder}/letters/{id}.md", deadlines, binder)
        for id, text in sorted(texts.items())
    }


def bind_letter(id: str, text: str, file: str, deadlines: set[str], binder: Binder) -> Letter:
    title, _, body = text.partition("\n")
    if not title.startswith("# ") or not body.strip():
        binder.report(
            "letters",
            Span(file, 1, 1),
            "函件的第一行要是标题，后面是正文",
            "a letter begins with its title and goes on with its text",
            "第一行写 `# 请商家……的函`",
            "write `# …` on the first line",
        )
    mentions: list[Mention] = []
    known = {"today", *binder.questions, *deadlines}
    for number, line in enumerate(text.split("\n"), 1):
        for field in LETTER_FIELD.finditer(line):
            if field[1] not in known:
                binder.found.append(
                    Diagnostic(
                        "letters",
                        Span(file, number, field.start() + 1, len(field[0])),
                        Words(f"没有叫 `{field[1]}` 的问题或期限", f"no question or deadline is called `{field[1]}`"),
                        instead(field[1], known),
                    )
                )
        for brace in re.finditer("｛[^｛｝]*｝?|｝", line):
            binder.report(
                "letters",
                Span(file, number, brace.start() + 1, len(brace[0])),
                "这是全角花括号",
                "this is a full-width brace",
                "换成英文的：`{today}`",
                "write an ordinary one: `{today}`",
            )
        for found in citations.find(line, binder.names):
            at = Span(file, number, found.start + 1, len(found.text))
            mentions += [Mention(citation, at) for citation in binder.held(found, at)]
    return Letter(
        title.removeprefix("# ").strip(), re.sub(r"\n{3,}", "\n\n", body).strip(), Span(file, 1, 1), tuple(mentions)
    )


def instead(field: str, known: set[str]) -> Words:
    """What to write for a field that stands for nothing."""
    if near := nearest(field.strip(), known):
        return Words(f"写 `{{{near}}}`", f"write `{{{near}}}`")
    return Words(
        f"只有读者知道的，写成【{field}】；自动填的写 `{{today}}`、`{{问题的名字}}` 或 `{{期限的名字}}`",
        f"write what only the reader knows as 【{field}】; what is filled in is `{{today}}`, `{{a question}}` or `{{a deadline}}`",
    )
