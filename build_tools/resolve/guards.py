"""A guard as written → one whose questions and answers exist, with its facts written out."""

from build_tools.diagnostics import Diagnostic, Words, nearest
from build_tools.parse import syntax
from build_tools.resolve.model import Guard, Question, Test


def bind_guard(guard: syntax.Guard, questions: dict[str, Question], facts: dict[str, syntax.Guard], found: list[Diagnostic], open_facts: tuple[str, ...] = ()) -> Guard:
    """`open_facts` are the facts being written out around this one: a fact cannot stand on itself."""
    tests = [test for id, values in guard.tests if (test := bind_test(id, values, questions, found))]
    nots = [bind_guard(inner, questions, facts, found, open_facts) for inner in guard.nots]
    for name in guard.facts:
        if name in open_facts:
            found.append(Diagnostic("facts", name.at, Words(f"事实 `{name}` 绕了一圈又用到自己", f"the fact `{name}` stands on itself")))
        elif name not in facts:
            near = nearest(name, facts)
            found.append(Diagnostic("names", name.at, Words(f"没有叫 `{name}` 的事实", f"no fact is called `{name}`"), Words(f"写 `{near}`", f"write `{near}`") if near else None))
        else:
            inner = bind_guard(facts[name], questions, facts, found, (*open_facts, name))
            tests += inner.tests
            nots += inner.nots
    return Guard(tuple(tests), tuple(nots), guard.at)


def bind_test(id: syntax.Id, values: tuple[syntax.Id, ...], questions: dict[str, Question], found: list[Diagnostic]) -> Test | None:
    if id not in questions:
        near = nearest(id, questions)
        found.append(Diagnostic("names", id.at, Words(f"没有叫 `{id}` 的问题", f"no question is called `{id}`"), Words(f"写 `{near}`", f"write `{near}`") if near else None))
        return None
    known = questions[id].answer_ids()
    for value in values:
        if value not in known:
            near = nearest(value, known)
            help = Words(f"写 `{near}`", f"write `{near}`") if near else Words(f"可以写：{'、'.join(known)}", f"it may be: {', '.join(known)}")
            found.append(Diagnostic("names", value.at, Words(f"问题 `{id}` 没有叫 `{value}` 的答案", f"the question `{id}` has no answer called `{value}`"), help))
    return Test(str(id), frozenset(map(str, values)))
