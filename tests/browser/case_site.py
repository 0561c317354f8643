"""A site of the toy trees with a page of the case, and readers on phones. Fixtures for the tests of that page.

The engine is the real one (kettle/python.js); the pages stand in a bare frame, so that every link loads a page anew.
"""

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from kettle_site import Reader
from playwright.sync_api import Page, expect

from minglu import pipeline
from minglu.compile import Compiled
from minglu.diagnostics.terminal import render
from minglu.write import write
from minglu.write.in_site import PATH, SiteFacts, in_site_script
from minglu.write.shipping import shipped
from minglu.write.widget import FOLDER, SCRIPT, STYLES, widget

TOY = Path(__file__).parents[1] / "toy" / "trees"
CHANNELS = """
  clocks:
    - { id: answer, on: [sent], kind: ripens, label: 店家答复, within: 7 days,
        says: 过了就去壶法庭。, cite: 水壶法第11条, basis: text }
  log: { called: [received] }
court:
  clocks:
    - { id: appeal, on: [ended], kind: due, label: 上诉, within: 15 days,
        says: 一把茶叶。, cite: 水壶法第12条, basis: inferred }
"""
OWN_DAY = """    ask: 你哪天收到水壶？
    why: 七日内可以退。
    find: 签收短信
    kind: date
"""
SHARED_DAY = "received: { ask: 你哪天收到水壶？, why: 七日内可以退。, find: 签收短信, kind: date, tells: 收到水壶 }\n"
FRAME = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title><style>html { font-size: 20px }</style>%s</head>
<body class="md-typeset" data-md-color-scheme="default">%s
<script src="%s"></script><script src="%s"></script></body></html>"""

NOW = "2026-11-16T10:00:00+08:00"
REFUND = {"what": "broken", "repairs": "0", "received": "2026-11-11"}


@functools.cache
def compiled() -> Compiled:
    """The toy, whose channels have clocks, and whose day of receipt is a shared question."""
    sources = pipeline.read_files(TOY)
    before, after = CHANNELS.split("court:\n")
    edits = {
        "trees/channels.yml": [
            ("court:\n", before.strip("\n") + "\ncourt:\n"),
            ("  who: 法庭\n", "  who: 法庭\n" + after),
        ],
        "trees/kettle/tree.yml": [(OWN_DAY, "    use: received\n")],
        "trees/questions.yml": [("what:\n", SHARED_DAY + "what:\n")],
    }
    for path, pairs in edits.items():
        text = sources[path].decode()
        for old, new in pairs:
            assert text.count(old) == 1, (path, old)
            text = text.replace(old, new)
        sources[path] = text.encode()
    done, found = pipeline.check(sources)
    assert done and not found, "\n".join(render(one, sources, "en") for one in found)
    return done


def version(tree: str = "kettle") -> str:
    return compiled().trees[tree].version


@pytest.fixture(scope="session")
def case_folder(tmp_path_factory) -> Path:
    files, names = shipped(write(compiled()) | widget())
    facts = in_site_script(["case.html", "index.html"], SiteFacts(files=names))
    ((facts_name, facts_bytes),) = shipped({PATH: facts})[0].items()
    folder = tmp_path_factory.mktemp("case")
    for path, data in {facts_name: facts_bytes, **files}.items():
        if path.startswith(FOLDER):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    home = '<div class="minglu"><kept-case hidden><a href="case.html">你存着一个案子，接着办</a></kept-case></div>'
    pages = {"index": home, **{page: body_of(files[f"{page}.md"]) for page in ("case", "trees/kettle", "trees/tea")}}
    for page, body in pages.items():
        up = "../" * page.count("/")
        styles = "".join(f'<link rel="stylesheet" href="{up}{FOLDER}{names[name]}">' for name in STYLES)
        html = FRAME % (page, styles, body, up + facts_name, f"{up}{FOLDER}{names[SCRIPT]}")
        (folder / f"{page}.html").parent.mkdir(exist_ok=True)
        (folder / f"{page}.html").write_text(html, "utf-8")
    return folder


def body_of(source: bytes) -> str:
    """The page without its front matter; its heading as HTML."""
    body = source.decode().split("---\n", 2)[2].strip()
    return f"<h1>{body[2:].partition(chr(10))[0]}</h1>{body.partition(chr(10))[2]}" if body.startswith("# ") else body


@pytest.fixture
def case_site(case_folder, serve) -> str:
    return serve(case_folder).url


@pytest.fixture
def case(reader: Reader, case_site: str):
    """Opens a page of the site, that of the case unless told otherwise; `keeps` is what the device holds."""

    def open(
        page: str = "case.html", *, keeps: dict[str, Any] | None = None, mode: str = "ready", now: str = NOW, **more
    ) -> Page:
        if keeps is not None:
            script = "".join(
                f"localStorage.setItem({json.dumps(key)}, {json.dumps(text_of(value))});"
                for key, value in keeps.items()
            )
            reader.context.add_init_script(f"if (!sessionStorage.seeded) {{ sessionStorage.seeded = 1; {script} }}")
        return reader.open(case_site + page, now=now, mode=mode, **more)

    return open


def text_of(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def fragment_of(answers: dict[str, str], tree: str = "kettle", more: str = "") -> str:
    return f"#a=1&v={version(tree)}&" + "&".join(f"{question}={answer}" for question, answer in answers.items()) + more


def entry(day: str, kind: str, who: str = "shop", says: str = "", **more: Any) -> dict[str, Any]:
    return {"day": day, "kind": kind, "who": who, "says": says, "answers": {}, "evidence": [], **more}


def notes_of(*log: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"format": 1, "fields": {}, "boxes": [], "letters": {}, "log": list(log), **more}


def keeping(*log: dict[str, Any], answers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """What a device holds that keeps the walk to the refund, and a log."""
    return {"minglu-walks": {"kettle": fragment_of(answers or REFUND)}, "minglu-case": notes_of(*log, **more)}


def file_of(*log: dict[str, Any], walks: dict[str, dict[str, str]] | None = None, **more: Any) -> dict[str, Any]:
    """What the page writes when a case is exported."""
    told = {"kettle": REFUND} if walks is None else walks
    kept = {tree: {"version": version(tree), "answers": answers, "replies": None} for tree, answers in told.items()}
    return {"minglu": "case", "saved": "2026-11-15", "walks": kept, "evidence": [], **notes_of(*log), **more}


def stored(page: Page, key: str = "minglu-case") -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", key) or "null")


def note(page: Page, kind: str, says: str = "", day: str = "", who: str | None = None) -> None:
    """An entry of the log, as a reader makes it."""
    page.locator(f".log input[value={kind}]").check()
    if day:
        page.locator(".log summary", has_text="打字").click()
        page.get_by_label("哪天", exact=True).fill(day)
    if who is not None:
        page.get_by_label("找谁").select_option(who)
    page.get_by_label("说了什么").fill(says)
    page.get_by_role("button", name="记下", exact=True).click()


def timeline(page: Page) -> list[str]:
    """Each day as a line: its day, what it is and how it stands."""
    rows = page.locator(".timeline > li")
    return [" ".join(part.strip() for part in row.evaluate(ROW) if part.strip()) for row in rows.all()]


ROW = """(row) => [".when", ":scope > b", ":scope > .said, :scope > .stands"]
  .map((place) => row.querySelector(place)?.textContent || "")"""


def rungs(page: Page) -> dict[str, str]:
    return {
        row.locator("> b").inner_text(): (row.get_attribute("class") or "") for row in page.locator(".rungs > li").all()
    }


def toast(page: Page, says: str) -> None:
    expect(page.locator(".toast")).to_contain_text(says)


def undo(page: Page) -> None:
    page.locator(".toast").get_by_role("button", name="撤销").click()
