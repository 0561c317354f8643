"""Slips in the toy trees: which of them are noticed, and that the walks asked for notice the others."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from minglu import pipeline
from minglu.changes import witness_search
from minglu.changes.mutants import mutants
from minglu.changes.mutate import Mutation, Score, mutate, score
from minglu.changes.walks_yaml import walk_yaml
from minglu.cli import main

TOY = Path(__file__).parent.parent / "toy" / "trees"
KINDS = {"target", "limit", "option", "swap", "guard", "when", "deadline", "amount", "article", "standing"}


def mutation(done: pipeline.Compiled, tree: str, every: int = 1) -> Mutation:
    return mutate(done, tree, every)


def with_walks(files: dict[str, bytes], tree: str, told: Mutation) -> dict[str, bytes]:
    """The files with the walks pasted in, each in the place of the one it names."""
    path = f"trees/{tree}/walks.yml"
    replaced = {walk.before.name for walk in told.walks if walk.before}
    kept = [walk for walk in yaml.load(files[path], yaml.BaseLoader) if walk["walk"] not in replaced]
    return files | {
        path: (
            (yaml.safe_dump(kept, allow_unicode=True) if kept else "")
            + "".join(walk_yaml(walk.worked) for walk in told.walks)
        ).encode()
    }


@pytest.fixture(scope="module")
def guarded(toy_files) -> pipeline.Compiled:
    """The toy with an article that only some readers of an outcome are shown."""
    source = toy_files["trees/kettle/tree.yml"].decode()
    source = source.replace(
        "burden: { on: seller, says: 店家证明壶是好的, cite: 水壶法第13条, basis: text }",
        "burden: { on: seller, says: 店家证明壶是好的, cite: 水壶法第13条, basis: text, when: { repairs: few } }",
    )
    source = source.replace("请拿出证据。, cite: 水壶法第13条", "请拿出证据。, cite: 水壶法第12条")
    done, found = pipeline.check(toy_files | {"trees/kettle/tree.yml": source.encode()})
    assert found == []
    return done


def test_every_kind_of_slip_is_made(guarded) -> None:
    made = list(mutants(guarded.unfolded["kettle"], guarded.project.library, guarded.project.library.names))
    assert {mutant.kind for mutant in made} == KINDS
    assert all(mutant.tree != guarded.project.trees["kettle"] for mutant in made)


def test_an_article_shown_to_the_wrong_readers_is_noticed_by_what_a_walk_does_not_cite(guarded) -> None:
    told = {slip.mutant.says.en: slip.witness for slip in mutation(guarded, "kettle").unnoticed}
    worked = told["“店家证明壶是好的”: its `when` is left out"]
    assert worked.answers["repairs"] == "2"
    assert worked.not_cites == ("水壶法 第13条",)


@pytest.mark.parametrize(
    "slip",
    [
        "the limit of `d7` is 6 days, not 7 days",  # nobody comes on the seventh day
        "the limit of `y1` is 366 days, not 1 year",
        "`d15` is left out",
        "`d15` leads to `refund`, not to `repair`",
        "the deadline `claim`: ripens, not due",
        "the deadline `stall`: 1 working-days, not 2 working-days",
        "the deadline `stall`: from `received`, not from `claim`",
        "the amount `all`: `tea` is not added",
        "the amount `tea`: 4 times, not 3",
        "the amount `tea`: at least 10, not 5",
        "the amount `wear`: at most 2.25, not 4.5",
        "the amount `all`: `wear` is not taken away",
        "“修壶” cites 水壶法 第13条, not 水壶法 第12条",
        "the outcome `refund` is weak, not arguable",
    ],
)
def test_what_no_walk_speaks_of_is_reported(toy, slip: str) -> None:
    assert slip in [one.mutant.says.en for one in mutation(toy, "kettle").unnoticed]


@pytest.mark.parametrize(
    "slip",
    [
        "the limit of `d7` is 8 days, not 7 days",  # eight days end on a Saturday, so on the Monday that a walk has
        "`unwanted` is left out",  # a walk gives this answer
        "`d7` is left out",  # a fact speaks of it
        "`unwanted` leads to `repairs`, not to `received`",
        "the condition for `d7` to `refund`: `what` also takes `unwanted`",  # two ways at once
    ],
)
def test_what_a_walk_or_a_check_finds_is_not_reported(toy, slip: str) -> None:
    library = toy.project.library
    assert slip in [mutant.says.en for mutant in mutants(toy.unfolded["kettle"], library, library.names)]
    assert slip not in [one.mutant.says.en for one in mutation(toy, "kettle").unnoticed]


MET_BY = "within: 7 days, met_by: received, cite"


def test_the_day_on_which_the_reader_acted_is_held_by_what_a_walk_says_of_it(toy_files) -> None:
    """A walk that says `kept` notices that `met_by` is gone; one that gives the day alone does not."""
    source = toy_files["trees/kettle/tree.yml"].decode().replace("within: 7 days, cite", MET_BY, 1)
    walks = toy_files["trees/kettle/walks.yml"].decode()
    files = toy_files | {"trees/kettle/tree.yml": source.encode()}
    said = files | {"trees/kettle/walks.yml": walks.replace("claim: 2026-11-18", "claim: kept 2026-11-18").encode()}
    slip = "the deadline `claim`: its `met_by` is left out"
    for given, noticed in ((files, False), (said, True)):
        done, found = pipeline.check(given)
        assert done and found == []
        assert (slip not in [one.mutant.says.en for one in mutation(done, "kettle").unnoticed]) == noticed


def test_a_slip_that_no_walk_can_notice_is_not_counted(toy) -> None:
    told = mutation(toy, "kettle")
    made = list(mutants(toy.unfolded["kettle"], toy.project.library, toy.project.library.names))
    assert told.unnoticeable > 0
    assert told.score.total + told.unnoticeable + told.given_up == len(made)
    assert told.score.total - told.score.noticed == len(told.unnoticed)


@pytest.mark.parametrize("tree", ["kettle", "tea"])
def test_with_the_walks_asked_for_everything_is_noticed(toy, toy_files, tree: str) -> None:
    before = mutation(toy, tree)
    done, found = pipeline.check(with_walks(toy_files, tree, before))
    assert found == []
    after = mutation(done, tree)
    assert (after.unnoticed, after.walks) == ((), ())
    assert after.score == Score(total=before.score.total, noticed=before.score.total)


def test_a_walk_asked_for_has_exact_days_at_a_limit(toy) -> None:
    told = {slip.mutant.says.en: slip.witness for slip in mutation(toy, "kettle").unnoticed}
    short, long = told["the limit of `d7` is 6 days, not 7 days"], told["the limit of `d15` is 16 days, not 15 days"]
    assert (date.fromisoformat(short.today) - date.fromisoformat(short.answers["received"])).days >= 7
    assert (date.fromisoformat(long.today) - date.fromisoformat(long.answers["received"])).days >= 16
    assert short.today == "2026-11-16"


def test_the_same_trees_give_the_same_slips_and_walks(toy) -> None:
    assert mutation(toy, "kettle") == mutation(toy, "kettle")


def test_a_sample_is_a_part_of_all_slips(toy) -> None:
    all, sample = mutation(toy, "kettle"), mutation(toy, "kettle", every=3)
    assert {slip.mutant.says.en for slip in sample.unnoticed} < {slip.mutant.says.en for slip in all.unnoticed}
    assert 0 < sample.score.total < all.score.total
    assert score(toy, "kettle", 3) == sample.score


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_prints_score_slips_and_walks(lang: str, request: pytest.FixtureRequest) -> None:
    result = CliRunner().invoke(main, ["mutate", "tea", "--trees", str(TOY), "--lang", lang])
    expected = Path(__file__).parent / f"tea-{lang}.txt"
    if request.config.getoption("--accept"):
        expected.write_text(result.output)
    assert result.exit_code == 0
    assert result.output == expected.read_text()


def test_without_a_tree_all_are_tried() -> None:
    result = CliRunner().invoke(main, ["mutate", "--trees", str(TOY), "--lang", "en"])
    assert [line.split(":")[0] for line in result.output.splitlines() if "slips are noticed" in line] == [
        "kettle",
        "tea",
    ]


def test_a_tree_that_is_not_there_is_one_sentence() -> None:
    result = CliRunner().invoke(main, ["mutate", "ketle", "--trees", str(TOY)])
    assert result.exit_code == 1
    assert result.output == "Error: 没有叫 `ketle` 的树；有：kettle、tea\n"


@pytest.mark.parametrize("text", ["坏了，没修", "15 天: 过了", "“三包”只修", "- 不", "a #b", "12", "no"])
def test_what_is_pasted_is_read_back(toy, text: str) -> None:
    worked = replace(
        toy.project.trees["kettle"].walks[0],
        name=text,
        story=text,
        cites=("水壶法 第11条",),
        not_cites=("水壶法 第12条", "水壶法 第13条第1款"),
    )
    (read,) = yaml.load(walk_yaml(worked), yaml.BaseLoader)
    assert (read["walk"], read["story"], read["answers"], read["deadlines"]) == (
        text,
        text,
        worked.answers,
        worked.deadlines,
    )
    assert (read["cites"], read["not_cites"]) == ("水壶法第11条", ["水壶法第12条", "水壶法第13条第1款"])


@pytest.fixture(scope="module")
def from_the_earlier(toy_files) -> pipeline.Compiled:
    """The toy with a deadline that is counted from the earlier of two days."""
    source = toy_files["trees/kettle/tree.yml"].decode()
    for old, new in (
        ("unwanted: { goto: received }", "unwanted: { goto: reported }"),
        (
            "  received:\n",
            (
                "  reported: { ask: 你哪天说的？, kind: date, bands: { any: { goto: bought } } }\n"
                "  bought: { ask: 你哪天买的？, kind: date, until: reported, "
                "bands: { d7: { within: 7 days, goto: received }, over: { goto: received } } }\n"
                "  received:\n"
            ),
        ),
        ("label: 提出退壶, from: received", "label: 提出退壶, from: { earliest: [bought, received] }"),
    ):
        assert source.count(old) == 1
        source = source.replace(old, new)
    walks = (
        toy_files["trees/kettle/walks.yml"]
        .decode()
        .replace("unwanted, received", "unwanted, reported: 2026-11-16, bought: d7, received")
        .replace(", deadlines: { claim: 2026-11-18 }", "")
    )
    done, found = pipeline.check(
        toy_files | {"trees/kettle/tree.yml": source.encode(), "trees/kettle/walks.yml": walks.encode()}
    )
    assert found == []
    return done


def test_a_slip_that_shows_only_where_two_days_lie_apart_has_a_walk(from_the_earlier) -> None:
    told = {slip.mutant.says.en: slip.witness for slip in mutation(from_the_earlier, "kettle").unnoticed}
    worked = told["the deadline `claim`: from `reported`, not from `received`"]
    assert worked.answers["received"] < worked.answers["bought"]


def test_a_slip_whose_walk_is_not_found_is_counted_apart(toy, monkeypatch) -> None:
    before = mutation(toy, "kettle")
    monkeypatch.setattr(witness_search, "WITNESS_DAYS", ())
    told = mutation(toy, "kettle")
    assert (told.unnoticeable, told.given_up) == (before.unnoticeable, before.given_up + len(before.unnoticed))
    assert told.score == Score(total=before.score.noticed, noticed=before.score.noticed) and told.unnoticed == ()
    for lang, words in (
        ("zh", f"；还有 {told.given_up} 处没找到发现得了的走例，也不算"),
        ("en", f"; nor are {told.given_up} for which no walk was found"),
    ):
        assert (
            CliRunner()
            .invoke(main, ["mutate", "kettle", "--trees", str(TOY), "--lang", lang])
            .output.splitlines()[0]
            .endswith(words)
        )
