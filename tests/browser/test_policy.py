"""The built site under its own policy: nothing of it is stopped, and what is not of it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from test_site import PHONE, TREE
from waiting import until

WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  violated(`${event.violatedDirective} ${event.blockedURI} ${event.sample} at ${location.pathname}`));
"""


@pytest.fixture
def violations() -> list[str]:
    return []


@pytest.fixture
def reader(browser: Browser, violations: list[str]) -> Iterator[Page]:
    """Whatever the policy stops, and whatever else goes wrong, is kept in `violations`."""
    context = browser.new_context(viewport=PHONE)
    context.expose_function("violated", lambda *what: violations.extend(what))
    context.add_init_script(WATCH)
    page = context.new_page()
    page.on("pageerror", lambda error: violations.append(str(error)))
    page.on(
        "console",
        lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    context.close()


def test_no_page_is_stopped_in_anything(site: Path, serve, reader: Page, violations: list[str]) -> None:
    """Of every page: that it has loaded, and that its theme and its widget run."""
    url = serve(site).url
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(pages) > 90
    for path in pages:
        reader.goto(url + path)
        assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in (
            reader.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
        )
        if path != "404.html":
            until(reader, "document.documentElement.classList.contains('js') && !!customElements.get('kept-case')")
            until(reader, "!document.querySelector('tree-walk:not([data-plain]):not(:defined)')")
        assert violations == [], path


def test_a_whole_walk_is_stopped_in_nothing(site: Path, serve, reader: Page, violations: list[str]) -> None:
    """By in-site navigation, with a date that is typed, Python, the calendar's file, the search and a copied letter."""
    served = serve(site)
    reader.goto(served.url)
    reader.evaluate("() => { window.sameDocument = true; }")
    reader.click(f"a.choice[href*='{TREE}']")
    for answer in ("none", "phone", "new"):
        reader.locator(f".state.here a[data-answer={answer}]").click()
    until(reader, "() => MingluPython.state() === 'ready'", timeout=60_000)
    reader.locator(".state.here input").first.fill("2026-11-12")
    reader.locator(".state.here input").first.press("Enter")
    until(reader, "() => location.hash.includes('2026-11-12')")
    reader.evaluate(
        "location.hash = 'a=1&danger=none&device=phone&source=new&cause=none"
        "&reported=2026-11-16&received=2026-11-12&bought=platform&invoiced=2026-11-12&price=unsure'"
    )
    reader.wait_for_selector(".outcome.here .copy", state="attached")
    reader.locator(".outcome.here .further:has(.deadline) > summary").click()
    with reader.expect_download() as download:
        reader.locator(".outcome.here [download]:visible, .outcome.here .ics:visible").first.click()
    assert "BEGIN:VCALENDAR" in Path(download.value.path()).read_text()
    reader.locator(".md-header label[for=__search]:visible").first.click()
    search = reader.locator(".md-search__input")
    search.focus()
    until(reader, "!document.querySelector('.md-search-result__meta').textContent.includes('初始化')")
    search.fill("七天")
    search.press("End")  # the theme listens for keys
    reader.wait_for_selector(".md-search-result__item mark", state="attached")
    search.press("Enter")  # the theme leads to what fits best
    until(reader, f"() => !location.pathname.endsWith('{TREE}')")
    reader.go_back()
    reader.wait_for_selector(".state.here")
    assert reader.evaluate("() => window.sameDocument"), "a page was loaded anew"
    assert violations == []


INJECTED = {
    "a script in the page": "<script>ran = true</script>",
    "a handler": "<img src='data:,' onerror='ran = true'>",
    "a script of another site": "<script src='http://127.0.0.2:9/x.js'></script>",
    "a script in its address": "<script src='data:text/javascript,ran = true'></script>",
    "a frame": "<iframe srcdoc='<script>parent.ran = true</script>'></iframe>",
    "a frame with an address that runs": "<iframe src='javascript:parent.ran = true'></iframe>",
}
"""What a host, or a program on the way, could put into a finished page."""


def opened(reader: Page, url: str, page: str, injected: str) -> None:
    """The page about.html, as `page`, with more at its end."""
    body = page.replace("</body>", injected + "</body>")
    assert body != page
    reader.context.route("**/about.html", lambda route: route.fulfill(body=body, content_type="text/html"))
    reader.goto(url + "about.html")
    until(reader, "!!customElements.get('kept-case')")


@pytest.mark.parametrize("injected", INJECTED.values(), ids=INJECTED)
def test_what_got_into_a_page_does_not_run(site: Path, serve, reader: Page, violations: list[str], injected) -> None:
    opened(reader, serve(site).url, (site / "about.html").read_text(), injected)
    reader.wait_for_timeout(200)
    assert reader.evaluate("window.ran") is None
    assert violations != []


@pytest.mark.parametrize("what", [one for one in INJECTED if "another site" not in one])
def test_without_the_policy_it_would_run(site: Path, serve, reader: Page, what: str) -> None:
    """So that the test above is not right for another reason."""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", (site / "about.html").read_text())
    opened(reader, serve(site).url, page, INJECTED[what])
    until(reader, "window.ran")


def test_what_a_script_is_made_to_write_does_not_run(site: Path, serve, reader: Page, violations: list[str]) -> None:
    """Markup that gets in while the page runs, and a link that would run."""
    reader.goto(serve(site).url + TREE)
    reader.evaluate("""() => {
      const place = document.querySelector("tree-walk");
      place.innerHTML += "<img src='data:,' onerror='ran = true'><a id=bad href='javascript:ran = true'>x</a>";
      place.innerHTML += "<p style='color:red'>x";
      document.getElementById("bad").click();
    }""")
    reader.wait_for_timeout(300)
    assert reader.evaluate("window.ran") is None
    assert {one.split()[0] for one in violations if " at /" in one} == {
        "script-src-attr",
        "script-src-elem",
        "style-src-attr",
    }


def test_it_sends_nothing_elsewhere(site: Path, serve, reader: Page, violations: list[str]) -> None:
    reader.goto(serve(site).url + TREE)
    sent = "() => fetch('http://127.0.0.2:9/?answers').then(() => 'sent', () => 'stopped')"
    assert reader.evaluate(sent) == "stopped"
    assert any("connect-src" in one for one in violations)


def test_icons_of_the_theme_need_addresses_that_hold_their_data(site: Path) -> None:
    """Why the policy allows `data:` for pictures."""
    assert any('url("data:image/svg' in path.read_text() for path in site.glob("assets/stylesheets/main.*.css"))
