"""The page that a host shows for an address that is not there (404.html): in the readers' language, and a way on.

It stands alone. It is shown at any address, so that no relative link of it would hold, and the theme's own page takes
the site for the whole server: below a sub-path it has neither its styles nor one working link. Here the links are
written for where `site_url` says, or the top of the server; a script finds out where the site really begins
(not_found.js), and mends links whose `#` was encoded on their way.
"""

from collections.abc import Mapping
from pathlib import Path

from minglu.write.addresses import readdressed
from minglu.write.html import as_made, element, joined, raw_element, void_element
from minglu.write.widget import FOLDER
from minglu.write.words import page_words

NAME = "404.html"
BESIDE = Path(__file__).parent


def not_found_page(tiles: bytes, addresses: Mapping[str, str], *, site_name: str, root: str) -> str:
    """`tiles` are the links to the trees, as the fragment `trees` has them; `addresses` those of the site's pages, by
    the place that `write` gives them, from the site's root; `root` is where that is likely to be: `/` or `/law-help/`.
    """

    def address(place: str) -> str | None:
        return root + addresses[place] if place in addresses else None

    title = page_words("not-found.title")
    begin = as_made(readdressed(tiles.decode(), "", address).encode())
    head = joined(
        [
            void_element("meta", charset="utf-8"),
            void_element("meta", name="viewport", content="width=device-width,initial-scale=1"),
            void_element("meta", name="robots", content="noindex"),
            element("title", page_words("not-found.tab", title=title, site=site_name)),
            void_element("link", rel="icon", href=f"{root}{FOLDER}favicon.png"),
            raw_element("style", (BESIDE / "not_found.css").read_text("utf-8")),
        ],
        "\n",
    )
    home = addresses.get("index.html", "").removeprefix("./")
    main = joined(
        [
            element("p", site_name, cls="site"),
            element("h1", title),
            element("p", page_words("not-found.says")),
            element("p", element("a", page_words("not-found.home"), cls="home", href=root + home)),
            *([element("h2", page_words("not-found.trees")), begin] if begin else []),
        ],
        "\n",
    )
    folders = sorted({one.partition("/")[0] for one in addresses.values() if "/" in one.removeprefix("./")})
    script = raw_element("script", (BESIDE / "not_found.js").read_text("utf-8"))
    body = element("body", element("main", main) + script, data_root=root, data_folders=" ".join(folders))
    return f"<!doctype html>\n{element('html', element('head', head) + body, lang='zh')}\n"
