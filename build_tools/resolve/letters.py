"""Letters as written → letters whose fields and citations stand for something."""

import re

from build_tools.diagnostics import Diagnostic, Span, Words, nearest
from build_tools.engine import citations
from build_tools.engine.letter import FIELD
from build_tools.resolve.model import Letter, Mention
from build_tools.resolve.statements import Binder


def bind_letters(folder: str, texts: dict[str, str], deadlines: set[str], binder: Binder) -> dict[str, Letter]:
    """The first line is the title, `# …`. `deadlines` are the ids that the tree's outcomes have."""
    return {id: bind_letter(id, text, f"trees/{folder}/letters/{id}.md", deadlines, binder) for id, text in sorted(texts.items())}


def bind_letter(id: str, text: str, file: str, deadlines: set[str], binder: Binder) -> Letter:
    title, _, body = text.partition("\n")
    if not title.startswith("# ") or not body.strip():
        binder.report("letters", Span(file, 1, 1), "函件的第一行要是标题，后面是正文", "a letter begins with its title and goes on with its text", "第一行写 `# 请商家……的函`", "write `# …` on the first line")
    mentions: list[Mention] = []
    known = {"today", *binder.questions, *deadlines}
    for number, line in enumerate(text.split("\n"), 1):
        for field in FIELD.finditer(line):
            if field[1] not in known:
                near = nearest(field[1], known)
                binder.found.append(Diagnostic("letters", Span(file, number, field.start() + 1, len(field[0])), Words(f"没有叫 `{field[1]}` 的问题或期限", f"no question or deadline is called `{field[1]}`"), Words(f"写 `{{{near}}}`", f"write `{{{near}}}`") if near else None))
        for found in citations.find(line, binder.names):
            at = Span(file, number, found.start + 1, len(found.text))
            mentions += [Mention(citation, at) for citation in binder.held(found, at)]
    return Letter(title.removeprefix("# ").strip(), re.sub(r"\n{3,}", "\n\n", body).strip(), Span(file, 1, 1), tuple(mentions))
