"""Does the output of `compile --write-to` build, and work, elsewhere? `python tests/adopter/try_other_generators.py`

Each generator, or those that are named, is installed into an environment of its own. Prints a table for
docs/contribute/other-generators.md. The test beside this file asks the same of what must keep working.
"""

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from built_site import dead_links, pages_of
from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parents[2]
LIBRARY = Path(__file__).parent / "library"
PLACEHOLDER = re.compile(r"<!--\s*minglu:")


@dataclass(frozen=True)
class Generator:
    """What to install, and the command that builds `site/` in the folder where the settings stand."""

    packages: tuple[str, ...]
    command: tuple[str, ...]


GENERATORS = {
    "mkdocs": Generator(("mkdocs", "mkdocs-material"), ("mkdocs", "build", "--strict")),
    "properdocs": Generator(("properdocs", "mkdocs-material"), ("properdocs", "build", "--strict", "-f", "mkdocs.yml")),
    "zensical": Generator(("zensical",), ("zensical", "build", "--strict", "-f", "mkdocs.yml")),
}


@dataclass
class Tried:
    """What came of it: `problems` are sentences, none where all is well."""

    version: str = "—"
    pages: int = 0
    problems: list[str] = field(default_factory=list)


def plain_folder(trees: Path, docs: Path, to: Path, *, without: tuple[str, ...] = ()) -> Path:
    """A folder with settings and docs/ that any generator may build: what `compile` writes, and no plugin."""
    command = [sys.executable, "-m", "minglu", "compile", "--trees", trees, "--docs", docs, "--write-to", "docs"]
    command += ["--pyodide", ROOT / "node_modules/pyodide", *(word for kind in without for word in ("--without", kind))]
    to.mkdir(parents=True, exist_ok=True)
    settings = run(command, cwd=to)
    (to / "mkdocs.yml").write_text(f"site_name: Plain\n{settings}", "utf-8")
    return to


def try_generator(generator: Generator, folder: Path, environment: Path, tree: str, browser: Browser) -> Tried:
    """Build `folder` with the generator and walk one step of `tree` on the site that comes out."""
    tried = Tried()
    try:
        installed = installed_programs(generator.packages, environment)
    except subprocess.CalledProcessError as error:
        tried.problems.append(f"does not install: {error.stderr.strip().splitlines()[-1]}")
        return tried
    tried.version = version_of(generator.packages[0], installed)
    try:
        run([installed / generator.command[0], *generator.command[1:]], cwd=folder)
    except subprocess.CalledProcessError as error:
        tried.problems.append(f"does not build: {(error.stdout + error.stderr).strip()[-400:]}")
        return tried
    site = folder / "site"
    pages = pages_of(site)
    tried.pages = len(pages)
    sources = {
        path.relative_to(folder / "docs").with_suffix(".html").as_posix() for path in folder.glob("docs/**/*.md")
    }
    tried.problems += [f"no page {path}" for path in sorted(sources - set(pages))]
    tried.problems += [f"unfilled placeholder on {path}" for path, html in pages.items() if PLACEHOLDER.search(html)]
    tried.problems += [f"dead link: {link}" for link in dead_links(site)]
    tried.problems += walk_problems(site, tree, browser)
    return tried


def walk_problems(site: Path, tree: str, browser: Browser) -> list[str]:
    """What goes wrong for a reader who opens the tree's page and answers its first question."""
    problems: list[str] = []
    with served(site) as url:
        page = browser.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        page.on("response", lambda got: got.status < 400 or problems.append(f"{got.status} for {got.url}"))
        page.goto(f"{url}trees/{tree}.html")
        try:
            page.locator("tree-walk[ready] .state:visible a.choice[data-answer]").first.click()
            expect(page.locator(".road li")).to_have_count(1)
            page.wait_for_function("window.MingluPython.state() === 'ready'", timeout=120_000)
        except Exception as error:  # whatever it is, it is the answer
            problems.append(f"the walk does not work: {str(error).splitlines()[0]}")
        page.close()
    return problems


@contextmanager
def served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def installed_programs(packages: tuple[str, ...], environment: Path) -> Path:
    """The folder of programs of a fresh environment with the packages."""
    run([sys.executable, "-m", "venv", environment], cwd=Path.cwd())
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    run([programs / "python", "-m", "pip", "install", "--quiet", *packages], cwd=Path.cwd())
    return programs


def version_of(package: str, programs: Path) -> str:
    code = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
    return run([programs / "python", "-c", code], cwd=Path.cwd()).strip()


def run(command: list[object], *, cwd: Path, more: Mapping[str, str] | None = None) -> str:
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(more or {})}
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, env=settings, check=True)
    return done.stdout


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        sys.stdout.write("| | version | pages | what is wrong |\n| --- | --- | --- | --- |\n")
        for name in names or GENERATORS:
            folder = plain_folder(ROOT / "trees", ROOT / "docs", Path(scratch, name))
            tried = try_generator(GENERATORS[name], folder, Path(scratch, f"venv-{name}"), "quality-defect", browser)
            problems = "; ".join(tried.problems[:5]) + (f"; … {len(tried.problems)}" if len(tried.problems) > 5 else "")
            sys.stdout.write(f"| {name} | {tried.version} | {tried.pages} | {problems or 'nothing'} |\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
