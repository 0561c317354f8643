"""The page for an address that is not there, as hosts show it: at any depth, under any sub-path."""

import contextlib
import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from test_site import PHONE
from waiting import until

TREE = "trees/quality-defect.html"
WALK = "a=1&danger=none&device=phone"


class Host(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below `prefix`, and that folder's 404.html for whatever is not there."""

    def __init__(self, *args, prefix: str, asked: list[str], **options) -> None:
        self.prefix, self.asked = prefix, asked
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(self.prefix)
        return super().translate_path("/" + below) if below != path or self.prefix == "" else "/nowhere"

    def send_head(self):
        self.asked.append(f"{self.command} {self.path}")
        return super().send_head()

    def list_directory(self, path: str) -> None:  # most hosts do not
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[Callable[..., str]]:
    """`host(site, "/sub")` → the address of its root, without a slash at the end."""
    with contextlib.ExitStack() as servers:

        def start(site: Path, prefix: str = "", asked: list[str] | None = None) -> str:
            handler = functools.partial(
                Host, directory=str(site), prefix=prefix, asked=asked if asked is not None else []
            )
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}{prefix}"

        yield start


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda one: page.errors.append(one.text) if "Content Security" in one.text else None)
    yield page
    assert page.errors == []
    context.close()


def links(page: Page) -> list[str]:
    return page.eval_on_selector_all("a", "all => all.map((one) => one.href)")


def leads_on(page: Page, root: str) -> None:
    """Every link of the page leads to a page of the site that stands at `root`."""
    until(page, f"() => document.links[0].href === '{root}/index.html'")
    page.wait_for_load_state("networkidle")
    assert {f"{root}/index.html", f"{root}/{TREE}"} <= {*links(page)}
    for one in links(page):
        assert page.request.get(one).status == 200


MISSING = (
    "/x",
    "/x/",
    "/path/x.html",
    "/trees/nothere.html",
    "/trees/",
    "/law/deep/x",
    "/assets/minglu/x",
    "/a/b/c/d/e",
)


@pytest.mark.parametrize("prefix", ["", "/sub", "/two/deep", "/law"])
@pytest.mark.parametrize("missing", MISSING)
def test_its_links_lead_on_wherever_it_is_shown(site: Path, host, reader: Page, prefix: str, missing: str) -> None:
    """/law is a folder of the site's own, too: only by asking can the two be told apart."""
    root = host(site, prefix)
    assert reader.goto(root + missing).status == 404
    leads_on(reader, root)


@pytest.mark.parametrize(
    ("missing", "begin"),
    [
        ("/x", "/"),
        ("/trees/nothere.html", "/"),
        ("/sub/x", "/sub/"),
        ("/sub/trees/nothere.html", "/sub/"),
        ("/sub/law/deep/x", "/sub/"),
        ("/sub/contribute/decisions/x", "/sub/"),
    ],
)
def test_where_nothing_can_be_asked_the_address_alone_says_it(
    site: Path, host, reader: Page, missing: str, begin: str
) -> None:
    root = host(site, "/sub" if missing.startswith("/sub") else "").removesuffix("/sub")
    reader.add_init_script("window.fetch = () => Promise.reject(new Error('no line'))")
    reader.goto(root + missing)
    assert f"{root}{begin}index.html" in links(reader)


def test_without_a_script_its_links_hold_at_the_top_of_a_server(site: Path, host, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    root = host(site)
    page.goto(f"{root}/no/such/page.html")
    assert f"{root}/{TREE}" in links(page)
    page.click("a.home")
    assert "发生了什么" in page.inner_text("h1")
    page.context.close()


@pytest.mark.parametrize("address", ["//other.example/trees/x", "//other.example/x", "/%2F%2Fother.example/trees/x"])
def test_no_address_makes_its_links_lead_elsewhere(site: Path, host, reader: Page, address: str) -> None:
    root = host(site)
    reader.add_init_script("window.fetch = () => Promise.reject(new Error('no line'))")
    reader.goto(root + address)
    assert all(one.startswith(root + "/") for one in links(reader))


@pytest.mark.parametrize("prefix", ["", "/sub"])
@pytest.mark.parametrize("mangled", [f"%23{WALK}", "%23" + WALK.replace("=", "%3D", 1)])
def test_a_link_whose_hash_sign_was_encoded_leads_to_its_page(
    site: Path, host, reader: Page, prefix: str, mangled: str
) -> None:
    root = host(site, prefix)
    reader.goto(f"{root}/{TREE}{mangled}")
    reader.wait_for_url(re.compile(rf"{TREE}#a"))
    reader.wait_for_selector(".state.here[data-node=source]")
    assert reader.evaluate("location.pathname").endswith(f"{prefix}/{TREE}")


def test_another_address_with_a_number_sign_is_just_not_there(site: Path, host, reader: Page) -> None:
    root = host(site)
    reader.goto(f"{root}/{TREE}%23b=1")
    assert reader.inner_text("h1") == "没有这一页"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_on_a_phone(site: Path, host, browser: Browser, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True).new_page()
    page.goto(f"{host(site)}/no/such/page.html")
    assert page.get_attribute("html", "lang") == "zh" and page.title() == "没有这一页 - 明路"
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    heights = page.eval_on_selector_all("a", "all => all.map((one) => one.getBoundingClientRect().height)")
    assert len(heights) > 5 and min(heights) >= 44
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 25, 22)"
    assert dark == (scheme == "dark")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]] == []
    page.context.close()


def test_it_asks_for_little(site: Path, host, reader: Page) -> None:
    """One question where the address says it; and a handful however deep it is."""
    asked: list[str] = []
    root = host(site, "/sub", asked)
    reader.goto(f"{root}/trees/nothere.html")
    reader.wait_for_load_state("networkidle")
    assert [one for one in asked if not re.match("GET .*favicon", one)] == [
        "GET /sub/trees/nothere.html",
        "HEAD /sub/assets/minglu/favicon.png",
    ]
    asked.clear()
    reader.goto(f"{root}{'/x' * 50}")
    reader.wait_for_load_state("networkidle")
    assert len(asked) < 12
