"""What hand-written pages take from the trees: `<!-- minglu:trees -->` in their source becomes the fragment `trees`."""

import re
from collections.abc import Callable

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine.contract import CompiledTree
from minglu.write.calculators import calculators_list
from minglu.write.html import NOTHING, Html, bold, dialled, element, escaped, html_list, page_html
from minglu.write.links import Pen
from minglu.write.markdown_source import html_block
from minglu.write.words import page_words

FRAGMENTS = "fragments/"
PLACEHOLDER = re.compile(r"<!--\s*minglu:\s*([^\s>]*?)\s*-->")
CODE = re.compile(r"^(```+|~~~+).*?^\1|(`+)[^`\n]+\2", re.DOTALL | re.MULTILINE)
DANGER = re.compile("冒烟|起火|着火|鼓包|受伤")


def all_fragments(pen: Pen) -> dict[str, bytes]:
    """By path: one file a fragment, so that any generator of sites can include them."""
    return {f"{FRAGMENTS}{name}.html": make(pen).encode() for name, make in fragment_makers().items()}


def fragment_makers() -> dict[str, Callable[[Pen], Html]]:
    return {
        "danger": danger_note,
        "kept-case": kept_case,
        "trees": begin_tiles,
        "onward": onward_tiles,
        "counts": counts_sentence,
        "as-of": earliest_as_of,
        "calculators": calculators_list,
    }


def fill_fragments(source: str, files: dict[str, bytes], *, path: str) -> tuple[str, list[Diagnostic]]:
    """Put the fragments among `files` into the Markdown `source` of the page at `path`; what stands in code stays."""
    found: list[Diagnostic] = []
    text = CODE.sub(lambda code: " " * len(code[0]), source)

    def fragment(match: re.Match[str]) -> str:
        if not text[match.start()].strip():
            return match[0]
        held = files.get(f"{FRAGMENTS}{match[1]}.html")
        if held is None:
            line = source.count("\n", 0, match.start()) + 1
            column = match.start() - source.rfind("\n", 0, match.start())
            found.append(unknown_fragment(match[1], Span(path, line, column, len(match[0])), files))
            return match[0]
        return held.decode()

    return PLACEHOLDER.sub(fragment, source), found


def unknown_fragment(name: str, at: Span, files: dict[str, bytes]) -> Diagnostic:
    near = nearest(
        name, [path.removeprefix(FRAGMENTS).removesuffix(".html") for path in files if path.startswith(FRAGMENTS)]
    )
    return Diagnostic(
        "placeholders",
        at,
        Words(f"没有叫 `{name}` 的片段", f"no fragment is called `{name}`"),
        Words(f"写 `{near}`", f"write `{near}`")
        if near
        else Words(f"可以写：{'、'.join(fragment_makers())}", f"it may be: {', '.join(fragment_makers())}"),
    )


def kept_case(pen: Pen) -> Html:
    """For a reader whose device keeps a case: the script shows it then (web/minglu.js)."""
    if "case" in pen.without:
        return NOTHING
    link = element("a", bold(page_words("fragment.kept-case")), cls="choice", href="case.html")
    return html_block(element("kept-case", link, hidden=True))


def begin_tiles(pen: Pen) -> Html:
    """A tile for each tree where readers begin; last those for readers who cannot tell which."""
    project, trees = pen.site.compiled.project, pen.site.compiled.trees
    begin = [tree_tile(trees[id], pen) for id in project.trees if id not in (*project.unsure, *project.onward)]
    return tile_list([*begin, *(tree_tile(trees[id], pen, "choice unsure") for id in project.unsure)])


def onward_tiles(pen: Pen) -> Html:
    """A tile for each tree that takes readers further who are on their way already."""
    project, trees = pen.site.compiled.project, pen.site.compiled.trees
    title = element("h2", page_words("fragment.onward"))
    return tile_list([tree_tile(trees[id], pen) for id in project.onward], title)


def tile_list(links: list[Html], title: Html = NOTHING) -> Html:
    return html_block(title + html_list(links, cls="choices tiles", role="list")) if links else NOTHING


def tree_tile(tree: CompiledTree, pen: Pen, cls: str = "choice") -> Html:
    words = bold(pen.bare(tree.plain)) + element("span", pen.bare(tree.lead))
    return element("a", words, cls=cls, href=f"trees/{tree.tree}.html")


def danger_note(pen: Pen) -> Html:
    """What comes before everything, if a tree knows about danger."""
    if not any(covers_danger(one) for one in pen.site.compiled.trees.values()):
        return NOTHING
    says = bold(page_words("fragment.danger")) + dialled(page_html("fragment.danger-what-to-do"))
    return html_block(element("p", says, cls="danger", role="note"))


def covers_danger(tree: CompiledTree) -> bool:
    return any(DANGER.search(answer.label) for question in tree.questions.values() for answer in question.answers)


def counts_sentence(pen: Pen) -> Html:
    trees, cited = pen.site.compiled.trees.values(), pen.site.citing_places
    return page_html(
        "fragment.counts",
        trees=len(trees),
        questions=sum(len(tree.questions) for tree in trees),
        ends=sum(len({state.node for state in tree.states.values() if not state.to}) for tree in trees),
        statutes=len({slug for slug, _ in cited}),
        articles=len(cited),
    )


def earliest_as_of(pen: Pen) -> Html:
    """The earliest day as of which a tree states the law."""
    return escaped(min((one.as_of for one in pen.site.compiled.trees.values()), default=""))
