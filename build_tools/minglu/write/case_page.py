"""The page of the case (我的案子): what it is for, in words, and the files that its script runs with."""

from minglu.write.html import Html, element, html_list, joined, json_block
from minglu.write.links import Pen
from minglu.write.markdown_source import front_matter, html_block, markdown_heading, markdown_page
from minglu.write.words import page_words

HOW_TO_LOG = ("case.log-day", "case.log-words", "case.log-text", "case.log-promise")


def case_page(pen: Pen, parts: dict[str, str], trees: dict[str, str]) -> str:
    """Without scripts it says how to keep a log on paper. `parts` are the names of the files that the page runs with,
    `trees` those of the trees' data by their ids.
    """
    compiled = pen.site.compiled.trees
    data = {"trees": {id: {"file": name, "title": compiled[id].title} for id, name in trees.items()}, **parts}
    style = element("link", rel="stylesheet", href=f"{pen.up}assets/minglu/{parts['style']}")
    on_paper = element("p", page_words("case.on-paper")) + html_list([Html(page_words(key)) for key in HOW_TO_LOG])
    content = [
        element("p", page_words("case.intro"), cls="lead"),
        element("minglu-case", json_block(data) + on_paper),
    ]
    title = page_words("case.title")
    matter = front_matter(title=title, description=page_words("case.about"), hide=("navigation", "toc"), tags=TAGS)
    return markdown_page(matter, [markdown_heading(1, title), html_block(style + joined(content))])


TAGS = ("记录", "日志", "进度", "导出", "日历")
