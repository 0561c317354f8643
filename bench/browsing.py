"""A folder as a site on the loopback, and this machine's Chromium."""

import contextlib
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass
class Loopback:
    """A running server: its address, and the paths below it that it was asked for."""

    address: str = ""
    asked: list[str] = field(default_factory=list)


@contextlib.contextmanager
def loopback(folder: Path) -> Iterator[Loopback]:
    """Serve a folder as GitHub Pages does: kept open, and to be cached for ten minutes."""
    served = Loopback()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.asked.append(self.path.partition("?")[0].lstrip("/"))
            with contextlib.suppress(ConnectionError):  # a page that was closed while its files were on their way
                super().do_GET()

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    served.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        try:
            yield started
        finally:
            started.close()


def chromium_path() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        raise FileNotFoundError("no Chromium and no Chrome on the PATH")
    return found


def largest_tree_page(site: Path) -> str:
    """The path of the largest page of a tree below the site's root."""
    pages = [path for path in (site / "trees").glob("*.html") if path.name != "index.html"]
    return f"trees/{max(pages, key=lambda path: path.stat().st_size).name}"
