"""Text as authors wrote it → HTML that cannot break out of its place.

The only module that says of a text that it is markup: the tags written here, the entries of our own catalogue, and what
the sanitiser returned. Everywhere else HTML comes from HTML, and a text that is none is escaped where it meets it.
"""

import re
from collections.abc import Iterable

import markdown
import nh3
from markdown.extensions import Extension
from markupsafe import Markup

from minglu.resolve.text_links import LINK_SCHEMES
from minglu.write.words import PAGE_WORDS

Html = Markup
"""Text that is markup already. `+`, `format` and `join` of it escape what is not."""

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

    def paragraphs(self, text: str) -> Html:
        """`<p>…</p>`, once or more; empty for an empty text."""
        if text not in self.converted:
            plain = PLAIN_SENTENCE.fullmatch(text)
            self.converted[text] = Html(f"<p>{text}</p>") if plain else sanitised(self.md.reset().convert(text))
        return self.converted[text]

    def line(self, text: str) -> Html:
        """Without the `<p>`: for a place that is a paragraph, a heading or a list item already."""
        inside = str(self.paragraphs(text)).removeprefix("<p>").removesuffix("</p>")
        return Html(inside.replace("</p>\n<p>", "<br>"))


def sanitised(converted: str) -> Html:
    """What the converter made, without all that an author's text may not bring along."""
    return Html(
        nh3.clean(
            converted,
            tags=ALLOWED_TAGS,
            attributes=ALLOWED_ATTRIBUTES,
            url_schemes=set(LINK_SCHEMES),
            link_rel=None,
        )
    )


UNSEARCHED = {"data_search_exclude": "true"}
"""Attributes of what the search shall not find: what stands elsewhere too, and what every section says."""

TAG = re.compile(r"(<[^>]*>)")
ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")
"""No `>` stands in an attribute: the sanitiser and `element` write it as an entity."""


def unlinked(html: Html) -> Html:
    """For text inside a link, where another link cannot stand."""
    return Html(ANCHOR_TAG.sub("", html))


def plain_text(html: Html) -> str:
    """The text alone, for a drawing, an attribute or a title."""
    return Html(TAG.sub("", html)).unescape()


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
    return Html.escape(text)


def joined(parts: Iterable[str], between: str = "") -> Html:
    """One after the other; what is no markup is escaped."""
    return escaped(between).join(parts)


def element(tag: str, content: str = NOTHING, /, **attributes: str | bool | None) -> Html:
    """`content` is escaped unless it is markup. `cls` is `class`; `_` in a name is `-`; True is an attribute without a
    value; None and False leave it out.
    """
    return Html(f"<{tag}{written_attributes(attributes)}>{escaped(content)}</{tag}>")


def void_element(tag: str, **attributes: str | bool | None) -> Html:
    """One that has no content and no end."""
    return Html(f"<{tag}{written_attributes(attributes)}>")


def written_attributes(attributes: dict[str, str | bool | None]) -> str:
    return "".join(
        attribute(name, value) for name, value in attributes.items() if value is not None and value is not False
    )


def attribute(name: str, value: str | bool) -> str:
    """The value is text, whatever it was: in an attribute nothing is markup."""
    name = "class" if name == "cls" else name.replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def html_list(items: list[Html], tag: str = "ul", **attributes: str | bool | None) -> Html:
    """A list, or nothing where there are no items."""
    return element(tag, joined(element("li", item) for item in items), **attributes) if items else NOTHING


def bold(text: str) -> Html:
    return element("b", text)


def page_html(key: str, **values: object) -> Html:
    """As `page_words`, with markup among the values; those that are none are escaped."""
    return escaped(PAGE_WORDS[key]).format(**values)


LINE_BREAK = void_element("br")
