"""Ticks, money, months, fixed days and alternatives, through every pass: the golden tree `steep` has them all."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from minglu import pipeline
from minglu.changes.diff import diff
from minglu.changes.mutants import mutants
from minglu.cli.terminal_walk import typed_ticks
from minglu.compile import Compiled
from minglu.diagnostics.terminal import render
from minglu.engine.bridge import Session
from minglu.engine.codec import from_json, to_json
from minglu.engine.contract import CompiledTree, TickCondition, TickTest
from minglu.engine.money import parse_money
from minglu.engine.ticks import ticks_hold, ticks_words
from minglu.engine.walk import Step, Walk
from minglu.engine.walk_report import walk_report

FOLDER = Path(__file__).parent / "write" / "golden" / "urn" / "trees" / "steep"
TODAY = date(2026, 11, 16)
FULL = {"said": "cold.late", "paid": "99.90", "brewed": "2024-06-30", "drunk": "2026-11-14"}


@pytest.fixture(scope="session")
def files(toy_files) -> dict[str, bytes]:
    return toy_files | {f"trees/steep/{name}.yml": (FOLDER / f"{name}.yml").read_bytes() for name in ("tree", "walks")}


@pytest.fixture(scope="session")
def steep(files) -> Compiled:
    return checked(files)


def checked(files: dict[str, bytes]) -> Compiled:
    done, found = pipeline.check(files)
    assert not found, "\n".join(render(one, files, "en") for one in found)
    return done


def report(steep: Compiled, **answers: str):
    return walk_report(steep.trees["steep"], FULL | answers, today=TODAY, calendar=steep.days)


def replies(steep: Compiled, **answers: str) -> list[str]:
    return [reply.says for reply in report(steep, **answers).outcome.replies]


# ---- ticks


def test_ticks_never_split_states(steep) -> None:
    states = steep.trees["steep"].states.values()
    assert all("said" not in state.known for state in states)
    assert [len(state.to) for state in states if state.node == "said"] == [1]


def test_an_item_is_shown_where_its_ticks_are_set_and_its_other_conditions_hold(steep) -> None:
    assert replies(steep, said="cold.late") == ["“凉了不管”"]
    assert replies(steep, said="cold.late", brewed="2025-05-05") == []
    assert replies(steep, said="opened") == ["“泡过了”"]
    assert replies(steep, said="none") == ["什么都没说"]
    assert replies(steep, said="cold", paid="100", brewed="2025-05-05") == ["“都怪你”"]
    assert replies(steep, said="cold.late", paid="100", brewed="2025-05-05") == []


def test_who_leaves_open_what_applies_sees_every_item_with_its_ticks(steep) -> None:
    shown = report(steep, said="unsure").outcome.replies
    assert [one.says for one in shown] == ["“凉了不管”", "“泡过了”", "什么都没说"]
    assert all(one.ticks for one in shown)
    assert not any(one.ticks for one in report(steep, said="opened").outcome.replies)


def test_a_tick_decides_about_deadlines_and_citations_too(steep) -> None:
    assert [one.id for one in report(steep, said="late").outcome.deadlines] == ["warm", "again"]
    assert [one.id for one in report(steep, said="cold").outcome.deadlines] == ["warm"]
    assert "水壶法 第13条" not in report(steep, said="cold").outcome.cites


def test_the_ticks_are_told_by_their_labels(steep) -> None:
    shown = {step.question: step.shown for step in report(steep, said="late.cold").path}
    assert shown == {
        "said": "茶凉了不管、过了时候",
        "paid": "99.90 元",
        "brewed": "2024年6月30日",
        "drunk": "2026年11月14日",
    }
    assert report(steep, said="none").path[0].shown == "都没勾"


def test_an_unknown_tick_stops_the_walk_at_its_question(steep) -> None:
    here = report(steep, said="cold.hot")
    assert here.at.id == "said" and here.problem.says.startswith("“hot”不是")


def test_a_list_of_ticks_is_taken_too(steep) -> None:
    session = Session()
    for part in ({"tree": to_json(steep.trees["steep"])}, {"calendar": steep.calendar}):
        session.answer(json.dumps({"do": "load"} | part))
    for given, used in ((["cold", "late"], "cold.late"), ([], "none")):
        walked = json.loads(
            session.answer(
                json.dumps({"do": "walk", "tree": "steep", "answers": FULL | {"said": given}, "today": "2026-11-16"})
            )
        )
        assert walked["used"]["said"] == used and walked["at"]["kind"] == "outcome"


@pytest.mark.parametrize(
    ("set_ticks", "wanted"), [(None, None), ({"a"}, True), ({"a", "b"}, False), ({"c"}, True), (set(), False)]
)
def test_a_condition_over_ticks_is_true_false_or_open(set_ticks, wanted) -> None:
    def test(*ticks: str) -> TickCondition:
        return TickCondition((TickTest("q", ticks),), (), ())

    one = TickCondition((TickTest("q", ("a",)),), (test("b"),), ())
    condition = TickCondition((), (), ((one, test("c")),))
    here = Walk((Step("q", "", (), ticked=None if set_ticks is None else frozenset(set_ticks)),), (), None)
    assert ticks_hold(condition, here) is wanted
    assert ticks_hold(condition, Walk((), (), None)) is False  # who was not asked has ticked nothing
    assert from_json(TickCondition, to_json(condition)) == condition


def test_the_words_of_a_condition_name_the_labels(steep) -> None:
    tree = steep.trees["steep"]
    words = [ticks_words(one.ticks, tree.questions) for one in tree.outcomes["bear-it"].replies]
    assert words == [
        "勾了“茶凉了不管”",
        "勾了“泡过了不能退”",
        "没勾“茶凉了不管”或“过了时候”或“泡过了不能退”",
        "（勾了“茶凉了不管”，没勾“过了时候”）或（勾了“泡过了不能退”）",
    ]
    assert tree.outcomes["bear-it"].grounds[1].when == "（超过 500.00 元）或（不超过 99.90 元，2024年6月30日及更早）"


def test_numbers_are_typed_for_ticks_in_the_terminal() -> None:
    assert [typed_ticks(text, ("a", "b", "c")) for text in ("3 1", "1，2", "0", "x", "4")] == [
        "a.c",
        "a.b",
        "none",
        "x",
        "4",
    ]


SHARED = """
said:
  ask: 店家拿什么理由不退？
  kind: several
  options: { late: 过了时候, opened: { label: 泡过了, hint: 不能退 } }
"""


def with_shared(files: dict[str, bytes], *, when: str) -> dict[str, bytes]:
    """Two trees ask one shared question with ticks, the first hands over to the second."""

    def tree(id: str, start: str, goto: str, items: str) -> bytes:
        return (
            f"tree: {id}\ntitle: {id}\nsummary: {id}\nas_of: 2026-11-21\nreviewed: 2026-11-21\nstart: {start}\n"
            f"questions:\n{goto}\noutcomes:\n  end:\n    title: 完\n    standing: none\n    says: 完。\n"
            "    grounds:\n      - { says: 没有条文, cite: 水壶法第12条, basis: inferred }\n"
            f"      - {items}\n    channels: [shop]\n"
        ).encode()

    asks = "  said: { use: said, goto: end }"
    leads = (
        "  said: { use: said, goto: on }\n"
        "  on: { ask: 往哪？, options: { here: { label: 这里, goto: end }, there: { label: 那里, goto: tree/two } } }"
    )
    items = "{ says: 过了, cite: 水壶法第12条, basis: inferred, when: { said: %s } }"
    walks = "- { walk: 完, today: 2026-11-16, answers: { said: [late]%s }, arrives: end }\n"
    return files | {
        "trees/questions.yml": files["trees/questions.yml"] + SHARED.encode(),
        "trees/one/tree.yml": tree("one", "said", leads, items % "late"),
        "trees/one/walks.yml": (walks % ", on: here").encode(),
        "trees/two/tree.yml": tree("two", "said", asks, items % when),
        "trees/two/walks.yml": (walks % "").encode(),
    }


def test_ticks_of_a_shared_question_are_not_asked_again(files) -> None:
    done = checked(with_shared(files, when="opened"))
    assert done.trees["one"].questions["said"].ticks == done.trees["two"].questions["said"].ticks
    state = next(state for state in done.trees["one"].states.values() if state.node == "on")
    arrives = state.to["there"].partition("#")[2]
    assert done.trees["two"].states[arrives].node == "end"


def test_a_shared_tick_that_no_tree_looks_at_is_idle(files) -> None:
    project = with_shared(files, when="late")
    (found,) = pipeline.check(project)[1]
    assert found.rule == "used" and "`opened`" in found.says.en and found.at.file == "trees/questions.yml"


def test_a_tree_does_not_choose_among_the_ticks_of_a_shared_question(files) -> None:
    project = with_shared(files, when="opened")
    two = project["trees/two/tree.yml"].replace(
        b"{ use: said, goto: end }", "{ use: said, options: { late: 晚了 }, goto: end }".encode()
    )
    found = pipeline.check(project | {"trees/two/tree.yml": two})[1]
    assert "kinds" in {one.rule for one in found}


# ---- money, months and fixed days


@pytest.mark.parametrize(
    "text", ["4999", "4999.00", "4,999", "￥4999", "¥ 4,999.0", "４９９９．００", "4，999元", "4、999 块"]
)
def test_a_sum_is_read_as_people_write_it(text: str) -> None:
    assert str(parse_money(text)) == "4999.00"


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "10000000.01", "1,99", "4999.001", "-1", "1e3", "一千", "9" * 50, "1.2.3"]
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 the text itself is what it says, an empty one too
        parse_money(text)
    assert refused.value.args == (text,)


def test_a_sum_is_compared_to_the_cent(steep) -> None:
    bands = {
        sum_: step.stands_for
        for sum_ in ("99.90", "99.91", "500", "500.01")
        for step in steps(steep, paid=sum_, to="paid")
    }
    assert bands == {"99.90": ("low",), "99.91": ("mid",), "500": ("mid",), "500.01": ("high",)}


def test_a_fixed_day_is_not_in_the_band_before_it(steep) -> None:
    days = ("2024-06-30", "2024-07-01", "2025-12-31", "2026-01-01", "2024-06", "2024-07", "2023-12..2024")
    bands = {day: step.stands_for for day in days[:6] for step in steps(steep, brewed=day, to="brewed")}
    assert list(bands.values()) == [("old",), ("mild",), ("mild",), ("new",), ("old",), ("mild",)]


def steps(steep: Compiled, *, to: str, **answers: str):
    from minglu.engine.walk import walk

    here = walk(steep.trees["steep"], FULL | answers, TODAY, steep.days)
    return [step for step in here.path if step.question == to]


def test_a_month_gives_no_day_and_the_rule_in_words(steep) -> None:
    here = report(steep, drunk="2026-10")
    assert here.path[-1].shown == "2026年10月"
    assert here.outcome.deadlines[0].date is None and "次日起算" in here.outcome.deadlines[0].how


def test_a_question_without_bands_lets_the_reader_go_on_without_a_value(steep) -> None:
    assert report(steep, drunk="any").at.kind == report(steep, drunk="unsure").at.kind == "outcome"


def test_the_compiled_tree_survives_json(steep) -> None:
    tree = steep.trees["steep"]
    assert from_json(CompiledTree, json.loads(json.dumps(to_json(tree)))) == tree


# ---- what an edit means


def test_another_condition_over_ticks_is_reported(steep, files) -> None:
    changed = files["trees/steep/tree.yml"].decode().replace("said: [cold, late, opened]", "said: [cold, late]")
    there = checked(files | {"trees/steep/tree.yml": changed.encode()})
    (one,) = diff(steep, there).trees
    assert {(change.what, change.part, change.old, change.new) for group in one.groups for change in group.cause} == {
        ("replies", "ticks", "{ not: { said: [cold, late, opened] } }", "{ not: { said: [cold, late] } }")
    }


def test_slips_in_ticks_and_alternatives_are_tried(steep) -> None:
    library = steep.project.library
    said = [one.says.en for one in mutants(steep.unfolded["steep"], library, library.names)]
    assert any("its ticks are turned round" in one for one in said)
    assert any("`any` lacks its alternative 1" in one for one in said)
    assert any("the limit of `low` is 99.89, not 99.90" in one for one in said)
    assert any("the limit of `old` is 2024-07-02, not 2024-07-01" in one for one in said)


def test_walks_that_would_notice_a_turned_tick_are_written(files, tmp_path) -> None:
    from minglu.cli import main

    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    ran = CliRunner().invoke(main, ["mutate", "steep", "--trees", str(tmp_path / "trees"), "--lang", "en"])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    assert "said: cold" in ran.output or "said: late" in ran.output or "said: opened" in ran.output, ran.output
