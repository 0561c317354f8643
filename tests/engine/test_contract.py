"""The compiled tree as JSON: one schema, read back whole, refused with its place where it does not fit, one version."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from bench import generated
from minglu import pipeline
from minglu.compile.contract_schema import contract_schema
from minglu.compile.trees import version_of
from minglu.engine.codec import Malformed, from_json, json_bytes, to_json
from minglu.engine.contract import OUTCOME_LISTS, CompiledOutcome, CompiledTree

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parents[1] / "write" / "golden" / "urn" / "trees"
SITE = sorted(path.parent.name for path in (ROOT / "trees").glob("*/tree.yml"))
SCHEMA = Draft202012Validator(contract_schema())


@pytest.fixture(scope="module")
def trees(toy) -> dict[str, CompiledTree]:
    """The site's trees by their ids, and `toy/…`, `many/…` and `long/…`: trees made up for tests and for measuring."""
    found = {f"toy/{id}": tree for id, tree in toy.trees.items()}
    site = pipeline.read_files(ROOT / "trees")
    for name, files in (("", site), ("many/", generated.project(3)), ("long/", generated.adversarial())):
        compiled, wrong = pipeline.check(files)
        assert wrong == []
        found |= {f"{name}{id}": tree for id, tree in compiled.trees.items()}
    return found


ALL = [*SITE, "toy/kettle", "toy/tea", *(f"many/t{number}" for number in range(3)), "long/long"]


def test_all_trees_are_tried(trees) -> None:
    assert {*trees} == {*ALL}
    assert len(SITE) >= 10


@pytest.mark.parametrize("id", ALL)
def test_every_compiled_tree_is_as_the_schema_says(trees, id: str) -> None:
    assert [error.json_path for error in SCHEMA.iter_errors(json.loads(json_bytes(trees[id])))] == []


@pytest.mark.parametrize("id", ALL)
def test_what_is_written_is_read_back_the_same(trees, id: str) -> None:
    assert from_json(CompiledTree, json.loads(json_bytes(trees[id]))) == trees[id]
    assert from_json(CompiledTree, to_json(trees[id])) == trees[id]


def test_the_schema_is_a_schema_in_which_every_key_is_required_and_no_other_is_taken() -> None:
    Draft202012Validator.check_schema(contract_schema())
    definitions = contract_schema()["$defs"]
    assert {"CompiledTree", "CompiledState", "CompiledOutcome", "CompiledDeadline", "Citation"} <= {*definitions}
    assert all(
        [*one["properties"]] == one["required"] and not one["additionalProperties"] for one in definitions.values()
    )


def test_a_list_of_an_outcome_is_what_is_a_tuple_and_a_text_is_none() -> None:
    """So that a new key of an outcome that is a text is not taken for a list of items."""
    assert {*OUTCOME_LISTS} == {*fields_by_type(tuple)} and {"title", "standing", "says"} <= {*fields_by_type(str)}


def fields_by_type(kind: type) -> list[str]:
    hints = get_type_hints(CompiledOutcome)
    return [name for name, hint in hints.items() if (get_origin(hint) or hint) is kind]


# ---- what does not fit


def remove(*path: str | int) -> Callable[[Any], None]:
    def edit(data: Any) -> None:
        del at(data, path[:-1])[path[-1]]

    return edit


def put(value: object, *path: str | int) -> Callable[[Any], None]:
    def edit(data: Any) -> None:
        at(data, path[:-1])[path[-1]] = value

    return edit


def at(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


TAMPERED = {
    "version": remove("version"),
    "bring": put("订单", "bring"),
    "title": put(None, "title"),
    "questions": put([], "questions"),
    "questions.what": put("what", "questions", "what"),
    "questions.what.kind": put(1, "questions", "what", "kind"),
    "questions.what.shared": put("yes", "questions", "what", "shared"),
    "questions.repairs.until": put(0, "questions", "repairs", "until"),
    "questions.received.answers": put({}, "questions", "received", "answers"),
    "questions.received.answers.0.limit": remove("questions", "received", "answers", 0, "limit"),
    "states.received.unwanted.to.d7": put(7, "states", "received.unwanted", "to", "d7"),
    "states.what.left": put([1, 2, 3], "states", "what", "left"),
    "outcomes.refund.deadlines.0.start": remove("outcomes", "refund", "deadlines", 0, "start"),
    "outcomes.refund.deadlines.0.start.dates.0": put(
        [["received"]], "outcomes", "refund", "deadlines", 0, "start", "dates"
    ),
    "outcomes.refund.amounts.0.times": put(True, "outcomes", "refund", "amounts", 0, "times"),
    "citations.水壶法 第11条.paragraph": put("1", "citations", "水壶法 第11条", "paragraph"),
    "citations.水壶法 第11条.item": remove("citations", "水壶法 第11条", "item"),
}
"""The place that the codec names → what is done to the kettle."""


@pytest.mark.parametrize("place", TAMPERED)
def test_a_tampered_tree_is_refused_by_its_place_and_by_the_schema(toy, place: str) -> None:
    data = to_json(toy.trees["kettle"])
    TAMPERED[place](data)
    with pytest.raises(Malformed) as refused:
        from_json(CompiledTree, data)
    assert str(refused.value) == place
    assert not SCHEMA.is_valid(data)


@pytest.mark.parametrize("data", [None, [], "kettle", 1])
def test_what_is_no_mapping_is_no_tree(data: object) -> None:
    with pytest.raises(Malformed):
        from_json(CompiledTree, data)
    assert not SCHEMA.is_valid(data)


def test_the_schema_takes_no_key_that_is_not_in_the_contract(toy) -> None:
    for path in ((), ("questions", "what"), ("states", "what"), ("outcomes", "refund", "remedies", 0)):
        data = to_json(toy.trees["kettle"])
        at(data, path)["do"] = "退壶"
        assert not SCHEMA.is_valid(data), path


# ---- one version


def test_the_version_is_of_the_compiled_tree(trees) -> None:
    assert {id: tree.version for id, tree in trees.items()} == {id: version_of(tree) for id, tree in trees.items()}


@pytest.fixture(scope="module")
def steep(toy_files) -> CompiledTree:
    """A tree with ticks, sums of money, fixed days, and what is true at the same time."""
    compiled, _ = pipeline.check(toy_files | pipeline.read_files(GOLDEN))
    return compiled.trees["steep"]


@pytest.mark.parametrize("id", ["kettle", "tea", "steep"])
def test_any_change_but_the_day_of_review_is_another_version(toy, steep, id: str) -> None:
    tree = {**toy.trees, "steep": steep}[id]
    assert version_of(replace(tree, reviewed="2031-01-01")) == tree.version
    tried = 0
    for key, value in to_json(tree).items():
        if key not in ("version", "reviewed", "articles", "law"):  # what articles say has a hash of its own
            for other in variants(value):
                try:
                    changed = from_json(CompiledTree, to_json(tree) | {key: other})
                except Malformed:  # a key of the contract renamed, or a word where a number stands
                    continue
                tried += 1
                assert version_of(changed) != tree.version, (key, other)
    assert tried > 100


def test_these_trees_have_something_of_every_kind(toy, steep) -> None:
    """So that each field of the contract is changed above."""
    trees = [*toy.trees.values(), steep]
    met = {kind for tree in trees for kind in kinds_in(tree)}
    assert {kind.__name__ for kind in met} == {*contract_schema()["$defs"]}
    outcomes = [outcome for tree in trees for outcome in tree.outcomes.values()]
    assert [name for name in OUTCOME_LISTS if not any(outcome.lists()[name] for outcome in outcomes)] == []


def variants(data: Any) -> Iterator[Any]:
    """The same JSON with one thing changed, each thing once; some are no longer of their kind."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (data | {key: other} for other in variants(value))
            yield {f"{other}x" if other == key else other: deepcopy(one) for other, one in data.items()}
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from ([*data[:index], other, *data[index + 1 :]] for other in variants(value))
            yield [*data[:index], *data[index + 1 :]]
    elif isinstance(data, bool):
        yield not data
    elif isinstance(data, str):
        yield f"{data}x"
    elif isinstance(data, int):
        yield data + 1
    else:
        yield from ("x", 1)


def kinds_in(value: object) -> Iterator[type]:
    if is_dataclass(value):
        yield type(value)
        yield from (kind for field in fields(value) for kind in kinds_in(getattr(value, field.name)))
    elif isinstance(value, dict):
        yield from (kind for one in value.values() for kind in kinds_in(one))
    elif isinstance(value, tuple):
        yield from (kind for one in value for kind in kinds_in(one))
