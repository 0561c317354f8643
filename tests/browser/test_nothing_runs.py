"""Nothing that an author, a link, a reader or the device holds is obeyed as markup, on any page of the built site."""

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import quote

import pytest
from as_shipped import as_shipped
from kettle_site import KETTLE
from playwright.sync_api import Browser, BrowserContext, Page
from poisoned_site import COPIES, PARTS, UNREADABLE, VECTORS, built_site, poisoned_files
from waiting import until

from minglu import pipeline
from minglu.engine.bridge import Session
from minglu.parse import parse, syntax
from minglu.parse.syntax import Text
from minglu.write.shipping import shipped_name

INLINE = {"a", "br", "code", "em", "p", "strong"}
"""What Markdown may make of a text."""

MAY_RUN = re.compile(r"^[\s\0-\x1f]*(?!https?:|tel:)[a-z][a-z0-9+.\-\t\n\r]*:", re.IGNORECASE)
LEADING = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "poster",
    "background",
    "cite",
    "ping",
    "srcset",
}
TRIED = PARTS if os.environ.get("PARTS") == "all" else PARTS[:1]
"""The parts whose site is built and opened: all of them, which `PARTS=all` asks for, take half an hour."""


# ---- the sources


def test_there_are_vectors_enough() -> None:
    assert len(VECTORS) == len({*VECTORS}) > 400


def test_every_text_of_every_format_meets_every_vector() -> None:
    """Found by the types of the format, so that a new key is not forgotten."""
    met: dict[tuple[str, str], set[str]] = {}
    for part in PARTS:
        sources, found = parse(poisoned_files(part))
        assert found == []
        files = (sources.trees, sources.walks, sources.statutes, sources.papers, sources.shared)
        for record, name, text in (one for kind in files for value in kind.values() for one in texts(value)):
            met.setdefault((record, name), set()).add(text)
    records = {one for one in vars(syntax).values() if isinstance(one, type) and issubclass(one, syntax.Record)}
    free = {(one.__name__, field.name) for one in records for field in fields(one) if is_free_text(field.type)}
    missed = {
        place: [one for one in VECTORS if not any(text.startswith(one) for text in met.get(place, ()))]
        for place in free
    }
    assert {place for place, vectors in missed.items() if vectors} == NAMES | NOT_SHOWN


CITING = ("Amount", "Burden", "Clock", "Deadline", "Now", "Paper", "Remedy", "Reply", "Statement")
EXPECTED = ("answers", "amounts", "cites", "deadlines", "not_cites")
NAMES = {
    ("Article", "replaced_by"),
    ("Sign", "cite"),
    ("Sign", "means"),
    ("Door", "answers"),
    ("Also", "with_"),
    ("Way", "with_"),
    ("PaperRule", "filled"),
}
NAMES |= {(kind, key) for kind in ("Walk", "Case") for key in EXPECTED}
NAMES |= {(kind, "cite") for kind in CITING}
"""What stands there is the name of something, or of an article, or is refused."""

NOT_SHOWN = {("Year", "notice"), ("Case", "case"), ("Case", "story")}
"""No page has it."""


def is_free_text(kind: object) -> bool:
    if get_origin(kind) is Annotated:
        return not isinstance(get_args(kind)[1], syntax.OneOf) and is_free_text(get_args(kind)[0])
    return kind is Text or any(is_free_text(inner) for inner in get_args(kind))


def texts(value: object, record: str = "", key: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text with the record and the key that it stands under."""
    if isinstance(value, Text):
        yield record, key, str(value)
    elif isinstance(value, syntax.Record):
        for name, inner in vars(value).items():
            yield from texts(inner, type(value).__name__, name)
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner, record, key)


def test_without_the_attacks_the_project_is_fit() -> None:
    assert pipeline.check(poisoned_files(0, clean=True))[1] == []


@pytest.mark.parametrize("vector", UNREADABLE, ids=ascii)
def test_a_character_that_no_text_may_hold_is_an_error(vector: str, toy_files) -> None:
    tree = toy_files["trees/kettle/tree.yml"].replace("水壶退货".encode(), f"'{vector}'".encode(), 1)
    assert {one.rule for one in pipeline.check(toy_files | {"trees/kettle/tree.yml": tree})[1]} == {"yaml"}


# ---- what stands in the built pages


@dataclass(frozen=True)
class Skeleton:
    """Of a page: its elements with the names of their attributes, in order, without those that Markdown may make of a
    text; each kind of element once; and what would run or lead out of the site.
    """

    order: tuple[tuple[str, ...], ...]
    kinds: frozenset[tuple[str, ...]]
    leads: tuple[str, ...]


class SkeletonReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.order: list[tuple[str, ...]] = []
        self.kinds: set[tuple[str, ...]] = set()
        self.leads: list[str] = []
        self.drawn = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = tuple(sorted(name for name, _ in attributes))
        self.kinds.add((tag, *names))
        if tag == "svg":
            self.drawn = True
        if not self.drawn and tag not in INLINE:  # how many lines a drawing has depends on the length of its texts
            self.order.append((tag, *names))
        self.leads += [value for name, value in attributes if name in LEADING and value and MAY_RUN.match(value)]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.drawn = self.drawn and tag != "svg"


def skeleton(html: str) -> Skeleton:
    reader = SkeletonReader()
    reader.feed(html)
    reader.close()
    return Skeleton(tuple(reader.order), frozenset(reader.kinds), tuple(reader.leads))


def skeletons(site: Path) -> dict[str, Skeleton]:
    return {
        path.relative_to(site).as_posix(): skeleton(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def clean_site(patched, tmp_path_factory) -> Path:
    return built_site(poisoned_files(0, clean=True), tmp_path_factory.mktemp("clean"), patched)


@pytest.fixture(scope="module", params=TRIED)
def poisoned(request, patched, tmp_path_factory) -> Path:
    return built_site(poisoned_files(request.param), tmp_path_factory.mktemp("poisoned"), patched)


WRITTEN = {
    ("a", "href", "title"),
    ("a", "href"),
    ("br",),
    ("code",),
    ("em",),
    ("p",),
    ("strong",),
    ("a",),
    ("a", "title"),
}
"""The elements that a text may come to, and no other attributes."""


def test_the_built_pages_hold_nothing_that_clean_ones_do_not(poisoned, clean_site) -> None:
    clean = skeletons(clean_site)
    known = frozenset().union(*(one.kinds for one in clean.values())) | WRITTEN
    made = skeletons(poisoned)
    assert made.keys() == clean.keys() and len(made) > 4 * COPIES
    for path, page in made.items():
        assert page.kinds - known == set(), path
        assert page.leads == clean[path].leads == (), path
        assert page.order == clean[path].order, path


def test_the_index_of_the_search_holds_text(poisoned) -> None:
    """The theme puts its titles, texts and tags into the page as HTML."""
    (index,) = (poisoned / "search").glob("index.*.json")
    entries = json.loads(index.read_text("utf-8"))["docs"]
    assert len(entries) > 4 * COPIES
    for entry in entries:
        for text in (entry["title"], entry["text"], *entry.get("tags", [])):
            found = skeleton(text)
            assert found.kinds <= {(tag,) for tag in INDEXED}, text
            assert found.leads == ()


INDEXED = {"br", "code", "dd", "dl", "dt", "li", "ol", "p", "pre", "ul"}


# ---- what runs


WATCH = """
(() => {
  window.__ran = [];
  const note = (what) => { window.__ran.push(what); ran(what); };
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { note(name); };
  addEventListener("securitypolicyviolation", (event) => note(`policy: ${event.violatedDirective}`));
})();
"""

SKELETON = """() => [...document.querySelectorAll("*")].map((one) =>
  [one.localName, ...[...one.attributes].map(({ name }) => name)].join(" "))"""

LEADING_OUT = """() => [...document.querySelectorAll("[href], [src], [action], [formaction], [data]")]
  .flatMap((one) => ["href", "src", "action", "formaction", "data"].map((name) => one[name]?.baseVal ?? one[name]))
  .filter((address) => typeof address === "string" && /^[a-z]+:/i.test(address) && !/^(https?|tel):/i.test(address))"""


class Watched:
    """A visit of which all is noted that must not happen."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.context: BrowserContext = browser.new_context(service_workers="block")
        self.ran: list[str] = []
        self.context.expose_function("ran", self.note)
        self.context.expose_function("engineAnswer", Session().answer)
        self.context.add_init_script(WATCH)
        self.context.on("request", lambda one: self.note_request(one.url, url))
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda one: (self.ran.append(f"dialog: {one.message}"), one.dismiss()))
        self.page.on("popup", lambda one: self.ran.append(f"popup: {one.url}"))

    def note(self, what: str) -> None:
        self.ran.append(what)

    def note_request(self, asked: str, url: str) -> None:
        if not asked.startswith((url, "blob:" + url, "data:image/")):
            self.ran.append(f"asked for {asked}")

    def open(self, address: str) -> None:
        self.page.goto(address, wait_until="load")
        assert self.page.url.partition("#")[0] == address.partition("#")[0], "it led elsewhere"
        assert self.page.evaluate("__ran") == [] and self.ran == [], address


@pytest.fixture
def visit(browser) -> Iterator:
    visits: list[Watched] = []

    def begin(url: str) -> Watched:
        visits.append(Watched(browser, url))
        return visits[-1]

    yield begin
    for one in visits:
        one.context.close()
        assert one.ran == []


def shapes(watched: Watched) -> set[str]:
    """Without `title`, which the theme gives to whatever is too long for its place, and without the theme's own
    components, whose `style` and `hidden` it sets when there is time; the built page was held against a clean one.
    """
    return {
        " ".join(sorted({*one.split(" ")} - {"title"}))
        for one in watched.page.evaluate(SKELETON)
        if "data-md-component" not in one
    }


@pytest.mark.slow
def test_nothing_runs_on_any_page(poisoned, clean_site, serve, visit) -> None:
    """Every page is opened; the browser has made no kind of element of it that it has not made of clean ones."""
    clean_url, url = serve(clean_site).url, serve(poisoned).url
    clean, watched = visit(clean_url), visit(url)
    known = {" ".join(sorted({*one} - {"title"})) for one in WRITTEN}
    for folder in {path.parent for path in clean_site.rglob("*.html")}:
        for path in sorted(folder.glob("*.html"))[: 3 if folder.name in ("trees", "examples", "maps", "law") else None]:
            clean.open(clean_url + path.relative_to(clean_site).as_posix())
            known |= shapes(clean)
    for path in sorted(poisoned.rglob("*.html")):
        watched.open(url + path.relative_to(poisoned).as_posix())
        assert shapes(watched) - known == set(), path
        assert watched.page.evaluate(LEADING_OUT) == [], path


def answers_in(copy: int) -> dict[str, str]:
    """Those of a walk to `one` in the tree of this copy."""
    told = {"own": "x", f"n{copy}": "1", f"m{copy}": "1", "count": "0", "day": "2026-11-11", "later": "2026-11-10"}
    return {f"s{copy}": "a"} | told


def walk_in(copy: int) -> str:
    return "#a=1&" + "&".join(f"{question}={answer}" for question, answer in answers_in(copy).items())


def test_nothing_runs_on_the_way_to_an_outcome(poisoned, serve, visit) -> None:
    """With what the engine computes: days, sums, letters, what another answer would lead to."""
    url = serve(poisoned).url
    watched = visit(url)
    watched.context.add_init_script((KETTLE / "python.js").read_text("utf-8"))
    for copy in range(0, COPIES, 3):
        watched.open(f"{url}trees/t{copy}.html{walk_in(copy)}")
        watched.page.wait_for_selector(".outcome.here .day", state="attached")
        watched.page.evaluate("for (const one of document.querySelectorAll('.here details')) one.open = true")
        watched.page.wait_for_selector(".outcome.here .day")
        watched.page.locator("[data-do=back]").click()
        assert watched.page.evaluate("__ran") == []


def test_nothing_runs_where_a_case_is_kept(poisoned, serve, visit) -> None:
    """On its page, with its days and its log, and in the papers that it fills."""
    url = serve(poisoned).url
    watched = visit(url)
    watched.context.add_init_script((KETTLE / "python.js").read_text("utf-8"))
    for copy in range(0, COPIES, 6):
        says = VECTORS[copy % len(VECTORS)]
        entry = {"day": "2026-11-12", "kind": "sent", "who": f"c{copy}", "says": says, "answers": {}, "evidence": []}
        notes = {"format": 1, "fields": {"名": says}, "boxes": [], "letters": {}, "log": [entry]}
        kept = {"minglu-walks": {f"t{copy}": walk_in(copy)}, "minglu-case": notes}
        watched.open(url + "index.html")
        for name, value in kept.items():
            watched.page.evaluate("pair => localStorage.setItem(...pair)", [name, json.dumps(value)])
        watched.open(url + "case.html")
        watched.page.wait_for_selector("minglu-case .ends")
        assert says.strip()[:8] in watched.page.locator("minglu-case").text_content()
        watched.page.evaluate("for (const one of document.querySelectorAll('minglu-case details')) one.open = true")
        watched.open(url + "papers.html")
        watched.page.locator(f"[data-paper='p{copy}']").click()
        watched.page.wait_for_selector(".paper-sheet > *")
        assert watched.page.evaluate("__ran") == []
        assert watched.page.evaluate(LEADING_OUT) == []


def test_nothing_runs_in_what_the_search_finds(poisoned, serve, visit) -> None:
    url = serve(poisoned).url
    watched = visit(url)
    watched.open(url + "index.html")
    watched.page.locator(".md-search__input").focus()
    ready = "!document.querySelector('.md-search-result__meta').textContent.includes('初始化')"
    until(watched.page, ready)  # what is typed earlier may never be looked for
    for query in ("script", "img", "onerror", "svg", "href", "alert"):
        watched.page.locator(".md-search__input").fill(query)
        watched.page.locator(".md-search__input").press("End")  # the theme listens for keys
        found = watched.page.locator(f".md-search-result__item mark:text-is('{query}')")
        found.first.wait_for(state="attached")
        watched.page.wait_for_timeout(500)  # the items further down are added when there is time
        made = watched.page.eval_on_selector_all(".md-search-result *", "all => all.map((one) => one.localName)")
        assert {*made} <= RESULTS
        assert watched.page.evaluate("__ran") == []
    assert "<script" in watched.page.locator(".md-search-result").text_content()


RESULTS = {"a", "article", "b", "br", "code", "dd", "details", "div", "dl", "dt", "h1", "h2", "li", "mark", "nav", "ol"}
RESULTS |= {"p", "path", "pre", "span", "summary", "svg", "ul"}


# ---- links, what the device holds, data, and what a reader pastes


SUSPICIOUS = """() => [...document.querySelectorAll("*")].map((one) => {
  const loads = ["script", "style", "img", "iframe", "object", "embed", "base", "meta", "link", "math"];
  const kind = loads.includes(one.localName) ? one.localName + (one.src || one.href || one.content || "") : "";
  const runs = [...one.attributes].map(({ name }) => name).filter((name) => /^on|^srcdoc|^formaction/.test(name));
  return kind + runs.join();
}).filter(Boolean).sort()"""
"""What loads or runs something."""

SET_HASHES = """(all) => {
  for (const one of all) { location.hash = one; dispatchEvent(new HashChangeEvent("hashchange")); }
}"""
FRAGMENTS = ("#{}", "#a=1&own={}", "#a=1&v={}&own=x", "#a=1&{}=x", "#a=1&AT={}&own=x")


@pytest.mark.parametrize("page", ["index.html", "trees/t0.html", "maps/t0.html", "cite.html", "calc.html"])
def test_nothing_runs_from_the_fragment(page: str, clean_site, serve, visit) -> None:
    """As it is, encoded, as an answer, as a question, as a version, as the node of a picture."""
    url = serve(clean_site).url
    watched = visit(url)
    watched.open(url + page)
    until(watched.page, "!document.querySelector('cite-check:not(:has(form)), law-calculators:not(:has(form))')")
    before = watched.page.evaluate(SUSPICIOUS)
    written = [FRAGMENTS[number % 5].format(one) for number, one in enumerate([*VECTORS, *map(quote, VECTORS)])]
    watched.page.evaluate(SET_HASHES, written)
    # Material may take away what a script has put into the head; nothing may have come.
    assert Counter(watched.page.evaluate(SUSPICIOUS)) <= Counter(before)
    assert watched.page.evaluate(LEADING_OUT) == []
    for fragment in written[::60]:
        watched.page.goto("about:blank")
        watched.open(url + page + fragment)


KEPT = [
    "javascript:alert(1)",
    "https://evil.example/#a=1&own=x",
    "//evil.example#a=1&own=x",
    "#a=1&own=x#javascript:alert(1)",
    "javascript:alert(1)//&a=1&own=x",
    "https://evil.example/?&a=1&own=x",
    "//evil.example/?&a=1&own=x",
    "/cite.html?&a=1&own=x",
    "a=1&own=x",
    {"hash": "#a=1&own=x"},
    ["#a=1&own=x"],
    7,
    None,
    *VECTORS[::20],
]


@pytest.mark.parametrize("kept", KEPT, ids=ascii)
def test_what_is_kept_on_the_device_leads_nowhere_else(kept: object, clean_site, serve, visit) -> None:
    """And one entry that cannot be read does not hide the others."""
    url = serve(clean_site).url
    watched = visit(url)
    watched.open(url + "index.html")
    walks = {"t0": kept, "javascript:alert(1)": "#a=1&own=x", "<img src=x onerror=alert(1)>": kept, "t1": "#a=1&s1=a"}
    watched.page.evaluate("(walks) => localStorage.setItem('minglu-walks', JSON.stringify(walks))", walks)
    for page in ("trees/t0.html", "trees/t1.html"):
        watched.open(url + page)
        links = watched.page.eval_on_selector_all(".notice a", "all => all.map((one) => one.href)")
        assert all(one.startswith(url + page + "#a=1&") for one in links)
        for one in watched.page.query_selector_all(".notice a"):
            one.click()
        assert watched.page.url.startswith(url + page)
    assert links, "what could be read is offered"


@pytest.mark.parametrize("stored", ["{", "null", "[]", '"x"', "7", '{"t1":', "<script>alert(1)</script>"])
def test_a_store_that_is_no_list_of_walks_is_left_alone(stored: str, clean_site, serve, visit) -> None:
    url = serve(clean_site).url
    watched = visit(url)
    watched.open(url + "index.html")
    watched.page.evaluate("(stored) => localStorage.setItem('minglu-walks', stored)", stored)
    watched.open(url + "trees/t1.html")
    assert watched.page.query_selector_all(".notice a") == []


def test_nothing_runs_from_data_that_was_tampered_with(clean_site, serve, visit, tmp_path) -> None:
    """Every text of the tree, every id that may be one, and the library, changed on the server."""
    site = tmp_path / "site"
    shutil.copytree(clean_site, site)
    watched = visit(url := serve(site).url)
    watched.context.add_init_script((KETTLE / "python.js").read_text("utf-8"))
    plain, page = "assets/minglu/trees/t0.json", site / "trees/t0.html"
    name = as_shipped(site, plain)
    tree, written = json.loads((site / name).read_text("utf-8")), page.read_text("utf-8")
    watched.open(f"{url}trees/t0.html")
    before = watched.page.evaluate(SUSPICIOUS)
    for number, vector in enumerate(VECTORS[::12]):
        data = json.dumps(tampered(tree, vector, ids=number % 2 == 1), ensure_ascii=False).encode()
        other = shipped_name(plain, data)  # as one would who can change the page, too: else the data are not taken
        (site / other).write_bytes(data)
        page.write_text(written.replace(PurePosixPath(name).name, PurePosixPath(other).name), "utf-8")
        watched.page.goto("about:blank")
        watched.open(f"{url}trees/t0.html#a=1&s0=a&own=x&n0=1&count=0&day=2026-11-11&later=2026-11-10")
        watched.page.wait_for_timeout(150)
        assert watched.page.evaluate(SUSPICIOUS) == before and watched.page.evaluate(LEADING_OUT) == []


def test_nothing_runs_from_a_route_that_was_tampered_with(clean_site, serve, visit) -> None:
    """The JSON in the page: titles, questions, labels, words; links are made of what stands in it, too."""
    watched = visit(url := serve(clean_site).url)
    watched.context.add_init_script((KETTLE / "python.js").read_text("utf-8"))
    page = (clean_site / "trees/t0.html").read_text("utf-8")
    begin, written, end = re.split(r"(?s)(?<=>)(\{[^<]*\})(?=</template>)", page, maxsplit=1)
    route = json.loads(written)
    watched.open(f"{url}trees/t0.html")
    before = watched.page.evaluate(SUSPICIOUS)
    for number, vector in enumerate(VECTORS[::12]):
        changed = tampered(route, vector, ids=number % 2 == 1)
        assert changed != route
        written = json.dumps(changed).replace("<", "\\u003c").replace("&", "\\u0026")
        watched.page.unroute_all()
        watched.page.route(
            "**/t0.html",
            lambda asked, *, body=begin + written + end: asked.fulfill(body=body, content_type="text/html"),
        )
        for walk in ("#a=1&s0=a&own=x&n0=1&count=0&day=2026-11-11&later=2026-11-10", "#a=1&s0=a&own=unsure"):
            watched.page.goto("about:blank")
            watched.open(f"{url}trees/t0.html{walk}")
            watched.page.wait_for_timeout(150)
            assert watched.page.evaluate(SUSPICIOUS) == before and watched.page.evaluate(LEADING_OUT) == []


def tampered(value: object, vector: str, *, ids: bool, key: str = "") -> Any:
    """With the vector in place of texts; of ids too, where the engine still finds its way with them changed."""
    if isinstance(value, dict):
        return {name: tampered(inner, vector, ids=ids, key=name) for name, inner in value.items()}
    if isinstance(value, list):
        return [tampered(inner, vector, ids=ids, key=key) for inner in value]
    if not isinstance(value, str) or key in ("version", "kind", "id", "start", "node", "tree", "within", "from"):
        return value
    if ids and value.startswith("tree/"):
        return f"tree/{vector}"
    return vector if not re.fullmatch(r"[a-z0-9.-]+", value) else value


def test_nothing_runs_from_a_pasted_text(clean_site, serve, visit) -> None:
    url = serve(clean_site).url
    watched = visit(url)
    watched.context.add_init_script((KETTLE / "python.js").read_text("utf-8"))
    watched.open(url + "cite.html")
    until(watched.page, "document.querySelector('cite-check form')")
    before = watched.page.evaluate(SUSPICIOUS)
    for begin in range(0, len(VECTORS), 40):
        text = "\n".join(f"见壶倀法第1条{one}、《{one}》第9条" for one in VECTORS[begin : begin + 40])
        watched.page.locator("textarea").fill(text)
        watched.page.locator("cite-check button.do").click()
        until(watched.page, "document.querySelector('cite-check .notice').textContent.includes('处引用')")
        assert watched.page.evaluate(SUSPICIOUS) == before and watched.page.evaluate(LEADING_OUT) == []
        assert watched.page.evaluate("__ran") == []
