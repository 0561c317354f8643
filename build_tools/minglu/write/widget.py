"""The widget's own files, which ship inside the wheel → their bytes by site-relative path.

The scripts are ES modules, one for each task. What ships is a classic script for each of the few that pages load, with
all that it imports: it works from `file://`, where browsers load no modules, and asks the host for one file instead of
a dozen.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = "assets/minglu/"
WEB = Path(__file__).parents[1] / "web"
STYLES = ("walk.css", "minglu.css", "cases.css")
LOOK = "look.css"
"""What restyles the whole site. It stands before the styles of the pages' pieces."""

SCRIPT = "minglu.js"
"""What every page may need. Pages load it beside everything else, and wait for it with nothing."""

WALKS = "walks.js"
"""The module of the walks, which the pages of trees alone load (web/rescue.js)."""

FIRST = ("old-browsers.js", "pages.js")
"""Scripts that must stand before the theme's own."""

ACT = "act.js"
"""The module of what readers take away. No page names its script: it is loaded when the first of it is asked for."""

CASE_STYLE = "case.css"
"""The style of the page of the case, which that page alone names."""

ACT_STYLE = "act.css"
"""Of what that script makes."""

MAP_STYLE = "maps.css"
"""The style of the page of a tree's picture, which that page alone names."""

PAPER_STYLE = "paper.css"
"""The style of the page of a paper for an office, which that page alone names."""

CASE_PAGE = "case-page.js"
ON_DEMAND = (CASE_PAGE, "cite-check.js", "calculators.js", "papers.js", "maps.js")
"""The modules of elements that few pages have: each is loaded where its element is shown (web/on-demand.js)."""

SEARCH = "search.js"
"""The plugin puts it behind Material's settings; on a site without the plugin it stands before the theme's own."""

SEARCH_WORKER = "search-worker.js"
"""What that puts into the settings as the worker that searches."""

SEARCH_READING = "search-reading.js"
"""What the worker loads when the search is opened."""

WORKER = "worker.js"
EARLY, RESCUE = "early.js", "rescue.js"
"""What stands in every tree's page, at the beginning of its walk and at the end."""

IMPORT = re.compile(r'^import (?:\{[^}]*\} from )?"\./([a-z-]+\.js)";\n', re.MULTILINE)
DOC_COMMENT = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
LINE_COMMENT = re.compile(r"^[ \t]*//.*\n|(?<=[;{},(]) // .*$", re.MULTILINE)
INLINE_TYPE = re.compile(r"/\*\* @type [^*]*\*/ ?")
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class|let)\b)", re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
BLANK_LINES = re.compile(r"\n\s*\n")
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANKS = re.compile(r"\s+")
BLANKS_BESIDE = re.compile(r" ?([{};]) ?")
PROPERTY = re.compile(r"(?<=[{;])([a-z-]+:) ")


@cache
def bundled(name: str) -> bytes:
    """The module and all that it imports as one classic script, without comments.

    Its parts share one scope: names at the top of the modules are unlike each other, and imports rename nothing.
    """
    parts = [stripped(module(part)) for part in in_order(name)]
    return ('(() => {\n"use strict";\n' + "".join(parts) + "})();\n").encode()


def in_order(name: str) -> list[str]:
    """The modules that `name` imports, directly or not, each after those it imports; last itself."""
    order: dict[str, None] = {}
    for imported in IMPORT.findall(module(name)):
        order |= dict.fromkeys(in_order("".join(imported)))
    return [*order, name]


def module(name: str) -> str:
    return (WEB / name).read_text("utf-8")


def stripped(source: str) -> str:
    """A module without imports, exports, comments and indents. No text in it begins a line with `//` or `/**`, and none
    goes on over lines.
    """
    for left_out in (IMPORT, INLINE_TYPE, DOC_COMMENT, LINE_COMMENT, EXPORT, INDENT):
        source = left_out.sub("", source)
    return BLANK_LINES.sub("\n", source).lstrip("\n")


def styled(name: str) -> bytes:
    return stripped_style(module(name)).encode()


def stripped_style(source: str) -> str:
    """A style without comments and blanks that say nothing. No text in it holds a comment, two blanks, or a brace or
    semicolon beside one.
    """
    source = BLANKS_BESIDE.sub(r"\1", BLANKS.sub(" ", STYLE_COMMENT.sub("", source)))
    return PROPERTY.sub(r"\1", source).strip() + "\n"


@cache
def inline_source(name: str) -> str:
    """Of EARLY or RESCUE: they must work where nothing else came."""
    return stripped(module(name)).rstrip()


def style_paths(names: Mapping[str, str], *, look: bool) -> list[str]:
    """In the order in which a page loads them, by the names that they go out by."""
    styles = [STYLES[0], LOOK, *STYLES[1:]] if look else STYLES
    return [FOLDER + names[name] for name in styles]


def widget() -> dict[str, bytes]:
    """The scripts of modules, the scripts that stand alone, styles, icon, and the notices of what others made."""
    files = {path.name: path.read_bytes() for path in sorted(WEB.iterdir()) if path.suffix in (".png", ".txt")}
    files |= {path.name: styled(path.name) for path in sorted(WEB.glob("*.css"))}
    files |= {name: stripped(module(name)).encode() for name in ("old-browsers.js", SEARCH, SEARCH_WORKER, WORKER)}
    files |= {name: bundled(name) for name in (SCRIPT, WALKS, ACT, *ON_DEMAND, SEARCH_READING)}
    return {FOLDER + name: data for name, data in files.items()}
