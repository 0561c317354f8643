"""What an edit of the kettle tree means for its readers: each kind of change once, and what is reported of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import get_type_hints

import pytest

from minglu import pipeline
from minglu.changes.diff import DIFF_KINDS, Diff, TreeDiff, WholeTree, diff
from minglu.changes.pairing import pair_trees
from minglu.changes.report_github import COMMENT_MARK, LONGEST_COMMENT, markdown_text, report_github
from minglu.changes.report_text import excerpts, report_text
from minglu.changes.text_edits import tree_texts
from minglu.resolve.model import Outcome

TREE, WALKS, LAW, SHARED = (
    "trees/kettle/tree.yml",
    "trees/kettle/walks.yml",
    "trees/law/kettle-law-2020.yml",
    "trees/questions.yml",
)


@pytest.fixture
def edited(toy, toy_files) -> Callable[..., Diff]:
    def edited(*edits: tuple[str, str, str], back: bool = False) -> Diff:
        """The diff after (file, what stands there, what shall stand there); with `back` as if it were undone."""
        files = dict(toy_files)
        for path, old, new in edits:
            assert files.get(path, b"").decode().count(old) >= 1, old
            files[path] = files[path].decode().replace(old, new).encode()
        done, found = pipeline.compile_anyway(files)
        assert {one.rule for one in found} <= {"periods"}  # a number that the law does not state is compared, too
        return diff(done, toy) if back else diff(toy, done)

    return edited


def counted(tree: TreeDiff) -> dict[str, int]:
    return {kind: count for kind, count in tree.counts.items() if count}


def labels(steps) -> list[str]:
    return [step.label for step in steps]


def causes(tree: TreeDiff) -> list[tuple]:
    return [
        (group.readers, group.old, group.new, [(one.what, one.part, one.old, one.new) for one in group.cause])
        for group in tree.groups
    ]


def test_nothing_changed_is_said(toy) -> None:
    told = diff(toy, toy)
    assert told.nothing and told.identical and told.unchanged == 16
    assert report_text(told, "zh") == "没有读者得到的不一样（一共 16 种）；文字也没有改。"
    assert report_text(told, "en") == "No reader of 16 gets anything else; no words were edited."


def test_every_text_of_an_outcome_is_compared(toy) -> None:
    tree = toy.project.trees["kettle"]
    for name in [
        name for name, kind in get_type_hints(Outcome).items() if kind is str and name not in ("id", "standing")
    ]:
        outcome = replace(tree.outcomes["repair"], **{name: "改过的字"})
        edited = replace(tree, outcomes=tree.outcomes | {"repair": outcome})
        told = {at for at, old, new in tree_texts(pair_trees(tree, edited, toy.days)) if old != new}
        assert told == {f"outcomes.repair.{name}"}, f"changes/text_edits.py does not compare `{name}` of an outcome"


def test_what_no_reader_gets_is_said_too(edited) -> None:
    first, second = "{ when: { what: unwanted }, to: return-it }", "{ when: { what: broken }, to: refund }"
    in_order, turned = (
        f"d7: {{ within: 7 days, goto: [ {one}, {two} ] }}" for one, two in ((first, second), (second, first))
    )
    told = edited((TREE, in_order, turned))
    assert told.nothing
    assert report_text(told, "en").endswith("only the order, the way it is written, or worked walks.")


def test_a_limit_moved_by_a_day_counts_exactly_the_readers_of_that_day(edited) -> None:
    told = edited((TREE, "d7: { within: 7 days", "d7: { within: 8 days"), (WALKS, "2026-11-06", "2026-11-02"))
    (tree,) = told.trees
    assert (tree.readers, tree.changed, tree.gone, tree.come) == (15, 3, 0, 0)
    assert all(labels(group.story)[-1] == "第 8 天" and group.readers == 1 for group in tree.groups)
    assert counted(tree) == {"outcome": 2, "stronger": 2, "deadline-gained": 2, "article": 1, "other": 1}
    assert {(group.old, group.new) for group in tree.groups} == {
        ("too-late", "return-it"),
        ("repair", "refund"),
        ("refund", "refund"),
    }
    assert [(change.part, change.old, change.new) for change in tree.asked] == [
        ("bands", "7 days, 15 days, 1 year", "8 days, 15 days, 1 year")
    ]


def test_nobody_loses_a_deadline_is_told_apart_from_some_do(edited) -> None:
    gone = (
        TREE,
        (
            "    deadlines: { id: claim, kind: due, label: 提出退壶, from: received, within: 7 days, "
            "cite: 水壶法第11条, basis: text }\n"
        ),
        "",
    )
    named = (WALKS, ", deadlines: { claim: 2026-11-18 }, story", ", story")
    (tree,) = edited(gone, named).trees
    assert counted(tree) == {"deadline-lost": 1}
    assert tree.counts == dict.fromkeys(DIFF_KINDS, 0) | {"deadline-lost": 1}
    assert "\n   1  少了期限\n   0  多了期限\n" in report_text(edited(gone, named), "zh")
    assert "| kettle 水壶退货 | 12 | 1 | 0 | 0 | 0 | 1 | 0 | 0 |" in report_github(edited(gone, named), "zh")
    (tree,) = edited(gone, named, back=True).trees
    assert counted(tree) == {"deadline-gained": 1}


def test_a_shorter_deadline_is_told_by_its_outcome_and_its_period(edited) -> None:
    (tree,) = edited(
        (
            TREE,
            "within: 7 days, cite: 水壶法第11条, basis: text }\n    evidence",
            "within: 5 days, cite: 水壶法第11条, basis: text }\n    evidence",
        ),
        (WALKS, "claim: 2026-11-18", "claim: 2026-11-16"),
    ).trees
    assert causes(tree) == [(1, "return-it", "return-it", [("deadlines", "within", "7 days", "5 days")])]
    assert counted(tree) == {"deadline-changed": 1}


def test_a_deadline_with_another_name_and_the_same_rule_is_the_same(edited) -> None:
    told = edited(
        (TREE, "{ id: claim, kind: due, label: 提出退壶", "{ id: give-back, kind: due, label: 提出退壶"),
        (WALKS, "deadlines: { claim: 2026-11-18 }", "deadlines: { give-back: 2026-11-18 }"),
    )
    assert told.nothing and not told.identical


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [("standing: weak", "standing: arguable", "stronger"), ("standing: clear", "standing: weak", "weaker")],
)
def test_a_standing_is_told_with_its_direction(edited, old: str, new: str, kind: str) -> None:
    (tree,) = edited((TREE, old, new)).trees
    assert counted(tree) == {kind: tree.changed}
    (tree,) = edited((TREE, old, new), back=True).trees
    assert counted(tree) == {"weaker" if kind == "stronger" else "stronger": tree.changed}


def test_another_article_is_told_with_both(edited) -> None:
    (tree,) = edited((TREE, "do: 修壶, cite: 水壶法第12条", "do: 修壶, cite: 水壶法第13条")).trees
    assert causes(tree) == [
        (3, "repair", "repair", [("article", "", "水壶法 第12条", ""), ("article", "", "", "水壶法 第13条")])
    ]
    assert counted(tree) == {"article": 3}


def test_an_article_moved_between_remedies_is_told_where_it_moved(edited) -> None:
    (tree,) = edited((TREE, "do: 换壶, cite: [水壶法第11条, 水壶法第12条]", "do: 换壶, cite: 水壶法第12条")).trees
    assert {one[3][0] for one in causes(tree)} == {
        ("remedies", "cite", "水壶法 第11条、水壶法 第12条", "水壶法 第12条")
    }


def test_another_ladder_is_another_next_step(edited) -> None:
    (tree,) = edited(
        (
            TREE,
            "cite: 水壶法第12条, basis: text }\n    channels: [shop, court]",
            "cite: 水壶法第12条, basis: text }\n    channels: [court, shop]",
        )
    ).trees
    assert causes(tree) == [(3, "repair", "repair", [("channels", "", "shop, court", "court, shop")])]
    assert counted(tree) == {"next": 3}


def test_a_hand_over_that_arrives_elsewhere_is_another_next_step(edited) -> None:
    """An own question is not carried, so the other tree asks from its start."""
    (tree,) = edited(
        (
            "trees/tea/tree.yml",
            "    use: what\n    options:\n      unwanted: { goto",
            "    ask: 水壶哪里不对？\n    options:\n      unwanted: { label: 没坏, goto",
        ),
        ("trees/tea/tree.yml", "broken: { goto: tree/kettle", "broken: { label: 坏了, goto: bear-it"),
    ).trees
    assert (1, "tree/kettle", "tree/kettle", [("arrives", "", "received", "what")]) in causes(tree)
    assert counted(tree)["next"] == 2


def test_what_else_an_outcome_shows_is_told_too(edited) -> None:
    (tree,) = edited(
        (TREE, "burden: { on: seller", "burden: { on: buyer"),
        (TREE, "times: 3", "times: 4"),
        (TREE, "evidence: [order, { use: video, when: { repairs: many } }]", "evidence: [order, video]"),
    ).trees
    assert [(one.readers, {(change.what, change.part) for change in one.cause}) for one in tree.groups] == [
        (2, {("burden", "on"), ("amounts", "times")}),
        (1, {("burden", "on"), ("amounts", "times"), ("evidence", "")}),
    ]
    assert counted(tree) == {"other": 3}


def test_a_renamed_outcome_with_the_same_content_changes_nothing_for_readers(edited) -> None:
    told = edited((TREE, "too-late", "far-too-late"), (WALKS, "too-late", "far-too-late"))
    (tree,) = told.trees
    assert tree.groups == () and tree.changed == 0
    assert [(one.what, one.part, one.old, one.new) for one in tree.asked] == [
        ("outcome-named", "id", "too-late", "far-too-late")
    ]
    assert "· 结论 id：too-late → far-too-late" in report_text(told, "zh")


def test_a_renamed_question_and_a_renamed_option_are_the_same_question(edited) -> None:
    told = edited(
        (TREE, "repairs", "times-mended"),
        (WALKS, "repairs", "times-mended"),
        (SHARED, "unwanted:", "spare:"),
        (TREE, "unwanted", "spare"),
        (WALKS, "unwanted", "spare"),
        ("trees/tea/tree.yml", "unwanted", "spare"),
    )
    assert {group.readers for tree in told.trees for group in tree.groups} == set()
    assert {(one.what, one.old, one.new) for tree in told.trees for one in tree.asked} == {
        ("question", "repairs", "times-mended"),
        ("option", "unwanted", "spare"),
    }


def test_an_option_that_only_one_tree_has_brings_or_loses_readers(edited) -> None:
    option = (
        (SHARED, "broken: {", "lost: 没收到, broken: {"),
        ("trees/tea/tree.yml", "      broken: { goto", "      lost: { goto: bear-it }\n      broken: { goto"),
        (TREE, "      broken: { goto: repairs }", "      lost: { goto: too-late }\n      broken: { goto: repairs }"),
        (
            WALKS,
            "- { walk: 八天",
            "- { walk: 没到, today: 2026-11-16, answers: { what: lost }, arrives: too-late }\n- { walk: 八天",
        ),
    )
    told = edited(*option)
    tree = next(tree for tree in told.trees if tree.id == "kettle")
    assert (tree.readers, tree.changed, tree.come, tree.gone) == (12, 0, 1, 0)
    assert causes(tree) == [(1, "", "*", [("option", "", "", "✓")])]
    assert labels(tree.groups[0].story) == ["没收到"]
    tree = next(tree for tree in edited(*option, back=True).trees if tree.id == "kettle")
    assert (tree.come, tree.gone) == (0, 1)


def test_a_question_counted_otherwise_is_another_question(edited) -> None:
    """The same answer then means other days, so nobody may be told unchanged for having given it."""
    told = edited(
        (TREE, "    kind: date\n", "    kind: date\n    plus: repairs\n"),
        (TREE, "{ goto: received }\n      broken", "{ goto: repairs }\n      broken"),
        (TREE, "{ when: { repairs: many }, to: refund }", "{ when: { repairs: many, what: broken }, to: refund }"),
        (WALKS, "answers: { what: unwanted,", "answers: { what: unwanted, repairs: 0,"),
    )
    tree = next(tree for tree in told.trees if tree.id == "kettle")
    assert ("question", "plus", "–", "repairs") in [(one.what, one.part, one.old, one.new) for one in tree.asked]
    assert tree.readers == 2 * 2 * 4 * 4 and tree.changed > 0
    assert any(step.only == "old" for group in tree.groups for step in group.story)


def test_words_are_listed_apart_by_their_place(edited) -> None:
    told = edited(
        (TREE, "says: 只能好好商量。", "says: 只能慢慢商量。"),
        (TREE, "how: 写信给店家", "how: 打电话给店家"),
        ("trees/kettle/letters/refund.md", "【店家】", "【卖家】"),
        (WALKS, "颜色和厨房不配", "颜色不配"),
        ("trees/channels.yml", "title: ", "title: 新"),
    )
    assert told.trees == () and not told.nothing
    assert [(edit.at, edit.trees) for edit in told.texts][:4] == [
        ("outcomes.return-it.remedies.1.how", ("kettle",)),
        ("outcomes.too-late.says", ("kettle",)),
        ("letters/refund.md text", ("kettle",)),
        ("walks.yml “第五天不想要”", ("kettle",)),
    ]
    assert all(edit.at.startswith("channels.yml ") for edit in told.texts[4:]) and told.texts[4:]
    assert "    - 只能好好商量。\n    + 只能慢慢商量。" in report_text(told, "zh")


def test_a_reworded_remedy_is_words_only(edited) -> None:
    told = edited((TREE, "do: 修壶,", "do: 把壶修好,"))
    assert told.trees == () and [(edit.at, edit.old, edit.new) for edit in told.texts] == [
        ("outcomes.repair.remedies.1.do", "修壶", "把壶修好")
    ]


def test_a_shared_question_reworded_is_told_once_for_all_trees(edited, toy_files) -> None:
    asked = (
        next(line for line in toy_files[SHARED].decode().splitlines() if "ask:" in line).split("ask: ")[1].split(",")[0]
    )
    told = edited((SHARED, asked, "怎么了？"))
    assert [(edit.trees, edit.at) for edit in told.texts] == [(("kettle", "tea"), "questions.what.ask")]


def test_articles_are_told_with_the_outcomes_that_rely_on_them(edited) -> None:
    told = edited(
        (LAW, "收到七日内可以退壶", "收到八日内可以退壶"),
        (LAW, "  13: {", "  14: { topic: 还壶, gist: 还。 }\n  13: {"),
    )
    assert [(one.what, one.name, one.is_new, one.is_gone, one.outcomes) for one in told.library] == [
        ("article", "水壶法 第11条", False, False, 5),
        ("article", "水壶法 第14条", True, False, 0),
    ]
    assert [(change.part, change.old, change.new) for change in told.library[0].changes] == [
        ("gist", "收到七日内可以退壶。", "收到八日内可以退壶。")
    ]
    assert "改了条文 水壶法 第11条（5 个结论用到）" in report_text(told, "zh")
    gone = edited((LAW, "  13: {", "  14: { topic: 还壶, gist: 还。 }\n  13: {"), back=True)
    assert [(one.is_gone, one.outcomes) for one in gone.library] == [(True, 0)]


def test_an_articles_own_citations_and_what_replaces_it_are_told(edited) -> None:
    told = edited(
        (LAW, "收到七日内可以退壶", "收到七日内可以退壶，见水壶法第12条"),
        (LAW, "  13: {", "  14: { topic: 还壶, gist: 还。, until: 2030-01-01, replaced_by: 水壶法第13条 }\n  13: {"),
    )
    assert [(change.part, change.new) for one in told.library for change in one.changes] == [
        ("gist", "收到七日内可以退壶，见水壶法第12条。")
    ]
    again = edited((LAW, "  13: {", "  13: { until: 2030-01-01, replaced_by: 水壶法第12条,"))
    assert [(change.part, change.new) for one in again.library for change in one.changes] == [
        ("until", "2030-01-01"),
        ("replaced_by", "水壶法 第12条"),
    ]


def test_what_runs_at_a_channel_and_what_its_log_answers_are_told(edited) -> None:
    law = "cite: 水壶法第11条, basis: text"
    clock = f"  clocks: {{ id: answer, on: sent, kind: ripens, label: 答复, within: 7 days, says: 等, {law} }}\n"
    at = ("trees/channels.yml", "  who: 卖壶的店\n")
    told = edited((*at, at[1] + clock))
    (added,) = told.library
    assert [(change.part, change.old, change.new) for change in added.changes] == [
        ("clocks", "", "answer: ripens 7 days on sent")
    ]
    assert [(edit.at, edit.new) for edit in told.texts] == [
        ("channels.yml shop.clocks.1.says", "等"),
        ("channels.yml shop.clocks.1.label", "答复"),
    ]
    (gone,) = edited((*at, at[1] + clock), back=True).library
    assert [(change.part, change.new) for change in gone.changes] == [("clocks", "")]


def test_where_things_stand_in_their_files_is_no_change(toy, toy_files) -> None:
    year = b"2027:\n  notice: x\n  issued: 2026-11-01\n  holidays: [2027-01-01]\n  workdays: [2027-01-09]\n"
    before, found = pipeline.check(toy_files | {"trees/calendar.yml": year})
    assert found == []
    after, found = pipeline.check(
        {
            path: b"# moved\n\n" + data if path.endswith(".yml") else data
            for path, data in (toy_files | {"trees/calendar.yml": year}).items()
        }
    )
    assert found == [] and diff(before, after).nothing


def test_a_tree_that_only_one_side_has_is_told_with_its_readers(toy, toy_files) -> None:
    alone, found = pipeline.check(
        {path: data for path, data in toy_files.items() if not path.startswith("trees/tea/")}
        | {"trees/mug/tree.yml": MUG, "trees/mug/walks.yml": MUG_WALKS}
    )
    assert found == []
    told = diff(toy, alone)
    assert [one.id for one in told.removed] == ["tea"] and told.added == (WholeTree("mug", "杯子", 2),)
    assert "+ mug 杯子：2 种读者" in report_text(told, "zh") and "| 新增 mug 杯子 | 2 |" in report_github(told, "zh")


MUG = """\
tree: mug
title: 杯子
summary: 杯
as_of: 2026-11-21
reviewed: 2026-11-21
start: q
questions:
  q: { ask: 碎了？, options: { yes: { label: 是, goto: end }, no: { label: 否, goto: tree/kettle } } }
outcomes:
  end: { title: 完, standing: none, says: 完。, grounds: { says: 完, cite: 水壶法第11条, basis: text },
    channels: [shop] }
""".encode()
MUG_WALKS = "- { walk: 碎, today: 2026-11-16, answers: { q: yes }, arrives: end }\n".encode()


# ---- how it is told


def test_an_excerpt_shows_what_differs_with_a_little_around() -> None:
    long = "甲" * 40
    assert excerpts(f"{long}七天{long}", f"{long}八天{long}") == (
        f"…{'甲' * 16}七天{'甲' * 15}…",
        f"…{'甲' * 16}八天{'甲' * 15}…",
    )
    assert excerpts("", "新") == ("", "新") and excerpts("aa", "aaa") == ("aa", "aaa")


def test_an_authors_words_are_neither_markdown_nor_html_nor_a_name(edited) -> None:
    told = edited((TREE, "says: 只能好好商量。", 'says: "<script>|@somebody [x](y) `z`"'))
    markdown = report_github(told, "zh")
    assert markdown.startswith(COMMENT_MARK)
    assert not any(mark in markdown.replace(COMMENT_MARK, "") for mark in ("<script", "@somebody", "[x]", "`z`"))
    assert markdown_text("a|b\nc") == "a&#124;b c"


def test_a_comment_never_grows_too_long_and_says_what_is_left_out(edited) -> None:
    told = edited(
        *(
            (TREE, old, new)
            for old, new in (("standing: weak", "standing: clear"), ("says: 只能好好商量。", f"says: {'好' * 70000}。"))
        )
    )
    markdown = report_github(told, "zh")
    assert len(markdown) < LONGEST_COMMENT + 500 and "还有 1 段" in markdown
