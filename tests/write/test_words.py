"""The words that readers see stand in catalogues, by key, so that another language could be laid beside them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minglu.engine.words import ENGINE_WORDS
from minglu.write.words import PAGE_WORDS

ROOT = Path(__file__).parents[2] / "build_tools" / "minglu"
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff3e\uff40-\uffef“”‘’]")
"""Characters and their punctuation; not ＿, of which the blanks in a letter are made."""

GRAMMAR = {"names.py", "citations.py", "numerals.py", "money.py", "signs.py", "respelling.py"}
"""Modules of the engine that read Chinese; what they write stands in the catalogue."""

RECOGNISERS = {
    "strip",
    "rstrip",
    "lstrip",
    "partition",
    "rpartition",
    "split",
    "removeprefix",
    "removesuffix",
    "startswith",
    "endswith",
}
"""Methods whose argument is looked for in a text and written nowhere; so are those of `re`."""

CATALOGUES = {"write": ("page_words", PAGE_WORDS), "engine": ("engine_words", ENGINE_WORDS)}


def sources(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).glob("*.py") if path.name != "words.py")


def words_in(node: ast.AST) -> Iterator[ast.Constant]:
    """Texts that might be written: no docstrings, no patterns, and no diagnostics, which have both languages."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and name_of(node.func) == "Words":
        return
    if isinstance(node, ast.Call) and looks_for_text(node.func):
        yield from words_in(node.func)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from words_in(child)


def looks_for_text(function: ast.expr) -> bool:
    if not isinstance(function, ast.Attribute):
        return False
    return function.attr in RECOGNISERS or (isinstance(function.value, ast.Name) and function.value.id == "re")


def name_of(function: ast.expr) -> str:
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def chinese_in(source: str) -> list[str]:
    return [f"{one.lineno}: {one.value}" for one in words_in(ast.parse(source)) if CHINESE.search(one.value)]


@pytest.mark.parametrize(
    "path",
    [*sources("write"), *(path for path in sources("engine") if path.name not in GRAMMAR)],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_no_code_holds_words_for_readers(path: Path) -> None:
    assert chinese_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""水"""\ndef f():\n    """壶"""', []),
        ('PATTERN = re.compile("水")\ntext.rstrip("？")', []),
        ('Words("水", "water")', []),
        ('element("h2", "水")', ["1: 水"]),
        ('f"{name}：{text}"', ["1: ："]),
        ('"水".strip()', ["1: 水"]),
    ],
)
def test_what_counts_as_words_for_readers(source: str, found: list[str]) -> None:
    assert chinese_in(source) == found


def keys_used(folder: str) -> tuple[set[str], set[str]]:
    """The keys that the code writes out, and the beginnings of those that it makes, such as `law.rank-`."""
    function, catalogue = CATALOGUES[folder]
    whole, begun = set(), set()
    for path in sources(folder):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in catalogue:
                whole.add(node.value)
            if isinstance(node, ast.Call) and name_of(node.func) == function:
                written, made = keys_of(node.args[0])
                whole |= written
                begun |= made
    return whole, begun


def keys_of(key: ast.expr) -> tuple[set[str], set[str]]:
    if isinstance(key, ast.IfExp):
        (one, begun), (other, begun_too) = keys_of(key.body), keys_of(key.orelse)
        return one | other, begun | begun_too
    if isinstance(key, ast.Constant):
        return {key.value}, set()
    if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
        return set(), {key.values[0].value}
    return set(), set()


@pytest.mark.parametrize("folder", CATALOGUES)
def test_every_key_that_is_used_exists(folder: str) -> None:
    whole, begun = keys_used(folder)
    catalogue = CATALOGUES[folder][1]
    assert whole - catalogue.keys() == set()
    assert {start for start in begun if not any(key.startswith(start) for key in catalogue)} == set()


@pytest.mark.parametrize("folder", CATALOGUES)
def test_every_key_that_exists_is_used(folder: str) -> None:
    whole, begun = keys_used(folder)
    catalogue = CATALOGUES[folder][1]
    assert {key for key in catalogue if key not in whole and not key.startswith(tuple(begun))} == set()


@pytest.mark.parametrize("folder", CATALOGUES)
def test_every_word_is_filled_in_by_name(folder: str) -> None:
    """A value that is not named could not be moved to another place in another language."""
    for key, text in CATALOGUES[folder][1].items():
        assert not re.search(r"(?<!\{)\{(?:\}|\d|:)", text), key
