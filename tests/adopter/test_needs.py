"""What the pages need of mkdocs.yml: added, or reported in one line with what to write."""

import logging
import shutil
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

LIBRARY = Path(__file__).parent / "library"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARY, tmp_path / "library"))


def configured(folder: Path, old: str = "", new: str = "") -> MkDocsConfig:
    settings = folder / "mkdocs.yml"
    assert old in settings.read_text()
    settings.write_text(settings.read_text().replace(old, new))
    config = load_config(str(settings))
    config.plugins.on_startup(command="build", dirty=False)
    return config.plugins.on_config(config)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    ours = (one for one in caplog.records if one.name.endswith("minglu") and one.levelno == logging.WARNING)
    return [one.getMessage() for one in ours]


def test_a_missing_extension_is_added_and_said(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert "attr_list" in configured(folder).markdown_extensions
    assert "attr_list is added" in caplog.text and warnings(caplog) == []


def test_another_theme_is_one_line_with_what_to_write(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = configured(folder, "theme:\n  name: material\n  font: false\n", "theme: mkdocs\n")
    (line,) = warnings(caplog)
    assert "`theme: { name: material }`" in line and "\n" not in line
    scripts = list(map(str, config.extra_javascript))
    (script,) = (one for one in scripts if one.startswith("assets/minglu/minglu."))
    assert scripts.index("assets/minglu/pages.js") < scripts.index(script)


def test_the_look_without_a_palette_is_one_line_with_what_to_write(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = configured(folder, "      folder: help\n", "      folder: help\n      look: true\n")
    (line,) = warnings(caplog)
    assert "`palette: { primary: custom, accent: custom }`" in line and "\n" not in line
    assert any(path.startswith("assets/minglu/look.") for path in config.extra_css)
