"""Text as authors wrote it → HTML that cannot break out of its place."""

import re
from html import escape

import markdown
from markdown.extensions import Extension

Html = str
"""Text that is markup already; everything else goes through `escape` or `Prose` first."""


class InlineOnly(Extension):
    """Emphasis, code and links, in paragraphs. What looks like a list, a heading or HTML is shown as written."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference"):
            md.parser.blockprocessors.deregister(name)
        md.preprocessors.deregister("html_block")
        for name in ("html", "entity", "autolink", "automail", "image_link", "image_reference"):
            md.inlinePatterns.deregister(name)


PLAIN_SENTENCE = re.compile(r"\S[^*_`\[\]\\<>&\n条]*(?<!\s)")
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
            self.converted[text] = f"<p>{text}</p>" if plain else self.md.reset().convert(text)
        return self.converted[text]

    def line(self, text: str) -> Html:
        """Without the `<p>`: for a place that is a paragraph, a heading or a list item already."""
        return self.paragraphs(text).removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br>")


UNSEARCHED = {"data_search_exclude": "true"}
"""Attributes of what the search shall not find: what stands elsewhere too, and what every section says."""

ANCHOR_TAG = re.compile(r"</?a\b[^>]*>")


def unlinked(html: Html) -> Html:
    """For text inside a link, where another link cannot stand."""
    return ANCHOR_TAG.sub("", html)


def text_of(html: Html) -> str:
    """The text alone, for an attribute or a title; still escaped."""
    return re.sub(r"<[^>]*>", "", html)


def element(tag: str, content: Html = "", /, **attributes: str | bool | None) -> Html:
    """`cls` is `class`; `_` in a name is `-`; True is an attribute without a value; None and False leave it out."""
    written = "".join(
        attribute(name, value) for name, value in attributes.items() if value is not None and value is not False
    )
    return f"<{tag}{written}>{content}</{tag}>"


def attribute(name: str, value: str | bool) -> str:
    name = "class" if name == "cls" else name.replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def html_list(items: list[Html], tag: str = "ul", **attributes: str | bool | None) -> Html:
    """A list, or nothing where there are no items."""
    return element(tag, "".join(element("li", item) for item in items), **attributes) if items else ""


def bold(text: Html) -> Html:
    return element("b", text)
