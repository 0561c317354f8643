"""The browser's Python in a real Chromium: it starts, counts its bytes, answers as the engine does here.

It never fails in silence. All of it under a sub-path, from a page that lies deeper than the site's root.
"""

import hashlib
import json
import shutil
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from as_shipped import RUNTIME_FILES, as_shipped
from kettle_site import kettle_data
from playwright.sync_api import Error, Page

from minglu.engine.bridge import Session
from minglu.pipeline import engine_sources
from minglu.write import runtime
from minglu.write.in_site import PATH, SiteFacts, in_site_script
from minglu.write.runtime import FOLDER, bundle, keep_list
from minglu.write.shipping import shipped, shipped_name
from minglu.write.widget import FOLDER as WIDGET
from minglu.write.widget import WORKER, bundled, widget

ROOT = Path(__file__).parents[2]
SITE = "some/where/"
ASSETS = SITE + "assets/minglu/"
RUNTIME = SITE + FOLDER
STRICT = (
    "default-src 'none'; img-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"
)
LISTED = [name for name in RUNTIME_FILES if name != "runtime.json"]
STARTED, UNSTARTED = ("started.bin",), ("python_stdlib.zip", "engine.zip")  # either is loaded, never both
NO_WASM = "script-src 'self'; worker-src 'self'; connect-src 'self'"

# The real engine behind a door that can also misbehave.
PROBE = b"""
import json
import sys
from . import behind

def answer(request):
    match json.loads(request).get("do"):
        case "modules":
            files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
            return json.dumps([name for name, file in files.items() if "/python313.zip/" in file])
        case "break":
            raise ZeroDivisionError
        case "hang":
            while True:
                pass
    return behind.answer(request)
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def site(tmp_path_factory, cache) -> Path:
    engine = engine_sources()
    return laid_out(
        tmp_path_factory.mktemp("site"),
        engine | {"engine/behind.py": engine["engine/bridge.py"], "engine/bridge.py": PROBE},
        cache,
    )


def laid_out(folder: Path, engine: dict[str, bytes], cache: Path) -> Path:
    files, _ = bundle(ROOT / "node_modules" / "pyodide", engine, cache)
    script = bundled("python.js").removesuffix(b"})();\n") + b"pythonOf();\n})();\n"
    files |= {WIDGET + WORKER: widget()[WIDGET + WORKER], WIDGET + "python.js": script}
    placed, names = shipped(files)
    placed |= {PATH: in_site_script([], SiteFacts(files=names))}
    for path, body in placed.items():
        (folder / SITE / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / SITE / path).write_bytes(body)
    (folder / SITE / "trees").mkdir()
    scripts = (f'<script src="../{path}"></script>' for path in (PATH, WIDGET + names["python.js"]))
    (folder / SITE / "trees" / "kettle.html").write_text(f'<!doctype html><meta charset="utf-8">{"".join(scripts)}')
    return folder


def placed(site: Path, name: str) -> str:
    """A file of the runtime, as the site has it."""
    return as_shipped(site, RUNTIME + name)


def opened(page: Page, url: str, limit: int | None = None) -> Page:
    page.goto(f"{url}{SITE}trees/kettle.html")
    page.evaluate(
        "limit => { window.MINGLU_TIME_LIMIT_MS = limit; window.events = [];"
        " MingluPython.on((event) => events.push(event)); }",
        limit,
    )
    return page


def from_the_library(page: Page, name: str = UNSTARTED[0]) -> None:
    """Let the browser be one that starts Python itself, where `name` is loaded by such browsers only."""
    if name in UNSTARTED:
        altered(page, "delete self.DecompressionStream;")


def altered(page: Page, before: str) -> None:
    body = before + widget()[WIDGET + WORKER].decode()
    page.route("**/worker.*.js", lambda route: route.fulfill(body=body, content_type="text/javascript"))


def started(page: Page, wait: int = 60_000) -> list[dict]:
    """All events up to ready or failed; fails itself when neither comes within `wait` milliseconds."""
    return page.evaluate(
        """wait => new Promise((done, failed) => {
          setTimeout(() => failed("neither ready nor failed"), wait);
          MingluPython.on((event) => ["ready", "failed"].includes(event.type) && done(events));
          MingluPython.start();
        })""",
        wait,
    )


def failure(page: Page, wait: int = 10_000) -> str:
    last = started(page, wait)[-1]
    assert last["type"] == "failed", last
    assert page.evaluate("MingluPython.state()") == "failed"
    assert last["says"].endswith("。") and last["says"].count("。") == 1
    assert worker_ended(page)
    return last["says"]


def worker_ended(page: Page) -> bool:
    """Chromium gives a worker that computes two seconds to end by itself."""
    for _ in range(100):
        if not page.workers:
            return True
        page.wait_for_timeout(100)
    return False


def ask(page: Page, request: dict) -> dict:
    return page.evaluate(
        """request => new Promise((done, failed) => {
          setTimeout(() => failed("no answer in a minute"), 60_000);
          MingluPython.ask(request).then(done, failed);
        })""",
        request,
    )


def refusal(page: Page, request: dict) -> str:
    with pytest.raises(Error) as refused:
        ask(page, request)
    return refused.value.message.splitlines()[0].removeprefix("Page.evaluate: Error: ")


@pytest.mark.parametrize("name", [STARTED[0], UNSTARTED[0]])
def test_starts_and_answers_as_the_engine_does_here(page: Page, serve, site, name):
    from_the_library(page, name)
    opened(page, serve(site).url)
    assert started(page)[-1]["type"] == "ready"
    tree = kettle_data()
    here = Session()
    for request in (
        {
            "do": "load",
            "tree": tree,
            "calendar": {"first": 2026, "last": 2026, "holidays": ["2026-10-01"], "workdays": []},
        },
        {"do": "walk", "tree": tree["tree"], "answers": {}, "today": "2026-11-21"},
        {"do": "walk", "tree": tree["tree"], "answers": {"what": "broken"}, "today": "2026-11-21"},
        {"do": "walk", "tree": tree["tree"], "answers": {"what": "unsure"}, "today": "2026-11-21"},
        {"do": "walk", "tree": "no-such-tree", "answers": {}, "today": "2026-11-21"},
        {"do": "nonsense", "text": "「引号」\n"},
    ):
        assert ask(page, request) == json.loads(here.answer(json.dumps(request)))


@pytest.mark.parametrize(("name", "others"), [(STARTED[0], UNSTARTED), (UNSTARTED[0], STARTED)])
def test_progress_never_falls_and_ends_at_the_total(page: Page, serve, site, name, others):
    from_the_library(page, name)
    *steps, ready = started(opened(page, serve(site).url))
    files = json.loads((site / placed(site, "runtime.json")).read_bytes())["files"]
    total = sum(file["bytes"] for name, file in files.items() if name not in others)
    loaded = [step["loaded"] for step in steps]
    assert {step["type"] for step in steps} == {"progress"} and {step["total"] for step in steps} == {total}
    assert loaded == sorted(set(loaded)) and loaded[-1] == total and len(loaded) > 6
    assert ready["type"] == "ready" and ready["ms"] > 0


@pytest.mark.parametrize("name", [STARTED[0], UNSTARTED[0]])
def test_the_keep_list_is_what_the_runtime_loads(page: Page, serve, site, name):
    from_the_library(page, name)
    started(opened(page, serve(site).url))
    # Frozen into the interpreter, though their origin is told as the zip.
    loaded = set(ask(page, {"do": "modules"})) - {
        "_frozen_importlib",
        "_frozen_importlib_external",
        "importlib._bootstrap",
        "importlib._bootstrap_external",
    }
    assert loaded == keep_list()


def test_nothing_leaves_the_origin_and_nothing_is_sent_twice(page: Page, serve, site):
    served = serve(site, headers={"Cache-Control": "max-age=600"})
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))
    assert started(opened(page, served.url))[-1]["type"] == "ready"
    assert any(url.endswith(".wasm") for url in requests), "the worker's requests are not seen"
    assert [url for url in requests if not url.startswith(served.url)] == []
    sent = [urlsplit(path).path for path in served.asked if RUNTIME in path]
    kept = {f"{RUNTIME}{path.name}" for path in (site / RUNTIME).iterdir()} - {placed(site, one) for one in UNSTARTED}
    assert sorted(sent) == sorted(f"/{path}" for path in kept)


def test_needs_no_more_of_a_security_policy_than_wasm(page: Page, serve, site):
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    opened(page, serve(site, headers={"Content-Security-Policy": STRICT}).url)
    assert started(page)[-1]["type"] == "ready"
    assert [text for text in told if "Content Security Policy" in text] == []


def test_a_policy_without_wasm_is_told(page: Page, serve, site):
    served = serve(site, headers={"Content-Security-Policy": NO_WASM})
    assert failure(opened(page, served.url)) == "这个浏览器不允许运行 WebAssembly。"
    assert not any("pyodide" in path for path in served.asked), "bytes were loaded for nothing"


def test_a_device_without_wasm_is_told(page: Page, serve, site):
    served = serve(site)
    altered(page, "delete self.WebAssembly;")
    assert failure(opened(page, served.url)) == "这个浏览器不允许运行 WebAssembly。"


def test_a_webassembly_that_is_too_old_is_told(page: Page, serve, site):
    served = serve(site)
    altered(page, "WebAssembly.compileStreaming = () => Promise.reject(new WebAssembly.CompileError('new opcode'));")
    assert "WebAssembly 太旧" in failure(opened(page, served.url))


@pytest.mark.parametrize("name", RUNTIME_FILES)
def test_a_missing_file_is_named(page: Page, serve, site, name):
    from_the_library(page, name)
    served = serve(site, missing=(placed(site, name),))
    assert failure(opened(page, served.url)) == f"下载中断：服务器没有给出 {name}（404）。"


@pytest.mark.parametrize("name", [one for one in LISTED if one not in ("pyodide.js", "pyodide-lock.json")])
def test_half_a_file_is_named(page: Page, serve, site, name):
    from_the_library(page, name)
    says = failure(opened(page, serve(site, cut=(placed(site, name),)).url))
    assert says.startswith("下载中断：") and name in says


@pytest.mark.parametrize("name", LISTED)
def test_a_broken_file_of_the_same_length_is_named(page: Page, serve, site, name):
    from_the_library(page, name)
    body = bytearray((site / placed(site, name)).read_bytes())
    body[len(body) // 2] ^= 1
    page.route(f"**/{placed(site, name)}", lambda route: route.fulfill(body=bytes(body)))
    says = failure(opened(page, serve(site).url), wait=30_000)
    assert says == f"下载的文件坏了：{name} 和网站上的不一样。"
    assert page.evaluate("events.at(-1).again")


@pytest.mark.parametrize("text", ["{", "{}", '{"files": {}}', "<!doctype html>"])
def test_a_broken_list_of_files_is_told(page: Page, serve, site, text):
    page.route("**/runtime.*.json", lambda route: route.fulfill(body=text))
    assert failure(opened(page, serve(site).url)) == "下载的文件坏了：runtime.json 读不出来。"


def test_a_worker_that_died_is_noticed_at_the_next_question(page: Page, serve, site):
    started(opened(page, serve(site).url))
    (worker,) = page.workers
    worker.evaluate("self.close()")
    assert refusal(page, {"do": "modules"}) == "后台程序停了：它没有收到这个问题。"
    page.evaluate("MingluPython.retry()")
    assert "json" in ask(page, {"do": "modules"})


def test_a_missing_worker_is_told(page: Page, serve, site):
    assert "worker.js" in failure(opened(page, serve(site, missing=(as_shipped(site, ASSETS + "worker.js"),)).url))


def test_a_download_that_stands_still_ends(page: Page, serve, site):
    assert (
        failure(opened(page, serve(site, stalled=(placed(site, "pyodide.asm.wasm"),)).url, limit=2000))
        == "下载中断：很久没有收到数据。"
    )


def test_a_memory_that_a_browser_cannot_use_is_done_without(page: Page, serve, site, tmp_path):
    shutil.copytree(site, tmp_path / "site")
    site = tmp_path / "site"
    memory = bytearray(zlib.decompress((site / placed(site, "started.bin")).read_bytes()))
    memory[0] ^= 1  # the mark that Pyodide looks for
    body = zlib.compress(memory)
    listed = site / placed(site, "runtime.json")
    about = json.loads(listed.read_bytes())
    about["files"]["started.bin"] = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    (site / shipped_name(RUNTIME + "started.bin", body)).write_bytes(body)
    listed.write_text(json.dumps(about))
    served = serve(site)
    *steps, ready = started(opened(page, served.url))
    assert ready["type"] == "ready" and f"/{placed(site, 'engine.zip')}" in served.asked
    loaded = [step["loaded"] for step in steps]
    assert loaded == sorted(set(loaded)) and loaded[-1] == steps[-1]["total"]
    assert ask(page, {"do": "nonsense"}) == json.loads(Session().answer('{"do": "nonsense"}'))


def test_a_python_that_never_starts_ends(page: Page, serve, tmp_path, cache, monkeypatch):
    monkeypatch.setattr(runtime, "PATIENCE", 3)
    site = laid_out(tmp_path, {"engine/__init__.py": b"", "engine/bridge.py": b"while True: pass"}, cache)
    assert (
        failure(opened(page, serve(site).url, limit=4000), wait=30_000) == "等待超时：文件都到了，Python 一直没有启动。"
    )


def test_an_engine_that_does_not_start_is_told(page: Page, serve, tmp_path, cache):
    site = laid_out(tmp_path, {"engine/__init__.py": b"", "engine/bridge.py": b"import no_such_module"}, cache)
    assert "没能启动 Python" in failure(opened(page, serve(site).url), wait=60_000)


def test_a_wrong_type_of_wasm_file_still_starts(page: Page, serve, site):
    body = (site / placed(site, "pyodide.asm.wasm")).read_bytes()
    page.route("**/pyodide.asm.*.wasm", lambda route: route.fulfill(body=body, content_type="application/octet-stream"))
    assert started(opened(page, serve(site).url))[-1]["type"] == "ready"


def test_the_stock_files_of_another_python_start_too(page: Page, serve, tmp_path, cache, monkeypatch):
    monkeypatch.setattr(runtime, "_why_not_compile", lambda _: "this build ran under another Python")
    site = laid_out(tmp_path, engine_sources(), cache)
    assert not json.loads((site / placed(site, "runtime.json")).read_bytes())["compiled"]
    assert started(opened(page, serve(site).url))[-1]["type"] == "ready"
    assert ask(page, {"do": "nonsense"}) == json.loads(Session().answer('{"do": "nonsense"}'))


def test_a_broken_answer_is_told_and_the_next_one_comes(page: Page, serve, site):
    started(opened(page, serve(site).url))
    assert refusal(page, {"do": "break"}) == "计算时出了错，这一步没有结果。"
    assert ask(page, {"do": "nonsense"}) == json.loads(Session().answer('{"do": "nonsense"}'))


def test_an_answer_that_never_comes_ends(page: Page, serve, site):
    started(opened(page, serve(site).url))
    page.evaluate("window.MINGLU_TIME_LIMIT_MS = 500")
    assert refusal(page, {"do": "hang"}) == "等待超时：Python 一直没有回答。"
    assert refusal(page, {"do": "modules"}) == "等待超时：Python 一直没有回答。"
    assert worker_ended(page)


def test_questions_asked_while_loading_are_answered(page: Page, serve, site):
    opened(page, serve(site).url)
    assert refusal(page, {"do": "modules"}) == "Python 还没有开始加载。"
    assert page.evaluate("MingluPython.state()") == "idle"
    page.evaluate("MingluPython.start()")
    assert page.evaluate("MingluPython.state()") == "loading"
    assert "json" in ask(page, {"do": "modules"})


def test_questions_asked_while_loading_fail_with_the_reason(page: Page, serve, site):
    opened(page, serve(site, missing=(placed(site, "pyodide.js"),)).url)
    page.evaluate("MingluPython.start()")
    assert "pyodide.js" in refusal(page, {"do": "modules"})


def test_one_worker_for_all_pages_of_a_visit(page: Page, serve, site):
    opened(page, serve(site).url)
    started(page)
    page.evaluate(
        """async () => {
          window.before = MingluPython;
          const { src } = document.querySelector("script[src*='/python.']");
          history.pushState({}, "", "../index.html"); // in-site navigation runs the script again in the same document
          const script = document.createElement("script");
          script.src = src;
          await new Promise((done, failed) => {
            [script.onload, script.onerror] = [done, failed];
            document.head.append(script);
          });
          MingluPython.start(); MingluPython.start();
        }"""
    )
    assert page.evaluate("before === MingluPython") and len(page.workers) == 1
    assert "json" in ask(page, {"do": "modules"})


def test_the_worker_is_found_from_where_the_script_stands(page: Page, serve, site):
    """However deep the page is; the worker hears the name of its list of files."""
    served = serve(site)
    opened(page, served.url)
    page.evaluate("history.pushState({}, '', '/a/b/c/d.html')")
    with page.expect_worker() as worker:
        page.evaluate("MingluPython.start()")
    listed = placed(site, "runtime.json").rpartition("/")[2]
    assert worker.value.url == f"{served.url}{as_shipped(site, ASSETS + 'worker.js')}#{listed}"


def test_a_new_listener_hears_the_latest_event_and_one_that_left_hears_nothing(page: Page, serve, site):
    started(opened(page, serve(site).url))
    assert page.evaluate("new Promise((done) => MingluPython.on(done))")["type"] == "ready"
    assert (
        page.evaluate(
            "async () => { let heard = 0; MingluPython.on(() => heard++)(); await 0; await 0; return heard; }"
        )
        == 0
    )


def test_after_a_failure_it_can_be_tried_again(page: Page, serve, site):
    served = serve(site, missing=(placed(site, "pyodide.js"),))
    failure(opened(page, served.url))
    served.missing.clear()
    page.evaluate("MingluPython.start()")
    assert page.evaluate("MingluPython.state()") == "failed"
    page.evaluate("MingluPython.retry()")
    assert "json" in ask(page, {"do": "modules"})


@pytest.mark.parametrize(
    ("connection", "saves"), [("{ saveData: true }", True), ("{ saveData: false }", False), ("undefined", False)]
)
def test_data_saver_is_known(page: Page, serve, site, connection, saves):
    page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{ value: {connection} }})")
    opened(page, serve(site).url)
    assert page.evaluate("MingluPython.saveData()") is saves


def test_a_page_opened_as_a_file_is_told_at_once(page: Page, site):
    page.goto((site / SITE / "trees" / "kettle.html").as_uri())
    page.evaluate("window.events = []")
    assert page.evaluate("MingluPython.start(); MingluPython.state()") == "failed"
    assert refusal(page, {"do": "modules"}) == "直接打开的文件里不能运行 Python，放在网站上才可以。"
