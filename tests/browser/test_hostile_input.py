"""What a reader types or a file holds: in every field and on every way out it is text, and all of it."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import icalendar
import pytest
from case_site import note
from docx.document import Document
from playwright.sync_api import Browser, Page, expect
from states import LATE, NOW, PHONE_BROKEN, WRISTBAND, bring

TREE = "trees/quality-defect.html" + PHONE_BROKEN
PHONE = {"width": 375, "height": 812}

HOSTILE = {
    "markup": ("<img src=x onerror=alert(1)></textarea><script>alert(1)</script>&lt;b&gt; ]]> <!--", None),
    "template": ("{{ constructor.constructor('alert(1)')() }} ${alert(1)} {price} 】【姓名】 %(x)s {% raw %}", None),
    "link": ("[x](javascript:alert(1)) **b** javascript:alert(1)", None),
    "formula": ('=HYPERLINK("https://example.org","4999")+cmd|\' /C calc\'!A0', None),
    "calendar": ("BEGIN:VALARM;END:VEVENT,\\nATTACH:x", None),
    "turned": ("甲\u202e9994\u202c乙\u2066丙\u2069丁", "甲9994乙丙丁"),
    "control": ("甲\x07\x1b\x7f乙\ufffe丙", "甲乙丙"),
    "long": ("长" * 10_000, "长" * 4_000),
}
"""What is typed, and what comes out where that is something else: signs that no file may hold, or that turn text, are
dropped, and a field takes 4,000 signs at least.
"""

FIELDS = dict(
    zip(
        ("商家名称", "姓名", "订单号", "电话", "序列号", "商品名称和型号", "哪天坏的", "出了什么问题"),
        HOSTILE,
        strict=True,
    )
)
"""Fields of one letter, each with what is typed into it."""


def comes(kind: str) -> str:
    typed, other = HOSTILE[kind]
    return other or typed


def lacking(text: str, kinds: object = HOSTILE) -> list[str]:
    """Those that do not stand in this as they should; spaces and breaks aside, as paper has its own."""
    flat = "".join(text.split())
    return [kind for kind in kinds if "".join(comes(kind).split()) not in flat]


@pytest.fixture
def page(browser: Browser, site, serve) -> Iterator[Page]:
    """Without the policy of the pages, which would stop what should not be there at all."""
    wrong: list[str] = []
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", bypass_csp=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(
        "window.alert = () => { window.ran = true; }; window.print = () => { window.printed = true; };"
    )
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.home = serve(site).url
    yield page
    assert not page.evaluate("window.ran") and page.locator("main img").count() == 0
    context.close()
    assert wrong == []


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def word(page: Page, name: str) -> str:
    with page.expect_download(timeout=LATE) as got:
        page.get_by_role("button", name=name, exact=True).locator("visible=true").click()
    made: Document = docx.Document(io.BytesIO(Path(got.value.path()).read_bytes()))
    assert not [tag for tag in ("w:fldChar", "w:instrText", "w:hyperlink", "w:altChunk") if tag in made.element.xml]
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def on_paper(page: Page, name: str) -> str:
    """What stands on the sheet that is printed."""
    page.evaluate("delete window.printed")
    page.get_by_role("button", name=name, exact=True).locator("visible=true").click()
    page.wait_for_function("window.printed", timeout=LATE)
    sheet = page.locator(".print-sheet")
    assert sheet.locator("img, script, iframe, a").count() == 0
    text = sheet.text_content() or ""
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return text


def test_in_a_letter_and_on_every_way_out_of_it_it_is_text(page: Page) -> None:
    page.goto(page.home + TREE)
    page.wait_for_selector(".state.here .copy", state="attached", timeout=LATE)
    letter = page.locator(".state.here .letter:visible").first
    letter.locator("> summary").click()
    letter.get_by_role("tab", name="完整的信").click()
    for field, kind in FIELDS.items():
        letter.get_by_label(field, exact=True).fill(HOSTILE[kind][0])
    shown = letter.locator(".fill-text")
    assert {*shown.locator("*").evaluate_all("(all) => all.map((one) => one.tagName)")} <= {"MARK", "SPAN"}
    assert lacking(shown.text_content()) == []
    page.get_by_role("button", name="复制这封信", exact=True).locator("visible=true").click()
    expect(letter.get_by_role("status")).to_contain_text("已复制")
    assert lacking(copied(page)) == []
    assert lacking(word(page, "Word 文件")) == []
    assert lacking(on_paper(page, "打印")) == []
    assert lacking(on_paper(page, "打印这一页")) == []
    page.locator("[data-do=share]").click()
    for button in page.locator(".share-do button").all():
        button.click()
        link = copied(page)
        assert (
            link.startswith(page.home) and "alert" not in link and "HYPERLINK" not in link and "%E9%95%BF" not in link
        )


def test_in_the_log_and_on_every_way_out_of_the_case_it_is_text(page: Page) -> None:
    page.goto(page.home + "case.html")
    for typed, _ in HOSTILE.values():
        note(page, "refused", typed, day="2026-11-18", who="negotiate")
        expect(page.locator(".toast")).to_contain_text("记下了")
    page.locator(".into summary").click()
    for _ in range(2):  # first as typed; then what was exported of it
        expect(page.locator(".timeline:visible").first).to_be_visible(timeout=LATE)
        said = page.locator(".timeline .said")
        assert lacking("\n".join(said.all_text_contents())) == []
        assert said.locator("*").count() == 0
        assert lacking(on_paper(page, "打印经过")) == []
        assert lacking(word(page, "经过存成 Word")) == []
        with page.expect_download() as got:
            page.get_by_role("button", name="导出", exact=True).click()
        file = Path(got.value.path()).read_text("utf-8")
        exported = [one["says"] for one in json.loads(file)["log"]]
        assert exported[:-1] == [comes(kind) for kind in HOSTILE][:-1] and exported[-1] == "长" * 5_000
        page.get_by_label("粘贴导出的文字").fill(file)
        page.get_by_role("button", name="读进来看看").click()
        page.get_by_role("button", name="换成它").click(timeout=LATE)
        expect(page.locator(".toast")).to_contain_text("换好了")


def test_from_a_file_into_the_calendar_and_into_a_paper_it_is_text(page: Page) -> None:
    """As it stands in the file, which nobody typed here."""
    log = [{**WRISTBAND["log"][0], "says": typed} for typed, _ in HOSTILE.values()]
    fields = {field: HOSTILE[kind][0] for field, kind in FIELDS.items()} | {HOSTILE["markup"][0]: "x"}
    page.goto(page.home + "case.html")
    page.locator(".into summary").click()
    page.get_by_label("粘贴导出的文字").fill(json.dumps({**WRISTBAND, "log": log, "fields": fields}))
    page.get_by_role("button", name="读进来看看").click()
    page.get_by_role("button", name="换成它").click(timeout=LATE)
    expect(page.locator(".timeline:visible").first).to_be_visible(timeout=LATE)
    assert page.locator(".timeline .said *").count() == 0
    assert lacking(on_paper(page, "打印经过")) == []
    with page.expect_download() as got:
        page.get_by_role("button", name="所有期限加入日历").click()
    days = icalendar.Calendar.from_ical(Path(got.value.path()).read_bytes())
    assert {part.name for part in days.walk()} == {"VCALENDAR", "VEVENT", "VALARM"}
    assert not [one for one in days.walk() if "ATTACH" in one or "长" * 99 in str(one)]
    page.get_by_role("link", name="要交给他们的文书").click()
    page.locator("[data-paper='complaint-12315']").click(timeout=LATE)
    sheet = page.locator(".paper-panel .paper-sheet")
    expect(sheet).to_contain_text("投诉人", timeout=LATE)
    on_sheet = [
        kind for field, kind in FIELDS.items() if field in ("商家名称", "姓名", "订单号", "电话", "出了什么问题")
    ]
    assert len(on_sheet) == 5 and sheet.locator("img, script, a").count() == 0
    for text in (sheet.text_content(), word(page, "Word 文件"), on_paper(page, "打印")):
        assert lacking(text, on_sheet) == []
    page.get_by_role("button", name="复制全文").click()
    expect(page.locator(".paper-panel .fill-says")).to_contain_text("已复制")
    assert lacking(copied(page), on_sheet) == []


@pytest.mark.parametrize("where", ["log", "paper"])
def test_more_than_the_log_or_a_paper_takes_is_said(page: Page, where: str) -> None:
    if where == "log":
        page.goto(page.home + "case.html")
        page.locator(".log input[value=called]").check()
        field, says = page.get_by_label("说了什么"), page.locator(".log .problem")
    else:
        bring(page, "a paper")
        field = page.get_by_label("出了什么问题", exact=True)
        says = page.locator(".fill-row", has=field).locator(".fill-trouble")
    field.fill("长" * 4_999 if where == "log" else "长" * 3_999)
    expect(says).to_have_text("")
    field.press("End")
    page.keyboard.insert_text("长长")
    expect(says).to_contain_text("多出来的没有放进去")
