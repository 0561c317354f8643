"""A built site → the same with a search that fetches its index when somebody opens it, not with every page.

The index goes to an address that carries its hash, with how often each article is relied on; where Material looks for
it stays a stub. Every page loads `web/search.js` between Material's settings and Material's scripts, with that address.
"""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from minglu.diagnostics import Words

INDEX = "search/search_index.json"
WORKERS = "assets/javascripts/workers"
SETTINGS = re.compile(rb"""<script id=["']?__config\b[^>]*>(.*?)</script>""", re.DOTALL)
"""Material's, on each of its pages."""


def put_search_on_demand(site: Path, script: str, cited: Mapping[str, Mapping[str, int]]) -> Words | None:
    """For a site of Material's; `script` is where search.js is, `cited` how often articles are relied on: by address of
    the page, then by number. What comes back says why nothing was changed: then the search is as Material
    has it.
    """
    index = site / INDEX
    if not index.is_file():
        return None  # no search
    read = json.loads(index.read_bytes())
    if not isinstance(read, dict) or {"config", "docs"} - read.keys():
        return unlike(INDEX)
    data = json.dumps(read | {"cited": cited}, ensure_ascii=False, separators=(",", ":")).encode()
    whole = f"search/index.{sha256(data).hexdigest()[:8]}.json"
    written: dict[Path, bytes] = {}
    for path in sorted(site.rglob("*.html")):
        page = path.read_bytes()
        if settings := SETTINGS.search(page):
            root, end = root_from(settings[1], site, script), settings.end()
            if root is None:
                return unlike(f"`__config` ({path.relative_to(site).as_posix()})")
            loading = f'<script src="{root}{script}" data-index="{root}{whole}"></script>'
            written[path] = page[:end] + loading.encode() + page[end:]
    if not written:
        return unlike("`__config`")
    (site / whole).write_bytes(data)
    # Without `docs`: where the script did not arrive there is no search, rather than one that finds nothing.
    index.write_text(json.dumps({"config": read["config"]}, ensure_ascii=False), "utf-8")
    for path, page in written.items():
        path.write_bytes(page)
    return None


def root_from(settings: bytes, site: Path, script: str) -> str | None:
    """The site's root, seen from the page with these settings; None where they name no worker that is there."""
    try:
        read = json.loads(settings)
        base, worker = read["base"], PurePosixPath(read["search"]).name
    except (ValueError, KeyError, TypeError):
        return None
    there = worker and (site / WORKERS / worker).is_file() and (site / script).is_file()
    return f"{base.rstrip('/')}/" if there else None


def unlike(what: str) -> Words:
    return Words(
        f"搜索：{what} 和明路认识的 Material 不一样，所以搜索照 Material 自己的样子，每打开一页都取整个目录",
        f"search: {what} is not as in the Material that minglu knows, so the search stays as Material has it: "
        "every page fetches its whole index",
    )
