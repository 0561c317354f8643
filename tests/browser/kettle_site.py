"""A site of one tree about kettles, and one reader on a phone who walks it. Fixtures for the tests of `<tree-walk>`.

The tree is authored in kettle/trees and goes through the real pipeline; the page around it is kettle/page.html.
"""

import functools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from minglu import pipeline
from minglu.diagnostics.terminal import render
from minglu.engine.bridge import Session
from minglu.write import write
from minglu.write.shipping import shipped
from minglu.write.widget import FOLDER, SCRIPT, STYLES, widget

KETTLE = Path(__file__).parent / "kettle"
CALENDAR = {"first": 2025, "last": 2026, "holidays": [], "workdays": []}
"""Not the published one, which gets longer every year: no holidays, and days of which no schedule is known."""

NOW = "2026-11-16T10:00:00+08:00"


@functools.cache
def kettle_files() -> dict[str, bytes]:
    """What the pipeline writes, and the widget, by path: as they go out, but with another calendar."""
    sources = pipeline.read_files(KETTLE / "trees")
    compiled, found = pipeline.check(sources)
    assert compiled, "\n".join(render(one, sources, "en") for one in found)
    return write(replace(compiled, calendar=CALENDAR)) | widget()


def kettle_names() -> dict[str, str]:
    """The names that files go out by, by their plain ones."""
    return shipped(kettle_files())[1]


def kettle_body() -> str:
    """The tree's page without its front matter."""
    return kettle_files()["trees/kettle.md"].decode().split("---\n", 2)[2]


def kettle_data() -> dict:
    return json.loads(kettle_files()[f"{FOLDER}trees/kettle.json"])


VERSION = kettle_data()["version"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """The site as any generator would lay it out."""
    folder = tmp_path_factory.mktemp("site")
    put(folder)
    (folder / "trees").mkdir()
    page = (KETTLE / "page.html").read_text("utf-8").replace("BLOCK", kettle_body())
    for plain in (SCRIPT, *STYLES):
        page = page.replace(FOLDER + plain, FOLDER + kettle_names()[plain])
    (folder / "trees" / "kettle.html").write_text(page, "utf-8")
    (folder / "trees" / "other.html").write_text("<!doctype html><meta charset=utf-8><title>没收到货</title>", "utf-8")
    (folder / "index.html").write_text("<!doctype html><meta charset=utf-8><title>明路</title>", "utf-8")
    return folder


def put(root: Path) -> None:
    """The widget and the tree's data."""
    for path, data in shipped(kettle_files())[0].items():
        if path.startswith(FOLDER):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)


class Reader:
    """One phone. Whatever goes wrong in the page is kept in `errors`."""

    def __init__(self, browser: Browser, **options):
        self.context = browser.new_context(
            viewport={"width": 375, "height": 700}, **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        )
        self.errors: list[str] = []

    def open(self, address: str, now: str = NOW, **fake) -> Page:
        """`fake` is what the stand-in for Python does, see kettle/python.js."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text)
                if message.type == "error" and "status of 404" not in message.text  # "404" alone may be a port
                else None
            ),
        )
        page.expose_function("engineAnswer", Session().answer)
        page.clock.install(time=now)
        page.add_init_script(f"window.FAKE = {json.dumps(fake)};" + (KETTLE / "python.js").read_text("utf-8"))
        page.goto(address)
        return page


@pytest.fixture
def phone(browser):
    """Makes readers; none of them may have met an error in the end."""
    readers = []

    def make(**options) -> Reader:
        readers.append(Reader(browser, **options))
        return readers[-1]

    yield make
    for reader in readers:
        reader.context.close()
        assert reader.errors == [], reader.errors


@pytest.fixture
def reader(phone) -> Reader:
    return phone()


@pytest.fixture
def site(folder, serve) -> str:
    return serve(folder).url


@pytest.fixture
def kettle(reader, site):
    """Opens the kettle's page; `mode` is what Python does."""

    def open(fragment: str = "", mode: str = "slow", **more) -> Page:
        return reader.open(f"{site}trees/kettle.html{fragment}", mode=mode, **more)

    return open


def link(answers: dict[str, str], version: str = VERSION) -> str:
    return "#" + "&".join([f"a=1&v={version}", *(f"{question}={answer}" for question, answer in answers.items())])


def here(page: Page) -> str:
    """The one section that is shown; `ends` is the one that the script makes."""
    shown = page.locator("tree-walk .state:visible")
    expect(shown).to_have_count(1)
    return shown.get_attribute("id") or "ends"


def stands(page: Page, state: str) -> None:
    expect(page.locator(f"[id='{state}']")).to_be_visible()
    assert here(page) == state


def answer(page: Page, *answers: str) -> None:
    for one in answers:
        page.locator(f".state:visible a[data-answer='{one}']").click()


def fragment(page: Page) -> str:
    return page.evaluate("location.hash")


def road(page: Page) -> list[str]:
    return page.locator(".road li span").all_inner_texts()


def notice(page: Page) -> str:
    return page.locator(".notice").inner_text()


def unfold(page: Page) -> None:
    """Opens the folds between the rows of an outcome."""
    page.evaluate("for (const one of document.querySelectorAll('.here details.further')) one.open = true")
