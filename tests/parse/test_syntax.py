"""Every mapping of the format: an example is read; a missing key, an unknown one or another shape is reported once."""

from dataclasses import is_dataclass

import pytest

from minglu.parse import reader, syntax
from minglu.parse.document import read_document

EXAMPLES = {
    "Way": "{ to: refund, when: { what: broken }, with: { step: agency } }",
    "Option": "{ label: 坏了, hint: 不热, goto: refund }",
    "Band": "{ within: 7 days, before: 2024-07-01, up_to: 2, label: 头几天, hint: 七天, goto: refund }",
    "Question": "{ use: what, ask: 怎么了？, why: 不同, find: 看看, kind: date, unit: 次, until: told, tells: 收到壶, "
    "plus: mended, options: { a: { goto: x } }, bands: { b: { goto: x } }, goto: x }",
    "SharedOption": "{ label: 坏了, hint: 不热, warn: 别插电, tells: 壶坏了 }",
    "SharedQuestion": "{ ask: 怎么了？, why: 不同, find: 看看, kind: choice, unit: 次, tells: 坏了, "
    "options: { a: 坏了 } }",
    "Statement": "{ says: 能退, cite: 水壶法第11条, basis: text, when: { what: broken } }",
    "Remedy": "{ do: 退壶, how: 写信, cite: [水壶法第11条], basis: text, when: { what: broken } }",
    "Start": "{ day: received, earliest: [a, b + 3 days], latest: [a] }",
    "Deadline": "{ id: claim, kind: due, label: 提出, from: received, within: 7 days, met_by: reported, says: 快, "
    "cite: 水壶法第11条, basis: text, when: { what: broken } }",
    "Burden": "{ on: seller, says: 店家证明, cite: 水壶法第13条, basis: text, when: { what: broken } }",
    "Count": "{ count: months-left, from: received, to: today }",
    "Share": "{ part: months-left, whole: 24 }",
    "Bracket": "{ up_to: 10000, fixed: 50, percent: 2.5 }",
    "Amount": "{ id: tea, label: 赔茶, of: repairs, sum: [a, b], times: 3, "
    "share: { part: a, whole: { from: b, to: c } }, steps: [{ fixed: 50 }], less: a, at_least: 5, most: 9.50, "
    "says: 三倍, cite: 水壶法第12条, basis: text, when: { what: broken } }",
    "Now": "{ do: 写信, letter: refund, by: claim, to: shop, cite: 水壶法第13条, basis: text, when: { what: broken } }",
    "Reply": "{ id: dropped, they_say: 你摔的, answer: 证据呢, letter: 没有摔。, cite: 水壶法第13条, basis: text, "
    "when: { what: broken } }",
    "Reach": "{ tel: 010-12345, url: 'https://shop.example', place: 壶巷, note: 看订单, says: 店里 }",
    "Also": "{ says: 已经投了, to: tree/tea, with: { step: agency }, when: { what: broken } }",
    "Case": "{ case: 坏了, story: 一天, today: 2026-11-16, answers: { what: broken }, doors: [kettle], "
    "ends: kettle/refund, standing: clear, deadlines: { claim: 2026-11-18 }, amounts: { tea: 5.00 }, "
    "cites: 水壶法第11条, "
    "not_cites: 水壶法第13条 }",
    "Door": "{ tree: tea, answers: { taste: cold } }",
    "Use": "{ use: order, when: { what: broken } }",
    "Outcome": "{ title: 退, standing: clear, says: 能退, now: { do: 写 }, remedies: { do: 退 }, "
    "grounds: { says: 能 }, "
    "deadlines: [{ id: a, kind: due, label: b, from: c, within: 7 days, cite: d, basis: text }],"
    " burden: { on: buyer, says: 你 }, amounts: { id: a, label: b, of: c }, evidence: order, replies: { they_say: a, "
    "answer: b }, letter: refund, channels: [shop], also: { says: a, to: tree/tea }, "
    "mistakes: once-boiled }",
    "TreeFile": "{ tree: kettle, title: 壶, summary: 坏了, lead: 小字, plain: 壶坏, search: [漏], bring: [订单], "
    "as_of: 2026-11-21, reviewed: 2026-11-21, start: what, facts: { f: { what: broken } }, "
    "questions: { what: { ask: 怎么了？ } },"
    " outcomes: { refund: { title: 退, standing: none, says: 能退, channels: shop } } }",
    "Walk": "{ walk: 坏了, today: 2026-11-16, answers: { what: broken }, arrives: refund, standing: clear, "
    "deadlines: { claim: 2026-11-18 }, amounts: { tea: 5.00 }, cites: [水壶法第11条], "
    "not_cites: [水壶法第13条], story: 一天 }",
    "Article": "{ topic: 退壶, paragraphs: 2, items: [3, 0], gist: 七日内可以退, was: 三日, until: 2030-01-01, "
    "replaced_by: 水壶法第12条 }",
    "StatuteFile": "{ title: 水壶法, short: 壶法, also: [老壶法], issuer: 议会, rank: law, document: 一号, "
    "promulgated: 2019-12-01, in_force: 2020-01-01, until: 2030-01-01, replaced_by: new-law, "
    "replaces: [古壶法], articles_total: 20,"
    " fidelity: verbatim, source: 测试, checked: 2026-11-21, articles: { 24之一: { topic: 退, gist: 退 } } }",
    "Clock": "{ id: answer, on: [called, sent], kind: ripens, label: 答复, within: 7 days, says: 等, "
    "cite: 水壶法第11条, basis: text }",
    "LogAnswers": "{ called: told, sent: [told, asked], answered: told, refused: told, promised: told, accepted: told, "
    "ended: told }",
    "Channel": "{ title: 店, short: 说, reach: { note: 店里 }, who: 店家, can: { says: 退 }, cannot: { says: 罚 }, "
    "conditions: { says: 单 }, time: { says: 快 }, cost: { says: 免费 }, where: { says: 店里 }, "
    "clocks: { id: a, on: sent, kind: due, label: b, within: 7 days, says: c, cite: d, basis: text }, "
    "if_fails: { says: 下一步 }, log: { sent: told }, search: [茶], group: 店 }",
    "Evidence": "{ title: 订单, proves: 哪天买的, how: 截图, grounds: { says: 算数 }, group: 买卖 }",
    "Sign": "{ cite: 水壶法第13条, words: [烧过, 不能…退], unless: 没有烧过, means: 水壶法第11条 }",
    "Mistake": "{ title: 不能退, said: 烧过不退, right: { says: 能退 }, instead: 说能退, signs: { words: 烧过不能退 }, "
    "group: 退壶 }",
    "Want": "{ label: 换壶, found: [换壶, 换一把] }",
    "PaperFor": "{ channels: court, trees: [kettle], ends: kettle/refund, when: { what: broken } }",
    "PaperWant": "{ asks: 请换壶。, sums: tea }",
    "PaperRule": "{ when: { what: broken }, answered: what, told: received, wants: swap, log: [called, sent], "
    "who: shop, filled: 姓名, unless: other }",
    "PaperTable": "{ widths: [1, 2], head: [甲, 乙], rows: [[一, 二], [三]], each: evidence }",
    "PaperPart": "{ title: 请求书, heading: 一, line: 二, sign: 三, note: 四, table: { widths: [1], rows: [[五]] }, "
    "again: 几个, unless: nameless }",
    "PaperPiece": "{ label: 短的, text: 【姓名】 }",
    "Paper": "{ title: 请求书, short: 交给法庭, office: court, source: 自己拟的, cite: 水壶法第11条, basis: text, "
    "for: { channels: court }, wants: { swap: 请换壶。 }, ticked: { urged: { log: sent } }, notes: { says: 两份 }, "
    "parts: [{ title: 请求书 }], pieces: [{ label: 短的, text: 换壶 }] }",
    "Order": "{ begin: [kettle], unsure: [start], onward: [tea] }",
    "Year": "{ notice: 通知, issued: 2026-11-01, holidays: [2027-01-01], workdays: [2027-02-20] }",
}
KINDS = {
    name: kind
    for name, kind in vars(syntax).items()
    if isinstance(kind, type) and is_dataclass(kind) and issubclass(kind, syntax.Record) and kind is not syntax.Record
}
KEYS = [
    (name, key, required) for name, kind in KINDS.items() for key, (_, required) in reader.record_fields(kind).items()
]


def read(name: str, items) -> tuple:
    """The example with these (key, value) pairs, which are taken from its own document, read back."""
    document, problems = read_document(EXAMPLES[name].encode(), "example.yml")
    assert problems == []
    return reader.read_node(type(document)(tuple(items(document)), document.at), KINDS[name])


def test_every_kind_of_mapping_has_an_example_with_every_key() -> None:
    assert {*EXAMPLES} == {*KINDS}
    for name, kind in KINDS.items():
        document, _ = read_document(EXAMPLES[name].encode(), "example.yml")
        keys, written = {*reader.record_fields(kind)}, {*dict(document.items)}
        assert written == keys, f"EXAMPLES of this file: write {sorted(keys ^ written)} into {name}, or remove it there"


@pytest.mark.parametrize("name", KINDS)
def test_an_example_is_read(name: str) -> None:
    value, found = read(name, lambda document: document.items)
    assert found == [] and isinstance(value, KINDS[name])


@pytest.mark.parametrize(("name", "key", "required"), KEYS)
def test_a_key_is_required_or_not(name: str, key: str, required: bool) -> None:
    value, found = read(name, lambda document: (item for item in document.items if item[0] != key))
    assert [(one.rule, one.says.en) for one in found] == ([("missing", f"this has no `{key}`")] if required else [])
    assert (value is None) == required


@pytest.mark.parametrize("name", KINDS)
def test_a_key_that_nobody_knows_is_reported_once(name: str) -> None:
    value, found = read(
        name,
        lambda document: (
            (syntax.Text(f"{key}-zzzz", key.at) if index == 0 else key, item)
            for index, (key, item) in enumerate(document.items)
        ),
    )
    assert value is None and found[0].rule == "keys" and all(one.rule in ("keys", "missing") for one in found)


@pytest.mark.parametrize(("name", "key", "required"), KEYS)
def test_a_value_of_another_shape_is_reported_at_the_value(name: str, key: str, required: bool) -> None:
    """A mapping with a key that is no name, and lists three deep: neither belongs anywhere."""
    other, _ = read_document(b"\n\n- { ZZZZ: { Z: 1 } }\n- - - [1]\n", "example.yml")
    for shape in other.items:
        _, found = read(
            name, lambda document, shape=shape: ((k, shape if k == key else item) for k, item in document.items)
        )
        assert found and all(one.at.line == 3 + other.items.index(shape) or one.at.line == 1 for one in found)
        assert {one.rule for one in found} <= {"values", "keys", "missing"}


@pytest.mark.parametrize(("name", "key", "required"), KEYS)
def test_an_empty_value_is_reported_at_its_key(name: str, key: str, required: bool) -> None:
    for blank in (b"''", b"[]", b"{}"):
        empty, _ = read_document(blank, "example.yml")
        _, found = read(
            name, lambda document, empty=empty: ((k, empty if k == key else item) for k, item in document.items)
        )
        assert [(one.rule, one.says.en) for one in found] == [("empty", f"`{key}` is empty")]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("Id", ["a", "7", "d7", "once-boiled"], ["A", "a_b", "-a", "茶", "a b", "a.b", "tree/a", "ａ", "²"]),
        ("Target", ["a", "tree/tea"], ["tree/", "tree/Tea", "trees/tea", "a/b"]),
        (
            "Day",
            ["2026-11-21", "2028-02-29"],
            [
                "2026-02-29",
                "2026-11-31",
                "2026-1-1",
                "20261121",
                "２０２６-11-21",
                "0000-01-01",
                "2026-11-21 ",
                "today",
            ],
        ),
        ("Whole", ["0", "20", "007"], ["", "-1", "1.5", "1e3", "二十", "²", "٣", "1" * 10]),
        (
            "Length",
            ["7 days", "1 day", "2 working-days", "999 months", "99 years"],
            ["0 days", "7", "7 weeks", "7  days", "07 days", "1000 days", "100 years", "七天", "-1 days"],
        ),
        (
            "From",
            ["a", "a-b + 90 days"],
            ["a+90 days", "a + 0 days", "a + 90 day", "a - 3 days", "A", "a + 10000 days"],
        ),
        ("ArticleNumber", ["1", "24", "24之一", "24之二"], ["0", "024", "第24条", "24之三", "二十四"]),
    ],
)
def test_a_text_kind_takes_what_it_says(kind: str, good: list[str], bad: list[str]) -> None:
    assert all(getattr(syntax, kind).fits(value) for value in good)
    assert not [value for value in bad if getattr(syntax, kind).fits(value)]


def test_a_list_of_one_may_leave_out_its_dash() -> None:
    value, _ = read("Outcome", lambda document: document.items)
    assert (
        [use.use for use in value.channels] == ["shop"]
        and [use.use for use in value.mistakes] == ["once-boiled"]
        and len(value.remedies) == 1
    )


def test_a_text_may_stand_for_a_mapping_where_there_is_one_thing_to_say() -> None:
    value, _ = read("Deadline", lambda document: document.items)
    assert value.from_.day == "received"


def test_values_know_their_place() -> None:
    value, _ = read("Use", lambda document: document.items)
    assert (value.use.at.line, value.use.at.column, value.use.at.length) == (1, 8, 5)
