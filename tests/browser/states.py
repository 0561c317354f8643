"""Pages as readers leave them half way: a case that is kept, a letter that is open, a result."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

LATE = 60_000
"""Milliseconds: Python has to come first."""

NOW = "2026-11-20T10:00:00+08:00"
WRISTBAND = json.loads((Path(__file__).parents[1] / "cases" / "wristband.json").read_text("utf-8"))
PHONE_BROKEN = (
    "#a=1&danger=none&device=phone&source=new&reported=2026-11-16&received=2026-11-11"
    "&bought=platform&cause=none&invoiced=2026-11-11&price=4999.00"
)
REFUSED = "trees/escalation.html#a=1&step=refused&bought=store&asked=2026-10-20&knew=2026-10-20&claim=clear"
"""An outcome with a complaint, a report and another letter."""


def keep_a_case(page: Page) -> None:
    """Two walks that tell one thing in two ways, and a log, on the device."""
    [(tree, walk)] = WRISTBAND["walks"].items()
    told = "&".join(f"{question}={answer}" for question, answer in walk["answers"].items())
    walks = {tree: f"#a=1&{told}&E={'.'.join(WRISTBAND['evidence'])}", "quality-defect": PHONE_BROKEN}
    notes = {name: WRISTBAND[name] for name in ("format", "fields", "boxes", "letters", "log")}
    page.evaluate(
        "(all) => { for (const [key, one] of Object.entries(all)) localStorage.setItem(key, JSON.stringify(one)); }",
        {"minglu-walks": walks, "minglu-case": notes},
    )


def kept(page: Page, place: str) -> None:
    keep_a_case(page)
    page.goto(page.home + place)


def home_kept(page: Page) -> None:
    kept(page, "index.html")
    expect(page.get_by_role("link", name="你存着一个案子")).to_be_visible()


def case_empty(page: Page) -> None:
    page.goto(page.home + "case.html")
    expect(page.get_by_role("heading", name="记一笔")).to_be_visible()


def case_filled(page: Page) -> None:
    """With an entry that is being written, and what was done just now."""
    kept(page, "case.html")
    expect(page.locator(".ends").first).to_be_visible(timeout=LATE)
    page.locator("input[data-evidence]:visible").first.click()
    page.locator("[data-act=leave-out]").first.click()
    expect(page.locator(".toast button")).to_be_visible()
    page.locator(".log input[value=called]").check()


def papers_offered(page: Page) -> None:
    kept(page, "papers.html")
    expect(page.locator(".paper-offers > ul [data-paper]").first).to_be_visible(timeout=LATE)


def paper_filled(page: Page) -> None:
    papers_offered(page)
    page.locator("[data-paper='complaint-12315']").click()
    expect(page.locator(".paper-panel .paper-sheet > *").first).to_be_visible(timeout=LATE)
    page.locator(".paper-panel fieldset input").first.check()
    page.get_by_label("电话", exact=True).fill("13800000000")
    expect(page.locator(".paper-sheet")).to_contain_text("13800000000")


def letter_open(page: Page) -> None:
    page.goto(page.home + REFUSED)
    page.wait_for_selector(".state.here .copy", state="attached", timeout=LATE)
    letter = page.locator(".state.here .letter:visible").first
    letter.locator("> summary").click()
    letter.get_by_label("姓名", exact=True).fill("王小明")
    letter.locator(".fill-packet > summary").click()
    letter.locator(".fill-do").click()
    expect(letter.locator(".fill-sent button")).to_be_visible()


def share_open(page: Page) -> None:
    page.goto(page.home + "trees/quality-defect.html" + PHONE_BROKEN)
    page.wait_for_selector(".state.here .copy", state="attached", timeout=LATE)
    page.locator("[data-do=share]").click()
    page.locator(".share-box button").first.click()
    expect(page.locator(".share-said").first).not_to_be_empty()


def calculated(page: Page) -> None:
    """A length of days, and a sum of a rule."""
    page.goto(page.home + "calculators.html")
    form = page.locator("law-calculators form").first
    form.get_by_label("从哪一天数").fill("2026-11-10")
    form.get_by_label("数多久").fill("7")
    form.locator("button.do").click()
    expect(form.locator(".deadline")).to_be_visible(timeout=LATE)


def citations_checked(page: Page) -> None:
    """One that is wrong, one of a law that is no longer in force, and two that are right."""
    page.goto(page.home + "check-citations.html")
    page.locator("cite-check textarea").fill(
        "依据《消费者权益保护法》第24条和第555条，消法第25条，要求退一赔三。依《合同法》第107条。"
    )
    page.locator("cite-check button.do").click()
    expect(page.locator("cite-check pre")).to_be_visible(timeout=LATE)


def bring(page: Page, state: str) -> None:
    """Into one of these, whatever stood there before."""
    page.clock.set_fixed_time(NOW)
    page.goto(page.home + "404.html")
    page.evaluate("localStorage.clear()")
    STATES[state](page)
    page.wait_for_timeout(250)


STATES: dict[str, Callable[[Page], None]] = {
    "home with a case": home_kept,
    "case, empty": case_empty,
    "case": case_filled,
    "papers": papers_offered,
    "a paper": paper_filled,
    "letter": letter_open,
    "share box": share_open,
    "calculated": calculated,
    "citations": citations_checked,
}
