"""The built site, walked as a reader walks it: without scripts, with scripts and no Python, and with Python."""

import json
from collections import deque
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

TREE = "trees/quality-defect.html"
PHONE = {"width": 375, "height": 812}


@pytest.fixture(scope="session")
def tree(site: Path) -> dict:
    return json.loads((site / "assets/minglu/trees/quality-defect.json").read_text())


@pytest.fixture(scope="session")
def paths(tree: dict) -> dict[str, list[tuple[str, str]]]:
    """State → the shortest way there: (question, answer id) pairs, single bands."""
    found, queue = {tree["start"]: []}, deque([tree["start"]])
    while queue:
        here = queue.popleft()
        state = tree["states"][here]
        for answer, to in state.get("to", {}).items():
            if to in tree["states"] and to not in found:
                found[to] = [*found[here], (state["node"], answer)]
                queue.append(to)
    return found


def ends(tree: dict) -> list[str]:
    return [id for id, state in tree["states"].items() if "to" not in state]


def shown(page: Page) -> list[str]:
    """The ids of the sections that a reader sees."""
    return page.eval_on_selector_all(".state", "all => all.filter((one) => one.offsetParent !== null).map((one) => one.id)")


LINK = """(question, answer, order) => [...document.querySelectorAll(`.state a[data-question="${question}"]:not(.unsure)`)].find((one) => {
  const [first, last] = one.dataset.answer.split("..");
  const at = order.indexOf(answer);
  return one.offsetParent !== null && order.indexOf(first) <= at && at <= order.indexOf(last || first);
})"""
"""The link for one answer in the section shown, be it part of a merged range or not."""


def link(page: Page, tree: dict, question: str, answer: str):
    order = [one["id"] for one in tree["questions"][question]["answers"]]
    return page.evaluate_handle(f"([question, answer, order]) => ({LINK})(question, answer, order)", [question, answer, order]).as_element()


def items_shown(page: Page) -> dict[str, int]:
    """How many of each thing the outcome on the screen shows."""
    return page.evaluate("""() => {
      const seen = (all) => [...document.querySelectorAll(all)].filter((one) => one.offsetParent !== null);
      return { deadlines: seen(".outcome .deadline").length, checks: seen(".outcome .checks > li").length, steps: seen(".outcome .ladder > li").length, now: seen(".outcome .ladder > li.now").length, only: seen(".outcome .only").length };
    }""")


def items_due(tree: dict, state: str) -> dict[str, int]:
    items = tree["states"][state]["items"]
    return {"deadlines": len(items["deadlines"]), "checks": len(items["evidence"]), "steps": len(items["channels"]), "now": 1, "only": 0}


def test_without_scripts_every_outcome_is_reached_by_links_alone(browser: Browser, site: Path, tree: dict, paths: dict, serve) -> None:
    """Every outcome by real taps, from the home page; every state of it by its address, with just the items it should show."""
    url = serve(site).url
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(url)
    page.click("a.choice[href*='trees/quality-defect.html']")
    assert shown(page) == [tree["start"]]
    tapped = set()
    for end in ends(tree):
        node = tree["states"][end]["node"]
        page.goto(f"{url}{TREE}#{end if node in tapped else tree['start']}")
        for question, answer in () if node in tapped else paths[end]:
            link(page, tree, question, answer).click()
        tapped.add(node)
        assert page.url.endswith(f"#{end}")
        assert shown(page) == [node]
        assert items_shown(page) == items_due(tree, end), end
    assert tapped == set(tree["outcomes"])
    context.close()


def test_from_a_file_every_link_of_the_tree_leads_to_a_section(browser: Browser, site: Path, tree: dict) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"file://{site}/{TREE}")
    page.click(".state:visible a[data-answer]")
    assert len(shown(page)) == 1
    dangling = page.evaluate("() => [...document.querySelectorAll('tree-walk .state a[href^=\"#\"]')].filter((one) => !document.getElementById(decodeURIComponent(one.hash.slice(1)))).map((one) => one.hash)")
    assert dangling == []
    page.context.close()


TAP_ALL = f"""(steps) => {{
  document.querySelector("[data-do=restart]").click();
  for (const [question, answer, order] of steps) ({LINK})(question, answer, order).click();
}}"""


def without_python(browser: Browser, url: str, site: Path, tree: dict, paths: dict, failure: str | None) -> None:
    """Every outcome is reached by taps though Python never comes; `failure` is what the page must say of it."""
    context = browser.new_context(viewport=PHONE)
    context.add_init_script("window.MINGLU_TIME_LIMIT_MS = 4000")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{url}{TREE}")
    page.locator(".state:visible a[data-answer]").first.click()
    if failure:
        page.wait_for_function("() => document.querySelector('.progress')?.textContent.includes('没有加载成功')", timeout=15_000)
        assert failure in page.inner_text(".progress")
    for end in ends(tree):
        steps = [(question, answer, [one["id"] for one in tree["questions"][question]["answers"]]) for question, answer in paths[end]]
        page.evaluate(TAP_ALL, steps)
        assert shown(page) == [tree["states"][end]["node"]], end
        assert items_shown(page) == items_due(tree, end), end
    assert errors == []
    context.close()


def test_with_scripts_and_without_python_every_outcome_is_reached(browser, site, tree, paths, serve) -> None:
    served = serve(site, stalled=("assets/minglu/runtime/pyodide.asm.wasm",))
    without_python(browser, served.url, site, tree, paths, None)


def test_with_webassembly_blocked_the_page_says_so_and_works(browser, site, tree, paths, serve) -> None:
    served = serve(site, headers={"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"})
    without_python(browser, served.url, site, tree, paths, "WebAssembly")


def test_with_the_wasm_missing_the_page_says_so_and_works(browser, site, tree, paths, serve) -> None:
    served = serve(site, missing=("assets/minglu/runtime/pyodide.asm.wasm",))
    without_python(browser, served.url, site, tree, paths, "没有加载成功")


@pytest.fixture(scope="session")
def with_python(browser: Browser, site: Path, tree: dict):
    """A page whose Python is ready; it is shared, as starting it takes a second or two."""
    import functools
    import http.server
    import threading

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.home = f"http://127.0.0.1:{server.server_port}/"
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(f"{page.home}{TREE}")
    page.locator(".state:visible a[data-answer]").first.click()
    page.wait_for_function("() => MingluPython.state() === 'ready'", timeout=60_000)
    yield page
    context.close()
    server.shutdown()
    server.server_close()


ASK_ALL = """async ({ asked, today }) => {
  const told = [];
  for (const answers of asked) told.push((await MingluPython.ask({ do: "walk", tree: "quality-defect", answers, today })).states);
  return told;
}"""


def test_python_goes_where_the_link_goes_on_every_edge(with_python: Page, tree: dict, paths: dict) -> None:
    """All edges of the unfolded tree: Python's next state is the one that the link on the page leads to."""
    edges = [(state, answer) for state in paths for answer in tree["states"][state].get("to", {})]
    links = with_python.evaluate("() => [...document.querySelectorAll('.question a[data-question]:not(.unsure)')].map((one) => [one.closest('.state').id, one.dataset.answer, decodeURIComponent(one.hash.slice(1))])")
    leads = {}
    for state, range_, to in links:
        order = [one["id"] for one in tree["questions"][tree["states"][state]["node"]]["answers"]]
        first, _, last = range_.partition("..")
        for answer in order[order.index(first) : order.index(last or first) + 1]:
            leads[state, answer] = to
    assert set(leads) == set(edges)
    answers = [dict([*paths[state], (tree["states"][state]["node"], answer)]) for state, answer in edges]
    told = with_python.evaluate(ASK_ALL, {"asked": answers, "today": "2026-11-16"})
    assert len(edges) > 500
    assert [states for states in told] == [[leads[edge]] for edge in edges]


def test_no_request_leaves_the_origin(with_python: Page, tree: dict) -> None:
    assert len(with_python.asked) > 10
    assert [url for url in with_python.asked if not url.startswith((with_python.home, "data:", "blob:" + with_python.home))] == []


@pytest.fixture
def reader(browser: Browser, site: Path, serve):
    """A fresh reader on a phone."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.home = serve(site).url
    page.goto(f"{page.home}{TREE}")
    yield page
    assert page.errors == []
    context.close()


def tap(page: Page, tree: dict, *answers: tuple[str, str]) -> None:
    for question, answer in answers:
        link(page, tree, question, answer).click()


def here(page: Page) -> str:
    return page.locator(".state.here").get_attribute("id")


FIRST = (("danger", "none"), ("device", "phone"), ("source", "new"))


def test_reload_and_shared_link_give_the_same_place(reader: Page, tree: dict, browser: Browser) -> None:
    tap(reader, tree, *FIRST)
    place, url = here(reader), reader.url
    reader.reload()
    assert here(reader) == place
    other = browser.new_context(viewport=PHONE).new_page()
    other.goto(url)
    assert here(other) == place
    other.context.close()


def test_back_and_forward_give_the_same_place(reader: Page, tree: dict) -> None:
    tap(reader, tree, *FIRST)
    place = here(reader)
    reader.go_back()
    reader.wait_for_function("() => document.querySelector('.state.here')?.dataset.node === 'source'")
    reader.go_forward()
    reader.wait_for_function(f"() => document.querySelector('.state.here')?.id === '{place}'")


def test_a_changed_answer_keeps_the_later_ones_that_still_fit(reader: Page, tree: dict) -> None:
    tap(reader, tree, *FIRST)
    reader.locator(".road li", has_text="是什么东西").locator("a").click()
    assert reader.locator(".state.here").get_attribute("data-node") == "device"
    tap(reader, tree, ("device", "computer"))
    assert reader.locator(".road li").count() == 3
    assert reader.locator(".state.here").get_attribute("data-node") == "cause"


def test_in_site_navigation_away_and_back_keeps_the_walk(reader: Page, tree: dict) -> None:
    tap(reader, tree, *FIRST)
    place = here(reader)
    reader.evaluate("() => { window.sameDocument = true; }")
    reader.evaluate("() => document.querySelector('.md-header a.md-logo').click()")
    reader.wait_for_selector("text=发生了什么")
    reader.locator("a.choice[href*='trees/quality-defect.html']").click()
    reader.wait_for_selector(".state.here")
    assert here(reader) == place
    assert reader.locator(".road li").count() == 3
    assert reader.evaluate("() => window.sameDocument"), "the page was loaded anew, and Python with it"


def test_with_python_the_letter_and_the_deadline_are_the_readers_own(browser: Browser, site: Path, serve) -> None:
    """From a shared link with exact days, whatever day it is opened on."""
    reader = browser.new_context(viewport=PHONE).new_page()
    days = "reported=2026-11-16&received=2026-11-12&repair=none&invoiced=2026-11-12"
    reader.goto(f"{serve(site).url}{TREE}#a=1&danger=none&device=phone&source=new&cause=none&{days}")
    reader.wait_for_selector(".state.here .copy", state="attached", timeout=60_000)
    assert here(reader) == "choose"
    reader.click(".state.here .letter:visible summary")
    letter = reader.inner_text(".state.here .letter:visible pre")
    assert "手机" in letter and "2026年11月12日收到" in letter and "＿" not in letter
    assert "2029年11月16日" in reader.inner_text(".state.here [data-deadline=sue]:visible")  # three years from the day the shop was told
    reader.context.close()


def test_below_a_sub_path_all_is_the_same(browser: Browser, site: Path, serve) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{serve(site.parent).url}{site.name}/index.html")
    page.evaluate("() => { window.sameDocument = true; }")
    page.click("a.choice[href*='trees/quality-defect.html']")
    page.wait_for_selector(".state.here")
    assert page.evaluate("() => window.sameDocument")
    page.locator(".state.here a[data-answer]").first.click()
    page.wait_for_function("() => MingluPython.state() === 'ready'", timeout=60_000)
    page.context.close()


@pytest.mark.parametrize("path", ["index.html", TREE, f"{TREE}#received-unsure", f"{TREE}#choose", "law/index.html", "law/civil-code.html", "channels.html", "evidence.html", "mistakes.html", "about.html", "how-days-count.html", "three-guarantees.html", "disclaimer.html", "evidence-basics.html"])
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, site: Path, serve, path: str) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(serve(site).url + path)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 375
    page.context.close()


def test_every_section_fits_a_phone(browser: Browser, site: Path, serve) -> None:
    """All of them, shown one below the other, as without CSS for targets."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(serve(site).url + TREE)
    page.add_style_tag(content=".state, .state [data-in] { display: block !important } details { display: block }")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 375
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["index.html", TREE, f"{TREE}#choose", f"{TREE}#danger-unsure", "mistakes.html", "law/civil-code.html"])
def test_axe_finds_nothing(browser: Browser, site: Path, serve, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(viewport=PHONE, color_scheme=scheme).new_page()
    page.goto(serve(site).url + path)
    page.wait_for_timeout(300)
    found = Axe().run(page, context=".md-content", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
    assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found.response["violations"]] == []
    page.context.close()
