"""Links to pages and files by the places that `write` gives them → links to where the site has them."""

import re
from collections.abc import Callable
from posixpath import join, normpath

LINK = re.compile(
    r"""<a\b(?P<before>[^>]*?)\b(?P<name>(?:xlink:)?href)="(?P<page>[^"#?:/][^"#?:]*)(?P<anchor>#[^"]*)?"(?P<after>[^>]*)>"""
    r"""(?P<content>.*?)</a>""",
    re.DOTALL,
)
"""A link to a page of the site, and to its end: a link never holds another."""

FILE = re.compile(r'''(?P<before><link\b[^>]*? href=")(?P<file>[^"]+)"''')
"""A file that a page asks for early."""


def readdressed(source: str, folder: str, address: Callable[[str], str | None]) -> str:
    """`folder` is the page's, as `write` has it: `trees` for trees/kettle.md, "" at the root.

    `address` turns a page's place from the site's root (`law/kettle-law.html`) into the link to it; where it gives None
    there is no such page, and only the link's text is left.
    """

    def put(link: re.Match[str]) -> str:
        to = address(normpath(join(folder, link["page"])))
        if to is None:
            return link["content"]
        return f'<a{link["before"]}{link["name"]}="{to}{link["anchor"] or ""}"{link["after"]}>{link["content"]}</a>'

    def put_file(link: re.Match[str]) -> str:
        return f'{link["before"]}{address(normpath(join(folder, link["file"])))}"'

    return FILE.sub(put_file, LINK.sub(put, source))
