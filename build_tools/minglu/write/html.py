"""Text as authors wrote it → HTML that cannot break out of its place."""

import re
from html import escape

import markdown
from markdown.extensions import Extension

Html = str
"""Text that is markup already; everything else goes through `escape`, `line` or `prose` first."""


class InlineOnly(Extension):
    """Emphasis, code and links, in paragraphs. No lists, no headings, no HTML: what looks like these is shown as written."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:
        for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference"):
            md.parser.blockprocessors.deregister(name)
        md.preprocessors.deregister("html_block")
        for name in ("html", "entity", "autolink", "automail", "image_link", "image_reference"):
            md.inlinePatterns.deregister(name)


PLAIN = re.compile(r"\S[^*_`\[\]\\<>&\n条]*(?<!\s)")
"""Most sentences: no mark of Markdown, nothing to escape and no citation (第24条), so that the converter would only wrap them."""


class Prose:
    """A converter that remembers: the same sentence stands in many states of a tree."""

    def __init__(self, *extensions: Extension) -> None:
        self.md = markdown.Markdown(extensions=[InlineOnly(), *extensions])
        self.known: dict[str, Html] = {}

    def paragraphs(self, text: str) -> Html:
        """`<p>…</p>`, once or more; empty for an empty text."""
        if text not in self.known:
            self.known[text] = f"<p>{text}</p>" if PLAIN.fullmatch(text) else self.md.reset().convert(text)
        return self.known[text]

    def line(self, text: str) -> Html:
        """Without the `<p>`: for a place that is a paragraph, a heading or a list item already."""
        return self.paragraphs(text).removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br>")


UNSEARCHED = {"data_search_exclude": "true"}
"""Attributes of what the search shall not find: what stands elsewhere too, and what every section says."""

LINK = re.compile(r"</?a\b[^>]*>")


def unlinked(html: Html) -> Html:
    """For text inside a link, where another link cannot stand."""
    return LINK.sub("", html)


def plain(html: Html) -> str:
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


def listed(items: list[Html], tag: str = "ul", **attributes: str | bool | None) -> Html:
    """A list, or nothing where there are no items."""
    return element(tag, "".join(element("li", item) for item in items), **attributes) if items else ""
