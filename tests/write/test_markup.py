"""Markup is a type: what is not markup is escaped where it meets it, and one module alone says what is."""

import ast
from pathlib import Path

import pytest
from markupsafe import Markup
from pages import read

from minglu.parse.syntax import Text
from minglu.resolve.text_links import check_file
from minglu.write import html
from minglu.write.html import Prose, bold, element, html_list, joined, page_html, plain_text, void_element
from minglu.write.markdown_source import front_matter, html_block

WRITE = Path(html.__file__).parent
VECTORS = (Path(__file__).parents[1] / "browser" / "vectors.txt").read_text("utf-8").split("\n")
TEXT = "a < b & \"c\" 'd' <img src=x onerror=alert(1)>"


def test_a_text_that_somebody_forgot_to_escape_is_shown() -> None:
    for made in (
        element("p", TEXT),
        bold(TEXT),
        element("p", bold("x") + TEXT),
        element("p", TEXT + bold("x")),
        element("p", joined([bold("x"), TEXT])),
        element("p", joined([bold("x"), bold("y")], TEXT)),
        element("p", f"{bold('x')}{TEXT}"),
        element("p", "".join([bold("x"), TEXT])),
        element("p", page_html("question.known", answers=TEXT)),
        html_list([bold("x") + TEXT]),
    ):
        page = read(made)
        assert not page.all("img")
        assert TEXT in page.text


def test_in_an_attribute_nothing_is_markup() -> None:
    assert read(element("p", title=TEXT)).one("p").attributes == {"title": TEXT}
    assert read(element("p", title=bold("x"))).one("p").attributes == {"title": "<b>x</b>"}
    assert read(void_element("input", value='" autofocus onfocus="x')).one("input").attributes == {
        "value": '" autofocus onfocus="x'
    }


def test_markup_stays_as_it_is() -> None:
    assert element("p", bold("x"), cls="y", hidden=True, lang=None) == '<p class="y" hidden><b>x</b></p>'
    assert isinstance(joined([bold("x")]), Markup)
    assert isinstance(element("p"), Markup)
    assert plain_text(Prose().line("**a** `<b>` & c")) == "a <b> & c"


def module_names(path: Path) -> set[str]:
    """All names that a module takes from others."""
    tree = ast.parse(path.read_text())
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("path", sorted(WRITE.glob("*.py")), ids=lambda path: path.stem)
def test_only_one_module_says_of_a_text_that_it_is_markup(path: Path) -> None:
    if path.name == "html.py":
        return
    called = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    assert not [
        node.lineno for node in called if isinstance(node.func, ast.Name) and node.func.id in ("Html", "Markup")
    ]
    assert not {name for name in module_names(path) if name.startswith(("markupsafe", "nh3", "xml.sax"))}


@pytest.mark.parametrize(
    "href", ["#a24", "law/x.html#a24", "../x.html", "http://a.cn", "https://a.cn/?b=c&d=e", "tel:12315"]
)
def test_a_link_that_leads_somewhere_stays(href: str) -> None:
    assert read(Prose().line(f"[去]({href})")).one("a").attributes == {"href": href}


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "<javascript:alert(1)>",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "<java\nscript:alert(1)>",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "ftp://a.cn",
        "mailto:a@b.cn",
    ],
)
def test_a_link_of_any_other_kind_leads_nowhere(href: str) -> None:
    made = read(Prose().line(f"[去]({href})"))
    assert not [one for one in made.all("a") if "href" in one.attributes]


@pytest.mark.parametrize("line", [one for one in VECTORS if "](" in one])
def test_a_link_that_the_sanitiser_takes_is_reported_to_the_author(line: str) -> None:
    """So that nothing is taken from a text without a word."""
    text = Text(line.replace("␊", "\n").replace("␉", "\t"))
    written, left = (
        html.markdown.Markdown(extensions=[html.InlineOnly()]).convert(text),
        Prose().paragraphs(text),
    )
    if written.count("href=") > left.count("href="):
        assert [one.rule for one in check_file(text)[1]] == ["links"]


def test_the_front_matter_is_html_already() -> None:
    matter = front_matter(title='“a” "b" <c>', description='说"不退"就投诉', tags=("<i>",))
    assert matter.split("\n")[1:4] == [
        'title: "“a” &#34;b&#34; &lt;c&gt;"',
        'description: "说&#34;不退&#34;就投诉"',
        'tags: ["&lt;i&gt;"]',
    ]


def test_the_sanitiser_leaves_what_a_text_may_have() -> None:
    text = '**a** *b* `c<d` [e](f "g > h")\n\ni  \nj & k < l'
    assert Prose().paragraphs(text) == (
        '<p><strong>a</strong> <em>b</em> <code>c&lt;d</code> <a href="f" title="g &gt; h">e</a></p>\n'
        "<p>i<br>\nj &amp; k &lt; l</p>"
    )


@pytest.mark.parametrize("text", ["<svg onload=alert(1)//", "<", "&", "*", "`", "[", "\\"])
def test_what_a_sentence_begins_with_is_not_overlooked(text: str) -> None:
    """Few sentences need the converter, and the others are told by their characters: by all of them."""
    assert read(Prose().paragraphs(text)).one("p").text == text


@pytest.mark.parametrize("fence", ["```", "~~~", "> ```"])
def test_a_fence_in_a_text_does_not_begin_again_in_the_page(fence: str) -> None:
    block = html_block(element("pre", f"a\n{fence}\nb\n{fence}\nc"))
    made = html.markdown.markdown(block, extensions=["md_in_html", "pymdownx.superfences"])
    assert made == block and fence in read(made).text
