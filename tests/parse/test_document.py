"""A document is the text as it was written, every node with its place; both of yaml's loaders say the same."""

from pathlib import Path

import pytest
import yaml

from minglu.parse import document, typos
from minglu.parse.document import Mapping, Sequence, read_document
from minglu.parse.syntax import Text

BAD = Path(__file__).parent.parent / "bad"
UNREADABLE = sorted(
    path
    for rule in ("yaml", "aliases", "tags", "depth", "duplicate-keys", "keys")
    for path in (BAD / rule).glob("*.yml")
)


def without_places(node):
    match node:
        case Text():
            return str(node)
        case Sequence():
            return [without_places(item) for item in node.items]
        case Mapping():
            return {str(key): without_places(value) for key, value in node.items}


def with_places(node):
    match node:
        case Text():
            return str(node), node.at
        case Sequence():
            return [with_places(item) for item in node.items], node.at
        case Mapping():
            return [(with_places(key), with_places(value)) for key, value in node.items], node.at


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "on",
        "012",
        "1_000",
        "0x1f",
        "1.50",
        "2026-11-21",
        "~",
        "null",
        "12:30",
        "=",
        "<<",
        ".inf",
        "'5'",
        '"5"',
    ],
)
def test_every_scalar_stays_the_text_it_was_written_as(text: str) -> None:
    node, found = read_document(f"a: {text}".encode(), "x.yml")
    assert found == [] and without_places(node) == {"a": text.strip("'\"")}


def test_places_are_counted_in_characters_from_one() -> None:
    node, _ = read_document("题: 茶\n表: [甲, 乙丙]\n".encode(), "x.yml")
    (_, first), (_, rows) = node.items
    assert (first.at.line, first.at.column, first.at.length) == (1, 4, 1)
    assert [(item.at.line, item.at.column, item.at.length) for item in rows.items] == [(2, 5, 1), (2, 8, 2)]


def test_windows_line_ends_are_read() -> None:
    node, found = read_document(b"a: b\r\nc: |\r\n  d\r\n  e\r\n", "x.yml")
    assert found == [] and without_places(node) == {"a": "b", "c": "d\ne\n"}


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "Loader", yaml.SafeLoader)


def test_the_loader_in_pure_python_reads_the_same(toy_files, pure, monkeypatch) -> None:
    for path, data in toy_files.items():
        if path.endswith(".yml"):
            slow, none = read_document(data, path)
            with monkeypatch.context() as other:
                other.setattr(document, "Loader", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
                quick, _ = read_document(data, path)
            assert none == [] and with_places(quick) == with_places(slow)


@pytest.mark.parametrize("path", UNREADABLE, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_loader_in_pure_python_finds_the_same(path: Path, pure, monkeypatch) -> None:
    slow = read_document(path.read_bytes(), "x.yml")[1]
    with monkeypatch.context() as other:
        other.setattr(document, "Loader", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        quick = read_document(path.read_bytes(), "x.yml")[1]
    assert [(one.rule, one.at.line, one.says) for one in slow] == [(one.rule, one.at.line, one.says) for one in quick]


@pytest.mark.parametrize(
    "line",
    [
        "    says: 七日内可以退，坏了也行：换、修都可以。",
        "  说明：这是接着上一行写的内容",
        '    title: "“烧过水就不能退”"',
        "    how: https://example.invalid/a:b",
        "    when: { what: [unwanted, broken], not: { fact: early } }",
        "    options: { unwanted: 没坏，不想要了, broken: { label: 坏了、漏水 } }",
        "    cite: [水壶法第11条, '水壶法第12条']  # 说明",
        "- { walk: 坏了, today: 2026-11-16 }",
        "",
    ],
)
def test_ordinary_text_is_no_slip(line: str) -> None:
    assert typos.find_typo(line) is None


@pytest.mark.parametrize(
    "value", ["七日内可以退，坏了也行", "换、修都可以", "说明：七日", "2026-11-31", "https://example.invalid"]
)
def test_an_ordinary_value_gets_no_advice_on_typing(value: str) -> None:
    assert typos.typo_in_value(value) is None


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("shop，court", "commas"),
        ("shop、court", "commas"),
        ("label：坏了", "ordinary colon"),
        ("goto:refund", "space after the colon"),
        ("２", "`2`"),
        ("７ days", "`7 days`"),
        ("2026年9月3日", "`2026-09-03`"),
        ("2026/9/3", "`2026-09-03`"),
        ("２０２６－０９－０３", "`2026-09-03`"),
        ("shop\u200b", "invisible"),
        ("shop\u3000", "full-width space"),
        ("\xa0shop", "not an ordinary one"),
        ("“shop”", "without quotes"),
        ("shop, court", "as a list"),
        ("【shop】", "ordinary"),
        ("shop#店家", "an ordinary `#`"),
    ],
)
def test_a_slip_in_a_value_gets_its_own_advice(value: str, advice: str) -> None:
    assert advice in typos.typo_in_value(value).en
