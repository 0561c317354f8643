"""A folder as a site on the loopback, this machine's Chromium, and a phone's page in it, slowed down as a phone is."""

import contextlib
import functools
import gzip
import http.server
import io
import json
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, ViewportSize, sync_playwright

from bench.rows import NEVER

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE: ViewportSize = {"width": 375, "height": 812}
WORKER = "worker*.js"
"""The file's name of the script that starts Python."""

USABLE = "tree-walk[ready] .state.here a[data-answer]"
"""An answer that the widget is ready to take."""

STAYS = f"{USABLE}:not(.unsure):not([data-handover])"
"""One that leads on in the same tree, and without Python."""

ANSWER = """async ({ selector, late }) => {
  const link = document.querySelector(selector);
  if (!link) return false;
  link.click();
  const led = () => document.querySelector("tree-walk .state.here") && !(link.isConnected && link.closest(".here"));
  for (const until = performance.now() + late; !led(); await new Promise((then) => setTimeout(then, 10)))
    if (performance.now() > until) throw new Error("an answer led nowhere");
  return true;
}"""

SEEN = """(async () => {
  const frame = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  while (!document.querySelector(%s)?.getClientRects().length) await frame();
  await frame();
  window.seenAt = performance.now();
})()"""
"""Begins with the document; the clock has begun with the visit."""

PAINTED = """new PerformanceObserver((list) => (window.paintedAt ??= list.getEntries()[0].renderTime))
  .observe({ type: "element" });
new MutationObserver(() => {
  for (const one of document.querySelectorAll(%s)) if (!one.elementTiming) one.elementTiming = "painted";
}).observe(document, { attributes: true, childList: true, subtree: true });"""
"""The browser tells when it first painted the text of an element, to which it must be said before."""

COMES_TRUE = """async (late) => {
  const until = performance.now() + late;
  while (!(%s)) {
    if (performance.now() > until) return false;
    await new Promise((then) => setTimeout(then, 20));
  }
  return true;
}"""


@dataclass
class Loopback:
    """A running server: its address, the paths below it that it was asked for, and what becomes of Python's worker.

    `worker` is "there", "missing" (a 404) or "late" (no answer for as long as the server runs); it may change.
    """

    address: str = ""
    asked: list[str] = field(default_factory=list)
    worker: str = "there"


@dataclass(frozen=True)
class Line:
    """A phone's line: the milliseconds before each answer, and the bits in a second."""

    latency: float
    down: float
    up: float


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *request: Any) -> None:
        """A browser that hangs up is nothing to report."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*request)


@contextlib.contextmanager
def loopback(folder: Path) -> Iterator[Loopback]:
    """Serve a folder as GitHub Pages does: kept open, compressed, and to be cached for ten minutes."""
    served = Loopback()
    ended = threading.Event()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/")
            served.asked.append(name)
            with contextlib.suppress(ConnectionError):  # a page that was closed while its files were on their way
                if served.worker == "there" or not fnmatch(name.rpartition("/")[2], WORKER):
                    super().do_GET()
                elif served.worker == "missing":
                    self.send_error(HTTPStatus.NOT_FOUND)
                else:
                    ended.wait()
                    self.close_connection = True

        def send_head(self) -> io.BytesIO | BinaryIO | None:
            path = Path(self.translate_path(self.path))
            if not path.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
                return super().send_head()
            packed = gzipped(path)
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed)))
            self.end_headers()
            return io.BytesIO(packed)

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield served
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


@functools.cache
def gzipped(path: Path) -> bytes:
    """A file as hosts send it. Who times a page asks for it once before, so that nothing is packed meanwhile."""
    return gzip.compress(path.read_bytes(), compresslevel=6)


@contextlib.contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright, *arguments)
        try:
            yield started
        finally:
            started.close()


def launched(playwright: Playwright, *arguments: str) -> Browser:
    return playwright.chromium.launch(executable_path=chromium_path(), args=[*ARGUMENTS, *arguments])


def chromium_path() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        raise FileNotFoundError("no Chromium and no Chrome on the PATH")
    return found


def phone_context(browser: Browser) -> BrowserContext:
    """A fresh profile of a phone's size, with fingers and no mouse, below which a browser looks at each step again."""
    return browser.new_context(viewport=PHONE, has_touch=True)


@contextlib.contextmanager
def phone(browser: Browser, *, cpu: float = 1, line: Line | None = None) -> Iterator[Page]:
    """A page of a fresh profile, of a phone's size, with the page (no worker of it) so many times slower."""
    context = phone_context(browser)
    page = context.new_page()
    slow_down(page, cpu=cpu, line=line)
    try:
        yield page
    finally:
        context.close()


def slow_down(page: Page, *, cpu: float = 1, line: Line | None = None) -> CDPSession:
    """The line also holds for workers."""
    session = page.context.new_cdp_session(page)
    if cpu != 1:
        session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
    if line:
        session.send("Network.enable")
        rates = {"downloadThroughput": line.down / 8, "uploadThroughput": line.up / 8}
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": line.latency, **rates})
    return session


def seen_after(page: Page, address: str, selector: str, *, late: float) -> float:
    """Milliseconds from the start of a visit until an element is there and painted, or NEVER."""
    page.add_init_script(SEEN % json.dumps(selector))
    page.goto(address, wait_until="commit")
    return float(page.evaluate("seenAt")) if comes_true(page, "window.seenAt", late=late) else NEVER


def painted_after(page: Page, address: str, selector: str, *, late: float) -> float:
    """Milliseconds from the start of a visit until the text of an element is painted, or NEVER. A script that asks in
    every frame learns of it only when the page has nothing else to do.
    """
    page.add_init_script(PAINTED % json.dumps(selector))
    page.goto(address, wait_until="commit")
    return float(page.evaluate("paintedAt")) if comes_true(page, "window.paintedAt", late=late) else NEVER


def comes_true(page: Page, expression: str, *, late: float) -> bool:
    """Playwright's own waiting evaluates a string in the page, which the page's policy may forbid."""
    return bool(page.evaluate(COMES_TRUE % expression, late))


def answered(page: Page, *, late: float) -> bool:
    """Tap the first answer that stays in the tree, and wait for where it leads; False where there is no such answer."""
    return bool(page.evaluate(ANSWER, {"selector": STAYS, "late": late}))
