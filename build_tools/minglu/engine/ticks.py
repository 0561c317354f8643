"""The condition of an item over ticks → whether it holds for a reader, and its words; and which replies are ticked.

A reader who did not say what applies leaves it open: then neither is known, and the item is shown with its words. Who
was not asked has ticked nothing.
"""

from collections.abc import Collection, Iterable, Mapping

from .contract import CompiledQuestion, CompiledReply, TickCondition, TickTest
from .labels import ticks_label
from .walk import Walk
from .words import engine_words


def ticks_hold(condition: TickCondition | None, here: Walk) -> bool | None:
    """None where it depends on ticks of which nothing is known."""
    if condition is None:
        return True
    parts = [test_holds(test, here) for test in condition.tests]
    parts += [negated(ticks_hold(inner, here)) for inner in condition.nots]
    parts += [any_holds(ticks_hold(one, here) for one in alternatives) for alternatives in condition.anys]
    return negated(any_holds(negated(part) for part in parts))


def test_holds(test: TickTest, here: Walk) -> bool | None:
    ticked = here.ticked(test.question)
    return None if ticked is None else not ticked.isdisjoint(test.ticks)


def negated(holds: bool | None) -> bool | None:
    return None if holds is None else not holds


def any_holds(parts: Iterable[bool | None]) -> bool | None:
    known = set(parts)
    return True if True in known else None if None in known else False


def ticks_words(condition: TickCondition, questions: Mapping[str, CompiledQuestion]) -> str:
    """For whom an item with this condition is."""
    parts = [engine_words("ticks.test", ticks=test_words(test, questions)) for test in condition.tests]
    parts += [not_words(inner, questions) for inner in condition.nots]
    parts += [any_words(alternatives, questions) for alternatives in condition.anys]
    return engine_words("ticks.and").join(dict.fromkeys(parts))


def test_words(test: TickTest, questions: Mapping[str, CompiledQuestion]) -> str:
    return engine_words("ticks.or").join(
        engine_words("ticks.label", label=ticks_label(questions[test.question], (tick,))) for tick in test.ticks
    )


def not_words(inner: TickCondition, questions: Mapping[str, CompiledQuestion]) -> str:
    if len(inner.tests) == 1 and not inner.nots and not inner.anys:
        return engine_words("ticks.without", ticks=test_words(inner.tests[0], questions))
    return engine_words("ticks.not", condition=ticks_words(inner, questions))


def any_words(alternatives: tuple[TickCondition, ...], questions: Mapping[str, CompiledQuestion]) -> str:
    return engine_words("ticks.or").join(
        engine_words("ticks.alternative", condition=ticks_words(one, questions)) for one in alternatives
    )


def is_ticked(reply: CompiledReply, here: Walk, ticked_ids: Collection[str] | None) -> bool:
    """Whether the other side said this to the reader, and so whether it stands in their letters. `ticked_ids` are those
    that the reader ticked, None where they have not touched any: then a reply stands as their answers leave it, and
    comes ticked where its condition names a tick that they set.
    """
    if ticked_ids is None:
        return reply.ticks is not None and ticks_hold(reply.ticks, here) is True
    return reply.id in ticked_ids
