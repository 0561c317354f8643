"""The passes one after another: each tells all it finds, the next never sees broken input, one slip is told once."""

from pathlib import Path

import pytest

from minglu import pipeline
from minglu.diagnostics import Diagnostic, Span, Words
from minglu.diagnostics.terminal import LONGEST_EXCERPT, render, width
from minglu.memo import Memo

TOY = Path(__file__).parent / "toy" / "trees"
KETTLE, TEA = "trees/kettle/tree.yml", "trees/tea/tree.yml"


@pytest.fixture
def told(toy_files):
    """The rules of what is found when these words are put for those, by file."""

    def told(*changes: tuple[str, str, str]) -> list[str]:
        files = dict(toy_files)
        for path, old, new in changes:
            assert old.encode() in files[path]
            files[path] = files[path].replace(old.encode(), new.encode())
        done, found = pipeline.check(files)
        assert (done is None) == bool(found)
        return [one.rule for one in found]

    return told


def test_a_project_that_is_fit_is_compiled_without_a_word(toy) -> None:
    assert list(toy.trees) == ["kettle", "tea"] == list(toy.unfolded)


def test_the_files_are_those_below_the_folder_by_a_path_that_begins_with_trees(toy_files) -> None:
    assert {KETTLE, "trees/kettle/letters/refund.md", "trees/law/kettle-law-2020.yml", "trees/channels.yml"} <= {
        *toy_files
    }
    assert toy_files[KETTLE] == (TOY / "kettle" / "tree.yml").read_bytes()


def test_a_pass_tells_what_is_wrong_in_every_file(told) -> None:
    assert (
        told(
            (KETTLE, "start: what", "strat: what"),
            (TEA, "start: taste", "strat: taste"),
            ("trees/channels.yml", "who:", "whom:"),
        )
        == ["keys"] * 4
    )


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ((KETTLE, "start: what", "strat: what"), (TEA, "goto: bear-it", "goto: bear")),
        ((KETTLE, "start: what", "start: wha"), (TEA, "goto: bear-it", "goto: taste")),
    ],
)
def test_the_next_pass_never_sees_broken_input(told, earlier, later) -> None:
    alone, both = told(earlier), told(earlier, later)
    assert told(later) and both == alone


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ((KETTLE, "{ when: { what: unwanted }, to: return-it }, ", ""), "decided"),
        ((KETTLE, "to: return-it }", "to: too-late }"), "reachable"),
        ((KETTLE, "goto: repairs", "goto: what"), "finite"),
        ((TEA, "goto: bear-it", "goto: tree/kettle"), "reachable"),
    ],
)
def test_what_follows_from_a_slip_is_not_told_as_well(told, change, rule: str) -> None:
    """Each also leaves an outcome without a walk, or a walk that does not arrive."""
    assert told(change) == [rule]


def test_a_name_that_is_wrong_in_a_fact_is_told_once_however_often_the_fact_is_used(told) -> None:
    assert told((KETTLE, "fresh: { received: [d7] }", "fresh: { recieved: [d7] }")) == ["names"]


def test_findings_are_in_the_order_of_the_files(toy_files) -> None:
    files = toy_files | {
        path: toy_files[path].replace("水壶法第1".encode(), "水壶法第9".encode())
        for path in (KETTLE, TEA, "trees/mistakes.yml")
    }
    places = [(one.at.file, one.at.line, one.at.column) for one in pipeline.check(files)[1]]
    assert places == sorted(places) and len(places) > 10


def test_a_letter_of_another_tree_is_not_this_trees(told) -> None:
    assert told((TEA, "channels: [shop, tree/kettle]", "channels: [shop, tree/kettle]\n    letter: refund")) == [
        "names"
    ]


def test_a_tree_may_be_handed_over_to_from_several_others(toy_files) -> None:
    coffee = toy_files[TEA].replace(b"tree: tea", b"tree: coffee").replace(b"tree/kettle", b"tree/tea")
    coffee = coffee.replace("茶怎么了".encode(), "咖啡怎么了".encode()).replace(
        "壶还要吗".encode(), "杯子还要吗".encode()
    )
    done, found = pipeline.check(
        toy_files | {"trees/coffee/tree.yml": coffee, "trees/coffee/walks.yml": toy_files["trees/tea/walks.yml"]}
    )
    assert found == [] and list(done.trees) == ["coffee", "kettle", "tea"]


def test_checking_twice_gives_the_same(toy_files, toy) -> None:
    assert pipeline.check(dict(reversed(toy_files.items())))[0] == toy


def test_the_trees_of_the_site_are_fit_to_publish() -> None:
    """The content is held by the same proof as the toy."""
    folder = Path(__file__).parent.parent / "trees"
    files = pipeline.read_files(folder)
    assert "\n".join(render(one, files) for one in pipeline.check(files)[1]) == ""


# ---- how a finding is shown


def shown(line: str, column: int, length: int = 1, **more) -> list[str]:
    one = Diagnostic("names", Span("a.yml", 1, column, length), Words("没有", "none"), **more)
    return render(one, {"a.yml": line.encode()}).split("\n")


def test_the_first_line_can_be_clicked_and_found() -> None:
    assert shown("a: b", 4, help=Words("写 `c`", "write `c`")) == [
        "a.yml:1:4: error[names]: 没有",
        "    1 | a: b",
        "      |    ^",
        "  help: 写 `c`",
    ]


def test_carets_stand_below_what_they_mark_also_below_chinese() -> None:
    source, carets = shown("题: 茶叶, b", 4, 2)[1:]
    assert width(carets[: carets.index("^")]) == width(source[: source.index("茶")]) and carets.count("^") == 4


@pytest.mark.parametrize("column", [1, 60, 61, 500, 999])
def test_of_a_long_line_the_part_around_the_place_is_shown(column: int) -> None:
    line = "".join(chr(0x4E00 + index) for index in range(1000))
    source, carets = shown(line, column)[1:]
    assert len(source) <= LONGEST_EXCERPT + 12
    assert width(carets[: carets.index("^")]) == width(source[: source.index(line[column - 1])])


def test_what_cannot_be_seen_is_made_visible_and_cannot_steer_the_terminal() -> None:
    assert shown("a:\t\x1b[31m\u200b", 1)[1] == "    1 | a: �[31m�"


def test_a_second_place_is_shown_with_its_own_words() -> None:
    one = Diagnostic(
        "names", Span("a.yml", 2, 1), Words("又", "again"), also=((Span("a.yml", 1, 1), Words("先", "first")),)
    )
    assert render(one, {"a.yml": b"x\ny"}, "en").split("\n") == [
        "a.yml:2:1: error[names]: again",
        "    2 | y",
        "      | ^",
        "  a.yml:1:1: first",
        "    1 | x",
        "      | ^",
    ]


def test_a_place_without_a_line_is_only_its_file() -> None:
    assert render(Diagnostic("files", Span("a.yml", 0, 0), Words("没有", "none")), {}) == "a.yml: error[files]: 没有"


EDITS = [
    ("trees/tea/tree.yml", "茶本来就苦", "茶就是苦"),
    ("trees/kettle/tree.yml", "within: 7 days", "within: 8 days"),
    ("trees/kettle/letters/refund.md", "请在", "务请在"),
    ("trees/kettle/walks.yml", "第五天不想要", "第五天就不想要"),
    ("trees/questions.yml", "水壶出了什么问题", "水壶怎么了"),
    ("trees/channels.yml", "who:", "whom:"),
    ("trees/tea/tree.yml", "goto: bear-it", "goto: bear"),
]


def test_what_is_kept_from_the_last_time_changes_nothing(toy_files) -> None:
    """Edit after edit and back again, with the same `Memo`: each gives what a fresh run gives."""
    memo = Memo()
    for path, old, new in EDITS:
        edited = toy_files | {path: toy_files[path].replace(old.encode(), new.encode())}
        assert edited != toy_files
        for files in (
            edited,
            toy_files,
            {name: data for name, data in edited.items() if not name.startswith("trees/tea/")},
        ):
            assert pipeline.check(dict(files), memo) == pipeline.check(files)


def test_an_edit_costs_only_the_tree_that_it_touches(toy_files) -> None:
    memo = Memo()
    before, _ = pipeline.check(toy_files, memo)
    after, _ = pipeline.check(
        {path: bytes(bytearray(data)) for path, data in toy_files.items()}
        | {TEA: toy_files[TEA].replace("茶本来就苦".encode(), "茶就是苦".encode())},
        memo,
    )
    assert after.unfolded["kettle"] is before.unfolded["kettle"] and after.trees["kettle"] is before.trees["kettle"]
    assert after.unfolded["tea"] is not before.unfolded["tea"]
