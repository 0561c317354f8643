"""A walk, or what the same answers lead to over several trees → what the engine answers about it (report.py)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from .ahead import possible_ends, questions_left
from .contract import Arrival, CompiledTree, arrival_of
from .dates import Calendar
from .deciding import deciding, end_key
from .follow import follow
from .labels import answer_label, left_label, standing_label
from .outcome import outcome_report
from .receipt import changed_since, read_receipt, receipt_of
from .report import (
    At,
    End,
    FollowedStep,
    FollowReport,
    Left,
    PathStep,
    PossibleEnd,
    Problem,
    Shared,
    WalkReport,
    WhatIf,
)
from .shared import Told, end_at, shared_by
from .walk import Walk, onward, own_answer, walk
from .what_if import end_node, what_if
from .words import engine_words


def walk_report(
    tree: CompiledTree,
    answers: dict[str, str],
    *,
    today: date,
    calendar: Calendar,
    version: str | None = None,
    receipt: str | None = None,
    engine: str = "",
    replies: Collection[str] | None = None,
    without: Collection[str] = (),
) -> WalkReport:
    """`version` is that of the tree for which the reader's link was made, `receipt` what that carried (receipt.py), and
    `engine` the hash of the engine as it is now, "" where nobody told it. `replies` are the ids of those that the
    reader ticked, None where they have touched none. `without` names what is left empty of `what_if`, which takes as
    long as all the rest, and `deciding`, for which all states of the tree are looked at.
    """
    here = walk(tree, answers, today, calendar)
    at = where_at(tree, here)
    several = at.kind == "several"
    least, most = questions_left(tree, here.at)
    outcome = None
    if at.kind == "outcome" and at.state:
        outcome = outcome_report(tree, at.state, here, today=today, calendar=calendar, ticked=replies)
    resting = receipt_of(tree, outcome, today=today, engine=engine)
    return WalkReport(
        tree=tree.tree,
        version=tree.version,
        today=today.isoformat(),
        path=tuple(path_steps(tree, here)),
        used={step.question: step.answer for step in here.path},
        left=Left(least, most, left_label(least, most)),
        at=at,
        states=here.at,
        possible=tuple(PossibleEnd(id, end_title(tree, id)) for id in possible_ends(tree, here.at)),
        ends=several_ends(tree, here) if several else (),
        shared=shared_of_walk(tree, here, Told(here, today, calendar)) if several else None,
        deciding=deciding(tree, here) if several and "deciding" not in without else (),
        outcome=outcome,
        what_if=() if "what_if" in without else what_if_at_end(tree, here, today=today, calendar=calendar),
        warnings=warning_lines(tree, answers),
        receipt=resting,
        changed=changed_since(
            tree,
            resting,
            version=version,
            then=read_receipt(receipt, version) if receipt and version else None,
            at=at,
            lost=is_lost(tree, here, answers),
        ),
        problem=Problem(here.asking, here.problem) if here.problem else None,
    )


def what_if_at_end(tree: CompiledTree, here: Walk, *, today: date, calendar: Calendar) -> tuple[WhatIf, ...]:
    """None while a question is asked."""
    return () if here.asking else tuple(what_if(tree, here, today, calendar))


def follow_report(
    trees: Mapping[str, CompiledTree],
    tree: CompiledTree,
    answers: dict[str, str],
    *,
    today: date,
    calendar: Calendar,
    replies: Collection[str] | None = None,
) -> FollowReport:
    """Where the answers lead over all trees; the whole report is that of the last, and so are the `replies`."""
    legs = follow(trees, tree.tree, answers, today=today, calendar=calendar)
    last = legs[-1]
    reached = trees[last.tree]
    report = walk_report(reached, last.answers, today=today, calendar=calendar, replies=replies)
    return FollowReport(
        tree=last.tree,
        end=f"{last.tree}/{report.at.id}" if report.at.kind == "outcome" else None,
        path=tuple(
            FollowedStep(leg.tree, step.question, step.answer, step.shown, step.label, step.state)
            for leg in legs
            for step in path_steps(trees[leg.tree], leg.here)
        ),
        carried=last.carried,
        walk=report,
    )


def path_steps(tree: CompiledTree, here: Walk) -> Iterator[PathStep]:
    at: tuple[str, ...] = (tree.start,)
    for step in here.path:
        asked = tree.questions[step.question]
        state = at[0] if len(at) == 1 else None
        shown = answer_label(asked, own_answer(asked, step.answer))
        yield PathStep(step.question, step.answer, shown, asked.ask, state)
        at = onward(tree, at, step.question, step.stands_for)


def where_at(tree: CompiledTree, here: Walk) -> At:
    """`question` while one is asked; at the end `outcome`, `tree` (a hand-over), or `several`.

    Outcome states that differ only in where they lead on from there are one end for a reader who is unsure.
    """
    if here.asking:
        asking = (tree.states[state] for state in here.at if state in tree.states)
        return At("question", here.asking, next(state.id for state in asking if state.node == here.asking))
    if len({end_key(tree, state) for state in here.at}) > 1:
        return At("several", None, None)
    if here.at[0] in tree.states:
        return At("outcome", tree.states[here.at[0]].node, here.at[0])
    over = arrival_of(here.at[0]) or Arrival(here.at[0], "")  # where nobody of a tree that is fit to publish comes
    return At("tree", over.tree, over.state, dict(over.carries))


def several_ends(tree: CompiledTree, here: Walk) -> tuple[End, ...]:
    """Where a reader who was unsure may have ended: each outcome once, and each place in other trees."""
    found: dict[str, End] = {}
    for state in here.at:
        node = end_node(tree, state)
        standing = tree.outcomes[node].standing if node in tree.outcomes else None
        shown = standing_label(standing) if standing else ""
        found.setdefault(node if standing else state, End(node, state, end_title(tree, node), standing, shown))
    return tuple(found.values())


def shared_of_walk(tree: CompiledTree, here: Walk, told: Told) -> Shared:
    ends = [end_at(tree, tree.states[state], told) for state in here.at if state in tree.states]
    return shared_by(tree, ends, told, elsewhere=len(ends) < len(here.at))


def end_title(tree: CompiledTree, id: str) -> str:
    """The title of an outcome, or of the tree of `tree/<id>`."""
    return tree.others[id.removeprefix("tree/")].title if id.startswith("tree/") else tree.outcomes[id].title


def warning_lines(tree: CompiledTree, answers: dict[str, str]) -> tuple[str, ...]:
    """Each once. They hold for answers that this tree does not ask for, too: the reader said so elsewhere."""
    given = (tree.warnings.get(question, {}).get(answer) for question, answer in answers.items())
    return tuple(dict.fromkeys(filter(None, given)))


def changed_words(tree: CompiledTree, here: Walk, answers: dict[str, str], version: str | None) -> str | None:
    """A sentence for a reader whose walk was made for another version of the tree."""
    if version is None or version == tree.version:
        return None
    return engine_words("walk.changed-lost" if is_lost(tree, here, answers) else "walk.changed")


def is_lost(tree: CompiledTree, here: Walk, answers: dict[str, str]) -> bool:
    """Whether an answer does not apply: nothing asks for it, or it is unfit."""
    asked_nowhere = (
        question for question in answers if question not in tree.questions and question not in tree.warnings
    )
    return here.problem is not None or any(True for _ in asked_nowhere)
