"""A tree's version changes with what a reader could see or reach, and with nothing else: old links are told of it."""

import pytest

from minglu import pipeline
from minglu.changes.diff import diff

TREE = "trees/kettle/tree.yml"


def edited(toy_files, edit) -> pipeline.Compiled:
    done, found = pipeline.check(toy_files | {TREE: edit(toy_files[TREE].decode()).encode()})
    assert found == []
    return done


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: "# 谁写的\n\n" + text,
        lambda text: "\n".join(" " * (len(line) - len(line.lstrip())) + line for line in text.split("\n")),
        lambda text: text.replace("reviewed: 2026-11-21", "reviewed: 2026-11-22"),
    ],
    ids=["a comment", "wider indentation", "the day of review"],
)
def test_where_a_text_stands_is_not_what_it_says(toy, toy_files, edit) -> None:
    done = edited(toy_files, edit)
    assert done.trees["kettle"].version == toy.trees["kettle"].version
    told = diff(toy, done)
    assert told.nothing and told.identical


def test_one_word_or_one_condition_is_another_version(toy, toy_files) -> None:
    for old, new in (("坏了，三样任选。", "坏了，任选一样。"), ("{ use: video, when: { repairs: many } }", "video")):
        done = edited(toy_files, lambda text, old=old, new=new: text.replace(old, new))
        assert done.trees["kettle"].version != toy.trees["kettle"].version
