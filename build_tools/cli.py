"""The command line: the only place that prints, reads the clock and exits."""

import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import click

from build_tools import pipeline
from build_tools.changes import mutate as mutation
from build_tools.changes.diff import diff as compare
from build_tools.changes.github import github, refused
from build_tools.changes.paste import pasted
from build_tools.changes.tell import text
from build_tools.changes.touches import asked, lines, touched
from build_tools.diagnostics import Words
from build_tools.engine.bridge import Session
from build_tools.engine.dates import Calendar
from build_tools.engine.labels import STANDINGS, answer_label, left_label
from build_tools.render import line_of, place, render
from build_tools.revisions import Unknown, read_revision

CHINA = timezone(timedelta(hours=8))
TREES = click.option("--trees", "folder", default="trees", type=click.Path(file_okay=False, path_type=Path), help="The folder of the trees.")
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="The language of diagnostics.")


@click.group()
def main() -> None:
    """Minglu: check, walk and compile decision trees of consumer law."""


@main.command()
@TREES
@LANG
def check(folder: Path, lang: str) -> None:
    """Check every tree. Prints nothing when all is well; exits 1 when anything was found."""
    compiled_or_exit(folder, lang)


@main.command()
@TREES
@LANG
@click.option("--write-to", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write into.")
def compile(folder: Path, lang: str, write_to: Path) -> None:
    """Write the generated page sources and data, for any site generator to build."""
    done = compiled_or_exit(folder, lang)
    files, notes = pipeline.sources(done, pyodide=Path("node_modules/pyodide"), cache=Path(".cache"))
    for note in notes:
        click.echo(note, err=True)
    for path, data in files.items():
        target = write_to / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


@main.command()
@click.argument("tree")
@click.option("--answers", type=click.Path(dir_okay=False, path_type=Path), help="A JSON file: {question: answer}.")
@click.option("--today", default=None, help="The day, as 2026-11-21. Today in China unless given.")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON that the widget gets.")
@TREES
@LANG
def walk(tree: str, answers: Path | None, today: str | None, as_json: bool, folder: Path, lang: str) -> None:
    """Walk TREE with the answers of a file, or ask in the terminal."""
    done = compiled_or_exit(folder, lang)
    known_or_exit(tree, done)
    session = Session()
    for one in done.trees.values():
        session.answer(json.dumps({"do": "load", "tree": one}))
    session.answer(json.dumps({"do": "load", "calendar": done.calendar}))
    given = read_answers(answers) if answers else {}
    today = today or datetime.now(CHINA).date().isoformat()

    def report() -> dict:
        return json.loads(session.answer(json.dumps({"do": "walk", "tree": tree, "answers": given, "today": today})))

    told = report()
    while answers is None and (told.get("at") or {}).get("kind") == "question":
        ask(done.trees[tree], told, given, err=as_json)
        told = report()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace"))  # half a surrogate pair is valid JSON
    elif not told.get("tree"):
        raise click.ClickException(told["problem"]["says"])
    else:
        show(told, done.trees)
    if told["problem"]:
        sys.exit(1)


@main.command()
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["text", "github"]), default="text", help="Text for the terminal, or Markdown for a pull request.")
@TREES
@LANG
def diff(old: str, new: str, form: str, folder: Path, lang: str) -> None:
    """Which readers of NEW get something else than those of OLD: two git revisions or folders of trees."""
    done, failed = [], []
    for name in (old, new):
        files = sources_or_exit(name, folder, lang)
        compiled, found = pipeline.check(files)
        done.append(compiled)
        if compiled is None:
            failed.append((name, "\n\n".join(render(one, files, lang) for one in found)))
    if not failed:
        click.echo({"text": text, "github": github}[form](compare(*done), lang).rstrip("\n"))
        return
    if form == "github":
        click.echo(refused(failed, lang), nl=False)
    else:
        for name, found in failed:
            click.echo(f"{name} 通不过检查：" if lang == "zh" else f"{name} does not pass the check:", err=True)
            click.echo(found, err=True)
    sys.exit(1)


@main.command()
@click.argument("citation")
@click.option("--docs", default="docs", type=click.Path(file_okay=False, path_type=Path), help="The folder of the hand-written pages.")
@TREES
@LANG
def touches(citation: str, docs: Path, folder: Path, lang: str) -> None:
    """List all that relies on CITATION, such as 消法第24条: outcomes, deadlines, letters, questions and pages."""
    done = compiled_or_exit(folder, lang)
    articles = asked(citation, done.project.library.statutes)
    if isinstance(articles, Words):
        raise click.ClickException(getattr(articles, lang))
    documents = {path.as_posix(): path.read_text("utf-8-sig", errors="replace") for path in sorted(docs.rglob("*.md"))}
    for article in articles:
        click.echo("\n".join(lines(article, touched(article, done, documents), done, lang)))


@main.command()
@click.argument("trees", metavar="[TREE]...", nargs=-1)
@TREES
@LANG
def mutate(trees: tuple[str, ...], folder: Path, lang: str) -> None:
    """Make slips in each TREE (in all, if none is named): say which of them nothing would notice, and the walks that would."""
    done = compiled_or_exit(folder, lang)
    calendar = Calendar.of(done.calendar)
    for id in trees or done.trees:
        known_or_exit(id, done)
        told = mutation.mutate(done.project, done.unfolded, calendar, id)
        click.echo(score_label(id, told, lang))
        for mutant, _ in told.unnoticed:
            click.echo(f"{place(mutant.at)}: {line_of(mutant.says, lang)}")
        if told.walks:
            click.echo(f"\n# trees/{id}/walks.yml")
        for worked, before in told.walks:
            if before:
                click.echo(f"# {before.name}" + ("：代替原来的" if lang == "zh" else ": in its place"))
            click.echo(pasted(worked))


def score_label(tree: str, told: mutation.Mutation, lang: str) -> str:
    total, noticed = told.score.total, told.score.noticed
    share = f"{100 * noticed // total if total else 100} %"
    if lang == "zh":
        return f"{tree}：试了 {total} 处笔误，{noticed} 处会被发现（{share}）；另有 {told.untellable} 处走例说不出来，不算"
    return f"{tree}: {noticed} of {total} slips are noticed ({share}); {told.untellable} more that no walk can tell are not counted"


def known_or_exit(tree: str, done: pipeline.Compiled) -> None:
    if tree not in done.trees:
        raise click.ClickException(f"没有叫 `{tree}` 的树；有：{'、'.join(done.trees)}")


def sources_or_exit(name: str, folder: Path, lang: str) -> dict[str, bytes]:
    """The sources of a folder of trees, or of `folder` at a git revision."""
    try:
        files = pipeline.read_files(Path(name)) if Path(name).is_dir() else read_revision(name, folder)
    except Unknown as unknown:
        raise click.ClickException(getattr(unknown, lang)) from None
    if not any(path.endswith("/tree.yml") for path in files):
        raise click.ClickException(f"{name} 里没有决策树" if lang == "zh" else f"{name} holds no trees")
    return files


def compiled_or_exit(folder: Path, lang: str) -> pipeline.Compiled:
    if not folder.is_dir():
        raise click.ClickException(f"没有 {folder} 这个文件夹")
    files = pipeline.read_files(folder)
    done, found = pipeline.check(files)
    if done is None:
        for one in found:
            click.echo(render(one, files, lang), err=True)
        click.echo(f"{len(found)} 处要改" if lang == "zh" else f"{len(found)} to mend", err=True)
        sys.exit(1)
    return done


def read_answers(path: Path) -> dict:
    try:
        given = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise click.ClickException(f"没有 {path} 这个文件") from None
    except OSError as error:
        raise click.ClickException(f"读不了 {path}：{error.strerror}") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} 不是 UTF-8 文本") from None
    except json.JSONDecodeError as error:
        raise click.ClickException(f"{path}:{error.lineno}:{error.colno}: 这里不是 JSON") from None
    except (RecursionError, ValueError):  # a number of thousands of digits
        raise click.ClickException(f"{path} 里有嵌套太深或太长的内容") from None
    if not isinstance(given, dict):
        raise click.ClickException(f"{path} 要写成 {{\"问题\": \"答案\"}} 的形式")
    return given


def ask(tree: dict, told: dict, given: dict, *, err: bool) -> None:
    """Ask the pending question once; `-` goes back one question. `err` keeps the standard output for JSON."""
    id = told["at"]["id"]
    question = tree["questions"][id]
    if told["problem"]:
        click.secho(told["problem"]["says"], fg="red", err=True)
    left = left_label(told["left"]["least"], told["left"]["most"])
    click.secho(f"\n{question['ask']}", bold=True, err=err)
    click.secho("  " + "    ".join(filter(None, (question["find"], left))), dim=True, err=err)
    ids = [answer["id"] for answer in question["answers"]]
    for number, answer in enumerate(ids, 1):
        click.echo(f"  {number}. {answer_label(question, answer)}", err=err)
    hint = {"date": "，或日期如 2026-11-10", "number": "，或直接写“=数字”"}.get(question["kind"], "")
    text = click.prompt(f"  编号{hint}；? 不确定；- 回上一题", err=err).strip()
    if text == "-":
        given.pop(id, None)
        if told["path"]:
            given.pop(told["path"][-1]["question"])
    elif text in ("?", "？"):
        given[id] = "unsure"
    elif text.isascii() and text.isdigit() and 1 <= int(text) <= len(ids):
        given[id] = ids[int(text) - 1]
    else:
        given[id] = text.removeprefix("=")


def show(told: dict, trees: dict[str, dict]) -> None:
    """Where a walk stands, in plain words."""
    if told["problem"]:
        click.secho(told["problem"]["says"], fg="red", err=True)
    click.secho("\n" + " → ".join(step["shown"] for step in told["path"]), dim=True)
    at, outcome = told["at"], told["outcome"]
    if at["kind"] == "question":
        click.echo(f"  下一个问题：{trees[told['tree']]['questions'][at['id']]['ask']}")
    if at["kind"] == "tree":
        click.echo(f"  接着走：{trees[at['id']]['title']}")
    for end in told["ends"]:
        click.echo(f"  可能：{end['title'] or trees[end['id'].removeprefix('tree/')]['title']}")
    if outcome is None:
        return
    click.secho(f"\n【{STANDINGS[outcome['standing']]}】{outcome['title']}", bold=True)
    click.echo(outcome["says"])
    for remedy in outcome["remedies"]:
        click.echo(f"  · {'：'.join(filter(None, (remedy['do'], remedy['how'])))}{cited(remedy)}")
    for deadline in outcome["deadlines"]:
        click.echo(f"  ⏱ {deadline['label']}：{' '.join(filter(None, (deadline['date'], deadline['how'])))}{cited(deadline)}")
    for channel in outcome["channels"]:
        other = trees.get(channel["id"].removeprefix("tree/"), {})
        click.echo(f"  → {'：'.join(filter(None, (channel.get('title') or other['title'], channel.get('short'))))}")


def cited(item: dict) -> str:
    return f"（{'、'.join(item['cite'])}）" if item["cite"] else ""
