"""Links in the authors' texts; each must lead to a page, on this site or another, or dial a number."""

import html
import re
from collections.abc import Iterator
from functools import partial

from minglu.diagnostics import Diagnostic, Words
from minglu.memo import Memo
from minglu.parse import Sources, syntax
from minglu.parse.syntax import Text
from minglu.resolve.citation_binder import span_inside
from minglu.resolve.model import SiteLink

LINK_SCHEMES = frozenset({"http", "https", "tel"})
"""Of what a link may begin with; addresses within the site have none."""

DESTINATION = re.compile(r"\]\((?=\s*<?([^)]*))")
"""What a link leads to; it is not consumed, as a link may begin where another one only seemed to."""

NOT_READ = re.compile(r"[\t\n\r\\]")
"""What browsers leave out of an address, and Markdown's own sign."""

NO_HOST = re.compile(r"\s*https?:/*[^\s/?#]*[\"<>^`{|}]", re.IGNORECASE)
"""An address that no browser can read; the sanitiser takes it away."""

TITLE = re.compile(r"""\s+(["'(]).*""", re.DOTALL)
"""What may stand behind an address."""

SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def check_links(sources: Sources, memo: Memo) -> tuple[tuple[SiteLink, ...], list[Diagnostic]]:
    """Every text of every YAML file is looked at, whether or not it is shown as Markdown. Letters are plain text.

    Also the links within the site, which lead somewhere once its pages are known.
    """
    kinds = {
        "statute": sources.statutes,
        "shared": sources.shared,
        "paper": sources.papers,
        "tree": sources.trees,
        "walks": sources.walks,
    }
    read = [
        memo.made(("links", kind, name), (file,), partial(check_file, file))
        for kind, files in kinds.items()
        for name, file in files.items()
    ]
    return tuple(link for links, _ in read for link in links), [one for _, found in read for one in found]


def check_file(file: object) -> tuple[list[SiteLink], list[Diagnostic]]:
    links, found = list[SiteLink](), list[Diagnostic]()
    for text in texts_of(file):
        if "](" in text:
            check_text(text, links, found)
    return links, found


def texts_of(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        yield from texts_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif isinstance(value, syntax.Record):
        yield from texts_of(tuple(vars(value).values()))


def check_text(text: Text, links: list[SiteLink], found: list[Diagnostic]) -> None:
    """Entities are read as a browser reads them in the end: `&#106;avascript&colon;` is a scheme, too."""
    for link in DESTINATION.finditer(text):
        address = NOT_READ.sub("", html.unescape(link[1]))
        scheme = SCHEME.match(address)
        at = span_inside(text, start=link.start(1), length=len(link[1]))
        if scheme and (scheme[1].lower() not in LINK_SCHEMES or NO_HOST.match(address)):
            says = Words(f"链接不能以 `{scheme[1]}:` 开头", f"a link does not begin with `{scheme[1]}:`")
            if scheme[1].lower() in LINK_SCHEMES:
                says = Words("这个网址读不懂", "this is no address of a page")
            found.append(Diagnostic("links", at, says, link_help("../channels.html#court"), stops=False))
        elif not scheme and (to := TITLE.sub("", address).rstrip(" >")):
            links.append(SiteLink(to, at._replace(length=min(at.length, len(to)))))


def link_help(within: str) -> Words:
    """`within` is an address of this site, as it is written there."""
    return Words(
        f"链接只能去 `https://…`、`http://…`、`tel:…`，或站内的地址，如 `{within}`",
        f"a link goes to `https://…`, `http://…` or `tel:…`, or to an address of this site such as `{within}`",
    )
