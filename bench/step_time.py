"""Time from a reader's tap to the answer of Python on the page, in the built site, against one frame of 16 ms."""

import functools
import http.server
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.runtime_boot import _chromium

ROOT = Path(__file__).parent.parent
FRAME = 16.0  # milliseconds

WALK = """async (steps) => {
  const walk = document.querySelector("tree-walk");
  let told, kept = walk.result;
  Object.defineProperty(walk, "result", { get: () => kept, set: (result) => { kept = result; if (result) told(); } }); // set just before it is shown
  const times = [];
  let turn = 7;
  while (times.length < steps) {
    const links = [...walk.querySelectorAll(".state.here a[data-answer]:not(.unsure)")];
    turn = (turn * 48271) % 2147483647;
    const next = links.length ? links[turn % links.length] : walk.querySelector(".road a[data-change]"); // at an end: change the first answer
    const done = new Promise((then) => (told = then));
    const began = performance.now();
    next.click();
    if (links.length) {
      await done;
      times.push(performance.now() - began);
    }
    await new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
  }
  return times;
}"""


def run(steps: int = 400) -> list[tuple[str, float, float]]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with sync_playwright() as playwright:
                page = playwright.chromium.launch(
                    executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"]
                ).new_page(viewport={"width": 375, "height": 812})
                page.goto(f"http://127.0.0.1:{server.server_port}/trees/quality-defect.html")
                page.click(".state.here a[data-answer]")
                page.wait_for_function(
                    "MingluPython.state() === 'ready' && document.querySelector('tree-walk').result", timeout=60_000
                )
                times = sorted(page.evaluate(WALK, steps))
        finally:
            server.shutdown()
            server.server_close()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    return [
        (
            f"a step in the widget, p99 / one frame (median {middle:.1f} ms, p99 {late:.1f} ms of {steps})",
            late / FRAME,
            1.0,
        )
    ]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass
