"""One slip of the pen is told once, not also by all that follows from it."""

from minglu import pipeline

TREE = "trees/kettle/tree.yml"


def rules(toy_files, *edits: tuple[str, str]) -> list[tuple[str, int]]:
    source = toy_files[TREE].decode()
    for old, new in edits:
        assert source.count(old) == 1
        source = source.replace(old, new)
    _, found = pipeline.check(toy_files | {TREE: source.encode()})
    return [(one.rule, one.at.line) for one in found]


def test_outcomes_without_their_heading_are_reported_at_the_first(toy_files) -> None:
    assert rules(toy_files, ("\noutcomes:\n", "\n")) == [("missing", 1), ("keys", 38)]


def test_items_without_their_heading_are_reported_at_the_first(toy_files) -> None:
    assert rules(
        toy_files,
        (
            "    deadlines:\n      - { id: claim, kind: due, label: 提出,",
            "      - { id: claim, kind: due, label: 提出,",
        ),
    ) == [("keys", 55)]


def test_several_misspelt_keys_are_each_reported(toy_files) -> None:
    told = rules(
        toy_files,
        (
            "  too-late:\n    title: 没有依据了\n    standing: none\n    says: ",
            "  too-late:\n    titel: 没有依据了\n    standng: none\n    syas: ",
        ),
    )
    first = toy_files[TREE].decode().split("  too-late:\n    title: ")[0].count("\n") + 2
    assert told == [("keys", first), ("keys", first + 1), ("keys", first + 2)]


def test_walks_are_not_reported_of_where_readers_already_go_astray(toy_files) -> None:
    told = rules(toy_files, ("few: { up_to: 1, goto: received }", "few: { up_to: 1, goto: refund }"))
    assert told and {rule for rule, _ in told} == {"dated"}
