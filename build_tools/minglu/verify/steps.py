"""What to do now: where an outcome says it, each of its readers gets one to three steps, with what these name."""

from collections.abc import Iterator

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.resolve.model import Now, Outcome
from minglu.unfold.model import State
from minglu.verify.story import story
from minglu.verify.subject import Subject

PROVES = "写了现在做什么的结论，每个读者都看到一到三步，步骤里说的信、日子和去处也都看得到"
MOST = 3


def check(subject: Subject) -> Iterator[Diagnostic]:
    one = subject.one
    reported: set[tuple[Span, Words]] = set()
    for state in one.states.values():
        if state.node not in one.tree.outcomes:
            continue
        for at, says in slips(one.tree.outcomes[state.node], state):
            if (at, says) not in reported:
                reported.add((at, says))
                reader = story(one, state.id)
                yield Diagnostic("steps", at, says, help_for(reader))


def slips(outcome: Outcome, state: State) -> Iterator[tuple[Span, Words]]:
    if not outcome.now:
        return
    shown = [outcome.now[index] for index in state.items["now"]]
    if not shown:
        yield (
            outcome.at,
            Words(
                f"结论 `{outcome.id}` 有的读者看不到现在做什么", f"some readers of `{outcome.id}` see nothing to do now"
            ),
        )
    if len(shown) > MOST:
        yield (
            shown[MOST].at,
            Words(
                f"结论 `{outcome.id}` 有的读者看到 {len(shown)} 步，最多 {MOST} 步",
                f"some readers of `{outcome.id}` see {len(shown)} steps; {MOST} is the most",
            ),
        )
    for step in shown:
        yield from ((step.at, says) for says in unshown(step, outcome, state))


def unshown(step: Now, outcome: Outcome, state: State) -> Iterator[Words]:
    """What a step names that its reader does not see."""
    named = (
        (step.letter, {outcome.letters[index].use for index in state.items["letters"]}, Words("函件", "letter")),
        (step.by, {outcome.deadlines[index].id for index in state.items["deadlines"]}, Words("期限", "deadline")),
        (step.to, {outcome.channels[index].use for index in state.items["channels"]}, Words("途径", "channel")),
    )
    for id, seen, what in named:
        if id and id not in seen:
            yield Words(
                f"这一步说的{what.zh} `{id}`，有的读者看不到",
                f"this step names the {what.en} `{id}`, which some of its readers do not see",
            )


def help_for(reader: Words) -> Words:
    return Words(
        f"{reader.zh}；改 `when`，让他看到的配得上", f"{reader.en}; change a `when` so that what they see fits"
    )
