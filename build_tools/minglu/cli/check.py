"""Check, compile, and the schemas for editors."""

import json
import sys
from pathlib import Path

import click

from minglu import pipeline
from minglu.cli.options import LANG, TREES, check_folder, compiled_or_exit, failure, print_diagnostics
from minglu.diagnostics import Words, formats
from minglu.parse.schema import schemas
from minglu.resolve.model import names_of
from minglu.site_settings import docs_beside, offset_minutes, settings_beside
from minglu.write.in_site import SiteFacts
from minglu.write.page_kinds import CHOICE
from minglu.write.plain_site import Held, plain_site, settings_lines


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
    """Check every tree, and the hand-written pages in docs/ beside them (or where mkdocs.yml says).

    Prints nothing when all is well (as JSON an empty list); exits 1 when anything was found.
    """
    docs = docs_beside(folder)
    files, _, found = check_folder(folder, lang, docs)
    if not files:
        raise failure(lang, Words(f"{folder} 里没有决策树的文件", f"{folder} holds no files of trees"))
    if shape == "json":
        click.echo(
            formats.as_json(found, lang).encode("utf-8", "replace")
        )  # whatever the terminal's encoding; a file's name may be no text
    elif shape == "github":
        for one in found:
            click.echo(formats.as_github(one, lang))
    elif found:
        print_diagnostics(found, {**docs.files, **files}, lang)
    sys.exit(1 if found else 0)


@click.command("compile")
@TREES
@LANG
@click.option(
    "--write-to", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write into."
)
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    default="docs",
    help="The folder of the hand-written pages; none, if it is not there.",
)
@click.option(
    "--pyodide",
    type=click.Path(file_okay=False, path_type=Path),
    default="node_modules/pyodide",
    help="The npm package of the browser's Python; none, if it is not there.",
)
@click.option("--require-python", is_flag=True, help="Fail where the browser's Python is not there.")
@click.option("--look/--no-look", default=True, help="Whether the whole site takes on the look of the pages.")
@click.option(
    "--without", multiple=True, type=click.Choice(CHOICE), help="A kind of pages to leave out; may be given again."
)
def compile_command(
    folder: Path,
    lang: str,
    *,
    write_to: Path,
    docs: Path,
    pyodide: Path,
    require_python: bool,
    look: bool,
    without: tuple[str, ...],
) -> None:
    """Write all that a site is made of, for a generator of sites that does not have the plugin.

    That is: generated pages, hand-written ones, widget, data, and the browser's Python. Prints what the settings of
    the site need.
    """
    done = compiled_or_exit(folder, lang, finished=True)
    python = pyodide.is_dir()
    if require_python and not python:
        raise failure(
            lang,
            Words(
                f"没有 {pyodide}，先运行 `npm ci`：浏览器里用的 Python 从那里来",
                f"there is no {pyodide}, where the browser's Python comes from: run `npm ci`",
            ),
        )
    try:
        files, notes = pipeline.site_sources(
            done, pyodide=pyodide, cache=Path(".cache"), without=without, python=python
        )
    except FileNotFoundError as missing:
        raise failure(lang, Words(f"{pyodide} 里缺文件，先运行 `npm ci`", str(missing))) from None
    written = {
        path.relative_to(docs).as_posix(): path.read_bytes() for path in sorted(docs.rglob("*")) if path.is_file()
    }
    statutes = done.project.library.statutes
    held = Held(names_of(statutes), {slug: set(one.articles) for slug, one in statutes.items()})
    facts = SiteFacts(
        python=python,
        engine=pipeline.engine_version(),
        minutes=offset_minutes(settings_beside(folder).utc_offset),
        addresses={f"law/{slug}.html": None for slug in statutes if "law" in without},
    )
    site, names, found = plain_site(files, written, held=held, facts=facts, without=without)
    if found:
        sources = {f"docs/{path}": data for path, data in written.items()} | pipeline.read_files(folder)
        print_diagnostics(found, sources, lang)
        sys.exit(1)
    if not python:
        notes.insert(0, f"no {pyodide}: the site goes without the browser's Python, which reckons exact days")
    for note in notes:
        click.echo(note, err=True)
    for path, data in site.items():
        target = write_to / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    click.echo(settings_lines(write_to.as_posix(), names, look=look), nl=False)


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
