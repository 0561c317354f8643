"""Since when an article does not apply, and what is to be cited instead."""

import pytest

from minglu.engine.citations import Citation
from minglu.parse import parse
from minglu.resolve import resolve
from minglu.resolve.in_force import applies, replacements, stale

OLD, NEW = "kettle-law-2010", "kettle-law-2020"


@pytest.fixture
def statutes(toy_files):
    def statutes(*changes: tuple[str, str]):
        """The toy's statutes, with more written after an article's topic: (`11`, `until: 2026-01-01`)."""
        files = dict(toy_files)
        for number, more in changes:
            for slug in (OLD, NEW):
                path = f"trees/law/{slug}.yml"
                files[path] = files[path].replace(f"  {number}: {{ ".encode(), f"  {number}: {{ {more}, ".encode())
        sources, found = parse(files)
        assert found == []
        project, found = resolve(sources)
        assert found == []
        return project.library.statutes

    return statutes


@pytest.mark.parametrize(
    ("as_of", "holds"), [("2019-12-31", False), ("2020-01-01", True), ("2025-12-31", True), ("2026-01-01", False)]
)
def test_an_article_applies_from_its_statutes_first_day_to_the_day_before_its_end(
    statutes, as_of: str, holds: bool
) -> None:
    held = statutes(("11", "until: 2026-01-01"))
    assert applies(Citation(NEW, "11"), held, as_of) == holds == (stale(Citation(NEW, "11"), held, as_of) is None)


def test_an_article_ends_with_its_statute(statutes) -> None:
    assert not applies(Citation(OLD, "3"), statutes(), "2020-01-01") and applies(
        Citation(OLD, "3"), statutes(), "2019-12-31"
    )
    assert not applies(Citation(OLD, "3"), statutes(("3", "until: 2015-01-01")), "2015-01-01")


def test_the_article_that_replaced_one_of_an_old_statute_is_named_before_the_new_statute(statutes) -> None:
    assert replacements(Citation(OLD, "3"), statutes(), "2026-11-21") == ["水壶法"]
    assert replacements(Citation(OLD, "3"), statutes(("3", "replaced_by: 水壶法第11条第1款")), "2026-11-21") == [
        "水壶法第11条第1款"
    ]


def test_what_has_ended_in_its_turn_is_passed_over(statutes) -> None:
    held = statutes(
        ("3", "replaced_by: 水壶法第11、12条"),
        ("11", "until: 2025-01-01, replaced_by: 水壶法第13条"),
        ("12", "until: 2025-01-01, replaced_by: 水壶法第13条"),
    )
    assert replacements(Citation(OLD, "3"), held, "2024-12-31") == ["水壶法第11条", "水壶法第12条"]
    assert replacements(Citation(OLD, "3"), held, "2025-01-01") == ["水壶法第13条"]


def test_articles_that_replace_each_other_come_to_an_end(statutes) -> None:
    held = statutes(
        ("11", "until: 2025-01-01, replaced_by: 水壶法第12条"), ("12", "until: 2025-01-01, replaced_by: 水壶法第11条")
    )
    assert replacements(Citation(NEW, "11"), held, "2026-11-21") == []
    assert stale(Citation(NEW, "11"), held, "2026-11-21")[1].zh == "改引现行的条文，或删掉它"
