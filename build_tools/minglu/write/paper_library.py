"""The papers for offices → what the engine needs of them: `papers.json`, all that is said beside them plain."""

from dataclasses import replace

from minglu.engine.paper import CompiledPaper, PaperLibrary, PaperStatement
from minglu.resolve.model import Paper, Statute
from minglu.write.html import plain_text
from minglu.write.knowledge_pages import grouped
from minglu.write.links import Pen
from minglu.write.words import page_words

PAPERS = "papers.json"
"""Its name until it is shipped. A script asks for it, once a reader asks for a paper."""


def paper_library(pen: Pen) -> PaperLibrary:
    project = pen.site.compiled.project
    groups = {one.id: group for group, some in grouped(project.library.evidence.values()) for one in some if group}
    return PaperLibrary(
        tuple(plain_paper(one, pen) for one in project.papers.values()),
        project.tellings,
        groups,
        {one.short: full_name(one) for one in project.library.statutes.values()},
    )


def full_name(statute: Statute) -> str:
    """As an office is told it: `《中华人民共和国民法典》`."""
    title = page_words("papers.state") + statute.title
    outer, inner = page_words("papers.quotes"), page_words("papers.quotes-inside")
    named = (title if title in statute.also else statute.title).translate(str.maketrans(outer, inner))
    return outer[0] + named + outer[1]


def plain_paper(paper: Paper, pen: Pen) -> CompiledPaper:
    one = paper.compiled
    notes = (PaperStatement(plain_text(pen.text(note.says)), note.cite, note.basis) for note in one.notes)
    return replace(
        one, short=plain_text(pen.bare(one.short)), source=plain_text(pen.bare(one.source)), notes=tuple(notes)
    )
