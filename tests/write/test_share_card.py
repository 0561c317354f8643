"""What other programs show of a link to the site: a title, a line, and a picture where one can be made."""

import io
from pathlib import Path

import pytest
from PIL import Image

from minglu.write.share_card import SIZE, card_font, card_picture, card_tags, sized_font, wrapped


@pytest.fixture(scope="module")
def font() -> Path:
    found = card_font("", Path())
    if found is None:
        pytest.skip("this machine has no font with Chinese")
    return found


def test_tags_are_escaped_and_what_is_not_known_is_left_out() -> None:
    tags = card_tags(title='退"壶"', description="<b>", site_name="水壶")
    assert 'property="og:title" content="退&#34;壶&#34;"' in tags and "&lt;b&gt;" in tags
    assert "og:url" not in tags and "og:image" not in tags and 'content="summary"' in tags


def test_a_picture_has_its_address_and_its_size() -> None:
    tags = card_tags(
        title="壶", description="壶", site_name="壶", url="https://a.test/", picture="https://a.test/x.png"
    )
    assert 'property="og:image" content="https://a.test/x.png"' in tags
    assert 'property="og:image:width" content="1200"' in tags and 'content="summary_large_image"' in tags


def test_the_same_words_give_the_same_picture_and_others_another(font: Path) -> None:
    first = card_picture("退壶", "七日内可以退", "水壶", font)
    assert first == card_picture("退壶", "七日内可以退", "水壶", font)
    assert first != card_picture("修壶", "七日内可以退", "水壶", font)
    assert Image.open(io.BytesIO(first)).size == SIZE
    assert len(first) < 60_000


def test_long_words_go_on_in_the_next_line_and_end_in_dots(font: Path) -> None:
    drawn = sized_font(font, 88)
    assert wrapped("退壶", drawn, 2) == ["退壶"]
    rows = wrapped("壶" * 30, drawn, 2)
    assert len(rows) == 2 and rows[1].endswith("…") and "".join(rows).count("壶") < 30


def test_the_wanted_font_must_be_there_and_the_systems_need_not(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="card_font"):
        card_font("fonts/none.ttf", tmp_path)
    assert card_font("", tmp_path, fonts=["/no/such/font.ttf"]) is None
    (tmp_path / "own.ttf").touch()
    assert card_font("own.ttf", tmp_path, fonts=[]) == tmp_path / "own.ttf"
