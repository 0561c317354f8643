"""An article → all that relies on it: outcomes, deadlines, letters and questions tree by tree, what the trees share, and hand-written pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minglu.compile import Compiled
from minglu.diagnostics import Span, Words, nearest
from minglu.diagnostics.terminal import place
from minglu.engine import citations
from minglu.engine.citations import Citation, Names
from minglu.engine.labels import standing_label
from minglu.resolve.library import names_of
from minglu.resolve.model import Channel, Evidence, Library, Mention, Mistake, Outcome, Statement, Statute
from minglu.unfold.model import Unfolded
from minglu.write.documents import document_prose, document_span

KINDS = {
    "outcome": Words("结论", "outcome"),
    "deadline": Words("期限", "deadline"),
    "letter": Words("函件", "letter"),
    "question": Words("问题", "question"),
    "tree": Words("树的介绍和走例", "introduction and walks"),
    "channel": Words("途径", "channel"),
    "evidence": Words("证据", "evidence"),
    "mistake": Words("误区", "mistake"),
    "article": Words("条文的简述", "gist"),
    "page": Words("手写的页", "page"),
}


@dataclass(frozen=True)
class Touch:
    """One thing that relies on the article asked for. `relies` are its citations that overlap with it; `tree` is "" for what the trees share.

    Of an outcome, `states` says in how many of its states it is shown what relies on the article, and how many it has.
    """

    kind: str
    tree: str
    id: str
    title: str
    at: Span
    relies: tuple[Citation, ...]
    standing: str = ""
    states: tuple[int, int] = (0, 0)


def asked(text: str, statutes: dict[str, Statute]) -> tuple[Citation, ...] | Words:
    """The articles that a text names, all held by the library; or one sentence about why not, with what comes nearest."""
    names = names_of(statutes)
    try:
        found = citations.read(text, names)
    except ValueError as error:
        told = f"“{text}”后面没有写第几条" if names.slug(text) else str(error)
        example = meant(text, statutes, names)
        return Words(
            f"{told}；写成 `{example}` 这样，名称用 trees/law 里有的",
            f"cannot read the citation `{text}`; write it like `{example}`, with a name that trees/law holds",
        )
    for one in found:
        statute = statutes[one.statute]
        if one.article not in statute.articles:
            near = nearest_article(one.article, statute)
            return Words(
                f"法规库里的{statute.short}没有第{one.article}条，最近的是第{near}条",
                f"the library does not hold article {one.article} of {statute.short}; the nearest is {near}",
            )
    return tuple(found)


def meant(text: str, statutes: dict[str, Statute], names: Names) -> str:
    """The same citation with the name that comes nearest; where that cannot be read either, an example."""
    name, _, number = text.partition("第")
    known = {name: one for one in statutes.values() for name in (one.title, one.short, *one.also)}
    near = nearest(name.strip(" 《》"), known)
    if not near:
        return "消法第24条第1款"
    try:
        citations.read(f"{near}第{number}", names)
        return f"{near}第{number}"
    except ValueError:
        held, written = known[near].articles, re.search(r"[0-9]+", text)
        return f"{near}第{written[0] if written and written[0] in held else next(iter(held))}条"


def nearest_article(number: str, statute: Statute) -> str:
    return min(statute.articles, key=lambda held: abs(int(held.split("之")[0]) - int(number.split("之")[0])))


def touched(article: Citation, done: Compiled, documents: dict[str, str]) -> list[Touch]:
    """All that relies on `article`, tree by tree, then what the trees share, then `documents` (path → Markdown). Of a paragraph, also what cites the whole article."""
    library = done.project.library
    found = [touch for one in done.unfolded.values() for touch in in_tree(one, article)]
    return [*found, *in_library(library, article), *in_documents(documents, article, names_of(library.statutes))]


def in_tree(one: Unfolded, article: Citation) -> Iterator[Touch]:
    tree = one.tree
    for outcome in tree.outcomes.values():
        if relies := overlapping(relied(outcome), article):
            yield Touch(
                "outcome",
                tree.id,
                outcome.id,
                outcome.title,
                outcome.at,
                relies,
                outcome.standing,
                shown(one, outcome, article),
            )
    for outcome in tree.outcomes.values():
        for deadline in outcome.deadlines:
            yield from met(
                "deadline", tree.id, f"{outcome.id}/{deadline.id}", deadline.label, deadline.relied(), article
            )
    for letter_id, letter in tree.letters.items():
        yield from met("letter", tree.id, letter_id, letter.title, letter.mentions, article)
    for question in tree.questions.values():
        yield from met("question", tree.id, question.id, question.ask, question.mentions, article)
    introduced = (*tree.mentions, *(mention for walk in tree.walks for mention in walk.mentions))
    yield from met("tree", tree.id, tree.id, tree.title, introduced, article)


def met(kind: str, tree: str, id: str, title: str, mentions: Iterable[Mention], article: Citation) -> Iterator[Touch]:
    """One touch of all mentions of one thing, at the first of them."""
    if found := [one for one in mentions if overlap(one.citation, article)]:
        yield Touch(kind, tree, id, title, found[0].at, overlapping(found, article))


def relied(outcome: Outcome) -> Iterator[Mention]:
    yield from outcome.mentions
    for items in outcome.groups().values():
        for item in items:
            yield from item.relied() if isinstance(item, Statement) else ()


def shown(one: Unfolded, outcome: Outcome, article: Citation) -> tuple[int, int]:
    states = [state for state in one.states.values() if state.node == outcome.id]
    touching = {
        (group, index)
        for group, items in outcome.groups().items()
        for index, item in enumerate(items)
        if isinstance(item, Statement) and overlapping(item.relied(), article)
    }
    always = bool(overlapping(outcome.mentions, article))
    return sum(
        always or any((group, index) in touching for group, indexes in state.items.items() for index in indexes)
        for state in states
    ), len(states)


def in_library(library: Library, article: Citation) -> Iterator[Touch]:
    for kind, held in (("channel", library.channels), ("evidence", library.evidence), ("mistake", library.mistakes)):
        for id, entry in held.items():
            yield from met(kind, "", id, entry.title, said(entry), article)
    for statute in library.statutes.values():
        for one in statute.articles.values():
            yield from met("article", "", f"{statute.short}第{one.number}条", one.topic, one.mentions, article)


def said(entry: Channel | Evidence | Mistake) -> Iterator[Mention]:
    yield from entry.mentions
    for statement in entry.statements():
        yield from statement.relied()


def in_documents(documents: dict[str, str], article: Citation, names: Names) -> Iterator[Touch]:
    """A place each, as a page may be long."""
    for path, source in sorted(documents.items()):
        for found in citations.find(document_prose(source), names):
            at = document_span(path=path, source=source, start=found.start, text=found.text)
            yield from met("page", "", path, "", (Mention(one, at) for one in found.citations), article)


def overlapping(mentions: Iterable[Mention], article: Citation) -> tuple[Citation, ...]:
    """The citations that speak of the article, of a part of it, or of what it is a part of."""
    return tuple(dict.fromkeys(one.citation for one in mentions if overlap(one.citation, article)))


def overlap(one: Citation, other: Citation) -> bool:
    """Whether neither names a paragraph or an item that the other does not mean."""
    same = (one.statute, one.article) == (other.statute, other.article)
    return same and all(
        None in pair or pair[0] == pair[1] for pair in ((one.paragraph, other.paragraph), (one.item, other.item))
    )


def within(one: Citation, article: Citation) -> bool:
    """Of two that overlap, whether the first says no more than the second."""
    return article.paragraph in (None, one.paragraph) and article.item in (None, one.item)


def lines(article: Citation, touches: list[Touch], done: Compiled, lang: str) -> Iterator[str]:
    """The article, what relies on it below its tree, each with its place, and how many there are of each kind."""
    library = done.project.library
    held = library.statutes[article.statute].articles[article.article]
    yield f"{citations.label(article, names_of(library.statutes))}　{held.topic}"
    if not touches:
        yield "没有什么引用它" if lang == "zh" else "nothing relies on it"
        return
    before = None
    for touch in touches:
        if touch.tree != before:
            yield "\n" + (
                f"{touch.tree}　{done.project.trees[touch.tree].title}"
                if touch.tree
                else "各棵树共用的，和手写的页"
                if lang == "zh"
                else "shared by the trees, and hand-written pages"
            )
            before = touch.tree
        yield f"  {place(touch.at)}: {told(touch, article, lang)}"
    counts = Counter(touch.kind for touch in touches)
    yield "\n" + ("、" if lang == "zh" else ", ").join(
        f"{getattr(KINDS[kind], lang)} {count}" for kind, count in counts.items()
    )
    if article.paragraph or article.item:
        exactly = sum(any(within(one, article) for one in touch.relies) for touch in touches)
        yield (
            f"正好引到这里的 {exactly} 处，只引到更大范围的 {len(touches) - exactly} 处"
            if lang == "zh"
            else f"{exactly} rely on exactly this, {len(touches) - exactly} only on more than this"
        )


def told(touch: Touch, article: Citation, lang: str) -> str:
    kind = getattr(KINDS[touch.kind], lang)
    name = " ".join(filter(None, (kind, "" if touch.kind == "page" else f"`{touch.id}`", touch.title)))
    some, all = touch.states
    if lang == "zh":
        more = f"（{standing_label(touch.standing)}，{all} 种情况里的 {some} 种）" if all else ""
        return f"{name}{more}：{'、'.join(part(one, article, lang) for one in touch.relies)}"
    more = f" ({touch.standing}, in {some} of {all} states)" if all else ""
    return f"{name}{more}: {', '.join(part(one, article, lang) for one in touch.relies)}"


def part(one: Citation, article: Citation, lang: str) -> str:
    """第24条第1款; where more is cited than was asked for, that it is the whole article or paragraph."""
    number, mark, inserted = one.article.partition("之")
    label = (
        f"第{number}条{mark}{inserted}"
        + (f"第{one.paragraph}款" if one.paragraph else "")
        + (f"第{one.item}项" if one.item else "")
    )
    if within(one, article):
        return label
    whole = (
        Words("（整条）", " (the whole article)")
        if one.paragraph is None
        else Words("（整款）", " (the whole paragraph)")
    )
    return label + getattr(whole, lang)
