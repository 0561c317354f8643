"""An article → all that relies on it: tree by tree, then what the trees share, then hand-written pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minglu.compile import Compiled
from minglu.diagnostics import Span, Words, nearest
from minglu.diagnostics.terminal import place_in_file
from minglu.engine import citations
from minglu.engine.citations import Citation
from minglu.engine.labels import standing_label
from minglu.engine.names import Names
from minglu.resolve.model import Library, Mention, Outcome, Statement, Statute, names_of
from minglu.resolve.relying import Relying, relying_in_library, relying_in_tree, relying_paper
from minglu.unfold.model import Unfolded
from minglu.write.documents import document_prose, document_span

TOUCH_KINDS = {
    "outcome": Words("结论", "outcome"),
    "deadline": Words("期限", "deadline"),
    "letter": Words("函件", "letter"),
    "question": Words("问题", "question"),
    "tree": Words("树的介绍和走例", "introduction and walks"),
    "channel": Words("途径", "channel"),
    "evidence": Words("证据", "evidence"),
    "mistake": Words("误区", "mistake"),
    "paper": Words("文书", "paper"),
    "article": Words("条文的简述", "gist"),
    "page": Words("手写的页", "page"),
}
"""What may rely on an article, in the order of the report."""


@dataclass(frozen=True, kw_only=True)
class Touch:
    """One thing that relies on the article in question. `relies` are its citations that overlap with it; `tree` is ""
    for what the trees share.

    Of an outcome, `states` are the number of its states that show what relies on the article, and of all its states.
    """

    kind: str
    tree: str
    id: str
    title: str
    at: Span
    relies: tuple[Citation, ...]
    standing: str = ""
    states: tuple[int, int] = (0, 0)


def articles_named(text: str, statutes: dict[str, Statute]) -> tuple[Citation, ...] | Words:
    """The articles that a text names, all held by the library; or one sentence that says why not, with what comes
    nearest.
    """
    names = names_of(statutes)
    try:
        found = citations.read(text, names)
    except ValueError as error:
        problem = f"“{text}”后面没有写第几条" if names.slug(text) else str(error)
        example = nearest_citation(text, statutes, names)
        return Words(
            f"{problem}；写成 `{example}` 这样，名称用 trees/law 里有的",
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


def nearest_citation(text: str, statutes: dict[str, Statute], names: Names) -> str:
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
    return min(
        statute.articles, key=lambda held: abs(int(held.split("之")[0]) - int(number.split("之", maxsplit=1)[0]))
    )


def touches_of(article: Citation, compiled: Compiled, documents: dict[str, str]) -> list[Touch]:
    """All that relies on `article` in trees, library and `documents` (path → Markdown). For a paragraph, what cites the
    whole article is listed too.
    """
    library = compiled.project.library
    in_trees = [touch for one in compiled.unfolded.values() for touch in touches_in_tree(one, article)]
    in_pages = touches_in_documents(documents, article, library.names)
    in_papers = (touch_of(relying_paper(one), article) for one in compiled.project.papers.values())
    return [*in_trees, *touches_in_library(library, article), *filter(None, in_papers), *in_pages]


def touches_in_tree(one: Unfolded, article: Citation) -> list[Touch]:
    touches = (touch_of(relying, article, one) for relying in relying_in_tree(one.tree))
    return sorted(filter(None, touches), key=lambda touch: [*TOUCH_KINDS].index(touch.kind))


def touches_in_library(library: Library, article: Citation) -> Iterator[Touch]:
    return filter(None, (touch_of(relying, article) for relying in relying_in_library(library)))


def touch_of(relying: Relying, article: Citation, one: Unfolded | None = None) -> Touch | None:
    """All mentions of one thing are one touch, at the first of them; of an outcome of the tree `one`, at its head."""
    found = [mention for mention in relying.mentions if overlap(mention.citation, article)]
    if not found:
        return None
    outcome = one.tree.outcomes[relying.id] if one and relying.kind == "outcome" else None
    return Touch(
        kind=relying.kind,
        tree=relying.tree,
        id=relying.id,
        title=relying.title,
        at=outcome.at if outcome else found[0].at,
        relies=overlapping(found, article),
        standing=outcome.standing if outcome else "",
        states=states_touched(one, outcome, article) if one and outcome else (0, 0),
    )


def states_touched(one: Unfolded, outcome: Outcome, article: Citation) -> tuple[int, int]:
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


def touches_in_documents(documents: dict[str, str], article: Citation, names: Names) -> Iterator[Touch]:
    """Each place of a page is a touch, as a page may be long."""
    for path, source in sorted(documents.items()):
        for found in citations.find(document_prose(source), names):
            at = document_span(path=path, source=source, start=found.start, text=found.text)
            mentions = tuple(Mention(one, at) for one in found.citations)
            if overlapping(mentions, article):
                yield Touch(kind="page", tree="", id=path, title="", at=at, relies=overlapping(mentions, article))


def overlapping(mentions: Iterable[Mention], article: Citation) -> tuple[Citation, ...]:
    """The citations of the article, of a part of it, or of what it is a part of."""
    return tuple(dict.fromkeys(one.citation for one in mentions if overlap(one.citation, article)))


def overlap(one: Citation, other: Citation) -> bool:
    """Whether neither names a paragraph or an item that the other does not mean."""
    same = (one.statute, one.article) == (other.statute, other.article)
    return same and all(
        None in pair or pair[0] == pair[1] for pair in ((one.paragraph, other.paragraph), (one.item, other.item))
    )


def is_part_of(one: Citation, article: Citation) -> bool:
    """Of two that overlap, whether the first covers no more than the second."""
    return article.paragraph in (None, one.paragraph) and article.item in (None, one.item)


def touches_report(article: Citation, touches: list[Touch], compiled: Compiled, lang: str) -> Iterator[str]:
    """The article, what relies on it under its tree, each with its place, and how many there are of each kind."""
    library = compiled.project.library
    held = library.statutes[article.statute].articles[article.article]
    yield f"{citations.label(article, library.names)}　{held.topic}"
    if not touches:
        yield "没有什么引用它" if lang == "zh" else "nothing relies on it"
        return
    before = None
    for touch in touches:
        if touch.tree != before:
            yield "\n" + tree_heading(touch.tree, compiled, lang)
            before = touch.tree
        yield f"  {place_in_file(touch.at)}: {touch_line(touch, article, lang)}"
    counts = Counter(touch.kind for touch in touches)
    yield "\n" + ("、" if lang == "zh" else ", ").join(
        f"{getattr(TOUCH_KINDS[kind], lang)} {count}" for kind, count in counts.items()
    )
    if article.paragraph or article.item:
        exactly = sum(any(is_part_of(one, article) for one in touch.relies) for touch in touches)
        yield (
            f"正好引到这里的 {exactly} 处，只引到更大范围的 {len(touches) - exactly} 处"
            if lang == "zh"
            else f"{exactly} rely on exactly this, {len(touches) - exactly} only on more than this"
        )


def tree_heading(tree: str, compiled: Compiled, lang: str) -> str:
    if tree:
        return f"{tree}　{compiled.project.trees[tree].title}"
    return "各棵树共用的，和手写的页" if lang == "zh" else "shared by the trees, and hand-written pages"


def touch_line(touch: Touch, article: Citation, lang: str) -> str:
    kind = getattr(TOUCH_KINDS[touch.kind], lang)
    name = " ".join(filter(None, (kind, "" if touch.kind == "page" else f"`{touch.id}`", touch.title)))
    some, all = touch.states
    if lang == "zh":
        more = f"（{standing_label(touch.standing)}，{all} 种情况里的 {some} 种）" if all else ""
        return f"{name}{more}：{'、'.join(cited_part(one, article, lang) for one in touch.relies)}"
    more = f" ({touch.standing}, in {some} of {all} states)" if all else ""
    return f"{name}{more}: {', '.join(cited_part(one, article, lang) for one in touch.relies)}"


def cited_part(one: Citation, article: Citation, lang: str) -> str:
    """第24条第1款; where more is cited than was asked for, a note that it is the whole article or paragraph."""
    number, mark, inserted = one.article.partition("之")
    label = (
        f"第{number}条{mark}{inserted}"
        + (f"第{one.paragraph}款" if one.paragraph else "")
        + (f"第{one.item}项" if one.item else "")
    )
    if is_part_of(one, article):
        return label
    whole = (
        Words("（整条）", " (the whole article)")
        if one.paragraph is None
        else Words("（整款）", " (the whole paragraph)")
    )
    return label + getattr(whole, lang)
