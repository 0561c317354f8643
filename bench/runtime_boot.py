"""Ratios of boot time and of bytes over brotli: our runtime in the built site against the stock one from npm."""

import json
import re
import shutil
import statistics
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import brotli
from playwright.sync_api import BrowserContext, sync_playwright

from bench.browsing import ARGUMENTS, chromium_path, gzipped, loopback
from bench.rows import Row
from bench.sides import Side, Sides, built_site

WIDGET = "assets/minglu"
HASH = re.compile(r"\.[0-9a-f]{8}(?=\.\w+$)")
"""In the names of files, where the site has them."""

STOCK = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
ROUNDS, SECONDS = 5, 55
REST = 1500  # milliseconds after a boot, in which Chromium writes its cache of compiled code
LATE = 30_000  # milliseconds; one boot that takes longer is an error

OURS_PAGE = f"""<!doctype html><script>
const began = performance.now();
window.boot = new Promise((done, failed) => {{
  setTimeout(failed, {LATE}, new Error("no boot"));
  const worker = new Worker("{WIDGET}/%(worker)s#%(listed)s", {{ type: "module" }});
  worker.onmessage = ({{ data }}) => {{
    if (data.type === "ready") done(performance.now() - began);
    if (data.type === "failed") failed(new Error(data.says));
  }};
  worker.onerror = (event) => failed(event.message);
}});
</script>"""
"""The worker as web/python.js starts it, without a page around it."""

STOCK_PAGE = f"""<!doctype html><script>
const began = performance.now();
window.boot = new Promise((done, failed) => {{
  setTimeout(failed, {LATE}, new Error("no boot"));
  const worker = new Worker("stock.js", {{ type: "module" }});
  worker.onmessage = () => done(performance.now() - began);
  worker.onerror = (event) => failed(event.message);
}});
</script>"""

STOCK_WORKER = """import { loadPyodide } from "./stock/pyodide.mjs";
const engine = fetch("engine-source.zip").then((response) => response.arrayBuffer());
const python = await loadPyodide({ indexURL: new URL("stock/", import.meta.url).href });
python.FS.writeFile("/lib/engine.zip", new Uint8Array(await engine));
python.pyimport("sys").path.append("/lib/engine.zip");
python.pyimport("engine.bridge");
postMessage("ready");
"""


def run(sides: Sides) -> Iterator[Row]:
    """A cold boot, a warm boot and the bytes; both kinds booted in turns."""
    runtime = built_site(sides.this) / WIDGET / "runtime"
    stock = sides.this.root / "node_modules" / "pyodide"
    plain = {HASH.sub("", path.name): path for path in runtime.iterdir()}
    if not json.loads(plain["runtime.json"].read_text())["compiled"]:
        raise RuntimeError(
            "nothing to compare: the site was built with the stock runtime (another Python than Pyodide's)"
        )
    unread = ("engine.zip", "runtime.json") + (("python_stdlib.zip",) if "started.bin" in plain else ())
    ours = sum(brotli_size(path) for name, path in plain.items() if name not in unread)
    theirs = sum(brotli_size(stock / name) for name in STOCK)
    yield Row(f"runtime, bytes over brotli, ours/stock ({ours / 1e6:.2f}/{theirs / 1e6:.2f} MB)", ours / theirs, 0.75)
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder), sides.this, stock)
        for path in Path(folder).rglob("*.*"):
            gzipped(path)  # so that nothing is packed meanwhile
        with loopback(Path(folder)) as served:
            times = booted_in_turns(served.address)
    for kind, aim in (("cold", 0.45), ("warm", 0.35)):
        ours_ms, stock_ms = (statistics.median(times[kind, page]) for page in ("ours.html", "stock.html"))
        count = len(times[kind, "ours.html"])
        what = f"{kind} boot, ours/stock, median of {count} ({ours_ms:,.0f}/{stock_ms:,.0f} ms)"
        yield Row(what, ours_ms / stock_ms, aim)


def lay_out(folder: Path, side: Side, stock: Path) -> None:
    """One site with a page for each runtime, and nothing else on them."""
    shutil.copytree(built_site(side) / WIDGET, folder / WIDGET)
    (folder / "stock").mkdir()
    for name in STOCK:
        shutil.copy(stock / name, folder / "stock")
    with zipfile.ZipFile(folder / "engine-source.zip", "w") as archive:
        for path in sorted((side.root / "build_tools" / "minglu" / "engine").glob("*.py")):
            archive.write(path, f"engine/{path.name}")
    plain = {HASH.sub("", path.name): path.name for path in (folder / WIDGET).glob("**/*.js*")}
    (folder / "ours.html").write_text(OURS_PAGE % {"worker": plain["worker.js"], "listed": plain["runtime.json"]})
    (folder / "stock.html").write_text(STOCK_PAGE)
    (folder / "stock.js").write_text(STOCK_WORKER)


def booted_in_turns(address: str) -> dict[tuple[str, str], list[float]]:
    """(cold or warm, page) → milliseconds; each pair of boots in a fresh profile."""
    times: dict[tuple[str, str], list[float]] = {}
    began = time.monotonic()
    with sync_playwright() as playwright:
        for done in range(1, ROUNDS + 1):
            for page in ("ours.html", "stock.html"):
                with tempfile.TemporaryDirectory() as profile:
                    context = playwright.chromium.launch_persistent_context(
                        profile, executable_path=chromium_path(), args=ARGUMENTS
                    )
                    for kind in ("cold", "warm"):
                        times.setdefault((kind, page), []).append(boot(context, address + page))
                    context.close()
            if (time.monotonic() - began) * (done + 1) / done > SECONDS:
                break
    return times


def boot(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    page.goto(address)
    took: float = page.evaluate("boot")
    page.wait_for_timeout(REST)
    page.close()
    return took


def brotli_size(path: Path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=9))
