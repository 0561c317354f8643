"""What hand-written pages take from the trees: `<!-- minglu:trees -->` in a Markdown source becomes the fragment `trees`."""

import re

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine.contract import CompiledTree
from minglu.write.html import Html, element, listed
from minglu.write.links import Pen
from minglu.write.source import block

FOLDER = "fragments/"
PLACEHOLDER = re.compile(r"<!--\s*minglu:([a-z-]+)\s*-->")
DANGER = re.compile("冒烟|起火|着火|鼓包|受伤")


def fragments(pen: Pen) -> dict[str, bytes]:
    """By path: one file a fragment, so that any generator of sites can include them."""
    made = {
        "danger": danger_note(pen),
        "trees": begin_tiles(pen),
        "onward": onward_tiles(pen),
        "counts": counts_sentence(pen),
        "as-of": earliest_as_of(pen),
    }
    return {f"{FOLDER}{name}.html": html.encode() for name, html in made.items()}


def fill_fragments(source: str, path: str, files: dict[str, bytes]) -> tuple[str, list[Diagnostic]]:
    """Put the fragments into the Markdown `source` of the page at `path`."""
    found: list[Diagnostic] = []

    def put(match: re.Match) -> str:
        held = files.get(f"{FOLDER}{match[1]}.html")
        if held is None:
            names = [name.removeprefix(FOLDER).removesuffix(".html") for name in files if name.startswith(FOLDER)]
            near = nearest(match[1], names)
            line = source.count("\n", 0, match.start()) + 1
            at = Span(path, line, match.start() - source.rfind("\n", 0, match.start()), len(match[0]))
            found.append(
                Diagnostic(
                    "placeholders",
                    at,
                    Words(f"没有叫 `{match[1]}` 的片段", f"no fragment is called `{match[1]}`"),
                    Words(f"写 `{near}`", f"write `{near}`") if near else None,
                )
            )
            return match[0]
        return held.decode()

    return PLACEHOLDER.sub(put, source), found


def begin_tiles(pen: Pen) -> Html:
    """A tile a tree where readers begin; last those for who cannot tell which."""
    project, trees = pen.site.compiled.project, pen.site.compiled.trees
    begin = [tile(trees[id], pen) for id in project.trees if id not in (*project.unsure, *project.onward)]
    return tiles([*begin, *(tile(trees[id], pen, "choice unsure") for id in project.unsure)])


def onward_tiles(pen: Pen) -> Html:
    """A tile a tree where those go on who are on their way."""
    project, trees = pen.site.compiled.project, pen.site.compiled.trees
    return tiles([tile(trees[id], pen) for id in project.onward], element("h2", "已经在维权路上？"))


def tiles(links: list[Html], title: Html = "") -> Html:
    return block(title + listed(links, cls="choices tiles", role="list")) if links else ""


def tile(tree: CompiledTree, pen: Pen, cls: str = "choice") -> Html:
    return element(
        "a",
        element("b", pen.bare(tree.plain)) + element("span", pen.bare(tree.lead)),
        cls=cls,
        href=f"trees/{tree.tree}.html",
    )


def danger_note(pen: Pen) -> Html:
    """What comes before everything, if a tree knows about danger."""
    if not any(covers_danger(one) for one in pen.site.compiled.trees.values()):
        return ""
    return block(
        element(
            "p",
            "<b>正在冒烟、起火，或有人受伤？</b>人先离开。起火打 119，救人打 120。能安全断电再断电。残骸留着，别寄走。",
            cls="danger",
            role="note",
        )
    )


def covers_danger(tree: CompiledTree) -> bool:
    return any(DANGER.search(answer.label) for question in tree.questions.values() for answer in question.answers)


def counts_sentence(pen: Pen) -> Html:
    trees, relying = pen.site.compiled.trees.values(), pen.site.relying
    questions = sum(len(tree.questions) for tree in trees)
    ends = sum(len({state.node for state in tree.states.values() if not state.to}) for tree in trees)
    return f"{len(trees)} 棵决策树、{questions} 个问题、{ends} 种结论，引用 {len({slug for slug, _ in relying})} 部法律文件的 {len(relying)} 条"


def earliest_as_of(pen: Pen) -> Html:
    """The earliest day as of which a tree states the law."""
    return min((one.as_of for one in pen.site.compiled.trees.values()), default="")
