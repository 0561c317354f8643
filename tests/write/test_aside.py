"""Sections that no search finds are put aside and come back where they stood."""

import pytest

from minglu.write.aside import ids_in, placeholder, put_aside, put_back

FOUND = '<section class="state question" id="a"><p data-search-exclude="true">…</p></section>'
HIDDEN = '<section class="state several" id="b" data-search-exclude="true"><p id="c">…</p></section>'
PLAIN = '<section class="state several" id="b"><p id="c">…</p></section>'


def test_rows_of_hidden_sections_leave_a_place_and_come_back() -> None:
    text = f"<div>{FOUND}\n{HIDDEN}\n{HIDDEN}\n{FOUND}{HIDDEN}</div>"
    left, kept = put_aside(text)
    assert left == f"<div>{FOUND}\n{placeholder(1)}\n{FOUND}{placeholder(2)}</div>"
    assert put_back(left, kept) == f"<div>{FOUND}\n{PLAIN}\n{PLAIN}\n{FOUND}{PLAIN}</div>"


def test_what_the_search_finds_stays() -> None:
    assert put_aside(FOUND) == (FOUND, [])


def test_what_looks_like_another_place_in_a_section_is_left_alone() -> None:
    odd = HIDDEN.replace("…", placeholder(2).replace("<", "&lt;"))
    left, kept = put_aside(f"{odd}<hr>{HIDDEN}")
    assert put_back(left, kept).endswith(f"<hr>{PLAIN}")


def test_a_page_that_lost_a_place_is_not_written() -> None:
    _, kept = put_aside(HIDDEN)
    with pytest.raises(ValueError, match="section 1"):
        put_back("<div></div>", kept)


def test_links_to_it_are_known() -> None:
    assert ids_in(put_aside(HIDDEN)[1]) == {"b", "c"}
