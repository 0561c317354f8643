"""What an answer may name of a question's options and bands."""

import pytest

from minglu.engine.labels import band_stretch


@pytest.mark.parametrize(
    ("answer", "stretch"),
    [
        ("d7", (0, 0)),
        ("d7..d7", (0, 0)),
        ("d7..over", (0, 2)),
        ("over..d7", None),
        ("d7..", None),
        ("..d7", None),
        ("d7..d99", None),
        ("2026-11-10", None),
        ("", None),
    ],
)
def test_bands_are_merged_in_their_own_order_only(answer: str, stretch: tuple[int, int] | None) -> None:
    assert band_stretch(("d7", "d15", "over"), answer) == stretch
