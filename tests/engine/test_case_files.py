"""The file of a case: it is read back whole; what is cut, tampered with or no such file is refused in one sentence."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from minglu.compile.contract_schema import case_schema
from minglu.engine.bridge import Session
from minglu.engine.case import (
    LOG_KINDS,
    BadCase,
    Case,
    CaseFile,
    CaseWalk,
    LetterDone,
    LogEntry,
    read_case,
    read_file,
)
from minglu.engine.codec import from_json, to_json

WALK = CaseWalk("3fa29c1b", {"what": "broken", "repairs": "0", "received": "2026-11-11"}, ("dropped",))
ENTRY = LogEntry("2026-11-12", "sent", "shop", "寄了", {"received": "2026-11-12"}, ("order",))
CASE = Case(
    format=1,
    walks={"kettle": WALK},
    evidence=("order",),
    fields={"姓名": "=cmd|' /C calc'!A0"},
    boxes=("plea.refund",),
    letters={"kettle/refund/refund": LetterDone("2026-11-12", "")},
    log=(ENTRY,),
)
WHOLE: dict[str, Any] = to_json(CASE)
FILE = {"minglu": "case", "saved": "2026-11-16", **WHOLE}
TEXT = json.dumps(FILE, ensure_ascii=False)
SCHEMA = Draft202012Validator(case_schema())


def test_what_is_written_is_read_again() -> None:
    assert to_json(read_case(json.loads(json.dumps(WHOLE)))) == WHOLE
    assert from_json(Case, WHOLE) == read_case(WHOLE) == CASE
    assert to_json(read_file(TEXT)) == FILE


def test_a_file_is_as_its_schema_says() -> None:
    Draft202012Validator.check_schema(case_schema())
    assert [error.message for error in SCHEMA.iter_errors(FILE)] == []
    for broken in (WHOLE, FILE | {"format": 2}, FILE | {"minglu": "walk"}, FILE | {"log": [{}]}):
        assert not SCHEMA.is_valid(broken)


@pytest.mark.parametrize("glue", ["\ufeff", "\u200b \n", "\t"])
def test_what_programs_put_around_a_copied_text_is_left_aside(glue: str) -> None:
    assert read_file(f"{glue}{TEXT}{glue}") == read_file(TEXT)


@pytest.mark.parametrize("key", WHOLE)
def test_a_part_that_is_missing_or_of_another_type_is_refused(key: str) -> None:
    for broken in ({k: v for k, v in WHOLE.items() if k != key}, WHOLE | {key: "x"}, WHOLE | {key: None}):
        with pytest.raises(BadCase, match="没有换进来"):
            read_case(broken)


OUT_OF_BOUNDS: dict[str, Any] = {
    "format": 0,
    "walks.../etc": {"version": "", "answers": {}, "replies": None},
    "walks.kettle.version": "<b>",
    "walks.kettle.answers.what": "javascript:alert(1)",
    "walks.kettle.answers.__proto__": "yes",
    "walks.kettle.answers.long": "x" * 81,
    "walks.kettle.replies": ["a b"],
    "evidence": ["<script>"],
    "fields.姓名": "x" * 10_001,
    "fields.half": "\ud83d",
    "boxes": ["a/b"],
    "letters.a": {"copied": "", "sent": ""},
    "letters.a/b/c": {"copied": "昨天", "sent": ""},
    "log.0.day": "2026-02-30",
    "log.0.kind": "flown",
    "log.0.who": "a b",
    "log.0.says": "x" * 10_001,
    "log.0.answers.received": "d7",
    "log.0.evidence": ["../"],
}


@pytest.mark.parametrize("place", OUT_OF_BOUNDS)
def test_a_part_that_is_out_of_bounds_is_refused(place: str) -> None:
    broken = deepcopy(WHOLE)
    at: Any = broken
    *way, last = place.split(".", 1) if place == "walks.../etc" else place.split(".")
    for key in way:
        at = at[int(key)] if key.isdigit() else at[key]
    at[int(last) if last.isdigit() else last] = OUT_OF_BOUNDS[place]
    with pytest.raises(BadCase, match="没有换进来"):
        read_case(broken)


@pytest.mark.parametrize("key", ["evidence", "boxes", "log"])
def test_more_of_anything_than_a_reader_can_have_is_refused(key: str) -> None:
    with pytest.raises(BadCase):
        read_case(WHOLE | {key: WHOLE[key] * 2001})


def test_a_file_of_a_later_site_is_told_as_such() -> None:
    with pytest.raises(BadCase, match="更新的版本"):
        read_file(json.dumps(FILE | {"format": 2, "walks": "anything"}))


@pytest.mark.parametrize("cut", range(0, len(TEXT), 7))
def test_a_file_that_was_cut_is_refused(cut: int) -> None:
    with pytest.raises(BadCase, match="现在的内容没有改动"):
        read_file(TEXT[:cut])


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "1", '"case"', "[" * 100_000, '{"minglu": "walk"}', json.dumps(WHOLE), "x" * 5_000_000],
    ids=lambda text: text[:12],
)
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(BadCase, match="现在的内容没有改动"):
        read_file(text)


@pytest.mark.parametrize("data", [None, [], "{}", 1, {"format": True}])
def test_what_is_no_case_is_refused(data: object) -> None:
    with pytest.raises(BadCase):
        read_case(data)


def test_the_sentence_names_the_place_and_repeats_nothing_that_turns_the_text_around() -> None:
    with pytest.raises(BadCase) as refused:
        read_case(WHOLE | {"fields": {"\u202e" + "x" * 500: 1}})
    assert "fields" in str(refused.value) and "\u202e" not in str(refused.value) and len(str(refused.value)) < 200


# ---- anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
IDS = st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True)
DAYS = st.dates(date(1949, 1, 1), date(2099, 12, 31)).map(lambda day: day.isoformat())
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CASES = st.builds(
    Case,
    format=st.just(1),
    walks=st.dictionaries(
        IDS,
        st.builds(
            CaseWalk,
            st.just("") | st.from_regex(r"[0-9a-f]{8}", fullmatch=True),
            st.dictionaries(IDS, IDS),
            st.none() | st.lists(IDS).map(tuple),
        ),
        max_size=3,
    ),
    evidence=st.lists(IDS).map(tuple),
    fields=st.dictionaries(TEXTS, TEXTS),
    boxes=st.lists(st.from_regex(r"[a-z0-9.-]{1,20}", fullmatch=True)).map(tuple),
    letters=st.dictionaries(
        st.tuples(IDS, IDS, IDS).map("/".join), st.builds(LetterDone, st.just("") | DAYS, st.just("") | DAYS)
    ),
    log=st.lists(
        st.builds(
            LogEntry,
            DAYS,
            st.sampled_from(LOG_KINDS),
            st.just("") | IDS,
            TEXTS,
            st.dictionaries(IDS, DAYS),
            st.lists(IDS).map(tuple),
        )
    ).map(tuple),
)


@given(CASES)
def test_every_case_that_a_page_can_keep_is_read_back_the_same(case: Case) -> None:
    file = CaseFile(**{name: getattr(case, name) for name in WHOLE}, minglu="case", saved="2026-11-16")
    assert SCHEMA.is_valid(to_json(file))
    assert read_file(json.dumps(to_json(file))) == file


@given(st.sampled_from([*WHOLE, "minglu", "saved"]), JSON)
def test_whatever_stands_in_a_part_it_is_read_or_refused_in_one_sentence(key: str, value: object) -> None:
    read, says = None, ""
    try:
        read = read_file(json.dumps(FILE | {key: value}))
    except BadCase as refused:
        says = str(refused)
    assert SCHEMA.is_valid(to_json(read)) if read else says.endswith("。") and "\n" not in says


@given(CASES)
def test_whatever_a_case_holds_the_engine_answers(case: Case) -> None:
    """No tree of it need be known."""
    session = Session()
    for what in ("case", "chronology"):
        answer = session.answer(json.dumps({"do": what, "case": to_json(case), "today": "2026-11-16"}))
        assert "problem" not in json.loads(answer)


# ---- the seam


def test_the_seam_reads_a_file_and_tells_what_is_wrong() -> None:
    session = Session()
    read = session.reply(json.dumps({"do": "read-case", "text": TEXT}))
    assert read == {"case": WHOLE, "saved": "2026-11-16"}
    for text in (TEXT[:-1], "{}", None):
        assert "problem" in json.loads(session.answer(json.dumps({"do": "read-case", "text": text})))
