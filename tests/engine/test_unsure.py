"""Where several ends remain: what all of them share stands first, then what would decide, what decides most first."""

from datetime import date

import pytest

from minglu import pipeline
from minglu.engine.shared import end_at, shared_by
from minglu.engine.walk_report import walk_report

TODAY = date(2026, 11, 16)
JAR = """
tree: jar
title: 茶罐坏了
summary: 茶罐坏了怎么办
as_of: 2026-11-21
reviewed: 2026-11-21
start: said
questions:
  said:
    ask: 店家怎么说？
    kind: several
    options: { cold: 茶凉了, late: 过了时候 }
    goto: what
  what:
    ask: 茶罐怎么了？
    why: 条文不同。
    find: 看罐底
    options:
      crack: { label: 裂了, goto: received }
      lid: { label: 盖子松, goto: received }
      gone: { label: 不见了, goto: tree/tea }
  received:
    ask: 你哪天收到茶罐？
    kind: date
    bands:
      d7: { within: 7 days, goto: colour }
      over: { goto: colour }
  colour:
    ask: 茶罐什么颜色？
    options:
      red: { label: 红, goto: [ { when: { received: d7 }, to: swap }, { when: { received: over }, to: mend } ] }
      blue: { label: 蓝, goto: [ { when: { received: d7 }, to: swap }, { when: { received: over }, to: keep } ] }
outcomes:
  swap:
    title: 可以换
    standing: clear
    says: 换一个。
    now:
      - { do: 留着茶罐, cite: 水壶法第13条, basis: text }
      - { do: 别泡茶, when: { said: cold } }
      - { do: 把信发给店家, letter: note, cite: 水壶法第11条, basis: text }
      - { do: 到信里写的日子再来 }
    deadlines:
      - { id: claim, kind: due, label: 提出, from: received, within: 7 days, cite: 水壶法第11条, basis: text }
      - { id: sue, kind: due, label: 起诉, from: received, within: 3 years, cite: 水壶法第12条, basis: text }
    evidence: [order, { use: video, when: { what: crack } }]
    letter: note
    channels: [shop]
  mend:
    title: 可以修
    standing: arguable
    says: 修一修。
    now:
      - { do: 留着茶罐, cite: 水壶法第13条, basis: text }
      - { do: 别泡茶, when: { said: cold } }
      - { do: 把信发给店家, letter: note, cite: 水壶法第12条, basis: text }
      - { do: 到信里写的日子再来 }
    deadlines:
      - { id: claim, kind: due, label: 提出, from: received, within: 15 days, cite: 水壶法第12条, basis: text }
      - { id: sue, kind: due, label: 起诉, from: received, within: 3 years, cite: 水壶法第12条, basis: text }
    evidence: [video, order]
    letter: note
    channels: [shop]
  keep:
    title: 留着用
    standing: none
    says: 没有办法。
    now: { do: 留着茶罐, cite: 水壶法第13条, basis: text }
    evidence: [order]
    channels: [shop]
"""
CUP = """
tree: cup
title: 茶杯坏了
summary: 茶杯坏了怎么办
as_of: 2026-11-21
reviewed: 2026-11-21
start: asked
questions:
  asked:
    ask: 你哪天找的店家？
    kind: date
    bands: { d3: { within: 3 days, goto: received }, over: { goto: received } }
  received: { ask: 你哪天收到茶杯？, kind: date, goto: colour }
  colour:
    ask: 茶杯什么颜色？
    options: { red: { label: 红, goto: swap }, blue: { label: 蓝, goto: keep } }
outcomes:
  swap:
    title: 可以换
    standing: clear
    says: 换一个。
    deadlines:
      - id: claim
        kind: due
        label: 提出
        from: received
        within: 7 days
        met_by: asked
        cite: 水壶法第11条
        basis: text
    channels: [shop]
  keep: { title: 留着用, standing: none, says: 没有办法。, channels: [shop] }
"""
LETTER = "# 给店家的信\n\n我{received}收到茶罐，{claim}前换，{sue}前起诉。{replies}\n\n{today}"


@pytest.fixture(scope="session")
def project(toy_files):
    more = {
        "trees/jar/tree.yml": JAR.encode(),
        "trees/cup/tree.yml": CUP.encode(),
        "trees/jar/letters/note.md": LETTER.encode(),
    }
    compiled, found = pipeline.compile_anyway(toy_files | more)
    assert compiled, found
    return compiled


@pytest.fixture
def go(project):
    def go(tree: str = "jar", **answers: str):
        given = {"said": "none"} | answers if tree == "jar" else answers
        given = {key.replace("_", "-"): value for key, value in given.items()}
        report = walk_report(project.trees[tree], given, today=TODAY, calendar=project.days)
        assert not report.problem
        return report

    return go


@pytest.fixture
def of(project):
    """What these outcomes share on a page, all their cases."""

    def of(*outcomes: str, tree: str = "jar"):
        whole = project.trees[tree]
        ends = [end_at(whole, state, None) for state in whole.states.values() if state.node in outcomes]
        return shared_by(whole, ends, None, elsewhere=False)

    return of


SURE = {"what": "crack", "received": "2026-11-12", "colour": "red"}
OPEN = {"what": "crack", "received": "unsure", "colour": "unsure"}


def test_only_who_stands_at_several_ends_is_told_what_they_share(go) -> None:
    assert go(**SURE).shared is None and go(**SURE).deciding == ()
    assert go(what="unsure").shared is None


def test_a_step_is_shared_with_its_articles_or_not_at_all_nor_what_follows_it(go) -> None:
    shared = go(**SURE | {"received": "unsure"}).shared
    assert [one.says for one in shared.now] == ["留着茶罐"]
    assert shared.title == "不管是哪一种，先做这些"


def test_a_step_that_a_tick_decides_is_shared_once_the_tick_is_known(go) -> None:
    unsure = SURE | {"received": "unsure"}
    assert [one.says for one in go(**unsure, said="cold").shared.now] == ["留着茶罐", "别泡茶"]
    assert [one.says for one in go(**unsure, said="unsure").shared.now] == ["留着茶罐"]


def test_a_shared_step_keeps_its_source(of) -> None:
    step = of("swap").now[0]
    assert (step.says, step.cite, step.source) == ("留着茶罐", ("水壶法 第13条",), "水壶法 第13条（条文写明）")


def test_evidence_is_shared_where_every_outcome_asks_for_it(go) -> None:
    assert [one.id for one in go(**SURE | {"received": "unsure"}).shared.evidence] == ["order", "video"]
    assert [one.id for one in go(what="lid", received="unsure", colour="red").shared.evidence] == ["order"]


def test_the_standing_is_told_from_the_strongest_to_the_weakest_that_may_be(go) -> None:
    shared = go(**OPEN).shared
    assert shared.standings == ("clear", "arguable", "none")
    assert shared.standing == "现在还说不准有多大把握：从“依据明确”到“没有依据”都有可能。"


def test_where_another_tree_remains_only_evidence_is_told_and_of_whom(go) -> None:
    shared = go(**SURE | {"what": "unsure"}).shared
    assert shared.elsewhere and shared.now == () and shared.letter is None
    assert shared.title == "先做这些；要换到别的部分的，那边另说"
    assert shared.standing == "这一部分的结果都是“依据明确”；换到别的部分，要到那里再看。"
    assert not any(one.everywhere for one in shared.due)


def test_the_earliest_day_stands_first_and_says_of_which_end_it_is(go) -> None:
    (due,) = go(**SURE | {"what": "unsure"}).shared.due
    assert (due.deadline.label, due.deadline.limit, due.deadline.calendar) == ("提出", "2026-11-19", None)
    assert due.says == "不是哪一种都有这个期限，“可以换”可能有；拿不准，先按它来。"


def test_a_deadline_of_all_ends_is_called_so(of) -> None:
    (due,) = of("swap").due
    assert (due.deadline.id, due.everywhere, due.says) == ("claim", True, "哪一种都有这个期限，别错过。")


def test_of_days_not_known_the_shortest_stands_there_by_its_rule(go) -> None:
    (due,) = go(**SURE | {"received": "unsure"}).shared.due
    assert (due.deadline.how, due.ends) == ("从“你哪天收到茶罐”那天的次日起算，7 天以内", ("swap",))


def test_a_day_that_is_over_gives_way_to_the_next(go) -> None:
    assert [one.deadline.id for one in go(**OPEN | {"received": "2026-11-02"}).shared.due] == ["claim"]
    assert [one.deadline.id for one in go(**OPEN | {"received": "2026-10-02"}).shared.due] == ["sue"]
    assert go(**OPEN | {"received": "2020-10-02"}).shared.due == ()


def test_who_does_not_know_whether_they_acted_is_told_the_day_and_who_acted_is_not(go) -> None:
    told = {"received": "2026-11-12", "colour": "unsure", "asked": "unsure"}
    assert [one.deadline.id for one in go("cup", **told).shared.due] == ["claim"]
    assert go("cup", **told | {"asked": "over"}).shared.due == ()
    assert go("cup", **told | {"asked": "2026-11-13"}).shared.due == ()


def test_a_letter_of_all_ends_is_filled_in_with_what_is_the_same_at_each(go) -> None:
    shared = go(**SURE | {"received": "unsure"}).shared
    assert shared.letter.title == "给店家的信"
    assert shared.letter.text == "我【哪天收到茶罐】收到茶罐，＿＿＿＿前换，＿＿＿＿前起诉。\n\n2026年11月16日"
    assert go(what="crack", received="over", colour="unsure").shared.letter is None


def test_a_deadline_alone_is_not_said_to_be_for_all(of) -> None:
    shared = of("return-it", "too-late", tree="kettle")
    assert shared.title == "先记住最早的期限"
    assert [one.says for one in shared.due] == ["不是哪一种都有这个期限；拿不准，先按它来。"]


def test_where_nothing_is_to_be_done_nothing_is_called_so(go) -> None:
    assert go("tea", taste="unsure", kettle_too="drop").shared.title == ""


def test_what_decides_most_stands_first(go) -> None:
    told = go(**OPEN | {"what": "unsure"}).deciding
    assert [(one.question, one.ends, one.least, one.most, one.mean) for one in told] == [
        ("what", 5, 1, 3, 2.33),
        ("received", 5, 3, 3, 3.0),
        ("colour", 5, 4, 4, 4.0),
    ]
    assert (told[0].label, told[0].why, told[0].find) == ("茶罐怎么了？", "条文不同。", "看罐底")


def test_how_much_a_question_decides_is_told_in_words(go) -> None:
    told = go(**OPEN | {"what": "unsure"}).deciding
    assert [one.says for one in told] == [
        "弄清它，平均能排除 53% 的可能。",
        "弄清它，平均能排除 40% 的可能。",
        "弄清它，平均能排除 20% 的可能。",
    ]
    assert [one.says for one in go(**SURE | {"received": "unsure"}).deciding] == ["弄清它，就能定下来。"]


def test_what_leads_on_alike_decides_nothing(go) -> None:
    """Who received it within seven days is told the same, whatever its colour."""
    assert [one.question for one in go(what="unsure", received="d7", colour="unsure").deciding] == ["what"]
