import pytest
from hypothesis import given
from hypothesis.strategies import integers

from minglu.engine.numerals import to_chinese, to_int

WRITTEN = {
    "零": 0,
    "一": 1,
    "十": 10,
    "十一": 11,
    "二十": 20,
    "二十四": 24,
    "九十九": 99,
    "一百": 100,
    "一百零一": 101,
    "一百一十": 110,
    "一百二十": 120,
    "一百九十六": 196,
    "五百七十七": 577,
    "一千": 1000,
    "一千零二十": 1020,
    "一千二百": 1200,
    "一千二百零五": 1205,
    "一千二百六十": 1260,
    "九千九百九十九": 9999,
}
ALSO_READ = {
    "〇": 0,
    "两": 2,
    "两百": 200,
    "两千零五": 2005,
    "一百十四": 114,
    "一十四": 14,
    "一千二百〇五": 1205,
    "二〇二六": 2026,
    "二四": 24,
    "24": 24,
    "２４": 24,
    "１２０５": 1205,
    "007": 7,
}


@pytest.mark.parametrize(("text", "number"), WRITTEN.items())
def test_a_number_is_written_as_statutes_write_it(text, number):
    assert to_chinese(number) == text
    assert to_int(text) == number


@pytest.mark.parametrize(("text", "number"), ALSO_READ.items())
def test_what_people_also_write_is_read(text, number):
    assert to_int(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "十十",
        "二百五",
        "一千二",
        "百二",
        "一百零",
        "一百零零五",
        "两十",
        "五六十",
        "一千零二百",
        "第24",
        "24条",
        "一万",
        "12345",
        "-1",
        "1.5",
        "壹",
    ],
)
def test_what_is_no_number_or_two_is_refused(text):
    with pytest.raises(ValueError, match="不是一个数"):
        to_int(text)


@given(integers(0, 9999))
def test_every_number_comes_back(number):
    assert to_int(to_chinese(number)) == to_int(str(number)) == number


@pytest.mark.parametrize("number", [-1, 10000])
def test_only_the_range_of_articles_is_written(number):
    with pytest.raises(ValueError, match="9999"):
        to_chinese(number)
