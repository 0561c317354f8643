"""What stands open on the page of each outcome, and where the last answer of each question ends, on a phone.

    python tests/browser/open_part.py SITE [PICTURES]

prints both for a built site, the longest first; with a folder for pictures, each outcome is drawn there on a phone.
"""

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Browser

PHONE = {"width": 375, "height": 812}
TREES = Path(__file__).parents[2] / "trees"


@dataclass(frozen=True)
class OpenPart:
    """`height` in CSS pixels and `characters` without blanks of what a reader sees before they unfold anything."""

    tree: str
    outcome: str
    height: int
    characters: int
    elements: int
    walk: str
    address: str


@dataclass(frozen=True)
class QuestionSeen:
    """`bottom` of the last answer on the screen, where the widget leaves the reader."""

    tree: str
    question: str
    bottom: int
    address: str


MEASURE = """() => {
  const section = document.querySelector(".state.here");
  const copy = section.cloneNode(true);
  for (const folded of copy.querySelectorAll("details:not([open])"))
    for (const child of [...folded.childNodes]) if (child.nodeName !== "SUMMARY") child.remove();
  for (const unseen of copy.querySelectorAll(".unseen, [hidden], .only")) unseen.remove();
  return {
    height: Math.round(section.getBoundingClientRect().height),
    characters: copy.textContent.replace(/\\s/g, "").length,
    elements: document.querySelectorAll("*").length,
  };
}"""

BOTTOM = """() => Math.max(
  ...[...document.querySelectorAll(".state.here a.choice")].map((one) => Math.round(one.getClientRects()[0].bottom)),
)"""

STANDS = """([hash, ends]) => new Promise((done, failed) => {
  if (hash) location.hash = hash;
  let looks = 0; // the clock stands still
  const look = () => {
    const walk = document.querySelector("tree-walk");
    const section = walk.querySelector(":scope > .state.here");
    const there = section && (!hash || walk.seen === location.hash) && section.matches(ends ? ".outcome" : ".question");
    if (there && (!ends || walk.result?.outcome))
      return requestAnimationFrame(() => requestAnimationFrame(() => done(section.id)));
    if ((looks += 1) > 1500) return done(null);
    setTimeout(look, 20);
  };
  setTimeout(look, 30);
})"""


def walks_of(tree: str) -> list[dict]:
    return yaml.load((TREES / tree / "walks.yml").read_text(), yaml.BaseLoader)


def said(answer: str | list[str]) -> str:
    return ".".join(answer) or "none" if isinstance(answer, list) else answer


def open_parts(
    browser: Browser, url: str, tree: str, pictures: Path | None = None, most: int = 1
) -> Iterator[OpenPart]:
    """Of each outcome of a tree the longest page among its first `most` worked walks."""
    found: dict[str, OpenPart] = {}
    tried: dict[str, int] = {}
    before = ""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{url}trees/{tree}.html")
    for walk in walks_of(tree):
        if walk["arrives"].startswith("tree/") or tried.get(walk["arrives"], 0) >= most:
            continue
        tried[walk["arrives"]] = tried.get(walk["arrives"], 0) + 1
        hash = "a=1&" + "&".join(f"{question}={said(answer)}" for question, answer in walk["answers"].items())
        page.clock.set_fixed_time(f"{walk['today']}T10:00:00+08:00")
        if hash == before:  # on another day
            page.evaluate(STANDS, ["a=1", False])
        before = hash
        if (stands := page.evaluate(STANDS, [hash, True])) != walk["arrives"]:
            sys.stderr.write(f"{tree}: “{walk['walk']}” stands at {stands}\n")
            continue
        seen = page.evaluate(MEASURE)
        one = OpenPart(tree, walk["arrives"], walk=walk["walk"], address=f"trees/{tree}.html#{hash}", **seen)
        if one.outcome not in found or one.height > found[one.outcome].height:
            found[one.outcome] = one
            if pictures:
                page.screenshot(path=pictures / f"{tree}-{one.outcome}.png", full_page=True)
    context.close()
    return iter(found.values())


def questions_seen(browser: Browser, url: str, tree: str) -> Iterator[QuestionSeen]:
    """Of each question of a tree the lowest last answer, along its worked walks, as taps lead there."""
    found: dict[str, QuestionSeen] = {}
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{url}trees/{tree}.html")
    for walk in walks_of(tree):
        answers = list(walk["answers"].items())
        page.clock.set_fixed_time(f"{walk['today']}T10:00:00+08:00")
        for count in range(1, len(answers)):
            hash = "a=1&" + "&".join(f"{question}={said(answer)}" for question, answer in answers[:count])
            if answers[count][0] in found:
                continue
            if not page.evaluate(STANDS, [hash, False]):
                continue
            node = page.eval_on_selector(".state.here", "one => one.dataset.node")
            bottom = page.evaluate(BOTTOM)
            if node not in found or bottom > found[node].bottom:
                found[node] = QuestionSeen(tree, node, bottom, f"trees/{tree}.html#{hash}")
    context.close()
    return iter(found.values())


def main(site: Path, pictures: Path | None) -> None:
    from playwright.sync_api import sync_playwright

    sys.path.append(str(Path(__file__).parents[1]))
    from chromium import chromium

    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    trees = sorted(path.parent.name for path in TREES.glob("*/tree.yml"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        parts = [one for tree in trees for one in open_parts(browser, url, tree, pictures)]
        parts.sort(key=lambda one: -one.height)
        for one in parts:
            say(f"{one.height:5} px {one.characters:5} 字 {one.elements:4} el.  {one.tree}/{one.outcome}  {one.walk}")
        say(summary(parts))
        questions = [one for tree in trees for one in questions_seen(browser, url, tree)]
        for question in sorted(questions, key=lambda one: -one.bottom)[:40]:
            say(f"{question.bottom:5} px  {question.tree}/{question.question}")
        late = sum(one.bottom > PHONE["height"] for one in questions)
        say(f"{late} of {len(questions)} questions end below the screen")
        browser.close()
    server.shutdown()


def summary(parts: list[OpenPart]) -> str:
    count, screen = len(parts), PHONE["height"]
    two, three = (sum(one.height <= screens * screen for one in parts) for screens in (2, 3))
    few = sum(one.characters <= 700 for one in parts)
    return (
        f"{count} outcomes: {two} within two screens, {three} within three, {few} within 700 characters; "
        f"median {sorted(one.height for one in parts)[count // 2]} px, "
        f"{sorted(one.characters for one in parts)[count // 2]} characters"
    )


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
