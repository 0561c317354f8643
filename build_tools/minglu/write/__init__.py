"""Compiled trees and library → the sources of the site.

`write` returns `{path: bytes}`, paths relative to the docs folder. All but `fragments/` are pages and assets of the
site; a fragment goes into hand-written pages, in place of `<!-- minglu:NAME -->` (see `fragments.fill_fragments`).
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache, partial

from minglu.compile.compiled import Compiled
from minglu.compile.contract_schema import case_schema
from minglu.compile.library import library_data
from minglu.engine.codec import json_bytes
from minglu.write.calculator_rules import CALCULATORS, calculators_data, collected_rules
from minglu.write.case_library import CASE, case_library
from minglu.write.case_page import CaseParts, case_page
from minglu.write.cases import stylesheets
from minglu.write.certificate import Certificate, tree_certificate
from minglu.write.cross_references import Site
from minglu.write.example_pages import examples_page, walks_with_story
from minglu.write.fragments import all_fragments
from minglu.write.knowledge_pages import channel_page, channels_page, evidence_page, mistakes_page
from minglu.write.law_pages import law_index, law_page
from minglu.write.links import Pen
from minglu.write.manual_pages import checks_page, keys_page
from minglu.write.map_page import map_page
from minglu.write.page_kinds import page_kind
from minglu.write.paper_library import PAPERS, paper_library
from minglu.write.paper_pages import paper_page, papers_page
from minglu.write.shipping import shipped_name
from minglu.write.tree_page import tree_page
from minglu.write.widget import CASE_PAGE, CASE_STYLE, FOLDER, MAP_STYLE, PAPER_STYLE, WALKS, bundled, styled


def write(compiled: Compiled, *, without: Collection[str] = ()) -> dict[str, bytes]:
    """`without` are kinds of pages (`page_kinds.CHOICE`) that the site leaves out; what only leads there goes too."""
    top = Pen(Site(compiled), "", frozenset(without))
    trees, library = compiled.trees, compiled.project.library
    certificate = cache(partial(tree_certificate, compiled=compiled))
    data = {f"trees/{id}.json": json_bytes(tree) for id, tree in trees.items()} | {
        **{f"certificates/{id}.json": json_bytes(certificate(id)) for id in trees},
        "calendar.json": json_bytes(compiled.calendar),
        "library.json": json_bytes(library_data(library)),
        CASE: json_bytes(case_library(top)),
        "case.schema.json": json_bytes(case_schema()),
        **({PAPERS: json_bytes(paper_library(top))} if compiled.project.papers else {}),
        CALCULATORS: json_bytes(calculators_data(collected_rules(top.site), top.site)),
    }
    files = {path: make().encode() for path, make in generated_pages(top, data, certificate).items()}
    files |= {FOLDER + path: one for path, one in data.items()}
    return files | stylesheets(trees.values()) | all_fragments(top)


def generated_pages(
    top: Pen, data: Mapping[str, bytes], certificate: Callable[[str], Certificate]
) -> dict[str, Callable[[], str]]:
    """Every page by its path, to be made when it is wanted; those that `top` leaves out are not there."""
    compiled, below = top.site.compiled, Pen(top.site, "../", top.without)
    trees, library = compiled.trees, compiled.project.library
    with_examples = [id for id in trees if walks_with_story(compiled.project.trees[id].walks)]
    parts = partial(page_parts, data)
    map_style, paper_style = (shipped_name(name, styled(name)) for name in (MAP_STYLE, PAPER_STYLE))
    pages: dict[str, Callable[[], str]] = {
        **{f"trees/{id}.md": partial(lambda id: tree_page(trees[id], below, parts(id)), id) for id in trees},
        "case.md": partial(case_page, top, case_parts(data)),
        **{f"examples/{id}.md": partial(examples_page, trees[id], below) for id in with_examples},
        **{
            f"maps/{id}.md": partial(lambda id: map_page(trees[id], certificate(id), below, style=map_style), id)
            for id in trees
        },
        "law/index.md": partial(law_index, below),
        **{f"law/{one.slug}.md": partial(law_page, one, below) for one in library.statutes.values()},
        **({"channels.md": partial(channels_page, top)} if library.channels else {}),
        **{f"channels/{one.id}.md": partial(channel_page, one, below) for one in library.channels.values()},
        **({"evidence.md": partial(evidence_page, top)} if library.evidence else {}),
        **({"mistakes.md": partial(mistakes_page, top)} if library.mistakes else {}),
        **({"papers.md": partial(papers_page, top, case_parts(data))} if compiled.project.papers else {}),
        **{
            f"papers/{id}.md": partial(paper_page, one, below, style=paper_style)
            for id, one in compiled.project.papers.items()
        },
        "contribute/checks.md": checks_page,
        "contribute/keys.md": keys_page,
    }
    return {path: make for path, make in pages.items() if page_kind(path) not in top.without}


def pages_to_read(compiled: Compiled, without: Collection[str]) -> dict[str, Callable[[], str]]:
    """The pages as they are written, but for the names of the files that they run with."""
    files = dict.fromkeys(["calendar.json", CASE, *(f"trees/{id}.json" for id in compiled.trees)], b"")
    top = Pen(Site(compiled), "", frozenset(without))
    return generated_pages(top, files, partial(tree_certificate, compiled=compiled))


def page_parts(data: Mapping[str, bytes], id: str) -> dict[str, str]:
    """The names of what belongs to a tree's page: with the files of another version it does not run."""
    tree = f"trees/{id}.json"
    return {
        "tree": shipped_name(tree, data[tree]),
        "calendar": shipped_name("calendar.json", data["calendar.json"]),
        "script": shipped_name(WALKS, bundled(WALKS)),
    }


def case_parts(data: Mapping[str, bytes]) -> CaseParts:
    """The names of what the page of the case runs with: data of all trees, of which it loads those of the case."""
    trees = {id.removesuffix(".json"): one for id, one in named(data, "trees/").items()}
    return CaseParts(
        trees,
        shipped_name("calendar.json", data["calendar.json"]),
        shipped_name(CASE, data[CASE]),
        shipped_name(CASE_PAGE, bundled(CASE_PAGE)),
        shipped_name(CASE_STYLE, styled(CASE_STYLE)),
    )


def named(data: Mapping[str, bytes], folder: str) -> dict[str, str]:
    """The names that the files of a folder go out by, by their plain ones below it."""
    return {path.removeprefix(folder): shipped_name(path, one) for path, one in data.items() if path.startswith(folder)}
