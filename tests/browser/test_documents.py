"""Documents and QR codes, made in the browser under the site's policy, and read by others' programs."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize

import docx
import pytest
import zxingcpp
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from test_site import FIRST, TREE

from minglu.engine.codec import to_json
from minglu.engine.document import Block, Cell, Document, Line, Row, Run, letter_document
from minglu.site_policy import policy_meta
from minglu.write.in_site import PATH, SiteFacts, in_site_script
from minglu.write.npm_scripts import NPM_SCRIPTS, npm_scripts
from minglu.write.shipping import shipped
from minglu.write.widget import ACT, ACT_STYLE, FOLDER, STYLES, widget

PACKAGES = Path(__file__).parents[2] / "node_modules"
TEXT_ON_PAGE = "网页上别的文字"

TYPED = [
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "{{ constructor.constructor('alert(1)')() }} ${alert(1)} {% raw %}",
    '=HYPERLINK("https://example.org","4999")',
    "&lt;b&gt; &amp; ]]> <!-- --> <?xml?>",
    "长" * 10_000,
    "https://example.org/" + "a" * 300,
    "𠮷野家 👨‍👩‍👧 é",
    "  前后有空格  ",
]
"""What readers may type, of which every sign comes back."""


def line(text: str, **more: object) -> Line:
    return Line((Run(text),), **more)


def cell(text: str, **more: object) -> Cell:
    return Cell((line(text),), **more)


def paper(*blocks: Block, name: str = "证据清单", title: str = "证据清单") -> Document:
    return Document(name, title, blocks)


LIST = paper(
    Block("title", (line("证据清单", align="center"),)),
    Block("heading", (line("一、交易"),)),
    Block("line", (Line((Run("提交人："), Run("姓名", gap=True), Run("，共 2 份", bold=True)), indent=True),)),
    Block(
        "table",
        rows=(
            Row((cell("序号", head=True), cell("名称", head=True), cell("证明什么", head=True))),
            *(Row((cell(str(one)), cell(f"证据{one}"), cell("付款的数额" * 8))) for one in range(1, 61)),
            Row((cell("合计", head=True), cell("60 份", span=2))),
        ),
        widths=(1, 3, 4),
    ),
    Block("break"),
    Block("note", (line("核对后签名。"),)),
    Block("line", (line("2026年11月16日", align="right"),)),
)


@pytest.fixture(scope="session")
def toy_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A site of one page that has only what is tested here; `without` are the scripts that were not installed."""

    def make(*without: str) -> Path:
        folder = tmp_path_factory.mktemp("papers")
        scripts = {path: data for path, data in npm_scripts(PACKAGES)[0].items() if path.endswith(without) is False}
        files, names = shipped(widget() | scripts)
        files |= {PATH: in_site_script(["index.html"], SiteFacts(python=False, files=names))}
        styles = "".join(f'<link rel="stylesheet" href="{FOLDER}{names[one]}">' for one in STYLES if one in names)
        files["index.html"] = (
            f"<!doctype html><html><head><meta charset=utf-8><title>明路</title>{policy_meta(scripts=(), styles=())}"
            f'<script src="{PATH}"></script>{styles}</head><body data-md-color-scheme="default">'
            f'<main class="md-typeset"><p>{TEXT_ON_PAGE}</p></main>'
            f'<script src="{FOLDER}{names[ACT]}"></script></body></html>'
        ).encode()
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        return folder

    return make


@pytest.fixture(scope="session")
def folder(toy_site) -> Path:
    return toy_site()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """Whatever goes wrong in the page fails the test."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 375, "height": 700}, locale="zh-CN")
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def papers(reader: Page, folder: Path, serve) -> Page:
    reader.goto(serve(folder).url)
    return reader


FILE = """async (doc) => {
  try {
    const blob = await MingluAct.documentFile(doc);
    return { type: blob.type, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
  } catch (error) {
    return { says: error.message };
  }
}"""


def word_bytes(page: Page, document: Document) -> bytes:
    made = page.evaluate(FILE, to_json(document))
    assert made.get("type") == "application/vnd.openxmlformats-officedocument.wordprocessingml.document", made.get(
        "says"
    )
    return bytes(made["bytes"])


def word(page: Page, document: Document) -> WordDocument:
    return docx.Document(io.BytesIO(word_bytes(page, document)))


def refusal(page: Page, document: Document = LIST) -> str:
    return page.evaluate(FILE, to_json(document))["says"]


# ---- the Word file


def test_a_word_file_is_a4_in_chinese_fonts(papers: Page) -> None:
    made = word(papers, LIST)
    (section,) = made.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert all(abs(side - Cm(2.5)) < Cm(0.01) for side in sides)
    defaults = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "24"
    title = made.paragraphs[0]
    assert (title.text, title.style.name, title.alignment) == ("证据清单", "Title", WD_ALIGN_PARAGRAPH.CENTER)
    fonts = {style.style_id: style.element.rPr.rFonts for style in made.styles if style.element.rPr is not None}
    assert fonts["Title"].get(qn("w:eastAsia")) == fonts["Heading1"].get(qn("w:eastAsia")) == "黑体"


def test_a_gap_is_highlighted_in_brackets_and_nothing_else_is(papers: Page) -> None:
    runs = [run for paragraph in word(papers, LIST).paragraphs for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert marked == ["【姓名】"] and [run.text for run in runs if run.font.highlight_color] == marked
    assert [run.text for run in runs if run.bold] == ["，共 2 份"]
    assert {run._r.rPr.rFonts.get(qn("w:hint")) for run in runs} == {"eastAsia"}
    assert {run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in runs} == {None}  # the style says which


def test_lines_stand_where_they_belong(papers: Page) -> None:
    said = {paragraph.text: paragraph for paragraph in word(papers, LIST).paragraphs}
    assert said["一、交易"].style.name == "Heading 1"
    assert said["提交人：【姓名】，共 2 份"].paragraph_format.first_line_indent.pt == 24
    assert said["2026年11月16日"].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert said["核对后签名。"].paragraph_format.page_break_before
    assert not said["2026年11月16日"].paragraph_format.page_break_before


def test_a_table_has_borders_repeats_its_heads_and_may_break_over_pages(papers: Page) -> None:
    (table,) = word(papers, LIST).tables
    assert [one.text for one in table.rows[0].cells] == ["序号", "名称", "证明什么"]
    assert [one.text for one in table.rows[60].cells] == ["60", "证据60", "付款的数额" * 8]
    assert [one.text for one in table.rows[61].cells] == ["合计", "60 份", "60 份"]  # one cell, seen from two columns
    repeated = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert repeated == [True] + [False] * 61
    assert all("w:cantSplit" in row._tr.xml for row in table.rows)
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert {side.get(qn("w:val")) for side in borders} == {"single"} and len(borders) == 6
    widths = [column.width for column in table.columns]
    assert [round(width / widths[0]) for width in widths] == [1, 3, 4]
    assert all(run.bold for one in table.rows[0].cells for run in one.paragraphs[0].runs)


def test_a_row_goes_over_the_page_as_a_whole_unless_it_is_as_high_as_one(papers: Page) -> None:
    """Word cuts off what does not fit on a page and must not be parted."""
    long, lines = "很长的经过" * 300, Cell(tuple(line(f"第{number}行") for number in range(40)))
    rows = (Row((cell("甲"), cell("乙"))), Row((cell("丙"), cell(long))), Row((cell("丁"), lines)))
    (table,) = word(papers, paper(Block("table", rows=rows, widths=(1, 4)))).tables
    assert ["w:cantSplit" in row._tr.xml for row in table.rows] == [True, False, False]
    assert {run.font.size.pt for row in table.rows for one in row.cells for run in one.paragraphs[0].runs} == {10.5}


def test_two_tables_stay_two_and_an_empty_cell_is_one(papers: Page) -> None:
    one = Block("table", rows=(Row((Cell(()), cell("甲"))),))
    made = word(papers, paper(one, one, Block("break"), one))
    assert [len(table.rows) for table in made.tables] == [1, 1, 1]
    assert [paragraph.paragraph_format.page_break_before for paragraph in made.paragraphs] == [None, True]


@pytest.mark.parametrize("typed", TYPED, ids=lambda text: text[:12])
def test_what_was_typed_is_text_and_nothing_else(papers: Page, typed: str) -> None:
    document = paper(
        Block("line", (line(typed),)), Block("table", rows=(Row((cell(typed),)),)), title=typed[:200], name=typed
    )
    made = word(papers, document)
    assert made.paragraphs[0].text == typed and made.tables[0].cell(0, 0).text == typed
    assert made.core_properties.title == typed[:200]
    assert (
        set(re.findall(r"<w:(\w+)[ />]", made.element.xml)) & {"fldChar", "instrText", "hyperlink", "altChunk"} == set()
    )


def test_signs_that_no_file_may_hold_and_that_turn_text_around_are_dropped(papers: Page) -> None:
    typed = "甲\0\x07\x1b\x7f\x9f\ufffe\uffff乙\u202e9994\u202c\u2066丙\u2069\u200f\r\n丁\u2028戊\t己\ud800"
    (paragraph,) = word(papers, paper(Block("line", (line(typed),)))).paragraphs
    assert paragraph.text == "甲乙9994丙\u200f\n丁\n戊\t己"
    assert len(paragraph._p.xpath(".//w:br")) == 2


def test_a_word_file_tells_nothing_of_who_made_it_and_when(papers: Page) -> None:
    made = word_bytes(papers, LIST)
    about = docx.Document(io.BytesIO(made)).core_properties
    assert (about.title, about.author, about.last_modified_by) == ("证据清单", "", "")
    assert (about.created, about.modified) == (None, None)
    papers.wait_for_timeout(1100)  # its files bear the second of the making
    assert parts(made) == parts(word_bytes(papers, LIST))


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_letter_becomes_a_word_file(papers: Page) -> None:
    made = word(papers, letter_document("退壶的函", "【店家】：\n\n请退壶。\n\n2026年11月16日\n【姓名】"))
    said = [(one.text, one.alignment) for one in made.paragraphs]
    right = WD_ALIGN_PARAGRAPH.RIGHT
    assert said[1:] == [("【店家】：", None), ("请退壶。", None), ("2026年11月16日", right), ("【姓名】", right)]


def test_it_works_in_a_page_opened_as_a_file(reader: Page, folder: Path) -> None:
    reader.goto((folder / "index.html").as_uri())
    assert word(reader, LIST).paragraphs[0].text == "证据清单"


# ---- loading


def test_a_script_is_loaded_when_it_is_asked_for_and_once(reader: Page, folder: Path, serve) -> None:
    served = serve(folder)
    reader.goto(served.url)

    def asked() -> list[str]:
        paths = [path.rpartition("/")[2] for path in served.asked]
        return sorted(name for path in paths for name in NPM_SCRIPTS if path.startswith(name.removesuffix("js")))

    assert asked() == []
    for _ in range(2):
        word_bytes(reader, LIST)
    reader.evaluate("Promise.all([1, 2].map(() => MingluAct.qrElement('a')))")
    assert asked() == ["docx.js", "qrcode.js"]


def test_a_script_that_did_not_come_is_asked_for_again(reader: Page, folder: Path, serve) -> None:
    (path,) = (path.relative_to(folder).as_posix() for path in (folder / FOLDER).glob("docx.*.js"))
    served = serve(folder, missing=(path,))
    reader.goto(served.url)
    assert refusal(reader).startswith("下载中断：没有取到要用的文件。")
    served.missing.clear()
    assert word(reader, LIST).paragraphs[0].text == "证据清单"
    assert served.asked.count(f"/{path}") == 2
    assert reader.locator("script[src*=docx]").count() == 0, "what has run leaves the page"


def test_a_script_that_never_ends_is_not_waited_for(reader: Page, folder: Path, serve) -> None:
    (path,) = (path.relative_to(folder).as_posix() for path in (folder / FOLDER).glob("docx.*.js"))
    reader.add_init_script("window.MINGLU_TIME_LIMIT_MS = 500")
    reader.goto(serve(folder, stalled=(path,)).url)
    assert refusal(reader).startswith("下载中断：没有取到要用的文件。")


def test_a_script_that_says_something_else_is_told(reader: Page, folder: Path, serve) -> None:
    """Not by its own error, nor by an element that has the name of what it should set."""
    reader.route(
        re.compile(r"docx\.[0-9a-f]+\.js"), lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    reader.goto(serve(folder).url)
    reader.evaluate("document.body.append(Object.assign(document.createElement('p'), { id: 'docx' }))")
    assert refusal(reader) == "要用的文件坏了，或者这个浏览器太旧，运行不了。"


def test_a_site_without_the_library_says_so_and_asks_for_nothing(reader: Page, toy_site, serve) -> None:
    served = serve(toy_site("docx.js"))
    reader.goto(served.url)
    assert refusal(reader) == "这个网站没有放上生成 Word 文件的程序，可以复制文字，或者打印。"
    assert [path for path in served.asked if "docx" in path] == []


def test_no_page_names_what_is_loaded_on_demand_and_a_walk_asks_for_none(reader: Page, site: Path, serve) -> None:
    plain = (ACT, ACT_STYLE, *NPM_SCRIPTS)
    on_demand = [path.name for name in plain for path in (site / FOLDER).glob(name.replace(".", ".*."))]
    assert len(on_demand) == 4
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert [name for name in on_demand if name in text] == [], path
    served = serve(site)
    reader.goto(served.url)
    reader.goto(served.url + TREE)
    for _, answer in FIRST:
        reader.locator(f".state.here a[data-answer='{answer}']").click()
    reader.wait_for_load_state("networkidle")
    assert [path for path in served.asked if path.rpartition("/")[2] in on_demand] == []


# ---- the page and its print

SHOW = "(doc) => document.querySelector('main').append(...MingluAct.documentElements(doc))"


def test_a_document_on_the_page_is_what_the_file_is(papers: Page) -> None:
    papers.evaluate(SHOW, to_json(LIST))
    assert papers.locator("h3").inner_text() == "证据清单"
    assert papers.locator("h4").inner_text() == "一、交易"
    assert papers.locator("mark").all_inner_texts() == ["【姓名】"]
    assert papers.locator("thead th[scope=col]").all_inner_texts() == ["序号", "名称", "证明什么"]
    assert papers.locator("tbody th[scope=row]").all_inner_texts() == ["合计"]
    assert papers.locator("td[colspan='2']").inner_text() == "60 份"
    assert papers.locator("tbody tr").count() == 61
    assert papers.locator("main [style]").count() == 0


@pytest.mark.parametrize("typed", TYPED, ids=lambda text: text[:12])
def test_what_was_typed_stands_on_the_page_as_text(papers: Page, typed: str) -> None:
    papers.evaluate(SHOW, to_json(paper(Block("line", (line(typed), Line((Run(typed, gap=True),)))))))
    papers.wait_for_load_state("networkidle")  # the style
    assert papers.evaluate("[...document.querySelectorAll('.paper-line')].map((one) => one.textContent)") == [
        typed,
        f"【{typed}】",
    ]
    assert papers.evaluate("document.documentElement.scrollWidth") <= 375


PRINT = """async (doc) => {
  window.print = () => {};
  await MingluAct.printDocument(MingluAct.documentElements(doc));
}"""


def printed(page: Page, document: Document) -> PdfReader:
    page.evaluate(PRINT, to_json(document))
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def texts(made: PdfReader) -> list[str]:
    """Of its pages, without blanks, which stand wherever the font changes."""
    return [re.sub(r"\s", "", normalize("NFKC", page.extract_text())) for page in made.pages]


def test_a_print_holds_the_document_and_nothing_else_of_the_page(papers: Page) -> None:
    made = printed(papers, LIST)
    text = texts(made)
    assert TEXT_ON_PAGE not in "".join(text)
    assert text[0].startswith("证据清单一、交易提交人:,共2份序号名称证明什么1证据1付款的数额")
    assert text[-1] == "核对后签名。2026年11月16日"
    assert len(text) > 2 and all(one.startswith("序号名称证明什么") for one in text[1:-1])
    assert "姓名" not in "".join(text)  # a line to write on stands there
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in made.pages} == {
        (595, 842)
    }
    assert made.metadata.title == "证据清单"


def test_no_row_is_parted_and_no_box_stands_apart_from_its_word(papers: Page) -> None:
    kinds = ("有限责任公司", "其他企业法人", "城镇农村的合作经济组织法人", "个人独资企业", "合伙企业")
    told = Run("要求出具调解书的减半交纳诉讼费用，很长的一句话接着一句话。　")
    options = Line((told, *(Run(text) for kind in kinds * 3 for text in (kind, "□", "　"))))
    rows = tuple(Row((cell(f"第{number}项"), Cell((options, options)))) for number in range(12))
    made = printed(papers, paper(Block("table", rows=rows, widths=(2, 3))))
    assert len(made.pages) > 1
    for page in made.pages:
        lines = [one.strip() for one in page.extract_text().splitlines()]
        assert not [one for one in lines if one.startswith("□")]
        assert sum(one.count("合伙企业") for one in lines) % 6 == 0, "whole rows"


def test_after_a_print_the_page_is_as_it_was(papers: Page) -> None:
    def content() -> str:
        return papers.locator("body").inner_html() + str(papers.locator("html").get_attribute("class") or "")

    before = content()
    papers.evaluate(PRINT, to_json(LIST))
    assert papers.locator(".print-sheet").count() == 1
    assert not papers.locator(".print-sheet").is_visible() and papers.get_by_text(TEXT_ON_PAGE).is_visible()
    papers.evaluate("dispatchEvent(new Event('afterprint'))")
    assert content() == before
    assert papers.title() == "明路"


def test_a_print_that_was_never_over_leaves_no_second_sheet(papers: Page) -> None:
    papers.evaluate(PRINT, to_json(LIST))
    papers.evaluate(PRINT, to_json(LIST))
    assert papers.locator(".print-sheet").count() == 1
    papers.evaluate("dispatchEvent(new Event('afterprint'))")
    assert papers.title() == "明路"


def test_a_print_whose_style_did_not_come_holds_nothing_else_all_the_same(reader: Page, folder: Path, serve) -> None:
    reader.route(re.compile(r"/act\.[0-9a-f]+\.css"), lambda route: route.abort())
    reader.goto(serve(folder).url)
    text = "".join(texts(printed(reader, LIST)))
    assert TEXT_ON_PAGE not in text and "证据60" in text


SCHEMES = {"default": "light", "slate": "dark"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_print_is_black_on_white(papers: Page, scheme: str) -> None:
    papers.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
    papers.evaluate("(scheme) => { document.documentElement.style.colorScheme = scheme; }", SCHEMES[scheme])
    papers.evaluate(PRINT, to_json(LIST))
    papers.emulate_media(media="print")
    assert papers.evaluate("getComputedStyle(document.querySelector('.print-sheet')).color") == "rgb(0, 0, 0)"
    assert papers.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"  # of the margins
    shot = Image.open(io.BytesIO(papers.screenshot())).convert("L")
    assert shot.getpixel((2, 2)) == 255 and shot.getextrema()[0] < 100


# ---- QR codes

QR = """async (text) => {
  const element = await MingluAct.qrElement(text);
  if (element) document.querySelector('main').append(element);
  return Boolean(element);
}"""


def read_code(page: Page) -> zxingcpp.Barcode:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator("svg.qr").screenshot())))
    return found


@pytest.mark.parametrize("scheme", ["default", "slate"])
@pytest.mark.parametrize(
    "text",
    ["https://example.org/trees/kettle.html#a=1&v=3fa29c1b&what=broken", "水壶坏了，第 7 日是 11月19日 👍", "=1+1 <b>"],
)
def test_a_code_is_read_as_what_it_was_made_of(papers: Page, text: str, scheme: str) -> None:
    papers.evaluate(f"document.body.dataset.mdColorScheme = '{scheme}'")
    papers.evaluate("(colour) => { document.body.style.background = colour; }", "#000" if scheme == "slate" else "#fff")
    assert papers.evaluate(QR, text)
    found = read_code(papers)
    assert (found.text, found.ec_level) == (text, "M")


def test_a_long_text_is_held_by_the_lowest_level_and_a_longer_one_by_none(papers: Page) -> None:
    papers.set_viewport_size({"width": 1200, "height": 1000})
    longest = "a" * 2953
    assert papers.evaluate(QR, longest)
    size = papers.locator("svg.qr").get_attribute("viewBox").split()[2]
    assert int(size) == 177 + 8  # the largest that there is, and its margin
    assert papers.evaluate(QR, longest + "a") is False
    assert papers.evaluate(QR, "汉" * 985) is False


def test_a_code_of_level_l_is_read(papers: Page) -> None:
    """At 224 pixels no reader tells so many modules apart: drawn larger."""
    text = "https://example.org/#" + "a=1&" * 590
    papers.set_viewport_size({"width": 1200, "height": 1000})
    assert papers.evaluate(QR, text)
    papers.evaluate("document.querySelector('svg.qr').setAttribute('class', 'large')")
    shot = papers.locator("svg.large").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(shot)))
    assert (found.text, found.ec_level) == (text, "L")


def test_a_code_has_four_modules_of_white_around_it_and_a_name(papers: Page) -> None:
    papers.evaluate(QR, "a")
    code = papers.locator("svg.qr")
    assert (code.get_attribute("role"), code.get_attribute("aria-label")) == ("img", "二维码")
    assert code.get_attribute("viewBox") == "0 0 29 29" and code.get_attribute("style") is None
    places = re.findall(r"M(\d+) (\d+)h1v1", papers.locator("svg.qr path").last.get_attribute("d"))
    across = [int(x) for x, _ in places]
    down = [int(y) for _, y in places]
    assert (min(across), max(across), min(down), max(down)) == (4, 24, 4, 24)


# ---- saving


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("证据清单.docx", "证据清单.docx"),
        ('a/b\\c:d*e?f"g<h>i|j.docx', "a b c d e f g h i j.docx"),
        ("..\\..\\x.docx", "x.docx"),
        (".docx", "文书.docx"),
        ("\u202ecod\0.\n.docx", "cod.docx"),
        ("长" * 200 + ".docx", "长" * 60 + ".docx"),
    ],
)
def test_a_file_is_saved_under_a_name_that_every_system_takes(papers: Page, name: str, saved: str) -> None:
    with papers.expect_download() as download:
        papers.evaluate("(name) => MingluAct.saveFile(name, new Blob(['x']))", name)
    assert download.value.suggested_filename == saved
    assert Path(download.value.path()).read_bytes() == b"x"


@pytest.mark.parametrize(
    ("agent", "inside"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.50",
            True,
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 QQ/9.0.8.623",
            True,
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MQQBrowser/14.9 Mobile Safari/537.36", False),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148 Safari/604.1", False),
    ],
)
def test_a_browser_inside_an_app_is_known(browser: Browser, folder: Path, serve, agent: str, inside: bool) -> None:
    context = browser.new_context(user_agent=agent)
    page = context.new_page()
    page.goto(serve(folder).url)
    assert page.evaluate("MingluAct.isInApp()") is inside
    assert "在浏览器打开" in page.evaluate("MingluAct.OUT_OF_APP")
    context.close()
