"""Where boxes and lines stand: nothing on top of anything else, whatever the tree."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from minglu.write.layout import BROADEST, Box, Layout, Line, Rect, crossings, fewest_crossings, layout, place_rows


@st.composite
def graphs(draw: st.DrawFn, most: int = 25) -> tuple[list[Box], list[Line]]:
    """A start from which every box is reached; lines go from earlier boxes to later ones."""
    count = draw(st.integers(1, most))
    boxes = [Box(f"b{index}", draw(st.integers(40, 180)), draw(st.integers(20, 90))) for index in range(count)]
    pairs = {(draw(st.integers(0, to - 1)), to) for to in range(1, count)}
    pairs |= {
        (a, b)
        for a, b in draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=20))
        if a < b
    }
    return boxes, [
        Line(f"b{a}", f"b{b}", draw(st.integers(20, 110)), draw(st.integers(16, 32))) for a, b in sorted(pairs)
    ]


def sixty() -> tuple[list[Box], list[Line]]:
    """20 questions in a row that mostly lead on to the next, and 40 ends, some of them shared."""
    chance = random.Random(7)
    boxes = [Box(f"q{index}", 160, 56) for index in range(20)] + [Box(f"e{index}", 160, 76) for index in range(40)]
    pairs = {(f"q{index}", f"q{index + 1}") for index in range(19)}
    pairs |= {(f"q{chance.randrange(20)}", f"e{index}") for index in range(40)} | {
        (f"q{chance.randrange(20)}", f"e{chance.randrange(40)}") for _ in range(15)
    }
    return boxes, [Line(a, b, 90, 32) for a, b in sorted(pairs)]


def overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.bottom and other.y < one.bottom
    )


def held(boxes: list[Box], lines: list[Line], made: Layout) -> None:
    assert {id: (rect.width, rect.height) for id, rect in made.boxes.items()} == {
        box.id: (box.width, box.height) for box in boxes
    }
    assert len(made.routes) == len(made.labels) == len(lines)
    rects = [*made.boxes.values(), *made.labels]
    assert [(one, other) for index, one in enumerate(rects) for other in rects[:index] if overlap(one, other)] == []
    assert all(
        0 <= rect.x and rect.x + rect.width <= made.width and 0 <= rect.y and rect.bottom <= made.height
        for rect in rects
    )
    for line, label, route in zip(lines, made.labels, made.routes):
        begin, end = made.boxes[line.source], made.boxes[line.target]
        assert begin.x < route[0][0] < begin.x + begin.width and route[0][1] == begin.bottom
        assert route[-1] == (end.middle, end.y, end.y)
        assert route[1][0] == label.middle and route[1][1] <= label.y and label.bottom <= route[1][2]
        assert all(upper[1] <= upper[2] < lower[1] for upper, lower in zip(route, route[1:])), "a line goes down only"
        straight = [Rect(x, top, 1, bottom - top) for x, top, bottom in route[2:-1]]
        assert [rect for rect in rects for part in straight if overlap(rect, part)] == [], (
            "a line runs through a box or a label"
        )


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_nothing_stands_on_anything_else_and_every_line_arrives(graph) -> None:
    held(*graph, layout(*graph))


def test_sixty_nodes_are_drawn_and_not_too_broad() -> None:
    boxes, lines = sixty()
    made = layout(boxes, lines)
    held(boxes, lines, made)
    assert made.width < 1400


def test_bends_stay_between_the_rows() -> None:
    """A line bends only where no box and no label stands."""
    boxes, lines = sixty()
    made = layout(boxes, lines)
    for route in made.routes:
        for (_, _, bottom), (_, top, _) in zip(route, route[1:]):
            assert [
                rect for rect in (*made.boxes.values(), *made.labels) if rect.y < top and rect.bottom > bottom
            ] == []


def test_a_box_stands_below_all_that_lead_to_it() -> None:
    boxes, lines = sixty()
    made = layout(boxes, lines)
    assert all(made.boxes[line.source].bottom < made.boxes[line.target].y for line in lines)


def test_the_same_again() -> None:
    assert layout(*sixty()) == layout(*sixty())


def test_ends_that_overfill_a_row_go_further_down() -> None:
    boxes = [Box("start", 100, 40), *(Box(f"e{index}", 100, 40) for index in range(2 * BROADEST + 1))]
    made = layout(boxes, [Line("start", box.id, 30, 16) for box in boxes[1:]])
    rows = [made.boxes[box.id].y for box in boxes[1:]]
    assert [rows.count(y) for y in sorted({*rows})] == [BROADEST, BROADEST, 1]


def test_sweeps_take_most_crossings_away() -> None:
    rows, _, _ = place_rows(*sixty())
    assert crossings(fewest_crossings(rows)) < 0.6 * crossings(place_rows(*sixty())[0])
