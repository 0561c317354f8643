"""What the commands share: their options, the folder of trees they read, and errors in words."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from minglu import pipeline
from minglu.compile import Compiled
from minglu.compile.calendar import CALENDARS
from minglu.diagnostics import Diagnostic, Words
from minglu.diagnostics.terminal import line_of, render
from minglu.site_settings import settings_beside
from minglu.write.docs_settings import Docs


def keep_language(ctx: click.Context, _: click.Parameter, lang: str) -> str:
    """Also for an error that ends the command."""
    ctx.meta["lang"] = lang
    return lang


def keep_calendar(ctx: click.Context, _: click.Parameter, calendar: str | None) -> None:
    ctx.meta["calendar"] = calendar


def TREES(command: Callable) -> Callable:
    """The folder of the trees, and whose holidays count for them."""
    calendar = click.option(
        "--calendar",
        type=click.Choice(CALENDARS),
        default=None,
        callback=keep_calendar,
        expose_value=False,
        help="Whose holidays move the end of a period; as mkdocs.yml beside the trees has it, unless given.",
    )
    folder = click.option(
        "--trees",
        "folder",
        default="trees",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of the trees.",
    )
    return folder(calendar(command))


LANG = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    callback=keep_language,
    is_eager=True,
    help="The language of diagnostics.",
)


def calendar_for(folder: Path) -> str:
    return click.get_current_context().meta.get("calendar") or settings_beside(folder).calendar


def today_for(folder: Path) -> str:
    """The day where the readers of these trees are: in China, unless mkdocs.yml has another `utc_offset`."""
    return settings_beside(folder).today().isoformat()


def compiled_or_exit(folder: Path, lang: str, *, finished: bool = False) -> Compiled:
    """`finished` asks for trees that are fit to publish, not only to look at. Hand-written pages are left aside."""
    files, done, found = check_folder(folder, lang)
    if done is None or (finished and found):
        print_diagnostics(found, files, lang)
        sys.exit(1)
    return done


def check_folder(
    folder: Path, lang: str, docs: Docs | None = None
) -> tuple[dict[str, bytes], Compiled | None, list[Diagnostic]]:
    if not folder.is_dir():
        raise failure(lang, Words(f"没有 {folder} 这个文件夹", f"there is no folder {folder}"))
    files = pipeline.read_files(folder)
    return files, *pipeline.check(files, calendar=calendar_for(folder), docs=docs)


def print_diagnostics(found: list[Diagnostic], files: dict[str, bytes], lang: str) -> None:
    for one in found:
        click.echo(render(one, files, lang), err=True)
    click.echo(f"{len(found)} 处要改" if lang == "zh" else f"{len(found)} to mend", err=True)


def known_or_exit(tree: str, done: Compiled, lang: str) -> None:
    if tree not in done.trees:
        raise failure(
            lang,
            Words(
                f"没有叫 `{tree}` 的树；有：{'、'.join(done.trees)}",
                f"no tree is called `{tree}`; there are: {', '.join(done.trees)}",
            ),
        )


def failure(lang: str, words: Words) -> click.ClickException:
    return click.ClickException(line_of(words, lang))
