"""The finished pages → the same with a Content-Security-Policy, the last thing between a reader and markup that got in
after all.

A page runs scripts of this site's files and those inline scripts whose hashes the policy names. Hashed is what stands
in the pages when everything is built, as themes write scripts that differ with the depth of a page. It is one policy
for the whole site: in-site navigation runs the inline scripts of the next page under the policy of the first one. What
a *text* brought into a page (a `<script>` in Markdown) is not hashed: the policy does not vouch for it.

In a preview (`mkdocs serve`) there is no policy: MkDocs' server writes an inline script with another number into every
answer, which no hash can name, and what is wrong stands on the pages with styles of its own. Nor is there one where
only some pages are built (`--dirty`): the others would allow other scripts.
"""

import re
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from minglu.diagnostics import Words

POLICY = (
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'{scripts}",  # Python's WebAssembly, where workers inherit
    "style-src 'self'{styles}",
    "img-src 'self' data:",  # the theme's icons are masks with `data:` addresses in its styles
    "connect-src 'self'",
    "worker-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
"""`frame-ancestors` and reports work in a header only."""

NOT_SCRIPTS = re.compile(r"(?!(?:text|application)/(?:x-)?(?:java|ecma|j|live)script[\d.]*$)[a-z]+/", re.IGNORECASE)
"""Types of data blocks. Others run: none, JavaScript's, and words such as `module`, `importmap`, `speculationrules`."""

STOPPED_TAGS = {"applet", "audio", "base", "embed", "frame", "iframe", "object", "video"}
LOADING = {"img": "src", "script": "src", "source": "src", "input": "src", "link": "href", "use": "href"}
LOADED_LINKS = {"icon", "stylesheet", "preload", "prefetch", "modulepreload", "manifest"}
ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}", re.IGNORECASE)
RUNS = re.compile(r"[\s\0-\x1f]*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Stopped:
    """What stands in a page and does not work under the policy."""

    page: str
    excerpt: str
    more: int = 0
    """How many others the page has."""

    @property
    def says(self) -> Words:
        more = Words(f"（还有 {self.more} 处）", f" (and {self.more} more)") if self.more else Words("", "")
        return Words(
            f"{self.page}：`policy: true` 时浏览器不执行、不加载 `{self.excerpt}`{more.zh}。"
            "脚本和样式放进站内文件，列在 extra_javascript、extra_css 里；别的网站的东西不能嵌进来",
            f"{self.page}: with `policy: true` browsers neither run nor load `{self.excerpt}`{more.en}. "
            "Scripts and styles go into files of the site, listed in extra_javascript and extra_css; nothing of "
            "another site can be embedded",
        )


@dataclass
class PageRead:
    """What a policy must know of a page."""

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    excerpts: list[tuple[str, str | None]] = field(default_factory=list)
    """Each with the hash where it is inline text, which is stopped only where a text brought it in."""
    loads: dict[str, str] = field(default_factory=dict)
    """The scripts and styles of the site that the page loads, each with what it is."""
    place: int | None = None
    """Where the policy goes; None for what is no page, such as the file that proves who owns a site."""


class PageReader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.read = PageRead()
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", page))]
        self.inside: list[str] | None = None
        self.into: set[str] | None = None
        self.begin = ""
        self.in_head = True
        self.charset = False
        self.feed(page)
        self.close()
        self.end_inline()

    def handle_decl(self, decl: str) -> None:
        if self.read.place is None and decl.lower().startswith("doctype"):
            self.read.place = self.position() + len(decl) + len("<!>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in reversed(attrs)}  # the first of a name counts
        self.find_place(tag, values)
        if tag == "script" and "src" not in values:
            language = values.get("language")
            kind = values.get("type", f"text/{language}" if language else "").strip()
            self.begin_inline(None if NOT_SCRIPTS.match(kind) else self.read.scripts)
        elif tag == "style":
            self.begin_inline(self.read.styles)
        if tag == "script" and values.get("src") and not ELSEWHERE.match(values["src"]):
            self.read.loads.setdefault(values["src"], "script")
        elif tag == "link" and values.get("rel") == "stylesheet" and not ELSEWHERE.match(values.get("href", "//")):
            self.read.loads.setdefault(values["href"], "style")
        elif tag == "link" and values.get("rel") == "preload" and not ELSEWHERE.match(values.get("href", "//")):
            self.read.loads.setdefault(values["href"], values.get("as", ""))
        if any(stopped(tag, values)):
            self.read.excerpts.append((self.excerpt(), None))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.end_inline()
        elif tag == "head":
            self.in_head = False

    def handle_data(self, data: str) -> None:
        if self.inside is not None:
            self.inside.append(data)

    def begin_inline(self, into: set[str] | None) -> None:
        self.inside, self.into, self.begin = [], into, self.excerpt()

    def end_inline(self) -> None:
        if self.inside is not None and self.into is not None:
            text = "".join(self.inside)
            self.into.add(hash_of(text))
            self.read.excerpts.append((shortened(self.begin + text), hash_of(text)))
        self.inside = self.into = None

    def find_place(self, tag: str, values: Mapping[str, str]) -> None:
        """Behind the declaration of the encoding, which must stand among the first 1024 bytes; else first in the head;
        else behind what stands before a head that is not written."""
        end = self.position() + len(self.get_starttag_text() or "")
        if tag == "body":
            self.in_head = False
        if tag in ("html", "head") and self.in_head and not self.charset:
            self.read.place = end
        declares = "charset" in values or values.get("http-equiv", "").lower() == "content-type"
        if tag == "meta" and declares and self.in_head and self.read.place is not None and not self.charset:
            self.read.place, self.charset = end, True

    def position(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def excerpt(self) -> str:
        return shortened(self.get_starttag_text() or "")


def stopped(tag: str, values: Mapping[str, str]) -> Iterator[bool]:
    """Of an element: whether the policy stops any of it."""
    yield tag in STOPPED_TAGS
    yield "style" in values
    yield any(name.startswith("on") for name in values)
    yield any(RUNS.match(values.get(name, "")) for name in ("href", "action", "formaction", "xlink:href"))
    yield tag == "form" and bool(values.get("action"))
    if name := LOADING.get(tag):
        loaded = tag != "link" or LOADED_LINKS & {*values.get("rel", "").lower().split()}
        yield bool(loaded and ELSEWHERE.match(values.get(name, "")))


def with_policy(pages: Mapping[str, str], brought_in: Collection[str] = ()) -> tuple[dict[str, str], list[Stopped]]:
    """The pages (path → HTML) with the policy that all of them share, and what does not work under it.

    `brought_in` are the hashes of inline scripts and styles that came out of texts, see `inline_hashes`.
    """
    read = {path: PageReader(page).read for path, page in sorted(pages.items())}
    meta = policy_meta(
        scripts={one for page in read.values() for one in page.scripts} - {*brought_in},
        styles={one for page in read.values() for one in page.styles} - {*brought_in},
    )
    made = {
        path: page if (place := read[path].place) is None else page[:place] + early(read[path]) + meta + page[place:]
        for path, page in pages.items()
    }
    found = []
    for path, page in read.items():
        excerpts = [excerpt for excerpt, hash in page.excerpts if hash is None or hash in brought_in]
        if excerpts and page.place is not None:
            found.append(Stopped(path, excerpts[0], len(excerpts) - 1))
    return made, found


def early(page: PageRead) -> str:
    """Chromium looks ahead for what a page loads, but not past a policy: without these links, which stand before it,
    the page's files come one after the other.
    """
    return "".join(f'<link rel="preload" as="{kind}" href="{escape(path)}">' for path, kind in page.loads.items())


def policy_meta(*, scripts: Collection[str], styles: Collection[str]) -> str:
    named = {"scripts": scripts, "styles": styles}
    hashes = {name: "".join(f" '{one}'" for one in sorted(all)) for name, all in named.items()}
    return f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(POLICY).format(**hashes)}">'


def inline_hashes(html: str, ours: Iterable[str] = ()) -> set[str]:
    """Of the inline scripts and styles of a converted text, before it stands in a page. `ours` are elements that are
    not looked at: a page that has no other need not be parsed, which takes as long as all else for a large one.
    """
    for one in ours:
        html = html.replace(one, " ")
    if not re.search(r"<(?:script|style)\b", html, re.IGNORECASE):
        return set()
    read = PageReader(html).read
    return read.scripts | read.styles


def hash_of(text: str) -> str:
    """As a browser reckons it, which has read every end of a line as one character."""
    read = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-{b64encode(sha256(read.encode('utf-8', 'surrogateescape')).digest()).decode()}"


def shortened(html: str, most: int = 80) -> str:
    line = " ".join(html.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def put_policy(site: Path, brought_in: Collection[str]) -> list[Stopped]:
    """Into every page of a finished site; tells what does not work under it."""
    pages = {
        path.relative_to(site).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape")
        for path in sorted(site.rglob("*.html"))
    }
    made, found = with_policy(pages, brought_in)
    for path, page in made.items():
        (site / path).write_bytes(page.encode("utf-8", "surrogateescape"))
    return found


def align_by_attribute(config: MkDocsConfig) -> None:
    """Columns of tables are aligned by `align`, not by `style`, which the policy stops; the theme shows both alike."""
    within = {"extra": "tables", "pymdownx.extra": "markdown.extensions.tables"}
    for name in config.markdown_extensions:
        short = name.removeprefix("markdown.extensions.")
        if short == "tables":
            config.mdx_configs.setdefault(name, {})["use_align_attribute"] = True
        elif short in within:
            config.mdx_configs.setdefault(name, {}).setdefault(within[short], {})["use_align_attribute"] = True
