"""What makes a question matter although all its answers lead to one place, and what makes a piece of the library
used.
"""

import pytest

from minglu import pipeline

TEA = "trees/tea/tree.yml"
TREE = """
tree: tea
title: 茶叶问题
summary: 茶不好喝
as_of: 2026-11-21
reviewed: 2026-11-21
start: taste
questions:
  taste: { ask: 茶怎么了？, options: { bitter: { label: 苦, goto: bear-it }, cold: { label: 凉了, goto: brewed }, \
what: { label: 壶也坏了, goto: what } } }
  brewed: { ask: 哪天泡的？, kind: date, bands: { any: { goto: cups } } }
  cups: { ask: 泡了几杯？, kind: number, bands: { any: { goto: tasted } } }
  tasted: { ask: 哪天喝的？, kind: date, bands: { d1: { within: 1 day, goto: bear-it }, over: { goto: tree/kettle } } }
  what: { use: what, options: { unwanted: { goto: bear-it }, broken: { goto: bear-it } } }
outcomes:
  bear-it:
    title: 忍一忍
    standing: none
    says: 茶本来就苦。
    grounds: { says: 没有条文管茶, cite: 水壶法第12条, basis: inferred }
    channels: [shop]
"""
WHAT = "what: { use: what, options: { unwanted: { goto: bear-it }, broken: { goto: bear-it } } }"


def idle(toy_files, *changes: tuple[str, str], **more: str) -> list[tuple[str, str]]:
    """The findings of the tea tree with these words put for those, by rule and by what is named; `more` are letters."""
    tree = TREE
    for old, new in changes:
        assert old in tree
        tree = tree.replace(old, new)
    letters = {f"trees/tea/letters/{id}.md": text.encode() for id, text in more.items()}
    found = pipeline.check(toy_files | {TEA: tree.encode()} | letters)[1]
    return [(one.rule, one.says.en.split("`")[1]) for one in found]


def test_a_question_whose_answers_nothing_uses_is_idle(toy_files) -> None:
    assert idle(toy_files) == [("matters", "brewed"), ("matters", "cups"), ("matters", "what")]


@pytest.mark.parametrize(
    ("change", "used"),
    [
        (("ask: 哪天喝的？, kind: date,", "ask: 哪天喝的？, kind: date, until: brewed,"), "brewed"),
        (("ask: 哪天喝的？, kind: date,", "ask: 哪天喝的？, kind: date, plus: cups,"), "cups"),
        (
            (
                "    channels",
                (
                    "    deadlines: { id: warm, kind: due, label: 热, from: brewed, within: 1 day, "
                    "cite: 水壶法第12条, basis: inferred, when: { taste: cold } }\n    channels"
                ),
            ),
            "brewed",
        ),
        (
            ("    channels", "    amounts: { id: tea, label: 茶, of: cups, when: { taste: cold } }\n    channels"),
            "cups",
        ),
        (("channels: [shop]", "channels: [shop, tree/kettle]"), "what"),
        ((WHAT, WHAT.replace("broken: { goto: bear-it", "broken: { goto: tree/kettle")), "what"),
    ],
)
def test_a_question_matters_where_its_answer_is_used(toy_files, change: tuple[str, str], used: str) -> None:
    assert idle(toy_files, change) == [("matters", id) for id in ("brewed", "cups", "what") if id != used]


def test_a_letter_uses_what_it_fills_in(toy_files) -> None:
    assert (
        idle(toy_files, ("    channels", "    letter: pour\n    channels"), pour="# 信\n\n{brewed}泡了{cups}，{what}。")
        == []
    )
    assert idle(
        toy_files,
        ("    channels", "    letter: { use: pour, when: { taste: bitter } }\n    channels"),
        pour="# 信\n\n{brewed}泡了{cups}，{what}。",
    ) == idle(toy_files)


@pytest.mark.parametrize(
    "options",
    [
        "cold: { label: 凉了, goto: wait }, bitter: { label: 苦, goto: milk }",
        "bitter: { label: 苦, goto: milk }, cold: { label: 凉了, goto: wait }",
    ],
)
def test_the_story_is_of_the_reader_who_is_asked_soonest(toy_files, options: str) -> None:
    top, rest = TREE.split("questions:")
    ways = "[{ when: { taste: cold }, to: bear-it }, { when: { taste: bitter }, to: tree/kettle }]"
    questions = f"""
  taste: {{ ask: 茶怎么了？, options: {{ {options} }} }}
  wait: {{ ask: 等吗？, options: {{ yes: {{ label: 等, goto: milk }}, \
no: {{ label: 不等, goto: bear-it }} }} }}
  milk: {{ ask: 加奶吗？, options: {{ with: {{ label: 加, goto: {ways} }}, \
without: {{ label: 不加, goto: {ways} }} }} }}
"""
    tree = f"{top}questions:{questions}outcomes:{rest.split('outcomes:')[1]}"
    walks = "- { walk: 凉, today: 2026-11-16, answers: { taste: cold, wait: no }, arrives: bear-it }"
    (found,) = pipeline.check(toy_files | {TEA: tree.encode(), "trees/tea/walks.yml": walks.encode()})[1]
    assert found.rule == "matters" and found.help.en.startswith("a reader: 苦;")


def test_a_question_of_that_name_is_not_the_shared_one(toy_files) -> None:
    own = TREE.replace(
        WHAT,
        "what: { ask: 壶呢？, options: { unwanted: { label: 不要了, goto: bear-it }, "
        "broken: { label: 坏了, goto: tree/kettle } } }",
    )
    own = own.replace("goto: brewed", "goto: tree/kettle").replace(
        "  brewed: { ask: 哪天泡的？, kind: date, bands: { any: { goto: cups } } }\n", ""
    )
    lines = [line for line in own.splitlines() if not line.strip().startswith(("cups:", "tasted:"))]
    questions = toy_files["trees/questions.yml"] + b"lid:\n  ask: lid?\n  options: { here: here }\n"
    own = "\n".join(lines).replace("goto: what }", "goto: lid }").replace("  what: {", "  lid: {")
    found = pipeline.check(toy_files | {TEA: own.encode(), "trees/questions.yml": questions})[1]
    assert [(one.rule, one.says.en) for one in found] == [("used", "nothing uses the shared question `lid`")]
