"""The page that checks the citations in a reader's own text, on the built site."""

from playwright.sync_api import Browser, expect

PHONE = {"width": 375, "height": 812}


def test_a_text_is_held_against_the_library(browser: Browser, site, serve) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(serve(site).url + "check-citations.html")
    page.fill("cite-check textarea", "依据消法第24条，又据《食品安全法》第148条、投诉举报暂行办法第21条")
    page.click("cite-check button")
    expect(page.locator("cite-check [role=status]")).to_have_text("找到 3 处引用，其中 2 处要看一下。", timeout=60_000)
    rows = page.locator("cite-check .list > li")
    assert "运输等必要费用由经营者承担" in rows.nth(0).inner_text()
    assert "库里没有《食品安全法》" in rows.nth(1).inner_text()
    assert "自 2026-04-15 起不再适用" in rows.nth(2).inner_text()
    assert not page.locator("text=这里要用脚本").is_visible()
    page.context.close()


def test_without_webassembly_it_says_so(browser: Browser, site, serve) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(
        serve(site, headers={"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"}).url
        + "check-citations.html"
    )
    page.fill("cite-check textarea", "消法第24条")
    page.click("cite-check button")
    expect(page.locator("cite-check [role=status]")).to_contain_text("没有核对成", timeout=60_000)
    page.context.close()
