"""The sheet to take along: two A4 pages at most, with a code that leads back; and what is printed without it."""

import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize
from urllib.parse import urlencode

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from minglu import pipeline
from minglu.engine.bridge import Session
from minglu.engine.codec import to_json

ROOT = Path(__file__).parents[2]
TREES = 8  # of which the longest outcome is printed
A4 = (595, 842)  # points
CHOOSE = {
    "danger": "none",
    "device": "phone",
    "source": "new",
    "reported": "2026-11-16",
    "received": "2026-11-11",
    "bought": "platform",
    "cause": "none",
    "invoiced": "2026-11-11",
    "price": "4999.00",
}
TODAY = "2026-11-16"


@pytest.fixture(scope="module")
def compiled() -> pipeline.Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done and not found
    return done


@pytest.fixture(scope="module")
def ask(compiled) -> Callable[..., dict]:
    session = Session()
    for tree in compiled.trees.values():
        session.answer(json.dumps({"do": "load", "tree": to_json(tree)}))
    session.answer(json.dumps({"do": "load", "calendar": compiled.calendar}))

    def ask(tree: str, answers: dict, today: str) -> dict:
        request = {"do": "sheet", "tree": tree, "answers": answers, "today": today}
        return json.loads(session.answer(json.dumps(request)))

    return ask


@pytest.fixture(scope="module")
def longest(compiled, ask) -> list[tuple[str, dict, str, dict]]:
    """The longest sheet that a worked walk leads to, of the trees where it is longest: tree, answers, day, sheet."""
    found = []
    for id in compiled.trees:
        sheets = []
        for walk in compiled.project.trees[id].walks:
            sheet = ask(id, dict(walk.answers), str(walk.today))
            if "parts" in sheet:
                size = sum(len(row["says"] + row["more"]) for part in sheet["parts"] for row in part["rows"])
                sheets.append((size, len(sheets), id, dict(walk.answers), str(walk.today), sheet))
        found.append(max(sheets))
    return [(id, answers, today, sheet) for _, _, id, answers, today, sheet in sorted(found, reverse=True)[:TREES]]


@pytest.fixture
def url(site: Path, serve) -> str:
    return serve(site).url


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes phones. Whatever goes wrong in their pages fails the test."""
    phones, wrong = [], []

    def make(**options) -> BrowserContext:
        about = {"viewport": {"width": 375, "height": 740}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
        context = browser.new_context(**about | options)
        context.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        phones.append(context)
        return context

    yield make
    for context in phones:
        context.close()
    assert wrong == []


def until(page: Page, holds: str) -> None:
    """The policy of the pages allows no text to be run, as `wait_for_function` does."""
    page.locator("html").evaluate(
        f"""async () => {{
          const late = performance.now() + 60_000;
          while (!({holds})) {{
            if (performance.now() > late) throw new Error({json.dumps(holds)});
            await new Promise((then) => requestAnimationFrame(then));
          }}
        }}"""
    )


def visit(context: BrowserContext, address: str, *, today: str = TODAY, python: bool = True) -> Page:
    page = context.new_page()
    page.clock.set_fixed_time(f"{today}T10:00:00+08:00")
    if not python:
        page.route("**/worker.*.js*", lambda route: route.abort())
    page.goto(address)
    expect(page.locator(".state.here.outcome")).to_be_visible(timeout=60_000)
    if python:
        until(page, "document.querySelector('tree-walk').result?.outcome")
    return page


def at(url: str, tree: str, answers: dict) -> str:
    return f"{url}trees/{tree}.html#" + urlencode({"a": "1", **{key: written(value) for key, value in answers.items()}})


def written(answer: object) -> str:
    return ".".join(answer) or "none" if isinstance(answer, list | tuple) else str(answer)


def printed(page: Page) -> PdfReader:
    """What comes out of 打印这一页."""
    page.get_by_role("button", name="打印这一页").click()
    until(page, "window.printed")
    return paper(page)


def paper(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def words(pdf: PdfReader, *pages: int) -> str:
    """Without spaces: a line may break anywhere. Fonts give some characters as their radicals."""
    chosen = [pdf.pages[number] for number in pages] or pdf.pages
    return plain("".join(page.extract_text() for page in chosen))


RADICALS = str.maketrans("⻚⻓⻔⻅⻋⻛⻬⻢⻝⺠戶", "页长门见车风齐马食民户")  # what fonts give, as NFKC leaves it


def plain(text: str) -> str:
    return re.sub(r"\s", "", normalize("NFKC", text).translate(RADICALS))


# ---- the sheet


def test_the_longest_sheets_fit_on_two_pages_of_a4_and_lose_nothing_that_matters(phone, url, longest) -> None:
    context = phone()
    assert len(longest) == TREES
    for tree, answers, today, sheet in longest:
        page = visit(context, at(url, tree, answers), today=today)
        pdf = printed(page)
        assert len(pdf.pages) <= 2, tree
        assert {tuple(round(side) for side in one.mediabox[2:]) for one in pdf.pages} == {A4}
        text = words(pdf)
        assert plain(sheet["title"]) in text and plain(sheet["standing"]) in text
        for part in sheet["parts"]:
            assert plain(part["title"]) in text, (tree, part["id"])
            for row in part["rows"]:
                assert plain(row["says"]) in text, (tree, row["says"])
                if part["id"] not in ("evidence", "articles"):
                    assert plain(row["more"]) in text, (tree, row["more"])
        assert plain(sheet["foot"][1]) in text and sheet["receipt"]["version"] in text
        articles = next(part for part in sheet["parts"] if part["id"] == "articles")["rows"]
        said = [row for row in articles if plain(row["more"]) in text]
        assert said == articles[: len(said)] and len(said) >= 10, tree
        assert (plain("还引用了（大意在网页上）") in text) == (len(said) < len(articles)), tree
        page.close()


def test_a_short_sheet_keeps_its_letters_large_and_what_evidence_proves(phone, url) -> None:
    page = visit(
        phone(),
        at(
            url,
            "return-refusal",
            {"trouble": "refund", "bought": "store", "ground": "reasonless", "due-day": "2026-11-01"},
        ),
    )
    page.get_by_role("button", name="打印这一页").click()
    until(page, "window.printed")
    assert page.locator(".sheet").get_attribute("class") == "sheet"
    assert page.locator(".sheet-evidence li > span").count() > 0


def test_what_the_reader_told_ticked_and_filled_in_stands_on_it(phone, url) -> None:
    page = visit(phone(), at(url, "quality-defect", CHOOSE))
    page.locator(".state.here [data-evidence]").first.check()
    until(page, "document.querySelector('tree-walk').result?.outcome")
    pdf = printed(page)
    text = words(pdf)
    assert "2026年11月11日" in text and "☑" in text and "4,999.00元" in text
    assert "按2026年11月16日计算" in text and "法条核对到" in text


def test_its_code_leads_back_with_the_answers_and_what_the_result_rests_on(phone, url) -> None:
    page = visit(phone(), at(url, "quality-defect", CHOOSE))
    page.get_by_role("button", name="打印这一页").click()
    until(page, "window.printed")
    link = page.evaluate("document.querySelector('tree-walk').shared()[1]")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 1400})
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".sheet .qr").screenshot(scale="css"))))
    assert code.text == link and "&D=2026-11-16." in link


def test_a_link_too_long_for_a_code_leaves_the_answers_out_and_says_so(phone, url) -> None:
    more = {f"other-{number}": "x" * 70 for number in range(9)}  # for other trees: they go along
    page = visit(phone(), at(url, "quality-defect", CHOOSE | {"device-price": "1"} | more))
    page.evaluate(
        "document.querySelector('tree-walk').shared = () => ['https://a.test/#x', 'https://a.test/#' + 'y'.repeat(700)]"
    )
    pdf = printed(page)
    assert plain("我的回答太长，没有放进去") in words(pdf)


def test_a_letter_that_is_open_has_a_sheet_of_its_own_as_it_was_filled_in(phone, url) -> None:
    page = visit(phone(), at(url, "quality-defect", CHOOSE))
    alone = len(printed(page).pages)
    page.evaluate("window.printed = 0")
    letter = page.locator(".state.here .letter:visible").first
    letter.locator("> summary").click()
    letter.get_by_label("订单号").fill("TB-77310")
    pdf = printed(page)
    assert len(pdf.pages) == alone + 1
    assert "TB-77310" in words(pdf, -1) and "TB-77310" not in words(pdf, 0)
    assert plain(letter.locator("> summary").inner_text()) in words(pdf, -1)


@pytest.mark.parametrize("keys", ["Control+p", "Meta+p"])
def test_the_keys_for_a_print_print_the_sheet_too(phone, url, keys: str) -> None:
    page = visit(phone(), at(url, "quality-defect", CHOOSE))
    page.keyboard.press(keys)
    until(page, "window.printed")
    expect(page.locator(".sheet h1")).to_have_count(1)
    assert plain("法条核对到") in words(paper(page))


def test_at_a_question_the_keys_for_a_print_are_the_browsers(phone, url) -> None:
    page = phone().new_page()
    page.goto(f"{url}trees/quality-defect.html")
    expect(page.locator(".state.here")).to_be_visible()
    page.evaluate("void addEventListener('keydown', (event) => { window.prevented = event.defaultPrevented; })")
    page.keyboard.press("Control+p")
    assert page.evaluate("window.prevented") is False


def test_after_the_print_the_page_stands_as_before(phone, url) -> None:
    page = visit(phone(), at(url, "quality-defect", CHOOSE))
    expect(page.locator(".what-if")).to_be_visible()
    before = page.locator("body").inner_text()
    printed(page)
    expect(page.locator(".sheet, .sheet-measure")).to_have_count(0)
    assert page.locator("body").inner_text() == before
    assert page.evaluate("document.documentElement.scrollWidth") == 375


# ---- where it cannot be made


@pytest.mark.parametrize("without", ["Python", "act.js"])
def test_where_python_or_the_script_does_not_come_the_section_is_printed(phone, url, without: str) -> None:
    context = phone()
    if without == "act.js":
        context.route("**/act.*.js", lambda route: route.abort())
    page = visit(context, at(url, "quality-defect", CHOOSE), python=without != "Python")
    pdf = printed(page)
    expect(page.locator(".sheet")).to_have_count(0)
    text = words(pdf)
    assert plain(page.locator(".state.here h2").inner_text()) in text and len(pdf.pages) <= 12
    assert "打印这一页" not in text
    gist = page.locator(".state.here .gists li p:not(.by)").first  # unfolded for the print
    assert plain(gist.inner_text())[:20] in text or plain(gist.text_content() or "")[:20] in text


def test_without_scripts_the_outcome_that_the_address_names_is_printed_with_its_articles(phone, url, compiled) -> None:
    tree = compiled.trees["quality-defect"]
    outcome, other = [one for one in tree.outcomes.values() if one.letters and one.deadlines][:2]
    page = phone(java_script_enabled=False).new_page()
    page.goto(f"{url}trees/quality-defect.outcomes.html#{outcome.id}")
    pdf = paper(page)
    text = words(pdf)
    assert plain(outcome.title) in text and plain(other.title) not in text
    assert "【" in text and "从“" in text and "次日起算" in text  # gaps of letters, rules of days
    cited = [cite for items in outcome.lists().values() for item in items for cite in getattr(item, "cite", ())]
    of_it = {tree.article_of[cite] for cite in cited}
    assert all(plain(one.gist) in text for one in of_it)
    others = [one for one in tree.articles if one not in of_it and one.gist not in {held.gist for held in of_it}]
    assert others and not any(plain(one.gist) in text for one in others)
    assert len(pdf.pages) <= 15


def test_without_scripts_and_an_outcome_the_first_question_alone_is_printed(phone, url) -> None:
    page = phone(java_script_enabled=False).new_page()
    page.goto(f"{url}trees/quality-defect.html")
    assert len(paper(page).pages) <= 2
