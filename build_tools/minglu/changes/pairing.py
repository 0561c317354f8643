"""Two versions of a tree → which of their questions, answers, outcomes and items are the same thing."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from minglu.changes.fingerprint import plain_data
from minglu.changes.ranges import Cell, cells_of_bands
from minglu.engine.dates import Calendar
from minglu.engine.labels import answer_label
from minglu.resolve.model import Amount, Deadline, Item, Outcome, Question, Statement, Tree, Use

SIMILAR = 0.5  # of two sentences: the least share of characters in common that makes one a new wording of the other


@dataclass(frozen=True)
class Same:
    """`questions` and `outcomes` map ids of the old tree to those of the new.

    `old_keys` and `new_keys` name each tree's questions alike where they are the same question; `cells` are a question's
    answers by that name.
    """

    old: Tree
    new: Tree
    questions: dict[str, str]
    outcomes: dict[str, str]
    old_keys: dict[str, str]
    new_keys: dict[str, str]
    cells: dict[str, tuple[Cell, ...]]


def pair(old: Tree, new: Tree, calendar: Calendar) -> Same:
    questions = pair_questions(old, new)
    outcomes = {id: id for id in old.outcomes if id in new.outcomes} | renamed(old.outcomes, new.outcomes, content)
    old_keys = {id: questions.get(id, f"old:{id}") for id in old.questions}
    new_keys = {id: id if id in questions.values() else f"new:{id}" for id in new.questions}
    cells = {new_id: cells_of(old.questions[id], new.questions[new_id], calendar) for id, new_id in questions.items()}
    for id, key in old_keys.items():
        if id not in questions:
            cells[key] = tuple(Cell(answer, None, label) for answer, label in labelled(old.questions[id]))
    for id, key in new_keys.items():
        if key not in cells:
            cells[key] = tuple(Cell(None, answer, label) for answer, label in labelled(new.questions[id]))
    return Same(old, new, questions, outcomes, old_keys, new_keys, cells)


def pair_questions(old: Tree, new: Tree) -> dict[str, str]:
    """The same id and kind, or else the same words; and counted the same way, as otherwise equal answers mean unequal days."""
    pairs = {
        id: id
        for id, question in old.questions.items()
        if id in new.questions and new.questions[id].kind == question.kind
    }
    pairs |= renamed(old.questions, new.questions, lambda question: (question.kind, question.ask))
    while odd := [
        id for id, other in pairs.items() if not counted_alike(old.questions[id], new.questions[other], pairs)
    ]:
        for id in odd:
            del pairs[id]
    return pairs


def counted_alike(old: Question, new: Question, pairs: dict[str, str]) -> bool:
    return all(
        (before and pairs.get(before, "")) == after for before, after in ((old.until, new.until), (old.plus, new.plus))
    )


def renamed(old: dict, new: dict, look: Callable) -> dict[str, str]:
    """Of those without a namesake: the old id to the new where one alone on either side has this look."""
    alike: dict[object, tuple[list[str], list[str]]] = {}
    for side, own, other in ((0, old, new), (1, new, old)):
        for id, one in own.items():
            if id not in other:
                alike.setdefault(look(one), ([], []))[side].append(id)
    return {before[0]: after[0] for before, after in alike.values() if len(before) == len(after) == 1}


def content(outcome: Outcome) -> str:
    """All that an outcome says and when, without its id."""
    return json.dumps({**plain_data(outcome), "id": ""}, ensure_ascii=False, sort_keys=True)


def cells_of(old: Question, new: Question, calendar: Calendar) -> tuple[Cell, ...]:
    if old.kind != "choice":
        return cells_of_bands(old, new, calendar)
    before, after = ({answer.id: answer for answer in question.answers} for question in (old, new))
    pairs = {id: id for id in before if id in after} | renamed(before, after, lambda answer: answer.label)
    partner = {new_id: id for id, new_id in pairs.items()}
    both = tuple(Cell(partner.get(id), id, answer.label) for id, answer in after.items())
    return both + tuple(Cell(id, None, answer.label) for id, answer in before.items() if id not in pairs)


def labelled(question: Question) -> Iterable[tuple[str, str]]:
    return ((id, answer_label(question, id)) for id in question.answer_ids())


Pairs = tuple[tuple[int | None, int | None], ...]
"""Indexes in the old and the new list; None for an item that only one of them has. In the order of the new list, then what is gone."""


def pair_items(old: tuple[Item, ...], new: tuple[Item, ...], questions: dict[str, str]) -> Pairs:
    """By id or pointer; statements by their words, then by similar words, then by the articles that they cite and who sees them."""
    pairs: dict[int, int] = {}  # new → old

    def match(key_of_old: Callable, key_of_new: Callable) -> None:
        free: dict[object, list[int]] = {}
        for index, item in enumerate(old):
            if index not in pairs.values():
                free.setdefault(key_of_old(item), []).append(index)
        for index, item in enumerate(new):
            if index not in pairs and free.get(key := key_of_new(item)):
                pairs[index] = free[key].pop(0)

    sample = (*old, *new)[0] if old or new else None
    match(name_of, name_of)
    if isinstance(sample, Deadline):
        match(lambda item: rule(item, questions), lambda item: rule(item, {}))
    elif isinstance(sample, Statement) and not isinstance(sample, Amount):
        pairs |= similar(
            {index: item.says for index, item in enumerate(old) if index not in pairs.values()},
            {index: item.says for index, item in enumerate(new) if index not in pairs},
        )
        match(carried, carried)
    return (
        *((pairs.get(index), index) for index in range(len(new))),
        *((index, None) for index in range(len(old)) if index not in pairs.values()),
    )


def name_of(item: Item) -> str:
    match item:
        case Use():
            return item.use
        case Deadline() | Amount():
            return item.id
        case Statement():
            return item.says
    raise TypeError(item)


def rule(item: Deadline, questions: dict[str, str]) -> tuple:
    """How a deadline is reckoned; a deadline with another id but the same rule is the same to a reader."""
    return (
        item.kind,
        item.within,
        item.start.of,
        tuple((questions.get(name, name), days) for name, days in item.start.dates),
    )


def carried(item: Statement) -> tuple:
    return item.cites, item.basis, item.guard


def similar(old: dict[int, str], new: dict[int, str]) -> dict[int, int]:
    """New index → old index; the closest first."""
    close = sorted(
        (-ratio, after, before)
        for after, text in new.items()
        for before, was in old.items()
        if (ratio := SequenceMatcher(None, was, text, autojunk=False).ratio()) >= SIMILAR
    )
    pairs: dict[int, int] = {}
    for _, after, before in close:
        if after not in pairs and before not in pairs.values():
            pairs[after] = before
    return pairs
