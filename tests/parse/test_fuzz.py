"""Whatever a file holds, the author gets diagnostics: no traceback, no silence about what was left out, no hang.

`FUZZ=100000 pytest tests/parse/test_fuzz.py` tries more files, other ones each time; it prints the seed, with which
`FUZZ_SEED` tries the same again.
"""

import os
import random
import signal
from copy import deepcopy

import pytest
import yaml

from minglu import pipeline
from minglu.diagnostics.terminal import render
from minglu.memo import Memo

TRIES = int(os.environ.get("FUZZ", "240"))
SEED = int(os.environ.get("FUZZ_SEED") or (random.SystemRandom().randrange(2**32) if "FUZZ" in os.environ else 0))
SECONDS = 20  # far beyond what any file takes: only a hang meets it
PIECES = (
    "：",
    "，",
    "、",
    "　",
    "\t",
    "\n",
    "\r",
    "\r\n",
    " ",
    "  ",
    ": ",
    ":",
    "- ",
    "-",
    "? ",
    "{",
    "}",
    "[",
    "]",
    "{}",
    "[]",
    ",",
    "#",
    "'",
    '"',
    "|",
    ">",
    "*a",
    "&a ",
    "!",
    "!!str ",
    "%",
    "@",
    "`",
    "\\",
    "---\n",
    "...\n",
    "<<: ",
    "\x00",
    "\x07",
    "\x85",
    "\u2028",
    "\ufeff",
    "\u200b",
    "\ud7ff",
    "😀",
    "０",
    "²",
    "null",
    "~",
    "yes",
    "0",
    "-1",
    "1e9",
    "9" * 30,
    "2026-11-31",
    "unsure",
    "not: ",
    "fact: ",
    "when: { what: broken }",
    "goto: what",
    "tree/kettle",
    "tree/tea",
    "d7..over",
    "水壶法第11条",
    "旧水壶法第3条",
    "第99条",
)


class Hang(BaseException):
    pass


@pytest.fixture(autouse=True)
def no_waiting():
    def late(*_):
        raise Hang

    before = signal.signal(signal.SIGALRM, late)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def checked(files: dict[str, bytes], memo: Memo | None = None) -> list:
    """The findings; each has a place in a file that was given, and one line in either language."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    done, found = pipeline.check(files, memo)
    signal.setitimer(signal.ITIMER_REAL, 0)
    assert (done is None) == bool(found)
    for one in found:
        assert one.at.file in files or one.at.file == "trees/calendar.yml"
        for words in filter(None, (one.says, one.help, *(words for _, words in one.also))):
            assert words.zh and words.en
            assert not any(
                slip in words.zh + words.en for slip in ("<class", "NoneType", "object at 0x", "Traceback", "()")
            )
    for one in found[:5]:
        for lang in ("zh", "en"):
            told = render(one, files, lang)
            assert len(told.split("\n")) <= 3 + bool(one.help) + 3 * len(one.also) and all(
                char.isprintable() or char in "\n\u3000" for char in told
            )
    return found


@pytest.mark.parametrize("way", ["text", "bytes", "structure", "random"])
def test_a_mutated_file_gets_diagnostics_or_passes(way: str, toy_files, capsys) -> None:
    if "FUZZ" in os.environ:
        with capsys.disabled():
            print(f"\n{way}: {TRIES // 4} files, FUZZ_SEED={SEED}")  # noqa: T201 whoever runs it by hand needs the seed
    paths = [path for path in toy_files if path.endswith(".yml")]
    mutate = {"text": mutated_text, "bytes": mutated_bytes, "structure": mutated_structure, "random": random_bytes}[way]
    memo = Memo()  # as in `mkdocs serve`; what it saves now and then compared with a check of everything
    for number in range(TRIES // 4):
        rng = random.Random(f"{way} {SEED} {number}")
        path = rng.choice([*paths, "trees/kettle/tree.yml", "trees/kettle/tree.yml", "trees/tea/tree.yml"])
        data = mutate(toy_files[path], rng)
        try:
            found = checked(toy_files | {path: data}, memo)
            assert number % 20 or found == checked(toy_files | {path: data})
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            raise AssertionError(f"{way} {SEED} {number}: {path}\n{data.decode('utf-8', 'replace')}") from error


def mutated_bytes(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice((b"", rng.randbytes(rng.randrange(1, 4)))) + data[at + rng.randrange(4) :]
    return data


def random_bytes(data: bytes, rng: random.Random) -> bytes:
    """Noise: of all bytes, of text in an encoding, of the marks of YAML; sometimes behind a good beginning."""
    match rng.randrange(4):
        case 0:
            noise = rng.randbytes(rng.randrange(2_000))
        case 1:
            noise = "".join(
                chr(rng.choice((rng.randrange(0x80), rng.randrange(0x3000, 0xD800), rng.randrange(0xE000, 0x110000))))
                for _ in range(rng.randrange(500))
            ).encode(rng.choice(("utf-8", "gb18030", "utf-16", "utf-32")))
        case 2:
            noise = bytes(rng.choice(b" \n\t:-?{}[],#&*!|>'\"%@`\\<~ab1") for _ in range(rng.randrange(500)))
        case _:
            noise = "".join(rng.choices((*PIECES, *data.decode().split(" ")), k=rng.randrange(200))).encode(
                "utf-8", "replace"
            )
    return data[: rng.randrange(len(data))] + noise if rng.random() < 0.3 else noise


def mutated_text(data: bytes, rng: random.Random) -> bytes:
    text = data.decode()
    for _ in range(rng.randrange(1, 4)):
        lines = text.split("\n")
        at, line = rng.randrange(len(text) + 1), rng.randrange(len(lines))
        match rng.randrange(6):
            case 0:
                text = text[:at] + rng.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + rng.randrange(1, 20) :]
            case 2:
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case 3:
                text = "\n".join([*lines[:line], rng.choice(lines), *lines[line:]])
            case 4:
                text = "\n".join([*lines[:line], " " * rng.randrange(8) + lines[line].lstrip(), *lines[line + 1 :]])
            case 5:
                words = text.split(" ")
                one, other = rng.randrange(len(words)), rng.randrange(len(words))
                words[one], words[other] = words[other], words[one]
                text = " ".join(words)
    return text.encode("utf-8", "replace")


def mutated_structure(data: bytes, rng: random.Random) -> bytes:
    """Valid YAML that means something else: it reaches the later passes."""
    document = yaml.load(data, yaml.BaseLoader)
    scalars = [*PIECES, *(value for parent, key, value in places(document) if isinstance(value, str))]
    for _ in range(rng.randrange(1, 4)):
        everywhere = list(places(document))
        if not everywhere:
            break
        parent, key, value = rng.choice(everywhere)
        match rng.randrange(8):
            case 0:
                del parent[key]
            case 1 | 2 | 3:
                parent[key] = rng.choice(scalars)
            case 4:
                parent[key] = [deepcopy(value), rng.choice(scalars)]
            case 5:
                parent[key] = {rng.choice(scalars): deepcopy(value)}
            case 6:
                parent[key] = deepcopy(rng.choice(everywhere)[2])
            case 7 if isinstance(parent, dict):
                parent[rng.choice(scalars)] = deepcopy(value)
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False).encode()


def places(node):
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key, value
        if isinstance(value, (dict, list)):
            yield from places(value)


TEXT = "tree: 茶\n"
ODD = {
    "an alias bomb": (
        b"a: &a [x, x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in b"bcdefghi"),
        "aliases",
    ),
    "an alias of itself": (b"&a [*a]", "aliases"),
    "an alias bomb without an end": (b"a: &a [x]\n" + b"b: [" + b"*a, " * 400_000 + b"]", "aliases"),
    "a merge key": (b"a: &a { x: y }\nb: { <<: *a }\n", "aliases"),
    "ten thousand levels of brackets": (b"tree: " + b"[" * 10_000 + b"]" * 10_000, "depth"),
    "ten thousand levels of braces": (b"tree: " + b"{a: " * 10_000 + b"b" + b"}" * 10_000, "depth"),
    "brackets": (b"[" * 100_000, "depth"),
    "brackets that close": (b"[" * 50_000 + b"]" * 50_000, "depth"),
    "braces": (b"{a: " * 50_000, "depth"),
    "dashes": (b"- " * 50_000, "depth"),
    "question marks": (b"? " * 50_000, "depth"),
    "an ever deeper block": (b"".join(b" " * depth + b"a:\n" for depth in range(1_000)), "depth"),
    "a scalar as long as may be": (b"tree: " + b"x" * 1_999_000, "missing"),
    "a scalar of Chinese as long as may be": (("tree: " + "壶" * 660_000).encode(), "missing"),
    "a scalar too long": (b"tree: " + b"x" * 2_000_000, "files"),
    "a scalar of 50 MB": (b"tree: " + b"x" * 50_000_000, "files"),
    "a scalar of 50 MB in Chinese": (b"tree: " + "壶".encode() * 17_000_000, "files"),
    "a block of 50 MB": (b"tree: |\n" + b"  x\n" * 12_500_000, "files"),
    "50 MB that are no text": (b"\xff\x00" * 25_000_000, "files"),
    "50 MB of GBK": ("壶".encode("gbk") * 25_000_000, "files"),
    "too many lines": (b"# x\n" * 500_001, "files"),
    "a key without end": (b"x" * 1_000_000 + b": y", "yaml"),
    "a key in braces without end": (b"{" + b"x" * 1_000_000 + b"}", "keys"),
    "a quotation mark without end": (b'tree: "' + b"x\n" * 500_000, "yaml"),
    "a hundred thousand keys": (b"".join(b"k%d: v\n" % number for number in range(100_000)), "keys"),
    "a hundred thousand times one key": (b"k: v\n" * 100_000, "duplicate-keys"),
    "a hundred thousand questions": (
        b"questions:\n" + b"".join(b"  q%d: {}\n" % number for number in range(100_000)),
        "empty",
    ),
    "nothing": (b"", "empty"),
    "a byte order mark and nothing": (b"\xef\xbb\xbf", "encoding"),
    "utf-16 the other way round": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "encoding"),
    "a null in the middle": (b"tree: te\x00a\n", "yaml"),
    "nulls behind Chinese": (TEXT.encode() + b"\x00" * 100, "yaml"),
    "latin-1 of one byte": (b"\xe9", "encoding"),
    "shift-jis": ("tree: 茶ポット\n".encode("shift-jis"), "encoding"),
    "utf-16": (TEXT.encode("utf-16"), "encoding"),
    "utf-16 without its mark": (TEXT.encode("utf-16-le"), "encoding"),
    "ascii as utf-16 without its mark": ("tree: tea\n".encode("utf-16-le"), "yaml"),
    "utf-32": (TEXT.encode("utf-32"), "encoding"),
    "gbk": (TEXT.encode("gbk"), "encoding"),
    "big5": (TEXT.encode("big5"), "encoding"),
    "latin-1": ("tree: café\n".encode("latin-1"), "encoding"),
    "half a character": (TEXT.encode()[:-2], "encoding"),
    "half a surrogate pair": (b"tree: \xed\xa0\x80\n", "encoding"),
    "nothing but nulls": (b"\x00" * 1_000, "yaml"),
    "old line ends": (b"tree: tea\rtitle: x\r", "yaml"),
    "a number that is no character": (b'tree: "\\U00110000"', "yaml"),
    "half a pair as an escape": (b'tree: "\\ud800"', "yaml"),
    "an unknown version": (b"%YAML 9.9\n---\ntree: tea\n", "yaml"),
    "an object": (b"!!python/object/apply:os.abort []", "tags"),
    "a merge of nothing": (b"<<: {}\ntree: tea\n", "keys"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_ends_in_a_clear_diagnostic(name: str, toy_files) -> None:
    data, rule = ODD[name]
    found = checked(toy_files | {"trees/tea/tree.yml": data})
    assert rule in {one.rule for one in found}
    if rule in ("missing", "keys", "duplicate-keys", "empty"):
        assert len(found) <= 250  # as many slips as the file has, up to a bound
    else:
        assert len(found) == 1 and (found[0].help or "\\U" in found[0].says.zh)


@pytest.mark.parametrize(
    "path", ["trees/kettle/walks.yml", "trees/law/kettle-law-2020.yml", "trees/calendar.yml", "trees/order.yml"]
)
@pytest.mark.parametrize(
    "name",
    [
        "an alias bomb",
        "ten thousand levels of brackets",
        "a scalar of 50 MB",
        "utf-16",
        "gbk",
        "latin-1",
        "nothing but nulls",
    ],
)
def test_an_odd_file_is_reported_once_wherever_it_stands(name: str, path: str, toy_files) -> None:
    data, rule = ODD[name]
    assert [(one.rule, one.at.file) for one in checked(toy_files | {path: data})] == [(rule, path)]


@pytest.mark.parametrize("data", [TEXT.encode("utf-16"), TEXT.encode("gbk"), "café".encode("latin-1")])
def test_a_letter_in_an_odd_encoding_is_reported_once(data: bytes, toy_files) -> None:
    assert [one.rule for one in checked(toy_files | {"trees/kettle/letters/refund.md": data})] == ["encoding"]


def test_facts_that_double_do_not_take_forever(toy_files) -> None:
    facts = "facts:\n  f0: { taste: cold }\n" + "".join(
        f"  f{n}: {{ fact: [f{n - 1}, f{n - 1}], not: {{ fact: f{n - 1} }} }}\n" for n in range(1, 200)
    )
    tea = toy_files["trees/tea/tree.yml"].decode().replace("questions:", facts + "questions:", 1)
    assert {one.rule for one in checked(toy_files | {"trees/tea/tree.yml": tea.encode()})} == {"facts"}


def test_circles_through_two_trees_end(toy_files) -> None:
    kettle = toy_files["trees/kettle/tree.yml"].decode().replace("goto: repairs", "goto: what", 1)
    assert {one.rule for one in checked(toy_files | {"trees/kettle/tree.yml": kettle.encode()})} == {"finite"}
