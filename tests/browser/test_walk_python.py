"""`<tree-walk>` with Python: the real engine behind a stand-in for python.js: ready, slow, failed or absent."""

from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from kettle_site import answer, folder, fragment, here, kettle, link, notice, phone, reader, road, site, stands, unfold  # noqa: F401 fixtures: pytest finds them by name
from playwright.sync_api import Page, expect


def test_python_starts_with_the_first_answer_and_not_before(kettle):
    page = kettle(mode="ready")
    assert page.evaluate("FAKE.starts") == 0
    answer(page, "broken")
    assert page.evaluate("FAKE.starts") == 1


def test_on_data_saver_python_waits_for_a_button(kettle):
    page = kettle(mode="ready", saveData=True)
    answer(page, "unwanted")
    assert page.evaluate("FAKE.starts") == 0
    page.get_by_role("button", name="加载精确到天的计算").click()
    expect(page.locator(".exact input")).to_be_enabled()
    assert page.evaluate("FAKE.starts") == 1
    expect(page.locator(".progress")).to_be_hidden()


def test_while_python_loads_the_ranges_work_and_the_line_counts_bytes(kettle):
    page = kettle(mode="slow")
    answer(page, "unwanted")
    page.evaluate("FAKE.progress(453, 1000)")
    expect(page.locator(".percent")).to_have_text("正在加载精确到天的计算 45%")
    answer(page, "d7")
    stands(page, "return-it")
    page.evaluate("FAKE.arrive()")
    expect(page.locator("#return-it .what-if")).to_be_visible()
    stands(page, "return-it")


def test_when_python_fails_one_line_says_so_and_the_links_go_on(kettle):
    page = kettle(mode="failed")
    answer(page, "unwanted")
    expect(page.locator(".failure")).to_have_text(
        "精确到天的计算没有加载成功：下载中断：没有取到 engine.zip；下面的链接照常可用。"
    )
    answer(page, "d7")
    stands(page, "return-it")
    expect(page.locator(".failure")).to_be_visible()
    page.evaluate("FAKE.mode = 'ready'")
    page.get_by_role("button", name="重试").click()
    expect(page.locator("#return-it .what-if")).to_be_visible()
    expect(page.locator("#return-it h2")).to_be_focused()


def test_a_failure_that_cannot_be_mended_offers_no_retry(kettle):
    page = kettle()
    answer(page, "unwanted")
    page.evaluate("FAKE.fail('这个浏览器不允许运行 WebAssembly。')")
    expect(page.locator(".failure")).to_contain_text("不允许运行")
    expect(page.get_by_role("button", name="重试")).to_be_hidden()


def test_python_that_failed_and_came_back_is_given_the_tree_again(kettle):
    page = kettle(link({"what": "broken"}), mode="ready")
    expect(page.locator(".possible")).to_be_visible()
    page.evaluate("FAKE.fail('等待超时：Python 一直没有回答。'); FAKE.asked = []")
    page.get_by_role("button", name="重试").click()
    page.wait_for_function("FAKE.asked.length === 2")
    assert page.evaluate("FAKE.asked.map((one) => one.do)") == ["load", "walk"]


def test_a_page_left_open_overnight_counts_anew_when_it_is_looked_at_again(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}), mode="ready")
    expect(page.locator("[data-deadline=claim] .days")).to_have_text(["还有 1 天"])
    page.clock.set_fixed_time("2026-11-17T08:00:00+08:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    expect(page.locator("[data-deadline=claim] .days")).to_have_text(["今天是最后一天"])
    page = kettle(link({"what": "unwanted"}), mode="ready")
    expect(page.locator(".possible")).to_have_count(1)
    page.clock.set_fixed_time("2026-11-17T08:00:00+08:00")
    asked = page.evaluate("FAKE.asked.length")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    page.wait_for_function("asked => FAKE.asked.length > asked", arg=asked)
    page.wait_for_timeout(50)
    expect(page.locator(".possible")).to_have_count(1)


def test_data_that_does_not_come_is_told_in_one_line(kettle, reader):
    reader.context.route("**/kettle.*.json", lambda route: route.fulfill(status=404))
    page = kettle(mode="ready")
    answer(page, "broken")
    expect(page.locator(".failure")).to_contain_text("下载中断：没有取到决策树的数据；下面的链接照常可用。")
    answer(page, "no")
    stands(page, "received.broken")


def exactly(page: Page, value: str) -> None:
    field = page.locator(".state:visible .exact input")
    expect(field).to_be_enabled()
    field.fill(value)
    page.locator(".state:visible .exact button").click()


def test_an_exact_day_decides_where_it_leads_and_gives_dates(kettle):
    page = kettle(mode="ready")
    answer(page, "unwanted")
    exactly(page, "2026-11-10")
    stands(page, "return-it")
    assert fragment(page) == link({"what": "unwanted", "received": "2026-11-10"})
    claim, silence = (
        page.locator("[data-deadline=claim] [data-slot]"),
        page.locator("[data-deadline=silence] [data-slot]"),
    )
    visible = page.locator("#return-it")
    expect(visible.locator(claim)).to_contain_text("11月17日（周二）前（含当天） 还有 1 天")
    expect(visible.locator(silence)).to_contain_text("11月25日（周三）过后 期限还没满，还有 9 天")
    visible.locator(claim).locator("summary").click()
    expect(visible.locator(claim)).to_contain_text("次日（11月11日）起算第7天是11月17日（周二）。依据：水壶法 第11条。")
    assert road(page)[1] == "你哪天签收的？ 2026年11月10日"
    page.go_back()
    stands(page, "received.unwanted")
    page.go_forward()
    stands(page, "return-it")
    page.reload()
    stands(page, "return-it")


@pytest.mark.parametrize(("day", "words"), [("2026-11-09", "今天是最后一天"), ("2026-11-10", "还有 1 天")])
def test_days_left_are_said(kettle, day, words):
    page = kettle(link({"what": "unwanted", "received": day}), mode="ready")
    expect(page.locator("#return-it [data-deadline=claim] .days")).to_have_text(words)


def test_a_deadline_that_passed_offers_no_calendar(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "2025-12-01", "repairs": "3"}), mode="ready")
    expect(page.locator("#refund .days")).to_contain_text("已经过了")
    expect(page.get_by_role("button", name="加入日历")).to_have_count(0)
    expect(page.locator("#refund .day")).to_contain_text("2025年12月8日")


def test_a_band_gives_no_date_and_the_rule_stands_in_words(kettle):
    page = kettle(mode="ready")
    answer(page, "unwanted", "d7")
    expect(page.locator("#return-it .what-if")).to_be_visible()
    expect(page.locator("#return-it [data-deadline=claim] .day")).to_have_count(0)  # the week may have ended on Sunday
    expect(page.locator("#return-it [data-deadline=silence] .day")).to_have_text("按你选的范围 期限还没满")
    unfold(page)
    expect(page.locator("#return-it [data-deadline=silence] .rule")).to_be_visible()
    expect(page.get_by_role("button", name="加入日历")).to_have_count(0)


@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ({"what": "broken", "soaked": "no"}, ["2028年11月1日（周三）前"]),
        ({"what": "unwanted"}, ["2027年11月1日（周一）前", "2028年11月1日（周三）前"]),
    ],
)
def test_a_deadline_that_stands_twice_is_dated_in_the_case_shown(kettle, answers, days):
    """`ask` is the first deadline of one case and the second of the other."""
    page = kettle(link(answers | {"received": "2025-11-01"}), mode="ready")
    expect(page.locator("#too-late .deadline[data-deadline=ask]")).to_have_count(1)
    unfold(page)
    expect(page.locator("#too-late .deadline[data-deadline=ask] .day:visible")).to_have_count(1)
    expect(page.locator("#too-late .day:visible b")).to_have_text(days)


def test_an_exact_number_decides_too(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "y1"}), mode="ready")
    expect(page.locator("#repairs .exact")).to_contain_text("填数字 次")
    exactly(page, "4")
    stands(page, "refund")
    assert road(page)[-1] == "修过几次？ 4 次"


@pytest.mark.parametrize(("value", "says"), [("2026-11-17", "还没有到"), ("1980-01-01", "太早"), ("", "请选一个日期")])
def test_a_day_that_cannot_be_is_refused_at_its_question_and_kept(kettle, value, says):
    page = kettle(link({"what": "unwanted"}), mode="ready")
    exactly(page, value)
    expect(page.locator("[id='received.unwanted'] .problem")).to_contain_text(says)
    stands(page, "received.unwanted")
    assert page.locator(".exact input").input_value() == value and fragment(page) == link({"what": "unwanted"})
    exactly(page, "2026-11-16")
    stands(page, "return-it")


@pytest.mark.parametrize("day", ["2026-02-30", "2027-01-01"])
def test_a_day_in_a_link_that_cannot_be_is_refused_at_its_question(kettle, day):
    page = kettle(link({"what": "unwanted", "received": day}), mode="ready")
    expect(page.locator("[id='received.unwanted'] .problem")).not_to_be_empty()
    stands(page, "received.unwanted")
    assert notice(page) == ""
    answer(page, "d7")
    stands(page, "return-it")


def test_the_day_is_the_day_in_china_whatever_the_device_says(phone, site):
    page = phone(timezone_id="America/New_York").open(
        f"{site}trees/kettle.html{link({'what': 'unwanted'})}", now="2026-11-16T11:30:00-05:00", mode="ready"
    )
    expect(page.locator(".exact input")).to_have_attribute("max", "2026-11-17")
    exactly(page, "2026-11-10")
    expect(page.locator("#return-it [data-deadline=claim] .days")).to_have_text("今天是最后一天")


EXACT = {"what": "broken", "soaked": "no", "received": "2026-10-10", "repairs": "r1"}
NEAR = EXACT | {"received": "2026-11-06"}
"""Ten days ago: near the seventh, which may have been a rest day."""


def test_a_day_far_from_every_limit_leads_on_without_python_which_fills_in_the_dates(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}))
    stands(page, "return-it")
    assert notice(page) == "" and road(page)[1] == "你哪天签收的？ 2026年11月10日"
    expect(page.locator("#return-it .day")).to_have_count(0)
    expect(page.locator("#return-it [data-deadline=claim] .rule")).to_be_visible()
    page.evaluate("FAKE.arrive()")
    expect(page.locator("#return-it [data-deadline=claim] .days")).to_have_text("还有 1 天")
    stands(page, "return-it")


def test_a_day_far_from_every_limit_stands_with_its_rules_when_python_never_comes(kettle):
    page = kettle(link(EXACT))
    page.evaluate("FAKE.fail('等待超时：Python 一直没有启动。')")
    stands(page, "repair")
    assert fragment(page) == link(EXACT) and len(road(page)) == 4
    page.reload()
    stands(page, "repair")


def test_a_day_can_be_typed_before_python_is_there(kettle):
    page = kettle(link({"what": "unwanted"}))
    exactly(page, "2025-01-10")
    stands(page, "too-late")
    page.go_back()
    exactly(page, "2026-11-06")
    stands(page, "received.unwanted")
    assert notice(page) == "正在按日期计算…" and fragment(page) == link({"what": "unwanted", "received": "2026-11-06"})
    page.evaluate("FAKE.arrive()")
    stands(page, "too-late")


def test_a_day_near_a_limit_is_refused_at_its_question_when_python_cannot_be_had(kettle):
    page = kettle(link({"what": "unwanted"}), mode="failed")
    exactly(page, "2026-11-06")
    expect(page.locator("[id='received.unwanted'] .problem")).to_contain_text("离界限太近")
    stands(page, "received.unwanted")
    exactly(page, "2026-11-12")
    stands(page, "return-it")
    page.go_back()
    exactly(page, "2027-01-01")
    expect(page.locator("[id='received.unwanted'] .problem")).to_contain_text("还没有到")


def test_a_link_with_a_day_near_a_limit_waits_at_its_question_and_then_goes_on(kettle):
    page = kettle(link(NEAR))
    stands(page, "received.broken")
    assert notice(page) == "正在按日期计算…"
    assert page.locator(".exact input").input_value() == "2026-11-06"
    page.evaluate("FAKE.arrive()")
    stands(page, "repair")
    assert notice(page) == "" and len(road(page)) == 4
    expect(page.locator("#repair h2")).to_be_focused()


def test_a_link_with_a_day_near_a_limit_keeps_its_later_answers_when_python_fails(kettle):
    page = kettle(link(NEAR))
    page.evaluate("FAKE.fail('等待超时：Python 一直没有启动。')")
    stands(page, "received.broken")
    assert notice(page) == ""
    answer(page, "y1")
    stands(page, "repair")
    assert fragment(page) == link(NEAR | {"received": "y1"})


def test_an_old_link_with_an_exact_day_says_in_the_end_what_became_of_it(kettle):
    page = kettle(link(EXACT, "12345678"))
    page.evaluate("FAKE.arrive()")
    stands(page, "repair")
    assert notice(page) == "这个链接生成以后，内容更新过；已按新内容重新走了一遍。"


def test_unsure_goes_on_asking_and_ends_with_what_is_still_possible(kettle):
    page = kettle(link({"what": "broken"}), mode="ready")
    expect(page.locator(".possible summary")).to_have_text("可能的结果（4）")
    answer(page, "unsure")
    stands(page, "received.broken")
    assert road(page)[-1] == "水壶泡过水吗？ 不确定"
    answer(page, "d7")
    expect(page.locator("tree-walk > section.several.here h2")).to_have_text("还定不下来：可能的结果")
    shown = page.locator(".state.here")
    assert shown.locator("a.choice b").all_inner_texts() == ["退、换、修由你选", "自己弄坏的"]
    expect(shown.locator(".decides li")).to_contain_text("水壶泡过水吗？")
    expect(shown.locator(".decides li")).to_contain_text("看底座")
    page.reload()
    expect(page.locator("tree-walk > section.several.here h2")).to_have_text("还定不下来：可能的结果")
    shown.get_by_role("link", name="去回答").click()
    stands(page, "soaked")
    answer(page, "no")
    stands(page, "refund")
    for state in ("soaked", "ends", "received.broken", "soaked"):
        page.go_back()
        page.wait_for_timeout(50)
        assert here(page) == state


def test_what_the_unsure_share_comes_first_then_what_decides_then_the_ends(kettle):
    page = kettle(link({"what": "unsure", "soaked": "no", "received": "2026-11-14"}), mode="ready")
    shown = page.locator(".state.here")
    expect(shown.locator("h2")).to_have_text("还定不下来：可能的结果")
    titles = shown.locator("h3").all_inner_texts()
    assert titles == ["先记住最早的期限", "弄清这些，越靠前的越管用", "可能的结果（3）"]
    due = shown.locator(".deadline")
    expect(due).to_contain_text("11月23日")  # the 21st is a Saturday
    expect(due).to_contain_text("可能有；拿不准，先按它来。")
    expect(shown.locator(".range")).to_have_text("这一部分的结果都是“依据明确”；换到别的部分，要到那里再看。")
    assert shown.locator("a.choice span").all_inner_texts() == ["依据明确", "依据明确"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.get_by_role("link", name="去回答").click()
    stands(page, "what")


def test_without_python_what_is_shared_stands_in_the_place_of_its_link(kettle):
    page = kettle(link({"what": "broken", "soaked": "no"}), mode="failed")
    answer(page, "unsure")
    shown = page.locator(".state.here")
    stands(page, "received.broken-unsure")
    expect(shown.locator("h3").first).to_have_text("先记住最早的期限")
    expect(shown.locator("a[href^='#shared']")).to_have_count(0)
    expect(shown).to_contain_text("7 天以内")
    assert "按浏览器的返回" not in shown.inner_text()


def test_several_ends_may_include_another_tree(kettle):
    page = kettle(link({"what": "unsure", "soaked": "yes", "received": "d7"}), mode="ready")
    expect(page.locator(".state.here h2")).to_have_text("还定不下来：可能的结果")
    end = page.locator(".state.here a.choice").last
    expect(end).to_have_text("没收到货")
    assert end.get_attribute("href").endswith("/trees/other.html#first")


def test_unsure_before_python_is_there_is_not_moved_but_offered_more(kettle):
    page = kettle(link({"what": "broken"}))
    answer(page, "unsure")
    stands(page, "soaked-unsure")
    assert notice(page) == ""
    page.evaluate("FAKE.arrive()")
    expect(page.locator(".notice")).to_contain_text("接着往下问")
    stands(page, "soaked-unsure")
    page.get_by_role("link", name="接着往下问").click()
    stands(page, "received.broken")


def test_unsure_goes_on_by_links_when_python_fails_on_the_way(kettle):
    page = kettle(link({"what": "broken", "soaked": "unsure"}), mode="ready")
    stands(page, "received.broken")
    page.evaluate("FAKE.fail('等待超时：Python 一直没有回答。')")
    answer(page, "d7")
    stands(page, "refund")


def test_python_never_moves_a_reader_who_follows_links(kettle):
    page = kettle(
        mode="ready", wrong={"at": {"kind": "outcome", "id": "too-late", "state": "too-late"}, "states": ["too-late"]}
    )
    answer(page, "unwanted", "d7")
    page.wait_for_function("FAKE.asked.length > 2")
    page.wait_for_timeout(50)
    stands(page, "return-it")
    expect(page.locator("#return-it .what-if")).to_be_hidden()


def test_what_if_rows_lead_to_the_other_answer(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}), mode="ready")
    page.get_by_text("如果我的回答不同 3").click()
    rows = page.locator("#return-it .what-if li")
    expect(rows).to_have_text(
        ["你哪天签收的？ 超过 7 天太晚了", "水壶出了什么问题？ 没收到没收到货", "水壶出了什么问题？ 坏了水壶泡过水吗？"]
    )
    rows.nth(0).locator("a").click()
    stands(page, "too-late")
    page.go_back()
    stands(page, "return-it")
    rows.nth(1).locator("a").click()
    page.wait_for_url("**/other.html#**")


def test_the_calendar_file_is_read_by_a_real_parser(kettle):
    page = kettle(link({"what": "unwanted", "received": "2026-11-10"}), mode="ready")
    with page.expect_download() as download:
        page.get_by_role("button", name="加入日历").click()
    data = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename == "claim-2026-11-17.ics"
    assert data.endswith(b"END:VCALENDAR\r\n") and data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert "SUMMARY:最后一天：向水壶店提出\\; 要快\\, 书面\\\\提\r\n" in data.replace(b"\r\n ", b"").decode()
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert event["SUMMARY"] == "最后一天：向水壶店提出; 要快, 书面\\提"
    assert event["DTSTART"].dt == date(2026, 11, 17) and event["DTEND"].dt == date(2026, 11, 18)
    assert "起算第7天是11月17日（周二）" in event["DESCRIPTION"] and "水壶法 第11条" in event["DESCRIPTION"]
    assert "received" not in str(event) and event["UID"] and event["DTSTAMP"]
    (alarm,) = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY" and alarm["TRIGGER"].dt.total_seconds() == -15 * 3600


def test_where_no_schedule_is_published_days_past_the_end_are_not_counted(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "2021-01-01"}), mode="ready")
    expect(page.locator("#too-late .days:visible")).to_have_text("已经过了")
    expect(page.get_by_role("button", name="加入日历")).to_have_count(0)
