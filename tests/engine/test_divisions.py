"""Whether an article has the paragraph and the item that are cited, as far as the library says how many there are."""

import pytest

from minglu.engine.citations import Citation
from minglu.engine.divisions import Divisions

KNOWN = Divisions(paragraphs=3, items=(4, 0))
"""Three paragraphs, of which the first has four items."""


def says(divisions: Divisions, paragraph: int | None = None, item: int | None = None) -> str | None:
    lack = divisions.lacks(Citation("kettle-law", "24", paragraph, item))
    return lack.says() if lack else None


@pytest.mark.parametrize(
    ("paragraph", "item"), [(None, None), (1, None), (3, None), (1, 1), (1, 4), (None, 4)], ids=str
)
def test_what_is_there_is_not_lacking(paragraph: int | None, item: int | None) -> None:
    assert says(KNOWN, paragraph, item) is None


@pytest.mark.parametrize(
    ("paragraph", "item", "said"),
    [
        (5, None, "第24条只有 3 款，没有第5款"),
        (5, 1, "第24条只有 3 款，没有第5款"),
        (1, 5, "第24条第1款只有 4 项，没有第5项"),
        (2, 1, "第24条第2款不分项，没有第1项"),
        (3, 1, "第24条第3款不分项，没有第1项"),
        (None, 5, "第24条只有 4 项，没有第5项"),
    ],
)
def test_what_is_beyond_the_last_is_lacking(paragraph: int | None, item: int | None, said: str) -> None:
    assert says(KNOWN, paragraph, item) == said


def test_an_article_of_one_paragraph_has_no_second() -> None:
    assert says(Divisions(paragraphs=1), 1) is None
    assert says(Divisions(paragraphs=1), 2) == "第24条只有一款，没有第2款"


@pytest.mark.parametrize(("paragraph", "item"), [(9, None), (9, 9), (None, 9)])
def test_of_what_the_library_does_not_say_nothing_is_lacking(paragraph: int | None, item: int | None) -> None:
    assert says(Divisions(), paragraph, item) is None


def test_items_of_a_text_that_lost_its_paragraphs_are_counted_over_the_article() -> None:
    lost = Divisions(items=(6,))
    assert says(lost, None, 6) is None
    assert says(lost, None, 7) == "第24条只有 6 项，没有第7项"
    assert says(lost, 2, 7) is None  # nobody knows how many that paragraph has
