"""The widget's own files, which ship inside the wheel → their bytes by site-relative path."""

from pathlib import Path

FOLDER = "assets/minglu/"
WEB = Path(__file__).parents[1] / "web"
STYLES = ("walk.css", "minglu.css", "cases.css", "by-address.css")
LOOK = "look.css"
"""What restyles the whole site. It stands before the styles of the pages' pieces."""

FIRST = ("old-browsers.js", "pages.js")
"""Scripts that must stand before the theme's own."""

SEARCH = "search.js"
"""The plugin puts it behind Material's settings; on a site without the plugin it stands before the theme's own."""

SCRIPTS = ("fragment.js", "outcome.js", "python.js", "reckoning.js", "walk.js", "cite-check.js", "maps.js")
"""In the order in which a page loads them; each needs those before it."""


def style_paths(*, look: bool) -> list[str]:
    """In the order in which a page loads them."""
    names = [STYLES[0], LOOK, *STYLES[1:]] if look else STYLES
    return [FOLDER + name for name in names]


def widget() -> dict[str, bytes]:
    """All files of `web/`: scripts, styles, worker, icon, and the notices of what others made."""
    return {FOLDER + path.name: path.read_bytes() for path in sorted(WEB.iterdir()) if path.is_file()}
