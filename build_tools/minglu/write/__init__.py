"""Compiled trees and library → the sources of the site.

`write` returns `{path: bytes}`, paths relative to the docs folder. All but `fragments/` are pages and assets of the site;
a fragment goes into hand-written pages, in place of `<!-- minglu:NAME -->` (see `fragments.fill_fragments`).
"""

from collections.abc import Collection

from minglu.compile import Compiled
from minglu.compile.library import library_data
from minglu.engine.codec import json_bytes
from minglu.write import fragments, knowledge_pages, law_pages, manual_pages, tree_page
from minglu.write.cases import stylesheets
from minglu.write.certificate import certificate
from minglu.write.example_pages import examples_page, told_walks
from minglu.write.links import Pen
from minglu.write.map_page import map_page
from minglu.write.page_kinds import page_kind
from minglu.write.site import Site


def write(compiled: Compiled, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """`without` are kinds of pages (`page_kinds.CHOICE`) that the site leaves out; what only leads there goes with them."""
    site = Site(compiled)
    top, below = (Pen(site, up, frozenset(without)) for up in ("", "../"))
    trees, library = compiled.trees, compiled.project.library
    certificates = {id: certificate(id, compiled) for id in trees}
    with_examples = [id for id in trees if told_walks(compiled.project.trees[id].walks)]
    pages = {
        **{f"trees/{id}.md": tree_page.tree_page(tree, below) for id, tree in trees.items()},
        **{f"examples/{id}.md": examples_page(trees[id], below) for id in with_examples},
        **{f"maps/{id}.md": map_page(tree, certificates[id], below) for id, tree in trees.items()},
        "law/index.md": law_pages.law_index(below),
        **{f"law/{one.slug}.md": law_pages.law_page(one, below) for one in library.statutes.values()},
        **({"channels.md": knowledge_pages.channels_page(top)} if library.channels else {}),
        **({"evidence.md": knowledge_pages.evidence_page(top)} if library.evidence else {}),
        **({"mistakes.md": knowledge_pages.mistakes_page(top)} if library.mistakes else {}),
        "contribute/checks.md": manual_pages.checks_page(),
        "contribute/keys.md": manual_pages.keys_page(),
    }
    data = {
        **{f"trees/{id}.json": tree for id, tree in trees.items()},
        **{f"certificates/{id}.json": one for id, one in certificates.items()},
        "calendar.json": compiled.calendar,
        "library.json": library_data(library),
    }
    files = {path: page.encode() for path, page in pages.items() if page_kind(path) not in without}
    files |= {f"assets/minglu/{path}": json_bytes(one) for path, one in data.items()}
    return files | stylesheets(trees.values()) | fragments.fragments(top)
