"""A guard as written → one whose questions and answers exist, with its facts written out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from minglu.diagnostics import Diagnostic, Words, nearest
from minglu.parse import syntax
from minglu.resolve.model import ALWAYS, Guard, Question, Test

LONGEST = 200  # tests in one guard, its facts written out
DEEPEST = 30  # facts that stand on facts


@dataclass
class Facts:
    """The facts of a tree as written; each is written out once. `used` are those that a `when` names itself."""

    written: dict[syntax.Id, syntax.Guard] = field(default_factory=dict)
    bound: dict[str, Guard] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)


def bind_guard(
    guard: syntax.Guard,
    questions: dict[str, Question],
    facts: Facts,
    found: list[Diagnostic],
    open_facts: tuple[str, ...] = (),
) -> Guard:
    """`open_facts` are the facts being written out around this one: a fact cannot stand on itself."""
    tests = [test for id, values in guard.tests if (test := bind_test(id, values, questions, found))]
    nots = [bind_guard(inner, questions, facts, found, open_facts) for inner in guard.nots]
    facts.used |= set() if open_facts else {*guard.facts}
    for name in guard.facts:
        inner = bind_fact(name, questions, facts, found, open_facts)
        tests += inner.tests
        nots += inner.nots
    bound = Guard(tuple(tests), tuple(nots), guard.at)
    if size(bound) > LONGEST:
        found.append(
            Diagnostic(
                "facts",
                guard.at,
                Words(
                    f"这个条件连同它用到的事实超过了 {LONGEST} 项",
                    f"this condition, with the facts it uses, has more than {LONGEST} parts",
                ),
                Words("拆成几个问题来问", "ask it as several questions"),
            )
        )
        return ALWAYS
    return bound


def bind_fact(
    name: syntax.Id, questions: dict[str, Question], facts: Facts, found: list[Diagnostic], open_facts: tuple[str, ...]
) -> Guard:
    if name in open_facts:
        found.append(
            Diagnostic(
                "facts",
                name.at,
                Words(f"事实 `{name}` 绕了一圈又用到自己", f"the fact `{name}` stands on itself"),
                Words("从这一圈里去掉一处", "break the circle at one place"),
            )
        )
    elif len(open_facts) >= DEEPEST:
        found.append(
            Diagnostic(
                "facts",
                name.at,
                Words(f"事实套事实超过了 {DEEPEST} 层", f"facts stand on facts more than {DEEPEST} deep"),
                Words("直接写问题和答案", "write the questions and answers themselves"),
            )
        )
    elif name not in facts.written:
        near = nearest(name, facts.written)
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
    else:
        if name not in facts.bound:
            facts.bound[name] = bind_guard(facts.written[name], questions, facts, found, (*open_facts, name))
        return facts.bound[name]
    return ALWAYS


def bind_test(
    id: syntax.Id, values: tuple[syntax.Id, ...], questions: dict[str, Question], found: list[Diagnostic]
) -> Test | None:
    if id not in questions:
        near = nearest(id, questions)
        found.append(
            Diagnostic(
                "names",
                id.at,
                Words(f"没有叫 `{id}` 的问题", f"no question is called `{id}`"),
                Words(f"写 `{near}`", f"write `{near}`") if near else None,
            )
        )
        return None
    known = questions[id].answer_ids()
    for value in values:
        if value not in known:
            near = nearest(value, known)
            help = (
                Words(f"写 `{near}`", f"write `{near}`")
                if near
                else Words(f"可以写：{'、'.join(known)}", f"it may be: {', '.join(known)}")
            )
            found.append(
                Diagnostic(
                    "names",
                    value.at,
                    Words(
                        f"问题 `{id}` 没有叫 `{value}` 的答案", f"the question `{id}` has no answer called `{value}`"
                    ),
                    help,
                )
            )
    return Test(str(id), frozenset(map(str, values)))


def unused(facts: Facts) -> Iterator[Diagnostic]:
    """A fact that only unused facts stand on is unused as well."""
    used, todo = set(facts.used), list(facts.used)
    while todo:
        new = names_in(facts.written[todo.pop()]) - used
        used |= new
        todo += new
    for name in facts.written:
        if name not in used:
            yield Diagnostic(
                "facts",
                name.at,
                Words(f"事实 `{name}` 没有用到", f"the fact `{name}` is never used"),
                Words("在某个 `when` 里用上它，或删掉它", "use it in a `when`, or remove it"),
            )


def names_in(guard: syntax.Guard) -> set[str]:
    """The facts that a guard names, also inside its `not`."""
    return {*guard.facts}.union(*map(names_in, guard.nots))


def size(guard: Guard) -> int:
    return 1 + len(guard.tests) + sum(map(size, guard.nots))
