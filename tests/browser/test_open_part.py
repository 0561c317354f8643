"""How much of an outcome stands open on a phone, and whether a question's answers fit on its screen."""

from pathlib import Path

from open_part import PHONE, open_parts, questions_seen
from playwright.sync_api import Browser

TREES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "trees").glob("*/tree.yml"))
SCREEN = PHONE["height"]
NINE_OF_TEN = 0.9
HANDFUL = 6


def test_nine_of_ten_outcomes_take_two_screens_and_700_characters_and_none_more_than_three_screens(
    browser: Browser, site: Path, serve
) -> None:
    url = serve(site).url
    parts = [one for tree in TREES for one in open_parts(browser, url, tree)]
    assert [one.address for one in parts if one.height > 3 * SCREEN] == []
    high = [f"{one.height} {one.tree}/{one.outcome}" for one in parts if one.height > 2 * SCREEN]
    long = [f"{one.characters} {one.tree}/{one.outcome}" for one in parts if one.characters > 700]
    assert len(high) <= (1 - NINE_OF_TEN) * len(parts), high
    assert len(long) <= (1 - NINE_OF_TEN) * len(parts), long


def test_the_last_answer_is_seen_without_scrolling_but_for_a_handful(browser: Browser, site: Path, serve) -> None:
    url = serve(site).url
    seen = [one for tree in TREES for one in questions_seen(browser, url, tree)]
    late = [f"{one.bottom} {one.tree}/{one.question}" for one in seen if one.bottom > SCREEN]
    assert len(late) <= HANDFUL, late
