"""The papers for offices → their list, and a page of each that can be printed and filled in by hand: every gap open,
no box ticked. `<minglu-papers>` is where the script fills them in from a reader's case.
"""

import re

from minglu.engine.document import Block, Cell, Document, Line, Row
from minglu.engine.letter import BLANK
from minglu.engine.papers import blank_paper
from minglu.resolve.model import Paper
from minglu.write.case_page import CaseParts, parts_block
from minglu.write.html import (
    LINE_BREAK,
    NOTHING,
    UNSEARCHED,
    Html,
    bold,
    element,
    escaped,
    html_list,
    joined,
    void_element,
)
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.statement_html import basis_tag, cite_links, statement_list
from minglu.write.widget import FOLDER
from minglu.write.words import page_words

LINE_TO_WRITE_ON = escaped(BLANK * 2)
LABEL = re.compile("[^，；。　]{2,}：$")
"""What says of itself what belongs behind it."""


def papers_page(pen: Pen, parts: CaseParts) -> str:
    """All papers by the office that takes them."""
    title = page_words("papers.title")
    offices: dict[str, list[Html]] = {}
    for one in pen.site.compiled.project.papers.values():
        offices.setdefault(one.compiled.office_title, []).append(paper_row(one, pen))
    place = element("minglu-papers", parts_block(pen, parts), hidden=True)
    page = [markdown_heading(1, title), page_words("papers.intro"), html_block(place)]
    for number, (office, rows) in enumerate(offices.items(), 1):
        page += [markdown_heading(2, office, f"office-{number}"), html_block(html_list(rows, cls="entries"))]
    return markdown_page(front_matter(title=title, description=page_words("papers.about")), page)


def paper_row(paper: Paper, pen: Pen) -> Html:
    one = paper.compiled
    link = element("a", pen.bare(one.title), href=f"{pen.up}papers/{one.id}.html")
    return element("h3", link, id=one.id, **UNSEARCHED) + element("p", pen.bare(one.short), cls="soft")


def paper_page(paper: Paper, pen: Pen, *, style: str) -> str:
    """What is said beside it first; then the paper. `style` names the file of PAPER_STYLE."""
    one = paper.compiled
    back = element("a", page_words("papers.all"), href=f"{pen.up}papers.html")
    office = element("a", pen.bare(one.office_title), href=f"{pen.up}channels/{one.office}.html")
    beside = [
        element("p", back, cls="back"),
        element("p", pen.line(one.short), cls="lead"),
        element("p", page_words("papers.office") + office),
        element("p", cite_links(paper.cites, pen) + basis_tag(one.basis), cls="by") if paper.cites else NOTHING,
        element("p", bold(page_words("papers.source")) + pen.line(one.source), cls="why"),
        notes_html(paper, pen),
    ]
    look = void_element("link", rel="stylesheet", href=f"{pen.up}{FOLDER}{style}")
    content = look + element("div", joined(beside), cls="beside") + document_html(blank_paper(one).document)
    matter = front_matter(title=one.title, description=one.short, hide=("navigation", "toc"))
    return markdown_page(matter, [markdown_heading(1, one.title), html_block(content)])


def notes_html(paper: Paper, pen: Pen) -> Html:
    if not paper.notes:
        return NOTHING
    title = element("h2", page_words("papers.notes", count=len(paper.notes)), id="notes")
    return element("details", element("summary", title) + statement_list(paper.notes, pen), cls="entry")


def document_html(document: Document) -> Html:
    return element("div", joined(map(block_html, document.blocks)), cls="paper", **UNSEARCHED)


def block_html(block: Block) -> Html:
    match block.kind:
        case "table":
            headed = all(cell.head for cell in block.rows[0].cells)
            return element("table", joined(row_html(row, headed) for row in block.rows))
        case "title":
            return element("p", lines_html(block.lines), cls="title")
        case "heading":
            return element("p", bold(lines_html(block.lines)))
        case "note":
            return element("p", lines_html(block.lines), cls="soft")
        case "break":
            return NOTHING
    signed = any(line.align == "right" for line in block.lines)
    return element("p", lines_html(block.lines), cls="signed" if signed else None)


def row_html(row: Row, headed: bool) -> Html:
    name = "" if headed or len(row.cells) == 1 else plain(row.cells[0].lines)
    return element("tr", joined(cell_html(cell, name, headed) for cell in row.cells))


def cell_html(cell: Cell, name: str, headed: bool) -> Html:
    """One gap alone is written into the cell."""
    runs = [run for line in cell.lines for run in line.runs]
    alone = len(runs) == 1 and runs[0].gap
    written = NOTHING if alone and headed else LINE_TO_WRITE_ON if alone else lines_html(cell.lines, name)
    span = str(cell.span) if cell.span > 1 else None
    return element("th" if cell.head else "td", written, colspan=span)


def lines_html(lines: tuple[Line, ...], name: str = "") -> Html:
    """`name` is that of the row in which they stand."""
    return joined((line_html(line, name) for line in lines), LINE_BREAK)


def line_html(line: Line, before: str = "") -> Html:
    """A gap is a line to write on, with its name behind it, unless that or another label stands before it."""
    parts = []
    for run in line.runs:
        if not run.gap:
            parts.append(escaped(run.text))
        elif before.rstrip("：").endswith(run.text) or LABEL.search(before):
            parts.append(LINE_TO_WRITE_ON)
        else:
            parts.append(LINE_TO_WRITE_ON + element("small", page_words("papers.gap", name=run.text)))
        before = run.text
    return joined(parts)


def plain(lines: tuple[Line, ...]) -> str:
    return "".join(run.text for line in lines for run in line.runs)
