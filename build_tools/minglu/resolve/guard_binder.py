"""A guard as written → one whose questions and answers exist, with its facts written out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.parse import syntax
from minglu.resolve.askable import Askable
from minglu.resolve.model import ALWAYS, Guard, Test

MOST_TESTS = 200  # tests in one guard, its facts written out
MOST_FACTS_DEEP = 30  # facts that stand on facts

Written = Mapping[syntax.Id, syntax.Guard]
"""The facts of a tree as written."""


def bind_guard(guard: syntax.Guard, askable: Askable, facts: Mapping[str, Guard], found: list[Diagnostic]) -> Guard:
    """`facts` are written out already."""
    bound = {name: bound_fact(name, facts, found) for name in fact_names(guard)}
    return write_out_guard(guard, askable, bound, found)


def bound_fact(name: syntax.Id, facts: Mapping[str, Guard], found: list[Diagnostic]) -> Guard:
    if name in facts:
        return facts[name]
    near = nearest(name, facts)
    found.append(
        Diagnostic(
            "names",
            name.at,
            Words(f"没有叫 `{name}` 的事实", f"no fact is called `{name}`"),
            Words(f"写 `{near}`", f"write `{near}`")
            if near
            else Words("在 `facts:` 里写上它", "add it under `facts:`"),
        )
    )
    return ALWAYS


def bind_facts(
    written: Written, first: Iterable[syntax.Id], askable: Askable, found: list[Diagnostic]
) -> dict[str, Guard]:
    """Each fact written out, after those it stands on: from the `first` names on, then as the file has them."""
    bound: dict[str, Guard] = {}

    def bind(name: syntax.Id, around: tuple[str, ...]) -> Guard:
        """`around` are the facts being written out around this one: a fact cannot stand on itself."""
        if name in around:
            found.append(fact_in_circle(name))
            return ALWAYS
        if len(around) >= MOST_FACTS_DEEP:
            found.append(too_many_facts(name))
            return ALWAYS
        if name not in written:
            return bound_fact(name, written_names, found)
        if name not in bound:
            guard = written[name]
            inner = {other: bind(other, (*around, name)) for other in fact_names(guard)}
            bound[str(name)] = write_out_guard(guard, askable, inner, found)
        return bound[name]

    written_names = dict.fromkeys(map(str, written), ALWAYS)
    for name in (*(name for name in first if name in written), *written):
        bind(name, ())
    return bound


def fact_in_circle(name: syntax.Id) -> Diagnostic:
    return Diagnostic(
        "facts",
        name.at,
        Words(f"事实 `{name}` 绕了一圈又用到自己", f"the fact `{name}` stands on itself"),
        Words("从这一圈里去掉一处", "break the circle at one place"),
        stops=False,
    )


def too_many_facts(name: syntax.Id) -> Diagnostic:
    return Diagnostic(
        "facts",
        name.at,
        Words(f"事实套事实超过了 {MOST_FACTS_DEEP} 层", f"facts stand on facts more than {MOST_FACTS_DEEP} deep"),
        Words("直接写问题和答案", "write the questions and answers themselves"),
        stops=False,
    )


def write_out_guard(
    guard: syntax.Guard, askable: Askable, facts: Mapping[syntax.Id, Guard], found: list[Diagnostic]
) -> Guard:
    """`facts` are those that the guard names, also inside its `not` and `any`."""
    tests = [test for id, values in guard.tests if (test := bind_test(id, values, askable.answers, found))]
    on_ticks = tuple(test for test in tests if test.question in askable.several)
    bound = Guard(
        tuple(test for test in tests if test.question not in askable.several),
        at=guard.at,
        ticks=Guard(on_ticks) if on_ticks else None,
    )
    for inner in guard.nots:
        bound = both(bound, negated(write_out_guard(inner, askable, facts, found), found))
    if guard.alternatives:
        inners = tuple(write_out_guard(inner, askable, facts, found) for inner in guard.alternatives)
        bound = both(bound, one_of(inners, guard, found))
    for name in guard.facts:
        bound = both(bound, facts[name])
    if guard_size(bound) > MOST_TESTS:
        found.append(
            Diagnostic(
                "facts",
                guard.at,
                Words(
                    f"这个条件连同它用到的事实超过了 {MOST_TESTS} 项",
                    f"this condition, with the facts it uses, has more than {MOST_TESTS} parts",
                ),
                Words("拆成几个问题来问", "ask it as several questions"),
                stops=False,
            )
        )
        return ALWAYS
    return bound


def both(one: Guard, other: Guard) -> Guard:
    """Both hold; at the place of the first."""
    ticks = both(one.ticks, other.ticks) if one.ticks and other.ticks else one.ticks or other.ticks
    tests, nots, anys = one.tests + other.tests, one.nots + other.nots, one.anys + other.anys
    return Guard(tests, nots, one.at, anys, ticks)


def negated(inner: Guard, found: list[Diagnostic]) -> Guard:
    if inner.ticks is None:
        return Guard(nots=(inner,))
    if inner.plain != ALWAYS:
        found.append(mixed(inner, "not"))
    return Guard(ticks=Guard(nots=(replace(inner.ticks, at=inner.at),)))


def one_of(inners: tuple[Guard, ...], written: syntax.Guard, found: list[Diagnostic]) -> Guard:
    """One of the alternatives holds at least."""
    if all(inner.ticks is None for inner in inners):
        return Guard(anys=(inners,))
    odd = next((inner for inner in inners if inner.ticks is None or inner.plain != ALWAYS), None)
    if odd:
        found.append(mixed(replace(odd, at=odd.at or written.at), "any"))
    return Guard(ticks=Guard(anys=(tuple(replace(inner.ticks or ALWAYS, at=inner.at) for inner in inners),)))


def mixed(inner: Guard, key: str) -> Diagnostic:
    """Ticks are no part of what states are told apart by, so that the two must be decided each for itself."""
    return Diagnostic(
        "ticks",
        inner.at,
        Words(
            f"`{key}` 里把勾选和别的条件混在一起",
            f"within `{key}`, ticks and other conditions stand together",
        ),
        Words(
            f"勾选的条件和别的条件分开写：外面并列，`{key}` 里只写一种",
            f"write the two beside each other: within `{key}` there is either ticks or other conditions",
        ),
    )


def bind_test(
    id: syntax.Id, values: tuple[syntax.Id, ...], answers: Mapping[str, tuple[str, ...]], found: list[Diagnostic]
) -> Test | None:
    if id not in answers:
        near = nearest(id, answers)
        found.append(
            Diagnostic(
                "names",
                id.at,
                Words(f"没有叫 `{id}` 的问题", f"no question is called `{id}`"),
                Words(f"写 `{near}`", f"write `{near}`") if near else None,
            )
        )
        return None
    for value in values:
        if value not in answers[id]:
            found.append(unknown_answer(id, value, answers[id]))
    return Test(str(id), frozenset(map(str, values)))


def unknown_answer(id: syntax.Id, value: syntax.Id, known: tuple[str, ...]) -> Diagnostic:
    near = nearest(value, known)
    return Diagnostic(
        "names",
        value.at,
        Words(f"问题 `{id}` 没有叫 `{value}` 的答案", f"the question `{id}` has no answer called `{value}`"),
        Words(f"写 `{near}`", f"write `{near}`")
        if near
        else Words(f"可以写：{'、'.join(known)}", f"it may be: {', '.join(known)}"),
    )


def unused_facts(written: Written, whens: Iterable[syntax.Guard]) -> Iterator[Diagnostic]:
    """A fact that only unused facts stand on is unused as well."""
    used = {name for when in whens for name in fact_names(when)}
    todo = list(used)
    while todo:
        new = {*fact_names(written[todo.pop()])} - used
        used |= new
        todo += new
    for name in written:
        if name not in used:
            yield Diagnostic(
                "facts",
                name.at,
                Words(f"事实 `{name}` 没有用到", f"the fact `{name}` is never used"),
                Words("在某个 `when` 里用上它，或删掉它", "use it in a `when`, or remove it"),
                stops=False,
            )


def fact_names(guard: syntax.Guard) -> Iterator[syntax.Id]:
    """The facts that a guard names, those inside its `not` and `any` first."""
    for inner in (*guard.nots, *guard.alternatives):
        yield from fact_names(inner)
    yield from guard.facts


def guard_size(guard: Guard) -> int:
    return 1 + len(guard.tests) + sum(map(guard_size, guard.inner())) + (guard_size(guard.ticks) if guard.ticks else 0)
