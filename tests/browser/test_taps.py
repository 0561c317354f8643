"""How many taps a reader at an outcome needs: to a letter that is ready to send, and to the address of the office."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from test_site import PHONE, TREES, shortest, trees  # noqa: F401 a fixture

MOST = 3
"""Beside typing: to put the caret into a field belongs to typing."""


class Counted:
    """A reader's finger."""

    def __init__(self) -> None:
        self.taps = 0

    def __call__(self, what: Locator) -> None:
        self.taps += 1
        what.tap()


def with_a_letter(tree: dict) -> dict[str, str]:
    """Outcome that has a letter → the fragment that leads there, its own steps first."""
    found = {}
    for state, path in shortest(tree).items():
        node, items = tree["states"][state]["node"], tree["states"][state].get("items")
        if items and items["letters"]:
            found.setdefault(node, "#" + "&".join([f"a=1&v={tree['version']}", *map("=".join, path)]))
    return found


@pytest.fixture
def phone(browser: Browser, site, serve):
    """A page of a phone. Python stays away: with it the letters say more, and have fewer gaps."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", has_touch=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.route("**/worker.*.js*", lambda route: route.abort())
    page.home = serve(site).url
    yield page
    context.close()


def at_outcome(page: Page, id: str, fragment: str) -> None:
    page.goto("about:blank")
    page.goto(f"{page.home}trees/{id}.html{fragment}")
    expect(page.locator(".state.here.outcome h2").first).to_be_visible()


def filled(letter: Locator) -> None:
    expect(letter.locator(".fill")).to_be_visible()
    for field in letter.locator(".fill-rows :is(input, textarea)").all():
        field.fill("11月10日")


def ready(page: Page, letter: Locator) -> str:
    """What was copied: nothing of it is open but what is written by hand, which the letter says."""
    expect(letter.get_by_role("status")).to_contain_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    by_hand = letter.locator(".fill-help").first.inner_text() if "【" in copied else ""
    gaps = [gap.split("】")[0] for gap in copied.split("【")[1:]]
    assert [gap for gap in gaps if gap not in by_hand] == []
    return copied


@pytest.mark.parametrize("id", TREES)
def test_from_an_outcome_to_a_letter_that_is_ready_to_send_it_is_at_most_three_taps(phone, trees, id) -> None:
    at_outcome(phone, id, next(iter(with_a_letter(trees[id]).values())))
    tap = Counted()
    letter = phone.locator(".state.here .letter:visible").first
    tap(letter.locator("> summary"))
    filled(letter)
    tap(letter.locator(".fill-do"))
    short = ready(phone, letter)
    assert tap.taps <= MOST
    if letter.get_by_role("tab").count():  # the whole letter is one tap further
        tap.taps = 1
        tap(letter.get_by_role("tab", name="完整的信"))
        tap(letter.locator(".fill-do"))
        assert len(ready(phone, letter)) > len(short)
        assert tap.taps <= MOST


@pytest.mark.parametrize("id", TREES)
def test_from_an_outcome_to_the_offices_address_it_is_one_tap(phone, trees, id) -> None:
    at_outcome(phone, id, next(iter(with_a_letter(trees[id]).values())))
    tap = Counted()
    tap(phone.locator(".state.here a[href*='channels/']:visible").first)
    phone.wait_for_url("**/channels/*")
    expect(phone.locator("#where + .reach > li").first).to_be_in_viewport()
    assert tap.taps == 1


WITHOUT = """async (places) => {
  const seen = (what) => [...document.querySelectorAll(`.state.here ${what}`)].some((one) => one.checkVisibility());
  const without = [];
  for (const place of places) {
    const moved = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = place;
    await moved;
    do await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    while (document.querySelector(".state.here.apart")); // the outcomes come with the first answer
    const lacks = [".letter > summary", "a[href*='channels/']"].filter((what) => !seen(what));
    if (lacks.length) without.push([place, ...lacks]);
  }
  return without;
}"""


def test_no_outcome_hides_its_letter_or_its_office_behind_a_tap(phone, trees) -> None:
    hidden = {}
    for id, tree in trees.items():
        places = list(with_a_letter(tree).values())
        assert places
        phone.goto("about:blank")
        phone.goto(f"{phone.home}trees/{id}.html")
        expect(phone.locator(".state.here")).to_be_visible()
        if found := phone.evaluate(WITHOUT, places):
            hidden[id] = found
    assert hidden == {}
