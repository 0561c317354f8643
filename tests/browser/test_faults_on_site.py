"""Files that are missing, cut or broken, and a worker that died: on the built site, with its real Python."""

import json
import re
from collections.abc import Iterator

import pytest
from as_shipped import as_shipped
from playwright.sync_api import Browser, Page, Route, expect

TREE = "trees/quality-defect.html"
DAYS = {
    "danger": "none",
    "device": "phone",
    "source": "new",
    "bought": "platform",
    "reported": "2026-11-16",
    "received": "2026-11-12",
    "cause": "none",
    "invoiced": "2026-11-12",
    "price": "unsure",
}
LINK = "#a=1&" + "&".join(f"{question}={answer}" for question, answer in DAYS.items())
END = ".state.here#choose [data-deadline=sue] .day"
"""Where the link leads, and a day that only Python can count."""

RUNTIME = "assets/minglu/runtime/"
DATA = ("assets/minglu/trees/quality-defect.json", "assets/minglu/calendar.json")


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    yield page
    context.close()


def retry(page: Page) -> None:
    page.get_by_role("button", name="重试").click()


def reaches_the_end(page: Page) -> None:
    expect(page.locator(END).first).to_contain_text("2029年11月16日", timeout=60_000)
    expect(page.locator(".failure")).to_have_text("")
    assert all(f"{question}={answer}" in page.url for question, answer in DAYS.items())


def test_retrying_after_a_missing_engine_goes_on_to_where_the_link_says(reader, site, serve) -> None:
    served = serve(site, missing=(as_shipped(site, f"{RUNTIME}started.bin"),))
    reader.goto(served.url + TREE + LINK)
    expect(reader.locator(".failure")).to_contain_text("下载中断：服务器没有给出 started.bin", timeout=60_000)
    served.missing.clear()
    retry(reader)
    reaches_the_end(reader)


def spoiled(body: bytes, how: str) -> bytes:
    """As many bytes as before, unless it is cut."""
    half = len(body) // 2
    return body[:half] if how == "cut" else body[:half] + b"\0" * 8 + body[half + 8 :]


def outcomes_file(site) -> str:
    (path,) = (site / "assets/minglu/outcomes").glob("quality-defect.*.js")
    return path.relative_to(site).as_posix()


@pytest.mark.parametrize("how", ["missing", "cut"])
def test_outcomes_that_do_not_come_are_told_and_retrying_brings_them(reader, site, serve, how) -> None:
    path = outcomes_file(site)
    served = serve(site, missing=(path,) if how == "missing" else ())
    if how == "cut":
        body = spoiled((site / path).read_bytes(), how)
        reader.route(f"**/{path}", lambda route: route.fulfill(body=body, content_type="text/javascript"))
    reader.goto(served.url + TREE + LINK)
    says = reader.locator(".notice")
    expect(says).to_contain_text("没有取到要用的文件" if how == "missing" else "要用的文件坏了")
    begun = reader.locator(".state.here#choose")
    expect(begun.locator("h2")).to_be_visible()
    expect(begun.get_by_role("link", name="打开这个结论")).to_have_attribute(
        "href", re.compile(r"quality-defect\.outcomes\.html#choose$")
    )
    served.missing.clear()
    reader.unroute_all()
    says.get_by_role("button", name="重试").click()
    reaches_the_end(reader)
    expect(reader.get_by_role("link", name="打开这个结论")).to_have_count(0)


def test_outcomes_that_stall_are_not_waited_for(reader, site, serve) -> None:
    """The questions go on, and where the walk ends stands what is here; the page without scripts has all of it."""
    served = serve(site, stalled=(outcomes_file(site),))
    reader.goto(served.url + TREE + LINK, wait_until="domcontentloaded")
    begun = reader.locator(".state.here#choose")
    expect(begun.locator(".standing")).to_be_visible()
    reader.locator("[data-do=back]").click()
    expect(reader.locator(".state.here.question")).to_be_visible()
    reader.go_back(wait_until="commit")
    begun.get_by_role("link", name="打开这个结论").click()
    expect(reader.locator(".outcome#choose .now-steps")).to_be_visible()
    assert "outcomes.html#choose" in reader.url


def test_a_shared_outcome_is_asked_for_once_before_the_widget_is_there_and_shown_whole(reader, site, serve) -> None:
    asked: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.on("request", lambda request: asked.append(request.url))
    reader.route(re.compile(r"/walks\.[0-9a-f]+\.js$"), hold)
    reader.add_init_script(
        """new MutationObserver(() => {
          if (document.querySelector("tree-walk > .here.apart")) window.wasApart = true;
        }).observe(document, { attributes: true, childList: true, subtree: true });"""
    )
    reader.goto(serve(site).url + TREE + "#choose", wait_until="commit")
    reader.wait_for_function("() => window.MingluOutcomes")
    for route in held:
        route.continue_()
    reader.unroute_all()
    expect(reader.locator(".state.here#choose .standing")).to_be_visible()
    assert not reader.evaluate("window.wasApart")
    assert sum(outcomes_file(site) in url for url in asked) == 1


@pytest.mark.parametrize("how", ["missing", "cut", "corrupt"])
@pytest.mark.parametrize("path", DATA)
def test_data_that_does_not_come_is_told_and_retrying_brings_it(reader, site, serve, path, how) -> None:
    path = as_shipped(site, path)
    served = serve(site, missing=(path,) if how == "missing" else ())
    if how != "missing":
        body = spoiled((site / path).read_bytes(), how)
        reader.route(f"**/{path}", lambda route: route.fulfill(body=body, content_type="application/json"))
    reader.goto(served.url + TREE + LINK)
    says = reader.locator(".failure")
    expect(says).to_contain_text("下载中断" if how == "missing" else "下载的文件坏了", timeout=60_000)
    expect(says).to_contain_text("下面的链接照常可用。")
    expect(reader.locator(".notice")).to_have_text("")
    served.missing.clear()
    reader.unroute_all()
    retry(reader)
    reaches_the_end(reader)


ALTERED = {DATA[0]: ("七日", "八日"), DATA[1]: ("2026-10-01", "2026-10-03")}
"""A change that leaves the file well-formed, and would make another answer of it."""


@pytest.mark.parametrize("plain", DATA)
def test_data_that_were_altered_are_told_and_retrying_brings_the_right_ones(reader, site, serve, plain) -> None:
    path = as_shipped(site, plain)
    text = (site / path).read_text("utf-8")
    body = text.replace(*ALTERED[plain], 1)
    assert body != text and json.loads(body)
    reader.route(f"**/{path}", lambda route: route.fulfill(body=body, content_type="application/json"))
    reader.goto(serve(site).url + TREE + LINK)
    says = reader.locator(".failure")
    what = "决策树的数据" if plain == DATA[0] else "节假日表"
    expect(says).to_contain_text(f"：下载的文件坏了：{what}和网站上的不一样；下面的链接照常可用。", timeout=60_000)
    expect(reader.locator(".notice")).to_have_text("")
    reader.unroute_all()
    retry(reader)
    reaches_the_end(reader)


def test_data_that_stalls_is_told(reader, site, serve) -> None:
    served = serve(site, stalled=(as_shipped(site, DATA[0]),))
    reader.goto(served.url + TREE)
    reader.evaluate("window.MINGLU_TIME_LIMIT_MS = 8000")
    reader.evaluate("link => (location.hash = link)", LINK)
    expect(reader.locator(".failure")).to_contain_text("下载中断", timeout=60_000)
    expect(reader.get_by_role("button", name="重试")).to_be_visible()


def test_a_calendar_of_another_shape_is_never_taken_for_an_empty_one(reader, site, serve) -> None:
    """The engine passes over what is no object, and would count without holidays. On plain http, where no page can tell
    whether a file is the one that its name says; elsewhere it is seen by its hash.
    """
    reader.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    served = serve(site)
    reader.route("**/calendar.*.json", lambda route: route.fulfill(body="null", content_type="application/json"))
    reader.goto(served.url + TREE + LINK)
    expect(reader.locator(".failure")).to_contain_text("下载的文件坏了：节假日表读不出来", timeout=60_000)


@pytest.mark.parametrize("name", ["started.bin", "pyodide.asm.js", "pyodide.asm.wasm"])
def test_a_broken_file_of_the_same_length_is_not_the_devices_fault(reader, site, serve, name) -> None:
    path = as_shipped(site, RUNTIME + name)
    body = spoiled((site / path).read_bytes(), "corrupt")
    kind = {"wasm": "application/wasm", "bin": "application/octet-stream"}.get(
        name.rpartition(".")[2], "text/javascript"
    )
    reader.route(f"**/{path}", lambda route: route.fulfill(body=body, content_type=kind))
    reader.goto(serve(site).url + TREE + LINK)
    expect(reader.locator(".failure")).to_contain_text(f"下载的文件坏了：{name}", timeout=60_000)
    reader.unroute_all()
    retry(reader)
    reaches_the_end(reader)


def test_a_broken_file_in_the_browsers_cache_is_not_taken_again(reader, site, serve, tmp_path) -> None:
    """What retries asks the server, however long the cache may keep the file."""
    served = serve(site, headers={"Cache-Control": "max-age=86400"})
    path = site / as_shipped(site, f"{RUNTIME}started.bin")
    body = path.read_bytes()
    try:
        path.write_bytes(spoiled(body, "corrupt"))
        reader.goto(served.url + TREE + LINK)
        expect(reader.locator(".failure")).to_contain_text("下载的文件坏了：started.bin", timeout=60_000)
    finally:
        path.write_bytes(body)
    retry(reader)
    reaches_the_end(reader)


def test_a_worker_that_died_is_noticed_at_the_next_question_and_no_answer_is_lost(reader, site, serve) -> None:
    reader.goto(serve(site).url + TREE + LINK)
    reaches_the_end(reader)
    (worker,) = [one for one in reader.workers if "/minglu/worker." in one.url]  # another one searches
    worker.evaluate("self.close()")
    reader.locator("[data-change=invoiced]").click()
    expect(reader.locator(".failure")).to_contain_text("后台程序停了", timeout=15_000)
    assert reader.locator(".state.here").get_attribute("data-node") == "invoiced"
    assert reader.locator(".road li").count() == [*DAYS].index("invoiced")
    retry(reader)
    field = reader.locator(".state.here .exact input")
    expect(field).to_be_enabled(timeout=60_000)
    field.fill(DAYS["invoiced"])
    reader.locator(".state.here .exact button").click()
    reaches_the_end(reader)
