"""A built site → the same with the outcomes of each tree apart from its questions: a reader loads them when there is an
answer, not with the first question. They are half of a tree's page, and with them goes what the articles say.

For scripts they are a file whose name carries its hash, which the widget asks for (web/sections.js); for browsers
without scripts a page beside the tree's. On the tree's page each stays with its beginning and a link to the rest: so
every address goes on to lead to what it names, from the search, from other pages, and where the file does not come.
"""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from minglu.write.html import as_made, element, html_list
from minglu.write.widget import FOLDER
from minglu.write.words import page_words

OUTCOMES = FOLDER + "outcomes/"
WALK = re.compile(r'<tree-walk tree="(?P<tree>[^"]+)">(?P<content>.*?)</tree-walk>', re.DOTALL)
HIDDEN = re.compile(r"<noscript>(.*?)</noscript>", re.DOTALL)
APART = re.compile(r'\n?(?P<section><section class="state (?P<kind>outcome|articles)"[^>]*>.*?</section>)', re.DOTALL)
"""No section of a tree's page stands within another."""

HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
OWN_ID = re.compile(r'<section [^>]*? id="([^"]+)"')
ID = re.compile(r'<[^>]*? id="([^"]+)"')
LINK = re.compile(r'href="#([^"]+)"')
SCRIPT = "(window.MingluOutcomes = window.MingluOutcomes || {})[%s] = %s;\n"
TITLE = re.compile(r"(<title>)(.*?)(</title>)", re.DOTALL)


@dataclass(frozen=True)
class Parted:
    """A tree's page, that of its outcomes, and the script that holds them, with the names of the two."""

    page: str
    other: str
    other_name: str
    script: str
    script_name: str


def put_outcomes_apart(site: Path) -> None:
    """A page that is not as `write` makes it stays whole, as where another plugin has changed its markup."""
    folder = site / OUTCOMES
    for path in sorted(site.rglob("*.html")):
        page = path.read_text("utf-8")
        if "<tree-walk " in page and (parted := parted_page(page, path.name)):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / parted.script_name).write_text(parted.script, "utf-8")
            path.with_name(parted.other_name).write_text(parted.other, "utf-8")
            path.write_text(parted.page, "utf-8")


def parted_page(page: str, name: str) -> Parted | None:
    """`name` is the file's: `kettle.html`, or `index.html` in a folder of its own. None where nothing can be apart."""
    walk = WALK.search(page)
    hidden = HIDDEN.search(walk["content"]) if walk else None
    moved = list(APART.finditer(hidden[1])) if hidden else []
    found = [outcome_in(one["section"]) for one in moved if one["kind"] == "outcome"]
    outcomes = [one for one in found if one]
    if not walk or not hidden or not moved or len(outcomes) < len(found):
        return None
    home = "./" if name == "index.html" else name
    other_name = "outcomes.html" if name == "index.html" else f"{name.removesuffix('.html')}.outcomes.html"
    text = "\n".join(one["section"] for one in moved)
    there = set(ID.findall(text))
    script_name = f"{walk['tree']}.{sha256(text.encode()).hexdigest()[:8]}.js"

    begun = "".join("\n" + beginning(one, other_name) for one in outcomes)
    content = walk["content"]
    content = content[: hidden.start(1)] + APART.sub("", hidden[1]) + begun + content[hidden.end(1) :]
    content = LINK.sub(lambda link: led(link, there, other_name), content)
    opening = f'<tree-walk tree="{walk["tree"]}" data-outcomes="{script_name}" data-page="{other_name}">'
    elsewhere = LINK.sub(lambda link: link[0] if link[1] in there else to(home, link), text)
    head = TITLE.sub(titled, page[: walk.start()], 1)
    rest = f"</tree-walk>{page[walk.end() :]}"
    return Parted(
        page=page[: walk.start()] + opening + content + rest,
        other=f"{head}<tree-walk data-plain>{contents_of(outcomes, home)}{elsewhere}{rest}",
        other_name=other_name,
        script=SCRIPT % (json.dumps(script_name), json.dumps(text, ensure_ascii=False)),
        script_name=script_name,
    )


def titled(title: re.Match[str]) -> str:
    return title[1] + page_words("outcomes.title", title=title[2]) + title[3]


def led(link: re.Match[str], there: set[str], other_name: str) -> str:
    """To where it stands by now; what `there` names is on the page of the outcomes."""
    return to(other_name, link) if link[1] in there else link[0]


def to(page: str, link: re.Match[str]) -> str:
    return f'href="{page}#{link[1]}"'


@dataclass(frozen=True)
class Outcome:
    """The section's id, the HTML of its heading, and all of it up to the heading's end."""

    id: str
    heading: str
    begins: str


def outcome_in(section: str) -> Outcome | None:
    own, heading = OWN_ID.match(section), HEADING.search(section)
    return Outcome(own[1], heading[1], section[: heading.end()]) if own and heading else None


def beginning(outcome: Outcome, other_name: str) -> str:
    """Up to the heading, and a link to all of it: what the widget shows, too, until it has the rest."""
    begins = outcome.begins.replace('class="state outcome"', 'class="state apart"', 1)
    link = element("a", page_words("outcomes.whole"), href=f"{other_name}#{outcome.id}")
    return f"{begins}{element('p', link, cls='back')}</section>"


def contents_of(outcomes: list[Outcome], home: str) -> str:
    """What that page shows of itself where no outcome is named."""
    rows = [element("a", as_made(one.heading.encode()), href=f"#{one.id}") for one in outcomes]
    start = element("p", element("a", page_words("outcomes.start"), href=home), cls="back")
    content = element("h2", page_words("outcomes.all")) + html_list(rows, cls="list") + start
    return element("section", content, cls="state", data_start=True)
