"""Circles over several trees, by hand: who cannot get out, and how that is told."""

import json

from minglu.compile import compile
from minglu.diagnostics.terminal import render
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.unfold import unfold
from minglu.verify import across
from minglu.verify.subject import Subject

LIBRARY = {
    "trees/questions.yml": """
lid: { ask: 盖子呢？, options: { here: 在, gone: 丢了, loose: 松了 } }
cup: { ask: 杯子呢？, options: { x: X, y: Y } }
bought: { ask: 哪天买的？, kind: date }
""".encode(),
    "trees/channels.yml": b"shop: { title: s, short: s, who: s }",
}


def tree(id: str, title: str, **questions: dict) -> dict:
    """The first question is the start; all end at `end`."""
    return {
        "tree": id,
        "title": title,
        "summary": title,
        "as_of": "2026-11-21",
        "reviewed": "2026-11-21",
        "start": next(iter(questions)),
        "questions": questions,
        "outcomes": {"end": {"title": "完了", "standing": "none", "says": "完了", "channels": ["shop"]}},
    }


def lid(**goto: str) -> dict:
    return {"use": "lid", "options": {id: {"goto": to} for id, to in goto.items()}}


def choice(**goto: str) -> dict:
    return {"ask": "哪样？", "options": {id: {"label": f"选{id}", "goto": to} for id, to in goto.items()}}


def dated(first: str, then: str, within: str = "7 days") -> dict:
    return {"use": "bought", "bands": {"near": {"within": within, "goto": first}, "far": {"goto": then}}}


def told(*trees: dict) -> list[str]:
    files = LIBRARY | {
        f"trees/{one['tree']}/tree.yml": json.dumps(one, ensure_ascii=False, indent=1).encode() for one in trees
    }
    sources, found = parse(files)
    assert found == []
    project, found = resolve(sources)
    assert found == []
    return [render(one, files, "en") for one in across.check(Subject(compiled=compile(project, unfold(project)[0])[0]))]


TEA = tree("tea", "茶", lid=lid(here="end", gone="tree/pot", loose="end"))


def test_a_circle_is_told_once_at_the_hand_over_that_closes_it_with_the_shortest_story() -> None:
    pot = tree(
        "pot",
        "壶",
        lid=lid(here="end", gone="milk", loose="end"),
        milk=choice(a="sugar", b="tree/tea"),
        sugar=choice(a="tree/tea", b="tree/tea"),
    )
    (one,) = told(TEA, pot)
    assert [line for line in one.splitlines() if "|" not in line] == [
        "trees/tea/tree.yml:16:14: error[across]: this leads back to the tree `pot`, and such readers come to no outcome whatever they answer",
        "  trees/pot/tree.yml:32:14: before, this leads to the tree `tea`",
        "  help: a reader: 壶 (丢了 → 选b) → 茶 → 壶; let one of these ways lead to an outcome",
    ]


def test_a_circle_that_an_answer_in_another_tree_leads_out_of_is_none() -> None:
    other = lid(here="tree/tea", gone="end", loose="tree/tea")  # those who come from the tea lost their lid
    assert told(TEA, tree("pot", "壶", lid=other)) == []
    own = choice(x="tree/pot", y="end")
    assert told(tree("tea", "茶", milk=own), tree("pot", "壶", milk=choice(x="tree/tea", y="end"))) == []


def test_an_answer_that_only_leads_back_to_its_question_is_told() -> None:
    (one,) = told(
        TEA, tree("pot", "壶", milk=choice(a="tree/tea", b="end"), lid=lid(here="end", gone="end", loose="end"))
    )
    assert "help: a reader: 壶 (选a) → 茶 (丢了) → 壶;" in one


def test_a_circle_may_go_over_several_trees_and_begin_behind_another() -> None:
    start = tree("start", "起点", what=choice(tea="tree/tea", end="end"))
    pot = tree("pot", "壶", lid=lid(here="end", gone="tree/cup", loose="end"))
    cup = tree(
        "cup",
        "杯",
        lid=lid(here="end", gone="milk", loose="end"),
        milk=choice(a="tree/tea", b="sugar"),
        sugar=choice(a="tree/tea", b="tree/tea"),
    )
    (one,) = told(start, TEA, pot, cup)
    assert "help: a reader: 杯 (丢了 → 选a) → 茶 → 壶 → 杯;" in one
    assert [line.split(":")[0] for line in one.splitlines() if "tree.yml:" in line] == [
        "trees/pot/tree.yml",
        "  trees/cup/tree.yml",
        "  trees/tea/tree.yml",
    ]


def test_bands_hold_in_another_tree_where_their_limits_are_the_same() -> None:
    """Nobody is beyond eight days and within seven: of bands divided in two ways nothing is concluded."""
    tea = tree("tea", "茶", bought=dated("end", "tree/pot"))
    assert len(told(tea, tree("pot", "壶", bought=dated("end", "tree/tea")))) == 1
    assert told(tea, tree("pot", "壶", bought=dated("tree/tea", "end"))) == []
    assert told(tea, tree("pot", "壶", bought=dated("tree/tea", "end", "3 days"))) == []


def test_bands_counted_to_what_is_a_trees_own_mean_something_else_in_each() -> None:
    def ways(home: str, other: str) -> dict:
        told = {"ask": "哪天说的？", "kind": "date", "bands": {"any": {"goto": "bought"}}}
        return tree(home, home, told=told, bought=dated("end", f"tree/{other}") | {"until": "told"})

    assert told(ways("tea", "pot"), ways("pot", "tea")) == []


def test_an_option_is_missed_only_by_who_chose_it_and_is_asked_again() -> None:
    pot = tree("pot", "壶", lid=lid(here="end", loose="end"))
    (one,) = told(TEA, pot)
    assert "error[across]: readers handed over from `tea` do not find the `gone` that they chose in `lid`" in one
    assert told(tree("tea", "茶", lid=lid(here="tree/pot", gone="end", loose="end")), pot) == []
    assert told(TEA, tree("pot", "壶", milk=choice(a="end", b="end"))) == []


def test_an_option_is_not_missed_where_another_answer_given_before_leads_away() -> None:
    def cup(x: str, y: str) -> dict:
        return {"use": "cup", "options": {"x": {"goto": x}, "y": {"goto": y}}}

    tea = tree("tea", "茶", cup=cup("lid", "end"), lid=lid(here="end", gone="tree/pot", loose="end"))
    assert told(tea, tree("pot", "壶", cup=cup("end", "lid"), lid=lid(here="end", loose="end"))) == []
    assert len(told(tea, tree("pot", "壶", cup=cup("lid", "end"), lid=lid(here="end", loose="end")))) == 1
