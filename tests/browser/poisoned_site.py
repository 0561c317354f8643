"""Attacks in the place of texts: a project in which every text of every format is one, and the site that it makes.

The attacks are the lines of vectors.txt, from published collections: PortSwigger's and OWASP's cheat sheets, HTML5sec,
the polyglots and mutations of research on sanitisers, and forms of Markdown's own.

A project holds COPIES of a small tree with everything that it points to, and each text of each copy is another attack.
Over all parts every text meets every attack.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from minglu import pipeline
from minglu.diagnostics.terminal import render
from minglu.memo import Memo
from minglu.parse.document import first_unreadable
from minglu.write import write
from minglu.write.widget import widget

SHOWN_AS = dict(zip("␊␉␌␀␁␂␃␛", "\n\t\f\0\1\2\3\x1b", strict=True))
VECTORS = [
    "".join(SHOWN_AS.get(char, char) for char in line)
    for line in (Path(__file__).parent / "vectors.txt").read_text("utf-8").split("\n")
    if line
]
UNREADABLE = [one for one in VECTORS if first_unreadable(one) is not None]
"""No YAML may hold these as they are; but as `"\\0"` it may."""

COPIES = 30
PARTS = range(-(-len(VECTORS) // COPIES))
ROOT = Path(__file__).parents[2]

LIBRARY = ("channels", "evidence", "mistakes", "questions", "wants")
Text = str
DAYS = {"as_of": "2026-11-21", "reviewed": "2026-11-21"}


class Poison:
    """Texts for one copy; harmless ones of the same kind where `clean`."""

    def __init__(self, *, copy: int, part: int, clean: bool) -> None:
        self.copy, self.at, self.clean, self.field = copy, part * COPIES + copy, clean, 0

    def text(self, more: str = "") -> Text:
        """The next attack, and a mark: names of statutes must differ."""
        self.field += 1
        attack = VECTORS[(self.at + 13 * self.field) % len(VECTORS)]
        return f"{'字' if self.clean else attack} {self.copy}之{self.field}{more}"


def poisoned_files(part: int, *, clean: bool = False) -> dict[str, bytes]:
    files: dict[str, object] = {f"trees/{name}.yml": {} for name in LIBRARY}
    letters: dict[str, bytes] = {}
    for copy in range(COPIES):
        poison = Poison(copy=copy, part=part, clean=clean)
        add_library(files, poison, copy)
        files[f"trees/papers/p{copy}.yml"] = paper(poison, copy)
        files[f"trees/t{copy}/tree.yml"] = own = tree(poison, copy)
        files["trees/wants.yml"][f"w{copy}"] = {
            "label": poison.text(),
            "found": [own["outcomes"]["one"]["remedies"][0]["do"]],
        }
        files[f"trees/t{copy}/walks.yml"] = walks(poison, copy)
        letters[f"trees/t{copy}/letters/letter.md"] = letter(poison, copy, clean=clean).encode()
    files["trees/order.yml"] = {"unsure": ["t1"], "onward": ["t2"]}
    return {path: json.dumps(value, ensure_ascii=False).encode() for path, value in files.items()} | letters


def cited(copy: int) -> str:
    return f"壶{chr(0x5000 + copy)}法第1条"


def add_library(files: dict, poison: Poison, copy: int) -> None:
    text, cite = poison.text, {"cite": cited(copy), "basis": "text"}
    files[f"trees/law/law-{copy}.yml"] = {
        "title": text(),
        "short": text(),
        "also": [cited(copy).removesuffix("第1条"), text()],
        "issuer": text(),
        "rank": "law",
        "document": text(),
        "promulgated": "2020-01-01",
        "in_force": "2020-01-01",
        "replaces": [text()],
        "articles_total": 20,
        "fidelity": "verbatim",
        "source": text(),
        "checked": "2026-11-21",
        "articles": {
            "1": {"topic": text(), "gist": text(f"。第2款：{cited((copy + 1) % COPIES)}"), "was": text()},
            "2": {"topic": text(), "gist": text(), "until": "2021-01-01", "replaced_by": cited(copy)},
        },
    }
    says = lambda: {"says": text(f"，见{cited(copy)}"), **cite}  # noqa: E731
    parts = ("can", "cannot", "conditions", "time", "cost", "where", "if_fails")
    reach = [
        {"tel": "010-12345", "says": text()},
        {"url": "https://shop.example/", "says": text()},
        {"place": text()},
        {"note": text()},
    ]
    channel = {
        "group": text(),
        "title": text(),
        "search": [text()],
        "short": text(),
        "reach": reach,
        "who": text(),
        **{part: [says()] for part in parts},
        "clocks": {
            "id": "runs",
            "on": "sent",
            "kind": "ripens",
            "label": text(),
            "within": "7 days",
            "says": text(),
            **cite,
            "basis": "inferred",
        },
    }
    files["trees/channels.yml"][f"c{copy}"] = channel
    files["trees/evidence.yml"][f"e{copy}"] = {
        "group": text(),
        "title": text(),
        "proves": text(),
        "how": text(),
        "grounds": [says()],
    }
    sign = {"cite": cited(copy), "words": [text()], "unless": [text()], "means": cited((copy + 1) % COPIES)}
    mistake = {"group": text(), "title": text(), "said": text(), "right": [says()], "instead": text(), "signs": [sign]}
    files["trees/mistakes.yml"][f"m{copy}"] = mistake
    files["trees/questions.yml"][f"n{copy}"] = asked(poison) | {"kind": "number", "unit": text()}
    files["trees/questions.yml"][f"m{copy}"] = asked(poison) | {"kind": "money", "tells": text()}
    files["trees/questions.yml"][f"s{copy}"] = asked(poison) | {
        "options": {id: labelled(poison, warn=text(), tells=text()) for id in ("a", "b")}
    }


def paper(poison: Poison, copy: int) -> dict:
    """With one of each of its parts."""
    text = poison.text
    table = {"widths": [1, 1], "head": [text(), text()], "rows": [[text(), text()]]}
    return {
        "title": text(),
        "short": text(),
        "office": f"c{copy}",
        "source": text(f"，见{cited(copy)}"),
        "cite": cited(copy),
        "basis": "text",
        "for": {"channels": f"c{copy}"},
        "wants": {f"w{copy}": text()},
        "ticked": {"box": {"log": "sent"}},
        "notes": [{"says": text(), "cite": cited(copy), "basis": "text"}],
        "parts": [
            *({kind: text()} for kind in ("title", "heading", "line", "sign", "note")),
            {"line": text("【名】☐[box] {demands|要求}"), "again": text()},
            {"table": table},
        ],
        "pieces": [{"label": text(), "text": text()}],
    }


def asked(poison: Poison) -> dict:
    return {"ask": poison.text(), "why": poison.text(), "find": poison.text()}


def labelled(poison: Poison, **more: object) -> dict:
    return {"label": poison.text(), "hint": poison.text(), **more}


def tree(poison: Poison, copy: int) -> dict:
    text, cite = poison.text, {"cite": cited(copy), "basis": "inferred"}
    when = {"when": {"own": "x"}}
    one = {
        "title": text(),
        "standing": "clear",
        "says": text(f"，见{cited(copy)}"),
        "now": [{"do": text(), "letter": "letter", "by": "due", "to": f"c{copy}", **cite}],
        "remedies": [{"do": text(), "how": text(), **cite, **when}, {"do": text(), "how": text(), **cite}],
        "grounds": [{"says": text(), **cite, **when}],
        "deadlines": [
            {"id": "due", "kind": "due", "label": text(), "from": "day", "within": "7 days", "says": text(), **cite},
            {
                "id": "late",
                "kind": "ripens",
                "label": text(),
                "from": "later",
                "within": "1 month",
                "says": text(),
                **cite,
            },
        ],
        "burden": [
            {"on": "seller", "says": text(), **cite},
            {"on": "buyer", "says": text(), **cite, "when": {f"s{copy}": "a"}},
        ],
        "amounts": [
            {"id": "sum", "label": text(), "of": "count", "times": 2, "says": text(), **cite},
            {"id": "one", "label": text(), "of": f"n{copy}", "at_least": 10, "says": text(), **cite},
        ],
        "evidence": [f"e{copy}"],
        "replies": [{"id": "said", "they_say": text(), "answer": text(), "letter": text(), **cite, **when}],
        "letter": ["letter"],
        "channels": [f"c{copy}", f"tree/t{(copy + 1) % COPIES}"],
        "also": [{"says": text(f"，见{cited(copy)}"), "to": f"tree/t{(copy + 1) % COPIES}"}],
        "mistakes": [f"m{copy}"],
    }
    none = {"title": text(), "standing": "none", "says": text(), "grounds": {"says": text(), **cite}}
    none |= {"channels": [f"c{copy}"]}
    bands = {
        "n": {"few": labelled(poison, up_to=1, goto=f"m{copy}"), "many": labelled(poison, goto=f"m{copy}")},
        "m": {"few": labelled(poison, up_to=1, goto="count"), "many": labelled(poison, goto="count")},
        "count": {"few": labelled(poison, up_to=1, goto="day"), "many": labelled(poison, goto="day")},
        "day": {"d7": labelled(poison, within="7 days", goto="later"), "over": labelled(poison, goto="later")},
        "later": {
            "d7": labelled(
                poison,
                within="7 days",
                goto=[{"when": {"own": "x"}, "to": "one"}, {"when": {"own": "y"}, "to": "none"}],
            ),
            "m1": labelled(poison, within="1 month", goto="one"),
            "over": labelled(poison, goto=f"tree/t{(copy + 1) % COPIES}"),
        },
    }
    questions = {
        f"s{copy}": {"use": f"s{copy}", "options": {id: labelled(poison, goto="own") for id in ("a", "b")}},
        "own": asked(poison) | {"options": {id: labelled(poison, goto=f"n{copy}") for id in ("x", "y")}},
        f"n{copy}": {"use": f"n{copy}", "bands": bands["n"]},
        f"m{copy}": {"use": f"m{copy}", "bands": bands["m"]},
        "count": asked(poison) | {"kind": "number", "unit": text(), "bands": bands["count"]},
        "day": asked(poison) | {"kind": "date", "tells": text(), "bands": bands["day"]},
        "later": asked(poison) | {"kind": "date", "until": "day", "plus": "count", "bands": bands["later"]},
    }
    names = {key: text() for key in ("title", "summary", "plain", "lead")}
    more = {"bring": [text(), text()], "search": [text(), text()], "start": f"s{copy}"}
    outcomes = {"one": one, "none": none}
    return {"tree": f"t{copy}", **names, **DAYS, **more, "questions": questions, "outcomes": outcomes}


ANSWERS = {"own": "x", "count": "few", "day": "2026-11-11", "later": "m1"}


def walks(poison: Poison, copy: int) -> list[dict]:
    answers = {f"s{copy}": "a", f"n{copy}": "few", f"m{copy}": "few", **ANSWERS}
    walk = {"walk": poison.text(), "today": "2026-11-16", "answers": answers, "arrives": "one"}
    other = {"walk": poison.text(), "today": "2026-11-16", "arrives": "none"}
    return [
        walk | {"deadlines": {"due": "2026-11-18"}, "story": poison.text(f"，见{cited(copy)}")},
        other | {"answers": answers | {"own": "y", "later": "d7"}},
    ]


def letter(poison: Poison, copy: int, *, clean: bool) -> str:
    """Many at once: a letter has lines enough. In braces stand only the fields that there are."""
    begin = poison.at % len(VECTORS)
    attacks = [*VECTORS[begin:], *VECTORS[:begin]][:COPIES]
    lines = ["字"] if clean else [one for one in attacks if not {*one} & {*"{}｛｝"}]
    return "\n".join(["# " + re.sub(r"[{}\s]", " ", poison.text()), *lines, "{today} {due} {count}", "{replies}"])


SETTINGS = r"""
site_name: 壶
use_directory_urls: false
theme:
  name: material
  font: false
  language: zh
  features: [navigation.instant, navigation.tabs, navigation.footer, navigation.path, search.highlight, toc.follow]
plugins:
  - search: { separator: '[\s\-,:!=\[\]()"/]+|\b' }
  - minglu
nav: [index.md, 树: trees/, 例子: examples/, 法: law/, 谁: channels.md, 证: evidence.md, 错: mistakes.md,
  核: cite.md, 算: calc.md, 案: case.md, 文书: papers.md]
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.superfences
  - toc: { permalink: true }
"""
DOCS = {
    "index.md": "\n\n".join(["# 壶", *(f"<!-- minglu:{name} -->" for name in ("trees", "onward", "counts", "as-of"))]),
    "cite.md": "# 核对\n\n<cite-check></cite-check>\n",
    "calc.md": "# 算\n\n<div><law-calculators>\n<!-- minglu:calculators -->\n</law-calculators></div>\n",
}


def built_site(files: dict[str, bytes], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As `mkdocs build` makes it, but for the browser's Python, and with what `check` says left aside: what an author
    would be stopped from writing shall not run, either.
    """
    root = folder / "project"
    shutil.rmtree(root, ignore_errors=True)
    for path, data in (files | {f"docs/{name}": text.encode() for name, text in DOCS.items()}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (root / "mkdocs.yml").write_text(SETTINGS)
    (root / "node_modules/pyodide").mkdir(parents=True)  # so that the site offers to reckon
    monkeypatch.setattr(pipeline, "check", lambda sources, memo=None, **_: (compiled_anyway(sources), []))
    monkeypatch.setattr(pipeline, "site_sources", lambda done, **_: (write(done) | widget(), []))
    settings = load_config(str(root / "mkdocs.yml"))
    settings.plugins.on_startup(command="build", dirty=False)
    build(settings)
    return root / "site"


def compiled_anyway(sources: dict[str, bytes]) -> pipeline.Compiled:
    compiled, found = pipeline.compile_anyway(sources, Memo())
    assert compiled, "\n".join(render(one, sources, "en") for one in found[:5])
    return compiled
