"""The built site, walked as a reader walks it: without scripts, with scripts and no Python, and with Python."""

import json
from collections import deque
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from as_shipped import as_shipped
from playwright.sync_api import Browser, Page
from waiting import until

ONE = "quality-defect"
TREE = f"trees/{ONE}.html"
TREES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "trees").glob("*/tree.yml"))
PHONE = {"width": 375, "height": 812}


@pytest.fixture(scope="session")
def trees(site: Path) -> dict[str, dict]:
    return {id: json.loads((site / as_shipped(site, f"assets/minglu/trees/{id}.json")).read_text()) for id in TREES}


@pytest.fixture(scope="session")
def tree(trees: dict) -> dict:
    return trees[ONE]


def shortest(tree: dict) -> dict[str, list[tuple[str, str]]]:
    """State → the shortest way there: (question, answer id) pairs, single bands."""
    found, queue = {tree["start"]: []}, deque([tree["start"]])
    while queue:
        here = queue.popleft()
        state = tree["states"][here]
        for answer, to in state["to"].items():
            if to in tree["states"] and to not in found:
                found[to] = [*found[here], (state["node"], answer)]
                queue.append(to)
    return found


def ends(tree: dict) -> list[str]:
    return [id for id, state in tree["states"].items() if not state["to"]]


def outcomes(tree: dict) -> dict[str, str]:
    """Outcome → one of its states."""
    return {tree["states"][end]["node"]: end for end in reversed(ends(tree))}


def shown(page: Page) -> list[str]:
    """The ids of the sections that a reader sees."""
    return page.eval_on_selector_all(
        ".state", "all => all.filter((one) => one.offsetParent !== null).map((one) => one.id)"
    )


LINK = """(question, answer, order) => [
  ...document.querySelectorAll(`.state a[data-question="${question}"]:not(.unsure)`),
].find((one) => {
  const [first, last] = one.dataset.answer.split("..");
  const at = order.indexOf(answer);
  return one.offsetParent !== null && order.indexOf(first) <= at && at <= order.indexOf(last || first);
})"""
"""The link for one answer in the section shown, be it part of a merged range or not."""


def tapped(tree: dict, question: str, answer: str) -> tuple[str, str, list[str]]:
    """Question, answer and the answers in their order, as `LINK` takes them. Past ticks leads the link for who leaves
    them open.
    """
    asked = tree["questions"][question]
    if asked["kind"] == "several":
        return question, "unsure", ["unsure"]
    return question, answer, [one["id"] for one in asked["answers"]]


def link(page: Page, tree: dict, question: str, answer: str):
    return page.evaluate_handle(
        f"([question, answer, order]) => ({LINK})(question, answer, order)", tapped(tree, question, answer)
    ).as_element()


ITEMS_SHOWN = """() => {
  const seen = (all) => [...document.querySelectorAll(all)].filter((one) => one.offsetParent !== null);
  return {
    deadlines: seen(".outcome .deadline").length,
    checks: seen(".outcome .checks > li").length,
    steps: seen(".outcome .ladder > li").length,
    now: seen(".outcome .ladder > li.now").length,
    only: seen(".outcome .only").length,
  };
}"""
"""How many of each thing the outcome on the screen shows."""


def items_due(tree: dict, state: str, asked: set[str] | None = None) -> dict[str, int]:
    """With `asked`, without the items that wait for ticks of a question that the reader was not asked: the script
    leaves them out.
    """
    outcome, items = tree["outcomes"][tree["states"][state]["node"]], tree["states"][state]["items"]

    def count(group: str) -> int:
        shown = [outcome[group][index] for index in items[group]]
        return sum(asked is None or ticked_questions(item.get("ticks")) <= asked for item in shown)

    return {
        "deadlines": count("deadlines"),
        "checks": count("evidence"),
        "steps": count("channels"),
        "now": 1,
        "only": 0,
    }


def ticked_questions(condition: dict | None) -> set[str]:
    if not condition:
        return set()
    inner = [*condition["nots"], *(one for some in condition["anys"] for one in some)]
    own = {test["question"] for test in condition["tests"]}
    return own.union(*map(ticked_questions, inner))


ADDRESS_ALL = """(ends) => ends.map((end) => {
  location.hash = end;
  const seen = [...document.querySelectorAll(".state")].filter((one) => one.offsetParent !== null);
  return { shown: seen.map((one) => one.id), items: (%s)() };
})"""


def test_without_scripts_every_outcome_is_reached_by_links_alone(
    browser: Browser, site: Path, trees: dict, serve
) -> None:
    """Every outcome of every tree by real taps, from the home page; the last, which leads to another page, is tapped
    once a tree. Every state by its address, with just its items.
    """
    url = serve(site).url
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    for id, tree in trees.items():
        page.goto(url)
        page.click(f"a.choice[href*='trees/{id}.html']")
        page.wait_for_url(f"**/trees/{id}.html")
        assert shown(page) == [tree["start"]]
        paths = shortest(tree)
        for end in outcomes(tree).values():
            page.goto(f"{url}trees/{id}.html#{tree['start']}")
            *way, last = paths[end]
            for question, answer in way:
                link(page, tree, question, answer).click()
            assert link(page, tree, *last).get_attribute("href") == f"{id}.outcomes.html#{end}"
        link(page, tree, *last).click()
        page.wait_for_load_state()
        assert shown(page) == [tree["states"][end]["node"]]
        page.goto(f"{url}trees/{id}.outcomes.html")
        assert outcomes(tree).keys() == tree["outcomes"].keys()
        for end, seen in zip(ends(tree), page.evaluate(ADDRESS_ALL % ITEMS_SHOWN, ends(tree)), strict=True):
            assert seen == {"shown": [tree["states"][end]["node"]], "items": items_due(tree, end)}, end
    context.close()


ALL_SECTIONS = """() => {
  const text = document.querySelector("tree-walk > noscript").textContent;
  const page = new DOMParser().parseFromString(`<base href="${location.href}">${text}`, "text/html");
  return [
    [...page.querySelectorAll(".state a[href*='#']")].map((one) => decodeURIComponent(one.pathname + one.hash)),
    [...page.querySelectorAll("[id]")].map((one) => `${location.pathname}#${one.id}`),
  ];
}"""
"""Where the links of all sections lead, and every place there is; those that are not shown are text."""


def test_from_a_file_every_link_of_a_tree_leads_to_a_section(browser: Browser, site: Path, trees: dict) -> None:
    """Those into other trees too."""
    page = browser.new_context(viewport=PHONE).new_page()
    leads, held = [], set()
    for id in trees:
        page.goto(f"file://{site}/trees/{id}.html")
        page.click(".state:visible a[data-answer]:not([data-handover])")
        assert len(shown(page)) == 1
        found, ids = page.evaluate(ALL_SECTIONS)
        outcomes_page = site / "trees" / f"{id}.outcomes.html"
        sections = Sections(outcomes_page)
        leads += [*found, *(resolved(outcomes_page, href) for some in sections.leads.values() for href in some)]
        held |= {*ids, *(f"{outcomes_page}#{one}" for one in sections.holds)}
    into_trees = [to for to in leads if "/trees/" in to and "#" in to]
    assert len(into_trees) > 1000
    assert sorted(set(into_trees) - held) == []
    page.context.close()


def resolved(page: Path, href: str) -> str:
    """The path of the file that the link leads to, with the place on it."""
    to = urlsplit(urljoin(page.as_uri(), href))
    return unquote(to.path) + (f"#{unquote(to.fragment)}" if to.fragment else "")


class Sections(HTMLParser):
    """A tree's page as it is without scripts, where `<noscript>` is part of the document."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.now = self.first = ""
        self.holds: dict[str, str] = {}
        """id → the section that it stands in"""
        self.leads: dict[str, set[str]] = {}
        """section → where its links lead"""
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        of = dict(attributes)
        if tag == "section" and "state" in (of.get("class") or "").split():
            self.now = of.get("id") or "contents"
            self.first = self.first or self.now
            self.leads[self.now] = set()
        if self.now and (id := of.get("id")):
            self.holds[id] = self.now
        if self.now and tag == "a" and (href := of.get("href")):
            self.leads[self.now].add(href)

    def handle_endtag(self, tag: str) -> None:
        self.now = "" if tag == "section" else self.now


def test_from_files_without_scripts_every_outcome_is_reached_by_links_alone(site: Path, trees: dict) -> None:
    """From the first section of each tree's page, by the files that its links name on disk."""
    for id, tree in trees.items():
        pages = {name: Sections(site / "trees" / name) for name in (f"{id}.html", f"{id}.outcomes.html")}
        start = (f"{id}.html", tree["start"])
        assert pages[start[0]].first == start[1]
        seen, queue, elsewhere = {start}, deque([start]), set()
        while queue:
            here, section = queue.popleft()
            for href in pages[here].leads[section]:
                page, place = urldefrag(href)
                if (page or here) not in pages or not place:
                    elsewhere.add(page)
                elif (to := (page or here, pages[page or here].holds[unquote(place)])) not in seen:
                    seen.add(to)
                    queue.append(to)
        files = [urlsplit(urljoin((site / "trees" / start[0]).as_uri(), href)) for href in elsewhere]
        assert [one.path for one in files if one.scheme == "file" and not Path(unquote(one.path)).is_file()] == []
        assert tree["outcomes"].keys() - {section for page, section in seen if page != start[0]} == set(), id


TAP_ALL = f"""(steps) => {{
  document.querySelector("[data-do=restart]").click();
  for (const [question, answer, order] of steps) ({LINK})(question, answer, order).click();
}}"""


def without_python(browser: Browser, url: str, id: str, tree: dict, failure: str | None) -> None:
    """Every outcome is reached by taps though Python never comes; `failure` is what the page must say of it."""
    context = browser.new_context(viewport=PHONE)
    context.add_init_script("window.MINGLU_TIME_LIMIT_MS = 4000")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{url}trees/{id}.html")
    page.locator(".state:visible a[data-answer]:not([data-handover])").first.click()
    if failure:
        until(page, "() => document.querySelector('.progress')?.textContent.includes('没有加载成功')", timeout=15_000)
        assert failure in page.inner_text(".progress")
    paths = shortest(tree)
    for node, end in outcomes(tree).items():
        steps = [tapped(tree, question, answer) for question, answer in paths[end]]
        page.evaluate(TAP_ALL, steps)
        assert shown(page) == [node]
        page.wait_for_selector(".state.here.outcome")
        assert page.evaluate(ITEMS_SHOWN) == items_due(tree, end, {question for question, _ in paths[end]}), end
    assert errors == []
    context.close()


@pytest.mark.parametrize("id", TREES)
def test_with_scripts_and_without_python_every_outcome_is_reached(browser, site, trees, serve, id) -> None:
    served = serve(site, stalled=(as_shipped(site, "assets/minglu/runtime/pyodide.asm.wasm"),))
    without_python(browser, served.url, id, trees[id], None)


def test_with_webassembly_blocked_the_page_says_so_and_works(browser, site, tree, serve) -> None:
    served = serve(site, headers={"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"})
    without_python(browser, served.url, ONE, tree, "WebAssembly")


def test_with_the_wasm_missing_the_page_says_so_and_works(browser, site, tree, serve) -> None:
    served = serve(site, missing=(as_shipped(site, "assets/minglu/runtime/pyodide.asm.wasm"),))
    without_python(browser, served.url, ONE, tree, "没有加载成功")


@pytest.fixture(scope="session")
def with_python(browser: Browser, site: Path):
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
    until(page, "() => MingluPython.state() === 'ready'", timeout=60_000)
    yield page
    context.close()
    server.shutdown()
    server.server_close()


LOAD = """async (id) => {
  const page = new DOMParser().parseFromString(await (await fetch(`${id}.html`)).text(), "text/html");
  const route = JSON.parse(page.querySelector("tree-walk > template").content.textContent);
  const tree = await (await fetch(`../assets/minglu/${route.parts.tree}`)).json();
  await MingluPython.ask({ do: "load", tree });
  return [...page.querySelectorAll(".question a[data-question]:not(.unsure)")].map((one) => {
    const [, to] = decodeURIComponent(one.getAttribute("href")).split("#");
    const { answer, handover, with: said } = one.dataset;
    return [one.closest(".state").id, answer, handover ? `tree/${handover}#${to}${said ? `?${said}` : ""}` : to];
  });
}"""
"""The tree goes to Python; back come the links of its page: state, answer, where to."""

ASK_ALL = """async ({ tree, asked, today }) => {
  const told = [];
  for (const answers of asked) told.push((await MingluPython.ask({ do: "walk", tree, answers, today })).states);
  return told;
}"""


@pytest.mark.parametrize("id", TREES)
def test_python_goes_where_the_link_goes_on_every_edge(with_python: Page, trees: dict, id: str) -> None:
    """All edges of the unfolded tree: Python's next state is the one that the link on the page leads to."""
    tree, paths = trees[id], shortest(trees[id])
    edges = [(state, answer) for state in paths for answer in tree["states"][state]["to"]]
    leads = {}
    for state, range_, to in with_python.evaluate(LOAD, id):
        order = [one["id"] for one in tree["questions"][tree["states"][state]["node"]]["answers"]]
        if order == ["done"]:
            range_ = "done"  # the link past ticks says `unsure`
        first, _, last = range_.partition("..")
        for answer in order[order.index(first) : order.index(last or first) + 1]:
            leads[state, answer] = to
    assert set(leads) == set(edges)
    answers = [dict([*paths[state], (tree["states"][state]["node"], answer)]) for state, answer in edges]
    told = with_python.evaluate(ASK_ALL, {"tree": id, "asked": answers, "today": "2026-11-16"})
    assert told == [[leads[edge]] for edge in edges]


def test_no_request_leaves_the_origin(with_python: Page) -> None:
    assert len(with_python.asked) > 10
    assert [
        url for url in with_python.asked if not url.startswith((with_python.home, "data:", "blob:" + with_python.home))
    ] == []


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
    until(reader, "() => document.querySelector('.state.here')?.dataset.node === 'source'")
    reader.go_forward()
    until(reader, f"() => document.querySelector('.state.here')?.id === '{place}'")


def test_a_changed_answer_keeps_the_later_ones_that_still_fit(reader: Page, tree: dict) -> None:
    tap(reader, tree, *FIRST)
    reader.locator(".road li", has_text="是什么东西").locator("a").click()
    assert reader.locator(".state.here").get_attribute("data-node") == "device"
    tap(reader, tree, ("device", "computer"))
    assert reader.locator(".road li").count() == 3
    assert reader.locator(".state.here").get_attribute("data-node") == "reported"


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
    days = "reported=2026-11-16&received=2026-11-12&cause=none&invoiced=2026-11-12&price=3999.00"
    reader.goto(f"{serve(site).url}{TREE}#a=1&danger=none&device=phone&source=new&bought=platform&{days}")
    reader.wait_for_selector(".state.here .copy", state="attached", timeout=60_000)
    assert here(reader) == "choose"
    reader.click(".state.here .letter:visible summary")
    letter = reader.inner_text(".state.here .letter:visible pre")
    assert "手机" in letter and "2026年11月12日收到" in letter and "＿" not in letter
    reader.click(".state.here .further:has(.deadline) > summary")
    assert "2029年11月16日" in reader.inner_text(
        ".state.here [data-deadline=sue]:visible"
    )  # three years from the day the shop was told
    reader.context.close()


def test_a_hand_over_carries_what_the_other_tree_asks_too(browser: Browser, site: Path, serve) -> None:
    """Two options and an exact day: the other tree goes on behind them."""
    reader = browser.new_context(viewport=PHONE).new_page()
    reader.goto(
        f"{serve(site).url}{TREE}#a=1&danger=none&device=wearable&source=new&reported=2026-10-10&received=2024-03-20"
    )
    reader.wait_for_selector(".state.here[data-node=covered]", timeout=60_000)
    reader.click(".state.here a[data-answer=over]")
    reader.wait_for_selector("tree-walk[tree=out-of-warranty] .state.here[data-node=earlier]", timeout=60_000)
    assert reader.locator(".road li").count() == 3
    assert "2026年10月10日" in reader.inner_text(".road")
    reader.context.close()


def test_the_very_answer_that_hands_over_is_carried(browser: Browser, site: Path, serve) -> None:
    """鼓包、发烫 leads to another tree, which asks that first: it is not asked again, and the road says it."""
    reader = browser.new_context(viewport=PHONE).new_page()
    reader.goto(f"{serve(site).url}{TREE}")
    reader.click(".state.here a[data-answer=hot]")
    reader.wait_for_selector("tree-walk[tree=injury] .road li")
    assert reader.locator(".state.here").get_attribute("data-node") != "danger"
    assert "鼓包" in reader.inner_text(".road")
    reader.context.close()


def test_below_a_sub_path_all_is_the_same(browser: Browser, site: Path, serve) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{serve(site.parent).url}{site.name}/index.html")
    page.evaluate("() => { window.sameDocument = true; }")
    page.click("a.choice[href*='trees/quality-defect.html']")
    page.wait_for_selector(".state.here")
    assert page.evaluate("() => window.sameDocument")
    page.locator(".state.here a[data-answer]").first.click()
    until(page, "() => MingluPython.state() === 'ready'", timeout=60_000)
    page.context.close()


def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, site: Path, serve) -> None:
    """Of a tree's page every section, shown one below the other, as without CSS for targets."""
    page = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
    url = serve(site).url
    wide = []
    for path in sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html")):
        page.goto(url + path)
        if path.startswith("trees/"):
            page.add_style_tag(
                content=".state, .state [data-in] { display: block !important } details { display: block }"
            )
        if page.evaluate("() => document.documentElement.scrollWidth") > 375:
            wide.append(path)
    assert wide == []
    page.context.close()
