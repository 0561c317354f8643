"""Text as authors wrote it → HTML that cannot break out of its place.

The only module that says of a text that it is markup: the tags written here, the entries of our own catalogue, and what
the sanitiser returned. Everywhere else HTML comes from HTML, and a text that is none is escaped where it meets it.
"""

import json
import re
from collections.abc import Iterable
from typing import Self

import markdown
import nh3
from markdown.extensions import Extension
from markupsafe import Markup

from minglu.resolve.text_links import LINK_SCHEMES
from minglu.write.words import PAGE_WORDS


class Html(Markup):
    """Text that is markup already. `+`, `format` and `join` of it escape what is not.

    Made of text only: that nothing else is asked for its markup makes half a million pieces of pages in half the time.
    """

    __slots__ = ()

    def __new__(cls, text: str = "") -> Self:
        return str.__new__(cls, text)

    def __add__(self, other: str) -> Self:  # type: ignore[override]  # Markup also takes what has `__html__`
        return str.__new__(type(self), str.__add__(self, escaped(other)))


NOTHING = Html()

ALLOWED_TAGS = {"p", "br", "em", "strong", "code", "a"}
ALLOWED_ATTRIBUTES = {"a": {"href", "title", "class"}}


class InlineOnly(Extension):
    """Emphasis, code and links, in paragraphs. What looks like a list, a heading or HTML is shown as written."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference"):
            md.parser.blockprocessors.deregister(name)
        md.preprocessors.deregister("html_block")
        for name in ("html", "entity", "autolink", "automail", "image_link", "image_reference"):
            md.inlinePatterns.deregister(name)


PLAIN_SENTENCE = re.compile(r"(?!\s)[^*_`\[\]\\<>&\n条]+(?<!\s)")
"""Most sentences: without Markdown, without anything to escape and without a citation (第24条). The converter would
only wrap them in a paragraph.
"""


class Prose:
    """A converter with a cache: the same sentence stands in many states of a tree."""

    def __init__(self, *extensions: Extension) -> None:
        self.md = markdown.Markdown(extensions=[InlineOnly(), *extensions])
        self.converted: dict[str, Html] = {}
        self.lines: dict[str, Html] = {}
        self.bare_lines: dict[str, Html] = {}

    def paragraphs(self, text: str) -> Html:
        """`<p>…</p>`, once or more; empty for an empty text."""
        if text not in self.converted:
            plain = PLAIN_SENTENCE.fullmatch(text)
            html = Html(f"<p>{text}</p>") if plain else sanitised(self.md.reset().convert(text))
            self.converted[text] = dialled(html) if TO_DIAL.search(text) else html
        return self.converted[text]

    def line(self, text: str) -> Html:
        """Without the `<p>`: for a place that is a paragraph, a heading or a list item already."""
        if text not in self.lines:
            inside = str(self.paragraphs(text)).removeprefix("<p>").removesuffix("</p>")
            self.lines[text] = Html(inside.replace("</p>\n<p>", "<br>"))
        return self.lines[text]

    def bare_line(self, text: str) -> Html:
        """Without links: for the inside of a link, a heading or a label."""
        if text not in self.bare_lines:
            self.bare_lines[text] = unlinked(self.line(text))
        return self.bare_lines[text]


SANITISER = nh3.Cleaner(tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, url_schemes=set(LINK_SCHEMES), link_rel=None)


def sanitised(converted: str) -> Html:
    """What the converter made, without all that an author's text may not bring along."""
    return Html(SANITISER.clean(converted))


SPECIAL = re.compile("[&<>\"']")
"""What the escaping is for. Most texts and attributes hold none of it."""


UNSEARCHED = {"data_search_exclude": "true"}
"""Attributes of what the search shall not find: what stands elsewhere too, and what every section says."""

UNSEARCHED_WRITTEN = ' data-search-exclude="true"'

TAG = re.compile(r"(<[^>]*>)")
ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")
"""No `>` stands in an attribute: the sanitiser and `element` write it as an entity."""


def unlinked(html: Html) -> Html:
    """For text inside a link, where another link cannot stand."""
    return Html(ANCHOR_TAG.sub("", html))


def within_unsearched(html: Html) -> Html:
    """For what stands in an element that the search does not find: nothing in it needs to say so again. On the largest
    page that was a thirtieth of its weight.
    """
    return Html(html.replace(UNSEARCHED_WRITTEN, ""))


def plain_text(html: Html) -> str:
    """The text alone, for a drawing, an attribute or a title."""
    return Html(TAG.sub("", html)).unescape()


PUBLIC_NUMBER = re.compile("110|119|120|12315|12345|12368")
TO_DIAL = re.compile(
    rf"[打报拨] ?(?:{PUBLIC_NUMBER.pattern})(?: ?[、或和] ?(?:{PUBLIC_NUMBER.pattern}))*"
    "(?![0-9]| ?[元块次个天日年倍%])"
)
"""Numbers that a text tells its reader to call, behind the verb: 打 119, 报 119、120."""


def dialled(html: Html) -> Html:
    """A link that calls for each of these numbers; what stands in a link already stays."""
    parts, in_link = [], False
    for part in TAG.split(html):
        if part.startswith("<"):
            in_link = part.startswith("<a ") or (in_link and part != "</a>")
        elif not in_link:
            part = TO_DIAL.sub(lambda run: PUBLIC_NUMBER.sub(r'<a href="tel:\g<0>">\g<0></a>', run[0]), part)
        parts.append(part)
    return Html("".join(parts))


def with_line_breaks(html: Html, where: re.Pattern[str]) -> Html:
    """A line break at every match in the text; tags stay as they are."""
    return Html("".join(part if part.startswith("<") else where.sub("<br>", part) for part in TAG.split(html)))


FENCE = re.compile(r"^([> \t]*)([`~])(?=\2\2)", re.MULTILINE)


def without_fences(html: Html) -> Html:
    """Where a line of a text begins with ``` a fence could begin, which Markdown looks for inside HTML as well."""
    return Html(FENCE.sub(lambda fence: f"{fence[1]}&#{ord(fence[2])};", html))


def without_blank_lines(html: Html) -> Html:
    """Where Markdown could begin again."""
    return Html(re.sub(r"\n\s*\n", "\n", html))


def escaped(text: str) -> Html:
    """What is markup already stays as it is."""
    if isinstance(text, Html):
        return text
    return Html.escape(text) if SPECIAL.search(text) else Html(text)


def joined(parts: Iterable[str], between: str = "") -> Html:
    """One after the other; what is no markup is escaped."""
    return Html(str.join(escaped(between), map(escaped, parts)))


def element(tag: str, content: str = NOTHING, /, **attributes: str | bool | None) -> Html:
    """`content` is escaped unless it is markup. `cls` is `class`; `_` in a name is `-`; True is an attribute without a
    value; None and False leave it out.
    """
    return Html(f"<{tag}{written_attributes(attributes)}>{escaped(content)}</{tag}>")


def void_element(tag: str, **attributes: str | bool | None) -> Html:
    """One that has no content and no end."""
    return Html(f"<{tag}{written_attributes(attributes)}>")


def written_attributes(attributes: dict[str, str | bool | None]) -> str:
    """The values are text, whatever they were: in an attribute nothing is markup."""
    written = ""
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        written += f" {'class' if name == 'cls' else name.replace('_', '-')}"
        if value is not True:
            text = str(value)
            written += f'="{Html.escape(text) if SPECIAL.search(text) else text}"'
    return written


def raw_element(tag: str, text: str) -> Html:
    """`<script>` or `<style>` of a file of ours: browsers read what is inside as it is, up to its end."""
    if re.search(r"</|<!--", text):
        raise ValueError(f"this would end the <{tag}> that it stands in")
    return Html(f"<{tag}>\n{text}</{tag}>")


def as_made(data: bytes) -> Html:
    """What `write` made is markup still."""
    return Html(data.decode())


def html_list(items: list[Html], tag: str = "ul", **attributes: str | bool | None) -> Html:
    """A list, or nothing where there are no items."""
    return element(tag, joined(element("li", item) for item in items), **attributes) if items else NOTHING


def json_block(value: object) -> Html:
    """Data for a script, in an element that is never shown. Nothing in it is markup, in whatever way it is read.

    Not in a `<script>`: Material runs those of pages that it loads in place, whatever their type.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return element("template", Html(written.replace("<", "\\u003c").replace("&", "\\u0026")), **UNSEARCHED)


def inline_script(source: str) -> Html:
    """A script of ours, as it stands in `web/`."""
    return Html(f"<script>{source}</script>")


def bold(text: str) -> Html:
    return element("b", text)


def page_html(key: str, **values: object) -> Html:
    """As `page_words`, with markup among the values; those that are none are escaped."""
    return escaped(PAGE_WORDS[key]).format(**values)


LINE_BREAK = void_element("br")
