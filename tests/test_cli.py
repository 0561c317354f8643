"""The command line: silent when all is well, one clear sentence when it is not, and the widget's JSON."""

import json
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from minglu.cli import main
from minglu.diagnostics import Diagnostic, Span, Words, formats

TOY = Path(__file__).parent / "toy" / "trees"
TODAY = "2026-11-16"
TEXT, TEXT_OR_NONE, COUNT = {"type": "string"}, {"type": ["string", "null"]}, {"type": "integer"}
DAY = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def exactly(**properties) -> dict:
    """An object with these keys and no other."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def listed(items: dict) -> dict:
    return {"type": "array", "items": items}


CARRIES = {"type": "object", "additionalProperties": TEXT}
TICKS = {"type": ["object", "null"]}
BASES = ["text", "inferred", "secondary", ""]
LAW = {"says": TEXT, "cite": listed(TEXT), "basis": {"enum": BASES}, "ticks": TICKS}
STATED = {"when": TEXT} | LAW
USE = exactly(when=TEXT, ticks=TICKS, id=TEXT, title={"type": "string", "minLength": 1}, detail=TEXT)
REACH = listed(exactly(kind={"enum": ["tel", "url", "place", "note"]}, value=TEXT, says=TEXT))
CHANNEL = exactly(when=TEXT, ticks=TICKS, id=TEXT, title={"type": "string", "minLength": 1}, detail=TEXT, reach=REACH)
TREE_USE = exactly(
    when=TEXT,
    ticks=TICKS,
    id={"type": "string", "pattern": "^tree/"},
    title={"const": ""},
    detail={"const": ""},
    reach={"const": []},
)
STANDING = {"enum": ["clear", "arguable", "weak", "none"]}
VERDICT = {"enum": ["running", "last-day", "over", "ripe", "not-yet", "kept", "arguable", "late", None]}
YUAN = {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$"}
LETTER = exactly(when=TEXT, ticks=TICKS, id=TEXT, title=TEXT, text=TEXT, chat=TEXT, gaps=listed(TEXT))
DEADLINE = exactly(
    id=TEXT,
    kind={"enum": ["due", "ripens"]},
    label=TEXT,
    date=DAY,
    unshifted=DAY,
    moved={"enum": ["", "text", "inferred"]},
    sure={"type": "boolean"},
    verdict=VERDICT,
    limit=DAY,
    own=DAY,
    days={"type": ["integer", "null"]},
    how=TEXT,
    shown={
        "anyOf": [
            {"type": "null"},
            exactly(
                headline=TEXT,
                inclusive=TEXT,
                left=TEXT,
                safe=TEXT,
                arithmetic=TEXT,
            ),
        ]
    },
    calendar={"anyOf": [{"type": "null"}, exactly(name=TEXT, text=TEXT)]},
    **LAW,
)
OUTCOME = exactly(
    id=TEXT,
    title=TEXT,
    standing=STANDING,
    says=TEXT,
    cites=listed(TEXT),
    now=listed(exactly(letter=TEXT, by=TEXT, to=TEXT, **STATED)),
    remedies=listed(exactly(how=TEXT, **STATED)),
    grounds=listed(exactly(**STATED)),
    burden=listed(exactly(on={"enum": ["seller", "buyer"]}, **STATED)),
    replies=listed(exactly(id=TEXT, answer=TEXT, letter=TEXT, ticked={"type": "boolean"}, **STATED)),
    evidence=listed(USE),
    channels=listed({"anyOf": [CHANNEL, TREE_USE]}),
    also=listed(exactly(when=TEXT, ticks=TICKS, id={"type": "string", "pattern": "^tree/"}, title=TEXT, says=TEXT)),
    mistakes=listed(USE),
    deadlines=listed(DEADLINE),
    amounts=listed(exactly(id=TEXT, label=TEXT, value=YUAN, shown=TEXT, formula=TEXT, **LAW)),
    letters=listed(LETTER),
)
LEADS_TO = exactly(
    kind={"enum": ["question", "outcome", "tree", "several"]},
    id=TEXT_OR_NONE,
    title=TEXT,
    standing={"enum": [*STANDING["enum"], None]},
)
SHARED = exactly(
    title=TEXT,
    standings=listed(STANDING),
    standing=TEXT,
    now=listed(exactly(says=TEXT, cite=listed(TEXT), basis={"enum": BASES}, source=TEXT)),
    evidence=listed(USE),
    due=listed(exactly(deadline=DEADLINE, ends=listed(TEXT), everywhere={"type": "boolean"}, says=TEXT)),
    letter={"anyOf": [{"type": "null"}, LETTER]},
    elsewhere={"type": "boolean"},
)
DECIDING = exactly(
    question=TEXT,
    label=TEXT,
    why=TEXT,
    find=TEXT,
    ends=COUNT,
    least=COUNT,
    most=COUNT,
    mean={"type": "number"},
    says=TEXT,
)
REPORT = exactly(
    tree=TEXT,
    version={"type": "string", "pattern": "^[0-9a-f]{8}$"},
    today=DAY,
    path=listed(exactly(question=TEXT, answer=TEXT, shown=TEXT, label=TEXT, state=TEXT_OR_NONE)),
    left=exactly(least=COUNT, most={"type": ["integer", "null"]}, says=TEXT),
    at=exactly(
        kind={"enum": ["question", "outcome", "several", "tree"]}, id=TEXT_OR_NONE, state=TEXT_OR_NONE, carries=CARRIES
    ),
    states=listed(TEXT),
    possible=listed(exactly(id=TEXT, title=TEXT)),
    ends=listed(exactly(id=TEXT, state=TEXT, title=TEXT, standing={"enum": [*STANDING["enum"], None]}, shown=TEXT)),
    shared={"anyOf": [{"type": "null"}, SHARED]},
    deciding=listed(DECIDING),
    outcome={"anyOf": [{"type": "null"}, OUTCOME]},
    what_if=listed(exactly(question=TEXT, answer=TEXT, shown=TEXT, leads_to=LEADS_TO, disputed={"type": "boolean"})),
    used={"type": "object", "additionalProperties": TEXT},
    warnings=listed(TEXT),
    receipt=exactly(
        day=DAY,
        as_of=TEXT,
        version=TEXT,
        law=TEXT,
        engine=TEXT,
        outcome=TEXT,
        standing=TEXT,
        figures=TEXT,
        link=TEXT,
        says=TEXT,
    ),
    changed={"type": "null"},
    problem={"anyOf": [{"type": "null"}, exactly(question=TEXT_OR_NONE, says=TEXT)]},
)


def run(*arguments: str, typed: str = "") -> Result:
    result = CliRunner().invoke(
        main, [*arguments, "--trees", str(TOY)] if "--trees" not in arguments else [*arguments], input=typed
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def walk(tmp_path: Path, answers, *more: str, tree: str = "kettle") -> Result:
    file = tmp_path / "answers.json"
    file.write_text(answers if isinstance(answers, str) else json.dumps(answers))
    return run("walk", tree, "--answers", str(file), "--today", TODAY, *more)


# ---- check


def test_check_says_nothing_when_all_is_well() -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("lang", "told", "counted"),
    [("zh", "没有叫 `nowhere` 的节点", "1 处要改"), ("en", "no node is called `nowhere`", "1 to mend")],
)
def test_check_tells_what_it_finds_and_fails(tmp_path: Path, toy_files, lang: str, told: str, counted: str) -> None:
    for path, data in toy_files.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.replace(b"start: taste", b"start: nowhere"))
    result = run("check", "--trees", str(tmp_path / "trees"), "--lang", lang)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.startswith("trees/tea/tree.yml:6:8: error[names]: ")
    assert told in result.stderr and result.stderr.rstrip().endswith(counted)


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "没有 no/such/folder 这个文件夹"), ("en", "there is no folder no/such/folder")]
)
def test_a_folder_that_is_not_there_is_told(lang: str, told: str) -> None:
    result = run("check", "--trees", "no/such/folder", "--lang", lang)
    assert result.exit_code == 1 and result.stderr == f"Error: {told}\n"


@pytest.fixture
def broken(tmp_path: Path, toy_files) -> str:
    """A folder of trees with two slips: a name that is near another, and an option twice, which shows a second
    place.
    """
    for path, data in toy_files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(
            data.replace(b"      bitter:", b"      cold: { label: x, goto: bear-it }\n      bitter:")
        )
    order = tmp_path / "trees/order.yml"
    order.write_text("begin: [tea]\nbegn: [kettle, 50%, 'a,b:c']\n")
    return str(tmp_path / "trees")


def test_github_gets_a_workflow_command_a_finding(broken: str) -> None:
    result = run("check", "--trees", broken, "--format", "github")
    assert result.exit_code == 1 and result.stderr == ""
    assert result.stdout.splitlines() == [
        "::error file=trees/order.yml,line=2,col=1,endColumn=5,title=keys::这里没有 `begn` 这个键%0A写 `begin`",
        (
            "::error file=trees/tea/tree.yml,line=12,col=7,endColumn=11,title=duplicate-keys::"
            "`cold` 在同一处写了两次%0Atrees/tea/tree.yml:11:7: 第一次在这里%0A删掉一个，或改名"
        ),
    ]


def test_a_workflow_command_is_escaped_as_github_reads_it() -> None:
    one = Diagnostic("names", Span("trees/a,b:c%/tree.yml", 1, 2, 3), Words("读了 50%\n就停：a,b::c", "x"))
    line = formats.as_github(one, "zh")
    assert (
        line == "::error file=trees/a%2Cb%3Ac%25/tree.yml,line=1,col=2,endColumn=5,title=names::读了 50%25 就停：a,b::c"
    )
    assert (
        formats.as_github(Diagnostic("files", Span("a.yml", 0, 0), Words("没有", "none")), "en")
        == "::error file=a.yml,title=files::none"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_programs_get_json(broken: str, lang: str) -> None:
    result = run("check", "--trees", broken, "--format", "json", "--lang", lang)
    assert result.exit_code == 1 and result.stderr == ""
    place = {"file": TEXT, "line": COUNT, "column": COUNT, "length": COUNT, "says": TEXT}
    found = json.loads(result.stdout)
    jsonschema.validate(found, listed(exactly(rule=TEXT, **place, help=TEXT_OR_NONE, also=listed(exactly(**place)))))
    assert [(one["rule"], one["line"], one["column"], one["length"]) for one in found] == [
        ("keys", 2, 1, 4),
        ("duplicate-keys", 12, 7, 4),
    ]
    assert found[0]["help"] == {"zh": "写 `begin`", "en": "write `begin`"}[lang]
    assert found[1]["also"] == [
        {
            "file": "trees/tea/tree.yml",
            "line": 11,
            "column": 7,
            "length": 4,
            "says": {"zh": "第一次在这里", "en": "the first one is here"}[lang],
        }
    ]


@pytest.mark.parametrize(("shape", "told"), [("github", ""), ("json", "[]\n")])
def test_programs_learn_that_all_is_well(shape: str, told: str) -> None:
    result = run("check", "--format", shape)
    assert (result.exit_code, result.output) == (0, told)


# ---- touches


def test_touches_lists_with_places_and_counts(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("一\n\n水壶法第13条")
    result = run("touches", "水壶法第13条", "--docs", str(tmp_path))
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "水壶法 第13条　验壶\n\nkettle　水壶退货\n"
        "  trees/kettle/tree.yml:47:3: 结论 `refund` 退、换、修由你选（可以争取，"
    )
    assert result.stdout.endswith("page.md:3:1: 手写的页：第13条\n\n结论 1、手写的页 1\n")


@pytest.mark.parametrize(("lang", "told"), [("zh", "没有什么引用它"), ("en", "nothing relies on it")])
def test_what_nothing_relies_on_is_told(lang: str, told: str, tmp_path: Path) -> None:
    result = run("touches", "旧水壶法第3条", "--docs", str(tmp_path), "--lang", lang)
    assert (result.exit_code, result.stdout.splitlines()[1:]) == (0, [told])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_citation_that_is_not_held_gets_one_sentence(lang: str) -> None:
    for text in ("水壶法第19条", "茶法第1条", "水壶法", "\ud800"):
        result = run("touches", text, "--lang", lang)
        assert result.exit_code == 1 and result.stdout == "" and len(result.stderr.splitlines()) == 1


# ---- walk --json


@pytest.mark.parametrize(
    ("tree", "answers"),
    [
        ("kettle", {}),
        ("kettle", {"what": "broken", "repairs": 0, "received": "2026-11-11"}),
        ("kettle", {"what": "broken", "repairs": "many", "received": "d7"}),
        ("kettle", {"what": "unsure", "repairs": "unsure", "received": "unsure"}),
        ("kettle", {"what": "unwanted", "received": "d15..over", "elsewhere": "x"}),
        ("kettle", {"what": "stolen"}),
        ("tea", {"taste": "bitter"}),
        ("tea", {"taste": "unsure", "kettle-too": "drop"}),
        ("tea", {"taste": "cold", "kettle-too": "drop"}),
    ],
)
def test_the_json_has_exactly_the_keys_of_the_design(tmp_path: Path, tree: str, answers: dict) -> None:
    result = walk(tmp_path, answers, "--json", tree=tree)
    jsonschema.validate(json.loads(result.stdout), REPORT)
    assert result.exit_code == (1 if json.loads(result.stdout)["problem"] else 0)


def test_the_json_is_what_the_engine_says(tmp_path: Path) -> None:
    told = json.loads(walk(tmp_path, {"what": "broken", "repairs": 2, "received": "2026-11-11"}, "--json").stdout)
    assert told["at"] == {"kind": "outcome", "id": "refund", "state": told["states"][0], "carries": {}}
    assert told["outcome"]["amounts"][0]["value"] == "6.00"
    assert told["outcome"]["deadlines"][0]["date"] == "2026-11-18"


def test_asking_in_the_terminal_leaves_the_output_to_the_json() -> None:
    result = run("walk", "kettle", "--today", TODAY, "--json", typed="1\nd7\n")
    assert json.loads(result.stdout)["at"]["id"] == "return-it"
    assert "水壶出了什么问题？" in result.stderr


# ---- walk in words


def test_a_walk_is_told_in_words(tmp_path: Path) -> None:
    result = walk(tmp_path, {"what": "broken", "repairs": "0", "received": "2026-11-11"})
    assert result.exit_code == 0
    assert "坏了 → 0 次 → 2026年11月11日" in result.output
    assert "【可以争取】退、换、修由你选" in result.output
    assert "· 退壶（水壶法 第11条）" in result.output
    (due,) = [line for line in result.output.splitlines() if "⏱ 提出：" in line]
    assert due.split() == [
        "⏱",
        "提出：11月18日（周三）前（含当天）",
        "还有",
        "2",
        "天",
        "11月11日当天不算，次日（11月12日）起算第7天是11月18日（周三）（水壶法",
        "第11条）",
    ]
    assert "→ 壶法庭：最后一步" in result.output


def test_every_text_of_an_outcome_is_told_in_the_terminal(tmp_path: Path, toy) -> None:
    for answers, outcome in (
        ({"what": "broken", "repairs": "0", "received": "2026-11-11"}, "refund"),
        ({"what": "broken", "repairs": "0", "received": "y1"}, "repair"),
    ):
        told = walk(tmp_path, answers).output
        for name, text in vars(toy.trees["kettle"].outcomes[outcome]).items():
            if isinstance(text, str) and name not in ("id", "standing"):
                assert text in told, f"cli/terminal_walk.py does not tell `{name}` of an outcome"


def test_an_unfinished_walk_tells_the_next_question(tmp_path: Path) -> None:
    assert "下一个问题：你哪天收到水壶？" in walk(tmp_path, {"what": "unwanted"}).output


def test_a_walk_that_goes_on_elsewhere_says_where(tmp_path: Path) -> None:
    assert "接着走：水壶退货" in walk(tmp_path, {"taste": "cold", "kettle-too": "drop"}, tree="tea").output


def test_the_ends_of_the_unsure_are_all_told(tmp_path: Path) -> None:
    output = walk(tmp_path, {"taste": "unsure", "kettle-too": "drop"}, tree="tea").output
    assert "可能：忍一忍（没有依据）" in output and "可能：水壶退货" in output


def test_the_unsure_are_told_what_all_ends_share_and_what_decides(tmp_path: Path) -> None:
    output = walk(tmp_path, {"what": "unsure", "repairs": "0", "received": "2026-11-11"}).output
    for line in (
        "不管是哪一种，先做这些",
        "· 留证据：订单",
        "⏱ 提出退壶：11月18日（周三）前（含当天） 还有 2 天",
        "不是哪一种都有这个期限，“可以退”可能有；拿不准，先按它来。",
        "现在还说不准有多大把握：从“依据明确”到“可以争取”都有可能。",
        "？ 水壶出了什么问题？ 弄清它，就能定下来。在哪里找：看看壶",
    ):
        assert line in output


# ---- walk, asked in the terminal


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("1\n1\n", "可以退"),
        ("1\n2026-11-11\n", "可以退"),
        ("unwanted\nd7\n", "可以退"),
        ("2\n=0\n2026-11-16\n", "退、换、修由你选"),
        ("2\n2\n3\n", "可以修"),
        (" 1 \n over \n", "没有依据了"),
        ("1\n-\n2\n1\n1\n", "退、换、修由你选"),
        ("-\n-\n1\n1\n", "可以退"),
        ("9\n1\n1\n", "可以退"),
        ("1\n2026-11-17\n-\n1\n2026-11-16\n", "可以退"),
    ],
)
def test_answers_typed_lead_to_an_outcome(typed: str, arrives: str) -> None:
    result = run("walk", "kettle", "--today", TODAY, typed=typed)
    assert result.exit_code == 0
    assert f"】{arrives}" in result.output


def test_the_unsure_go_on_and_get_what_is_possible() -> None:
    output = run("walk", "kettle", "--today", TODAY, typed="?\n？\n1\n").output
    assert "可能：可以退" in output and "可能：退、换、修由你选" in output


def test_what_cannot_be_taken_is_told_and_asked_again() -> None:
    result = run("walk", "kettle", "--today", TODAY, typed="1\n昨天\n1\n")
    assert "看不懂" in result.output and result.output.count("你哪天收到水壶？") == 2
    assert result.exit_code == 0


def test_the_questions_left_and_where_to_find_the_answer_are_shown() -> None:
    output = run("walk", "kettle", "--today", TODAY, typed="1\n1\n").output
    assert "看看壶    还有 2 到 3 个问题" in output and "签收短信    最后一个问题" in output


def test_an_end_of_input_is_no_crash() -> None:
    assert run("walk", "kettle", "--today", TODAY, typed="1\n").exit_code == 1


# ---- what is wrong with a call


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ("", "这里不是 JSON"),
        ("{", "这里不是 JSON"),
        ("[]", "的形式"),
        ('"what"', "的形式"),
        ('{"what": [1]}', "的形式"),
        ('{"what": ["broken", "unwanted"]}', "不是这个问题的选项"),
        ('{"what": true}', "的形式"),
        ('{"what": null}', "的形式"),
        ("[" * 100_000, "嵌套太深"),
        ('{"repairs": ' + "9" * 5_000 + "}", "太长"),
        ('{"what": "stolen"}', "不是这个问题的选项"),
        ('{"what": "\\ud800"}', "不是这个问题的选项"),
        ('{"what": "unwanted", "received": "2026-11-17"}', "还没有到"),
        ('{"what": "unwanted", "received": "2026-13-01"}', "不是一个日期"),
    ],
)
def test_bad_answers_get_one_sentence(tmp_path: Path, answers: str, told: str) -> None:
    result = walk(tmp_path, answers)
    assert result.exit_code == 1 and told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_what_is_wrong_with_a_call_is_told_in_english_too(tmp_path: Path) -> None:
    (tmp_path / "gbk.json").write_bytes('{"what": "坏了"}'.encode("gbk"))
    for tree, file, told in (
        ("kettle", "none.json", "there is no file"),
        ("kettle", "gbk.json", "is not UTF-8 text"),
        ("coffee", "gbk.json", "no tree is called `coffee`; there are: kettle, tea"),
    ):
        assert told in run("walk", tree, "--answers", str(tmp_path / file), "--lang", "en").stderr


def test_answers_that_cannot_be_read_get_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "gbk.json").write_bytes('{"what": "坏了"}'.encode("gbk"))
    for name, told in (("none.json", "没有"), ("gbk.json", "不是 UTF-8 文本")):
        result = run("walk", "kettle", "--answers", str(tmp_path / name))
        assert result.exit_code == 1 and told in result.stderr and len(result.stderr.splitlines()) == 1


def test_a_byte_order_mark_before_the_answers_is_read_over(tmp_path: Path) -> None:
    assert walk(tmp_path, '\ufeff{"what": "unwanted", "received": "d7"}').exit_code == 0


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "2026-2-3", "0001-01-01"])
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_bad_day_gets_one_sentence(tmp_path: Path, day: str, more: tuple[str, ...]) -> None:
    file = tmp_path / "answers.json"
    file.write_text("{}")
    result = run("walk", "kettle", "--answers", str(file), "--today", day, *more)
    told = json.loads(result.stdout)["problem"]["says"] if more else result.stderr
    assert result.exit_code == 1 and day in told


def test_a_tree_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = walk(tmp_path, {}, tree="coffee")
    assert result.exit_code == 1 and result.stderr == "Error: 没有叫 `coffee` 的树；有：kettle、tea\n"


def test_every_command_has_help() -> None:
    for name, command in main.commands.items():
        for inner, one in getattr(command, "commands", {"": command}).items():
            assert isinstance(one, click.Command) and one.help
            assert CliRunner().invoke(main, [name, *filter(None, [inner]), "--help"]).exit_code == 0
