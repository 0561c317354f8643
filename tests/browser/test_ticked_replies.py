"""What is ticked on the page of an outcome: it stands in the letter, and the address keeps it."""

from kettle_site import VERSION, answer, folder, kettle, phone, reader, site, stands  # noqa: F401 fixtures: pytest finds them by name
from playwright.sync_api import Page, expect

REFUND = {"what": "broken", "soaked": "no", "received": "2026-11-14"}


def open_refund(kettle, ticks: str = "", **fake) -> Page:
    answers = "&".join(f"{question}={answer}" for question, answer in REFUND.items())
    page = kettle(f"#a=1&v={VERSION}&{answers}{ticks}", mode="ready", **fake)
    stands(page, "refund")
    return page


def ticked(page: Page) -> tuple[list[str], list[str]]:
    return (
        page.eval_on_selector_all("details[data-reply][open]", "all => all.map((one) => one.dataset.reply)"),
        page.eval_on_selector_all("input[data-evidence]:checked", "all => all.map((one) => one.dataset.evidence)"),
    )


def letter(page: Page, chat: str = ":not(.chat)") -> str:
    return page.locator(f".letter pre{chat}").text_content()


def test_a_reply_that_is_opened_stands_in_the_letter(kettle):
    page = open_refund(kettle)
    expect(page.locator("[data-by]")).to_contain_text("11月")
    assert "壶没有摔过" not in letter(page)
    page.get_by_text("“你摔的”").click()
    expect(page.locator(".letter pre:not(.chat)")).to_contain_text("前退壶。\n\n壶没有摔过。\n\n2026年")
    assert letter(page, ".chat").endswith("前退壶。壶没有摔过。")
    page.get_by_text("“你摔的”").click()
    expect(page.locator(".letter pre:not(.chat)")).not_to_contain_text("壶没有摔过")
    assert "R=none" in page.url


def test_ticks_live_in_the_address(kettle):
    page = open_refund(kettle)
    page.get_by_text("“烧过了”").click()
    page.get_by_label("漏水的视频").check()
    assert page.url.endswith("&R=boiled&E=video")
    page.reload()
    stands(page, "refund")
    assert ticked(page) == (["boiled"], ["video"])


def test_a_link_with_ticks_opens_with_them(kettle):
    page = open_refund(kettle, "&R=dropped.boiled&E=order.video")
    assert ticked(page) == (["dropped", "boiled"], ["order", "video"])
    expect(page.locator(".letter pre:not(.chat)")).to_contain_text("壶没有摔过")


def test_a_tick_adds_no_step_to_the_way_back(kettle):
    page = open_refund(kettle)
    steps = page.evaluate("history.length")
    page.get_by_text("“烧过了”").click()
    page.get_by_label("漏水的视频").check()
    page.wait_for_function("() => location.hash.includes('E=video')")
    assert page.evaluate("history.length") == steps


def test_evidence_stays_ticked_on_another_outcome_and_a_reply_does_not(kettle):
    page = open_refund(kettle, "&R=dropped&E=order")
    page.locator("a[data-change=soaked]").click()
    answer(page, "yes")
    stands(page, "own-fault")
    assert "E=order" in page.url and "R=" not in page.url


def test_replies_are_ticked_by_keyboard(kettle):
    page = open_refund(kettle)
    page.locator("details[data-reply=dropped] summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('R=dropped')")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.hash.includes('R=dropped.boiled')")


def test_without_python_a_tick_opens_the_answer_and_is_kept(kettle):
    page = kettle(f"#a=1&v={VERSION}&what=broken&soaked=no&received=d7", mode="failed")
    stands(page, "refund")
    page.get_by_text("“你摔的”").click()
    expect(page.locator("details[data-reply=dropped] p").first).to_be_visible()
    page.wait_for_function("() => location.hash.includes('R=dropped')")
    assert "他们说过哪句" in letter(page)
