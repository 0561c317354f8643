"""The page of papers for offices, with a case: what is offered, ticked, typed, and taken away."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 375, "height": 812}
NOW = "2026-11-16T10:00:00+08:00"
CHOOSE = (
    "#a=1&danger=none&device=phone&source=new&reported=2026-11-16&received=2026-11-11"
    "&bought=platform&cause=none&invoiced=2026-11-11&price=4999.00"
)
HOPELESS = "#a=1&way=abroad&abroad-trouble=warranty&clause=no"
EVIL = "】<img src=x onerror=alert(1)>【姓名】{price}\u202e=cmd|' /C calc'!A0"


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """Whatever goes wrong in the page fails the test."""
    wrong: list[str] = []
    context = browser.new_context(viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai", accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    yield page
    context.close()
    assert wrong == []


def visit(page: Page, url: str, tree: str = "quality-defect", walk: str = CHOOSE) -> None:
    page.add_init_script(f"localStorage.setItem('minglu-walks', {json.dumps(json.dumps({tree: walk}))})")
    page.goto(url + "papers.html")


def opened(page: Page, paper: str) -> None:
    page.locator(f"[data-paper='{paper}']").click(timeout=60_000)
    expect(page.locator(".paper-panel .paper-sheet > *").first).to_be_visible(timeout=60_000)


def test_without_a_case_the_page_has_the_blanks_alone(reader: Page, site: Path, serve) -> None:
    reader.goto(serve(site).url + "papers.html")
    expect(reader.locator("a[href*='papers/sale-complaint']").first).to_be_visible()
    expect(reader.locator("minglu-papers")).to_be_hidden()


def test_what_an_outcome_leads_to_is_offered_and_the_rest_says_why_not(reader: Page, site: Path, serve) -> None:
    visit(reader, serve(site).url)
    offered = reader.locator(".paper-offers > ul [data-paper]")
    expect(offered.first).to_be_visible(timeout=60_000)
    ids = offered.evaluate_all("all => all.map((one) => one.dataset.paper)")
    assert {"complaint-12315", "sale-complaint"} <= {*ids} and "telecom-appeal" not in ids
    reader.locator(".paper-offers summary", has_text="现在用不上的").click()
    expect(reader.locator(".paper-offers details")).to_contain_text("走到的结论里没有这条路")


def test_where_nothing_carries_a_demand_none_is_offered_and_what_to_say_instead_is(reader, site: Path, serve) -> None:
    visit(reader, serve(site).url, "parallel-import", HOPELESS)
    expect(reader.locator(".paper-offers")).to_contain_text("现在没有要交的文书", timeout=60_000)
    expect(reader.locator(".paper-offers [data-paper]")).to_have_count(0)
    reader.locator(".paper-offers summary").click()
    expect(reader.locator(".paper-offers details")).to_contain_text("可以这样做")


def test_ticks_and_words_go_into_the_paper_and_nothing_is_ticked_by_itself(reader: Page, site: Path, serve) -> None:
    visit(reader, serve(site).url)
    opened(reader, "sale-complaint")
    sheet = reader.locator(".paper-sheet")
    assert reader.locator(".paper-panel fieldset input:checked").count() == 0
    expect(sheet).to_contain_text("原告（自然人）")
    reader.get_by_label("姓名", exact=True).fill("张三")
    expect(sheet).to_contain_text("张三")
    assert reader.evaluate("document.activeElement.value") == "张三", "who types goes on typing"
    before = sheet.inner_text().count("☑")
    reader.locator(".paper-panel fieldset input").first.check()
    expect(reader.locator(".paper-panel fieldset input:checked")).to_have_count(1)
    reader.wait_for_function(
        "before => document.querySelector('.paper-sheet').innerText.split('☑').length - 1 > before", arg=before
    )


def test_the_word_file_holds_the_paper_and_what_was_typed_is_text(reader: Page, site: Path, serve) -> None:
    visit(reader, serve(site).url)
    opened(reader, "complaint-12315")
    field = reader.get_by_label("商家名称", exact=True)
    field.fill(EVIL)
    expect(reader.locator(".paper-sheet")).to_contain_text("<img src=x onerror=alert(1)>")
    with reader.expect_download(timeout=60_000) as waiting:
        reader.get_by_role("button", name="Word 文件").click()
    download = waiting.value
    assert download.suggested_filename.endswith(".docx")
    read = docx.Document(io.BytesIO(Path(download.path()).read_bytes()))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(one.text for one in read.paragraphs), *cells])
    assert "<img src=x onerror=alert(1)>【姓名】{price}" in text and "4,999.00" in text
    expect(reader.locator(".paper-panel")).to_contain_text("Word 文件已存到")


def test_short_pieces_are_copied_as_they_stand(reader: Page, site: Path, serve) -> None:
    visit(reader, serve(site).url)
    opened(reader, "complaint-12315")
    reader.locator(".paper-pieces summary").click()
    piece = reader.locator(".paper-pieces pre").first
    reader.locator(".paper-pieces button").first.click()
    assert reader.evaluate("navigator.clipboard.readText()") == piece.text_content()


def test_no_field_asks_for_an_identity_number(reader: Page, site: Path, serve) -> None:
    visit(reader, serve(site).url)
    opened(reader, "sale-complaint")
    labels = reader.locator(".paper-panel .fill-row label").all_inner_texts()
    assert labels and not [one for one in labels if "证件" in one or "身份证" in one]


def test_python_that_does_not_come_leaves_the_blanks_with_a_word(reader: Page, site: Path, serve) -> None:
    reader.route("**/worker.*.js*", lambda route: route.abort())
    visit(reader, serve(site).url)
    expect(reader.locator("minglu-papers .notice")).to_contain_text("空白的照常可以打印", timeout=60_000)
    expect(reader.locator("a[href*='papers/sale-complaint']").first).to_be_visible()


def test_nothing_of_it_is_loaded_on_a_tree(reader: Page, site: Path, serve) -> None:
    served = serve(site)
    reader.goto(served.url + "trees/quality-defect.html" + CHOOSE)
    reader.locator(".state.here h2").wait_for()
    assert not [one for one in served.asked if "papers" in one or "docx" in one]
