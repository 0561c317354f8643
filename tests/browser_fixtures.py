"""A browser for tests, and folders served on the loopback: fixtures that tests/conftest.py gives to all of them."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from chromium import HOW_TO_GET_IT, chromium
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Milliseconds: files are tested side by side, and the search's index of twenty trees takes its time.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """This machine's Chromium: one for all tests, as Playwright runs once in a process."""
    found = chromium()
    if not found:
        pytest.fail(HOW_TO_GET_IT, pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh profile."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@dataclass
class Served:
    """A running server: its address, the paths it was asked for (with their queries), and what it withholds.

    What it withholds may change while it runs.
    """

    url: str
    missing: set[str]
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """`serve(folder, headers=…, missing=…, stalled=…, cut=…)` starts a server that lives as long as the test.

    headers go on every answer; missing paths (relative to `folder`) get a 404; stalled ones send half of their bytes
    and then nothing more; cut ones send half and end, as a proxy that lost its line does.
    """
    with contextlib.ExitStack() as servers:

        def start(
            folder: Path,
            *,
            headers: dict[str, str] | None = None,
            missing: tuple[str, ...] = (),
            stalled: tuple[str, ...] = (),
            cut: tuple[str, ...] = (),
        ) -> Served:
            served = Served("", set(missing))
            gone = threading.Event()
            handler = functools.partial(
                _Handler, directory=folder, served=served, extra=headers or {}, stalled=stalled, cut=cut, gone=gone
            )
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            servers.callback(gone.set)
            served.url = f"http://127.0.0.1:{server.server_port}/"
            return served

        yield start


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(
        self, *args, served: Served, extra: dict[str, str], stalled, cut, gone: threading.Event, **options
    ) -> None:
        self.served, self.extra, self.stalled, self.cut, self.gone = served, extra, stalled, cut, gone
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        self.served.asked.append(self.path)
        path = self.path.partition("?")[0].lstrip("/")
        if path in self.served.missing:
            self.send_error(404)
        elif path in self.stalled or path in self.cut:
            self._half(Path(self.translate_path(self.path)).read_bytes(), wait=path in self.stalled)
        else:
            with contextlib.suppress(ConnectionError):  # a page that was closed while its files were on their way
                super().do_GET()

    def _half(self, body: bytes, *, wait: bool) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path.partition("?")[0]))
        if wait:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            if wait:
                self.gone.wait()

    def end_headers(self) -> None:
        for name, value in self.extra.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass
