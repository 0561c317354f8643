"""`compile --write-to`: all that a site is made of, for a generator that does not have the plugin."""

from pathlib import Path

import pytest
import yaml
from built_site import article_of, dead_links, pages_of
from click.testing import CliRunner, Result
from playwright.sync_api import Browser
from try_other_generators import GENERATORS, LIBRARY, plain_folder, try_generator

from minglu.cli import main

DOCS = LIBRARY / "docs"


def compiled(to: Path, *arguments: str, docs: Path = DOCS) -> Result:
    fixed = ["--trees", str(LIBRARY / "trees"), "--docs", str(docs), "--pyodide", str(to / "none"), "--lang", "en"]
    return CliRunner().invoke(main, ["compile", *fixed, "--write-to", str(to), *arguments])


def test_hand_written_pages_come_along_with_their_fragments_filled(tmp_path: Path) -> None:
    assert compiled(tmp_path, "--without", "channels").exit_code == 0
    home, visits = (tmp_path / "index.md").read_text(), (tmp_path / "visits/index.md").read_text()
    assert 'href="trees/renewal.html"' in home and 'href="../trees/renewal.html"' in visits
    assert "minglu:" not in home + visits
    assert (tmp_path / "channels.md").read_bytes() == (DOCS / "channels.md").read_bytes()
    assert not (tmp_path / "fragments").exists()


def test_a_citation_in_running_text_becomes_a_link_and_one_in_a_heading_or_in_code_does_not(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "deep").mkdir(parents=True)
    text = "# LendingRules第2条\n\nSee LendingRules第2条, `LendingRules第3条` and LendingRules第9条.\n"
    (docs / "deep/page.md").write_text(text)
    assert compiled(tmp_path / "out", docs=docs).exit_code == 0
    assert (tmp_path / "out/deep/page.md").read_text() == text.replace(
        "See LendingRules第2条", "See [LendingRules第2条](../law/lending-rules.md#a2)"
    )


def test_a_hand_written_page_is_not_replaced(tmp_path: Path) -> None:
    result = compiled(tmp_path)
    assert result.exit_code == 1 and list(tmp_path.iterdir()) == []
    assert "docs/channels.md:1:1: error[taken]" in result.stderr and "trees/channels.yml:1:1" in result.stderr


def test_the_settings_name_files_that_are_there(tmp_path: Path) -> None:
    result = compiled(tmp_path, "--without", "channels")
    settings = yaml.safe_load(result.stdout)
    scripts = [one["path"] for one in settings["extra_javascript"]]
    named = [*settings["extra_css"], *scripts, *settings["extra"]["polyfills"]]
    assert len(named) == len({*named}) == 8 and all((tmp_path / path).is_file() for path in named)
    (pages,) = (tmp_path / "assets/minglu").glob("pages.*.js")
    assert '"python": false' in pages.read_text()


def test_python_can_be_required(tmp_path: Path) -> None:
    result = compiled(tmp_path, "--without", "channels", "--require-python")
    assert result.exit_code == 1 and "npm ci" in result.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.browser
def test_properdocs_builds_it_and_a_reader_walks(tmp_path: Path, browser: Browser) -> None:
    folder = plain_folder(LIBRARY / "trees", DOCS, tmp_path / "plain", without=("channels",))
    tried = try_generator(GENERATORS["properdocs"], folder, tmp_path / "venv", "renewal", browser)
    assert tried.problems == []
    pages = pages_of(folder / "site")
    assert "studio broadcasts" in article_of(pages["channels.html"]) and dead_links(folder / "site") == []
