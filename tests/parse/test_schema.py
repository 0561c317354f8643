"""The schemas and the parser agree on what is right and what is wrong, also where an editor reads `7` as a number."""

import json
import random
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from test_fuzz import mutated_structure, mutated_text

from minglu import pipeline
from minglu.parse import key_docs, parse, syntax
from minglu.parse.reader import record_fields
from minglu.parse.schema import FILES, NUMBERS, kind_schema, schemas
from minglu.write import write

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
ROOT = Path(__file__).parents[2]


def validator(schema: dict) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))


SCHEMAS = {name: validator(one) for name, one in schemas().items()}
REAL = pipeline.read_files(ROOT / "trees")
TOY = pipeline.read_files(ROOT / "tests/toy/trees")
TRIES = 250
SHAPE = {"keys", "values", "empty", "missing"}
"""The parser's rules that a schema can know. The others are about the text of a file."""

CORE = (
    (r"null|Null|NULL|~|", lambda value: None),
    (r"true|True|TRUE|false|False|FALSE", lambda value: value.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda value: int(value, 8)),
    (r"0x[0-9a-fA-F]+", lambda value: int(value, 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
)
"""The core schema of YAML 1.2, as editors read plain scalars. https://yaml.org/spec/1.2.2/#103-core-schema"""


class NoJson(Exception):
    """A list or mapping as a key: the parser refuses it, an editor never shows it to a schema."""


class Spelled(Exception):
    """`null`, `1e3`, `0x1f`, `+5`, `1.0`: text to the parser, nothing or another number to an editor. See DIFFER."""


def schema_of(path: str) -> str | None:
    """The mapping that VS Code has; `*` does not run over a slash."""
    return next(
        (
            name
            for name, (_, files) in FILES.items()
            if re.fullmatch(files.replace(".", r"\.").replace("*", "[^/]+"), path)
        ),
        None,
    )


def as_text(node: yaml.Node | None):
    """The JSON of a document in which every scalar is text, as the parser has it."""
    return plain(node, lambda scalar: scalar.value)


def as_an_editor(node: yaml.Node | None):
    def read(scalar: yaml.ScalarNode):
        for pattern, make in () if scalar.style else CORE:
            if re.fullmatch(pattern, scalar.value):
                if (
                    scalar.value
                    and re.fullmatch(r"null|Null|NULL|~|-0|[-+]?[0-9].*[eExo].*|[+].*|.*\.0*", scalar.value)
                    and not re.fullmatch(r"(0|[1-9][0-9]*)\.00", scalar.value)
                ):  # yuan, which no schema looks at in a walk
                    raise Spelled
                return make(scalar.value)
        return scalar.value

    return plain(node, read)


def plain(node: yaml.Node | None, scalar):
    if isinstance(node, yaml.MappingNode):
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise NoJson
        return {key.value: plain(value, scalar) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item, scalar) for item in node.value]
    return scalar(node) if node else None


def accepts(name: str, data: bytes, view) -> bool:
    return SCHEMAS[name].is_valid(view(yaml.compose(data, Loader=Loader)))


def rules(path: str, data: bytes, files: dict[str, bytes]) -> set[str]:
    return {one.rule for one in parse(files | {path: data})[1] if one.at.file == path}


def bad_shapes() -> dict[str, tuple[str, bytes, bool]]:
    """The bad files that a schema can judge, by name: path, bytes, whether the parser finds anything."""
    kept = {}
    for bad in sorted((ROOT / "tests/bad").rglob("*.yml")):
        data = bad.read_bytes()
        first = data.split(b"\n")[0].decode()
        path = first.removeprefix("# file:").strip() if first.startswith("# file:") else "trees/kettle/tree.yml"
        told = rules(path, data, TOY)
        if schema_of(path) and told <= SHAPE:
            kept[str(bad.relative_to(ROOT / "tests/bad"))] = path, data, bool(told)
    return kept


BAD = bad_shapes()


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name].schema)
    json.dumps(SCHEMAS[name].schema)


@pytest.mark.parametrize("view", [as_text, as_an_editor])
@pytest.mark.parametrize("files", [REAL, TOY], ids=["trees", "toy"])
def test_every_good_file_is_accepted(files: dict[str, bytes], view) -> None:
    for path, data in files.items():
        if path.endswith(".yml"):
            errors = [
                f"{path}: {'/'.join(map(str, error.path))}: {error.message[:200]}"
                for error in SCHEMAS[schema_of(path)].iter_errors(view(yaml.compose(data, Loader=Loader)))
            ]
            assert errors == []


@pytest.mark.parametrize("view", [as_text, as_an_editor])
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_file_is_refused_by_both_or_by_neither(bad: str, view) -> None:
    path, data, is_wrong = BAD[bad]
    try:
        assert accepts(schema_of(path), data, view) == (not is_wrong)
    except NoJson:
        assert is_wrong


@pytest.mark.parametrize("view", [as_text, as_an_editor])
@pytest.mark.parametrize("mutate", [mutated_structure, mutated_text])
def test_a_mutated_file_is_refused_by_both_or_by_neither(mutate, view) -> None:
    compared = 0
    for seed in range(TRIES):
        rng = random.Random(seed)
        path = rng.choice([path for path in TOY if path.endswith(".yml")])
        data = mutate(TOY[path], rng)
        told = rules(path, data, TOY)
        if told <= SHAPE:
            try:
                assert accepts(schema_of(path), data, view) == (not told), f"{seed} {path} {told}\n{data.decode()}"
                compared += 1
            except (NoJson, Spelled):
                pass
    assert compared > TRIES / 5


WORDS = [
    ("title", "7"),
    ("title", "-1"),
    ("title", "true"),
    ("title", "3.14"),
    ("title", ""),
    ("title", "' '"),
    ("start", "7"),
    ("start", "007"),
    ("start", "-1"),
    ("start", "true"),
    ("start", "2.5"),
    ("as_of", "2026"),
    ("as_of", "2026-02-30"),
    ("as_of", "2026-02-28"),
]
DIFFER = {
    ("title", "null"): "an editor cannot tell it from nothing",
    ("title", "~"): "an editor cannot tell it from nothing",
    ("start", "1e3"): None,
    ("start", "1.0"): "to an editor a whole number, to the parser a name with a dot",
    ("start", "+5"): "to an editor a number, to the parser a name with a plus",
}
"""Words that schema and parser may read differently, and how; None where they agree all the same."""


@pytest.mark.parametrize(("key", "word"), [*WORDS, *DIFFER])
def test_a_word_that_an_editor_takes_for_something_else(key: str, word: str) -> None:
    path = "trees/kettle/tree.yml"
    data = re.sub(rf"(?m)^{key}: .*$", f"{key}: {word}", TOY[path].decode()).encode()
    read = next((make(word) for pattern, make in CORE if re.fullmatch(pattern, word)), word.strip("'"))
    accepted = SCHEMAS["tree"].is_valid(as_text(yaml.compose(TOY[path], Loader=Loader)) | {key: read})
    assert (accepted == (not rules(path, data, TOY))) == (not DIFFER.get((key, word)))


VALUES = (
    "",
    " ",
    "\u3000",
    "a",
    "A",
    "a-b",
    "-a",
    "茶",
    "tree/tea",
    "tree/",
    "7",
    "007",
    "-1",
    "٣",
    "²",
    "9" * 9,
    "9" * 10,
    "a\n",
    "7\n",
    "2026-02-28",
    "2026-02-30",
    "2026-02-28\n",
    "7 days",
    "7 days\n",
    "٣ days",
    "a + 90 days",
    "a + ٣ days",
    "24",
    "24之一",
    "24之三",
)
TEXTS = [kind for kind in vars(syntax).values() if isinstance(kind, type) and issubclass(kind, syntax.Text)]


@pytest.mark.parametrize("kind", TEXTS, ids=lambda kind: kind.__name__)
def test_a_text_is_refused_by_both_or_by_neither(kind: type[syntax.Text]) -> None:
    schema = validator(kind_schema(kind, {}))
    assert [value for value in VALUES if schema.is_valid(value) != bool(value.strip() and kind.fits(value))] == []
    numbers = [int(value) for value in VALUES if re.fullmatch("-?[0-9]+", value)]
    assert [number for number in numbers if schema.is_valid(number) != bool(kind.fits(str(number)))] == []


def test_the_keys_of_a_condition_are_names() -> None:
    for key, good in (("what", True), ("not", True), ("What", False), ("什么", False), ("", False)):
        value = {"what": "broken"} if key == "not" else "broken"
        assert (
            SCHEMAS["tree"]
            .evolve(schema={"$ref": "#/$defs/Guard", "$defs": SCHEMAS["tree"].schema["$defs"]})
            .is_valid({key: value})
            == good
        )


# ---- what an editor shows


def test_every_key_and_every_word_is_explained() -> None:
    kinds = {
        kind
        for kind in vars(syntax).values()
        if isinstance(kind, type) and issubclass(kind, syntax.Record) and kind is not syntax.Record
    }
    assert {*key_docs.KIND_DOCS} == {*key_docs.KEY_DOCS} == kinds | {syntax.Guard}
    for kind in kinds:
        apart = {*key_docs.KEY_DOCS[kind]} ^ {*record_fields(kind)}
        assert not apart, f"parse/key_docs.py and parse/syntax.py differ in {sorted(apart)} of {kind.__name__}"
    used = {word for one in schemas().values() for words in found_under("enum", one) for word in words}
    assert used == {*key_docs.WORD_DOCS}


def test_every_key_stands_in_the_page_of_the_format() -> None:
    page = (ROOT / "docs/contribute/format.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"(?s)```.*?```|`[^`\n]+`", page))))
    lacking = {key for keys in key_docs.KEY_DOCS.values() for key in keys} - named
    assert not lacking, f"docs/contribute/format.md does not name {sorted(lacking)}"


def found_under(name: str, node) -> list:
    if isinstance(node, list):
        return [found for item in node for found in found_under(name, item)]
    if isinstance(node, dict):
        return [words for key, words in node.items() if key == name] + [
            found for value in node.values() for found in found_under(name, value)
        ]
    return []


def test_every_text_that_a_schema_knows_is_known_to_numbers() -> None:
    """A text left out of NUMBERS would refuse `7` in an editor though the parser takes it."""
    assert {kind for kind in TEXTS if kind.fits("7") or kind.fits("true")} == {*NUMBERS}


def test_vs_code_maps_every_file_to_the_schema_that_the_parser_reads_it_by() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())
    assert settings["yaml.schemas"] == {f"./.cache/schema/{name}.json": files for name, (_, files) in FILES.items()}
    assert all(schema_of(path) for path in REAL if path.endswith(".yml"))


def test_the_guide_lists_every_key_with_every_word_it_may_be(toy) -> None:
    page = write(toy)["contribute/keys.md"].decode()
    for kind, keys in key_docs.KEY_DOCS.items():
        (part,) = re.findall(rf"(?ms)^## [^\n]*{{#{kind.__name__.lower()}}}$.*?(?=^## |\Z)", page)
        assert re.findall(r"(?m)^\| `(\w+)`", part) == [*keys] or kind is syntax.Guard
    assert all(f"`{word}` {meaning}" in page for word, meaning in key_docs.WORD_DOCS.items())
    assert "| `title` * | 标题：能要求什么。 |" in page and "| `hint` | 下面的小字说明。 |" in page
