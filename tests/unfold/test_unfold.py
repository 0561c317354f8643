"""What states are called, in which order questions stand, and what a hand-over carries: small trees, each for one claim."""

from datetime import date

import pytest

from minglu.compile import compile
from minglu.engine.contract import CompiledTree
from minglu.engine.dates import Calendar
from minglu.engine.walk import walk
from minglu.engine.what_if import what_if
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.unfold import unfold
from minglu.unfold.model import Handover, Unfolded

TODAY, CALENDAR = date(2026, 11, 16), Calendar(1, 0, frozenset(), frozenset())
END = "{ title: 完, standing: none, says: 完, channels: [shop] }"
SHARED = {
    "trees/questions.yml": b"taste: { ask: q, options: { cold: c, bitter: b } }\nmilk: { ask: q, options: { yes: y, no: n } }",
    "trees/channels.yml": b"shop: { title: s, short: s, who: s }",
}


@pytest.fixture
def unfolded():
    def unfolded(**trees: tuple[str, ...]) -> dict[str, Unfolded]:
        """Trees of lines; the first question is the start. Outcomes are those that the lines speak of as end-…."""
        files = dict(SHARED)
        for name, lines in trees.items():
            ends = [
                "end-z",
                *sorted({word.strip(",}]") for line in lines for word in line.split() if word.startswith("end-")}),
            ]
            start = lines[0].split(":")[0]
            top = f"tree: {name}\ntitle: t\nsummary: s\nas_of: 2026-11-21\nreviewed: 2026-11-21\nstart: {start}\n"
            body = (
                "questions:\n"
                + "".join(f"  {line}\n" for line in lines)
                + "outcomes:\n"
                + "".join(f"  {end}: {END}\n" for end in ends)
            )
            files[f"trees/{name}/tree.yml"] = (top + body).encode()
        sources, found = parse(files)
        assert found == []
        project, found = resolve(sources)
        assert found == []
        unfolded.project = project
        return unfold(project)[0]

    return unfolded


def compiled(unfolded, lines: tuple[str, ...]) -> tuple[Unfolded, CompiledTree]:
    trees = unfolded(tea=lines)
    return trees["tea"], compile(unfolded.project, trees)[0].trees["tea"]


def choice(name: str, **options: str) -> str:
    return f"{name}: {{ ask: {name}, options: {{ {', '.join(f'{id}: {{ label: {id}, goto: {to} }}' for id, to in options.items())} }} }}"


def shared(name: str, **options: str) -> str:
    return f"{name}: {{ use: {name}, options: {{ {', '.join(f'{id}: {{ goto: {to} }}' for id, to in options.items())} }} }}"


@pytest.mark.parametrize("options", [{"x": "milk", "y": "sugar"}, {"y": "sugar", "x": "milk"}])
def test_a_question_stands_after_all_that_lead_to_it(unfolded, options: dict) -> None:
    """Also where some readers meet it first: one who is unsure is asked for milk before sugar, and for sugar once."""
    ways = "[ { when: { milk: a }, to: end-a }, { when: { milk: b }, to: end-b }, { when: { taste: y }, to: end-c } ]"
    lines = (choice("taste", **options), choice("milk", a="sugar", b="sugar"), choice("sugar", a=ways, b="end-b"))
    one, tree = compiled(unfolded, lines)
    assert one.order == ("taste", "milk", "sugar")
    here = walk(
        tree,
        {"taste": "unsure", "milk": "a", "sugar": "a"},
        TODAY,
        CALENDAR,
    )
    assert [step.question for step in here.path] == ["taste", "milk", "sugar"] and len(here.at) == 2


def test_a_state_is_called_by_its_node_and_what_tells_it_from_others(unfolded) -> None:
    lines = (
        choice("taste", cold="milk", bitter="milk"),
        choice("milk", a="[ { when: { taste: cold }, to: end-a }, { when: { taste: bitter }, to: end-b } ]", b="end-b"),
    )
    assert {*unfolded(tea=lines)["tea"].states} == {"taste", "milk.bitter", "milk.cold", "end-a", "end-b"}


def test_what_is_known_of_states_made_one_is_what_holds_of_all(unfolded) -> None:
    """Cold or bitter, with milk or without: the three that end alike are told nothing that is not true of each."""
    way = "[ { when: { taste: cold, milk: a }, to: end-a }, { when: { not: { taste: cold, milk: a } }, to: end-b } ]"
    one = unfolded(
        tea=(
            choice("taste", cold="milk", bitter="milk"),
            choice("milk", a="sugar", b="sugar"),
            choice("sugar", a=way, b="end-b"),
        )
    )["tea"]
    sugar = {state.id: dict(state.known) for state in one.states.values() if state.node == "sugar"}
    assert (
        len(sugar) == 2
        and {"milk": ("a",), "taste": ("cold",)} in sugar.values()
        and {"milk": ("a", "b"), "taste": ("cold", "bitter")} in sugar.values()
    )


def test_what_if_offers_no_range_that_holds_the_answer_given(unfolded) -> None:
    lines = (
        "cups: { ask: q, kind: number, bands: { few: { up_to: 1, goto: end-a }, some: { up_to: 3, goto: end-b }, many: { goto: end-a } } }",
    )
    _, tree = compiled(unfolded, lines)
    told = what_if(tree, walk(tree, {"cups": "2"}, TODAY, CALENDAR), TODAY, CALENDAR)
    assert [(other.answer, other.leads_to.id) for other in told] == [("few", "end-a"), ("many", "end-a")]


KETTLE = (shared("taste", cold="milk", bitter="end-c"), choice("milk", a="end-a", b="end-b"))


def arrivals(one: Unfolded) -> dict[str, str]:
    return {
        answer: edge.to.state
        for state in one.states.values()
        for edge in state.edges
        for answer in edge.answers
        if isinstance(edge.to, Handover)
    }


def test_a_hand_over_carries_a_shared_question(unfolded) -> None:
    assert arrivals(
        unfolded(tea=(shared("taste", cold="tree/kettle", bitter="tree/kettle"),), kettle=KETTLE)["tea"]
    ) == {"cold": "milk", "bitter": "end-c"}


def test_a_hand_over_carries_nothing_that_only_looks_the_same(unfolded) -> None:
    """A question of the same name that the other tree has for itself may mean something else."""
    own = (choice("taste", cold="milk", bitter="end-c"), KETTLE[1])
    assert arrivals(unfolded(tea=(shared("taste", cold="tree/kettle", bitter="tree/kettle"),), kettle=own)["tea"]) == {
        "cold": "taste",
        "bitter": "taste",
    }


def test_a_hand_over_stops_where_the_other_tree_asks_what_is_not_known(unfolded) -> None:
    deeper = (shared("taste", cold="milk", bitter="end-c"), shared("milk", yes="end-a", no="end-b"))
    tea = (
        choice("sugar", a="taste", b="tree/kettle"),
        shared("taste", cold="tree/kettle", bitter="milk"),
        shared("milk", yes="tree/kettle", no="end-d"),
    )
    one = unfolded(tea=tea, kettle=deeper)["tea"]
    assert arrivals(one) == {"b": "taste", "cold": "milk", "yes": "end-c"}


def test_trees_that_hand_over_to_each_other_unfold(unfolded) -> None:
    both = unfolded(
        tea=(shared("taste", cold="tree/kettle", bitter="end-a"),),
        kettle=(shared("taste", cold="tree/tea", bitter="end-b"),),
    )
    assert arrivals(both["tea"]) == arrivals(both["kettle"]) == {"cold": "taste"}
