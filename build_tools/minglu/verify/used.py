"""Whatever is written for use is used: evidence, channels, mistakes, letters and shared questions."""

from collections.abc import Iterable, Iterator

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.engine.letter import LETTER_FIELD
from minglu.resolve.model import Tick, Tree, Use
from minglu.resolve.relying import entries_by_group
from minglu.verify.matters import tick_tests
from minglu.verify.subject import Subject

PROVES = "每份证据、途径、误区、函件都在某处用得上"
ENTRY = {
    "channels": Words("途径", "channel"),
    "evidence": Words("证据", "evidence"),
    "mistakes": Words("误区", "mistake"),
}


def check(subject: Subject) -> Iterator[Diagnostic]:
    library, trees = subject.project.library, subject.project.trees.values()
    for group, entries in entries_by_group(library).items():
        pointed = set().union(*(pointed_to(tree, group) for tree in trees))
        yield from (
            unused_entry(id, one.at, ENTRY[group], Words("在某个结论里用上它", "use it in an outcome"))
            for id, one in entries.items()
            if id not in pointed
        )
    for tree in trees:
        pointed = pointed_to(tree, "letters")
        yield from (
            unused_entry(
                id,
                one.at,
                Words("函件", "letter"),
                Words("在某个结论里写 `letter: " + id + "`", f"write `letter: {id}` in an outcome"),
            )
            for id, one in tree.letters.items()
            if id not in pointed
        )
    asked = {id for tree in trees for id, question in tree.questions.items() if question.shared}
    yield from (
        unused_entry(
            id,
            at,
            Words("共用问题", "shared question"),
            Words(f"在某棵树里写 `use: {id}`", f"write `use: {id}` in a tree"),
        )
        for id, at in library.questions.items()
        if id not in asked
    )
    yield from idle_shared_ticks(trees)


def idle_shared_ticks(trees: Iterable[Tree]) -> Iterator[Diagnostic]:
    """What a shared question offers, and no tree looks at. A letter that names the question looks at all of it."""
    looked_at: set[str] = set()
    offered: dict[str, Tick] = {}
    for tree in trees:
        guards = (item.guard for one in tree.outcomes.values() for items in one.groups().values() for item in items)
        tests = (test for guard in guards for test in tick_tests(guard.ticks) if tree.questions[test.question].shared)
        looked_at |= {f"{test.question}/{tick}" for test in tests for tick in test.values}
        fields = {field for letter in tree.letters.values() for field in LETTER_FIELD.findall(letter.text)}
        for question in tree.questions.values():
            if question.shared and question.id not in fields:
                offered |= {f"{question.id}/{tick.id}": tick for tick in question.ticks}
    for name, tick in offered.items():
        if name not in looked_at:
            of = name.partition("/")[0]
            yield unused_entry(
                tick.id,
                tick.at,
                Words(f"共用问题 `{of}` 的选项", f"option of the shared question `{of}`"),
                Words(
                    f"在某棵树的一项里写 `when: {{ {of}: {tick.id} }}`",
                    f"let an item of a tree say `when: {{ {of}: {tick.id} }}`",
                ),
            )


def pointed_to(tree: Tree, group: str) -> set[str]:
    uses = (use for outcome in tree.outcomes.values() for use in outcome.groups()[group])
    return {use.use for use in uses if isinstance(use, Use)}


def unused_entry(id: str, at: Span, what: Words, use: Words) -> Diagnostic:
    return Diagnostic(
        "used",
        at,
        Words(f"没有哪里用到{what.zh} `{id}`", f"nothing uses the {what.en} `{id}`"),
        Words(f"{use.zh}，或删掉它", f"{use.en}, or remove it"),
    )
