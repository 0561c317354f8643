"""The page of calculators, on the built site with its real Python: a rule, a day or a sum, and what comes of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from as_shipped import as_shipped
from playwright.sync_api import Browser, Locator, Page, expect

PHONE = {"width": 375, "height": 812}
PLACE = "calculators.html"
TODAY = "2026-11-20T10:00:00+08:00"
LATE = 60_000
SCRIPT, RULES = "assets/minglu/calculators.js", "assets/minglu/calculators.json"


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)
    yield page
    context.close()


def opened(page: Page, url: str, fragment: str = "") -> Page:
    page.goto(f"{url}{PLACE}{fragment}")
    expect(page.locator("law-calculators form").first).to_be_visible()
    return page


def plain(page: Page) -> Locator:
    """The form that counts any length."""
    return page.locator("law-calculators form").first


def rule(page: Page, label: str) -> Locator:
    return page.locator(".rules > li").filter(has=page.locator("summary", has_text=label)).first


def unfolded(page: Page, label: str) -> Locator:
    """The form of a rule, found as a reader finds it."""
    page.get_by_label("找一条规则").fill(label)
    found = rule(page, label)
    found.locator("summary").first.click()
    expect(found.locator("form")).to_be_visible()
    return found


def test_any_length_is_counted_from_any_day(reader, site, serve) -> None:
    page = opened(reader, serve(site).url)
    form = plain(page)
    form.locator("[name=day]").fill("2026-11-16")
    form.locator("[name=count]").fill("７")
    form.locator("button.do").click()
    outcome = form.locator(".outcome-of")
    expect(outcome.locator(".day")).to_contain_text("11月23日（周一）前", timeout=LATE)
    expect(outcome.locator(".days")).to_have_text("还有 3 天")
    expect(outcome).to_contain_text("11月16日当天不算，次日（11月17日）起算第7天是11月23日（周一）")
    expect(outcome.locator("a.cite").first).to_have_attribute("href", f"{serve_root(page)}law/civil-code.html#a201")
    with page.expect_download() as saved:
        outcome.get_by_role("button", name="加入日历").click()
    assert "DTSTART;VALUE=DATE:20261123" in Path(saved.value.path()).read_text("utf-8")
    form.locator("select").select_option("working-days")
    expect(outcome).to_have_text("")
    form.locator("button.do").click()
    expect(outcome.locator(".day")).to_contain_text("11月25日（周三）前", timeout=LATE)


def serve_root(page: Page) -> str:
    return page.url.partition(PLACE)[0]


def test_a_rule_that_the_address_names_is_open_and_takes_a_day_as_people_type_it(reader, site, serve) -> None:
    url = serve(site).url
    page = opened(reader, url)
    named = rule(page, "把退货通知发出去").get_attribute("id")
    page.goto(f"{url}index.html")
    opened(page, url, f"#{named}")
    item = page.locator(f"#{named}")
    expect(item.locator("form")).to_be_in_viewport()
    item.locator("form summary").click()
    item.locator("form [name=day]").fill("９月２４日")
    item.locator("form button.do").click()
    expect(item.locator(".outcome-of .day")).to_contain_text("10月8日（周四）前", timeout=LATE)
    expect(item.locator(".outcome-of")).to_contain_text("10月1日（周四）是法定休假日，照民法典第203条顺延。")
    expect(item.locator(".by")).to_contain_text("七日无理由退货办法 第10条")


def test_sums_come_with_their_formula_in_their_article(reader, site, serve) -> None:
    page = opened(reader, serve(site).url)
    triple = unfolded(page, "三倍赔偿（证明得了欺诈才有）")
    triple.locator("form input").fill("99.9")
    triple.locator("form button.do").click()
    expect(triple.locator(".amount b")).to_have_text("500.00 元", timeout=LATE)
    expect(triple.locator(".amount")).to_contain_text("99.90 元 × 3 = 299.70 元，不足 500.00 元的按 500.00 元")
    fee = unfolded(page, "适用简易程序，减半后")
    fee.locator("form input").fill("￥25，000")
    fee.locator("form button.do").click()
    expect(fee.locator(".amount").first).to_contain_text("425.00 元", timeout=LATE)
    expect(fee.locator(".amount b")).to_have_text("212.50 元")


def test_the_list_is_narrowed_down_by_what_is_typed(reader, site, serve) -> None:
    page = opened(reader, serve(site).url)
    search, said = page.get_by_label("找一条规则"), page.locator(".rule-filter [role=status]")
    search.fill("受理费")
    shown = page.locator(".rules > li:visible")
    expect(said).to_have_text(f"找到 {shown.count()} 条。")
    assert 0 < shown.count() < 20 and "受理费" in shown.first.inner_text()
    search.fill("没有这样的规则")
    expect(said).to_contain_text("没有找到")
    expect(page.locator("details.entry:visible")).to_have_count(0)
    search.fill("")
    expect(said).to_have_text("")
    assert page.locator("details.entry:visible").count() > 15


def test_without_scripts_every_rule_can_be_read_with_its_article(browser: Browser, site, serve) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    url = serve(site).url
    page.goto(url + PLACE)
    page.locator("details.entry > summary").first.click()
    first = page.locator(".rules > li").first
    first.locator("summary").click()
    assert first.locator(".rule").is_visible() and first.locator("a.cite").first.is_visible()
    page.goto(url + first.locator("a.cite").first.get_attribute("href"))
    assert page.locator("h1").is_visible()
    context.close()


def test_its_script_is_asked_for_on_its_own_page_only(reader, site, serve) -> None:
    served = serve(site)
    reader.goto(served.url + "index.html")
    reader.goto(served.url + "how-days-count.html")
    reader.wait_for_load_state("networkidle")
    script = as_shipped(site, SCRIPT)
    assert not [one for one in served.asked if "calculators" in one or "cite-check" in one]
    reader.evaluate("() => { window.sameDocument = true; }")
    reader.locator("article a[href$='calculators.html']").click()
    expect(reader.locator("law-calculators form").first).to_be_visible()
    assert reader.evaluate("() => window.sameDocument"), "the page was loaded anew: this was no in-site navigation"
    assert f"/{script}" in served.asked and not [one for one in served.asked if "cite-check" in one]


NASTY = [
    "<img src=x onerror=alert(1)>",
    "\u202e2026-11-10\u202c",
    "\x01\x02\x03",
    "9" * 10_000,
    "９９９９年１３月４０日",
    "0000-00-00",
    "９９９９９９-12-31",
    "javascript:alert(1)",
    "-1",
    "1e400",
]


def test_whatever_is_typed_gets_one_sentence_and_stays(reader, site, serve) -> None:
    page = opened(reader, serve(site).url)
    before = page.evaluate("() => document.querySelectorAll('law-calculators *').length")
    form = plain(page)
    form.locator("[name=count]").fill("7")
    form.locator("summary").click()
    expect(form.locator("[name=day]")).to_have_attribute("type", "text")
    for text in NASTY:
        form.locator("[name=day]").fill(text)
        form.locator("button.do").click()
        expect(form.locator(".problem")).not_to_have_text("", timeout=LATE)
        assert len(form.locator(".problem").text_content()) < 120
        assert form.locator("[name=day]").input_value() == text
        expect(form.locator("[name=day]")).to_be_focused()
    form.locator("[name=day]").fill("2026-11-16")
    for text in NASTY:
        form.locator("[name=count]").fill(text)
        form.locator("button.do").click()
        expect(form.locator(".problem")).to_have_text("期间是 1 到 999 的整数，请重新填。")
    assert page.evaluate("() => document.querySelectorAll('law-calculators img, law-calculators script').length") == 0
    assert page.evaluate("() => document.querySelectorAll('law-calculators *').length") == before
    triple = unfolded(page, "三倍赔偿（证明得了欺诈才有）")
    for text in NASTY:
        triple.locator("form input").fill(text)
        triple.locator("form button.do").click()
        expect(triple.locator("form .problem")).to_contain_text("请重新填")
        assert len(triple.locator("form .problem").text_content()) < 120


def test_what_was_typed_is_gone_once_the_reader_forgets_all(reader, site, serve) -> None:
    page = opened(reader, serve(site).url)
    plain(page).locator("[name=day]").fill("2026-11-16")
    page.evaluate("() => dispatchEvent(new Event('minglu-forget'))")
    assert plain(page).locator("[name=day]").input_value() == ""


# ---- what does not come


def test_where_the_script_of_an_element_does_not_come_its_page_stands_and_a_tap_tries_again(
    reader, site, serve
) -> None:
    served = serve(site, missing=(as_shipped(site, SCRIPT),))
    reader.goto(served.url + PLACE)
    expect(reader.locator("law-calculators .notice")).to_contain_text("下载中断：没有取到要用的文件。")
    assert reader.locator("details.entry").count() > 15
    served.missing.clear()
    reader.get_by_role("button", name="重试").click()
    expect(plain(reader)).to_be_visible()
    expect(reader.locator("law-calculators .notice")).to_have_count(0)


def test_where_the_rules_do_not_come_that_is_said_and_opening_again_fetches_them(reader, site, serve) -> None:
    path = as_shipped(site, RULES)
    served = serve(site, missing=(path,))
    page = opened(reader, served.url)
    group = page.locator("details.entry").first
    group.locator("summary").first.click()
    item = group.locator(".rules > li").first
    item.locator("summary").click()
    expect(item.locator(".problem")).to_have_text("下载中断：没有取到计算规则。")
    served.missing.clear()
    item.locator("summary").click()
    item.locator("summary").click()
    expect(item.locator("form")).to_be_visible()
    expect(item.locator(".problem")).to_have_text("")


def test_rules_of_another_version_are_told_and_never_taken_for_these(reader, site, serve) -> None:
    served = serve(site)
    data = json.loads((site / as_shipped(site, RULES)).read_text("utf-8"))
    for one in [*data["periods"], *data["sums"]]:
        one["id"] = "rule-00000000"
    reader.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")  # as on plain http
    reader.route(f"**/{as_shipped(site, RULES)}", lambda route: route.fulfill(json=data))
    page = opened(reader, served.url)
    group = page.locator("details.entry").first
    group.locator("summary").first.click()
    group.locator(".rules > li summary").first.click()
    expect(group.locator(".problem").first).to_have_text("这一页和数据不是同一版，请刷新页面。")


def test_without_webassembly_the_rules_stand_and_reckoning_says_why_not(reader, site, serve) -> None:
    policy = {"Content-Security-Policy": "script-src 'self' 'unsafe-inline'"}
    page = opened(reader, serve(site, headers=policy).url)
    form = plain(page)
    form.locator("[name=day]").fill("2026-11-16")
    form.locator("[name=count]").fill("7")
    form.locator("button.do").click()
    expect(form.locator(".problem")).to_contain_text("没有算成：这个浏览器不允许运行 WebAssembly。", timeout=LATE)
    expect(form.locator(".outcome-of")).to_have_text("")
