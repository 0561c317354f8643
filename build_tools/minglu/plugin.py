"""The MkDocs plugin: hands the generated files over, links citations in hand-written pages, and never leaves a
half-built site.

While `mkdocs serve` runs, what is wrong stands on the pages themselves: they go on as they were right last, with the
diagnostics on top.
"""

import logging
import os
import re
import shutil
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import urljoin, urlsplit

from mkdocs import utils
from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.pages import Page

from minglu import pipeline
from minglu.compile import Compiled
from minglu.compile.calendar import CALENDARS, CHINA
from minglu.diagnostics import Diagnostic, Words
from minglu.diagnostics.formats import findings_box
from minglu.diagnostics.terminal import render
from minglu.engine.citations import Citation
from minglu.memo import Memo
from minglu.search_on_demand import put_search_on_demand
from minglu.site_needs import add_extensions, add_widget, is_material, rename_script, unmet_needs
from minglu.site_policy import align_by_attribute, inline_hashes, put_policy
from minglu.site_settings import CHINA_OFFSET, MAKE_NO_PAGES, offset_minutes, read_docs
from minglu.write import fragments, not_found
from minglu.write.addresses import readdressed
from minglu.write.aside import ids_in, put_aside, put_back
from minglu.write.citing import Citations
from minglu.write.cross_references import Site
from minglu.write.docs_settings import Docs, DocsSettings
from minglu.write.html import inline_script
from minglu.write.in_site import PATH, SiteFacts, in_site_script
from minglu.write.links import article_anchor
from minglu.write.outcomes_apart import put_outcomes_apart
from minglu.write.page_kinds import CHOICE, FOR_READERS, page_kind
from minglu.write.share_card import CARDS, card_font, card_picture, card_tags
from minglu.write.shipping import shipped
from minglu.write.taken import taken_by
from minglu.write.widget import EARLY, FOLDER, RESCUE, SEARCH, WEB, inline_source

log = get_plugin_logger("minglu")
CACHE = ".cache"
HOME_CARD = "home.png"
STILL = Words(
    "下面还是改之前的网页。改好保存，这一块会自己消失",
    "The page below is as it was before. Mend and save, and this goes away by itself",
)
UNFINISHED = Words(
    "网页可以先看，写完才能发布",
    "The site may be looked at, and published when this is written",
)
NOTHING_YET = Words("改好保存，网页会自己出来", "Mend and save, and the site appears by itself")
AGAIN = "<meta http-equiv='refresh' content='2'>"
"""For pages that MkDocs does not reload itself."""


class TreesUnfit(PluginError):
    """What was found, and the sources by path."""

    def __init__(self, found: list[Diagnostic], sources: dict[str, bytes], lang: str) -> None:
        self.found, self.sources = found, sources
        self.told = "\n".join(render(one, sources, lang) for one in found)
        super().__init__(f"minglu:\n{self.told}")


class UtcOffset(config_options.Type):
    """An offset from UTC such as `+08:00`."""

    def run_validation(self, value: object) -> str:
        text = str(super().run_validation(value))
        try:
            offset_minutes(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        return text


class Options(Config):
    trees = config_options.Type(str, default="trees")
    """The folder of the trees, from where mkdocs.yml stands."""

    pages = config_options.ListOfItems(config_options.Choice(CHOICE), default=list(FOR_READERS))
    """The kinds of generated pages that the site has beside those of the trees."""

    folder = config_options.Type(str, default="")
    """A folder of the site that all generated pages stand in, such as `help`."""

    look = config_options.Type(bool, default=False)
    """Whether the whole site takes on the look of the pages."""

    calendar = config_options.Choice(CALENDARS, default=CHINA)
    """Whose holidays move the end of a period."""

    utc_offset = UtcOffset(str, default=CHINA_OFFSET)
    """When a day begins where the readers are."""

    pyodide = config_options.Type(str, default="node_modules/pyodide")
    """The npm package of the browser's Python. Without it the site has no exact days, but works."""

    require_python = config_options.Type(bool, default=False)
    """Whether a build without the browser's Python fails; a preview never does."""

    policy = config_options.Type(bool, default=False)
    """Whether every page carries a Content-Security-Policy, which stops all that is not the site's own."""

    card_font = config_options.Type(str, default="")
    """The font of the pictures that links to trees are shown with, from where mkdocs.yml stands; else the system's."""

    lang = config_options.Choice(("zh", "en"), default="zh")
    """The language of diagnostics."""


class MingluPlugin(BasePlugin[Options]):
    def __init__(self) -> None:
        self.command, self.dirty = "build", False
        self.memo = Memo()
        self.files: dict[str, bytes] = {}
        """What was generated last, by the place that `write` gives it; what goes out by another name, by that."""
        self.names: dict[str, str] = {}
        """Those names, by the plain ones."""
        self.cards: dict[str, bytes] = {}
        """The pictures that links to the site are shown with, by path."""
        self.addresses: dict[str, File] = {}
        """The files of the site by where `write`'s links look for them."""
        self.times_cited: dict[str, dict[str, int]] = {}
        """How many places rely on an article: by the source of its statute's page, then by its number."""
        self.as_of = ""
        self.python = False
        """Whether the site has the browser's Python."""
        self.page = ""
        """The source that is being converted."""
        self.notice = ""
        """What stands on top of every page while it is served and something is wrong."""
        self.brought_in: set[str] = set()
        """The hashes of inline scripts and styles that stand in texts."""
        self.kept_aside: dict[str, list[str]] = {}
        """Sections of the pages that are being built, see write/aside.py; by page."""
        self.built: MkDocsConfig | None = None
        self.aside_for = ""
        """The folder that the site goes into when it is whole."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.command, self.dirty = command, dirty

    @event_priority(100)  # before Material's search, which loads the words
    def _keep_words_at_home(self, config: MkDocsConfig) -> None:
        """jieba unmarshals a cache: from the project's own folder, not from one that anybody can write into."""
        try:
            import jieba
        except ModuleNotFoundError:
            return
        folder = Path(config.config_file_path).parent / ".cache"
        folder.mkdir(exist_ok=True)
        jieba.dt.tmp_dir = str(folder)

    def _read_project(self, config: MkDocsConfig) -> MkDocsConfig:
        """Everything that can be wrong is told here: after this MkDocs empties the folder it builds into."""
        folder = Path(config.config_file_path).parent / self.config.trees
        if not folder.is_dir():
            raise PluginError(
                f"minglu: {self.words(Words(f'没有 {folder} 这个文件夹', f'there is no folder {folder}'))}"
            )
        config.watch += [str(folder), str(WEB)]
        for name in add_extensions(config):
            log.info(f"markdown_extensions: {name} is added, which the generated pages need")
        if self.config.policy:
            align_by_attribute(config)
        for need in unmet_needs(config, look=self.config.look):
            log.warning(self.words(need))
        self.notice = ""
        try:
            self.read(folder, config)
        except TreesUnfit as error:
            if self.command != "serve":
                raise
            # MkDocs' server would answer nothing until all is right again, or not even start; so it goes on with what
            # was right last.
            self.tell(error, STILL if self.files else NOTHING_YET)
            stop_counting()
        if self.files:
            add_widget(config, self.names, look=self.config.look)
        if self.files and "law" in self.config.pages:
            extensions: list[Any] = config.markdown_extensions  # MkDocs hands them on as they are
            extensions.append(self.citing)
        config.nav = expanded(config.nav, {path: self.place(path) for path in self.files}) if self.files else None
        self.aside(config)
        return config

    on_config = CombinedEvent(_keep_words_at_home, _read_project)

    def words(self, words: Words) -> str:
        return getattr(words, self.config.lang)

    def read(self, folder: Path, config: MkDocsConfig) -> None:
        """The trees and what the hand-written pages take from them. Raises TreesUnfit with every diagnostic, but while
        the site is served not for what is only unfinished: that stands on the pages.
        """
        sources, docs = pipeline.read_files(folder), self.docs(config)
        done, found = pipeline.check(sources, self.memo, calendar=self.config.calendar, docs=docs)
        unfit = TreesUnfit(found, {**docs.files, **sources}, self.config.lang)
        if done is None or (found and self.command != "serve"):
            raise unfit
        library = done.project.library
        files, citing = (
            self.generated(done, Path(config.config_file_path).parent),
            Citations(library.names, library.statutes, self.law),
        )
        if taken := self.taken(files, config):
            raise TreesUnfit(taken, {**docs.files, **sources}, self.config.lang)
        as_of = max((one.tree.as_of for one in done.unfolded.values()), default="")
        (self.files, self.names), self.citing, self.as_of = shipped(files), citing, as_of
        self.times_cited = Site(done).times_cited()
        self.cards = self.pictures(done, config)
        if found:
            self.tell(unfit, UNFINISHED)

    def docs(self, config: MkDocsConfig) -> Docs:
        """The hand-written pages, and what the settings say of them. A link that leads nowhere is left to MkDocs where
        that only warns.
        """
        root, strict = Path(config.config_file_path).parent, bool(config.strict)
        levels = config.validation.links
        known = {name.rpartition("/")[2] for name in config.plugins} <= MAKE_NO_PAGES
        settings = DocsSettings(
            folder=Path(os.path.relpath(config.docs_dir, root)).as_posix(),
            extensions=tuple(config.markdown_extensions),
            configs=config.mdx_configs,
            without=frozenset(self.left_out),
            moved_to=self.folder,
            directory_urls=config.use_directory_urls,
            links=known and strict and levels.not_found >= logging.WARNING,
            anchors=known and strict and levels.anchors >= logging.WARNING,
        )
        return Docs(files=read_docs(Path(config.docs_dir), root), settings=settings)

    def tell(self, unfit: TreesUnfit, then: Words) -> None:
        """On top of every page that is served, and in the log."""
        count = len(unfit.found)
        title = self.words(Words(f"{count} 处要改。{then.zh}。", f"{count} to mend. {then.en}."))
        log.info(f"{title}\n{unfit.told}")
        self.notice = findings_box(unfit.found, unfit.sources, self.config.lang, title)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        if not self.files:
            for file in files.documentation_pages():
                files.remove(file)
            files.append(File.generated(config, "index.md", content=f"# {config.site_name}\n"))
        others = {file.dest_uri for file in files}
        for path, data in self.files.items():
            if path.startswith(fragments.FRAGMENTS):
                continue
            made = File.generated(config, self.place(path), content=data)
            if made.dest_uri in others:  # of another plugin; what is hand-written was found before
                raise PluginError(f"minglu: {made.dest_uri} is there already, made by another plugin")
            files.append(made)
        for path, data in self.cards.items():
            files.append(File.generated(config, path, content=data))
        self.addresses = {file.dest_uri: file for file in files}
        for path in self.files:
            if made_page := files.get_file_from_path(self.place(path)):
                self.addresses[as_written(path)] = made_page
        pages = [file.url for file in files.documentation_pages()]
        ((path, script),) = shipped({PATH: in_site_script(pages, self.facts())})[0].items()
        files.append(File.generated(config, path, content=script))
        rename_script(config, PATH, path)
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.page = page.file.src_uri
        page.update_date = self.as_of or page.update_date  # the day of the build would be another one tomorrow

        def address(place: str) -> str | None:
            to = None if page_kind(place) in self.left_out else self.addresses.get(place)  # else a page of the host's
            return to.url_relative_to(page.file) if to else None

        if (path := self.page.removeprefix(self.folder)) in self.files and page.file.generated_by:
            as_ours = not (config.use_directory_urls or self.folder or self.left_out)
            whole = markdown if as_ours else readdressed(markdown, dirname(path), address)
            left, self.kept_aside[self.page] = put_aside(whole)
            return left
        pieces = {
            path: readdressed(html.decode(), "", address).encode()
            for path, html in self.files.items()
            if path.startswith(fragments.FRAGMENTS)
        }
        return fragments.fill_fragments(markdown, pieces, path=self.page)[0]

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        if self.config.policy:
            ours = [inline_script(inline_source(name)) for name in (EARLY, RESCUE)]
            for text in (html, *self.kept_aside.get(page.file.src_uri, ())):
                self.brought_in |= inline_hashes(text, ours)
        if page.present_anchor_ids is not None:  # links to what is put aside are held against it, too
            page.present_anchor_ids |= ids_in(self.kept_aside.get(page.file.src_uri, ()))
        return html

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        output = put_back(output, self.kept_aside.pop(page.file.src_uri, ()))
        if tags := self.card(page, config):
            output = output.replace("</head>", f"{tags}</head>", 1)
        return below_body(output, self.notice) if self.notice else output

    def on_post_template(self, output: str, template_name: str, config: MkDocsConfig) -> str:
        if template_name == not_found.NAME and (self.config.look or not config.site_url):
            tiles = self.files.get(f"{fragments.FRAGMENTS}trees.html", b"")
            addresses = {place: file.url for place, file in self.addresses.items()}
            root = urlsplit(config.site_url or "").path.rstrip("/") + "/"
            output = not_found.not_found_page(tiles, addresses, site_name=config.site_name, root=root)
        return below_body(output, AGAIN + self.notice) if self.notice and template_name.endswith(".html") else output

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        self.search_on_demand(config)
        if self.files and not self.dirty:
            put_outcomes_apart(Path(config.site_dir))
        if self.config.policy and self.aside_for and self.command != "serve":
            for one in put_policy(Path(config.site_dir), self.brought_in):
                log.warning(self.words(one.says))
        self.brought_in = set()
        if self.aside_for and not (config.strict and warned()):
            utils.clean_directory(self.aside_for)
            shutil.copytree(config.site_dir, self.aside_for, dirs_exist_ok=True)
        self.back(config)

    def on_build_error(self, error: Exception) -> None:
        if self.built:
            self.back(self.built)

    def generated(self, done: Compiled, root: Path) -> dict[str, bytes]:
        pyodide = root / self.config.pyodide
        self.python = pyodide.is_dir()
        may_lack = self.command == "serve" or not self.config.require_python
        if not self.python and may_lack:
            log.info(
                f"no {pyodide}: the pages go without the browser's Python, which reckons exact days; "
                f"`npm ci` or `npm install pyodide` beside mkdocs.yml brings it"
            )
        try:
            files, notes = pipeline.site_sources(
                done,
                pyodide=pyodide,
                cache=root / CACHE,
                without=self.left_out,
                python=self.python or not may_lack,
            )
        except FileNotFoundError as error:
            raise PluginError(f"minglu: {error}") from None
        for note in notes:
            log.info(note)
        return files

    def law(self, citation: Citation) -> str:
        """The source of the article, seen from the page that is being converted; MkDocs makes it the address."""
        page = self.place(f"law/{citation.statute}.md")
        return relpath(page, dirname(self.page) or ".") + f"#{article_anchor(citation.article)}"

    @property
    def folder(self) -> str:
        """What the places of generated pages begin with: "" or `help/`."""
        return f"{self.config.folder.strip('/')}/" if self.config.folder.strip("/") else ""

    @property
    def left_out(self) -> set[str]:
        return set(CHOICE) - set(self.config.pages)

    def card(self, page: Page, config: MkDocsConfig) -> str:
        """What a link to the home page or to a tree is shown with; "" for all other pages."""
        path = page.file.src_uri.removeprefix(self.folder)
        is_tree = path.startswith("trees/") and path in self.files
        if not (page.is_homepage or is_tree):
            return ""
        picture = CARDS + (f"{Path(path).stem}.png" if is_tree else HOME_CARD)
        return card_tags(
            title=str(page.title) if is_tree else config.site_name,
            description=str(page.meta.get("description") or config.site_description or ""),
            site_name=config.site_name,
            url=page.canonical_url or "",
            picture=urljoin(config.site_url or "", picture) if picture in self.cards else "",
        )

    def pictures(self, done: Compiled, config: MkDocsConfig) -> dict[str, bytes]:
        """Only where the site says where it stands: a card's picture has a full address."""
        if not config.site_url:
            return {}
        try:
            font = card_font(self.config.card_font, Path(config.config_file_path).parent)
        except FileNotFoundError as error:
            raise PluginError(f"minglu: {error}") from None
        if font is None:
            log.info("no Pillow, or no font with Chinese: links to the site are shown without a picture")
            return {}
        words = {f"{id}.png": (tree.title, tree.summary) for id, tree in done.trees.items()}
        words[HOME_CARD] = (config.site_name, config.site_description or "")
        return {CARDS + name: card_picture(*one, config.site_name, font) for name, one in words.items()}

    def place(self, path: str) -> str:
        """Where a generated file stands on this site."""
        return self.folder + path if path.endswith(".md") else path

    def taken(self, files: dict[str, bytes], config: MkDocsConfig) -> list[Diagnostic]:
        """Files below docs/ that a generated one would replace."""
        written = get_files(config)
        set_exclusions(written, config)
        there = {file.dest_uri: file for file in written if file.inclusion.is_included()}
        made = {path: File.generated(config, self.place(path), content=b"").dest_uri for path in files}
        root = Path(config.config_file_path).parent
        return [
            taken_by(path, os.path.relpath(Path(config.docs_dir, there[dest].src_uri), root), may_move=True)
            for path, dest in made.items()
            if dest in there
        ]

    def facts(self) -> SiteFacts:
        """What the scripts must know."""
        pages = [path for path in self.files if path.startswith(("law/", "trees/"))]  # those that the engine names
        moved: dict[str, str | None] = {as_written(path): self.addresses[as_written(path)].url for path in pages}
        if "law" in self.left_out:
            moved |= {f"law/{slug}.html": None for slug in self.citing.statutes}
        return SiteFacts(
            python=self.python,
            engine=pipeline.engine_version(),
            minutes=offset_minutes(self.config.utc_offset),
            addresses={place: address for place, address in moved.items() if place != address},
            files=self.names,
        )

    def search_on_demand(self, config: MkDocsConfig) -> None:
        """Not where only some pages are built anew, nor where the index becomes a script for pages opened as files."""
        offline = any(name.rpartition("/")[2] == "offline" for name in config.plugins)
        if (
            self.files
            and is_material(config)
            and not self.dirty
            and not offline
            and (need := put_search_on_demand(Path(config.site_dir), FOLDER + self.names[SEARCH], self.cited()))
        ):
            log.warning(self.words(need))

    def cited(self) -> dict[str, dict[str, int]]:
        """How often each article is relied on, by the address that its page has here."""
        return {
            self.addresses[as_written(path)].url: counts
            for path, counts in self.times_cited.items()
            if as_written(path) in self.addresses
        }

    def aside(self, config: MkDocsConfig) -> None:
        """Build beside the site and put it there when all is well, so that a failing build leaves the last good one
        alone, and two at once each other.
        """
        self.built = config
        if not self.dirty:
            self.aside_for = config.site_dir
            config.site_dir = str(Path(config.config_file_path).parent / CACHE / f"site-{os.getpid()}")

    def back(self, config: MkDocsConfig) -> None:
        if self.aside_for:
            shutil.rmtree(config.site_dir, ignore_errors=True)
            config.site_dir, self.aside_for = self.aside_for, ""


def below_body(page: str, notice: str) -> str:
    return re.sub(r"<body\b[^>]*>", lambda begin: begin[0] + notice, page, count=1)


def as_written(path: str) -> str:
    """Where `write`'s own links have the page of a source: `law/kettle-law.md` → `law/kettle-law.html`."""
    return path.removesuffix(".md") + ".html" if path.endswith(".md") else path


def expanded(nav: Any, places: dict[str, str]) -> Any:
    """`- trees/` in the navigation stands for the generated pages of that folder, as `write` names it or the site; an
    entry without pages is left out.
    """
    if isinstance(nav, str) and nav.endswith("/"):
        return [
            place
            for path, place in places.items()
            if path.endswith(".md") and (path.startswith(nav) or place.startswith(nav))
        ]
    if isinstance(nav, list):
        return [item for item in (expanded(item, places) for item in nav) if item]
    if isinstance(nav, dict):
        return {
            title: value for title, value in ((title, expanded(value, places)) for title, value in nav.items()) if value
        }
    return nav


def stop_counting() -> None:
    """MkDocs' warnings end a strict build; a preview that already says what is wrong goes on."""
    log_of_mkdocs = logging.getLogger("mkdocs")
    for one in [one for one in log_of_mkdocs.handlers if isinstance(one, utils.CountHandler)]:
        one.setLevel(logging.CRITICAL + 1)


def warned() -> bool:
    """Whether MkDocs has counted a warning, which in strict mode is an error that it raises only at the very end."""
    counters = [one for one in logging.getLogger("mkdocs").handlers if isinstance(one, utils.CountHandler)]
    return any(one.get_counts() for one in counters)
