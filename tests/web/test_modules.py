"""The widget's modules: their types, their pure parts under node, and that they can be put into one script."""

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page

from minglu.write.widget import (
    ACT,
    EARLY,
    IMPORT,
    ON_DEMAND,
    RESCUE,
    SCRIPT,
    SEARCH,
    SEARCH_READING,
    SEARCH_WORKER,
    WALKS,
    WEB,
    WORKER,
    bundled,
    in_order,
    inline_source,
    module,
    stripped,
    stripped_style,
)

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node") or "node"
ALONE = {WORKER, EARLY, RESCUE, "old-browsers.js", SEARCH, SEARCH_WORKER}
"""Scripts that are no part of a bundle."""

BUNDLES = {name: in_order(name) for name in (SCRIPT, WALKS, ACT, *ON_DEMAND, SEARCH_READING)}
MODULES = sorted({part for modules in BUNDLES.values() for part in modules})
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) +(\w+|\[[^\]]*\])", re.MULTILINE)


def run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


def test_no_text_goes_on_over_lines() -> None:
    """It would lose its indents."""
    sources = {path.name: path.read_text("utf-8") for path in WEB.glob("*.js")}
    assert [name for name, source in sources.items() for line in source.splitlines() if line.count("`") % 2] == []


def test_the_pure_parts_do_what_they_say() -> None:
    tests = sorted(str(path.relative_to(ROOT)) for path in Path(__file__).parent.glob("*.test.js"))
    assert tests and run(NODE, "--test", *tests) == ""


def test_every_type_fits() -> None:
    """By TypeScript, which reads the comments of the modules (jsconfig.json)."""
    assert run(str(ROOT / "node_modules/.bin/tsc"), "--project", "jsconfig.json") == ""
    read = json.loads((ROOT / "jsconfig.json").read_text("utf-8"))["include"]
    assert {*read} == {f"build_tools/minglu/web/{name}" for name in BUNDLES}


def test_every_module_is_part_of_a_script() -> None:
    assert {path.name for path in WEB.glob("*.js")} == {*MODULES} | ALONE


@pytest.mark.parametrize("modules", BUNDLES.values(), ids=BUNDLES)
def test_a_module_stands_after_those_that_it_imports(modules: list[str]) -> None:
    for place, name in enumerate(modules):
        assert set(IMPORT.findall(module(name))) <= set(modules[:place])


@pytest.mark.parametrize("modules", BUNDLES.values(), ids=BUNDLES)
def test_names_at_the_top_of_the_modules_are_unlike_each_other(modules: list[str]) -> None:
    names = Counter(name for part in modules for name in DECLARED.findall(module(part)))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("name", MODULES)
def test_an_import_renames_nothing_and_nothing_is_exported_by_default(name: str) -> None:
    source = module(name)
    assert len(re.findall(r"^import\b", source, re.MULTILINE)) == len(IMPORT.findall(source))
    assert not re.search(
        r"^import .*\bas\b|^export (?:default|\{|\*)|\bimport\.meta\b|\bimport\(", stripped(source), re.MULTILINE
    )


@pytest.mark.parametrize("name", MODULES)
def test_what_is_left_out_is_comments_only(name: str, tmp_path: Path) -> None:
    """TypeScript prints a program without comments; the same program comes of the module as it ships."""
    kept = tmp_path / "kept.js"
    kept.write_text(stripped(module(name)))
    assert "/**" not in kept.read_text()
    assert run(NODE, "--check", str(kept)) == ""


@pytest.mark.parametrize("name", BUNDLES)
def test_the_script_is_the_same_each_time_and_a_classic_one(name: str, tmp_path: Path) -> None:
    script = tmp_path / "script.cjs"
    script.write_bytes(bundled(name))
    assert run(NODE, "--check", str(script)) == ""
    assert bundled(name) == bundled.__wrapped__(name)


def test_what_few_pages_need_is_no_part_of_what_all_load() -> None:
    assert not {*ON_DEMAND, ACT, "walk.js"} & {*BUNDLES[SCRIPT]}


def test_what_stands_in_every_page_is_short() -> None:
    for name, most in ((RESCUE, 1600), (EARLY, 450)):
        source = inline_source(name)
        assert len(source) < most and "//" not in source and "\n\n" not in source


@pytest.mark.browser
@pytest.mark.parametrize("path", sorted(WEB.glob("*.css")), ids=lambda path: path.name)
def test_a_style_ships_without_comments_and_says_the_same(path: Path, page: Page) -> None:
    """Read by the browser, rule by rule."""
    source = path.read_text("utf-8")
    shipped = stripped_style(source)
    assert "/*" not in shipped and shipped.count("\n") == 1

    def rules(text: str) -> list[str]:
        page.set_content("<style></style>")
        return page.evaluate(
            "text => { const style = document.querySelector('style'); style.textContent = text;"
            " return [...style.sheet.cssRules].map((rule) => rule.cssText); }",
            text,
        )

    assert rules(shipped) == rules(source) != []
