"""Links of hand-written pages, however they are written."""

import pytest

from minglu.write import documents
from minglu.write.citing import Citations

EXTENSIONS = ["attr_list", "md_in_html", "tables", "pymdownx.superfences"]


@pytest.fixture
def told(toy):
    """A source → what the check says of its links: line, column, length, and the sentence."""
    library = toy.project.library
    citing = Citations(library.names, library.statutes, lambda one: f"law/{one.statute}.md#a{one.article}")

    def check(source: str) -> list[tuple[int, int, int, str]]:
        found = documents.check_documents(
            {"docs/page.md": source}, {}, citing, as_of="2026-11-21", extensions=EXTENSIONS, configs={}
        )
        assert all(one.rule == "links" and one.at.file == "docs/page.md" and one.help for one in found)
        return [(one.at.line, one.at.column, one.at.length, one.says.en) for one in found]

    return check


@pytest.mark.parametrize(
    "link",
    [
        "[x](#a)",
        "[x](other.md#a:b)",
        "[x](../law/index.md)",
        "[x](./a:b.md)",
        "[x](?a=b:c)",
        "[x](//other.example/)",
        "[x](https://other.example/?a=b:c)",
        "[x](HTTP://other.example)",
        "[x](tel:12315)",
        "<https://other.example>",
        "![x](picture.svg)",
        '<a href="/x">x</a>',
        "[x](<a b.md>)",
        "`[x](javascript:alert(1))`",
        "```\n[x](javascript:alert(1))\n```",
        "<!-- [x](javascript:alert(1)) -->",
        "javascript:alert(1)",
        '<p title="javascript:alert(1)">x</p>',
    ],
)
def test_a_link_that_leads_somewhere_and_what_is_no_link_are_right(told, link: str) -> None:
    assert told(f"# x\n\n{link}\n") == []


@pytest.mark.parametrize(
    ("link", "scheme"),
    [
        ("[x](javascript:alert(1))", "javascript"),
        ("[x](JaVaScRiPt:alert(1))", "JaVaScRiPt"),
        ("[x]( javascript:alert(1))", "javascript"),
        ("[x](<javascript:alert(1)>)", "javascript"),
        ("[x](&#106;avascript:alert(1))", "javascript"),
        ("[x](javascript&colon;alert(1))", "javascript"),
        ("[x](&#x6A;&#x61;vascript&#58;alert(1))", "javascript"),
        ("[x](java\\script:alert(1))", None),
        ("[x](data:text/html,<script>alert(1)</script>)", "data"),
        ("[x](vbscript:msgbox)", "vbscript"),
        ("[x](file:///etc/passwd)", "file"),
        ("[x](blob:https://a.example/x)", "blob"),
        ("[x](mailto:a@b.example)", "mailto"),
        ("<a@b.example>", "mailto"),
        ("<ftp://a.example>", "ftp"),
        ("![x](data:image/svg+xml;base64,x)", "data"),
        ("[x]{ href=javascript:alert(1) }", None),
        ("*x*{ href=javascript:alert(1) }", "javascript"),
        ('<a href="javascript:alert(1)">x</a>', "javascript"),
        ("<a href=javascript:alert(1)>x</a>", "javascript"),
        ("<A HREF='\x01 javascript:alert(1)'>x</A>", "javascript"),
        ("<a href=' &#1; javascript:alert(1)'>x</a>", "javascript"),
        ("<a href='java&Tab;script:alert(1)'>x</a>", "javascript"),
        ("<a href='java\tscript:alert(1)'>x</a>", None),  # Markdown makes blanks of a tab, which are no scheme
        ("<a href='java\nscript:alert(1)'>x</a>", "javascript"),
        ("<a\nhref='&#0000106avascript:alert(1)'>x</a>", "javascript"),
        ("<iframe src='javascript:alert(1)'></iframe>", "javascript"),
        ("<img src=x srcset='y 1x, javascript:alert(1) 2x'>", "javascript"),
        ("<form action='javascript:alert(1)'><button formaction='javascript:alert(2)'>x</button></form>", "javascript"),
        ("<svg><a xlink:href='javascript:alert(1)'>x</a></svg>", "javascript"),
        ("<object data='data:text/html,x'></object>", "data"),
        ("<div markdown>\n\n[x](javascript:alert(1))\n\n</div>", "javascript"),
        ("| a |\n| - |\n| [x](javascript:alert(1)) |", "javascript"),
    ],
)
def test_one_that_could_run_is_told(told, link: str, scheme: str | None) -> None:
    says = {one[3] for one in told(f"# x\n\n{link}\n")}
    assert says == ({f"a link does not begin with `{scheme}:`"} if scheme else set())


@pytest.mark.parametrize(
    "reference", ["[x]: javascript:alert(1)", "[x]: <JAVASCRIPT:alert(1)>", "[x]: &#106;avascript:alert(1) 'x'"]
)
def test_a_reference_is_told_where_its_address_stands(told, reference: str) -> None:
    ((line, _, _, says),) = told(f"看[这里][x]。\n\n{reference}\n")
    assert line == 3 and "javascript:" in says.lower()


def test_each_is_told_with_its_place(told) -> None:
    source = (
        "---\ntitle: '[x](javascript:a)'\n---\n\n`javascript:a` 是代码。\n\n"
        "好的[一](javascript:a)和[二](vbscript:b)。\n\n"
        "  <a href='&#106;avascript:c'>三</a>\n\n[四](javascript:a)\n"
    )
    assert [one[:3] for one in told(source)] == [(7, 7, 12), (7, 25, 10), (9, 3, 33), (11, 5, 12)]


def test_of_those_that_are_written_in_entities_the_line_is_told(told) -> None:
    source = "[a](&#106;avascript:a)[b](&#106;avascript:b)\n\n[c](&#x6a;avascript:c)\n"
    assert [one[0] for one in told(source)] == [1, 1, 3]


def test_an_address_of_mail_is_told_where_it_stands(told) -> None:
    assert [one[:3] for one in told("一\n\n写信给 <a@b.example>\n")] == [(3, 6, 11)]
