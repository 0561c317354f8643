"""What the generated pages need of mkdocs.yml: added where that changes nothing else, else reported in one line."""

from collections.abc import Iterator, Mapping

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig

from minglu.diagnostics import Words
from minglu.write.widget import FIRST, FOLDER, SCRIPT, style_paths

EXTENSIONS = ("attr_list", "toc", "tables")
"""Headings with anchors of their own, which are listed; and the tables of the editors' guide."""


PALETTE = "palette: { primary: custom, accent: custom }"


def add_extensions(config: MkDocsConfig) -> list[str]:
    """The extensions of Markdown that the pages need and that were not there."""
    full = {name.removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    missing = [name for name in EXTENSIONS if name not in full]
    config.markdown_extensions += missing
    return missing


def add_widget(config: MkDocsConfig, names: Mapping[str, str], *, look: bool) -> None:
    """Every page loads the widget, whose files go out by `names`, before what the site lists itself."""
    aside = config_options.ExtraScript().run_validation({"path": FOLDER + names[SCRIPT], "async": True})
    first = [*(FOLDER + names.get(name, name) for name in FIRST), aside]
    config.extra_css[:0] = style_paths(names, look=look)
    if is_material(config):
        config.extra["polyfills"] = [*first, *config.extra.get("polyfills", [])]
    else:
        config.extra_javascript[:0] = first


def rename_script(config: MkDocsConfig, old: str, new: str) -> None:
    """For a script that can be made only when all pages are known."""
    config.extra["polyfills"] = [new if path == old else path for path in config.extra.get("polyfills", [])]
    config.extra_javascript[:] = [new if path == old else path for path in config.extra_javascript]


def unmet_needs(config: MkDocsConfig, *, look: bool) -> Iterator[Words]:
    """What would leave pages broken or bare."""
    if not is_material(config):
        yield Words(
            f"网页是照 Material 主题排的，不是 `{config.theme.name}`：在 mkdocs.yml 里写 `theme: {{ name: material }}`",
            f"the pages are laid out for Material, not for the theme `{config.theme.name}`: "
            "write `theme: { name: material }` in mkdocs.yml",
        )
    elif look and not config.theme.get("palette"):
        yield Words(
            f"`look: true` 的颜色要有调色板才看得见：在 mkdocs.yml 的 `theme:` 下加 `{PALETTE}`",
            f"the colours of `look: true` show only with a palette: add `{PALETTE}` under `theme:` in mkdocs.yml",
        )


def is_material(config: MkDocsConfig) -> bool:
    """Also a theme that is built upon Material."""
    return any(folder.replace("\\", "/").endswith("material/templates") for folder in config.theme.dirs)
