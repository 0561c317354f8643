"""The site as MkDocs builds it with the plugin, from kettles."""

import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from pages import read

from minglu import pipeline
from minglu.site_policy import hash_of
from minglu.write import write
from minglu.write.widget import widget

TOY = Path(__file__).parents[1] / "toy" / "trees"
ROOT = Path(__file__).parents[2]
HOME = """# 水壶

<!-- minglu:trees -->

七日内可以退（水壶法第11条）。见[别的](other/page.md)。
"""
SETTINGS = """
site_name: 水壶
use_directory_urls: false
strict: true
theme: { name: material, font: false, language: zh }
plugins: [search, minglu]
nav: [index.md, other/page.md, 树: trees/, 没有: nothing/]
not_in_nav: "*.md\\nlaw/*.md"
markdown_extensions: [attr_list]
validation: { links: { anchors: warn } }
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A project with the kettle's trees. The browser's Python has tests of its own and takes long to pack."""
    monkeypatch.setattr(pipeline, "site_sources", lambda done, **_: (write(done) | widget(), []))
    shutil.copytree(TOY, tmp_path / "trees")
    for path, text in {
        "mkdocs.yml": SETTINGS,
        "docs/index.md": HOME,
        "docs/other/page.md": "# 别的\n\n又见水壶法第12条。\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def made(project: Path, caplog) -> Callable[[], bool]:
    """Builds as `mkdocs build` does, and tells whether that went well; what was logged stands in `caplog`."""

    def make() -> bool:
        caplog.clear()
        try:
            build(config(project))
        except SystemExit:  # how MkDocs stops without a traceback
            return False
        return True

    return make


def config(project: Path, command: str = "build") -> MkDocsConfig:
    """MkDocs keeps the plugin from one load to the next."""
    one = load_config(str(project / "mkdocs.yml"))
    one.plugins.on_startup(command=command, dirty=False)
    return one


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_pages_are_built_and_linked(project: Path, made) -> None:
    assert made()
    home = read_article(project / "site/index.html")
    assert {"trees/kettle.html", "trees/tea.html"} == {one.attributes["href"] for one in home.all("a", cls="choice")}
    (cite,) = home.all("a", cls="cite")
    assert cite.attributes["href"] == "law/kettle-law-2020.html#a11" and cite.attributes["title"].startswith("退壶：")
    (cite,) = read_article(project / "site/other/page.html").all("a", cls="cite")
    assert cite.attributes["href"] == "../law/kettle-law-2020.html#a12"
    assert 'id="a11"' in (project / "site/law/kettle-law-2020.html").read_text()
    assert not (project / "site/fragments").exists()


def read_article(path: Path):
    return read(re.search(r"<article.*</article>", path.read_text(), re.DOTALL)[0])


def test_the_navigation_lists_the_trees_and_leaves_out_what_is_empty(project: Path, made) -> None:
    assert made()
    page = (project / "site/index.html").read_text()
    assert (
        "水壶退货" in page
        and "茶叶问题" in page
        and "没有" not in re.search(r'<nav class="md-nav md-nav--primary".*?</nav>\s*</div>', page, re.DOTALL)[0]
    )


BREAKS = {
    "a tree is wrong": ("trees/kettle/tree.yml", "to: refund }", "to: refnd }", "error[names]"),
    "a tree is no YAML": ("trees/kettle/tree.yml", "tree: kettle", "tree: [kettle", "error["),
    "a page cites what is not held": (
        "docs/other/page.md",
        "第12条",
        "第99条",
        "docs/other/page.md:3:3: error[citations]",
    ),
    "a page asks for a fragment that is not there": (
        "docs/index.md",
        "minglu:trees",
        "minglu:twigs",
        "docs/index.md:3:1: error[placeholders]",
    ),
    "a link of a page could run": (
        "docs/other/page.md",
        "又见",
        "又[见](JavaScript:alert)",
        "docs/other/page.md:3:6: error[links]",
    ),
    "a link leads nowhere, which MkDocs finds only after it has emptied the site": (
        "docs/index.md",
        "other/page.md",
        "other/pge.md",
        "pge.md",
    ),
    "an anchor leads nowhere, which it finds last of all": (
        "docs/index.md",
        "(other/page.md)",
        "(other/page.md#nowhere)",
        "nowhere",
    ),
    "a setting of the theme is wrong": ("mkdocs.yml", "language: zh", "language: xx", ""),
}


@pytest.mark.parametrize(("path", "old", "new", "says"), BREAKS.values(), ids=BREAKS)
def test_a_failing_build_leaves_the_last_good_site_alone(
    project: Path, made, caplog, path: str, old: str, new: str, says: str
) -> None:
    assert made()
    before = contents(project / "site")
    edit(project / path, old, new)
    if path == "mkdocs.yml":
        # The theme raises what it does not know.
        with pytest.raises(Exception, match="xx"):
            made()
    else:
        assert not made()
        assert says in caplog.text and "Traceback" not in caplog.text
    assert contents(project / "site") == before
    assert not list(project.glob(".cache/site*"))
    edit(project / path, new, old)
    assert made()
    assert contents(project / "site") == before


def test_a_diagnostic_shows_the_line(project: Path, made, caplog) -> None:
    edit(project / "docs/other/page.md", "第12条", "第99条")
    assert not made()
    assert "又见水壶法第99条。" in caplog.text and "^^^^" in caplog.text


def test_hidden_files_in_the_site_stay(project: Path, made) -> None:
    """As MkDocs keeps them: a site may be a working copy of its own."""
    (project / "site/.git").mkdir(parents=True)
    (project / "site/.git/HEAD").write_text("x")
    (project / "site/old.html").write_text("x")
    assert made()
    assert (project / "site/.git/HEAD").exists() and not (project / "site/old.html").exists()


def test_the_folder_of_the_site_is_told_to_whoever_comes_after(project: Path) -> None:
    one = config(project)
    build(one)
    assert Path(one.site_dir) == project / "site"


def test_a_preview_goes_on_with_what_was_right_last(project: Path, caplog) -> None:
    build(config(project, "serve"), serve_url="http://127.0.0.1:8000/")
    before = (project / "site/trees/kettle.html").read_text()
    edit(project / "trees/kettle/tree.yml", "to: refund }", "to: refnd }")
    caplog.set_level(logging.INFO)
    build(config(project, "serve"), serve_url="http://127.0.0.1:8000/")
    assert "error[names]" in caplog.text and "Traceback" not in caplog.text
    page = (project / "site/trees/kettle.html").read_text()
    assert re.sub("<section id='minglu-findings'.*?</section>", "", page, flags=re.DOTALL) == before != page


def test_the_trees_are_watched(project: Path) -> None:
    one = config(project)
    build(one)
    assert str(project / "trees") in one.watch


def test_same_sources_same_site(project: Path, made) -> None:
    assert made()
    first = contents(project / "site")
    assert made()
    assert contents(project / "site") == first


def test_where_the_browsers_python_is_required_a_build_without_it_fails_and_a_preview_does_not(
    project: Path, monkeypatch, caplog
) -> None:
    monkeypatch.undo()
    edit(project / "mkdocs.yml", "[search, minglu]", "[search, {minglu: {require_python: true}}]")
    one = config(project)
    with pytest.raises(SystemExit):
        build(one)
    assert "npm ci" in caplog.text
    caplog.set_level(logging.INFO)
    build(config(project, "serve"), serve_url="http://127.0.0.1:8000/")
    assert (project / "site/trees/kettle.html").exists()


FETCHED = re.compile(
    r"""<(?:script|img|iframe|audio|video|source|embed)\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)|<link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|prefetch|preconnect|modulepreload))[^>]*?\bhref\s*=\s*["']?([^"'\s>]+)|url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)"""
)


def test_nothing_is_fetched_from_another_origin(project: Path, made) -> None:
    assert made()
    for path, data in contents(project / "site").items():
        if path.endswith((".html", ".css")):
            for match in FETCHED.finditer(data.decode()):
                address = next(filter(None, match.groups()))
                assert not re.match(r"(?:[a-z]+:)?//", address), f"{path}: {address}"


def test_what_the_themes_script_could_fetch_elsewhere_is_known(project: Path, made) -> None:
    """mermaid only where a page has a diagram, GitHub only with a repo_url.

    The stand-in for ResizeObserver never (old-browsers.js).
    """
    assert made()
    (bundle,) = (project / "site/assets/javascripts").glob("bundle.*.min.js")
    found = set(re.findall(r"https://(?:unpkg\.com|api\.github\.com|[a-z.]*cdn[a-z.]*)/[\w/-]*", bundle.read_text()))
    assert found == {
        "https://unpkg.com/mermaid",
        "https://unpkg.com/resize-observer-polyfill",
        "https://api.github.com/repos/",
        "https://api.github.com/users/",
    }
    assert "repo_url" not in (ROOT / "mkdocs.yml").read_text() and "mermaid" not in (ROOT / "mkdocs.yml").read_text()
    page = (project / "site/index.html").read_text()
    assert 0 < page.index("assets/minglu/old-browsers.") < page.index("assets/javascripts/bundle")


def test_a_material_that_names_its_search_otherwise_stops_a_strict_build(project: Path, made, caplog) -> None:
    """With a sentence; elsewhere the search then stays as Material has it."""
    (project / "over").mkdir()
    block = '{% extends "base.html" %}{% block config %}<script id="__config">{"base": "."}</script>{% endblock %}'
    (project / "over/main.html").write_text(block)
    edit(project / "mkdocs.yml", "name: material,", "name: material, custom_dir: over,")
    assert not made()
    assert "`__config` (case.html)" in caplog.text and "照 Material 自己的样子" in caplog.text
    edit(project / "mkdocs.yml", "strict: true", "strict: false")
    assert made()
    assert "docs" in (project / "site/search/search_index.json").read_text()


def test_the_search_of_another_theme_is_left_alone(project: Path, made) -> None:
    edit(project / "mkdocs.yml", "theme: { name: material, font: false, language: zh }", "theme: mkdocs")
    edit(project / "mkdocs.yml", "strict: true", "strict: false")
    assert made()
    assert "docs" in (project / "site/search/search_index.json").read_text()
    assert "assets/minglu/search." not in (project / "site/index.html").read_text()


def test_a_preview_has_the_search_on_demand_too(project: Path) -> None:
    one = config(project, command="serve")
    build(one)
    assert len(list((project / "site/search").glob("index.*.json"))) == 1


def test_the_words_of_the_search_are_cached_in_the_project(project: Path, made, monkeypatch) -> None:
    """jieba unmarshals its cache, by itself from the folder that all users of a machine share."""
    jieba = pytest.importorskip("jieba")
    (project / "trees/search-words.txt").write_text("快烧水壶 5 n\n")
    edit(project / "mkdocs.yml", "plugins: [search,", "plugins: [{search: {jieba_dict_user: trees/search-words.txt}},")
    monkeypatch.setattr(jieba.dt, "tmp_dir", None)
    monkeypatch.setattr(jieba.dt, "initialized", False)
    shared = project / "shared"
    shared.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(shared))
    monkeypatch.chdir(project)
    assert made()
    assert (project / ".cache/jieba.cache").is_file()
    assert not (shared / "jieba.cache").exists()


def with_option(project: Path, option: str) -> None:
    edit(project / "mkdocs.yml", "[search, minglu]", f"[search, {{minglu: {{{option}}}}}]")


def test_with_a_policy_every_page_has_it_and_columns_are_aligned_without_a_style(project: Path, made) -> None:
    edit(project / "docs/other/page.md", "又见", "| a | b |\n| - | -: |\n| c | d |\n\n又见")
    assert made()
    assert not [path for path, data in contents(project / "site").items() if b"Content-Security-Policy" in data]
    assert '<td style="text-align: right;">d</td>' in (project / "site/other/page.html").read_text()
    with_option(project, "policy: true")
    assert made()
    pages = {path: data.decode() for path, data in contents(project / "site").items() if path.endswith(".html")}
    policies = {re.search('<meta http-equiv="Content-Security-Policy"[^>]*>', page)[0] for page in pages.values()}
    assert len(policies) == 1 and "404.html" in pages
    assert '<td align="right">d</td>' in pages["other/page.html"] and "style=" not in pages["other/page.html"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('<p onclick="a()">x</p>', '<p onclick="a()">'),
        ("x\n{ style='color: red' }", '<p style="color: red">'),
        ("<script>a()</script>", "<script>a()"),
    ],
)
def test_what_a_policy_would_stop_fails_a_strict_build(project: Path, made, caplog, written: str, told: str) -> None:
    edit(project / "docs/other/page.md", "又见", f"{written}\n\n又见")
    assert made()
    before = contents(project / "site")
    with_option(project, "policy: true")
    assert not made()
    assert f"other/page.html：`policy: true` 时浏览器不执行、不加载 `{told}`" in caplog.text
    assert contents(project / "site") == before
    edit(project / "mkdocs.yml", "strict: true", "strict: false")
    assert made() and told in caplog.text
    script = re.search(r"script-src[^;]*", (project / "site/other/page.html").read_text())[0]
    assert "sha256-" in script and hash_of("a()") not in script


def test_a_preview_has_no_policy(project: Path) -> None:
    """MkDocs' server writes an inline script with another number into every answer."""
    with_option(project, "policy: true")
    build(config(project, "serve"), serve_url="http://127.0.0.1:8000/")
    assert "Content-Security-Policy" not in (project / "site/index.html").read_text()


def not_found(project: Path) -> str:
    return (project / "site/404.html").read_text()


def test_the_page_for_what_is_not_there_is_ours_unless_the_site_has_an_address_and_a_look_of_its_own(
    project: Path, made
) -> None:
    assert made()
    links = read(re.search("<main>.*</main>", not_found(project), re.DOTALL)[0]).all("a")
    assert [one.attributes["href"] for one in links] == ["/index.html", "/trees/kettle.html", "/trees/tea.html"]
    edit(project / "mkdocs.yml", "strict: true", "strict: true\nsite_url: https://kettle.example/help/")
    assert made()
    assert "md-main" in not_found(project)
    edit(project / "mkdocs.yml", "theme: { name: material,", "theme: { name: material, palette: { primary: custom },")
    with_option(project, "look: true")
    assert made()
    assert "md-main" not in not_found(project)
    links = read(re.search("<main>.*</main>", not_found(project), re.DOTALL)[0]).all("a")
    assert [one.attributes["href"] for one in links] == [
        "/help/index.html",
        "/help/trees/kettle.html",
        "/help/trees/tea.html",
    ]


def test_its_links_lead_to_where_the_pages_were_moved(project: Path, made) -> None:
    edit(project / "mkdocs.yml", "use_directory_urls: false", "use_directory_urls: true")
    with_option(project, "folder: kettles")
    assert made()
    body = not_found(project)
    links = read(re.search("<main>.*</main>", body, re.DOTALL)[0]).all("a")
    assert [one.attributes["href"] for one in links] == ["/", "/kettles/trees/kettle/", "/kettles/trees/tea/"]
    folders = re.search('data-folders="([^"]*)"', body)[1].split()
    assert {"kettles", "other", "assets"} <= {*folders} and "." not in folders


# ---- what a link to the site is shown with


def test_a_link_to_a_tree_or_home_is_shown_with_its_title_and_without_a_picture(project: Path, made) -> None:
    assert made()
    tree, home = (
        (project / "site/trees/kettle.html").read_text("utf-8"),
        (project / "site/index.html").read_text("utf-8"),
    )
    assert '<meta property="og:title" content="水壶退货">' in tree
    assert '<meta property="og:description" content="收到的水壶不想要了，或者坏了">' in tree
    assert '<meta property="og:title" content="水壶">' in home
    assert "og:image" not in tree + home and not (project / "site/assets/minglu/cards").exists()
    assert "og:title" not in (project / "site/other/page.html").read_text("utf-8")


def test_where_the_site_says_where_it_stands_the_picture_is_made(project: Path, made, monkeypatch) -> None:
    monkeypatch.setattr("minglu.plugin.card_font", lambda *_: project / "font.ttf")
    monkeypatch.setattr("minglu.plugin.card_picture", lambda title, line, site, font: f"{title}，{line}".encode())
    (project / "mkdocs.yml").write_text(SETTINGS + "site_url: https://kettles.test/help/\n")
    assert made()
    tree = (project / "site/trees/kettle.html").read_text("utf-8")
    assert 'property="og:url" content="https://kettles.test/help/trees/kettle.html"' in tree
    assert 'property="og:image" content="https://kettles.test/help/assets/minglu/cards/kettle.png"' in tree
    assert "cards/home.png" in (project / "site/index.html").read_text("utf-8")
    picture = project / "site/assets/minglu/cards/kettle.png"
    assert picture.read_text("utf-8") == "水壶退货，收到的水壶不想要了，或者坏了"


def test_without_a_font_a_link_is_shown_without_a_picture_and_the_builder_is_told(
    project: Path, made, monkeypatch, caplog
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr("minglu.plugin.card_font", lambda *_: None)
    (project / "mkdocs.yml").write_text(SETTINGS + "site_url: https://kettles.test/\n")
    assert made()
    assert "og:image" not in (project / "site/trees/kettle.html").read_text("utf-8")
    assert "shown without a picture" in caplog.text
