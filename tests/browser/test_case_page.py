"""The page of the case: what was told, the days, the log that moves them, what is taken along, and what goes wrong."""

import json
import re
from pathlib import Path

import icalendar
import pytest
from case_site import (  # noqa: F401 fixtures: pytest finds them by name
    NOW,
    REFUND,
    case,
    case_folder,
    case_site,
    entry,
    file_of,
    fragment_of,
    keeping,
    note,
    notes_of,
    rungs,
    stored,
    timeline,
    toast,
    undo,
    version,
)
from kettle_site import phone, reader  # noqa: F401
from playwright.sync_api import Page, expect
from waiting import until

from minglu.engine.words import engine_words

SENT = entry("2026-11-12", "sent", says="要退壶")
EVIL = "<img src=x onerror=alert(1)>\n</textarea><script>alert(1)</script>\u202e【姓名】{today}${1}&lt;b&gt;"


def shown(page: Page) -> Page:
    """Once the engine has answered."""
    expect(page.locator(".ends, .timeline").first).to_be_visible()
    return page


def took(page: Page, text: object) -> None:
    page.locator(".into summary").click()
    page.get_by_label("粘贴导出的文字").fill(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False))
    page.get_by_role("button", name="读进来看看").click()


# ---- what stands there


def test_an_empty_case_says_where_to_begin_and_loads_no_python(case) -> None:
    page = case()
    expect(page.get_by_role("link", name="选一种情况")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("什么都不会离开这台设备")
    expect(page.locator(".keeps")).to_have_count(0)
    assert page.evaluate("FAKE.asked") == []


def test_everything_that_was_told_stands_once_with_the_days_and_the_road(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    expect(page.locator(".next .big")).to_have_text("11月18日（周三） 还有 2 天")
    expect(page.locator(".next")).to_contain_text("最后一天：提出")
    expect(page.locator(".ends li")).to_contain_text(["退、换、修由你选"])
    expect(page.locator(".ends .standing")).to_have_text("可以争取")
    assert timeline(page) == [
        "11月11日 收到水壶",
        "11月12日 找店家：发了信、交了材料 要退壶",
        "11月18日（周三） 提出 还有 2 天",
        "11月20日（周五） 店家答复 期限还没满，还有 3 天",
        "11月25日（周三） 店家拖延 期限还没满，还有 8 天",
    ]
    assert rungs(page) == {"找店家": "waiting", "壶法庭": "later"}
    page.locator("summary", has_text="你答过的").click()
    assert page.locator(".facts-told li > span").all_inner_texts() == [
        "水壶出了什么问题？ 坏了",
        "修过几次？ 0 次",
        "你哪天收到水壶？ 2026年11月11日",
    ]


def test_a_day_tells_its_arithmetic_and_its_article(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    answer = page.locator(".timeline > li", has_text="店家答复")
    answer.locator("summary").click()
    expect(answer).to_contain_text("11月12日发了信、交了材料，次日（11月13日）起算第7天是11月19日（周四）。")
    expect(answer).to_contain_text(re.compile("依据：水壶法.第11条（条文写明）。"))
    expect(answer).to_contain_text("过了就去壶法庭。")


def test_what_lies_far_back_is_folded(case) -> None:
    log = [entry(f"2026-10-{day:02}", "called", says=f"第 {day} 天") for day in range(1, 11)]
    page = shown(case(keeps=keeping(*log)))
    fold = page.locator("details", has=page.locator("summary", has_text="更早的（8）"))
    expect(fold.locator("li").first).to_be_hidden()
    expect(page.get_by_text("第 10 天")).to_be_visible()


def test_the_way_back_to_a_question_leaves_its_answer_out_and_what_is_kept_goes_on_from_it(case) -> None:
    page = shown(case(keeps=keeping()))
    page.locator("summary", has_text="你答过的").click()
    page.get_by_role("link", name="改：修过几次？").click()
    page.wait_for_url("**/trees/kettle.html#*")
    expect(page.locator(".state:visible h2")).to_have_text("修过几次？")
    assert "received=2026-11-11" in page.url and "repairs=" not in page.url


def test_a_link_of_an_end_leads_to_it(case) -> None:
    page = shown(case(keeps=keeping()))
    page.locator(".ends a").click()
    expect(page.locator(".state:visible h2")).to_have_text("退、换、修由你选")


def test_the_kinds_of_entries_have_the_engines_words(case) -> None:
    page = case()
    kinds = page.locator(".kinds label").evaluate_all(
        "(all) => all.map((one) => [one.querySelector('input').value, one.textContent])"
    )
    assert dict(kinds) == {kind: engine_words(f"log.{kind}") for kind, _ in kinds}
    assert len(kinds) == 7


# ---- the log moves it


def test_a_refusal_opens_the_next_rung_today(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    note(page, "refused", "只修不退")
    toast(page, "记下了")
    expect(page.locator(".next")).to_contain_text("今天就可以：壶法庭")
    assert rungs(page) == {"找店家": "refused", "壶法庭": "open"}
    assert not [line for line in timeline(page) if "店家答复" in line], "who has answered need not answer any more"
    assert stored(page)["log"][1] == entry("2026-11-16", "refused", says="只修不退")
    undo(page)
    expect(page.locator(".rungs > .waiting")).to_have_count(1)
    assert stored(page)["log"] == [SENT]


def test_the_end_of_a_matter_starts_the_next_clock(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    note(page, "ended", "法庭说不管", who="court")
    expect(page.locator(".timeline > li", has_text="上诉")).to_contain_text("12月1日（周二）")


@pytest.mark.parametrize("typed", ["11月10日", "2026/11/10", "２０２６．１１．１０", " 2026-11-10 "])
def test_a_day_is_typed_as_people_type(case, typed: str) -> None:
    page = case(keeps=keeping())
    note(page, "called", "第一次打", day=typed)
    toast(page, "记下了")
    assert stored(page)["log"][0]["day"] == "2026-11-10"


@pytest.mark.parametrize(
    ("typed", "says"),
    [("昨天", "看不懂"), ("2026-02-30", "看不懂"), ("2026-11-17", "还没有到"), ("1989-12-31", "太早"), ("", "看不懂")],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_typed_is_lost(case, typed: str, says: str) -> None:
    page = case(keeps=keeping())
    page.locator(".log input[value=called]").check()
    page.locator(".log summary", has_text="打字").click()
    page.get_by_label("哪天", exact=True).fill(typed)
    page.get_by_label("说了什么").fill("打过了")
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator(".log .problem")).to_contain_text(says)
    expect(page.get_by_label("哪天", exact=True)).to_be_focused()
    assert page.get_by_label("说了什么").input_value() == "打过了" and stored(page)["log"] == []


def test_an_entry_may_answer_a_question_that_is_open(case) -> None:
    page = shown(case(keeps=keeping(answers={"what": "broken", "repairs": "0", "received": "unsure"})))
    page.locator(".log input[value=called]").check()
    expect(page.locator(".log .answers")).to_contain_text("“你哪天收到水壶”：就是这一天")
    page.locator(".log input[value=refused]").check()
    expect(page.locator(".log .answers label")).to_have_count(0)
    page.locator(".log input[value=called]").check()
    page.locator(".log .answers input").check()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator(".ends")).to_contain_text("退、换、修由你选")
    assert stored(page)["log"][0]["answers"] == {"received": "2026-11-16"}
    expect(page.locator(".ends a")).to_have_attribute("href", re.compile("received=2026-11-16"))


def test_an_entry_is_changed_and_deleted_with_a_way_back(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    page.get_by_role("button", name="改：11月12日").click()
    page.get_by_label("说了什么").fill("要退壶，也要茶叶")
    page.get_by_role("button", name="改好了").click()
    toast(page, "改好了")
    assert [one["says"] for one in stored(page)["log"]] == ["要退壶，也要茶叶"]
    page.get_by_role("button", name="删：11月12日").click()
    toast(page, "删掉了这一笔")
    assert stored(page)["log"] == []
    undo(page)
    assert [one["says"] for one in stored(page)["log"]] == ["要退壶，也要茶叶"]
    expect(page.locator(".timeline")).to_contain_text(["也要茶叶"])


def test_what_was_typed_and_not_noted_down_can_be_brought_back(case) -> None:
    page = case(keeps=keeping())
    page.locator(".log input[value=called]").check()
    page.get_by_label("说了什么").fill("说了很久")
    page.get_by_role("button", name="不记了").click()
    undo(page)
    assert page.get_by_label("说了什么").input_value() == "说了很久"


def test_evidence_of_an_entry_is_at_hand_from_then_on(case) -> None:
    page = shown(case(keeps=keeping()))
    page.locator(".log input[value=called]").check()
    page.locator(".log summary", has_text="留下了什么").click()
    page.locator(".log").get_by_text("订单").click()
    page.get_by_role("button", name="记下", exact=True).click()
    expect(page.locator("input[data-evidence=order]")).to_be_checked()
    assert stored(page)["log"][0]["evidence"] == ["order"]


# ---- evidence, letters


def test_evidence_ticked_here_is_ticked_on_the_trees_page_and_back(case) -> None:
    page = shown(case(keeps=keeping()))
    page.locator("input[data-evidence=order]").check()
    expect(page.locator(".count").first).to_have_text("1 / 1")
    expect(page.locator("input[data-evidence=order]")).to_be_focused()
    page.locator(".ends a").click()
    box = page.locator(".state:visible input[data-evidence=order]")
    expect(box).to_be_checked()
    box.uncheck()
    assert "E=" not in page.evaluate("location.hash")
    page.goto(page.url.split("trees/")[0] + "case.html")
    expect(shown(page).locator("input[data-evidence=order]")).not_to_be_checked()


def test_a_letter_that_was_sent_is_an_event(case) -> None:
    page = shown(case(keeps=keeping()))
    page.locator("summary", has_text="可以用的信").click()
    page.get_by_role("button", name="今天寄出了").click()
    expect(page.locator("main, body").first).to_contain_text("11月16日寄出")
    kept = stored(page)
    assert kept["letters"] == {"kettle/refund/refund": {"copied": "", "sent": "2026-11-16"}}
    assert [(one["kind"], one["who"]) for one in kept["log"]] == [("sent", "shop")]
    assert rungs(page)["找店家"] == "waiting"
    undo(page)
    expect(page.locator(".rungs > .open")).to_have_count(1)
    assert stored(page)["log"] == []


# ---- two trees


def two_trees(what: str) -> dict:
    tea = {"taste": "cold", "kettle-too": "keep", "what": what}
    return {"minglu-walks": {"kettle": fragment_of(REFUND), "tea": fragment_of(tea, "tea")}, "minglu-case": notes_of()}


def test_what_was_told_in_two_ways_is_shown_and_settled_with_a_way_back(case) -> None:
    page = shown(case(keeps=two_trees("unwanted")))
    expect(page.locator(".why")).to_contain_text("同一件事答了两样：水壶出了什么问题？")
    page.get_by_role("button", name="水壶出了什么问题？都按这个：没坏，不想要了").click()
    expect(page.locator(".why")).to_have_count(0)
    expect(page.locator(".ends")).to_contain_text(["可以退"])
    assert "what=unwanted" in stored(page, "minglu-walks")["kettle"]
    undo(page)
    expect(page.locator(".why")).to_have_count(1)
    assert "what=broken" in stored(page, "minglu-walks")["kettle"]


def test_a_walk_can_be_left_out_and_taken_in_again(case) -> None:
    page = shown(case(keeps=two_trees("broken")))
    page.get_by_role("button", name="水壶退货不算进来").click()
    toast(page, "不算进来了")
    assert "kettle" not in stored(page, "minglu-walks")
    undo(page)
    assert "kettle" in stored(page, "minglu-walks")


# ---- keep, move, forget


def test_nothing_is_stored_before_the_reader_says_so(case) -> None:
    page = case()
    note(page, "called", "打过了")
    toast(page, "记下了")
    expect(page.locator(".notice")).to_contain_text("还没记在这台设备上")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_role("button", name="在这台设备上记住").click()
    assert [one["says"] for one in stored(page)["log"]] == ["打过了"]
    expect(page.locator(".keeps")).to_contain_text("已记在这台设备上")


def test_what_is_kept_is_offered_on_the_home_page(case) -> None:
    page = case("index.html", keeps={"minglu-case": notes_of(SENT)})
    expect(page.get_by_role("link", name="你存着一个案子")).to_be_visible()
    fresh = case("index.html")
    fresh.evaluate("localStorage.clear()")
    fresh.reload()
    expect(fresh.get_by_role("link", name="你存着一个案子")).to_be_hidden()


def test_the_case_goes_out_as_a_file_and_comes_back_whole(case, tmp_path: Path) -> None:
    page = shown(case(keeps=keeping(SENT, fields={"姓名": "壶主"})))
    with page.expect_download() as got:
        page.get_by_role("button", name="导出", exact=True).click()
    assert got.value.suggested_filename == "minglu-case-2026-11-16.json"
    file = Path(got.value.path()).read_text("utf-8")
    assert json.loads(file) == {**file_of(SENT), "saved": "2026-11-16", "fields": {"姓名": "壶主"}}
    page.get_by_role("button", name="全部忘记").click()
    toast(page, "都忘记了")
    assert page.evaluate("Object.keys(localStorage)") == []
    path = tmp_path / "case.json"
    path.write_text(file, "utf-8")
    page.locator(".into summary").click()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.locator(".into")).to_contain_text("2026-11-16 存的：1 部分的回答、1 条日志、1 处填写")
    page.get_by_role("button", name="换成它").click()
    expect(shown(page).locator(".timeline")).to_contain_text(["要退壶"])


def test_forgetting_has_a_way_back_for_ten_seconds(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    before = page.evaluate("({ ...localStorage })")
    page.get_by_role("button", name="全部忘记").click()
    expect(page.locator(".ends")).to_have_count(0)
    undo(page)
    expect(shown(page).locator(".timeline")).to_contain_text(["要退壶"])
    assert page.evaluate("({ ...localStorage })") == before
    page.get_by_role("button", name="全部忘记").click()
    page.clock.run_for(11_000)
    expect(page.locator(".toast button")).to_have_count(0)


def test_forgetting_on_a_trees_page_has_a_way_back_too(case) -> None:
    page = case(f"trees/kettle.html{fragment_of(REFUND)}", keeps=keeping(SENT))
    before = page.evaluate("({ ...localStorage })")
    page.get_by_role("button", name="全部忘记").click()
    assert page.evaluate("Object.keys(localStorage)") == [] and page.evaluate("location.hash") == ""
    page.locator(".notice").get_by_role("button", name="撤销").click()
    assert page.evaluate("({ ...localStorage })") == before
    expect(page.locator(".state:visible h2")).to_have_text("退、换、修由你选")


CUT = json.dumps(file_of(SENT), ensure_ascii=False)[:-20]
REFUSED = {
    CUT: "不完整",
    "{}": "不是从“我的案子”导出的文件",
    "你好": "读不出来",
    json.dumps(file_of({**SENT, "day": "昨天"})): "被改过（log.day）",
    json.dumps({**file_of(), "format": 2}): "更新的版本",
    " ": "粘贴导出的文字",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_does_not_fit_is_refused_in_one_sentence_and_loses_nothing(case, text: str) -> None:
    page = shown(case(keeps=keeping(SENT)))
    before = page.evaluate("({ ...localStorage })")
    took(page, text)
    expect(page.locator(".into .problem")).to_contain_text(REFUSED[text])
    expect(page.get_by_role("button", name="换成它")).to_have_count(0)
    assert page.evaluate("({ ...localStorage })") == before
    expect(page.locator(".timeline")).to_contain_text(["要退壶"])


def test_what_is_read_replaces_the_case_only_when_the_reader_says_so_with_a_way_back(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    other = file_of(entry("2026-11-14", "called", says="换来的"), walks={"tea": {"taste": "bitter"}})
    took(page, other)
    page.get_by_role("button", name="不换").click()
    toast(page, "没有换")
    expect(page.locator(".timeline")).to_contain_text(["要退壶"])
    page.get_by_label("粘贴导出的文字").fill(json.dumps(other))
    page.get_by_role("button", name="读进来看看").click()
    page.get_by_role("button", name="换成它").click()
    expect(page.locator(".ends")).to_contain_text(["忍一忍"])
    assert set(stored(page, "minglu-walks")) == {"tea"}
    undo(page)
    expect(page.locator(".ends")).to_contain_text(["退、换、修由你选"])
    assert set(stored(page, "minglu-walks")) == {"kettle"} and stored(page)["log"] == [SENT]


def test_a_case_of_an_older_version_of_the_trees_is_walked_anew_and_says_so(case) -> None:
    page = case()
    walks = {"kettle": {"version": "00000000", "answers": {**REFUND, "left": "behind"}, "replies": None}}
    took(page, {**file_of(SENT), "walks": walks})
    page.get_by_role("button", name="换成它").click()
    expect(page.locator(".ends")).to_contain_text(["内容更新过"])
    expect(page.locator(".ends")).to_contain_text(["退、换、修由你选"])


def test_a_kept_case_of_an_older_version_says_so_and_nothing_of_it_is_lost(case) -> None:
    old = f"#a=1&v=00000000&{fragment_of({**REFUND, 'left': 'behind'}).split('&', 2)[2]}"
    page = shown(case(keeps={"minglu-walks": {"kettle": old, "old-tree": "#a=1&q=x"}, "minglu-case": notes_of(SENT)}))
    expect(page.locator(".ends")).to_contain_text(["内容更新过"])
    expect(page.locator(".notice", has_text="已经没有这些部分：old-tree")).to_be_visible()
    note(page, "called", "接着写")
    toast(page, "记下了")
    assert stored(page, "minglu-walks") == {"kettle": old, "old-tree": "#a=1&q=x"}
    assert [one["says"] for one in stored(page)["log"]] == ["要退壶", "接着写"]


def test_a_tree_that_the_site_no_longer_has_is_named_and_stays_in_the_file(case) -> None:
    page = case()
    gone = {"version": "", "answers": {"a1": "b"}, "replies": None}
    took(page, {**file_of(SENT), "walks": {**file_of()["walks"], "old-tree": gone}})
    page.get_by_role("button", name="换成它").click()
    expect(page.locator(".notice", has_text="已经没有这些部分：old-tree")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("button", name="导出", exact=True).click()
    assert "old-tree" in json.loads(Path(got.value.path()).read_text("utf-8"))["walks"]


def test_in_an_app_that_saves_no_file_the_text_is_copied(case_folder, serve, phone) -> None:
    wechat = phone(
        user_agent="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = wechat.open(serve(case_folder).url + "case.html", mode="ready")
    note(page, "called", "打过了")
    page.get_by_role("button", name="导出", exact=True).click()
    expect(page.locator(".keeps")).to_contain_text("在浏览器打开")
    page.get_by_role("button", name="复制").click()
    toast(page, "复制好了")
    assert json.loads(page.evaluate("navigator.clipboard.readText()"))["log"][0]["says"] == "打过了"


def test_one_calendar_file_holds_all_days_and_each_has_its_own(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    with page.expect_download() as got:
        page.get_by_role("button", name="所有期限加入日历").click()
    assert got.value.suggested_filename == "minglu-2026-11-16.ics"
    events = list(icalendar.Calendar.from_ical(Path(got.value.path()).read_bytes()).walk("VEVENT"))
    assert [event["DTSTART"].dt.isoformat() for event in events] == ["2026-11-18", "2026-11-20", "2026-11-25"]
    assert all(event.walk("VALARM") for event in events)
    answer = page.locator(".timeline > li", has_text="店家答复")
    answer.locator("summary").click()
    with page.expect_download() as got:
        answer.get_by_role("button", name="加入日历").click()
    (event,) = icalendar.Calendar.from_ical(Path(got.value.path()).read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-11-20"


# ---- two tabs, a full or blocked store, a reload


def test_two_tabs_lose_nothing_of_each_other(case) -> None:
    one = shown(case(keeps=keeping(SENT)))
    other = shown(case())
    note(one, "called", "在这边打的")
    expect(other.locator(".timeline")).to_contain_text(["在这边打的"])
    note(other, "called", "在那边打的")
    expect(one.locator(".timeline")).to_contain_text(["在那边打的"])
    assert {entry["says"] for entry in stored(one)["log"]} == {"要退壶", "在这边打的", "在那边打的"}


def test_what_a_tab_holds_goes_along_when_another_one_keeps_the_case(case) -> None:
    one, other = case(), case()
    note(one, "called", "这边的")
    note(other, "called", "那边的")
    one.get_by_role("button", name="在这台设备上记住").click()
    expect(other.locator(".notice")).to_contain_text("也并进去了")
    assert {entry["says"] for entry in stored(one)["log"]} == {"这边的", "那边的"}


def test_forgetting_in_another_tab_is_told_and_stored_no_more(case) -> None:
    one = shown(case(keeps=keeping(SENT)))
    other = shown(case())
    other.get_by_role("button", name="全部忘记").click()
    expect(one.locator(".notice").first).to_contain_text("刚才被清除了")
    note(one, "called", "还在写")
    expect(one.locator(".timeline, .list")).to_contain_text(["还在写"])
    assert stored(one) is None


def test_a_store_cleared_by_hand_is_told_at_the_next_change_and_not_filled_again(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    page.evaluate("localStorage.clear()")
    note(page, "called", "接着写")
    expect(page.locator(".notice").first).to_contain_text("刚才被清除了")
    assert stored(page) is None
    with page.expect_download() as got:
        page.get_by_role("button", name="导出", exact=True).click()
    assert len(json.loads(Path(got.value.path()).read_text("utf-8"))["log"]) == 2


def test_a_full_store_is_told_and_what_was_written_stays(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    page.evaluate("void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') })")
    note(page, "called", "写不下的")
    expect(page.locator(".notice").first).to_contain_text("没存上")
    expect(page.locator(".timeline")).to_contain_text(["写不下的"])
    assert leaving_asks(page)


def test_a_store_that_is_blocked_is_told_when_keeping_is_asked_for(case, reader) -> None:
    blocked = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    reader.context.add_init_script(blocked)
    page = case()
    note(page, "called", "打过了")
    page.get_by_role("button", name="在这台设备上记住").click()
    toast(page, "没存上")
    expect(page.locator("ol")).to_contain_text(["打过了"])


def test_what_a_newer_site_stored_is_left_alone_and_told(case) -> None:
    newer = {"format": 2, "all": "new"}
    page = case(keeps={"minglu-case": newer})
    expect(page.locator(".notice").first).to_contain_text("更新的版本")
    note(page, "called", "写在旧页上")
    page.get_by_role("button", name="在这台设备上记住").click()
    assert stored(page) == newer


def test_what_cannot_be_read_of_the_store_is_counted(case) -> None:
    broken = notes_of(SENT, {**SENT, "day": "昨天"}, {**SENT, "kind": "flown"}, fields={"姓名": 5})
    page = shown(case(keeps={"minglu-walks": {"kettle": fragment_of(REFUND)}, "minglu-case": broken}))
    expect(page.locator(".notice").first).to_contain_text("有 3 处读不出来")
    expect(page.locator(".timeline")).to_contain_text(["要退壶"])


def leaving_asks(page: Page) -> bool:
    """Whether the browser asks before it leaves: by hand, as no dialog comes without a tap."""
    return page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def test_leaving_is_asked_only_where_something_would_be_lost(case) -> None:
    page = case()
    assert not leaving_asks(page)
    page.locator(".log input[value=called]").check()
    page.get_by_label("说了什么").fill("写到一半")
    assert leaving_asks(page)
    page.get_by_role("button", name="记下", exact=True).click()
    assert leaving_asks(page)
    page.get_by_role("button", name="在这台设备上记住").click()
    assert not leaving_asks(page)


def test_a_call_is_no_leaving(case) -> None:
    page = case()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    note(page, "called", "打过了")
    expect(page.locator(".rungs")).to_be_visible()
    assert leaving_asks(page)
    page.get_by_role("link", name="010-12345").click()
    page.clock.run_for(1100)
    assert asked == []
    page.evaluate("void location.reload()")
    assert asked == ["beforeunload"], "it asks where the reader does leave"


def test_after_a_reload_what_is_kept_is_there(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    note(page, "answered", "再等等")
    toast(page, "记下了")
    page.reload()
    expect(shown(page).locator(".timeline")).to_contain_text(["再等等"])


# ---- without Python, without the scripts


def test_without_python_the_log_works_and_says_what_is_missing(case) -> None:
    page = case(keeps=keeping(SENT), mode="failed")
    expect(page.locator(".progress")).to_contain_text("没有算出来")
    expect(page.locator("minglu-case")).to_contain_text("要退壶")
    expect(page.get_by_label("找谁")).to_have_count(1)
    note(page, "called", "打过了", who="court")
    expect(page.locator("minglu-case")).to_contain_text("壶法庭：打了电话")
    with page.expect_download() as got:
        page.get_by_role("button", name="导出", exact=True).click()
    assert len(json.loads(Path(got.value.path()).read_text("utf-8"))["log"]) == 2
    page.evaluate("FAKE.mode = 'ready'")
    page.get_by_role("button", name="重试").click()
    expect(shown(page).locator(".timeline")).to_contain_text(["打过了"])


def test_while_python_loads_the_log_can_be_written(case) -> None:
    page = case(keeps=keeping(SENT), mode="slow")
    expect(page.locator(".progress")).to_contain_text("正在加载")
    page.locator(".log input[value=called]").check()
    page.get_by_label("说了什么").fill("边等边写")
    page.evaluate("FAKE.arrive()")
    expect(shown(page).locator(".ends")).to_contain_text(["退、换、修由你选"])
    assert page.get_by_label("说了什么").input_value() == "边等边写"
    expect(page.get_by_label("说了什么")).to_be_focused()


def test_on_data_saver_python_is_loaded_only_when_asked_for(case) -> None:
    page = case(keeps=keeping(SENT), saveData=True)
    expect(page.locator(".progress")).to_contain_text("还没有算")
    assert page.evaluate("FAKE.starts") == 0
    page.get_by_role("button", name="加载精确到天的计算").click()
    shown(page)


def test_data_that_do_not_come_are_told_and_come_at_the_next_try(case_folder, serve, reader) -> None:
    served = serve(case_folder, missing=(tree_file(case_folder),))
    reader.context.add_init_script(
        f"localStorage.setItem('minglu-walks', {json.dumps(json.dumps({'kettle': fragment_of(REFUND)}))})"
    )
    page = reader.open(served.url + "case.html", mode="ready")
    expect(page.locator(".progress")).to_contain_text("没有取到决策树的数据")
    served.missing.clear()
    page.get_by_role("button", name="重试").click()
    shown(page)


def tree_file(folder: Path) -> str:
    return next(folder.glob("assets/minglu/trees/kettle.*.json")).relative_to(folder).as_posix()


def test_without_scripts_the_page_says_how_to_keep_a_log_on_paper(case_site, phone) -> None:
    page = phone(java_script_enabled=False).context.new_page()
    page.goto(case_site + "case.html")
    expect(page.locator("minglu-case")).to_contain_text("没有脚本，就用纸记")
    expect(page.locator("minglu-case")).to_contain_text("照原话写，不写气话")


def test_where_the_pages_script_does_not_come_it_says_so_and_the_words_stay(case_folder, serve, reader) -> None:
    name = next(case_folder.glob("assets/minglu/case-page.*.js")).relative_to(case_folder).as_posix()
    served = serve(case_folder, missing=(name,))
    page = reader.open(served.url + "case.html")
    expect(page.locator(".notice")).to_contain_text("下载中断")
    expect(page.locator("minglu-case")).to_contain_text("照原话写")
    served.missing.clear()
    page.get_by_role("button", name="重试").click()
    expect(page.get_by_role("heading", name="记一笔")).to_be_visible()


# ---- what others may write into it


def test_nothing_that_a_reader_or_a_file_writes_is_markup(case) -> None:
    page = case()
    evil = entry("2026-11-12", "refused", says=EVIL)
    took(page, file_of(evil, fields={"姓名": EVIL, EVIL: "x"}))
    page.get_by_role("button", name="换成它").click()
    note(shown(page), "called", EVIL)
    toast(page, "记下了")
    expect(page.locator(".timeline img, .timeline script, .toast img")).to_have_count(0)
    expect(page.locator(".said").first).to_have_text(EVIL)
    assert "\u202e" not in page.locator(".said").last.inner_text(), "what turns a text around is not taken"
    page.evaluate("void (window.print = () => {})")
    page.get_by_role("button", name="打印经过").click()
    expect(page.locator(".print-sheet img, .print-sheet script")).to_have_count(0)
    expect(page.locator(".print-sheet")).to_contain_text("<img src=x")


def test_a_kept_walk_that_is_no_fragment_leads_nowhere(case) -> None:
    walks = {
        "kettle": "javascript:alert(1)//&a=1&what=broken",
        "tea": fragment_of({"taste": "bitter"}, "tea"),
        "<b>": fragment_of(REFUND),
    }
    page = shown(case(keeps={"minglu-walks": walks}))
    links = page.locator("minglu-case a").evaluate_all("(all) => all.map((one) => one.href)")
    assert links and all(link.startswith(("http", "tel:")) for link in links)
    expect(page.locator("minglu-case b b")).to_have_count(0)


# ---- on paper


def test_the_chronology_is_printed_alone(case) -> None:
    page = shown(
        case(
            keeps=keeping(
                SENT, entry("2026-11-14", "refused", says="不退"), fields={"姓名": "壶主", "商家名称": "壶店"}
            )
        )
    )
    page.evaluate("void (window.print = () => { window.printed = document.querySelector('.print-sheet').innerText })")
    page.get_by_role("button", name="打印经过").click()
    until(page, "window.printed")
    printed = page.evaluate("printed")
    for said in ("事情经过", "壶主", "壶店", "2026年11月11日", "收到水壶", "对方拒绝：不退", "整理人：壶主"):
        assert said in printed
    assert printed.index("收到水壶") < printed.index("要退壶") < printed.index("不退")


# ---- for everybody


def test_every_control_is_as_large_as_a_finger(case) -> None:
    page = shown(case(keeps=keeping(SENT)))
    page.locator(".log input[value=called]").check()
    page.evaluate("for (const one of document.querySelectorAll('minglu-case details')) one.open = true")
    sizes = page.locator(
        "minglu-case :is(button, select, summary, .tick, .kinds label, .places a, .row a):visible"
    ).evaluate_all(
        "(all) => all.map((one) => [one, one.getBoundingClientRect()]).map(([one, { height, width }]) => "
        "[one.textContent, height, width])"
    )
    assert [size for size in sizes if size[1] < 24 or size[2] < 24] == []
    buttons = page.locator("minglu-case button:visible").evaluate_all(
        "(all) => all.map((one) => [one.textContent, one.getBoundingClientRect().height])"
    )
    assert [one for one in buttons if one[1] < 43.9] == []


def test_the_whole_log_can_be_written_by_keyboard(case) -> None:
    page = shown(case(keeps=keeping()))
    page.locator(".log input[value=called]").focus()
    page.keyboard.press("Space")
    page.get_by_label("说了什么").focus()
    page.keyboard.type("by keyboard")
    page.get_by_role("button", name="记下", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="记一笔")).to_be_focused()
    assert stored(page)["log"][0]["says"] == "by keyboard"
