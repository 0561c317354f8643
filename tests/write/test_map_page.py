"""The page of proof of a tree: its picture, the same in words, and the certificate."""

import json
from dataclasses import replace

import jsonschema
import pytest
from pages import Element, body

from minglu.compile.counts import count_tree
from minglu.engine.contract import Arrival, CompiledTree, edges_of
from minglu.verify import ALL
from minglu.write.graph import Link, link_words, tree_graph
from minglu.write.picture import BOX_COLUMNS, COLUMN, LABEL_COLUMNS, LABEL_LINES, LINK, columns, label_lines, wrapped


@pytest.fixture(scope="module")
def page(written, tree) -> Element:
    return body(written[f"maps/{tree}.md"])


def node_of(tree: CompiledTree, to: str | Arrival) -> str:
    return f"tree/{to.tree}" if isinstance(to, Arrival) else tree.states[to].node


# ---- the picture


def test_every_node_is_drawn_once_and_leads_to_its_first_state(page, tree, toy) -> None:
    one = toy.trees[tree]
    links = {node.attributes["data-node"]: node.attributes[LINK] for node in page.one("svg").all("a")}
    assert len(page.one("svg").all("a")) == len(links)
    firsts: dict[str, str] = {}
    for state in one.states.values():
        firsts.setdefault(state.node, f"../trees/{tree}.html#{state.id}")
        for edge in edges_of(one, state):
            if isinstance(edge.to, Arrival):
                firsts.setdefault(f"tree/{edge.to.tree}", f"../trees/{edge.to.tree}.html#{edge.to.state}")
    assert links == firsts


def test_every_edge_is_drawn_once(page, tree, toy) -> None:
    one = toy.trees[tree]
    drawn = [
        (edge.attributes["data-from"], edge.attributes["data-to"]) for edge in page.one("svg").all("g", cls="edge")
    ]
    assert sorted(drawn) == sorted(
        {(state.node, node_of(one, edge.to)) for state in one.states.values() for edge in edges_of(one, state)}
    )


def test_nodes_are_named_and_stand_in_reading_order(page) -> None:
    nodes = page.one("svg").all("a")
    assert nodes[0].attributes["aria-label"].startswith("第一个问题：")
    places = [(int(node.one("rect").attributes["y"]), int(node.one("rect").attributes["x"])) for node in nodes]
    assert places == sorted(places)


def test_a_standing_is_told_in_a_word(page, tree, toy) -> None:
    for node in page.one("svg").all("a", cls="outcome"):
        word = {"clear": "依据明确", "arguable": "可以争取", "weak": "比较弱", "none": "没有依据"}[
            toy.project.trees[tree].outcomes[node.attributes["data-node"]].standing
        ]
        assert node.all("tspan")[0].text == word and word in node.attributes["aria-label"]


def test_a_line_that_depends_on_earlier_answers_is_marked(written) -> None:
    edges = {
        (edge.attributes["data-from"], edge.attributes["data-to"]): edge.has("cls", "depends")
        for edge in body(written["maps/kettle.md"]).one("svg").all("g", cls="edge")
    }
    assert edges == {("what", "received"): False, ("what", "repairs"): False, ("repairs", "received"): False} | {
        ("received", end): True for end in ("return-it", "refund", "repair", "too-late")
    }


def test_the_words_fit_their_boxes(page) -> None:
    for node in page.one("svg").all("a"):
        width = int(node.one("rect").attributes["width"])
        assert all(columns(line.text) * COLUMN < width for line in node.all("tspan"))


def test_a_chinese_character_is_two_columns() -> None:
    assert [columns(text) for text in ("退货", "12315", "“7 天”", "")] == [4, 5, 8, 0]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("退货", ["退货"]),
        ("一二三四五六七八九十一二", ["一二三四五六", "七八九十一二"]),
        ("没开发票，填付款那天（见上）", ["没开发票，填付", "款那天（见上）"]),
        ("投 12315：7 个工作日内答复", ["投 12315：7 个", "工作日内答复"]),
        ("一二三四五六七八九十，", ["一二三四五六", "七八九十，"]),
        ("x" * 40, ["x" * 40]),
    ],
)
def test_lines_are_even_and_break_where_they_may(text: str, lines: list[str]) -> None:
    assert wrapped(text, BOX_COLUMNS) == lines


def label(link: Link, one) -> list[str]:
    return label_lines(link, link_words(link, one), one)


def test_several_answers_to_one_node_are_one_label(toy) -> None:
    kettle = toy.trees["kettle"]
    assert link_words(Link("received", "too-late", ("d15", "y1", "over"), True), kettle) == "超过 7 天"
    assert link_words(Link("received", "repair", ("d7", "y1"), True), kettle) == "7 天以内、超过 15 天，1 年以内"
    assert label(Link("received", "repair", ("d7", "y1"), True), kettle) == ["7 天以内、超过", "15 天，1 年以内"]


def test_a_label_that_is_too_long_is_told_in_short(toy) -> None:
    kettle = toy.trees["kettle"]
    what = kettle.questions["what"]
    long = replace(
        what,
        answers=tuple(
            replace(answer, label=f"第{index}种说来话长的情况，长得两行写不下，连三行也写不下的那种")
            for index, answer in enumerate(what.answers)
        ),
    )
    one = replace(kettle, questions=kettle.questions | {"what": long})
    assert label(Link("what", "x", ("unwanted", "broken"), True), one) == ["2 种回答"]
    assert label(Link("what", "x", ("unwanted", "broken"), False), one) == ["怎么答都一样"]
    lines = label(Link("what", "x", ("unwanted",), False), one)
    assert (
        len(lines) == LABEL_LINES
        and lines[0].startswith("第0种")
        and lines[-1].endswith("…")
        and max(map(columns, lines)) <= LABEL_COLUMNS
    )


def test_dashes_are_told_of_where_there_are_any(page, tree) -> None:
    assert (
        ("虚线" in page.one("p", id="legend").text)
        == bool(page.one("svg").all("g", cls="depends"))
        == (tree == "kettle")
    )


# ---- in words


def test_in_words_every_node_is_written_once_and_every_edge_is_told(page, tree, toy) -> None:
    held = tree_graph(toy.trees[tree])
    outline = page.one("ul", cls="outline")
    assert sorted(node.attributes["data-node"] for node in outline.all("span", cls="node")) == sorted(held.nodes)
    assert len(outline.all("span", cls="answer")) == len(held.links)
    again = [link.attributes["href"][1:] for link in outline.all("a") if link.attributes["href"].startswith("#")]
    assert len(again) == len(held.links) - len(held.nodes) + 1 == outline.text.count("（见上）")
    assert {*again} <= {*page.ids}


def test_ids_are_unique(page) -> None:
    assert len(page.ids) == len({*page.ids})


def test_the_page_of_the_tree_leads_here_in_one_line(written, tree, toy) -> None:
    foot = body(written[f"trees/{tree}.md"]).one("p", cls="foot")
    assert (
        foot.one("a").attributes["href"] == f"../maps/{tree}.html"
        and f"已证明：{count_tree(toy.trees[tree]).paths} 种走法" in foot.text
    )


def test_markdown_keeps_the_page_as_it_is(written, tree) -> None:
    import markdown

    source = written[f"maps/{tree}.md"].decode().split("---\n", 2)[2].strip()
    extensions = [
        "admonition",
        "attr_list",
        "def_list",
        "md_in_html",
        "tables",
        "pymdownx.details",
        "pymdownx.superfences",
        "toc",
    ]
    assert markdown.markdown(source, extensions=extensions).strip() == source


# ---- the certificate

WHOLE = {"type": "integer", "minimum": 0}
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}


def exactly(optional: tuple[str, ...] = (), **properties: dict) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


SCHEMA = exactly(
    ("mutants",),
    tree={"type": "string"},
    title={"type": "string"},
    version={"type": "string", "pattern": "^[0-9a-f]{8}$"},
    as_of=DAY,
    reviewed=DAY,
    counts=exactly(
        **dict.fromkeys(
            ("questions", "outcomes", "handovers", "states", "edges", "paths", "sequences", "combinations"), WHOLE
        )
    ),
    checks={
        "type": "array",
        "minItems": 1,
        "items": exactly(check={"type": "string"}, says={"type": "string", "minLength": 5}, passed={"const": True}),
    },
    walks=exactly(
        worked=WHOLE,
        states=exactly(walked=WHOLE, all=WHOLE),
        edges=exactly(walked=WHOLE, all=WHOLE),
        limits=exactly(all=WHOLE, last=WHOLE, after=WHOLE),
    ),
    articles={
        "type": "array",
        "items": exactly(
            label={"type": "string"},
            topic={"type": "string"},
            statute={"type": "string"},
            in_force=DAY,
            checked=DAY,
            href={"type": "string", "pattern": r"^law/[a-z0-9-]+\.html#a\d"},
        ),
    },
    mutants=exactly(caught=WHOLE, all=WHOLE),
)
"""`mutants`: how many changes made to a tree on purpose were noticed; not told yet."""


@pytest.fixture(scope="module")
def certificate(written, tree) -> dict:
    return json.loads(written[f"assets/minglu/certificates/{tree}.json"])


def test_a_certificate_is_as_documented(certificate, tree, toy) -> None:
    jsonschema.validate(certificate, SCHEMA)
    assert certificate["version"] == toy.trees[tree].version and certificate["tree"] == tree


def test_it_names_every_check(certificate) -> None:
    names = [check.__name__.rpartition(".")[2].replace("_", "-") for check in ALL]
    assert [one["check"] for one in certificate["checks"]] == names
    assert len({one["says"] for one in certificate["checks"]}) == len(ALL)


def test_it_names_every_article_that_an_outcome_cites_once(toy, written) -> None:
    told = json.loads(written["assets/minglu/certificates/kettle.json"])["articles"]
    assert [(one["label"], one["topic"], one["in_force"]) for one in told] == [
        (f"水壶法 第{number}条", topic, "2020-01-01")
        for number, topic in (("11", "退壶"), ("12", "修壶"), ("13", "验壶"))
    ]


def test_articles_have_their_pages(certificate, written) -> None:
    for one in certificate["articles"]:
        path, anchor = one["href"].split("#")
        assert f"{{#{anchor}}}" in written[path.replace(".html", ".md")].decode()


def test_the_page_says_the_same(page, certificate) -> None:
    size = certificate["counts"]
    text = page.text
    for wanted in (
        certificate["version"],
        certificate["reviewed"],
        f"{size['paths']} 种",
        f"{size['combinations']} 种",
        *(one["says"] for one in certificate["checks"]),
    ):
        assert wanted in text
    assert [link.attributes["href"] for link in page.one("ul", cls="relied").all("a")] == [
        "../" + one["href"] for one in certificate["articles"]
    ]


def test_what_walks_cover_is_counted(written) -> None:
    """The kettle's four walks, by hand: one never comes to a refund for many repairs, none stands on a limit."""
    walks = json.loads(written["assets/minglu/certificates/kettle.json"])["walks"]
    assert walks == {
        "worked": 4,
        "states": {"walked": 9, "all": 11},
        "edges": {"walked": 8, "all": 13},
        "limits": {"all": 4, "last": 0, "after": 0},
    }
