"""A deploy in the middle of a walk: another build comes to stand where the old one was, and the old files are gone."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from kettle_site import (  # noqa: F401 fixtures: pytest finds them by name
    CALENDAR,
    KETTLE,
    Reader,
    answer,
    kettle_files,
    link,
    phone,
    reader,
    road,
    stands,
)
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, expect
from test_walk_material import MKDOCS

from minglu import pipeline
from minglu.write import write
from minglu.write.shipping import shipped
from minglu.write.widget import FOLDER, SCRIPT, WALKS, bundled, widget

RENEWED = "网站刚更新过，这一页已换成新的一版；你的回答都在。"
MIXED = "这一页和网站上的文件不是同一版，请过几分钟再打开；下面的链接照常可用。"
BEGIN = 1_790_000_000
WALK = {"what": "broken", "soaked": "no"}


def later_files(script: str = "") -> dict[str, bytes]:
    """With one word of the tree and the calendar changed; and this script, alone of all."""
    with pytest.MonkeyPatch.context() as patch:
        for place in ("minglu.write.bundled", "minglu.write.widget.bundled"):
            patch.setattr(place, lambda name: bundled(name) + (b"void 0;\n" if name == script else b""))
        return changed_files()


def changed_files() -> dict[str, bytes]:
    sources = pipeline.read_files(KETTLE / "trees")
    path = "trees/kettle/tree.yml"
    edited = sources[path].replace("水壶泡过水吗？".encode(), "水壶进过水吗？".encode())
    assert edited != sources[path]
    done, _ = pipeline.check(sources | {path: edited})
    assert done
    return write(replace(done, calendar=CALENDAR | {"holidays": ["2026-12-25"]})) | widget()


def material(folder: Path, files: dict[str, bytes]) -> Path:
    """The site in Material, with in-site navigation."""
    placed, names = shipped(files)
    for path, data in placed.items():
        if path.startswith(FOLDER):
            (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "docs" / path).write_bytes(data)
    body = files["trees/kettle.md"].decode().split("---\n", 2)[2]
    for path, text in {
        "index.md": "# 明路\n\n[水壶](trees/kettle.md)\n",
        "trees/kettle.md": f"---\ntitle: 水壶退货\n---\n{body}",
        "trees/other.md": "# 没收到货\n\n[水壶](kettle.md)\n",
    }.items():
        (folder / "docs" / path).parent.mkdir(exist_ok=True)
        (folder / "docs" / path).write_text(text, "utf-8")
    styles = ", ".join(FOLDER + names[name] for name in ("walk.css", "cases.css"))
    (folder / "mkdocs.yml").write_text(MKDOCS.format(scripts=FOLDER + names[SCRIPT], styles=styles), "utf-8")
    build(load_config(str(folder / "mkdocs.yml")))
    return folder / "site"


@pytest.fixture(scope="module")
def builds(tmp_path_factory) -> dict[str, Path]:
    later = {"content": later_files(), "script": later_files(WALKS), "other script": later_files(SCRIPT)}
    return {
        name: material(tmp_path_factory.mktemp(name), files)
        for name, files in ({"old": kettle_files()} | later).items()
    }


@dataclass
class Host:
    """What a host has now."""

    url: str
    root: Path
    builds: dict[str, Path]
    deploys: int = 0

    def deploy(self, build: str) -> None:
        for path in self.root.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.builds[build], self.root, dirs_exist_ok=True)
        sitemap = self.root / "sitemap.xml"
        # Material swaps pages only where the sitemap's addresses are the site's own but for the host's name.
        sitemap.write_text(re.sub("http://127.0.0.1:[0-9]+/", self.url, sitemap.read_text("utf-8")), "utf-8")
        self.deploys += 1  # a server tells by seconds whether a file is a newer one
        for path in self.root.rglob("*"):
            os.utime(path, (BEGIN + self.deploys, BEGIN + self.deploys))

    def remove(self, *patterns: str) -> None:
        for pattern in patterns:
            for path in (self.root / FOLDER).glob(pattern):
                path.unlink()


@pytest.fixture
def host(builds, serve, tmp_path) -> Host:
    root = tmp_path / "host"
    root.mkdir()
    host = Host(serve(root, headers={"Cache-Control": "no-cache"}).url, root, builds)
    host.deploy("old")
    return host


@pytest.fixture
def visit(reader, host) -> Callable[..., Page]:
    """A visit, with the addresses that it loaded anew in `page.loads`."""

    def begin(fragment: str = "", **fake) -> Page:
        page = reader.open(f"{host.url}trees/kettle.html{fragment}", mode="ready", **fake)
        page.wait_for_load_state("networkidle")
        page.loads = []
        page.on("domcontentloaded", lambda _: page.loads.append(page.url))
        return page

    return begin


def leave(page: Page, name: str) -> None:
    page.evaluate(
        "name => [...document.querySelectorAll('.md-nav a')].find((a) => a.href.endsWith(name)).click()", name
    )


@pytest.mark.parametrize("build", ["content", "script"])
def test_a_step_that_misses_old_data_loads_the_new_page_once_with_all_steps(visit, host: Host, build: str) -> None:
    """Two steps before it, without Python; then Python is asked for, and by now the old tree and calendar are gone."""
    page = visit(saveData=True)
    answer(page, "broken", "no")
    stands(page, "received.broken")
    host.deploy(build)
    page.locator("[data-do=load]").click()
    expect(page.locator(".notice")).to_contain_text(RENEWED)
    stands(page, "received.broken")
    assert road(page) == ["水壶出了什么问题？ 坏了", "水壶进过水吗？ 没有"]
    assert all(f"{question}={one}" in page.url for question, one in WALK.items())
    page.wait_for_timeout(500)
    assert len(page.loads) == 1
    answer(page, "y1")
    stands(page, "repairs")


def test_the_first_step_after_it_loads_the_new_page_once(visit, host: Host) -> None:
    page = visit()
    host.deploy("script")
    answer(page, "broken")
    expect(page.locator(".notice")).to_contain_text(RENEWED)
    stands(page, "soaked")
    assert len(page.loads) == 1 and len(road(page)) == 1


@pytest.mark.parametrize(("build", "loads"), [("content", 0), ("script", 1), ("other script", 0)])
def test_in_site_navigation_to_a_newer_page_keeps_place_and_answers(visit, host: Host, build: str, loads: int) -> None:
    """Another script of the walks has to be loaded; other content has not: pages name their data."""
    page = visit()
    answer(page, "broken", "no")
    stands(page, "received.broken")
    leave(page, "other.html")
    expect(page.locator("tree-walk")).to_have_count(0)
    host.deploy(build)
    leave(page, "kettle.html")
    expect(page.locator(".road li")).to_have_count(2)
    if loads:
        expect(page.locator(".notice")).to_contain_text(RENEWED)
    expect(page.locator(".road")).to_contain_text("水壶进过水吗？ 没有")
    page.wait_for_timeout(500)
    assert len(page.loads) == loads
    stands(page, "received.broken")
    answer(page, "y1", "r1")
    stands(page, "repair")


@pytest.mark.parametrize("scrolls", [False, True])
def test_a_host_that_stays_mixed_is_told_and_the_page_is_not_loaded_for_ever(
    visit,
    host: Host,
    reader: Reader,
    scrolls: bool,
) -> None:
    """Where the reader is sent gives the old page, a look at what changed gives the new one; no data are there.

    The theme writes the place in the page into the history while one scrolls, also while the new page is on its way.
    """
    page = visit(link(WALK), saveData=True)
    new = (host.builds["script"] / "trees/kettle.html").read_text("utf-8")

    def mixed(route) -> None:
        if route.request.resource_type != "document":
            return route.fulfill(body=new, content_type="text/html")
        if scrolls:
            page.wait_for_timeout(400)
        return route.continue_()

    reader.context.route("**/kettle.html", mixed)
    host.remove("trees/*.json", "calendar.*.json")
    if scrolls:
        page.add_style_tag(content="body { min-height: 5000px }")
        page.evaluate("scrollTo(0, 900)")
    page.locator("[data-do=load]").click()
    page.wait_for_timeout(1_500)
    for _ in range(3):
        page.locator("[data-do=load]").click()  # loads, or tries again
        page.wait_for_timeout(700)
    assert len(page.loads) == 1
    expect(page.locator(".notice")).to_have_text(MIXED)
    expect(page.locator(".failure")).to_contain_text("下载中断")
    stands(page, "received.broken")
    assert len(road(page)) == 2
    answer(page, "y1")
    stands(page, "repairs")
    answer(page, "r1")
    stands(page, "repair")
    assert len(page.loads) == 1


def test_in_site_navigation_on_a_host_that_stays_mixed_reloads_once(visit, host: Host, reader: Reader) -> None:
    """New pages, but the host gives the old script by the name of the new one, and to a load the old page."""
    page = visit()
    answer(page, "broken", "no")
    leave(page, "other.html")
    expect(page.locator("tree-walk")).to_have_count(0)
    new = (host.builds["script"] / "trees/kettle.html").read_text("utf-8")
    old_name, new_name = (next((host.builds[one] / FOLDER).glob("walks.*.js")).name for one in ("old", "script"))
    reader.context.route(  # a page whose route names another script than the one that it loads
        "**/kettle.html",
        lambda route: route.fulfill(body=new.replace(f"/{new_name}", f"/{old_name}"), content_type="text/html"),
    )
    leave(page, "kettle.html")
    expect(page.locator(".notice")).to_have_text(MIXED)
    page.wait_for_timeout(800)
    assert len(page.loads) == 1
    assert len(road(page)) == 2
    answer(page, "y1", "r1")
    stands(page, "repair")
