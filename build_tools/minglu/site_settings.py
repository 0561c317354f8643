"""What the trees' meaning depends on beside themselves: whose holidays count, and when a day begins. And where the
hand-written pages stand, and how they are converted.

Written in mkdocs.yml, as its own settings or as options of the plugin; the command line reads them there, without
MkDocs.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from posixpath import normpath
from typing import Any

from markdown import Markdown

from minglu.compile.calendar import CALENDARS, CHINA
from minglu.parse.site_options import UNREADABLE, plugin_options, site_settings
from minglu.write.docs_settings import Docs, DocsSettings
from minglu.write.page_kinds import CHOICE, FOR_READERS

CHINA_OFFSET = "+08:00"
SETTINGS_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")


@dataclass(frozen=True)
class SiteSettings:
    """`calendar` is one of CALENDARS; `utc_offset`, such as `+08:00`, says when a day begins."""

    calendar: str = CHINA
    utc_offset: str = CHINA_OFFSET

    def today(self) -> date:
        return datetime.now(timezone(timedelta(minutes=offset_minutes(self.utc_offset)))).date()


def settings_beside(trees: Path) -> SiteSettings:
    """From the settings of the site that stand beside the folder `trees`.

    What is not there, or not a value that the plugin takes, is as for China: MkDocs reports what is wrong there.
    """
    files = (trees.absolute().parent / name for name in SETTINGS_FILES)
    options = next((plugin_options(path.read_bytes()) for path in files if path.is_file()), {})
    calendar, offset = options.get("calendar", CHINA), options.get("utc_offset", CHINA_OFFSET)
    return SiteSettings(
        calendar if calendar in CALENDARS else CHINA,
        offset if OFFSET_SHAPE.fullmatch(offset) else CHINA_OFFSET,
    )


OFFSET_SHAPE = re.compile(r"([+-])(0\d|1[0-4]):([0-5]\d)")


def offset_minutes(offset: str) -> int:
    """`+08:00` → 480. Raises ValueError for anything of another shape."""
    if not (match := OFFSET_SHAPE.fullmatch(offset)):
        raise ValueError(f"`{offset}` is no offset from UTC such as `+08:00` or `-05:00`")
    sign, hours, minutes = match.groups()
    return int(f"{sign}1") * (60 * int(hours) + int(minutes))


MAKE_NO_PAGES = {"search", "meta", "minglu", "offline", "privacy", "info", "minify", "glightbox", "tags"}
"""Plugins that bring no pages along, so that all pages of the site are known without them."""

ALWAYS_THERE = ("toc", "tables", "fenced_code", "attr_list")
"""Extensions of Markdown that MkDocs has, and that the plugin adds."""


def docs_beside(trees: Path) -> Docs:
    """The hand-written pages beside the folder `trees`, in the folder that the settings of the site name; none where
    there is no such folder.

    Read without MkDocs, which would run what the settings name. What cannot be read so (an extension that is not
    installed, a function that a tag names) is left out, and with it what depends on it.
    """
    root = trees.absolute().parent
    path = next((root / name for name in SETTINGS_FILES if (root / name).is_file()), None)
    settings = docs_settings(site_settings(path.read_bytes()) if path else {})
    folder = root / settings.folder
    return Docs(files=read_docs(folder, root) if folder.is_dir() else {}, settings=settings)


def read_docs(folder: Path, root: Path) -> dict[str, bytes]:
    """Every file below `folder` by its path from `root`; of those that are no Markdown only the path."""
    return {
        Path(os.path.relpath(path, root)).as_posix(): path.read_bytes() if path.suffix == ".md" else b""
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def docs_settings(site: Mapping[str, Any]) -> DocsSettings:
    """From the settings of the site as plain values; of what is no setting the usual value is taken."""
    options = next((one for name, one in entries(site.get("plugins")) if name == "minglu"), {})
    extensions, whole = usable_extensions(entries(site.get("markdown_extensions")))
    plugins = {name.rpartition("/")[2] for name, _ in entries(site.get("plugins"))}
    pages = options["pages"] if isinstance(options.get("pages"), list) else list(FOR_READERS)
    moved = str(options.get("folder") or "").strip("/")
    validation = mapping(site.get("validation"))
    links = validation | mapping(validation.get("links"))
    known = plugins <= MAKE_NO_PAGES
    return DocsSettings(
        folder=folder_name(site.get("docs_dir")),
        extensions=tuple(extensions),
        configs=extensions,
        without=frozenset(CHOICE) - frozenset(map(str, pages)),
        moved_to=f"{moved}/" if moved else "",
        directory_urls=site.get("use_directory_urls") is not False,
        links=known and links.get("not_found", "warn") == "warn",
        anchors=known and whole and links.get("anchors") == "warn",
    )


def mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def folder_name(docs_dir: object) -> str:
    return normpath(docs_dir) if isinstance(docs_dir, str) and docs_dir.strip() else DocsSettings.folder


def entries(listed: object) -> list[tuple[str, dict[str, Any]]]:
    """`[search, {minglu: {…}}]` or `{search: {}, minglu: {…}}`: names, each with its options."""
    found: list[tuple[str, Any]] = []
    for one in listed if isinstance(listed, list) else [listed]:
        found += [(one, {})] if isinstance(one, str) else one.items() if isinstance(one, dict) else []
    return [(name, mapping(options)) for name, options in found]


def usable_extensions(listed: list[tuple[str, dict[str, Any]]]) -> tuple[dict[str, dict[str, Any]], bool]:
    """The extensions of Markdown that are there, each with the options that could be read; and whether headings get
    the anchors that they have on the site.
    """
    wanted = {**{name: dict[str, Any]() for name in ALWAYS_THERE}, **dict(listed)}
    usable, whole = dict[str, dict[str, Any]](), True
    for name, options in wanted.items():
        read = {key: value for key, value in options.items() if value is not UNREADABLE}
        whole &= len(read) == len(options) or not name.endswith("toc")
        try:
            Markdown(extensions=[name], extension_configs={name: read})
        except Exception:  # whatever an extension raises: MkDocs reports it
            whole = False
        else:
            usable[name] = read
    return usable, whole
