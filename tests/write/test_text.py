"""What authors write comes out as they wrote it, and cannot break the page."""

import json

import pytest
from pages import body, read

from minglu import pipeline
from minglu.write import write
from minglu.write.html import Prose
from minglu.write.markdown_source import markdown_heading
from minglu.write.widget import EARLY, RESCUE, inline_source

NASTY = "a < b & \"c\" 'd' </section><script>alert(1)</script> {#x}"


@pytest.fixture(scope="module")
def nasty(toy_files) -> dict[str, bytes]:
    """The kettle, with a text that looks like markup in every place that a reader sees."""
    quoted = "'" + NASTY.replace("'", "''") + "'"
    swaps = {
        "没坏，不想要了": quoted,
        "七日内可以退。": quoted,
        "坏了，三样任选。": quoted,
        "换壶": quoted,
        "请拿出证据": quoted,
        "水壶退货": quoted,
        "退、换、修由你选": quoted,
        "收到七日内可以退壶。": quoted,
        "“烧过水就不能退”": quoted,
    }
    files = {}
    for path, data in toy_files.items():
        text = data.decode()
        for old, new in swaps.items():
            for before, after in ((": ", " }"), (": ", ","), (": ", "\n")):
                text = text.replace(f"{before}{old}{after}", f"{before}{new}{after}")
        files[path] = text.encode()
    done, found = pipeline.compile_anyway(files)  # braces are told of
    assert done and {one.rule for one in found} <= {"braces"}
    return write(done)


def test_markup_in_a_text_is_shown_and_not_obeyed(nasty) -> None:
    page = body(nasty["trees/kettle.md"])
    assert [script.text for script in page.all("script")] == [inline_source(EARLY), inline_source(RESCUE)]
    shown = [section.text for section in page.all("section", cls="outcome")]
    assert any(NASTY in text for text in shown)
    assert json.loads(page.one("template").text)["title"] == NASTY
    assert NASTY in page.one("h1").text


def test_the_picture_of_a_tree_shows_it_too(nasty) -> None:
    page = body(nasty["maps/kettle.md"])
    assert not page.all("script")
    assert NASTY in page.one("h1").text and NASTY in page.one("ul", cls="outline").text
    assert any(NASTY in node.attributes["aria-label"] for node in page.one("svg").all("a"))


def test_the_page_of_a_law_shows_it_too(nasty) -> None:
    source = nasty["law/kettle-law-2020.md"].decode()
    assert "<script" not in source and "&lt;script" in source


def test_emphasis_and_code_are_markdown() -> None:
    assert Prose().paragraphs("**七日**内`*#06#`") == "<p><strong>七日</strong>内<code>*#06#</code></p>"


def test_a_blank_line_makes_a_paragraph_and_nothing_else_does() -> None:
    assert Prose().paragraphs("一\n\n1. 二\n# 三\n- 四") == "<p>一</p>\n<p>1. 二\n# 三\n- 四</p>"
    assert Prose().line("一\n\n二") == "一<br>二"


def test_a_heading_shows_what_markdown_would_take_for_markup() -> None:
    import markdown

    made = read(
        markdown.markdown(markdown_heading(2, "*a* [b](c) {#d} `e` <i>f</i> 1.", "right"), extensions=["attr_list"])
    )
    assert made.one("h2").text == "*a* [b](c) {#d} `e` <i>f</i> 1."
    assert made.one("h2").attributes["id"] == "right"


def test_markdown_keeps_the_html_of_a_tree_as_it_is(written) -> None:
    import markdown

    source = written["trees/kettle.md"].decode().split("---\n", 2)[2].strip()
    extensions = [
        "admonition",
        "attr_list",
        "def_list",
        "md_in_html",
        "tables",
        "pymdownx.details",
        "pymdownx.superfences",
        "toc",
    ]
    assert markdown.markdown(source, extensions=extensions).strip() == source


def test_same_trees_same_bytes(toy_files) -> None:
    first, second = (
        write(pipeline.check(dict(files))[0]) for files in (toy_files.items(), reversed(toy_files.items()))
    )
    assert first == second and list(first) == list(second)
