"""`walk --follow`: on through other trees as long as the answers do."""

import json
from pathlib import Path

from click.testing import CliRunner

from minglu.cli import main

TOY = Path(__file__).parent / "toy" / "trees"


def followed(tmp_path: Path, answers: dict[str, str], *more: str) -> dict:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers))
    command = ["walk", "tea", "--answers", str(path), "--today", "2026-11-16", "--json", "--trees", str(TOY), *more]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_a_walk_goes_on_in_the_other_tree_with_what_was_told(tmp_path: Path) -> None:
    answers = {"taste": "cold", "kettle-too": "keep", "what": "unwanted", "received": "2026-11-11"}
    report = followed(tmp_path, answers, "--follow")
    assert (report["tree"], report["end"]) == ("kettle", "kettle/return-it")
    assert report["carried"] == {"what": "unwanted"}
    assert [(step["tree"], step["question"]) for step in report["path"]] == [
        ("tea", "taste"),
        ("tea", "kettle-too"),
        ("tea", "what"),
        ("kettle", "what"),
        ("kettle", "received"),
    ]
    assert report["walk"]["outcome"]["deadlines"][0]["date"] == "2026-11-18"


def test_it_stops_where_an_answer_is_missing(tmp_path: Path) -> None:
    report = followed(tmp_path, {"taste": "cold", "kettle-too": "keep", "what": "broken"}, "--follow")
    assert (report["end"], report["walk"]["at"]["id"]) == (None, "repairs")


def test_without_the_switch_it_stays_in_its_tree(tmp_path: Path) -> None:
    report = followed(tmp_path, {"taste": "cold", "kettle-too": "keep", "what": "broken"})
    assert report["at"] == {"kind": "tree", "id": "kettle", "state": "repairs", "carries": {}}
