"""Generated files and hand-written ones → a folder that a generator of sites builds without the plugin; and its
settings.

Such a site is laid out as `write` lays it out: pages at `x.html` (`use_directory_urls: false`), none moved.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import dirname, relpath, splitext

from minglu.diagnostics import Diagnostic
from minglu.engine import citations
from minglu.engine.citations import Citation
from minglu.engine.names import Names
from minglu.write.addresses import readdressed
from minglu.write.documents import document_prose
from minglu.write.fragments import FRAGMENTS, fill_fragments
from minglu.write.in_site import PATH, SiteFacts, in_site_script
from minglu.write.links import article_anchor
from minglu.write.page_kinds import page_kind
from minglu.write.shipping import shipped
from minglu.write.taken import taken_by
from minglu.write.widget import FIRST, FOLDER, SCRIPT, SEARCH, style_paths

SETTINGS = """\
# What a site that is built from {folder} needs in its settings, beside its own; then build it with its own command.
docs_dir: {folder}
use_directory_urls: false
theme:
  name: material
  palette: {{ scheme: default, primary: custom, accent: custom }}
extra_css: [{css}]
extra_javascript: [{{ path: {script}, async: true }}]
extra:
  polyfills: [{polyfills}]   # before the theme's own scripts
markdown_extensions: [attr_list, md_in_html, tables, toc]
"""


@dataclass(frozen=True)
class Held:
    """The articles that the library has, and the names that statutes go by."""

    names: Names
    articles: Mapping[str, set[str]]

    def holds(self, citation: Citation) -> bool:
        return citation.article in self.articles[citation.statute]


def plain_site(
    files: Mapping[str, bytes], docs: Mapping[str, bytes], *, held: Held, facts: SiteFacts, without: Collection[str]
) -> tuple[dict[str, bytes], dict[str, str], list[Diagnostic]]:
    """`files` are the generated ones, fragments included; `docs` all files below the folder of hand-written pages, by
    path from there. Also the names that the widget's files go out by.

    Hand-written pages get their fragments, and their citations become links. `without` are the kinds of pages left out.
    """
    pieces = {path: data for path, data in files.items() if path.startswith(FRAGMENTS)}
    made = {path: unlinked_page(path, data, without) for path, data in files.items() if path not in pieces}
    by_address = {built_path(path): path for path in made}
    found = [
        taken_by(by_address[built_path(path)], f"docs/{path}", may_move=False)
        for path in docs
        if built_path(path) in by_address
    ]
    written = dict(docs)
    for path, data in docs.items():
        if path.endswith(".md"):
            text, missing = filled_page(path, data.decode("utf-8-sig", "replace"), pieces, held)
            written[path] = text.encode()
            found += missing
    made, names = shipped(made)
    site = written | made
    pages = [built_path(path) for path in site if path.endswith(".md")]
    first, first_name = shipped({PATH: in_site_script(pages, replace(facts, files=names))})
    return site | first, names | first_name, found


def settings_lines(folder: str, names: Mapping[str, str], *, look: bool) -> str:
    """What the settings of a site that is built from `folder` must have."""
    lists = {
        "css": style_paths(names, look=look),
        "polyfills": [FOLDER + names[name] for name in (*FIRST, SEARCH)],
    }
    script = FOLDER + names[SCRIPT]
    return SETTINGS.format(folder=folder, script=script, **{name: ", ".join(paths) for name, paths in lists.items()})


def built_path(path: str) -> str:
    """Where a generator puts the page of a source, or another file: `a/README.md` → `a/index.html`."""
    stem, suffix = splitext(path)
    if suffix != ".md":
        return path
    return f"{stem.removesuffix('README') + 'index' if stem.split('/')[-1] == 'README' else stem}.html"


def unlinked_page(path: str, data: bytes, without: Collection[str]) -> bytes:
    """Of a page, without the links to what is left out: a page of that address is somebody else's."""
    if not without or not path.endswith(".md"):
        return data

    def from_here(place: str) -> str | None:
        return None if page_kind(place) in without else relpath(place, dirname(path) or ".")

    return readdressed(data.decode(), dirname(path), from_here).encode()


def filled_page(path: str, source: str, pieces: Mapping[str, bytes], held: Held) -> tuple[str, list[Diagnostic]]:
    def from_here(place: str) -> str:
        return relpath(place, dirname(path) or ".")

    here = {name: readdressed(html.decode(), "", from_here).encode() for name, html in pieces.items()}
    return fill_fragments(cited_page(source, held, from_here), here, path=path)


def cited_page(source: str, held: Held, from_here: Callable[[str], str]) -> str:
    """A link for every citation in running text; not in a heading, and not inside HTML."""
    text, parts, done = document_prose(source), [], 0
    for start, end, citation in linkable(text, held):
        to = from_here(f"law/{citation.statute}.md")
        parts += [source[done:start], f"[{source[start:end]}]({to}#{article_anchor(citation.article)})"]
        done = end
    return "".join([*parts, source[done:]])


def linkable(text: str, held: Held) -> Iterator[tuple[int, int, Citation]]:
    """Where a link can stand: start, end, and the first article cited."""
    for one in citations.find(text, held.names):
        line = text[text.rfind("\n", 0, one.start) + 1 : one.start].lstrip()
        if one.citations and all(map(held.holds, one.citations)) and not line.startswith(("#", "<")):
            yield one.start, one.end, one.citations[0]
