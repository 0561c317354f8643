"""Walk a tree in the terminal."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from minglu.cli.options import LANG, TREES, compiled_or_exit, failure, known_or_exit, today_for
from minglu.diagnostics import Words
from minglu.engine.bridge import Session
from minglu.engine.codec import from_json, to_json
from minglu.engine.contract import CompiledTree, TickCondition
from minglu.engine.labels import NONE_TICKED, answer_label, standing_label
from minglu.engine.ticks import ticks_words


@click.command("walk")
@click.argument("tree")
@click.option("--answers", type=click.Path(dir_okay=False, path_type=Path), help="A JSON file: {question: answer}.")
@click.option(
    "--today",
    default=None,
    help="The day, as 2026-11-21. Unless given, today where the site is: in China, if mkdocs.yml has no `utc_offset`.",
)
@click.option("--replies", default=None, help="What the other side said: ids joined by full stops; `none` for nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON that the widget gets.")
@click.option("--follow", is_flag=True, help="Go on through other trees as long as the answers do.")
@TREES
@LANG
def walk_command(
    tree: str,
    answers: Path | None,
    today: str | None,
    replies: str | None,
    as_json: bool,
    follow: bool,
    folder: Path,
    lang: str,
) -> None:
    """Walk TREE with the answers of a file, or ask in the terminal."""
    done = compiled_or_exit(folder, lang)
    known_or_exit(tree, done, lang)
    session = Session()
    for one in done.trees.values():
        session.answer(json.dumps({"do": "load", "tree": to_json(one)}))
    session.answer(json.dumps({"do": "load", "calendar": done.calendar}))
    given = read_answers(answers, lang) if answers else {}
    today = today or today_for(folder)
    ticked = None if replies is None else [id for id in replies.split(".") if id not in ("", "none")]

    def reached() -> dict[str, Any]:
        request = {
            "do": "follow" if follow else "walk",
            "tree": tree,
            "answers": given,
            "today": today,
            "replies": ticked,
        }
        return json.loads(session.answer(json.dumps(request)))

    reply = reached()
    report = reply.get("walk", reply)
    while answers is None and (report.get("at") or {}).get("kind") == "question":
        ask_in_terminal(done.trees[report["tree"]], report, given, err=as_json)
        reply = reached()
        report = reply.get("walk", reply)
    if as_json:
        click.echo(
            json.dumps(reply, ensure_ascii=False, indent=2).encode("utf-8", "replace")
        )  # half a surrogate pair is valid JSON
    elif not report.get("tree"):
        raise click.ClickException(report["problem"]["says"])
    else:
        for title, steps in steps_by_tree(reply.get("path", ()), report["tree"], done.trees):
            click.secho(f"\n{title}：{' → '.join(steps)}", dim=True)
        print_walk(report, done.trees)
    if report["problem"]:
        sys.exit(1)


def steps_by_tree(
    path: Sequence[dict[str, Any]], reached: str, trees: dict[str, CompiledTree]
) -> Iterator[tuple[str, list[str]]]:
    """What was answered in each tree before the one that is reached, of a walk over several."""
    for tree, steps in groupby(path, key=lambda step: str(step.get("tree", reached))):
        if tree != reached:
            yield trees[tree].title, [step["shown"] for step in steps]


def read_answers(path: Path, lang: str) -> dict[str, Any]:
    try:
        given = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise failure(lang, Words(f"没有 {path} 这个文件", f"there is no file {path}")) from None
    except OSError as error:
        raise failure(
            lang, Words(f"读不了 {path}：{error.strerror}", f"cannot read {path}: {error.strerror}")
        ) from None
    except UnicodeDecodeError:
        raise failure(lang, Words(f"{path} 不是 UTF-8 文本", f"{path} is not UTF-8 text")) from None
    except json.JSONDecodeError as error:
        raise failure(
            lang,
            Words(
                f"{path}:{error.lineno}:{error.colno}: 这里不是 JSON",
                f"{path}:{error.lineno}:{error.colno}: this is not JSON",
            ),
        ) from None
    except (RecursionError, ValueError):  # a number of thousands of digits
        raise failure(
            lang, Words(f"{path} 里有嵌套太深或太长的内容", f"{path} holds something nested too deep or too long")
        ) from None
    if not isinstance(given, dict):
        raise failure(
            lang, Words(f'{path} 要写成 {{"问题": "答案"}} 的形式', f'{path} must be like {{"question": "answer"}}')
        )
    return given


def ask_in_terminal(tree: CompiledTree, report: dict[str, Any], given: dict[str, Any], *, err: bool) -> None:
    """Ask the pending question once; `-` goes back one question. `err` keeps the standard output for JSON."""
    id = report["at"]["id"]
    question = tree.questions[id]
    if report["problem"]:
        click.secho(report["problem"]["says"], fg="red", err=True)
    click.secho(f"\n{question.ask}", bold=True, err=err)
    click.secho("  " + "    ".join(filter(None, (question.find, report["left"]["says"]))), dim=True, err=err)
    ids = question.answer_ids() if question.kind != "several" else tuple(tick.id for tick in question.ticks)
    for number, answer in enumerate(ids, 1):
        click.echo(f"  {number}. {answer_label(question, answer)}", err=err)
    hint = {
        "date": "，或日期如 2026-11-10、月份如 2026-11",
        "number": "，或直接写“=数字”",
        "money": "，或直接写“=金额”",
        "several": "，几个用空格隔开，都没有写 0",
    }.get(question.kind, "")
    text = click.prompt(f"  编号{hint}；? 不确定；- 回上一题", err=err).strip()
    if text == "-":
        given.pop(id, None)
        if report["path"]:
            given.pop(report["path"][-1]["question"])
    elif text in ("?", "？"):
        given[id] = "unsure"
    elif question.kind == "several":
        given[id] = typed_ticks(text, ids)
    elif text.isascii() and text.isdigit() and 1 <= int(text) <= len(ids):
        given[id] = ids[int(text) - 1]
    else:
        given[id] = text.removeprefix("=")


def typed_ticks(text: str, ids: tuple[str, ...]) -> str:
    """`1 3`, `1，3` → the ticks with these numbers; what is no number is left for the engine to refuse."""
    parts = [part for part in re.split(r"[\s,，、.]+", text) if part]
    numbers = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if len(numbers) < len(parts) or not all(0 <= number <= len(ids) for number in numbers):
        return text
    return ".".join(tick for number, tick in enumerate(ids, 1) if number in numbers) or NONE_TICKED


def print_walk(report: dict[str, Any], trees: dict[str, CompiledTree]) -> None:
    """Where a walk stands, in plain words."""
    if report["problem"]:
        click.secho(report["problem"]["says"], fg="red", err=True)
    click.secho("\n" + " → ".join(step["shown"] for step in report["path"]), dim=True)
    at, outcome = report["at"], report["outcome"]
    if at["kind"] == "question":
        click.echo(f"  下一个问题：{trees[report['tree']].questions[at['id']].ask}")
    if at["kind"] == "tree":
        click.echo(f"  接着走：{trees[at['id']].title}")
    if report["shared"]:
        print_shared(report["shared"])
    for one in report["deciding"]:
        find = f"在哪里找：{one['find']}" if one["find"] else ""
        click.echo(f"  ？ {one['label']} {one['says']}{find}")
    for end in report["ends"]:
        click.echo(f"  可能：{end['title']}{f'（{end["shown"]}）' if end['shown'] else ''}")
    if outcome is None:
        return
    click.secho(f"\n【{standing_label(outcome['standing'])}】{outcome['title']}", bold=True)
    click.echo(outcome["says"])
    tree = trees[report["tree"]]
    for number, step in enumerate(outcome["now"], 1):
        click.echo(f"  {number}. {step['says']}{step_facts(step, outcome)}{cite_suffix(step)}")
    for remedy in outcome["remedies"]:
        says = "：".join(filter(None, (remedy["says"], remedy["how"])))
        click.echo(f"  · {says}{cite_suffix(remedy)}{ticks_suffix(remedy, tree)}")
    for deadline in outcome["deadlines"]:
        line = f"{deadline['label']}：{deadline_line(deadline)}"
        click.echo(f"  ⏱ {line}{cite_suffix(deadline)}{ticks_suffix(deadline, tree)}")
    for amount in outcome["amounts"]:
        line = f"{amount['label']}：{amount_line(amount)}"
        click.echo(f"  ¥ {line}{cite_suffix(amount)}{ticks_suffix(amount, tree)}")
    for also in outcome["also"]:
        click.echo(f"  + {also['says']}：{also['title']}")
    for reply in outcome["replies"]:
        click.echo(f"  {'☑' if reply['ticked'] else '☐'} {reply['says']} {reply['answer']}{cite_suffix(reply)}")
    for channel in outcome["channels"]:
        other = trees.get(channel["id"].removeprefix("tree/"))
        title = channel["title"] or (other.title if other else "")
        click.echo(f"  → {'：'.join(filter(None, (title, channel['detail'])))}")
        for way in channel["reach"]:
            click.echo(f"      {'　'.join(filter(None, (way['value'], way['says'])))}")


def print_shared(shared: dict[str, Any]) -> None:
    """What all ends have in common, of a walk that may have ended in several."""
    if any(shared[part] for part in ("now", "evidence", "letter", "due")):
        click.secho(f"\n{shared['title']}", bold=True)
    for step in shared["now"]:
        click.echo(f"  · {step['says']}{cite_suffix(step)}")
    if shared["evidence"]:
        click.echo(f"  · 留证据：{'、'.join(one['title'] for one in shared['evidence'])}")
    if shared["letter"]:
        click.echo(f"  · 信：{shared['letter']['title']}")
    for due in shared["due"]:
        line = f"{due['deadline']['label']}：{deadline_line(due['deadline'])}"
        click.echo(f"  ⏱ {line}{cite_suffix(due['deadline'])} {due['says']}")
    if shared["standing"]:
        click.echo(f"  {shared['standing']}")


def step_facts(step: dict[str, Any], outcome: dict[str, Any]) -> str:
    """The letter, the deadline and the channel that a step names, by their titles."""
    named = (
        ("letters", step["letter"], "title"),
        ("deadlines", step["by"], "label"),
        ("channels", step["to"], "title"),
    )
    titles = [one[title] for group, id, title in named for one in outcome[group] if id and one["id"] == id]
    return f"（{'；'.join(filter(None, titles))}）" if any(titles) else ""


def deadline_line(deadline: dict[str, Any]) -> str:
    """The day that stands large on the page too, what remains of it, and the arithmetic."""
    shown = deadline["shown"]
    if shown is None:
        return deadline["how"]
    return " ".join(
        filter(None, (f"{shown['headline']}{shown['inclusive']}", shown["left"], shown["safe"], deadline["how"]))
    )


def amount_line(amount: dict[str, Any]) -> str:
    """The sum and how it comes about, or the rule."""
    if amount["shown"] in ("", amount["formula"]):
        return str(amount["formula"])
    return f"{amount['shown']}（{amount['formula']}）"


def ticks_suffix(item: dict[str, Any], tree: CompiledTree) -> str:
    """For whom an item is, where the reader left open what applies."""
    if item["ticks"] is None:
        return ""
    return f"【只给{ticks_words(from_json(TickCondition, item['ticks']), tree.questions)}的人】"


def cite_suffix(item: dict[str, Any]) -> str:
    return f"（{'、'.join(item['cite'])}）" if item["cite"] else ""
