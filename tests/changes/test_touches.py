"""Who relies on an article: everything, each thing once, and no more than that."""

import pytest

from minglu import pipeline
from minglu.changes.touches import articles_named, is_part_of, overlap, touches_of, touches_report
from minglu.diagnostics import Words
from minglu.engine.citations import Citation

LAW = "kettle-law-2020"
PAGES = {"docs/a.md": "# 水壶\n\n水壶法第11条第2款，`水壶法第11条`。\n", "docs/b.md": "只说茶。"}


def touching(done: pipeline.Compiled, text: str, pages: dict[str, str] = PAGES) -> list[tuple]:
    (article,) = articles_named(text, done.project.library.statutes)
    return [(one.kind, one.tree, one.id) for one in touches_of(article, done, pages)]


def changed(toy_files, *changes: tuple[str, str, str]) -> pipeline.Compiled:
    files = dict(toy_files)
    for path, old, new in changes:
        assert old.encode() in files[path]
        files[path] = files[path].replace(old.encode(), new.encode())
    done, found = pipeline.check(files)
    assert found == []
    return done


def test_all_that_relies_on_an_article_is_listed_tree_by_tree(toy) -> None:
    assert touching(toy, "壶法第11条") == [
        ("outcome", "kettle", "return-it"),
        ("outcome", "kettle", "refund"),
        ("outcome", "kettle", "too-late"),
        ("deadline", "kettle", "return-it/claim"),
        ("deadline", "kettle", "refund/claim"),
        ("letter", "kettle", "refund"),
        ("channel", "", "shop"),
        ("mistake", "", "once-boiled"),
        ("paper", "", "plea"),
        ("page", "", "docs/a.md"),
    ]
    assert touching(toy, "壶法第13条") == [("outcome", "kettle", "refund")]


def test_questions_introductions_evidence_and_gists_rely_by_their_words(toy_files) -> None:
    done = changed(
        toy_files,
        ("trees/kettle/tree.yml", "ask: 修过几次？", "ask: 修过几次？\n    why: 水壶法第13条。"),
        ("trees/tea/walks.yml", "arrives: bear-it", "arrives: bear-it, story: 他说水壶法第13条。"),
        ("trees/evidence.yml", "how: 截图", "how: 水壶法第13条"),
        ("trees/law/kettle-law-2020.yml", "一年内坏了应当修", "一年内坏了应当修，见水壶法第13条"),
    )
    assert touching(done, "壶法第13条") == [
        ("outcome", "kettle", "refund"),
        ("question", "kettle", "repairs"),
        ("tree", "tea", "tea"),
        ("evidence", "", "order"),
        ("article", "", "水壶法第12条"),
    ]


def test_an_outcome_is_touched_in_the_states_that_show_it(toy_files) -> None:
    """退壶 stands for some readers of the outcome; what the outcome itself says, for all."""
    held = ("trees/law/kettle-law-2020.yml", "  12: {", "  14: { topic: 赔壶, gist: 赔一把。 }\n  12: {")
    some = ("trees/kettle/tree.yml", "- { do: 退壶, cite: 水壶法第11条", "- { do: 退壶, cite: 水壶法第14条")
    every = ("trees/kettle/tree.yml", "says: 坏了，三样任选。", "says: 坏了，三样任选（水壶法第14条）。")
    for change, states in ((some, (2, 3)), (every, (3, 3))):
        (one,) = touches_of(Citation(LAW, "14"), changed(toy_files, held, change), {})
        assert (one.kind, one.id, one.standing, one.states) == ("outcome", "refund", "arguable", states)


def test_of_a_paragraph_what_relies_on_the_whole_article_is_distinguished(toy) -> None:
    article = Citation(LAW, "11", 2)
    text = "\n".join(touches_report(article, touches_of(article, toy, PAGES), toy, "zh"))
    assert "docs/a.md:3:1: 手写的页：第11条第2款" in text and "函件 `refund` 请店家退壶的函：第11条（整条）" in text
    assert "正好引到这里的 1 处，只引到更大范围的 9 处" in text
    assert "1 rely on exactly this, 9 only on more than this" in "\n".join(
        touches_report(article, touches_of(article, toy, PAGES), toy, "en")
    )
    assert (
        touching(toy, "壶法第11条第1款", {"docs/a.md": PAGES["docs/a.md"]})[-1][0] == "paper"
    )  # another paragraph is not touched


@pytest.mark.parametrize(
    ("one", "other", "overlaps", "no_more"),
    [
        ((None, None), (None, None), True, True),
        ((1, None), (None, None), True, True),
        ((1, 2), (1, None), True, True),
        ((None, None), (1, None), True, False),
        ((1, None), (1, 2), True, False),
        ((None, 2), (None, 2), True, True),
        ((2, None), (1, None), False, None),
        ((1, 3), (1, 2), False, None),
    ],
)
def test_a_part_and_its_whole_overlap(one, other, overlaps, no_more) -> None:
    first, second = Citation(LAW, "11", *one), Citation(LAW, "11", *other)
    assert overlap(first, second) == overlaps and (no_more is None or is_part_of(first, second) == no_more)
    assert not overlap(first, Citation(LAW, "12", *other)) and not overlap(first, Citation("tea-law", "11", *other))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("水壶发第11条第1款", "库里没有“水壶发”；写成 `水壶法第11条第1款` 这样，名称用 trees/law 里有的"),
        ("壶法12", "“壶法12”看不懂；写成 `壶法第12条` 这样，名称用 trees/law 里有的"),
        ("壶法第12", "“壶法第12”看不懂；写成 `壶法第12条` 这样，名称用 trees/law 里有的"),
        ("壶法", "“壶法”后面没有写第几条；写成 `壶法第11条` 这样，名称用 trees/law 里有的"),
        ("水壶法第9条", "法规库里的水壶法没有第9条，最近的是第11条"),
        ("", "没有写引的是哪一条；写成 `消法第24条第1款` 这样，名称用 trees/law 里有的"),
    ],
)
def test_what_the_library_does_not_hold_gets_one_sentence(toy, text: str, says: str) -> None:
    found = articles_named(text, toy.project.library.statutes)
    assert isinstance(found, Words) and found.zh == says and found.en


def test_a_list_of_articles_is_several(toy) -> None:
    assert [one.article for one in articles_named("水壶法第11、13条", toy.project.library.statutes)] == ["11", "13"]


def test_all_that_relies_on_an_article_is_an_error_once_it_has_ended_and_worked_walks_are(toy, toy_files) -> None:
    """Pages are held to it when the site is built; what a mistake says wrongly may rest on it still."""
    walks = "trees/kettle/walks.yml"
    cites = changed(toy_files, (walks, "arrives: refund,", "arrives: refund, cites: [壶法第12条, 水壶法第11条],"))
    (article,) = articles_named("水壶法第11条", cites.project.library.statutes)
    touches = touches_of(article, cites, {})
    assert [one.at.file for one in touches if one.kind == "tree"] == [walks]
    files = toy_files | {
        walks: toy_files[walks].replace(
            b"arrives: refund,", "arrives: refund, cites: [壶法第12条, 水壶法第11条],".encode()
        )
    }
    law = f"trees/law/{LAW}.yml"
    files[law] = files[law].replace(b"11: {", "11: { until: 2026-01-01, replaced_by: 水壶法第13条,".encode())
    _, found = pipeline.check(files)
    assert {one.rule for one in found} == {"cited"} and all(
        "水壶法第13条" in one.help.zh and "水壶法第13条" in one.help.en for one in found
    )
    assert len({one.at for one in found}) == len(found)
    assert {one.at.file for one in found} == {one.at.file for one in touches}
    assert [(one.at.line, one.at.column) for one in found if one.at.file == walks] == [(2, 130)]
