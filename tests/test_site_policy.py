"""The policy of a site's pages, of which a browser sees to the rest (browser/test_policy.py)."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from minglu.site_policy import Stopped, inline_hashes, with_policy

HEAD = '<!doctype html>\n<html lang="zh">\n  <head>\n    <meta charset="utf-8">'


def page(inside: str = "", head: str = "") -> str:
    return f"{HEAD}{head}</head><body>{inside}</body></html>"


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(made: str) -> dict[str, set[str]]:
    """Directive → what it names, of the one policy of a page."""
    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', made)
    parts = [part.split() for part in content.split("; ")]
    assert len({part[0] for part in parts}) == len(parts)
    return {name: {*values} for name, *values in parts}


def one_policy(*pages: str) -> dict[str, set[str]]:
    made, _ = with_policy({f"{number}.html": one for number, one in enumerate(pages)})
    policies = [policy(one) for one in made.values()]
    assert all(one == policies[0] for one in policies)
    return policies[0]


def hashes(*pages: str) -> set[str]:
    return one_policy(*pages)["script-src"] - {"'self'", "'wasm-unsafe-eval'"}


def test_nothing_is_allowed_that_is_not_named() -> None:
    assert one_policy(page()) == {
        "default-src": {"'none'"},
        "script-src": {"'self'", "'wasm-unsafe-eval'"},
        "style-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "connect-src": {"'self'"},
        "worker-src": {"'self'"},
        "font-src": {"'self'"},
        "object-src": {"'none'"},
        "base-uri": {"'none'"},
        "form-action": {"'none'"},
    }


def test_it_stands_behind_the_encoding_and_before_all_that_runs() -> None:
    made = with_policy({"a.html": page(head="<script>a()</script>")})[0]["a.html"]
    assert made.startswith(HEAD + '<meta http-equiv="Content-Security-Policy"')
    assert made.endswith("<script>a()</script></head><body></body></html>")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!doctype html><!-- <head> --><html><head>", "<title>x</title></head></html>"),
        ("<html><head data-x='>'>", "<body><meta charset=utf-8></body></html>"),
        ("<!DOCTYPE html>\n<html\nlang=zh>", "\n<title>x</title><p>x"),
        ("\n<!doctype html>", "<title>x</title>x"),
        ('<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "<title>x</title>"),
        ("<html><head><META CHARSET=utf-8 />", "<meta charset=utf-8>"),
        ("<html><head><meta charset=utf-8>", "<head><title>x</title>"),
    ],
)
def test_a_page_is_found_however_its_head_is_written(before: str, after: str) -> None:
    made = with_policy({"a.html": before + after})[0]["a.html"]
    assert made.startswith(before + "<meta http-equiv") and made.endswith('">' + after)


def test_what_is_no_page_stays_as_it_is() -> None:
    """Such as the file that proves to a search engine who owns a site."""
    made, found = with_policy({"proof.html": "site-verification: proof.html", "part.html": "<p onclick=x>x</p>"})
    assert made == {"proof.html": "site-verification: proof.html", "part.html": "<p onclick=x>x</p>"}
    assert found == []


def test_all_pages_allow_the_inline_scripts_of_all() -> None:
    assert hashes(page("<script>a()</script>"), page(head="<script>b()</script>"), page()) == {
        hashed("a()"),
        hashed("b()"),
    }
    assert one_policy(page(head="<style>p{}</style>"), page("<style media=print>q{}</style>"))["style-src"] == {
        "'self'",
        hashed("p{}"),
        hashed("q{}"),
    }


@pytest.mark.parametrize(
    "tag",
    [
        "<script>",
        "<SCRIPT>",
        "<script type=''>",
        "<script type=module>",
        "<script type=importmap>",
        "<script type='text/javascript'>",
        "<script type=' Application/JavaScript '>",
        "<script type=text/ecmascript async>",
        "<script language=javascript>",
    ],
)
def test_what_runs_is_hashed(tag: str) -> None:
    assert hashes(page(f"{tag}a()</script>")) == {hashed("a()")}


@pytest.mark.parametrize(
    "tag",
    [
        "<script src=a.js>",
        "<script type='application/json'>",
        "<script type='application/ld+json'>",
        "<script type='text/template'>",
        "<!-- <script>",
        "<noscript data-x='<script>'>",
    ],
)
def test_what_does_not_run_is_not(tag: str) -> None:
    assert hashes(page(f"{tag}a()</script>-->")) == set()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("\n  a('中文 &amp; &lt;')\n", None),
        ("a()\r\nb()\rc()", "a()\nb()\nc()"),
        ("'</p><p style=x onclick=y>' && '<\\/script>' // <b>", None),
        ("if (a<b && c</d/.test(e)) x()", None),
    ],
)
def test_the_text_is_hashed_as_a_browser_reads_it(written: str, read: str | None) -> None:
    made = page(f"<script>{written}</script>")
    assert hashes(made) == {hashed(written if read is None else read)}
    assert with_policy({"a.html": made})[1] == []


def test_what_a_text_brought_in_is_not_vouched_for() -> None:
    text = "<p>x</p><SCRIPT>evil()</SCRIPT><style>p{}</style>"
    brought = inline_hashes(text)
    assert brought == {hashed(one).strip("'") for one in ("evil()", "p{}")}
    made, found = with_policy({"a.html": page(f"{text}<script>theme()</script>")}, brought)
    assert policy(made["a.html"])["script-src"] == {"'self'", "'wasm-unsafe-eval'", hashed("theme()")}
    assert policy(made["a.html"])["style-src"] == {"'self'"}
    assert found == [Stopped("a.html", "<SCRIPT>evil()", 1)]
    assert inline_hashes("<p>the word script</p>") == set()


@pytest.mark.parametrize(
    "tag",
    [
        '<p style="text-align: right;">',
        "<b STYLE=x>",
        "<button onclick='a()'>",
        "<svg onload=a()>",
        "<img src='https://other.example/x.png'>",
        "<script src='//other.example/x.js'></script>",
        "<link rel=stylesheet href='https://other.example/x.css'>",
        "<iframe src=x.html></iframe>",
        "<base href=/x/>",
        "<a href=' JavaScript:a()'>",
        "<form action=x>",
    ],
)
def test_what_does_not_work_under_it_is_told_with_its_page(tag: str) -> None:
    _, found = with_policy({"b.html": page(), "a.html": page(f"x{tag}y")})
    assert found == [Stopped("a.html", tag.removesuffix("</script>").removesuffix("</iframe>"))]
    assert all("a.html" in words and found[0].excerpt in words for words in (found[0].says.zh, found[0].says.en))


@pytest.mark.parametrize(
    "tag",
    [
        "<a href='https://other.example/'>",
        "<img src='data:image/png;base64,x'>",
        "<link rel=canonical href='https://other.example/'>",
        "<form name=search>",
        "<p data-style=x data-onclick=x>",
        "<td align=right>",
    ],
)
def test_what_works_is_not(tag: str) -> None:
    assert with_policy({"a.html": page(tag)})[1] == []


def test_a_page_is_told_once_and_shortly() -> None:
    (one,) = with_policy({"a.html": page(3 * f"<p\nstyle='{'x' * 200}'>")})[1]
    assert one.more == 2 and len(one.excerpt) == 80 and "\n" not in one.says.zh
    assert "2" in one.says.zh and "2 more" in one.says.en


def test_same_pages_same_bytes() -> None:
    pages = {f"{n}.html": page(f"<script>{n}</script><style>{n}</style>") for n in range(9)}
    made = with_policy(pages)[0]
    assert list(made) == list(pages)
    written = re.findall("'sha256-[^']*'", made["0.html"].partition("style-src")[0])
    assert len(written) == 9 and written == sorted(written)
    assert with_policy(dict(reversed(pages.items())))[0] == made == with_policy(pages)[0]
