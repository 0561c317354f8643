"""The index of the search is fetched when somebody opens the search: once, whatever way it is opened, and again where
it did not arrive. What people find is in test_search.py.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from waiting import until

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "tests/adopter/library"
PHONE = {"width": 375, "height": 812}
QUERY = "电池鼓包"
WANTED = "trees/injury"
FETCHING = "正在取搜索的目录"
FAILED = "再打一个字，就会再取一次"


@pytest.fixture(scope="session")
def index(site: Path) -> str:
    """Where the index stands."""
    (found,) = (site / "search").glob("index.*.json")
    return found.relative_to(site).as_posix()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page of a fresh profile; nothing may go wrong in it."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def opened(page: Page, address: str) -> None:
    """Open a page and wait until Material has asked its worker for nothing, as it does once on every page."""
    page.goto(address)
    expect(page.locator(".md-search-result__meta")).not_to_have_text(re.compile("初始化|Initializing"))


def magnifier(page: Page) -> None:
    page.click("header [for=__search].md-header__button")


def typed(page: Page, query: str) -> None:
    page.locator(".md-search__input").fill(query)
    page.locator(".md-search__input").press("End")  # Material searches when a key goes up


def found(page: Page) -> str:
    """The addresses of the results, once there are some."""
    page.locator(".md-search-result__item").first.wait_for()
    return " ".join(
        page.eval_on_selector_all(".md-search-result__item > a:first-child", "all => all.map((one) => one.pathname)")
    )


def says(page: Page, sentence: str) -> None:
    expect(page.locator(".md-search-result__meta")).to_contain_text(sentence)


def fetches(served, index: str) -> int:
    return [path.partition("?")[0] for path in served.asked].count(f"/{index}")


def test_no_page_fetches_the_index_by_itself(phone: Page, site: Path, index: str, serve) -> None:
    """One page of each folder, and the way from one to the next without loading anew."""
    served = serve(site)
    for path in {page.parent: page.relative_to(site) for page in sorted(site.rglob("*.html"))}.values():
        opened(phone, f"{served.url}{path.as_posix()}")
    opened(phone, f"{served.url}index.html")
    phone.evaluate("() => { window.sameDocument = true; }")
    phone.click("a.choice[href*='trees/quality-defect.html']")
    phone.wait_for_selector(".state.here")
    phone.wait_for_timeout(300)
    assert phone.evaluate("window.sameDocument")
    assert fetches(served, index) == 0
    assert "/search/search_index.json" in served.asked  # what Material looks for is there, and small
    assert (site / "search/search_index.json").stat().st_size < 1000


def test_every_page_knows_where_the_index_stands(site: Path, index: str) -> None:
    for path in site.rglob("*.html"):
        if path != site / "404.html":  # which has no search
            root = "/".join([".."] * len(path.relative_to(site).parent.parts)) or "."
            assert f'data-index="{root}/{index}"' in path.read_text("utf-8"), path


def by_key(key: str) -> Callable[[Page], None]:
    """Where there is a keyboard: on a phone's screen the field cannot be focused before it is opened."""

    def press(page: Page) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.keyboard.press(key)

    return press


def click_into(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.click(".md-search__input")


WAYS = {"magnifier": magnifier, "click": click_into} | {key: by_key(key) for key in "/sf"}


@pytest.mark.parametrize("way", WAYS)
def test_opened_it_fetches_the_index_once_and_finds(phone: Page, site: Path, index: str, serve, way: str) -> None:
    served = serve(site)
    opened(phone, f"{served.url}about.html")
    with phone.expect_response(lambda got: got.url.endswith(index)):
        WAYS[way](phone)
    says(phone, "键入以开始搜索")  # what Material says where nothing was asked yet
    typed(phone, QUERY)
    assert WANTED in found(phone)
    phone.keyboard.press("Escape")
    phone.wait_for_timeout(300)  # Material takes a key that comes within milliseconds for one of the open search
    WAYS[way](phone)
    typed(phone, "魑魅魍魉")
    says(phone, "没有“魑魅魍魉”这个词，也许你要找：")
    typed(phone, "退一赔三")
    expect(phone.locator(".md-search-result__item > a[href*='trees/misdescribed']").first).to_be_attached()
    says(phone, "个符合条件的结果")  # Material's words again
    assert fetches(served, index) == 1


def test_a_link_with_a_query_finds_at_once(phone: Page, site: Path, index: str, serve) -> None:
    served = serve(site)
    phone.goto(f"{served.url}index.html?q={QUERY}")
    assert WANTED in found(phone)
    assert fetches(served, index) == 1


def test_after_in_site_navigation_the_search_finds_and_results_open(phone: Page, site: Path, index: str, serve) -> None:
    served = serve(site)
    opened(phone, f"{served.url}index.html")
    phone.evaluate("() => { window.sameDocument = true; }")
    phone.click("a.choice[href*='trees/quality-defect.html']")
    phone.wait_for_selector(".state.here")
    magnifier(phone)
    typed(phone, QUERY)
    assert WANTED in found(phone)
    phone.click(f".md-search-result__item a[href*='{WANTED}'] >> nth=0")
    phone.wait_for_selector("tree-walk[tree=injury]")
    magnifier(phone)
    typed(phone, "小额诉讼")
    until(phone, "document.querySelector('.md-search-result__item a')?.pathname.includes('channels')")
    assert phone.evaluate("window.sameDocument")
    assert fetches(served, index) == 1


@pytest.mark.parametrize("address", ["index.html", "index.html?q="], ids=["clicked", "with the page"])
def test_while_the_index_is_on_its_way_it_is_said(phone: Page, site: Path, index: str, serve, address: str) -> None:
    """Also where the search opens before its worker is there."""
    stalled = {index}
    served = serve(site, stalled=stalled)
    phone.add_init_script("window.MINGLU_TIME_LIMIT_MS = 1500")
    phone.goto(served.url + address)
    if "?" not in address:
        magnifier(phone)
    says(phone, FETCHING)
    typed(phone, QUERY)
    says(phone, FAILED)  # nothing came for a while
    stalled.clear()
    typed(phone, QUERY + "了")
    assert WANTED in found(phone)
    assert fetches(served, index) == 2


def test_an_index_that_is_not_there_is_said_and_typing_fetches_it_again(
    phone: Page, site: Path, index: str, serve
) -> None:
    served = serve(site, missing=(index,))
    opened(phone, f"{served.url}index.html")
    magnifier(phone)
    says(phone, FAILED)
    typed(phone, QUERY[:3])
    phone.wait_for_timeout(300)
    says(phone, FAILED)
    served.missing.clear()
    typed(phone, QUERY)
    assert WANTED in found(phone)


def test_opening_again_fetches_again_too(phone: Page, site: Path, index: str, serve) -> None:
    served = serve(site, missing=(index,))
    opened(phone, f"{served.url}index.html")
    magnifier(phone)
    typed(phone, QUERY)
    says(phone, FAILED)
    phone.keyboard.press("Escape")
    served.missing.clear()
    magnifier(phone)
    assert WANTED in found(phone)


def test_an_index_cut_in_the_middle_is_said_and_fetched_again(phone: Page, site: Path, index: str, serve) -> None:
    """Past what the browser may have kept of it."""
    cut = {index}
    served = serve(site, cut=cut, headers={"Cache-Control": "max-age=600"})
    opened(phone, f"{served.url}index.html")
    magnifier(phone)
    says(phone, FAILED)
    cut.clear()
    typed(phone, QUERY)
    assert WANTED in found(phone)


def test_without_material_s_worker_it_is_said_and_typing_tries_again(phone: Page, site: Path, serve) -> None:
    (stock,) = (site / "assets/javascripts/workers").glob("search.*.js")
    served = serve(site, missing=(stock.relative_to(site).as_posix(),))
    opened(phone, f"{served.url}index.html")
    magnifier(phone)
    says(phone, FAILED)
    served.missing.clear()
    typed(phone, QUERY)
    assert WANTED in found(phone)


def test_another_tab_fetches_nothing(browser: Browser, site: Path, index: str, serve) -> None:
    served = serve(site, headers={"Cache-Control": "no-store"})
    context = browser.new_context(viewport=PHONE)
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        opened(page, f"{served.url}index.html")
    magnifier(one)
    typed(one, QUERY)
    assert WANTED in found(one)
    assert fetches(served, index) == 1
    assert other.locator(".md-search-result__meta").text_content() == "键入以开始搜索"
    context.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {
            "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-inline'; worker-src 'self'; "
            "connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
        },
    ],
    ids=["nothing is cached", "a strict policy"],
)
def test_below_a_sub_path(phone: Page, site: Path, index: str, serve, headers: dict[str, str]) -> None:
    served = serve(site.parent, headers=headers)
    opened(phone, f"{served.url}{site.name}/trees/injury.html")
    assert fetches(served, f"{site.name}/{index}") == 0
    magnifier(phone)
    typed(phone, QUERY)
    assert f"/{site.name}/{WANTED}" in found(phone)
    assert fetches(served, f"{site.name}/{index}") == 1


def built(folder: Path, *, settings: tuple[str, str] = ("", "")) -> Path:
    """The site of somebody else, in English, at addresses without `.html`."""
    shutil.copytree(LIBRARY, folder)
    text = (folder / "mkdocs.yml").read_text()
    (folder / "mkdocs.yml").write_text(text.replace(*settings) if settings[0] else text)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return folder / "site"


def test_in_somebody_elses_site(phone: Page, tmp_path: Path, serve) -> None:
    """At addresses without `.html`; and it is said in the language of the site."""
    site = built(tmp_path / "library")
    (index,) = (path.relative_to(site).as_posix() for path in (site / "search").glob("index.*.json"))
    served = serve(site, missing=(index,))
    phone.goto(f"{served.url}visits/opening-hours/")
    magnifier(phone)
    says(phone, "Type on, and it is fetched again.")
    served.missing.clear()
    typed(phone, "loan longer")
    assert "/help/trees/renewal/" in found(phone)


def test_a_theme_that_inlines_the_index_keeps_it_where_it_is(phone: Page, tmp_path: Path, serve) -> None:
    """Material's plugin `offline`. The script is then not needed; the pages find all the same."""
    site = built(tmp_path / "library", settings=("  - search\n", "  - search\n  - offline\n"))
    assert list((site / "search").glob("index.*.json")) == []
    assert json.loads((site / "search/search_index.json").read_text())["docs"]
    assert "assets/minglu/search." not in (site / "index.html").read_text()


def test_another_generator_s_site_cuts_queries_too(phone: Page, tmp_path: Path, serve) -> None:
    """What `compile --write-to` writes, built without the plugin: Material fetches the index and hands it over."""
    sys.path.insert(0, str(ROOT / "tests/adopter"))
    from try_other_generators import plain_folder

    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# 水壶\n")
    folder = plain_folder(ROOT / "tests/toy/trees", docs, tmp_path / "plain")
    settings = (folder / "mkdocs.yml").read_text().replace("name: material", "name: material\n  language: zh")
    (folder / "mkdocs.yml").write_text(settings)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, capture_output=True, check=True)
    served = serve(folder / "site")
    opened(phone, f"{served.url}index.html")
    assert fetches(served, "search/search_index.json") == 1
    magnifier(phone)
    typed(phone, "魑魅魍魉水壶")
    assert "trees/kettle" in found(phone)
    assert fetches(served, "search/search_index.json") == 1


SPOKEN = """async (address) => {
  const worker = new Worker(address);
  const told = [];
  const next = () => new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    setTimeout(() => resolve(null), 5000);
  });
  const say = (message) => { const answer = next(); worker.postMessage(message); return answer; };
  const config = { lang: ["en"], separator: "[\\\\s]+", pipeline: [], fields: { title: {}, text: {}, tags: {} } };
  const docs = [{ location: "a.html", title: "Kettle", text: "It leaks" }];
  told.push(await say({ type: 0, data: { config, docs, options: { suggest: false } } }));
  told.push(await say({ type: 2, data: "leaks" }));
  return told;
}"""


def test_material_s_worker_is_spoken_to_as_ever(phone: Page, site: Path, serve) -> None:
    """SETUP 0, READY 1, QUERY 2, RESULT 3."""
    (stock,) = (site / "assets/javascripts/workers").glob("search.*.js")
    opened(phone, f"{serve(site).url}about.html")
    ready, result = phone.evaluate(SPOKEN, f"/{stock.relative_to(site).as_posix()}")
    changed = "Material's search worker speaks otherwise than web/search.js believes: see its first lines"
    assert ready == {"type": 1}, changed
    assert result["type"] == 3 and result["data"]["items"][0][0]["location"] == "a.html", changed
