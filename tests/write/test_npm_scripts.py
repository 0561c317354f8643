"""The scripts of npm packages, as the site serves them."""

import shutil
from pathlib import Path

import pytest
from pygments.lexers import JavascriptLexer
from pygments.token import Comment

from minglu.write.npm_scripts import NPM_SCRIPTS, npm_scripts, without_comments
from minglu.write.shipping import shipped
from minglu.write.widget import FOLDER

PACKAGES = Path(__file__).parents[2] / "node_modules"


@pytest.mark.parametrize("name", NPM_SCRIPTS)
def test_only_comments_are_left_out(name: str) -> None:
    def tokens(script: str) -> list[str]:
        found = JavascriptLexer(stripnl=False).get_tokens(script)
        return [text for kind, text in found if kind not in Comment and text.strip()]

    script = (PACKAGES / NPM_SCRIPTS[name]).read_text("utf-8")
    assert len(without_comments(script)) < len(script)
    assert tokens(without_comments(script)) == tokens(script)


@pytest.mark.parametrize("name", NPM_SCRIPTS)
def test_a_script_makes_no_code_of_text_and_asks_for_nothing(name: str) -> None:
    """What the policy would stop, or what would tell somebody."""
    script = npm_scripts(PACKAGES)[0][FOLDER + name].decode()
    for word in (
        "eval(",
        "new Function",
        "Function(",
        "createObjectURL",
        "Worker(",
        "XMLHttpRequest",
        "fetch(",
        "import(",
    ):
        assert f" {word}" not in script and f"({word}" not in script, word


def test_each_goes_out_under_a_name_that_carries_its_content() -> None:
    files, notes = npm_scripts(PACKAGES)
    names = shipped(files)[1]
    assert notes == [] and names.keys() == NPM_SCRIPTS.keys()
    assert all(shipped_name != name for name, shipped_name in names.items())


def test_what_is_not_installed_is_noted_and_left_out(tmp_path: Path) -> None:
    there = tmp_path / NPM_SCRIPTS["qrcode.js"]
    there.parent.mkdir(parents=True)
    shutil.copy(PACKAGES / NPM_SCRIPTS["qrcode.js"], there)
    files, (note,) = npm_scripts(tmp_path)
    assert files.keys() == {FOLDER + "qrcode.js"}
    assert NPM_SCRIPTS["docx.js"] in note and "qrcode.js" not in note and "npm install docx" in note
