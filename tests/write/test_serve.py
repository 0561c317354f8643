"""`mkdocs serve` on trees that are broken, mended, and broken again, read over HTTP as a browser would."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from test_plugin import HOME, ROOT, SETTINGS, TOY, edit

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.diagnostics.formats import findings_box

PATIENCE = 120
"""Seconds after which a page that does not change is taken for one that never will."""

TREE = "trees/kettle/tree.yml"
BREAK = ("{ repairs: many }, to: refund }", "{ repairs: many }, to: refnd }")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "trees")
    (tmp_path / "docs/other").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text(HOME)
    (tmp_path / "docs/other/page.md").write_text("# 别的\n\n又见水壶法第12条。\n")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    return tmp_path


@contextmanager
def served(project: Path) -> Iterator[Callable[..., str]]:
    """While the site is served, a function that gives a page once it is as told."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with (project / "log.txt").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(ROOT / "build_tools")},
            stdout=log,
            stderr=log,
        )

    def page(path: str, told: Callable[[str], object] = bool) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and server.poll() is None:
            if told(text := read(f"http://{address}/{path}")):
                return text
            time.sleep(0.1)
        raise AssertionError(f"/{path} did not become as expected\n{(project / 'log.txt').read_text()}")

    try:
        yield page
    finally:
        server.terminate()
        server.wait()


def read(address: str) -> str:
    """The page, an error page too; empty while nothing answers."""
    try:
        return urlopen(address, timeout=PATIENCE).read().decode()
    except HTTPError as error:
        return error.read().decode()
    except OSError:
        return ""


def notice(page: str) -> str:
    """The text of the box, or nothing."""
    found = re.search(r"<section id='minglu-findings'.*?</section>", page, re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", found[0])) if found else ""


def fit(page: str) -> bool:
    return "七日内可以退" in page and not notice(page)


def test_what_is_wrong_stands_on_every_page_and_goes_away_when_mended(project: Path) -> None:
    with served(project) as page:
        page("", fit)
        before = page("trees/kettle.html")
        edit(project / TREE, *BREAK)
        for path in ("", "trees/kettle.html", "other/page.html", "no/such/page.html"):
            told = notice(page(path, notice))
            assert "1 处要改" in told and "下面还是改之前的网页" in told
            assert "trees/kettle/tree.yml:33:" in told and "没有叫 `refnd` 的节点" in told and "→ 写 `refund`" in told
            assert re.search(r"\n?   33 \| .*to: refnd } \] }", told)
        assert "退、换、修由你选" in page("trees/kettle.html")
        edit(project / TREE, *reversed(BREAK))
        page("", fit)
        assert without_reload(page("trees/kettle.html")) == without_reload(before)
        edit(project / "docs/other/page.md", "第12条", "第99条")
        assert "docs/other/page.md:3:3" in notice(page("", notice))
        edit(project / "docs/other/page.md", "第99条", "第12条")
        page("", fit)


def without_reload(page: str) -> str:
    """MkDocs numbers each reload."""
    return re.sub(r"livereload\(\d+, \d+\)", "", page)


def test_broken_trees_are_served_as_their_diagnostics_until_they_are_mended(project: Path) -> None:
    edit(project / TREE, *BREAK)
    edit(project / TREE, "title: 水壶退货", "title: [水壶退货")
    with served(project) as page:
        first, other = page("", notice), page("trees/kettle.html", notice)
        assert (
            "改好保存，网页会自己出来" in notice(first)
            and "trees/kettle/tree.yml:2:" in notice(first)
            and "livereload(" in first
        )
        assert "http-equiv='refresh'" in other
        edit(project / TREE, "title: [水壶退货", "title: 水壶退货")
        page("", lambda text: "`refnd`" in notice(text))
        edit(project / TREE, *reversed(BREAK))
        page("", fit)
        assert "退、换、修由你选" in page("trees/kettle.html")


def test_the_box_holds_nothing_that_an_author_could_break_it_with() -> None:
    source = "says: <script>alert(1)</script> & 'x' \"y\""
    one = Diagnostic(
        "names",
        Span("trees/<b>.yml", 1, 7, 8),
        Words("没有叫 `<i>` 的", "x"),
        Words("写 `<u>`", "x"),
        ((Span("a.yml", 1, 1), Words("<em>", "x")),),
    )
    made = findings_box([one], {"trees/<b>.yml": source.encode()}, "zh", "<h1>")
    assert {*re.findall(r"</?([a-z0-9]+)", made)} == {"section", "b", "ol", "li", "div", "pre", "mark"}
    assert source in unescape(re.sub(r"<[^>]+>", "", made)) and "<mark" in made and "&lt;script&gt;</mark>" in made


def test_the_box_stays_in_view_and_scrolls_by_keyboard() -> None:
    begin = re.match(
        r"<section[^>]*>",
        findings_box([Diagnostic("names", Span("a.yml", 0, 0, 0), Words("x", "x"))], {}, "zh", "1 处"),
    )[0]
    assert (
        "position:sticky;top:0" in begin
        and "overflow:auto" in begin
        and "tabindex='0'" in begin
        and "aria-label='1 处'" in begin
    )


def test_a_build_never_shows_the_box(project: Path) -> None:
    edit(project / TREE, *BREAK)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(ROOT / "build_tools")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and "error[names]" in done.stderr and not (project / "site").exists()
