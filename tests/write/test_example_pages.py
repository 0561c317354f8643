"""The pages of examples, made from the worked walks that have a story."""

import re

from minglu import pipeline
from minglu.write import write


def test_a_walk_with_a_story_is_told_to_its_end(written) -> None:
    page = written["examples/kettle.md"].decode()
    assert re.findall(r"^## .*\{#(.+)\}$", page, re.MULTILINE) == ["第五天不想要"]
    assert "颜色和厨房不配" in page
    assert 'href="../trees/kettle.html#return-it' in page
    assert "11月18日" in page, "the day of the deadline that the walk names"
    assert "2026年11月11日" in page, "what was answered"


def test_a_tree_without_stories_has_no_page(written) -> None:
    assert "examples/tea.md" not in written


def test_an_outcome_links_to_the_examples_that_end_there(written) -> None:
    linking = [
        section
        for section in written["trees/kettle.md"].decode().split("<section")[1:]
        if "../examples/kettle.html#第五天不想要" in section
    ]
    assert [re.search(r'data-node="([^"]+)"', section)[1] for section in linking] == ["return-it"]


def test_two_examples_of_one_name_have_an_address_each(toy_files) -> None:
    walks = toy_files["trees/kettle/walks.yml"]
    done, found = pipeline.check(toy_files | {"trees/kettle/walks.yml": walks + walks.splitlines(keepends=True)[0]})
    assert found == []
    anchors = re.findall(r"^## .*\{#(.+)\}$", write(done)["examples/kettle.md"].decode(), re.MULTILINE)
    assert len(anchors) == 2 == len(set(anchors))


def test_the_order_of_the_trees_is_the_authors(toy_files) -> None:
    for order, pages in (
        ("begin: [tea, kettle]", ["tea", "kettle"]),
        ("begin: [kettle]", ["kettle", "tea"]),
        ("onward: [kettle]", ["tea", "kettle"]),
        ("unsure: [kettle]", ["tea", "kettle"]),
    ):
        done, _ = pipeline.check(toy_files | {"trees/order.yml": order.encode()})
        assert [path for path in write(done) if path.startswith("trees/")] == [f"trees/{id}.md" for id in pages]
