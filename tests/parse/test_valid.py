"""What reads valid files and what explains mistakes agree: the same values at the same places, or none."""

import random
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml
from test_fuzz import SEED, TRIES, mutated_bytes, mutated_structure, mutated_text, random_bytes

from minglu import pipeline
from minglu.parse import WHOLE_FILES, document, syntax
from minglu.parse.document import read_document
from minglu.parse.reader import read_node
from minglu.parse.syntax import Text
from minglu.parse.valid import read_valid

ROOT = Path(__file__).parents[2]
REAL = pipeline.read_files(ROOT / "trees")
BAD = sorted((ROOT / "tests" / "bad").rglob("*.yml"))


def kind_of(path: str):
    name = path.rpartition("/")[2]
    own = {"tree.yml": syntax.TreeFile, "walks.yml": syntax.Walks} | WHOLE_FILES
    return own.get(name, syntax.Paper if "/papers/" in path else syntax.StatuteFile)


def with_places(value):
    """The value with all its places: texts are equal to others at other places."""
    if isinstance(value, Text):
        return str(value), value.at
    if isinstance(value, dict):
        return [(with_places(key), with_places(one)) for key, one in value.items()]
    if isinstance(value, tuple):
        return tuple(map(with_places, value))
    if is_dataclass(value):
        return type(value), [with_places(getattr(value, field.name)) for field in fields(value)]
    return value


def assert_agree(data: bytes, path: str, *, kind=None) -> bool:
    """True where the file is without a mistake."""
    kind = kind or kind_of(path)
    quick = read_valid(data, kind, path)
    node, found = read_document(data, path)
    value, more = read_node(node, kind) if node is not None else (None, [])
    if node is None or found or more:
        assert quick is None
        return False
    assert quick is not None and with_places(quick) == with_places(value)
    return True


def test_every_file_of_the_project_is_read_alike(toy_files) -> None:
    for files in (REAL, toy_files):
        assert all(assert_agree(data, path) for path, data in files.items() if path.endswith(".yml"))


def test_the_loader_in_pure_python_reads_alike(toy_files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "Loader", yaml.SafeLoader)
    assert all(assert_agree(data, path) for path, data in toy_files.items() if path.endswith(".yml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_bad_file_is_taken_for_a_good_one(path: Path) -> None:
    data = path.read_bytes()
    assert_agree(data, "trees/kettle/tree.yml")
    assert_agree(data, "trees/kettle/walks.yml")


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("", False),
        ("# nothing", False),
        ("---\n", False),
        ("{}", False),
        ("a", False),
        ("{ what: broken }", True),
        ("---\n{ what: broken }\n...\n", True),
        ("--- { what: broken }\n--- { what: broken }", False),
        ("{ what: broken, what: broken }", False),
        ("{ not: { what: a }, not: { what: b } }", False),
        ("{ what: &a broken }", False),
        ("{ &a what: broken }", False),
        ("&a { what: broken }", False),
        ("{ what: &a [broken] }", False),
        ("{ what: ! broken }", False),
        ("{ what: !!str broken }", False),
        ("{ what: *a }", False),
        ("{ *a : broken }", False),
        ("{ [what]: broken }", False),
        ("{ { what: a }: broken }", False),
        ("{ what: [] }", False),
        ("{ what: [a, [b]] }", False),
        ("{ what: }", False),
        ("{ what: ' ' }", False),
        ("{ what: broken }\n]", False),
        ("{ what: bro\u200bken }", False),
        ("{ what: broken\x85}", False),
        ("{ not: " * 7 + "{ what: broken }" + " }" * 7, True),
        ("{ not: " * 29 + "{ what: [broken] }" + " }" * 29, False),
        ("{ not: " * 40 + "{ what: broken }" + " }" * 40, False),
    ],
)
def test_a_guard_is_read_alike(text: str, good: bool) -> None:
    assert assert_agree(text.encode(), "x.yml", kind=syntax.Guard) == good


@pytest.mark.parametrize("mutate", [mutated_text, mutated_bytes, mutated_structure, random_bytes])
def test_mutated_files_are_read_alike(mutate, toy_files) -> None:
    paths = [path for path in toy_files if path.endswith(".yml")]
    for number in range(TRIES):
        rng = random.Random(f"valid {mutate.__name__} {SEED} {number}")
        path = rng.choice(paths)
        data = mutate(toy_files[path], rng)
        try:
            assert_agree(data, path)
        except BaseException as error:
            raise AssertionError(f"{SEED} {number}: {path}\n{data.decode('utf-8', 'replace')}") from error
