"""Open to everyone: who listens, who sees little, who has only a keyboard, who sets colours or the size of text."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from states import STATES, bring
from test_site import ONE, TREE, TREES, shortest

ANSWERED = "#a=1&danger=none&device=phone&source=new&cause=none"
DATE = f"{TREE}{ANSWERED}"
OUTCOME = f"{DATE}&bought=platform&reported=2026-11-16&received=2026-11-12&invoiced=2026-11-12&price=unsure"
UNSURE = f"{TREE}#danger-unsure"

PHONE = {"width": 375, "height": 667}
DESKTOP = {"width": 1280, "height": 800}
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 at 400 %."""

PAGES = {
    "home": "index.html",
    "question": TREE,
    "date": DATE,
    "outcome": OUTCOME,
    "unsure": UNSURE,
    "escalation": "trees/escalation.html",
    "examples": f"examples/{ONE}.html",
    "map": f"maps/{ONE}.html",
    "law": "law/civil-code.html",
    "channels": "channels.html",
    "channel": "channels/court.html",
    "evidence": "evidence.html",
    "mistakes": "mistakes.html",
    "for shops": "for-shops.html",
    "check": "check-citations.html",
    "calculators": "calculators.html",
    "404": "404.html",
}


@pytest.fixture
def visit(browser: Browser, site, serve) -> Iterator[Callable[..., Page]]:
    """`visit(place, viewport=…, …)` opens it in a fresh profile that takes what a test puts into the page."""
    contexts = []
    url = serve(site).url

    def open(place: str, *, stalled: bool = False, **options) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "locale": "zh-CN", "bypass_csp": True} | options)
        contexts.append(context)
        page = context.new_page()
        page.home = serve(site, stalled=python_files(site)).url if stalled else url
        go(page, place)
        return page

    yield open
    for context in contexts:
        context.close()


def python_files(site: Path) -> tuple[str, ...]:
    """Those that Python does not start without."""
    return tuple(path.relative_to(site).as_posix() for path in site.rglob("*.wasm"))


def go(page: Page, place: str) -> None:
    """Loads the page, and waits for what comes late: the outcome's dates, a notice."""
    page.goto("about:blank")
    page.goto(page.home + place)
    if place == OUTCOME:
        page.wait_for_selector(".state.here .copy", state="attached", timeout=60_000)
    page.wait_for_timeout(250)


def heading(page: Page):
    return page.locator(".state.here > h2")


def heard(page: Page) -> tuple[str, str]:
    """What has the focus, as the accessibility tree has it: name and description of the heading."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    focused = [
        one
        for one in nodes
        if one.get("role", {}).get("value") != "RootWebArea"
        and any(of["name"] == "focused" and of["value"].get("value") for of in one.get("properties", []))
    ]
    assert [one["role"]["value"] for one in focused] == ["heading"]
    return focused[0]["name"]["value"], focused[0].get("description", {}).get("value", "")


def announced(page: Page) -> str:
    """What stands in the places that are read out whenever they change."""
    return " ".join(page.locator("[role=status], [role=alert], [aria-live]:not([aria-live=off])").all_inner_texts())


# ---- title, focus, what is read out


def test_the_title_names_what_is_shown_and_the_next_page_has_its_own(visit) -> None:
    page = visit("index.html")
    home = page.title()
    page.evaluate("() => { window.sameDocument = true; }")
    page.click(f"a.choice[href*='trees/{ONE}.html']")
    expect(page).to_have_title("有没有鼓包、烫手、冒烟、漏液，或者已经起火、伤到人？ - 产品质量问题")
    page.click(".state.here a[data-answer=none]")
    expect(page).to_have_title("是什么东西？ - 产品质量问题")
    page.go_back()
    expect(heading(page)).to_contain_text("有没有鼓包")
    expect(page).to_have_title("有没有鼓包、烫手、冒烟、漏液，或者已经起火、伤到人？ - 产品质量问题")
    page.click(".state.here a[data-answer=none]")
    page.reload()
    expect(page).to_have_title("是什么东西？ - 产品质量问题")
    page.evaluate("() => { window.sameDocument = true; }")
    page.click("a.home")
    page.wait_for_selector("text=发生了什么")
    expect(page).to_have_title(home)
    page.go_back()
    expect(page).to_have_title("是什么东西？ - 产品质量问题")
    assert page.evaluate("() => window.sameDocument"), "the page was loaded anew: this was no in-site navigation"


def test_the_focus_is_on_what_is_shown_unless_the_page_came_by_loading(visit) -> None:
    page = visit(TREE)
    assert page.evaluate("() => document.activeElement === document.body")
    page = visit("index.html")
    page.click(f"a.choice[href*='trees/{ONE}.html']")
    expect(heading(page)).to_be_focused()
    page.wait_for_timeout(300)
    expect(heading(page)).to_be_focused()
    page.click(".state.here a[data-answer=none]")
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_have_text("是什么东西？")


def test_who_listens_hears_once_how_strong_it_is_and_how_much_is_left(visit) -> None:
    page = visit(TREE)
    page.click(".state.here a[data-answer=none]")
    name, left = heard(page)
    assert name == "是什么东西？"
    assert left == page.inner_text(".state.here .left") and "个问题" in left
    assert left not in announced(page) and name not in announced(page)
    page = visit(OUTCOME)
    assert heard(page) == ("退货、换货、修理，由你选", "依据明确")
    assert "依据明确" not in announced(page)
    page = visit(TREE, stalled=True)  # Python could ask on
    page.click(".state.here a.unsure")
    page.wait_for_selector(".state.here.several")
    assert heard(page) == ("不确定：可能的结果", "")


# ---- above the fold, the way back


ABOVE = """async (places) => {
  const below = [];
  for (const place of places) {
    const moved = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = place;
    await moved;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
    const here = document.querySelector(".state.here");
    const seen = [...document.querySelectorAll(".walk-bar button, .state.here > h2, .state.here > .left")];
    const out = seen.filter((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top < header || bottom > innerHeight;
    });
    if (seen.length !== 4 || out.length) below.push([here.id, ...out.map((one) => one.textContent)]);
  }
  return below;
}"""


def test_how_much_is_left_and_the_steps_back_stand_above_the_fold(browser, site, serve) -> None:
    """On the tree with the most states, with Python's progress in between."""
    trees = {}
    for id in TREES:
        [data] = (site / "assets/minglu/trees").glob(f"{id}.*json")
        trees[id] = json.loads(data.read_text())
    id = max(trees, key=lambda id: len(trees[id]["states"]))
    data, paths = trees[id], shortest(trees[id])
    places = [
        "#" + "&".join([f"a=1&v={data['version']}", *("=".join(step) for step in path)])
        for state, path in paths.items()
        if path and data["states"][state]["to"]
    ]
    assert len(places) > 50
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{serve(site, stalled=python_files(site)).url}trees/{id}.html")
    assert page.evaluate(ABOVE, places) == []
    context.close()


def test_the_way_home_is_a_plain_link_in_the_line_of_the_title(visit) -> None:
    for page in (visit(TREE), visit(OUTCOME, color_scheme="dark"), visit(TREE, java_script_enabled=False)):
        home, title = page.locator("a.home").bounding_box(), page.locator(".tree-head h1").bounding_box()
        assert home["width"] >= 44 and home["height"] >= 44
        assert home["y"] < title["y"] and title["y"] + title["height"] < home["y"] + home["height"]
        assert page.locator("a.home").evaluate("(link) => link.href") == f"{page.home}index.html"


# ---- a tap while the page still scrolls


@pytest.mark.parametrize("answer", ["phone", "computer"])
def test_a_tap_while_the_page_still_scrolls_ends_at_the_top(visit, answer) -> None:
    page = visit(TREE)
    page.click(".state.here a[data-answer=none]")
    page.mouse.move(180, 400)
    page.mouse.wheel(0, 600)
    page.wait_for_function("() => scrollY > 0")
    page.evaluate("(answer) => document.querySelector(`.state.here a[data-answer=${answer}]`).click()", answer)
    expect(heading(page)).to_be_focused()
    page.wait_for_timeout(800)
    header = page.locator(".md-header").bounding_box()["height"]
    assert header <= heading(page).bounding_box()["y"] < 250


def test_a_tap_while_the_page_still_flies_ends_at_the_top(visit) -> None:
    page = visit(TREE, has_touch=True)
    page.click(".state.here a[data-answer=none]")
    touch = page.context.new_cdp_session(page)
    fling = {"x": 180, "y": 500, "yDistance": -250, "speed": 3000, "preventFling": False, "gestureSourceType": "touch"}
    touch.send("Input.synthesizeScrollGesture", fling)
    page.evaluate("() => document.querySelector('.state.here a[data-answer=phone]').click()")
    page.wait_for_timeout(800)
    assert page.locator(".md-header").bounding_box()["height"] <= heading(page).bounding_box()["y"] < 250


# ---- forced colours, large text, zoom, motion


BORDERLESS = """(parts) => parts.filter((part) => {
  const seen = [...document.querySelectorAll(part)].filter((one) => one.checkVisibility());
  return !seen.length || seen.some((one) => {
    const { borderTopStyle, borderTopWidth, borderLeftWidth } = getComputedStyle(one);
    return borderTopStyle === "none" || !parseFloat(borderTopWidth) || !parseFloat(borderLeftWidth);
  });
})"""


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        (DATE, ["a.choice", "form.exact", "form.exact input", "form.exact button", ".walk-bar button", ".why"]),
        (OUTCOME, [".letter > summary", ".deadline", ".here > .standing", ".days", ".list", ".tag", ".tools button"]),
        (UNSURE, [".notice", "a.choice", ".standing"]),
        ("index.html", ["a.choice"]),
        ("404.html", ["a.choice", "a.home"]),
        ("check-citations.html", ["cite-check textarea", "cite-check button.do"]),
        ("calculators.html", ["law-calculators :is(input, select)", "law-calculators button.do", ".rules"]),
    ],
)
def test_in_forced_colours_every_box_keeps_a_border(visit, place, parts) -> None:
    page = visit(place, forced_colors="active")
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate(BORDERLESS, parts) == []


DARKEST = """(part) => {
  const { forcedColorAdjust, backgroundImage } = getComputedStyle(document.querySelector(part), "::before");
  return [forcedColorAdjust, backgroundImage.split("gradient").length - 1];
}"""


def test_in_forced_colours_the_bars_the_ticks_and_the_map_can_still_be_seen(visit) -> None:
    page = visit(OUTCOME, forced_colors="active")
    assert page.evaluate(DARKEST, ".here > .standing") == ["none", 3]
    tick = page.locator(".here .checks input:visible").first
    assert tick.evaluate("(one) => getComputedStyle(one).appearance") != "none"
    assert tick.bounding_box()["width"] >= 16
    go(page, f"maps/{ONE}.html")
    colours = "([part, of]) => getComputedStyle(document.querySelector(part))[of]"
    paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert page.evaluate(colours, [".map .node rect", "fill"]) == paper
    assert page.evaluate(colours, [".map .node text", "fill"]) != paper


SIDEWAYS = """() => {
  for (const box of document.querySelectorAll("main details")) box.open = true;
  const apart = ".map, .md-typeset__scrollwrap, .md-sidebar, .md-search, .md-tabs, .md-skip, .md-top, .unseen";
  const past = [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    const seen = width && one.checkVisibility({ visibilityProperty: true }) && !one.closest(apart);
    return seen && (right > innerWidth + 1 || left < -1);
  });
  const cut = [...document.querySelectorAll("main :is(a, button, h1, h2, p, summary)")].filter((one) => {
    const clips = one.checkVisibility() && !one.closest(apart) && getComputedStyle(one).overflow !== "visible";
    return clips && one.scrollWidth > one.clientWidth + 1;
  });
  const named = (one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 20)}`;
  return [document.documentElement.scrollWidth <= innerWidth, past.slice(0, 5).map(named), cut.slice(0, 5).map(named)];
}"""


TWICE = "html { font-size: 250% !important } body:not([dir]) { font-size: 32px !important }"
"""Material sets 125 % of what the browser is set to; the page for what is not there has no Material."""


@pytest.mark.parametrize(
    ("viewport", "twice"),
    [(ZOOMED, False), (PHONE, True), (DESKTOP, True)],
    ids=["400 %", "text 200 % on a phone", "text 200 %"],
)
def test_nothing_is_cut_off_or_scrolls_sideways(visit, viewport, twice) -> None:
    page = visit(TREE, viewport=viewport)
    found = {}
    for name, place in PAGES.items():
        go(page, place)
        if twice:
            page.add_style_tag(content=TWICE)
        page.wait_for_timeout(100)
        found[name] = page.evaluate(SIDEWAYS)
    for name in STATES:
        bring(page, name)
        if twice:
            page.add_style_tag(content=TWICE)
        page.wait_for_timeout(100)
        found[name] = page.evaluate(SIDEWAYS)
    assert {name: what for name, what in found.items() if what != [True, [], []]} == {}


def test_nothing_moves_for_readers_who_want_no_motion(visit) -> None:
    page = visit("index.html", reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("html, body, main *")].filter((one) => {
      const { scrollBehavior, transitionDuration, animationName } = getComputedStyle(one);
      return scrollBehavior !== "auto" || /[1-9]/.test(transitionDuration) || animationName !== "none";
    }).map((one) => one.className)"""
    for place in ("index.html", DATE, OUTCOME, f"maps/{ONE}.html"):
        go(page, place)
        assert page.evaluate(moving) == []


# ---- targets


SMALL = """async () => {
  for (const box of document.querySelectorAll("main details")) box.open = true;
  await new Promise((done) => setTimeout(done, 200)); // what articles say is put in

  const small = [];
  let count = 0;
  for (const one of document.querySelectorAll("main :is(a[href], button, input, summary, textarea, select)")) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest(".md-sidebar, .md-top, svg")) continue;
    const style = getComputedStyle(one);
    if (one.matches("a") && style.display === "inline") { // in running text: WCAG 2.5.8
      let block = one.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      const rest = block.cloneNode(true);
      for (const link of rest.querySelectorAll("a")) link.remove();
      if (!one.matches(".headerlink") && /[^\\s、，。；：·]/.test(rest.textContent)) continue;
    }
    count++;
    const { width, height } = (one.closest("label") || one).getBoundingClientRect();
    const named = `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 12)}`;
    if (width < 43.9 || height < 43.9) small.push(`${named} ${Math.round(width)} × ${Math.round(height)}`);
  }
  return [count, [...new Set(small)].slice(0, 12)];
}"""


@pytest.mark.parametrize(
    "name", ["question", "date", "outcome", "unsure", "evidence", "mistakes", "channels", "home", "404", "map", "check"]
)
def test_every_control_is_as_large_as_a_finger(visit, name) -> None:
    count, small = visit(PAGES[name]).evaluate(SMALL)
    assert count >= 3
    assert small == []


@pytest.mark.parametrize("state", STATES)
def test_every_control_of_a_page_that_is_in_use_is_as_large_as_a_finger(visit, state) -> None:
    page = visit("404.html")
    bring(page, state)
    count, small = page.evaluate(SMALL)
    assert count >= 3
    assert small == []


# ---- axe


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, scheme, viewport) -> None:
    """All its rules, on whole pages; on the outcome with Python's dates."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit("index.html", color_scheme=scheme, viewport=viewport)
    found = {}

    def look(name: str) -> None:
        found[name] = [(one["id"], one["nodes"][0]["html"][:120]) for one in Axe().run(page).response["violations"]]

    for name, place in PAGES.items():
        go(page, place)
        look(name)
    go(page, "index.html")
    page.click("label[for=__search].md-header__button" if viewport == PHONE else ".md-search__input")
    page.fill(".md-search__input", "三包")
    page.press(".md-search__input", "End")  # Material looks when a key comes up
    page.wait_for_selector(".md-search-result__item", timeout=15_000)
    page.wait_for_timeout(400)
    look("search")
    if viewport == PHONE:
        go(page, "index.html")
        page.click("label[for=__drawer].md-header__button")
        page.wait_for_timeout(500)
        look("drawer")
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_pages_that_are_in_use(visit, scheme, viewport) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit("404.html", color_scheme=scheme, viewport=viewport)
    found = {}
    for name in STATES:
        bring(page, name)
        found[name] = [(one["id"], one["nodes"][0]["html"][:120]) for one in Axe().run(page).response["violations"]]
    assert {name: what for name, what in found.items() if what} == {}


# ---- keyboard


STOP = """(selector) => {
  const one = document.activeElement;
  if (one.matches("body, .md-search__input")) return ["solid", 3, false]; // a field has a caret
  const { outlineStyle, outlineWidth } = getComputedStyle(one.matches(".md-option") ? one.nextElementSibling : one);
  const ownRing = one.matches("[type=date]") && outlineStyle === "none"; // of the button in the field
  return [ownRing ? "auto" : outlineStyle, ownRing ? 1 : parseFloat(outlineWidth), one.matches(selector)];
}"""


def tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """To the next such control; every stop on the way can be seen."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        style, width, met = page.evaluate(STOP, selector)
        assert style != "none" and width >= 1, page.evaluate("() => document.activeElement.outerHTML.slice(0, 120)")
        if met:
            return
    pytest.fail(f"the keyboard does not come to {selector}")


def test_from_the_start_to_an_outcome_and_back_by_keyboard(visit) -> None:
    page = visit(TREE, viewport=DESKTOP)
    steps = 0
    tab_to(page, "a.choice")
    while page.locator(".state.here.question").count():
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
        steps += 1
        assert steps < 12
        if page.locator(".state.here.question").count():
            tab_to(page, ".state.here a.choice")
    assert page.locator(".state.here.outcome").count() == 1
    for _ in range(steps):
        tab_to(page, "[data-do=back]", back=True)
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
    assert page.locator(".state.here").get_attribute("data-start") is not None
    expect(page.locator(".state.here a[aria-current=true]")).to_have_count(1)
    tab_to(page, "a.home", back=True)
