"""Boxes and the lines between them → where each stands: rows from top to bottom, few crossings, no overlap.

After Sugiyama, Tagawa and Toda (1981). A box stands a row below the lowest box that leads to it. Between two rows of
boxes is a row of labels, and every line has a place of its own in every row it passes: so lines cross only between
rows, never a box or a label.
"""

from bisect import bisect, insort
from dataclasses import dataclass
from itertools import accumulate, pairwise

BROADEST = 6
"""Boxes in a row; ends that would make it longer stand further down."""

SWEEPS = 12
MARGIN = {"box": 12, "label": 7, "line": 6}
"""Free space on either side."""

PULL = {"box": 1, "label": 1, "line": 6}
"""How strongly a place resists being moved sideways: long lines shall be straight."""

AIR = 1.05
"""How much wider than its fullest row the picture is."""

NEAR, STEEP, FAR = 22, 14, 64
"""Between two rows at least NEAR and at most FAR; in between, how far a line goes sideways, divided by STEEP."""


@dataclass(frozen=True)
class Box:
    id: str
    width: int
    height: int


@dataclass(frozen=True)
class Line:
    """`width` and `height` are its label's."""

    source: str
    target: str
    width: int
    height: int


@dataclass(frozen=True)
class Rect:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Layout:
    """`routes` and `labels` are in the order of the lines. A route is the places (x, top, bottom) that a line passes
    straight down; between them it bends.
    """

    width: int
    height: int
    boxes: dict[str, Rect]
    labels: tuple[Rect, ...]
    routes: tuple[tuple[tuple[int, int, int], ...], ...]


@dataclass(eq=False)
class RowPlace:
    """Something that takes up room in a row: a box, a label, or a line passing by."""

    kind: str
    width: int
    height: int
    above: list["RowPlace"]
    below: list["RowPlace"]
    along: list["RowPlace"]  # of a line: all its places between two boxes
    x: float = 0.0  # of its middle

    @property
    def room(self) -> float:
        return self.width / 2 + MARGIN[self.kind]


def layout(boxes: list[Box], lines: list[Line]) -> Layout:
    """Whole numbers, the same for the same input. The lines must not form a cycle; the first box is the start."""
    rows, at, chains = place_rows(boxes, lines)
    rows = fewest_crossings(rows)
    spread_rows(rows)
    return measured(rows, at, chains)


# ---- which row


def rows_of(boxes: list[Box], lines: list[Line]) -> dict[str, int]:
    """The length of the longest way from above. Then ends that overfill their row go further down; those that come from
    further up keep their place first.
    """
    ahead: dict[str, list[str]] = {box.id: [] for box in boxes}
    waits = {box.id: 0 for box in boxes}
    for line in lines:
        ahead[line.source].append(line.target)
        waits[line.target] += 1
    row = {id: 0 for id, count in waits.items() if not count}
    for id in (queue := list(row)):
        for to in ahead[id]:
            row[to] = row[id] + 1  # the last that comes is the lowest: the queue is in the order of rows
            waits[to] -= 1
            if not waits[to]:
                queue.append(to)
    due = dict(row)
    here = 0
    while here <= max(row.values()):
        members = [box.id for box in boxes if row[box.id] == here]
        ends = sorted((id for id in members if not ahead[id]), key=lambda id: due[id])
        for id in ends[max(0, BROADEST - (len(members) - len(ends))) :]:
            row[id] += 1
        here += 1
    return row


def place_rows(
    boxes: list[Box], lines: list[Line]
) -> tuple[list[list[RowPlace]], dict[str, RowPlace], list[list[RowPlace]]]:
    """Rows of places (even ones of boxes, odd ones of labels), the place of each box, and each line's."""
    row = rows_of(boxes, lines)
    at = {box.id: RowPlace("box", box.width, box.height, [], [], []) for box in boxes}
    chains = []
    for line in lines:
        along: list[RowPlace] = []
        along += [RowPlace("line", 0, 0, [], [], along) for _ in range(2 * row[line.source] + 2, 2 * row[line.target])]
        chains.append(
            [at[line.source], RowPlace("label", line.width, line.height, [], [], []), *along, at[line.target]]
        )
        for upper, lower in pairwise(chains[-1]):
            upper.below.append(lower)
            lower.above.append(upper)
    rows: list[list[RowPlace]] = [[] for _ in range(2 * max(row.values()) + 1)]
    placed: set[RowPlace] = set()
    todo = [(at[box.id], 2 * row[box.id]) for box in reversed(boxes) if not at[box.id].above]
    while todo:  # depth first: connected boxes begin side by side
        place, here = todo.pop()
        if place not in placed:
            placed.add(place)
            rows[here].append(place)
            todo += [(lower, here + 1) for lower in reversed(place.below)]
    return rows, at, chains


# ---- in which order


def fewest_crossings(rows: list[list[RowPlace]]) -> list[list[RowPlace]]:
    """Sweeps down and up, each row ordered by the mean place of its neighbours; the best order seen is kept."""
    best, least = [list(row) for row in rows], crossings(rows)
    for turn in range(SWEEPS):
        down = turn % 2 == 0
        for index in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            order = {place: number for number, place in enumerate(rows[index - 1 if down else index + 1])}
            rows[index] = by_middle(rows[index], order, down=down, turned=turn % 4 > 1)
        if (count := crossings(rows)) < least:
            best, least = [list(row) for row in rows], count
    return best


def by_middle(row: list[RowPlace], order: dict[RowPlace, int], *, down: bool, turned: bool) -> list[RowPlace]:
    """A place without neighbours stays where it is; the order of equals is `turned` in every other pair of sweeps, or
    the sweeps would get stuck.
    """
    middles = []
    for place in row:
        neighbours = [order[other] for other in (place.above if down else place.below)]
        middles.append(sum(neighbours) / len(neighbours) if neighbours else None)
    free = [number for number, middle in enumerate(middles) if middle is not None]
    moved = sorted(free, key=lambda number: (middles[number], -number if turned else number))
    done = list(row)
    for to, number in zip(free, moved, strict=True):
        done[to] = row[number]
    return done


def crossings(rows: list[list[RowPlace]]) -> int:
    total = 0
    for upper, lower in pairwise(rows):
        order = {place: number for number, place in enumerate(lower)}
        passed: list[int] = []
        for place in upper:
            ends = sorted(order[other] for other in place.below)
            total += sum(len(passed) - bisect(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return total


# ---- how far from the left


def spread_rows(rows: list[list[RowPlace]]) -> None:
    """Sets every `x`, all within the width of the fullest row and a little more."""
    width = AIR * max(sum(2 * place.room for place in row) for row in rows)
    for row in rows:
        side_by_side(row, [width / 2 for _ in row], width)
    for turn in range(SWEEPS):
        down = turn % 2 == 0
        for row in rows if down else reversed(rows):
            side_by_side(row, [mean_x(place.above if down else place.below, place) for place in row], width)
    for turn in range(SWEEPS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            side_by_side(row, [mean_x(place.along or [*place.above, *place.below], place) for place in row], width)


def mean_x(near: list[RowPlace], place: RowPlace) -> float:
    return sum(other.x for other in near) / len(near) if near else place.x


def side_by_side(row: list[RowPlace], wishes: list[float], width: float) -> None:
    """In this order, without overlap and within the width, as near to the wishes as possible: least squares, by pooling
    neighbours that would overlap.
    """
    offsets = list(accumulate((left.room + right.room for left, right in pairwise(row)), initial=row[0].room))
    blocks: list[tuple[float, float, int]] = []  # weight, weighted sum of wishes less offsets, places
    for place, wished, offset in zip(row, wishes, offsets, strict=True):
        weight: float = PULL[place.kind]
        total, count = weight * (wished - offset), 1
        while blocks and total / weight < blocks[-1][1] / blocks[-1][0]:
            before = blocks.pop()
            weight, total, count = weight + before[0], total + before[1], count + before[2]
        blocks.append((weight, total, count))
    free = width - offsets[-1] - row[-1].room
    shifts = [min(max(total / weight, 0), free) for weight, total, count in blocks for _ in range(count)]
    for place, offset, shift in zip(row, offsets, shifts, strict=True):
        place.x = offset + shift


# ---- the drawing


def measured(rows: list[list[RowPlace]], at: dict[str, RowPlace], chains: list[list[RowPlace]]) -> Layout:
    left = min(place.x - place.room for row in rows for place in row)
    right = max(place.x + place.room for row in rows for place in row)
    tops, y = [], MARGIN["box"]
    for number, row in enumerate(rows):
        tops.append(y)
        aside = max((abs(place.x - other.x) for place in row for other in place.below), default=0)
        y += max(place.height for place in row) + (
            min(FAR, max(NEAR, round(aside / STEEP))) if number + 1 < len(rows) else MARGIN["box"]
        )
    rects = {}
    for top, row in zip(tops, rows, strict=True):
        tall = max(place.height for place in row)
        for place in row:
            down = (tall - place.height) // 2 if place.kind == "label" else 0
            rects[place] = Rect(round(place.x - left - place.width / 2), top + down, place.width, place.height)
    bottoms = {
        place: top + max(other.height for other in row) for top, row in zip(tops, rows, strict=True) for place in row
    }
    top_of = {place: top for top, row in zip(tops, rows, strict=True) for place in row}
    starts = line_starts(at, rects)
    routes = []
    for chain in chains:
        begin, end = rects[chain[0]], rects[chain[-1]]
        passing = [(rects[place].middle, top_of[place], bottoms[place]) for place in chain[1:-1]]
        routes.append(((starts[chain[1]], begin.bottom, bottoms[chain[0]]), *passing, (end.middle, end.y, end.y)))
    return Layout(
        round(right - left),
        y,
        {id: rects[place] for id, place in at.items()},
        tuple(rects[chain[1]] for chain in chains),
        tuple(routes),
    )


def line_starts(at: dict[str, RowPlace], rects: dict[RowPlace, Rect]) -> dict[RowPlace, int]:
    """Label → where its line leaves the box above: side by side, in the order of the labels."""
    starts = {}
    for place in at.values():
        leaving = sorted(place.below, key=lambda label: label.x)
        step = min(18, (place.width - 24) / len(leaving)) if leaving else 0
        for number, label in enumerate(leaving):
            starts[label] = rects[place].middle + round((number - (len(leaving) - 1) / 2) * step)
    return starts
