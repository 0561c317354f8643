"""A letter's plain text becomes a document that says the same."""

import json
from pathlib import Path

import pytest

from minglu.engine.codec import from_json, json_bytes
from minglu.engine.document import Document, Line, Run, letter_document

TREES = Path(__file__).parents[2] / "trees"
LETTER = """【店家】：

我买的水壶坏了，序列号【序列号】。

请在2026年11月18日前退壶。
一、退款；
二、运费。

2026年11月16日
【姓名】　【电话】
附：照片"""


def lines(document: Document) -> list[Line]:
    return [line for block in document.blocks for line in block.lines]


def text(line: Line) -> str:
    return "".join(f"【{run.text}】" if run.gap else run.text for run in line.runs)


def test_a_letter_stands_below_its_title_line_for_line() -> None:
    document = letter_document("退壶的函", LETTER)
    assert (document.name, document.title) == ("退壶的函", "退壶的函")
    assert [block.kind for block in document.blocks] == ["title", "line", "line", "line", "line"]
    assert [text(line) for line in lines(document)] == ["退壶的函", *filter(None, LETTER.split("\n"))]


def test_a_gap_is_a_run_of_its_own_with_its_name() -> None:
    document = letter_document("退壶的函", LETTER)
    assert lines(document)[2].runs == (Run("我买的水壶坏了，序列号"), Run("序列号", gap=True), Run("。"))


def test_the_day_and_the_names_stand_to_the_right_and_paragraphs_are_indented() -> None:
    said = {text(line): (line.align, line.indent) for line in lines(letter_document("退壶的函", LETTER))}
    assert said["【店家】："] == ("left", False)
    assert said["一、退款；"] == ("left", True)
    assert said["2026年11月16日"] == said["【姓名】　【电话】"] == ("right", False)
    assert said["附：照片"] == ("left", False)


def test_a_last_paragraph_of_one_line_is_no_closing() -> None:
    assert [line.align for line in lines(letter_document("函", "甲\n\n乙"))] == ["center", "left", "left"]


@pytest.mark.parametrize("typed", ["", "\n\n\n", " \n \n", "【】", "【【甲】", "】【"])
def test_odd_texts_are_letters_too(typed: str) -> None:
    said = [text(line) for line in lines(letter_document("函", typed))]
    assert said == ["函", *(line for line in typed.split("\n") if line.strip())]


def test_a_document_is_the_same_after_a_way_through_json() -> None:
    document = letter_document("退壶的函", LETTER)
    assert from_json(Document, json.loads(json_bytes(document))) == document


def test_no_letter_loses_a_word() -> None:
    letters = sorted(TREES.glob("*/letters/*.md"))
    assert len(letters) > 400
    for path in letters:
        source = path.read_text("utf-8")
        said = [text(line) for line in lines(letter_document("函", source))]
        assert said == ["函", *(line for line in source.split("\n") if line.strip())], path
