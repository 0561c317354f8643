"""States and library → the sources of the site.

`write` returns `{path: bytes}`, paths relative to the docs folder. All but `fragments/` are pages and assets of the site;
a fragment goes into hand-written pages, in place of `<!-- minglu:NAME -->` (see `fragments.fill`).
"""

from typing import TYPE_CHECKING

from minglu.compile.data import packed
from minglu.engine.dates import Calendar
from minglu.write import fragments, knowledge_pages, law_pages, manual_pages, tree_page
from minglu.write.cases import stylesheets
from minglu.write.certificate import certificate
from minglu.write.example_pages import examples, examples_page
from minglu.write.links import Pen
from minglu.write.map_page import map_page
from minglu.write.site import Site

if TYPE_CHECKING:
    from minglu.pipeline import Compiled


def write(done: "Compiled") -> dict[str, bytes]:
    site = Site(done.project, done.unfolded)
    top, below, calendar = Pen(site, ""), Pen(site, "../"), Calendar.of(done.calendar)
    certificates = {id: certificate(id, done) for id in done.unfolded}
    pages = {
        **{
            f"trees/{id}.md": tree_page.tree_page(one, done.trees[id]["version"], below)
            for id, one in done.unfolded.items()
        },
        **{
            f"examples/{id}.md": examples_page(one, done.trees[id], calendar, below)
            for id, one in done.unfolded.items()
            if examples(one.tree)
        },
        **{f"maps/{id}.md": map_page(one, certificates[id], below) for id, one in done.unfolded.items()},
        "law/index.md": law_pages.law_index(below),
        **{f"law/{one.slug}.md": law_pages.law_page(one, below) for one in done.project.library.statutes.values()},
        "channels.md": knowledge_pages.channels_page(top),
        "evidence.md": knowledge_pages.evidence_page(top),
        "mistakes.md": knowledge_pages.mistakes_page(top),
        "contribute/checks.md": manual_pages.checks_page(done.manual.checks),
        "contribute/keys.md": manual_pages.keys_page(done.manual.keys),
    }
    files = {path: page.encode() for path, page in pages.items()}
    files |= {f"assets/minglu/trees/{id}.json": packed(tree) for id, tree in done.trees.items()}
    files |= {f"assets/minglu/certificates/{id}.json": packed(one) for id, one in certificates.items()}
    files |= stylesheets(done.unfolded.values())
    files |= fragments.fragments(top)
    return files
