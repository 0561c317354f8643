"""What a change means: diff, touches, mutate."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from minglu import pipeline
from minglu.changes.diff import diff
from minglu.changes.mutate import Mutation, mutate
from minglu.changes.report_github import refusal_comment, report_github
from minglu.changes.report_text import report_text
from minglu.changes.revisions import UnknownRevision, read_revision
from minglu.changes.touches import articles_named, touches_of, touches_report
from minglu.changes.walks_yaml import walk_yaml
from minglu.cli.options import LANG, TREES, calendar_for, compiled_or_exit, failure, known_or_exit
from minglu.compile import Compiled
from minglu.diagnostics import Diagnostic, Words
from minglu.diagnostics.terminal import line_of, place_in_file, render


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    help="Text for the terminal, or Markdown for a pull request.",
)
@TREES
@LANG
def diff_command(old: str, new: str, form: str, folder: Path, lang: str) -> None:
    """Which readers of NEW get something else than those of OLD: two git revisions or folders of trees."""
    before, after = read_side(old, folder, lang), read_side(new, folder, lang)
    if before.compiled is None or after.compiled is None:
        report_refused([side for side in (before, after) if side.compiled is None], form, lang)
        sys.exit(1)
    notes = [unfit_note(side.name, len(side.found), lang) for side in (before, after) if side.found]
    found = diff(before.compiled, after.compiled)
    click.echo((report_github(found, lang, notes) if form == "github" else report_text(found, lang)).rstrip("\n"))
    for note in notes if form == "text" else ():
        click.echo(note, err=True)


@dataclass(frozen=True, kw_only=True)
class ReadSide:
    """A folder or revision, with what was found in it; `compiled` is None where it cannot be compared."""

    name: str
    files: dict[str, bytes]
    compiled: Compiled | None
    found: list[Diagnostic]


def read_side(name: str, folder: Path, lang: str) -> ReadSide:
    files = sources_or_exit(name, folder, lang)
    compiled, found = pipeline.compile_anyway(files, calendar=calendar_for(folder))
    return ReadSide(name=name, files=files, compiled=compiled, found=found)


def sources_or_exit(name: str, folder: Path, lang: str) -> dict[str, bytes]:
    """The sources of a folder of trees, or of `folder` at a git revision."""
    try:
        files = pipeline.read_files(Path(name)) if name and Path(name).is_dir() else read_revision(name, folder)
    except UnknownRevision as unknown:
        raise failure(lang, unknown.words) from None
    if not any(path.endswith("/tree.yml") for path in files):
        raise failure(lang, Words(f"{name} 里没有决策树", f"{name} holds no trees"))
    return files


def report_refused(sides: list[ReadSide], form: str, lang: str) -> None:
    rendered = [(side.name, "\n\n".join(render(one, side.files, lang) for one in side.found)) for side in sides]
    if form == "github":
        click.echo(refusal_comment(rendered, lang), nl=False)
        return
    for name, found in rendered:
        click.echo(
            f"{name} 里的树还不完整，没法比较："
            if lang == "zh"
            else f"the trees of {name} are not whole, so nothing can be compared:",
            err=True,
        )
        click.echo(found, err=True)


def unfit_note(name: str, count: int, lang: str) -> str:
    return (
        f"{name} 还有 {count} 处通不过检查；照样比较了"
        if lang == "zh"
        else f"{name} does not pass the check yet ({count} to mend); it was compared all the same"
    )


@click.command("touches")
@click.argument("citation")
@click.option(
    "--docs",
    default="docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the hand-written pages.",
)
@TREES
@LANG
def touches_command(citation: str, docs: Path, folder: Path, lang: str) -> None:
    """List all that relies on CITATION, such as 消法第24条: outcomes, deadlines, letters, questions and pages."""
    compiled = compiled_or_exit(folder, lang)
    articles = articles_named(citation, compiled.project.library.statutes)
    if isinstance(articles, Words):
        raise failure(lang, articles)
    if not docs.is_dir():
        click.echo(
            f"没有 {docs} 这个文件夹，手写的页没有看"
            if lang == "zh"
            else f"there is no folder {docs}: hand-written pages are left out",
            err=True,
        )
    documents = {path.as_posix(): path.read_text("utf-8-sig", errors="replace") for path in sorted(docs.rglob("*.md"))}
    for article in articles:
        touches = touches_of(article, compiled, documents)
        click.echo("\n".join(touches_report(article, touches, compiled, lang)))


@click.command("mutate")
@click.argument("trees", metavar="[TREE]...", nargs=-1)
@TREES
@LANG
def mutate_command(trees: tuple[str, ...], folder: Path, lang: str) -> None:
    """Make slips in each TREE (in all, if none is named); list those that nothing would notice, and walks that would.

    Tried are slips in where answers lead, conditions, limits, deadlines, amounts, cited articles and standings; not in
    wording, nor in what an outcome lists as evidence, channels, letters and mistakes, or on whom it lays the burden.
    """
    compiled = compiled_or_exit(folder, lang)
    for id in trees:
        known_or_exit(id, compiled, lang)
    for id in dict.fromkeys(trees) or compiled.trees:
        mutation = mutate(compiled, id)
        click.echo(score_line(id, mutation, lang))
        for slip in mutation.unnoticed:
            click.echo(f"{place_in_file(slip.mutant.at)}: {line_of(slip.mutant.says, lang)}")
        if mutation.walks:
            click.echo(
                f"\n# trees/{id}/walks.yml"
                + ("：先照条文核对，对了再写进去" if lang == "zh" else ": hold each against the law before it goes in")
            )
        for walk in mutation.walks:
            if walk.before:
                click.echo(f"# {walk.before.name}" + ("：代替原来的" if lang == "zh" else ": in its place"))
            click.echo(walk_yaml(walk.worked))


def score_line(tree: str, mutation: Mutation, lang: str) -> str:
    total, noticed = mutation.score.total, mutation.score.noticed
    share = f"{100 * noticed // total if total else 100} %"
    unnoticeable, given_up = mutation.unnoticeable, mutation.given_up
    if lang == "zh":
        left = f"；另有 {unnoticeable} 处，什么走例也发现不了，不算" if unnoticeable else ""
        left += f"；还有 {given_up} 处没找到发现得了的走例，也不算" if given_up else ""
        return f"{tree}：故意改错了 {total} 处，会被发现的有 {noticed} 处（{share}）{left}" + (
            "。发现不了的：" if mutation.unnoticed else ""
        )
    left = f"; {unnoticeable} more that no walk can tell are not counted" if unnoticeable else ""
    left += f"; nor are {given_up} for which no walk was found" if given_up else ""
    return f"{tree}: {noticed} of {total} slips are noticed ({share}){left}" + (
        ". Those that are not:" if mutation.unnoticed else ""
    )
