"""The complaint about a wristband on the site itself: walked, noted down from first to last, moved, and printed."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from case_site import note, rungs, timeline
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader
from test_sheet_print import plain
from waiting import until

PHONE = {"width": 375, "height": 740}
NOW = "2026-11-20T10:00:00+08:00"
WRISTBAND = json.loads((Path(__file__).parents[1] / "cases" / "wristband.json").read_text("utf-8"))
WALK = "out-of-warranty"
ANSWERS = WRISTBAND["walks"][WALK]["answers"]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes phones. Whatever goes wrong in their pages fails the test."""
    phones, wrong = [], []

    def make(**options) -> BrowserContext:
        context = browser.new_context(
            **{"viewport": PHONE, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        )
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        phones.append(context)
        return context

    yield make
    for context in phones:
        context.close()
    assert wrong == []


def fixed(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(address)
    return page


def answer_all(page: Page) -> None:
    """The wristband's way through the tree, by taps; its days typed."""
    for question, answer in ANSWERS.items():
        section = page.locator(".state:visible")
        expect(section.locator("form, a[data-question]").first).to_be_visible()
        if answer[:2] == "20":
            section.locator(".exact input").fill(answer)
            section.locator(".exact button").click()
        elif question == "more":
            for box in section.locator(".ticked").get_by_role("checkbox").all():
                box.check()
            section.locator(".ticked button").click()
        elif question == "repair-days":
            section.locator(".exact input").fill(answer)
            section.locator(".exact button").click()
        else:
            section.locator(f"a[data-question='{question}'][data-answer='{answer}']").click()


def seen(page: Page) -> Page:
    expect(page.locator("minglu-case .ends").first).to_be_visible(timeout=60_000)
    return page


def taken_in(page: Page) -> Page:
    """The whole case, by its file."""
    page.locator(".into summary").click()
    page.get_by_label("粘贴导出的文字").fill(json.dumps(WRISTBAND))
    page.get_by_role("button", name="读进来看看").click()
    page.get_by_role("button", name="换成它").click(timeout=60_000)
    return seen(page)


def test_the_wristband_from_the_first_answer_to_the_last_call(site: Path, serve, phone) -> None:
    url = serve(site).url
    page = fixed(phone(), f"{url}trees/{WALK}.html")
    answer_all(page)
    expect(page.locator(".state:visible h2")).to_have_text("换购可以不要；但没条文要它必须修")
    page.locator("tree-walk .tools").get_by_role("link", name="我的案子").click()
    seen(page)
    for one in WRISTBAND["log"]:
        note(page, one["kind"], one["says"], day=one["day"], who=one["who"])
        expect(page.locator(".toast")).to_contain_text("记下了")
    expect(page.locator(".rungs")).to_contain_text("12315 投诉")
    stands = rungs(page)
    assert (stands["和商家协商"], stands["12315 投诉"]) == ("refused", "waiting")
    page.locator("summary", has_text="更早的").click()
    lines = timeline(page)
    told = [one["says"] for one in WRISTBAND["log"]]
    assert page.locator(".timeline .said").all_inner_texts() == told, "each in its order"
    assert [line.split(" ")[0] for line in lines][-3:] == [
        "2027年1月17日（周日）",
        "2029年10月8日（周一）",
        "2029年10月12日（周五）",
    ]
    expect(page.locator(".next")).to_contain_text("2027年1月17日")

    with page.expect_download() as got:
        page.get_by_role("button", name="导出", exact=True).click()
    written = json.loads(Path(got.value.path()).read_text("utf-8"))
    assert written["walks"][WALK]["answers"] == ANSWERS
    assert [(one["day"], one["kind"], one["who"], one["says"]) for one in written["log"]] == [
        (one["day"], one["kind"], one["who"], one["says"]) for one in WRISTBAND["log"]
    ]


def test_back_and_forth_between_the_trees_page_and_the_case_nothing_is_lost(site: Path, serve, phone) -> None:
    url = serve(site).url
    page = taken_in(fixed(phone(), f"{url}case.html"))
    page.locator(".ends a").first.click()
    expect(page.locator(".state:visible h2")).to_have_text("换购可以不要；但没条文要它必须修")
    page.go_back()
    expect(seen(page).locator(".timeline")).to_contain_text(["短信通知受理"])
    page.locator(".log input[value=called]").check()
    page.get_by_label("说了什么").fill("写到一半")
    page.locator(".rungs a").first.click()
    expect(page.get_by_role("heading", name="和商家协商")).to_be_visible()
    page.go_back()
    expect(seen(page).locator(".timeline")).to_contain_text(["短信通知受理"])
    expect(page.get_by_label("说了什么")).to_have_value("写到一半")


def test_a_kept_case_is_there_on_the_next_visit_from_the_home_page(site: Path, serve, phone) -> None:
    url, context = serve(site).url, phone()
    page = taken_in(fixed(context, f"{url}case.html"))
    page.locator(".keeps").get_by_role("button", name="在这台设备上记住").click()
    page.close()
    page = fixed(context, f"{url}index.html")
    page.get_by_role("link", name="你存着一个案子").click()
    expect(seen(page).locator(".timeline")).to_contain_text(["短信通知受理"])
    page.get_by_role("button", name="全部忘记").click()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('minglu'))") == []


def test_the_printed_chronology_is_a4_and_says_what_was_accepted(site: Path, serve, phone, tmp_path: Path) -> None:
    page = taken_in(fixed(phone(), f"{serve(site).url}case.html"))
    page.evaluate("void (window.print = () => { window.isPrinting = true })")
    page.get_by_role("button", name="打印经过").click()
    until(page, "window.isPrinting")
    page.pdf(path=tmp_path / "chronology.pdf", prefer_css_page_size=True)
    pages = PdfReader(tmp_path / "chronology.pdf").pages
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    heads = "日期期限到哪一步依据"  # repeated where the table goes on, be it in the middle of an article's name
    first, *others = [plain(one.extract_text()) for one in pages]
    printed = first + "".join(one.removeprefix(heads) for one in others)
    accepted = (Path(__file__).parents[1] / "cases" / "wristband.txt").read_text("utf-8")
    # What stands in one cell may go on over the page: each article for itself.
    cells = [
        cell
        for line in accepted.splitlines()[1:]
        for cell in re.split(r" \| |、(?=.{2,12}第)", line)
        if cell.strip() and "【" not in cell
    ]
    assert [cell for cell in cells if plain(cell) not in printed] == []
    assert "我的案子" not in printed, "nothing else of the page"
