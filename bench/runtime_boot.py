"""Turn two runtimes, ours and the stock one from npm, into ratios of boot time and of bytes over brotli."""

import contextlib
import functools
import http.server
import shutil
import statistics
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import brotli
from playwright.sync_api import BrowserContext, sync_playwright

from minglu.pipeline import engine_sources
from minglu.write.runtime import FOLDER, bundle

ROOT = Path(__file__).parent.parent
PYODIDE = ROOT / "node_modules" / "pyodide"
STOCK = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
REST = 1500  # milliseconds after a boot, in which Chromium writes its cache of compiled code

OURS_PAGE = """<!doctype html><script src="assets/minglu/python.js"></script><script>
const began = performance.now();
window.boot = new Promise((done, failed) => {
  MingluPython.on((event) => event.type === "ready" ? done(performance.now() - began) : event.says && failed(event.says));
  MingluPython.start();
});
</script>"""

STOCK_PAGE = """<!doctype html><script>
const began = performance.now();
window.boot = new Promise((done, failed) => {
  const worker = new Worker("stock.js", { type: "module" });
  worker.onmessage = () => done(performance.now() - began);
  worker.onerror = (event) => failed(event.message);
});
</script>"""

STOCK_WORKER = """import { loadPyodide } from "./stock/pyodide.mjs";
const engine = fetch("engine-source.zip").then((response) => response.arrayBuffer());
const python = await loadPyodide({ indexURL: new URL("stock/", import.meta.url).href });
python.FS.writeFile("/lib/engine.zip", new Uint8Array(await engine));
python.pyimport("sys").path.append("/lib/engine.zip");
python.pyimport("engine.bridge");
postMessage("ready");
"""


def run(repeats: int = 5) -> list[tuple[str, float, float]]:
    """(name, ours over stock, aim) for a cold boot, a warm boot and the bytes; both kinds booted in turns."""
    with tempfile.TemporaryDirectory() as folder:
        files = _site(Path(folder))
        with _served(Path(folder)) as address, sync_playwright() as playwright:
            times: dict[tuple[str, str], list[float]] = {}
            for _ in range(repeats):
                for page in ("ours.html", "stock.html"):
                    with tempfile.TemporaryDirectory() as profile:
                        context = playwright.chromium.launch_persistent_context(
                            profile, executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"]
                        )
                        for kind in ("cold", "warm"):
                            times.setdefault((kind, page), []).append(_boot(context, address + page))
                        context.close()
    middle = {key: statistics.median(values) for key, values in times.items()}
    ratios = {kind: middle[kind, "ours.html"] / middle[kind, "stock.html"] for kind in ("cold", "warm")}
    ours = sum(_brotli(body) for path, body in files.items() if not path.endswith(("engine.zip", "runtime.json")))
    stock = sum(_brotli((PYODIDE / name).read_bytes()) for name in STOCK)
    return [
        (f"cold boot, ours/stock ({_milliseconds(middle, 'cold')})", ratios["cold"], 0.45),
        (f"warm boot, ours/stock ({_milliseconds(middle, 'warm')})", ratios["warm"], 0.35),
        (f"bytes over brotli, ours/stock ({ours / 1e6:.2f}/{stock / 1e6:.2f} MB)", ours / stock, 0.75),
    ]


def _site(folder: Path) -> dict[str, bytes]:
    engine = engine_sources()
    files, notes = bundle(PYODIDE, engine, ROOT / ".cache")
    if notes:
        raise RuntimeError(f"nothing to compare: {'; '.join(notes)}")
    for path, body in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)
    for script in ("python.js", "worker.js"):
        shutil.copy(ROOT / "build_tools" / "minglu" / "web" / script, (folder / FOLDER).parent)
    (folder / "stock").mkdir()
    for name in STOCK:
        shutil.copy(PYODIDE / name, folder / "stock")
    with zipfile.ZipFile(folder / "engine-source.zip", "w") as archive:
        for path, source in engine.items():
            archive.writestr(path, source)
    (folder / "ours.html").write_text(OURS_PAGE)
    (folder / "stock.html").write_text(STOCK_PAGE)
    (folder / "stock.js").write_text(STOCK_WORKER)
    return files


def _boot(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    page.goto(address)
    took = page.evaluate("boot")
    page.wait_for_timeout(REST)
    page.close()
    return took


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")  # what GitHub Pages sends
            super().end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        raise FileNotFoundError("no chromium and no google-chrome on the PATH")
    return found


@functools.cache
def _brotli(body: bytes) -> int:
    return len(brotli.compress(body, quality=9))


def _milliseconds(middle: dict[tuple[str, str], float], kind: str) -> str:
    return f"{middle[kind, 'ours.html']:.0f}/{middle[kind, 'stock.html']:.0f} ms"


if __name__ == "__main__":
    for name, value, aim in run():
        print(f"{value:.2f}  aim {aim:.2f}  {name}")
