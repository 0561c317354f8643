"""Two versions of a tree → which of their questions, answers, outcomes and items are the same thing."""

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from minglu.changes.fingerprint import plain_data
from minglu.changes.ranges import Cell, cells_of_bands
from minglu.engine.citations import Citation
from minglu.engine.dates import Calendar
from minglu.engine.labels import answer_label
from minglu.resolve.model import Also, Amount, Clock, Deadline, Guard, Item, Outcome, Question, Statement, Tree, Use

SIMILAR = 0.5  # of two sentences: the least share of characters in common that makes one a new wording of the other


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """`questions` and `outcomes` map ids of the old tree to those of the new.

    `old_keys` and `new_keys` name each tree's questions alike where they are the same question; `cells` are a
    question's answers by that name.
    """

    old: Tree
    new: Tree
    questions: dict[str, str]
    outcomes: dict[str, str]
    old_keys: dict[str, str]
    new_keys: dict[str, str]
    cells: dict[str, tuple[Cell, ...]]


def pair_trees(old: Tree, new: Tree, calendar: Calendar) -> Pairing:
    questions = pair_questions(old, new)
    same_ids = {id: id for id in old.outcomes if id in new.outcomes}
    old_keys = {id: questions.get(id, f"old:{id}") for id in old.questions}
    new_keys = {id: id if id in questions.values() else f"new:{id}" for id in new.questions}
    cells = {new_id: cells_of(old.questions[id], new.questions[new_id], calendar) for id, new_id in questions.items()}
    for id, key in old_keys.items():
        if id not in questions:
            cells[key] = tuple(Cell(answer, None, label) for answer, label in labelled_answers(old.questions[id]))
    for id, key in new_keys.items():
        if key not in cells:
            cells[key] = tuple(Cell(None, answer, label) for answer, label in labelled_answers(new.questions[id]))
    return Pairing(
        old=old,
        new=new,
        questions=questions,
        outcomes=same_ids | pair_renamed(old.outcomes, new.outcomes, outcome_content),
        old_keys=old_keys,
        new_keys=new_keys,
        cells=cells,
    )


def pair_questions(old: Tree, new: Tree) -> dict[str, str]:
    """The same id and kind, or else the same words; and counted the same way, as otherwise equal answers mean unequal
    days.
    """
    pairs = {
        id: id
        for id, question in old.questions.items()
        if id in new.questions and new.questions[id].kind == question.kind
    }
    pairs |= pair_renamed(old.questions, new.questions, lambda question: (question.kind, question.ask))
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


def pair_renamed[Part](
    old: Mapping[str, Part], new: Mapping[str, Part], look: Callable[[Part], Hashable]
) -> dict[str, str]:
    """Of those without a namesake: the old id to the new where one alone on either side has this look."""
    alike: dict[Hashable, tuple[list[str], list[str]]] = {}
    for side, own, other in ((0, old, new), (1, new, old)):
        for id, one in own.items():
            if id not in other:
                alike.setdefault(look(one), ([], []))[side].append(id)
    return {before[0]: after[0] for before, after in alike.values() if len(before) == len(after) == 1}


def outcome_content(outcome: Outcome) -> str:
    """All that an outcome says and when, without its id."""
    return json.dumps(plain_data(replace(outcome, id="")), ensure_ascii=False, sort_keys=True)


def cells_of(old: Question, new: Question, calendar: Calendar) -> tuple[Cell, ...]:
    if old.kind != "choice":
        return cells_of_bands(old, new, calendar)
    before, after = ({answer.id: answer for answer in question.answers} for question in (old, new))
    pairs = {id: id for id in before if id in after} | pair_renamed(before, after, lambda answer: answer.label)
    partner = {new_id: id for id, new_id in pairs.items()}
    both = tuple(Cell(partner.get(id), id, answer.label) for id, answer in after.items())
    return both + tuple(Cell(id, None, answer.label) for id, answer in before.items() if id not in pairs)


def labelled_answers(question: Question) -> Iterable[tuple[str, str]]:
    return ((id, answer_label(question, id)) for id in question.answer_ids())


ItemPairs = tuple[tuple[int | None, int | None], ...]
"""Indexes in the old and the new list; None for an item that only one of them has. In the order of the new list, then
what is gone.
"""


def pair_items(old: Sequence[Item], new: Sequence[Item], questions: Mapping[str, str]) -> ItemPairs:
    """By id or pointer; deadlines by their rule; statements by their words, then by similar words, then by the articles
    that they cite and who sees them. `questions` maps those of the old tree to those of the new.
    """
    pairs = more_pairs({}, looks(old, item_name), looks(new, item_name))
    pairs |= more_pairs(
        pairs,
        looks(old, lambda item: rule_of(item, questions) if isinstance(item, Deadline) else None),
        looks(new, lambda item: rule_of(item, {}) if isinstance(item, Deadline) else None),
    )
    pairs |= pair_similar(pairs, looks(old, own_words), looks(new, own_words))
    pairs |= more_pairs(pairs, looks(old, support_of), looks(new, support_of))
    return (
        *((pairs.get(index), index) for index in range(len(new))),
        *((index, None) for index in range(len(old)) if index not in pairs.values()),
    )


def looks[Look](items: Sequence[Item], look: Callable[[Item], Look | None]) -> dict[int, Look]:
    """Index → what the item is recognised by, of those that have it."""
    return {index: seen for index, item in enumerate(items) if (seen := look(item)) is not None}


def more_pairs(pairs: dict[int, int], old: Mapping[int, Hashable], new: Mapping[int, Hashable]) -> dict[int, int]:
    """New index → old index of items not in `pairs` that look the same, in order."""
    free: dict[Hashable, list[int]] = {}
    for index, look in old.items():
        if index not in pairs.values():
            free.setdefault(look, []).append(index)
    return {index: free[look].pop(0) for index, look in new.items() if index not in pairs and free.get(look)}


def item_name(item: Item) -> str:
    match item:
        case Use():
            return item.use
        case Deadline() | Amount() | Clock():
            return item.id
        case Statement() | Also():
            return item.says
    raise TypeError(item)


Rule = tuple[str, str, str, tuple[tuple[str, int], ...]]


def rule_of(item: Deadline, questions: Mapping[str, str]) -> Rule:
    """How a deadline is reckoned; a deadline with another id but the same rule is the same to a reader."""
    dates = tuple((questions.get(name, name), days) for name, days in item.start.dates)
    return item.kind, item.within, item.start.of, dates


def own_words(item: Item) -> str | None:
    """What only a statement without an id, or an `also`, is recognised by."""
    return item.says if isinstance(item, Statement | Also) and not isinstance(item, Deadline | Amount | Clock) else None


def support_of(item: Item) -> tuple[tuple[Citation, ...], str, Guard] | None:
    if own_words(item) is None or not isinstance(item, Statement):
        return None
    return item.cites, item.basis, item.guard


def pair_similar(pairs: dict[int, int], old: Mapping[int, str], new: Mapping[int, str]) -> dict[int, int]:
    """New index → old index of items not in `pairs` whose words are similar; the closest first."""
    close = sorted(
        (-ratio, after, before)
        for after, text in new.items()
        for before, was in old.items()
        if after not in pairs
        and before not in pairs.values()
        and (ratio := SequenceMatcher(None, was, text, autojunk=False).ratio()) >= SIMILAR
    )
    found: dict[int, int] = {}
    for _, after, before in close:
        if after not in found and before not in found.values():
            found[after] = before
    return found
