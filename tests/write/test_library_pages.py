"""The pages of the law, and what hand-written pages take from the trees."""

import re

from minglu import pipeline
from minglu.write import write


def anchors(source: bytes) -> list[str]:
    return re.findall(r"^#+ .*\{#([^}]+)\}$", source.decode(), re.MULTILINE)


def test_every_article_has_an_address_in_order(written, toy) -> None:
    for slug, statute in toy.project.library.statutes.items():
        assert anchors(written[f"law/{slug}.md"]) == [
            f"a{number}" for number in sorted(statute.articles, key=lambda number: int(number.split("之")[0]))
        ]


def test_an_article_says_what_relies_on_it(written) -> None:
    section = written["law/kettle-law-2020.md"].decode().split("{#a13}")[1]
    assert "trees/kettle.html#refund" in section and "可以争取" in section


def test_the_link_leads_to_a_state_that_shows_it(written, toy) -> None:
    """退壶 cites article 11 in some states of the outcome only; the link must not lead to another."""
    section = written["law/kettle-law-2020.md"].decode().split("{#a11}")[1].split("## ")[0]
    one = toy.unfolded["kettle"]
    for id in re.findall(r"trees/kettle\.html#([^\"]+)", section):
        items = one.tree.outcomes[one.states[id].node].groups()
        cited = {
            cite.article
            for group, shown in one.states[id].items.items()
            for index in shown
            for cite in getattr(items[group][index], "cites", ())
        }
        assert "11" in cited


def test_a_replaced_law_says_so_and_names_the_new_one(written) -> None:
    page = written["law/kettle-law-2010.md"].decode()
    assert "已失效" in page and "kettle-law-2020.html" in page and "起不再适用" in page
    assert "现行" in written["law/kettle-law-2020.md"].decode()


def test_an_article_says_what_it_was_before(written) -> None:
    page = written["law/kettle-law-2020.md"].decode()
    now, was = page.split("{#a11}")[1].split("## ")[0].split("以前：")
    assert "七日" in now and "三日" in was and 'href="../law/kettle-law-2010.html#a3"' in was
    assert "以前：" not in page.split("{#a12}")[1]


def test_an_article_that_has_ended_leads_to_what_replaced_it(toy_files) -> None:
    law = "trees/law/kettle-law-2020.yml"
    files = toy_files | {
        law: toy_files[law]
        + "  14: { topic: 赔壶, gist: 赔一把。, until: 2026-01-01, replaced_by: 壶法第12、13条 }\n".encode()
    }
    done, found = pipeline.check(files)
    section = write(done)["law/kettle-law-2020.md"].decode().split("{#a14}")[1]
    assert found == [] and "自 2026-01-01 起不再适用" in section
    assert re.findall(r"law/kettle-law-2020\.html#(a\d+)", section) == ["a12", "a13"]


def test_fidelity_is_told_in_plain_words(written) -> None:
    page = written["law/kettle-law-2020.md"].decode()
    assert "verbatim" not in page and "核对" in page and "不是条文原文" in page


def test_every_law_is_in_the_index(written, toy) -> None:
    index = written["law/index.md"].decode()
    assert all(f'href="{slug}.html"' in index for slug in toy.project.library.statutes)


def test_a_tile_for_every_tree_and_no_other(written, toy) -> None:
    tiles = written["fragments/trees.html"].decode() + written["fragments/onward.html"].decode()
    assert sorted(re.findall(r'href="trees/([a-z-]+)\.html"', tiles)) == sorted(toy.unfolded)


def test_no_word_of_danger_where_no_tree_knows_of_it(written) -> None:
    assert written["fragments/danger.html"] == b""
