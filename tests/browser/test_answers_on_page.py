"""Ticks, sums, months and fixed days on the page: by the script alone, then with Python; and without scripts."""

from pathlib import Path

import pytest
from kettle_site import KETTLE, NOW, here, phone, reader, road, stands, unfold  # noqa: F401 fixtures: pytest finds them by name
from playwright.sync_api import Page, expect

from minglu import pipeline
from minglu.write import write
from minglu.write.shipping import shipped
from minglu.write.widget import FOLDER, SCRIPT, STYLES, widget

TESTS = Path(__file__).parent.parent
END = "bear-it"


@pytest.fixture(scope="session")
def steep_folder(tmp_path_factory) -> Path:
    files = pipeline.read_files(TESTS / "toy" / "trees")
    done, found = pipeline.check(files | pipeline.read_files(TESTS / "write" / "golden" / "urn" / "trees"))
    assert not found
    made = write(done) | widget()
    data, names = shipped(made)
    root = tmp_path_factory.mktemp("steep")
    for path, content in data.items():
        if path.startswith(FOLDER):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    body = made["trees/steep.md"].decode().split("---\n", 2)[2]
    page = (KETTLE / "page.html").read_text("utf-8").replace("BLOCK", body)
    for plain in (SCRIPT, *STYLES):
        page = page.replace(FOLDER + plain, FOLDER + names[plain])
    (root / "trees").mkdir()
    (root / "trees" / "steep.html").write_text(page, "utf-8")
    return root


@pytest.fixture
def steep(reader, serve, steep_folder):
    def open(fragment: str = "", mode: str = "slow", **more) -> Page:
        return reader.open(f"{serve(steep_folder).url}trees/steep.html{fragment}", mode=mode, **more)

    return open


def give(page: Page, text: str) -> None:
    form = page.locator(".here form.exact")
    box = form.locator("input")
    if box.get_attribute("type") == "date":
        form.locator("summary").click()
        expect(box).to_have_attribute("type", "text")  # with the event of the fold, which is a frame behind
    box.fill(text)
    form.locator("button").click()


def walk_on(page: Page, *ticks: str) -> None:
    for tick in ticks:
        page.locator(".here form.ticked label", has_text=tick).click()
    page.get_by_role("button", name="继续").click()
    give(page, "￥９９.9")
    give(page, "2024年6月")
    give(page, "10月")


def replies(page: Page) -> list[str]:
    unfold(page)
    return page.locator(".here details[data-reply] > summary:visible").all_inner_texts()


def test_all_kinds_of_answers_lead_on_without_python_and_stay_in_the_address(steep):
    page = steep()
    walk_on(page, "茶凉了不管", "过了时候")
    expect(page.locator(f"#{END}")).to_be_visible()
    assert road(page) == [
        "店家怎么说？ 茶凉了不管、过了时候",
        "茶多少钱？ 99.90 元",
        "哪天买的？ 2024年6月",
        "哪天喝的？ 2026年10月",
    ]
    asked = page.evaluate("location.hash").partition("&said=")[2]
    assert asked == "cold.late&paid=99.90&brewed=2024-06&drunk=2026-10"
    assert replies(page) == ["“凉了不管”"]
    expect(page.locator(".here [data-deadline=again]")).to_be_visible()
    page.reload()
    assert replies(page) == ["“凉了不管”"]


def test_what_was_ticked_is_ticked_again_when_the_reader_goes_back(steep):
    page = steep()
    walk_on(page, "泡过了不能退")
    assert replies(page) == ["“泡过了”"]
    expect(page.locator(".here [data-deadline=again]")).to_be_hidden()
    page.get_by_role("link", name="改：店家怎么说？").click()
    stands(page, "said")
    expect(page.locator("form.ticked input:checked")).to_have_count(1)
    page.locator("form.ticked label", has_text="泡过了不能退").click()
    page.get_by_role("button", name="继续").click()
    expect(page.locator(f"#{END}")).to_be_visible()
    assert replies(page) == ["什么都没说"]


def test_who_is_unsure_sees_for_which_tick_each_item_is(steep):
    page = steep()
    page.locator(".here a.choice", has_text="往下走").click()
    give(page, "100")
    give(page, "2024-06-30")
    page.locator(".here a.choice", has_text="不论哪天").click()
    expect(page.locator(".here .only-ticked:visible").first).to_contain_text("只给")
    assert len(replies(page)) == 4


def test_a_sum_that_cannot_be_read_is_refused_in_one_sentence(steep):
    page = steep()
    page.get_by_role("button", name="继续").click()
    give(page, "一百块")
    expect(page.locator(".here .problem")).to_contain_text("请填一个金额")
    stands(page, "paid")


def test_python_shows_the_same_items(steep):
    page = steep("#a=1&said=late&paid=99.90&brewed=2024-06-30&drunk=2026-11-14", mode="ready")
    expect(page.locator(".here [data-deadline=again] .day")).to_be_visible()
    assert replies(page) == []


def test_without_scripts_a_link_leads_on_and_each_item_says_for_which_tick_it_is(browser, serve, steep_folder):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 700})
    page = context.new_page()
    page.goto(f"{serve(steep_folder).url}trees/steep.html")
    page.locator("#said a.choice").click()
    page.locator("#paid a.choice").first.click()
    page.locator(".state:target a.choice").first.click()
    page.locator(".state:target a.choice").first.click()
    expect(page.locator(".only-ticked:visible").first).to_contain_text("勾了“")
    context.close()
