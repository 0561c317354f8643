"""`<tree-walk>` without Python: answers are kept, replayed through the page's links, and shared; nothing is lost."""

import re

import pytest
from kettle_site import VERSION, answer, folder, fragment, here, kettle, link, notice, phone, reader, road, site, stands  # noqa: F401 fixtures: pytest finds them by name
from playwright.sync_api import expect

ANSWERED = {"what": "broken", "soaked": "no", "received": "y1", "repairs": "r1"}


def test_a_plain_visit_shows_the_first_question_and_leaves_focus_and_address_alone(kettle):
    page = kettle()
    stands(page, "what")
    assert fragment(page) == "" and notice(page) == "" and page.evaluate("document.activeElement === document.body")
    expect(page.locator(".road, .walk-bar, .tools, .progress")).to_have_count(4)
    for part in (".road", ".walk-bar", ".tools", ".progress"):
        expect(page.locator(part)).to_be_hidden()


def test_each_answer_leads_on_at_once_and_is_kept_in_the_address(kettle):
    page = kettle()
    answer(page, "broken", "no", "y1")
    stands(page, "repairs")
    assert fragment(page) == link({"what": "broken", "soaked": "no", "received": "y1"})
    assert road(page) == ["水壶出了什么问题？ 坏了", "水壶泡过水吗？ 没有", "你哪天签收的？ 超过 7 天，1 年以内"]


def test_the_new_heading_has_the_focus_and_stands_below_the_header(kettle):
    page = kettle()
    answer(page, "broken", "no")
    page.evaluate("scrollTo(0, 900)")
    page.evaluate("document.querySelector('.here a[data-answer=y1]').click()")
    heading = page.locator("#repairs h2")
    expect(heading).to_be_focused()
    assert heading.evaluate("heading => heading.tabIndex") == -1
    assert 48 <= heading.bounding_box()["y"] < 350


def test_browser_back_and_forward_go_stop_by_stop(kettle):
    page = kettle()
    answer(page, "broken", "no", "d7")
    for state in ("received.broken", "soaked", "what"):
        page.go_back()
        stands(page, state)
    assert road(page) == []
    for state in ("soaked", "received.broken", "refund"):
        page.go_forward()
        stands(page, state)
    expect(page.locator("#refund h2")).to_be_focused()


def test_a_reload_and_a_shared_link_give_the_same_place(kettle, phone, site):
    page = kettle()
    answer(page, *ANSWERED.values())
    page.reload()
    stands(page, "repair")
    page = phone().open(f"{site}trees/kettle.html{link(ANSWERED)}", mode="slow")
    stands(page, "repair")
    expect(page.locator("#repair h2")).to_be_focused()
    assert len(road(page)) == 4 and notice(page) == ""


def test_a_changed_answer_keeps_the_later_ones_that_still_fit(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "d7"}))
    page.get_by_role("link", name="改：水壶出了什么问题？").click()
    stands(page, "what")
    assert road(page) == []
    expect(page.locator("#what a[aria-current=true]")).to_have_text("坏了")
    answer(page, "unwanted")
    stands(page, "return-it")
    assert fragment(page) == link({"what": "unwanted", "received": "d7"})
    page.go_back()
    page.go_back()
    stands(page, "refund")


def test_a_band_still_fits_where_it_opens_a_wider_one(kettle):
    page = kettle(link({"soaked": "no", "received": "y1"}))
    answer(page, "unwanted")
    stands(page, "too-late")


def test_a_later_answer_that_does_not_fit_is_asked_again(kettle):
    page = kettle(link({"what": "unwanted", "received": "y1..over"}))
    page.get_by_role("link", name="改：水壶出了什么问题？").click()
    answer(page, "broken", "no")
    stands(page, "received.broken")
    answer(page, "over")
    assert fragment(page) == link({"what": "broken", "soaked": "no", "received": "over"})


def test_one_step_back_keeps_what_was_answered(kettle):
    page = kettle(link(ANSWERED))
    page.get_by_role("button", name="上一步").click()
    stands(page, "repairs")
    expect(page.locator("#repairs a[aria-current=true]")).to_have_text("0 到 1 次")
    page.get_by_role("button", name="上一步").click()
    stands(page, "received.broken")
    answer(page, "y1")
    stands(page, "repairs")


def test_starting_over_asks_nothing_and_browser_back_undoes_it(kettle):
    page = kettle()
    answer(page, "broken", "yes")
    page.get_by_role("button", name="从头开始").click()
    stands(page, "what")
    expect(page.locator("#what h2")).to_be_focused()
    page.go_back()
    stands(page, "own-fault")


def test_unsure_without_python_shows_what_is_possible_and_the_way_back(kettle):
    page = kettle(mode="failed")
    answer(page, "broken", "no", "unsure")
    stands(page, "received.broken-unsure")
    page.locator(".state:visible .back a").click()
    stands(page, "received.broken")
    assert road(page) == ["水壶出了什么问题？ 坏了", "水壶泡过水吗？ 没有"]


def test_a_possible_outcome_can_be_read_and_left_again(kettle):
    page = kettle(mode="failed")
    answer(page, "broken", "no", "unsure")
    page.locator(".state:visible a[href='#too-late.broken']").click()
    stands(page, "too-late")
    assert road(page) == [] and "没有用到你的回答" in notice(page)
    page.get_by_role("link", name="回到我的回答").click()
    stands(page, "received.broken-unsure")
    page.go_back()
    stands(page, "too-late")


def test_a_state_linked_from_a_law_page_is_read_by_its_links(kettle):
    page = kettle("#received.broken")
    stands(page, "received.broken")
    assert road(page) == [] and "从第一个问题开始" in notice(page)
    answer(page, "y1")
    stands(page, "repairs")
    assert fragment(page) == "#repairs"
    page.go_back()
    stands(page, "received.broken")
    page.get_by_role("link", name="从第一个问题开始").click()
    stands(page, "what")
    assert notice(page) == ""


def test_a_heading_found_by_search_shows_its_section(kettle):
    stands(kettle("#repair:"), "repair")


def test_the_first_question_linked_by_its_id_starts_a_walk(kettle):
    page = kettle("#what")
    assert notice(page) == ""
    answer(page, "broken")
    assert fragment(page) == link({"what": "broken"})


def test_a_place_outside_the_walk_changes_nothing(kettle):
    page = kettle(link({"what": "broken"}))
    page.evaluate("location.hash = '#foot'")
    stands(page, "soaked")
    assert notice(page) == ""


def case(page) -> list[str]:
    unfold(page)
    return page.locator("#too-late .list > li[data-in]:visible > p").all_inner_texts()


def unfold(page) -> None:
    page.eval_on_selector_all(".state details.fold:not(.gists)", "all => all.forEach((one) => (one.open = true))")


def test_an_outcome_shows_the_case_that_the_answers_lead_to(kettle):
    page = kettle(link({"what": "broken", "soaked": "no", "received": "over"}))
    assert case(page) == ["坏了的水壶。"]
    page.get_by_role("link", name="改：水壶出了什么问题？").click()
    answer(page, "unwanted")
    stands(page, "too-late")
    assert case(page) == ["没坏的水壶。"]


def test_a_case_that_the_browser_once_jumped_to_does_not_stay_in_force(kettle):
    page = kettle("#too-late.broken")
    stands(page, "too-late")
    assert case(page) == ["坏了的水壶。"]
    page.get_by_role("link", name="从第一个问题开始").click()
    answer(page, "unwanted", "y1..over")
    assert case(page) == ["没坏的水壶。"]


def test_an_outcome_as_a_whole_shows_every_case_and_says_when_each_applies(kettle):
    page = kettle("#too-late.broken")
    page.evaluate("location.hash = '#too-late'")
    expect(page.locator("#too-late:not([data-now])")).to_be_visible()
    unfold(page)
    expect(page.locator("#too-late .list .only:visible")).to_have_text(
        ["只在这种情况：没坏，不想要了", "只在这种情况：坏了"]
    )
    expect(page.locator("#too-late [data-deadline=fresh] .only:visible")).to_have_text("只在这种情况：没坏，不想要了")
    assert len(case(page)) == 2


def test_what_an_article_says_stands_in_the_outcome_when_the_list_is_unfolded(kettle):
    page = kettle(link(ANSWERED))
    shown = page.locator("#repair .gists")
    expect(shown.locator("a[data-gist]")).to_have_count(1)
    shown.locator("summary").click()
    expect(shown.locator("li")).to_contain_text("水壶法 第11条")
    expect(shown.locator("li > p:not(.by)")).to_be_visible()
    expect(shown.locator("a[data-gist]")).to_have_count(0)


MALFORMED = {
    "#nowhere": "what",
    "#constructor": "what",
    "#%E0%A4%A": "what",
    "#a": "what",
    "#a=": "what",
    f"#a=2&v={VERSION}&what=broken": "what",
    "#a=1&a=1&what=broken": "what",
    f"#v={VERSION}&what=broken": "what",
    "#=&=": "what",
    f"#a=1&v={VERSION}&what=broken" + "".join(f"&x{number}=y" for number in range(1000)): "what",
    f'#a=1&v={VERSION}&what="]<img src=x onerror=alert(1)>': "what",
    f"#a=1&v={VERSION}&__proto__=x&constructor=y": "what",
    f"#a=1&v={VERSION}&what=toString": "what",
    f"#a=1&v={VERSION}&what=boiling": "what",
    "#a=1&v=zzz&what=broken": "soaked",
    f"#a=1&v={VERSION}&what=broken&colour=red": "soaked",
    f"#a=1&v={VERSION}&what=broken&what=unwanted": "soaked",
    f"#a=1&v={VERSION}&what=broken&soaked=2026-11-10": "soaked",
    f"#a=1&v={VERSION}&what=broken&soaked=no&received=2026-13": "received.broken",
    f"#a=1&v={VERSION}&what=lost": "what",
}


@pytest.mark.parametrize("bad", MALFORMED)
def test_a_malformed_fragment_gets_one_sentence_and_never_an_empty_page(kettle, bad):
    page = kettle(bad)
    assert here(page) == MALFORMED[bad]
    assert "v=zzz" in bad or re.fullmatch(r"[^。]{5,60}。([^。]{5,20}。)?", notice(page))
    answer(page, page.locator(".state:visible a[data-answer]:not([data-handover])").first.get_attribute("data-answer"))
    assert here(page) != MALFORMED[bad]


TOLERATED = [
    link(ANSWERED).replace("&", "&amp;"),
    "#" + link(ANSWERED)[1:].replace("=", "%3D").replace("&", "%26"),
    link(ANSWERED) + "#wechat_redirect",
    link(ANSWERED).replace(f"&v={VERSION}", ""),
    *(
        link(ANSWERED) + glued
        for glued in (
            *("。", "，", "）", "、", ")", "…", "”", "》", ",", ".", "...", "!", ";", "]", "~", ">", "'"),
            *("帮我看看", "。帮我看看", "（帮我看看）", " 帮我看看", "%20", "%20帮我看看", "+", "&", "&amp;"),
            *("?from=singlemessage&isappinstalled=0", "%3Ffrom=timeline", "&utm_source=x", "%E3%80%82", "%23wechat"),
        )
    ),
    "#" + link(ANSWERED),
    "#?" + link(ANSWERED)[1:],
    "#%23" + link(ANSWERED)[1:],
    link(ANSWERED).replace("&", "&amp;amp;"),
    link(ANSWERED).replace("&", "%26amp%3B"),
    "#" + link(ANSWERED)[1:].replace("=", "%253D").replace("&", "%2526"),
]


@pytest.mark.parametrize("mangled", TOLERATED)
def test_links_mangled_on_their_way_still_lead_there(kettle, mangled):
    page = kettle(mangled)
    stands(page, "repair")
    assert notice(page) == ""


@pytest.mark.parametrize("glued", ["。", "）帮我看看", "%20", "?from=timeline", ":"])
def test_a_place_is_found_whatever_is_glued_to_its_link(kettle, glued):
    stands(kettle(f"#repair{glued}"), "repair")


def test_what_is_glued_on_is_gone_after_the_next_step(kettle):
    page = kettle(link({"what": "broken", "soaked": "no"}) + "?from=timeline&isappinstalled=0")
    answer(page, "y1")
    assert fragment(page) == link({"what": "broken", "soaked": "no", "received": "y1"})


def test_an_old_link_is_replayed_and_what_no_longer_fits_is_named(kettle):
    page = kettle(link({"what": "broken", "soaked": "maybe", "gone": "x"}, "12345678"))
    stands(page, "soaked")
    assert notice(page) == "这个链接生成以后，内容更新过；不再适用的回答：“水壶泡过水吗？”。"
    answer(page, "yes")
    assert notice(page) == "" and VERSION in fragment(page)


def test_an_old_link_that_still_fits_says_only_that_it_was_replayed(kettle):
    page = kettle(link(ANSWERED, "12345678"))
    stands(page, "repair")
    assert notice(page) == "这个链接生成以后，内容更新过；已按新内容重新走了一遍。"


def test_the_element_comes_and_goes_without_doubling_or_leaking(kettle, reader):
    page = kettle(link({"what": "broken", "soaked": "no"}))
    page.evaluate("""() => {
        window.added = 0;
        for (const target of [window, document, document.body]) {
            const add = target.addEventListener;
            target.addEventListener = function (...all) { window.added++; return add.apply(this, all) };
        }
        const walk = document.querySelector("tree-walk"), parent = walk.parentElement;
        for (let time = 0; time < 20; time++) { walk.remove(); parent.append(walk) }
        const copy = walk.cloneNode(true);
        walk.replaceWith(copy);
    }""")
    stands(page, "received.broken")
    assert page.evaluate("window.added") == 0
    for part in (".road", ".notice", ".tools", ".walk-bar"):
        expect(page.locator(part)).to_have_count(1)
    assert page.evaluate("FAKE.listeners()") == 1
    answer(page, "d7")
    stands(page, "refund")
    page.go_back()
    stands(page, "received.broken")


def test_an_element_that_left_ignores_the_address(kettle):
    page = kettle(link({"what": "broken"}))
    page.evaluate("window.walk = document.querySelector('tree-walk'); walk.remove()")
    page.evaluate("hash => (location.hash = hash)", link({}))
    page.wait_for_timeout(50)
    page.evaluate("history.replaceState(null, '', location.pathname); document.body.append(walk)")
    stands(page, "soaked")


def test_all_of_it_works_from_a_file(reader, folder):
    page = reader.open(f"file://{folder}/trees/kettle.html", mode="failed")
    answer(page, "broken", "no", "d7")
    stands(page, "refund")
    page.go_back()
    stands(page, "received.broken")
    page.reload()
    stands(page, "received.broken")
    page.goto(f"file://{folder}/trees/kettle.html#repairs")
    stands(page, "repairs")


def test_the_keyboard_alone_reaches_an_outcome_and_changes_an_answer(kettle):
    page = kettle()
    for state in ("received.unwanted", "return-it"):
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('a.choice')"):
                break
        page.keyboard.press("Enter")
        stands(page, state)
        assert page.evaluate("document.activeElement.tagName") == "H2"
    for _ in range(4):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "改：水壶出了什么问题？"
    page.keyboard.press("Enter")
    stands(page, "what")


def test_a_click_with_ctrl_or_on_other_links_is_left_to_the_browser(kettle):
    page = kettle(link(ANSWERED))
    page.locator("#repair").evaluate("end => end.querySelectorAll('details').forEach((one) => (one.open = true))")
    with page.expect_navigation():
        page.locator("#repair .cites a").first.click()
    assert "law/kettle-law.html" in page.url
    page = kettle()
    page.locator("#what a[data-answer=broken]").click(modifiers=["ControlOrMeta"])
    stands(page, "what")


def test_shared_answers_are_carried_to_another_tree_ranges_as_their_limits(kettle):
    """An exact day is carried as it is (test_site.py, as it takes Python)."""
    page = kettle(link({"what": "unwanted", "received": "d7"}))
    page.locator("#return-it").evaluate(
        "end => end.insertAdjacentHTML('beforeend', '<a data-handover=other href=other.html#first>换</a>')"
    )
    with page.expect_navigation():
        page.get_by_role("link", name="换", exact=True).click()
    assert page.url.endswith("other.html#a=1&what=unwanted&received=-within-7-day")


@pytest.mark.parametrize(("shared", "hash"), [(True, "#a=1&what=lost"), (False, "#first")])
def test_the_answer_that_leads_to_another_tree_is_carried_where_it_is_shared(kettle, reader, shared, hash):
    if not shared:
        plain = """const parse = JSON.parse;
            JSON.parse = (text) => parse(text.replaceAll('"shared":true', '"shared":false'));"""
        reader.context.add_init_script(plain)
    page = kettle()
    with page.expect_navigation():
        answer(page, "lost")
    assert page.url.endswith(f"other.html{hash}")


def test_what_breaks_the_script_leaves_a_readable_page(kettle, reader):
    reader.context.add_init_script("Element.prototype.toggleAttribute = () => { throw new Error('old browser') }")
    page = kettle()
    assert [error for error in reader.errors if "tree-walk" in error and "old browser" in error]
    reader.errors.clear()
    stands(page, "what")
    page.evaluate("document.querySelector('tree-walk').remove = null; location.hash = '#repair'")
    stands(page, "repair")
    reader.errors.clear()


# ---- what is kept


def test_nothing_is_stored_unless_asked_and_everything_is_forgotten_at_once(kettle):
    page = kettle()
    answer(page, "broken")
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    page.get_by_role("button", name="在这台设备上记住").click()
    answer(page, "no")
    page.goto(page.url.split("#")[0] + "?again")
    stands(page, "what")
    page.get_by_role("link", name="接着上次的回答").click()
    stands(page, "received.broken")
    page.get_by_role("button", name="全部忘记").click()
    stands(page, "what")
    assert page.evaluate("localStorage.length") == 0 and fragment(page) == ""
    page.reload()
    assert notice(page) == "" and here(page) == "what"


def test_someone_elses_link_does_not_replace_what_is_kept(kettle):
    page = kettle()
    answer(page, "broken")
    page.get_by_role("button", name="在这台设备上记住").click()
    page.goto(page.url.split("#")[0] + "?shared" + link(ANSWERED))
    stands(page, "repair")
    assert "repairs" not in page.evaluate("localStorage.getItem('minglu-walks')")


def test_a_browser_that_stores_nothing_says_so(kettle, reader):
    reader.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = kettle()
    answer(page, "broken")
    page.get_by_role("button", name="在这台设备上记住").click()
    assert "不允许保存" in notice(page)
    page.get_by_role("button", name="全部忘记").click()
    stands(page, "what")


def test_the_page_can_be_printed_alone(kettle, reader):
    reader.context.add_init_script("window.print = () => (window.printed = true)")
    page = kettle(link(ANSWERED))
    page.get_by_role("button", name="打印这一页").click()
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    assert here(page) == "repair"
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".road")).to_be_visible()
