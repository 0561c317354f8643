"""Links of hand-written pages, as the converted page has them: each leads somewhere, or dials a number.

Read where a browser reads them, so that no way of writing one in Markdown or HTML is forgotten: references, angle
brackets, entities, raw elements. What the addresses may begin with is what the trees' texts may have.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import unquote

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.resolve.text_links import LINK_SCHEMES, SCHEME, link_help

ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "background", "xlink:href", "srcset", "ping"}
"""Attributes that hold an address, or several with blanks or commas between them."""

SEVERAL = {"srcset", "ping"}

LEFT_OUT = re.compile(r"^[\0-\x20]+|[\t\n\r]+")
"""What browsers leave out of an address: what stands before it, and ends of lines and tabs in it."""


class AddressReader(HTMLParser):
    """The addresses of a converted page: as it has them, and as a browser reads them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ADDRESSES and value:
                parts = re.split(r"[\s,]+", value) if name in SEVERAL else [value]
                self.addresses += [(one, LEFT_OUT.sub("", one)) for one in parts]


def check_document_links(html: str, *, path: str, source: str) -> Iterator[Diagnostic]:
    """`html` is what the page's Markdown was converted to; `source` is that Markdown, with blanks for what is shown as
    it is written.
    """
    places = Places(path, source)
    for written, address in AddressReader(html).addresses:
        scheme = SCHEME.match(address)
        if scheme and scheme[1].lower() not in LINK_SCHEMES:
            says = Words(f"链接不能以 `{scheme[1]}:` 开头", f"a link does not begin with `{scheme[1]}:`")
            yield Diagnostic("links", places.next_of(written, scheme[1]), says, link_help("channels.md#court"))


def links_within(html: str, *, path: str, source: str) -> Iterator[tuple[str, Span]]:
    """The addresses of the site that a page links to, each with its place in the source; arguments as above."""
    places = Places(path, source)
    for written, address in AddressReader(html).addresses:
        if not SCHEME.match(address) and not address.startswith("//"):
            yield address, places.next_address(written)


class Places:
    """Where in the source the addresses stand. The converted page has lost its lines, but an address that stands in it
    for the n-th time stands in the source for the n-th time, too; where a converter has written it anew, the line is
    told in which a browser would read its scheme for the n-th time.
    """

    def __init__(self, path: str, source: str) -> None:
        self.path, self.source = path, source
        self.seen = Counter[str]()

    def next_of(self, written: str, scheme: str) -> Span:
        begin = f"{scheme}:".lower()
        self.seen.update((written, begin))
        for one in dict.fromkeys((written, escape(written), escape(written, quote=False))):
            if starts := [found.start() for found in re.finditer(re.escape(one), self.source)]:
                return self.span(starts[min(self.seen[written], len(starts)) - 1], one)
        lines = [line for line in re.finditer(".+", self.source) for _ in range(as_read(line[0]).count(begin))]
        if lines:
            line = lines[min(self.seen[begin], len(lines)) - 1]
            return self.span(line.start() + len(line[0]) - len(line[0].lstrip()), line[0].strip())
        rest = written.partition(":")[2]  # `<a@b.example>` gets its scheme from the converter
        at = self.source.find(rest)
        return self.span(at, rest) if at >= 0 else self.span(0, " ")

    def next_address(self, written: str) -> Span:
        """The same of an address without a scheme; the top of the file where a converter has made it."""
        self.seen.update((written,))
        for one in dict.fromkeys((written, escape(written), escape(written, quote=False), unquote(written))):
            alone = rf"(?<![\w./#%-]){re.escape(one)}(?![\w/#%-])"
            if starts := [found.start() for found in re.finditer(alone, self.source)]:
                return self.span(starts[min(self.seen[written], len(starts)) - 1], one)
        return self.span(0, " ")

    def span(self, start: int, text: str) -> Span:
        line = self.source.rfind("\n", 0, start) + 1
        return Span(self.path, self.source.count("\n", 0, start) + 1, start - line + 1, len(text.partition("\n")[0]))


def as_read(line: str) -> str:
    """As a scheme is looked for: entities read, without blanks and Markdown's own sign."""
    return re.sub(r"[\0-\x20\\]", "", unescape(line)).lower()
