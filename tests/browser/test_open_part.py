"""How much of an outcome stands open on a phone, and whether a question's answers fit on its screen."""

from pathlib import Path

from open_part import PHONE, open_parts, questions_seen, walks_of
from playwright.sync_api import Browser

TREES = sorted(path.parent.name for path in (Path(__file__).parents[2] / "trees").glob("*/tree.yml"))
SCREEN = PHONE["height"]
OF_TEN = {"two screens": 9, "three screens": 10, "700 characters": 9}
"""So many of ten outcomes keep within it, at least."""

BELOW_THE_SCREEN = {
    "escalation/court-state",
    "injury/happened",
    "injury/received",
    "injury/source",
    "out-of-warranty/lead",
    "out-of-warranty/received",
    "quality-defect/repair",
    "service-attitude/about",
    "start/sentence",
    "unfair-terms/term",
}
"""Questions whose last answer may end below the screen: half of these by a few pixels, on some runs."""


def test_nine_of_ten_outcomes_take_two_screens_and_700_characters_and_all_take_three_screens(
    browser: Browser, site: Path, serve
) -> None:
    url = serve(site).url
    parts = [one for tree in TREES for one in open_parts(browser, url, tree)]
    ends = {(tree, walk["arrives"]) for tree in TREES for walk in walks_of(tree)}
    assert {(one.tree, one.outcome) for one in parts} == {end for end in ends if not end[1].startswith("tree/")}
    over = {
        "two screens": [f"{one.height} {one.tree}/{one.outcome}" for one in parts if one.height > 2 * SCREEN],
        "three screens": [f"{one.height} {one.tree}/{one.outcome}" for one in parts if one.height > 3 * SCREEN],
        "700 characters": [f"{one.characters} {one.tree}/{one.outcome}" for one in parts if one.characters > 700],
    }
    assert {name for name, those in over.items() if len(those) > (1 - OF_TEN[name] / 10) * len(parts)} == set(), over


def test_the_last_answer_is_seen_without_scrolling_but_for_a_handful(browser: Browser, site: Path, serve) -> None:
    url = serve(site).url
    seen = [one for tree in TREES for one in questions_seen(browser, url, tree)]
    late = {f"{one.tree}/{one.question}": one.bottom for one in seen if one.bottom > SCREEN}
    assert late.keys() <= BELOW_THE_SCREEN, late
