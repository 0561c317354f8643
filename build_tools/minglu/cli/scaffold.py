"""New trees and statutes."""

from collections.abc import Callable
from pathlib import Path

import click

from minglu.cli.options import LANG, TREES, compiled_or_exit, failure, today_for
from minglu.diagnostics import Words
from minglu.new import Refused, new_law, new_tree


@click.group()
def new() -> None:
    """Begin a tree or a statute: a small, commented file; `check` lists the phrases that are still to be replaced."""


@new.command()
@click.argument("id")
@TREES
@LANG
def tree(id: str, folder: Path, lang: str) -> None:
    """Write trees/ID/tree.yml and its walks.yml; in an empty project also a statute and a channel to rest on."""
    folder.mkdir(parents=True, exist_ok=True)
    project = compiled_or_exit(folder, lang).project
    write_new(lambda: new_tree(id, today_for(folder), project), folder, lang)


@new.command()
@click.argument("slug")
@TREES
@LANG
def law(slug: str, folder: Path, lang: str) -> None:
    """Write trees/law/SLUG.yml."""
    held = {path.stem for path in (folder / "law").glob("*.yml")}
    write_new(lambda: new_law(slug, today_for(folder), held=held), folder, lang)


def write_new(make: Callable[[], dict[str, str]], folder: Path, lang: str) -> None:
    """All files or none; what is there is never written over."""
    try:
        made = make()
    except Refused as why:
        raise failure(lang, why.words) from None
    targets = {folder / path.removeprefix("trees/"): text for path, text in made.items()}
    for target in targets:
        if target.exists():
            raise failure(lang, Words(f"已经有 {target} 了", f"there is a {target} already"))
    try:
        for target, text in targets.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8", newline="\n")
    except OSError:
        for target in targets:
            target.unlink(missing_ok=True)
        raise
    for target in targets:
        click.echo(target)
