"""What a change means: diff, touches, mutate."""

import sys
from pathlib import Path

import click

from minglu import pipeline
from minglu.changes import mutate as mutation
from minglu.changes.diff import diff as compare
from minglu.changes.github import github, refused
from minglu.changes.paste import pasted
from minglu.changes.revisions import Unknown, read_revision
from minglu.changes.tell import text
from minglu.changes.touches import asked, lines, touched
from minglu.cli.common import LANG, TREES, calendar_for, compiled_or_exit, failure, known_or_exit
from minglu.diagnostics import Words
from minglu.diagnostics.terminal import line_of, place_in_file, render


@click.command()
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
def diff(old: str, new: str, form: str, folder: Path, lang: str) -> None:
    """Which readers of NEW get something else than those of OLD: two git revisions or folders of trees."""
    sides = [
        (
            name,
            files := sources_or_exit(name, folder, lang),
            *pipeline.compile_anyway(files, calendar=calendar_for(folder)),
        )
        for name in (old, new)
    ]
    if failed := [
        (name, "\n\n".join(render(one, files, lang) for one in found))
        for name, files, done, found in sides
        if done is None
    ]:
        tell_refused(failed, form, lang)
        sys.exit(1)
    notes = [unfit(name, len(found), lang) for name, _, _, found in sides if found]
    told = compare(*(done for _, _, done, _ in sides))
    click.echo((github(told, lang, notes) if form == "github" else text(told, lang)).rstrip("\n"))
    for note in notes if form == "text" else ():
        click.echo(note, err=True)


def tell_refused(failed: list[tuple[str, str]], form: str, lang: str) -> None:
    if form == "github":
        click.echo(refused(failed, lang), nl=False)
        return
    for name, found in failed:
        click.echo(
            f"{name} 里的树还不完整，没法比较："
            if lang == "zh"
            else f"the trees of {name} are not whole, so nothing can be compared:",
            err=True,
        )
        click.echo(found, err=True)


def unfit(name: str, count: int, lang: str) -> str:
    return (
        f"{name} 还有 {count} 处通不过检查；照样比较了"
        if lang == "zh"
        else f"{name} does not pass the check yet ({count} to mend); it was compared all the same"
    )


def sources_or_exit(name: str, folder: Path, lang: str) -> dict[str, bytes]:
    """The sources of a folder of trees, or of `folder` at a git revision."""
    try:
        files = pipeline.read_files(Path(name)) if name and Path(name).is_dir() else read_revision(name, folder)
    except Unknown as unknown:
        raise failure(lang, unknown.words) from None
    if not any(path.endswith("/tree.yml") for path in files):
        raise failure(lang, Words(f"{name} 里没有决策树", f"{name} holds no trees"))
    return files


@click.command()
@click.argument("citation")
@click.option(
    "--docs",
    default="docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the hand-written pages.",
)
@TREES
@LANG
def touches(citation: str, docs: Path, folder: Path, lang: str) -> None:
    """List all that relies on CITATION, such as 消法第24条: outcomes, deadlines, letters, questions and pages."""
    done = compiled_or_exit(folder, lang)
    articles = asked(citation, done.project.library.statutes)
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
        click.echo("\n".join(lines(article, touched(article, done, documents), done, lang)))


@click.command()
@click.argument("trees", metavar="[TREE]...", nargs=-1)
@TREES
@LANG
def mutate(trees: tuple[str, ...], folder: Path, lang: str) -> None:
    """Make slips in each TREE (in all, if none is named): say which of them nothing would notice, and the walks that would.

    Tried are slips in where answers lead, conditions, limits, deadlines, cited articles and standings; not in wording, nor in
    what an outcome lists as evidence, channels, letters, mistakes and amounts, or on whom it lays the burden.
    """
    done = compiled_or_exit(folder, lang)
    for id in trees:
        known_or_exit(id, done, lang)
    for id in dict.fromkeys(trees) or done.trees:
        told = mutation.mutate(done, id)
        click.echo(score_label(id, told, lang))
        for mutant, _ in told.unnoticed:
            click.echo(f"{place_in_file(mutant.at)}: {line_of(mutant.says, lang)}")
        if told.walks:
            click.echo(
                f"\n# trees/{id}/walks.yml"
                + ("：先照条文核对，对了再写进去" if lang == "zh" else ": hold each against the law before it goes in")
            )
        for worked, before in told.walks:
            if before:
                click.echo(f"# {before.name}" + ("：代替原来的" if lang == "zh" else ": in its place"))
            click.echo(pasted(worked))


def score_label(tree: str, told: mutation.Mutation, lang: str) -> str:
    total, noticed = told.score.total, told.score.noticed
    share = f"{100 * noticed // total if total else 100} %"
    if lang == "zh":
        left = f"；另有 {told.untellable} 处，什么走例也发现不了，不算" if told.untellable else ""
        left += f"；还有 {told.given_up} 处没找到发现得了的走例，也不算" if told.given_up else ""
        return f"{tree}：故意改错了 {total} 处，会被发现的有 {noticed} 处（{share}）{left}" + (
            "。发现不了的：" if told.unnoticed else ""
        )
    left = f"; {told.untellable} more that no walk can tell are not counted" if told.untellable else ""
    left += f"; nor are {told.given_up} for which no walk was found" if told.given_up else ""
    return f"{tree}: {noticed} of {total} slips are noticed ({share}){left}" + (
        ". Those that are not:" if told.unnoticed else ""
    )
