"""Compiled trees and library → the sources of the site.

`write` returns `{path: bytes}`, paths relative to the docs folder. All but `fragments/` are pages and assets of the
site; a fragment goes into hand-written pages, in place of `<!-- minglu:NAME -->` (see `fragments.fill_fragments`).
"""

from collections.abc import Collection

from minglu.compile.compiled import Compiled
from minglu.compile.library import library_data
from minglu.engine.codec import json_bytes
from minglu.write.cases import stylesheets
from minglu.write.certificate import tree_certificate
from minglu.write.cross_references import Site
from minglu.write.example_pages import examples_page, walks_with_story
from minglu.write.fragments import all_fragments
from minglu.write.knowledge_pages import channels_page, evidence_page, mistakes_page
from minglu.write.law_pages import law_index, law_page
from minglu.write.links import Pen
from minglu.write.manual_pages import checks_page, keys_page
from minglu.write.map_page import map_page
from minglu.write.page_kinds import page_kind
from minglu.write.shipping import shipped_name
from minglu.write.tree_page import tree_page
from minglu.write.widget import FOLDER, SCRIPT, bundled


def write(compiled: Compiled, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """`without` are kinds of pages (`page_kinds.CHOICE`) that the site leaves out; what only leads there goes too."""
    site = Site(compiled)
    top, below = (Pen(site, up, frozenset(without)) for up in ("", "../"))
    trees, library = compiled.trees, compiled.project.library
    certificates = {id: tree_certificate(id, compiled) for id in trees}
    with_examples = [id for id in trees if walks_with_story(compiled.project.trees[id].walks)]
    data = {f"trees/{id}.json": json_bytes(tree) for id, tree in trees.items()} | {
        **{f"certificates/{id}.json": json_bytes(one) for id, one in certificates.items()},
        "calendar.json": json_bytes(compiled.calendar),
        "library.json": json_bytes(library_data(library)),
    }
    parts = {id: page_parts(f"trees/{id}.json", data) for id in trees}
    pages = {
        **{f"trees/{id}.md": tree_page(tree, below, parts[id]) for id, tree in trees.items()},
        **{f"examples/{id}.md": examples_page(trees[id], below) for id in with_examples},
        **{f"maps/{id}.md": map_page(tree, certificates[id], below) for id, tree in trees.items()},
        "law/index.md": law_index(below),
        **{f"law/{one.slug}.md": law_page(one, below) for one in library.statutes.values()},
        **({"channels.md": channels_page(top)} if library.channels else {}),
        **({"evidence.md": evidence_page(top)} if library.evidence else {}),
        **({"mistakes.md": mistakes_page(top)} if library.mistakes else {}),
        "contribute/checks.md": checks_page(),
        "contribute/keys.md": keys_page(),
    }
    files = {path: page.encode() for path, page in pages.items() if page_kind(path) not in without}
    files |= {FOLDER + path: one for path, one in data.items()}
    return files | stylesheets(trees.values()) | all_fragments(top)


def page_parts(tree: str, data: dict[str, bytes]) -> dict[str, str]:
    """The names of what belongs to a tree's page: with the files of another version it does not run."""
    return {
        "tree": shipped_name(tree, data[tree]),
        "calendar": shipped_name("calendar.json", data["calendar.json"]),
        "script": shipped_name(SCRIPT, bundled(SCRIPT)),
    }
