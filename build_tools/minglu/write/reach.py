"""How to get to a channel → what can be tapped or read: on its own page, and on the ladder of an outcome."""

from collections.abc import Iterable
from typing import Protocol

from minglu.write.html import NOTHING, Html, element, joined
from minglu.write.links import Pen


class ReachLike(Protocol):
    """Compiled, or of the library."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def says(self) -> str: ...


def reach_html(reach: Iterable[ReachLike], pen: Pen, *, brief: bool = False) -> Html:
    """A line each; a call and a visit to another site are the reader's own act. In `brief` only a number has its note:
    who answers it.
    """
    lines = joined(element("li", reach_line(one, pen, noted=not brief or one.kind == "tel")) for one in reach)
    return element("ul", lines, cls="reach") if lines else NOTHING


def reach_line(one: ReachLike, pen: Pen, *, noted: bool) -> Html:
    says = element("small", pen.bare(one.says)) if one.says and noted else NOTHING
    match one.kind:
        case "tel":
            return element("a", one.value, href=f"tel:{one.value}") + says
        case "url":
            shown = one.value.removeprefix("https://").rstrip("/")
            return element("a", shown, href=one.value, rel="noreferrer") + says
    return element("span", pen.bare(one.value)) + says
