"""The MkDocs plugin: hands the generated files over, links citations in hand-written pages, and never leaves a half-built site.

While `mkdocs serve` runs, what is wrong is told on the pages themselves: they go on as they were right last, with the diagnostics on top.
"""

import logging
import os
import re
import shutil
from pathlib import Path
from posixpath import dirname, relpath

from mkdocs import utils
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from minglu import pipeline
from minglu.compile import Compiled
from minglu.diagnostics import Diagnostic, Words
from minglu.diagnostics.formats import findings_box
from minglu.diagnostics.terminal import render
from minglu.engine.citations import Citation
from minglu.memo import Memo
from minglu.resolve.library import names_of
from minglu.write import documents, fragments, in_site, write
from minglu.write.citing import Citations
from minglu.write.links import article_anchor
from minglu.write.widget import FIRST, FOLDER, SCRIPTS, STYLES, WEB, widget

log = get_plugin_logger("minglu")
CACHE = ".cache"
STILL = Words(
    "下面还是改之前的网页。改好保存，这一块会自己消失",
    "The page below is as it was before. Mend and save, and this goes away by itself",
)
NOTHING_YET = Words("改好保存，网页会自己出来", "Mend and save, and the site appears by itself")
AGAIN = "<meta http-equiv='refresh' content='2'>"
"""For pages that MkDocs does not reload itself."""


class Unfit(PluginError):
    """What was found, and the sources by path."""

    def __init__(self, found: list[Diagnostic], sources: dict[str, bytes], lang: str) -> None:
        self.found, self.sources = found, sources
        self.told = "\n".join(render(one, sources, lang) for one in found)
        super().__init__(f"minglu:\n{self.told}")


class Options(Config):
    trees = config_options.Type(str, default="trees")
    """The folder of the trees, from where mkdocs.yml stands."""

    pyodide = config_options.Type(str, default="node_modules/pyodide")
    """The npm package of the browser's Python; without it the site has no Python, which is an error but in `serve`."""

    lang = config_options.Choice(("zh", "en"), default="zh")
    """The language of diagnostics."""


class MingluPlugin(BasePlugin[Options]):
    command, dirty, page = "build", False, ""
    files: dict[str, bytes] = {}
    memo = Memo()
    as_of = ""
    notice = ""
    """What stands on top of every page while it is served and something is wrong."""
    built: MkDocsConfig | None = None
    aside_for = ""
    """The folder that the site goes into when it is whole."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.command, self.dirty = command, dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Everything that can be wrong is told here: after this MkDocs empties the folder it builds into."""
        folder = Path(config.config_file_path).parent / self.config.trees
        if not folder.is_dir():
            raise PluginError(
                f"minglu: {self.words(Words(f'没有 {folder} 这个文件夹', f'there is no folder {folder}'))}"
            )
        config.watch += [str(folder), str(WEB)]
        with_widget(config)
        self.notice = ""
        try:
            self.read(folder, config)
        except Unfit as error:
            if self.command != "serve":
                raise
            # MkDocs' server would answer nothing until all is right again, or not even start; so it goes on with what was right last.
            count, then = len(error.found), STILL if self.files else NOTHING_YET
            title = self.words(Words(f"{count} 处要改。{then.zh}。", f"{count} to mend. {then.en}."))
            log.info(f"{title}\n{error.told}")
            self.notice = findings_box(error.found, error.sources, self.config.lang, title)
        if self.files:
            config.markdown_extensions.append(self.citing)
        config.nav = expanded(config.nav, self.files) if self.files else None
        self.aside(config)
        return config

    def words(self, words: Words) -> str:
        return getattr(words, self.config.lang)

    def read(self, folder: Path, config: MkDocsConfig) -> None:
        """The trees and what the hand-written pages take from them. Raises Unfit with every diagnostic."""
        sources = pipeline.read_files(folder)
        done, found = pipeline.check(sources, self.memo)
        if done is None:
            raise Unfit(found, sources, self.config.lang)
        library = done.project.library
        files, citing = (
            self.generated(done, Path(config.config_file_path).parent),
            Citations(names_of(library.statutes), library.statutes, self.law),
        )
        written = hand_written(config)
        as_of = max((one.tree.as_of for one in done.unfolded.values()), default="")
        found = documents.check_documents(
            written,
            files,
            citing,
            as_of=as_of,
            extensions=config.markdown_extensions,
            configs=config.mdx_configs,
        )
        if found:
            raise Unfit(found, {path: text.encode() for path, text in written.items()}, self.config.lang)
        self.files, self.citing, self.as_of = files, citing, as_of

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        if not self.files:
            for file in files.documentation_pages():
                files.remove(file)
            files.append(File.generated(config, "index.md", content=f"# {config.site_name}\n"))
        for path, data in self.files.items():
            if path.startswith(fragments.FRAGMENTS):
                continue
            if taken := files.get_file_from_path(path):
                files.remove(taken)
            files.append(File.generated(config, path, content=data))
        pages = [file.dest_uri for file in files.documentation_pages()]
        files.append(File.generated(config, in_site.PATH, content=in_site.in_site_script(pages)))
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.page = page.file.src_uri
        page.update_date = self.as_of or page.update_date  # the day of the build would be another one tomorrow
        return fragments.fill_fragments(markdown, self.files, path=self.page)[0]

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        return below_body(output, self.notice) if self.notice else output

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        return below_body(output, AGAIN + self.notice) if self.notice and template_name.endswith(".html") else output

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        if self.aside_for and not (config.strict and warned()):
            utils.clean_directory(self.aside_for)
            shutil.copytree(config.site_dir, self.aside_for, dirs_exist_ok=True)
        self.back(config)

    def on_build_error(self, error: Exception) -> None:
        if self.built:
            self.back(self.built)

    def generated(self, done: Compiled, root: Path) -> dict[str, bytes]:
        pyodide = root / self.config.pyodide
        if not pyodide.is_dir() and self.command == "serve":
            log.info(f"no {pyodide}: the pages are served without the browser's Python; run `npm ci` to have it")
            return write(done) | widget()
        try:
            files, notes = pipeline.site_sources(done, pyodide=pyodide, cache=root / CACHE)
        except FileNotFoundError as error:
            raise PluginError(f"minglu: {error}") from None
        for note in notes:
            log.info(note)
        return files

    def law(self, citation: Citation) -> str:
        """The source of the article, seen from the page that is being converted; MkDocs makes it the address."""
        return relpath(f"law/{citation.statute}.md", dirname(self.page) or ".") + f"#{article_anchor(citation.article)}"

    def aside(self, config: MkDocsConfig) -> None:
        """Build beside the site and put it there when all is well, so that a failing build leaves the last good one alone, and two at once each other."""
        self.built = config
        if not self.dirty:
            self.aside_for = config.site_dir
            config.site_dir = str(Path(config.config_file_path).parent / CACHE / f"site-{os.getpid()}")

    def back(self, config: MkDocsConfig) -> None:
        if self.aside_for:
            shutil.rmtree(config.site_dir, ignore_errors=True)
            config.site_dir, self.aside_for = self.aside_for, ""


def with_widget(config: MkDocsConfig) -> None:
    """Every page loads the widget's styles and scripts; what the site lists itself comes after the styles and before the scripts."""
    config.extra_css[:0] = [FOLDER + name for name in STYLES]
    config.extra_javascript += [FOLDER + name for name in SCRIPTS]
    config.extra["polyfills"] = [*(FOLDER + name for name in FIRST), *config.extra.get("polyfills", [])]


def below_body(page: str, notice: str) -> str:
    return re.sub(r"<body\b[^>]*>", lambda begin: begin[0] + notice, page, count=1)


def hand_written(config: MkDocsConfig) -> dict[str, str]:
    """The Markdown below docs/, by path from where mkdocs.yml stands."""
    docs, root = Path(config.docs_dir), Path(config.config_file_path).parent
    return {
        os.path.relpath(path, root): path.read_text("utf-8-sig", errors="replace")
        for path in sorted(docs.rglob("*.md"))
    }


def expanded(nav, files: dict[str, bytes]):
    """`- trees/` in the navigation stands for the generated pages of that folder; an entry without pages is left out."""
    if isinstance(nav, str) and nav.endswith("/"):
        return [path for path in files if path.startswith(nav) and path.endswith(".md")]
    if isinstance(nav, list):
        return [item for item in (expanded(item, files) for item in nav) if item]
    if isinstance(nav, dict):
        return {
            title: value for title, value in ((title, expanded(value, files)) for title, value in nav.items()) if value
        }
    return nav


def warned() -> bool:
    """Whether MkDocs has counted a warning, which in strict mode is an error that it raises only at the very end."""
    counters = [one for one in logging.getLogger("mkdocs").handlers if isinstance(one, utils.CountHandler)]
    return any(one.get_counts() for one in counters)
