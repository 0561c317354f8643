"""What hand-written pages take from the trees: `<!-- minglu:trees -->` in a Markdown source becomes the fragment `trees`."""

import re

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.resolve.model import Tree
from minglu.unfold.model import Unfolded
from minglu.write.html import Html, element, listed
from minglu.write.links import Pen
from minglu.write.source import block

FOLDER = "fragments/"
PLACEHOLDER = re.compile(r"<!--\s*minglu:([a-z-]+)\s*-->")
DANGER = re.compile("冒烟|起火|着火|鼓包|受伤")


def fragments(pen: Pen) -> dict[str, bytes]:
    """By path: one file a fragment, so that any generator of sites can include them."""
    made = {
        "danger": danger(pen),
        "trees": trees(pen),
        "onward": onward(pen),
        "counts": counts(pen),
        "as-of": as_of(pen),
    }
    return {f"{FOLDER}{name}.html": html.encode() for name, html in made.items()}


def fill(source: str, path: str, files: dict[str, bytes]) -> tuple[str, list[Diagnostic]]:
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


def trees(pen: Pen) -> Html:
    """A tile a tree where readers begin; last those for who cannot tell which."""
    project = pen.site.project
    begin = [tile(tree, pen) for id, tree in project.trees.items() if id not in (*project.unsure, *project.onward)]
    return tiles([*begin, *(tile(project.trees[id], pen, "choice unsure") for id in project.unsure)])


def onward(pen: Pen) -> Html:
    """A tile a tree where those go on who are on their way."""
    project = pen.site.project
    return tiles([tile(project.trees[id], pen) for id in project.onward], element("h2", "已经在维权路上？"))


def tiles(links: list[Html], title: Html = "") -> Html:
    return block(title + listed(links, cls="choices tiles", role="list")) if links else ""


def tile(tree: Tree, pen: Pen, cls: str = "choice") -> Html:
    return element(
        "a",
        element("b", pen.bare(tree.plain)) + element("span", pen.bare(tree.lead)),
        cls=cls,
        href=f"trees/{tree.id}.html",
    )


def danger(pen: Pen) -> Html:
    """What comes before everything, if a tree knows about danger."""
    if not any(covers_danger(one) for one in pen.site.unfolded.values()):
        return ""
    return block(
        element(
            "p",
            "<b>正在冒烟、起火，或有人受伤？</b>人先离开。起火打 119，救人打 120。能安全断电再断电。残骸留着，别寄走。",
            cls="danger",
            role="note",
        )
    )


def covers_danger(one: Unfolded) -> bool:
    return any(DANGER.search(answer.label) for question in one.tree.questions.values() for answer in question.answers)


def counts(pen: Pen) -> Html:
    site = pen.site
    questions = sum(len(one.order) for one in site.unfolded.values())
    ends = sum(len({state.node for state in one.states.values() if not state.edges}) for one in site.unfolded.values())
    return f"{len(site.unfolded)} 棵决策树、{questions} 个问题、{ends} 种结论，引用 {len({slug for slug, _ in site.relying})} 部法律文件的 {len(site.relying)} 条"


def as_of(pen: Pen) -> Html:
    """The earliest day as of which a tree states the law."""
    return min((one.tree.as_of for one in pen.site.unfolded.values()), default="")
