"""Check, compile, and the schemas for editors."""

import json
import sys
from pathlib import Path

import click

from minglu import pipeline
from minglu.cli.common import LANG, TREES, checked, compiled_or_exit, failure, tell
from minglu.diagnostics import Words, formats
from minglu.parse.schema import schemas


@click.command("check")
@TREES
@LANG
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    help="For people, for GitHub's pull requests, for programs.",
)
def check_command(folder: Path, lang: str, shape: str) -> None:
    """Check every tree. Prints nothing when all is well (as JSON an empty list); exits 1 when anything was found."""
    files, _, found = checked(folder, lang)
    if not files:
        raise failure(lang, Words(f"{folder} 里没有决策树的文件", f"{folder} holds no files of trees"))
    if shape == "json":
        click.echo(
            formats.as_json(found, lang).encode("utf-8", "replace")
        )  # whatever the terminal's encoding; a file's name may be no text
    elif shape == "github":
        for one in found:
            click.echo(formats.github(one, lang))
    elif found:
        tell(found, files, lang)
    sys.exit(1 if found else 0)


@click.command("compile")
@TREES
@LANG
@click.option(
    "--write-to", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write into."
)
def compile_command(folder: Path, lang: str, write_to: Path) -> None:
    """Write the generated page sources and data, for any site generator to build."""
    done = compiled_or_exit(folder, lang)
    try:
        files, notes = pipeline.site_sources(done, pyodide=Path("node_modules/pyodide"), cache=Path(".cache"))
    except FileNotFoundError as missing:
        raise failure(lang, Words("没有浏览器里用的 Python，先运行 `npm ci`", str(missing))) from None
    for note in notes:
        click.echo(note, err=True)
    for path, data in files.items():
        target = write_to / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


@click.command("schema")
@click.option(
    "--write-to",
    type=click.Path(file_okay=False, path_type=Path),
    default=".cache/schema",
    help="The folder to write into.",
)
@LANG
def schema_command(write_to: Path, lang: str) -> None:
    """Write the JSON Schemas of the trees' files, for editors such as VS Code (.vscode/settings.json points there)."""
    write_to.mkdir(parents=True, exist_ok=True)
    for name, one in schemas().items():
        (write_to / f"{name}.json").write_text(json.dumps(one, ensure_ascii=False, indent=1) + "\n", "utf-8")
