"""The page of the case (我的案子): what it is for, in words, and the files that its script runs with."""

from dataclasses import asdict, dataclass

from minglu.write.html import Html, element, escaped, html_list, json_block, plain_text
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.words import page_words

ON_PAPER = ("case.log-day", "case.log-words", "case.log-text", "case.log-promise")


@dataclass(frozen=True)
class CaseParts:
    """The names of the files that the page runs with; `trees` are those of the trees' data by their ids."""

    trees: dict[str, str]
    calendar: str
    library: str
    script: str
    style: str


def case_page(pen: Pen, parts: CaseParts) -> str:
    """Without scripts it says how to keep a log on paper."""
    on_paper = element("p", page_words("case.on-paper")) + html_list([escaped(page_words(key)) for key in ON_PAPER])
    about = element("p", page_words("case.intro"), cls="lead")
    page = element("minglu-case", about + parts_block(pen, parts) + on_paper)
    title = page_words("case.title")
    matter = front_matter(
        title=title,
        description=page_words("case.about"),
        hide=("navigation", "toc"),
        tags=tuple(page_words("case.tags").split()),
    )
    return markdown_page(matter, [markdown_heading(1, title), html_block(page)])


def parts_block(pen: Pen, parts: CaseParts) -> Html:
    """For the script of a page on which a case is read."""
    trees = pen.site.compiled.trees
    titles = {id: {"file": file, "title": plain_text(pen.bare(trees[id].title))} for id, file in parts.trees.items()}
    return json_block(asdict(parts) | {"trees": titles})
