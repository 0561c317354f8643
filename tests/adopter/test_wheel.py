"""A wheel of this repository, in an environment of its own, beside somebody else's site: a library that lends."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from built_site import article_of, dead_links, pages_of
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ROOT = Path(__file__).parents[2]
LIBRARY = Path(__file__).parent / "library"
HOSTS_OWN = ("channels/index.html", "visits/opening-hours/index.html")
"""Pages that take nothing from the trees."""

IN_CHINAS_HOLIDAYS = "2026-10-02T12:00:00Z"
LAST_SATURDAY, DUE = "2026-09-26", "10月3日"
"""Seven days from the one end on the other: a Saturday within China's week of holidays, which would make it the 8th."""


@dataclass(frozen=True)
class Adopter:
    """Somebody's folder with a site, and the Python that they installed the wheel into."""

    wheel: Path
    python: Path
    folder: Path

    def mkdocs(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        settings = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        return subprocess.run(
            [self.python, "-m", "mkdocs", *arguments], cwd=self.folder, capture_output=True, text=True, env=settings
        )

    def build(self, to: str = "site") -> Path:
        done = self.mkdocs("build", "--strict", "--site-dir", to)
        assert done.returncode == 0, done.stdout + done.stderr
        return self.folder / to


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel, and the Python that has it and what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, files.split("\0")):
        if name.startswith("build_tools/") or "/" not in name:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("minglu-*.whl")
    run(sys.executable, "-m", "venv", folder / "venv")
    python = folder / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", wheel)
    return wheel, python


def run(*command: object) -> None:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def adopter(installed: tuple[Path, Path], tmp_path: Path) -> Adopter:
    shutil.copytree(LIBRARY, tmp_path / "library")
    (tmp_path / "library/node_modules").symlink_to(ROOT / "node_modules")
    return Adopter(*installed, tmp_path / "library")


@pytest.fixture(scope="module")
def built(installed: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with trees and the browser's Python."""
    folder = tmp_path_factory.mktemp("library")
    shutil.copytree(LIBRARY, folder, dirs_exist_ok=True)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return Adopter(*installed, folder).build()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_wheel_holds_the_whole_package_and_nothing_else(installed: tuple[Path, Path]) -> None:
    wheel, _ = installed
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"minglu"}
    package = ROOT / "build_tools" / "minglu"
    files = {f"minglu/{path.relative_to(package).as_posix()}" for path in package.rglob("*") if path.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= names
    assert {"minglu/web/walk.js", "minglu/web/worker.js", "minglu/web/minglu.css"} <= names


def test_no_link_of_the_built_site_is_dead(built: Path) -> None:
    assert dead_links(built) == []
    assert {"help/trees/renewal/index.html", "help/law/lending-rules/index.html"} <= set(pages_of(built))


@pytest.mark.parametrize("addresses", ["true", "false"])
@pytest.mark.parametrize("folder", ["help", "''"])
@pytest.mark.parametrize("pages", ["[]", "[examples, maps, law, evidence, mistakes, checks, keys]"])
def test_no_link_is_dead_however_pages_are_addressed_moved_and_left_out(
    adopter: Adopter, addresses: str, folder: str, pages: str
) -> None:
    change(adopter.folder / "mkdocs.yml", "      folder: help\n", f"      folder: {folder}\n      pages: {pages}\n")
    change(adopter.folder / "mkdocs.yml", "help/trees/", "trees/")
    change(adopter.folder / "mkdocs.yml", "site_name:", f"use_directory_urls: {addresses}\nsite_name:")
    assert dead_links(adopter.build()) == []


def test_nothing_of_the_hosts_is_replaced(adopter: Adopter, built: Path) -> None:
    change(adopter.folder / "mkdocs.yml", "  - minglu:", "  - unused:")
    settings = (adopter.folder / "mkdocs.yml").read_text()
    settings = re.sub(r"  - unused:\n(?:      .*\n)+", "", settings).replace("  - Step by step: help/trees/\n", "")
    (adopter.folder / "mkdocs.yml").write_text(settings)
    shutil.rmtree(adopter.folder / "trees")
    without, with_trees = pages_of(adopter.build("without")), pages_of(built)
    for page in HOSTS_OWN:
        assert article_of(without[page]) == article_of(with_trees[page])
    assert "studio broadcasts" in with_trees["channels/index.html"]
    assert not any("assets/minglu/look." in html for html in with_trees.values())


def test_a_page_of_the_hosts_at_the_address_of_a_generated_one_is_an_error_that_names_both(adopter: Adopter) -> None:
    before = sorted(adopter.build().rglob("*"))
    change(adopter.folder / "mkdocs.yml", "      folder: help\n", "")
    done = adopter.mkdocs("build", "--strict")
    assert done.returncode != 0
    for words in ("docs/channels.md:1:1: error[taken]", "trees/channels.yml:1:1", "folder: help", "`channels`"):
        assert words in done.stdout + done.stderr
    assert sorted((adopter.folder / "site").rglob("*")) == before


def test_without_pyodide_the_site_is_built_with_a_note_and_asks_for_no_python(
    adopter: Adopter, page: Page, serve
) -> None:
    (adopter.folder / "node_modules").unlink()
    done = adopter.mkdocs("build", "--strict")
    assert done.returncode == 0 and "without the browser's Python" in done.stdout + done.stderr
    server = serve(adopter.folder / "site")
    page.goto(f"{server.url}help/trees/renewal/")
    page.locator("a[data-answer='whole']:visible").click()
    expect(page.locator(".failure")).to_have_text("这个网站没有放上精确到天的计算；下面的链接照常可用。")
    expect(page.locator("tree-walk button[data-do=load]")).to_be_hidden()
    expect(page.locator("tree-walk progress")).to_be_hidden()
    page.locator("a[data-answer='d7']:visible").click()
    expect(page.locator(".state:visible h2")).to_contain_text("You can renew it")
    assert not [path for path in server.asked if "runtime" in path or "/worker." in path]


def test_a_build_that_requires_python_fails_without_it(adopter: Adopter) -> None:
    (adopter.folder / "node_modules").unlink()
    change(adopter.folder / "mkdocs.yml", "      folder: help\n", "      folder: help\n      require_python: true\n")
    done = adopter.mkdocs("build")
    assert done.returncode != 0 and "npm ci" in done.stdout + done.stderr


def test_a_reader_walks_to_an_outcome_and_gets_the_day_that_no_holiday_of_china_moves(
    built: Path, page: Page, serve
) -> None:
    server = serve(built)
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.clock.set_fixed_time(IN_CHINAS_HOLIDAYS)
    page.goto(server.url)
    page.locator("a.choice", has_text="Keep a loan for longer").click()
    page.locator("a[data-answer='whole']:visible").click()
    field = page.locator(".state:visible .exact input")
    expect(field).to_be_enabled(timeout=120_000)  # Python is ready
    field.fill(LAST_SATURDAY)
    page.locator(".state:visible .exact button").click()
    expect(page.locator(".state:visible h2")).to_contain_text("You can renew it")
    expect(page.locator(".state:visible .day")).to_contain_text(DUE, timeout=120_000)  # when Python is ready
    assert page.locator(".state:visible .safe").count() == 0  # nothing was moved
    assert failed == []
    assert not [path for path in server.asked if not (built / path.partition("?")[0].lstrip("/")).exists()]


def test_a_reader_goes_on_in_the_other_tree(built: Path, page: Page, serve) -> None:
    page.goto(f"{serve(built).url}help/trees/renewal/")
    page.locator("a[data-answer='damaged']:visible").click()
    expect(page).to_have_url(re.compile(r"/help/trees/damage/"))
    page.locator("a[data-answer='before']:visible").click()
    expect(page.locator(".state:visible h2")).to_contain_text("Show it at the desk")


def test_the_command_line_reads_the_calendar_of_the_site(adopter: Adopter) -> None:
    check = [adopter.python, "-m", "minglu", "check"]
    assert subprocess.run(check, cwd=adopter.folder, capture_output=True, text=True).returncode == 0
    chinese = subprocess.run([*check, "--calendar", "china"], cwd=adopter.folder, capture_output=True, text=True)
    assert chinese.returncode == 1 and "2026-10-08" in chinese.stderr
