"""What is wrong with a site's own sources is found by `check` at its place, and ends the build with the same words."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from minglu import pipeline
from minglu.cli import main
from minglu.diagnostics import Diagnostic
from minglu.parse.site_options import UNREADABLE, site_settings
from minglu.site_settings import docs_beside, docs_settings
from minglu.write import write
from minglu.write.docs_settings import Docs, DocsSettings
from minglu.write.site_links import built_address, relative
from minglu.write.widget import widget

ROOT = Path(__file__).parents[2]
ABOUT, TREE = "docs/about.md", "trees/injury/tree.yml"
OUTCOME = "trees/return-refusal/tree.yml"

PLANTED = {
    "an article that is not held": (ABOUT, "# 关于明路", "# 关于明路\n\n见消法第999条。", (3, 2), "citations"),
    "an article that has ended": (ABOUT, "# 关于明路", "# 关于明路\n\n见旧仲裁法第59条。", (3, 2), "cited"),
    "a dead page": (ABOUT, "(disclaimer.md)", "(disclamer.md)", None, "links"),
    "a dead page that would be generated": (ABOUT, "(trees/start.md)", "(trees/strat.md)", None, "links"),
    "a dead anchor of a hand-written page": (ABOUT, "(disclaimer.md)", "(disclaimer.md#nowhere)", None, "links"),
    "a dead anchor of a generated page": (
        ABOUT,
        "# 关于明路",
        "# 关于明路\n\n[一](channels.md#nowhere)",
        (3, 5),
        "links",
    ),
    "a dead link in HTML": (ABOUT, "# 关于明路", '# 关于明路\n\n<a href="law/nowhere.html">一</a>', (3, 10), "links"),
    "a placeholder": (ABOUT, "# 关于明路", "# 关于明路\n\n<!-- minglu:twigs -->", (3, 1), "placeholders"),
    "a placeholder of another shape": (
        ABOUT,
        "# 关于明路",
        "# 关于明路\n\n<!-- minglu:As_Of -->",
        (3, 1),
        "placeholders",
    ),
    "a control character": (ABOUT, "# 关于明路", "# 关于明路\n\n甲\u202e乙", (3, 2), "characters"),
    "a file that is no text": (ABOUT, "# 关于明路", "\udcff", (1, 1), "encoding"),
    "a dead link of a tree": (TREE, "\nlead: ", "\nlead: '[看](../nowhere.html)' # ", None, "links"),
    "a dead anchor of a tree": (
        TREE,
        "\nlead: ",
        "\nlead: '[看](../channels.html#nowhere)' # ",
        None,
        "links",
    ),
    "an untouched phrase": (TREE, "\nlead: ", "\nlead: （一句话：读者碰到了什么事） # ", None, "template"),
    "a brace": (TREE, "\nlead: ", "\nlead: 甲{乙 # ", None, "braces"),
    "a bracket of a letter": ("trees/injury/letters/settled.md", "【", "【【", None, "letters"),
    "an outcome without the ladder": (OUTCOME, ", tree/escalation]", "]", None, "ladder"),
    "an outcome without a row": ("docs/contribute/scenarios.md", "`return-refusal/box`", "", None, "scenarios"),
    "a row of no outcome": (
        "docs/contribute/scenarios.md",
        "`return-refusal/box`",
        "`return-refusal/bx` `return-refusal/box`",
        None,
        "scenarios",
    ),
}


def sources() -> dict[str, bytes]:
    docs = {path: data for path, data in docs_beside(ROOT / "trees").files.items() if path.endswith(".md")}
    return docs | pipeline.read_files(ROOT / "trees")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site's sources, and what there is to be checked in it once."""
    root = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "trees", root / "trees")
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


def found_with(path: str, old: str, new: str) -> tuple[list[Diagnostic], str]:
    before = sources()
    text = before[path].decode()
    assert old in text, f"{path} has no `{old}` any more"
    changed = text.replace(old, new, 1)
    now = before | {path: changed.encode("utf-8", "surrogateescape")}
    settings = docs_beside(ROOT / "trees").settings
    others = dict.fromkeys(docs_beside(ROOT / "trees").files, b"")
    docs = Docs(
        files=others | {path: data for path, data in now.items() if path.startswith("docs/")}, settings=settings
    )
    trees = {path: data for path, data in now.items() if path.startswith("trees/")}
    return pipeline.check(trees, MEMO, docs=docs)[1], changed


MEMO = pipeline.Memo()


@pytest.mark.parametrize(("path", "old", "new", "place", "rule"), PLANTED.values(), ids=PLANTED)
def test_a_fault_is_found_at_its_place(path: str, old: str, new: str, place: tuple[int, int] | None, rule: str) -> None:
    found, changed = found_with(path, old, new)
    assert [one.rule for one in found] == [rule], [(one.rule, one.at, one.says.zh) for one in found]
    (one,) = found
    assert one.help and one.says.zh and one.says.en
    if place:
        assert (one.at.file, one.at.line, one.at.column) == (path, *place)
    elif one.at.file == path and rule != "ladder":
        line = changed.split("\n")[one.at.line - 1]
        difference = {*changed.split("\n")} - {*sources()[path].decode().split("\n")}
        assert line in difference


@pytest.fixture
def planted(site: Path):
    """Plants faults in the copy and takes them out again."""
    before: dict[str, bytes] = {}

    def plant(path: str, old: str, new: str) -> None:
        before.setdefault(path, (site / path).read_bytes())
        (site / path).write_text((site / path).read_text().replace(old, new, 1))

    yield plant
    for path, data in before.items():
        (site / path).write_bytes(data)


def run_check(site: Path, *more: str):
    return CliRunner().invoke(main, ["check", "--trees", str(site / "trees"), *more])


def test_check_and_build_report_the_same_in_the_same_words(site: Path, planted, monkeypatch, caplog) -> None:
    monkeypatch.setattr(pipeline, "site_sources", lambda done, **_: (write(done) | widget(), []))
    (site / "node_modules/pyodide").mkdir(parents=True, exist_ok=True)
    silent = run_check(site)
    assert (silent.exit_code, silent.output) == (0, "")
    for name in ("an article that is not held", "a dead page that would be generated"):
        planted(*PLANTED[name][:3])
    for name in ("an untouched phrase", "an outcome without the ladder", "a row of no outcome"):
        planted(*PLANTED[name][:3])
    told = run_check(site)
    assert told.exit_code == 1 and told.stdout == ""
    assert {*re.findall(r"error\[(\w+)\]", told.stderr)} == {"citations", "links", "template", "ladder", "scenarios"}
    as_json = json.loads(run_check(site, "--format", "json").stdout)
    github = run_check(site, "--format", "github").stdout
    assert [one["rule"] for one in as_json] == re.findall(r"error\[(\w+)\]", told.stderr)
    assert all(f"file={one['file']},line={one['line']},col={one['column']}" in github for one in as_json)
    english = json.loads(run_check(site, "--format", "json", "--lang", "en").stdout)
    assert len(english) == len(as_json) and not any(re.search("没有|换成", one["says"]) for one in english)
    config = load_config(str(site / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.raises(SystemExit):
        build(config)
    report = told.stderr.rstrip().rpartition("\n")[0]
    assert report in caplog.text
    assert not (site / "site").exists()


# ---- the settings


def test_the_command_line_reads_the_settings_as_mkdocs_does() -> None:
    """But for functions that tags name: those are made only where their meaning is known."""
    ours = docs_beside(ROOT / "trees").settings
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    theirs = config.plugins["minglu"].docs(config).settings
    assert (ours.folder, ours.without, ours.moved_to, ours.directory_urls, ours.links, ours.anchors) == (
        theirs.folder,
        theirs.without,
        theirs.moved_to,
        theirs.directory_urls,
        theirs.links,
        theirs.anchors,
    )
    assert {*map(str, theirs.extensions)} <= {*map(str, ours.extensions)}
    assert ours.configs["toc"]["slugify"]("关于 Ａ", "-") == theirs.configs["toc"]["slugify"]("关于 Ａ", "-")


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ("", {"folder": "docs", "links": True, "anchors": False, "directory_urls": True}),
        ("docs_dir: pages/\nuse_directory_urls: false", {"folder": "pages", "directory_urls": False}),
        ("plugins: [search, gen-files, minglu]", {"links": False, "anchors": False}),
        ("plugins: {material/search: {}, minglu: {folder: /help/}}", {"links": True, "moved_to": "help/"}),
        (
            "plugins: [{minglu: {pages: [maps, law]}}]",
            {
                "without": frozenset(
                    {"case", "examples", "channels", "evidence", "mistakes", "papers", "checks", "keys"}
                )
            },
        ),
        ("validation: {anchors: warn}", {"anchors": True}),
        ("validation: {links: {not_found: ignore, anchors: info}}", {"links": False, "anchors": False}),
        (
            "validation: {anchors: warn}\nmarkdown_extensions: [no.such, {toc: {slugify: !!python/name:os.system}}]",
            {"anchors": False, "links": True},
        ),
        (
            "validation: [1]\nplugins: 5\nmarkdown_extensions: {a: 1}\ndocs_dir: [x]\nuse_directory_urls: x",
            {"folder": "docs"},
        ),
    ],
)
def test_settings_are_read_without_mkdocs(settings: str, wanted: dict) -> None:
    read = docs_settings(site_settings(settings.encode()))
    assert {name: getattr(read, name) for name in wanted} == wanted


def test_nothing_that_a_tag_names_is_made_or_run(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = f"docs_dir: !!python/object/apply:os.system ['touch {mark}']\nx: !ENV [A, b]\ny: !!python/name:os.system"
    read = site_settings(text.encode())
    assert {*read.values()} == {UNREADABLE} and not mark.exists()
    assert site_settings(b"{") == {} == site_settings(b"[1]")


def test_a_project_without_the_page_of_situations_has_no_such_rules(toy_files) -> None:
    order = toy_files | {"trees/order.yml": b"onward: [kettle]\n"}
    tea = order["trees/tea/tree.yml"].replace(b"channels: [shop, tree/kettle]", b"channels: [shop]")
    files = order | {"trees/tea/tree.yml": tea}
    assert pipeline.check(files, docs=Docs(files={"docs/index.md": b"# x\n"}))[1] == []
    rows = "| 情形 | 要点 | 结论 |\n| --- | --- | --- |\n| A | b | `tea/bear-it` |\n| B | c | 没有 |\n"
    page = f"## 各种情形走到哪里\n\n{rows}"
    found = pipeline.check(files, docs=Docs(files={"docs/contribute/scenarios.md": page.encode()}))[1]
    assert ("scenarios", "docs/contribute/scenarios.md", 6, 10) in [
        (one.rule, one.at.file, one.at.line, one.at.column) for one in found
    ]
    assert {one.at.file for one in found if one.rule == "ladder"} == {"trees/tea/tree.yml"}


@pytest.mark.parametrize(
    ("source", "directory_urls", "address"),
    [
        ("a.md", False, "a.html"),
        ("a.md", True, "a/index.html"),
        ("a/index.md", True, "a/index.html"),
        ("a/README.md", False, "a/index.html"),
        ("index.md", True, "index.html"),
    ],
)
def test_where_a_page_is_built(source: str, directory_urls: bool, address: str) -> None:
    assert built_address(source, directory_urls) == address


def test_a_name_is_written_as_seen_from_a_folder() -> None:
    assert [relative("law/x.md", one) for one in ("", "law", "trees", "trees/deep")] == [
        "law/x.md",
        "x.md",
        "../law/x.md",
        "../../law/x.md",
    ]


@pytest.mark.parametrize("directory_urls", [False, True])
def test_links_that_lead_somewhere_are_silent(toy_files, directory_urls: bool) -> None:
    there = "other/" if directory_urls else "other.html"
    page = (
        "# 一 {#one}\n\n[a](deep/page.md) [b](other.md#two) [c](#one) [d](law/kettle-law-2020.md#a11) [e](pic.png)\n"
        f'[f](trees/kettle.md#a=1&v=x) <a href="{there}">g</a> [h](https://tea.cn/x) [i](/root) [j](assets/x.css)\n'
    )
    docs = {
        "docs/index.md": page,
        "docs/other.md": "## 二 {#two}\n",
        "docs/deep/page.md": "[up](../index.md#one) ![x](../pic.png) [law](../law/index.md)",
        "docs/pic.png": "",
    }
    settings = DocsSettings(directory_urls=directory_urls)
    files = {path: text.encode() for path, text in docs.items()}
    assert pipeline.check(toy_files, docs=Docs(files=files, settings=settings))[1] == []
    moved = DocsSettings(directory_urls=directory_urls, moved_to="help/")
    found = pipeline.check(toy_files, docs=Docs(files=files, settings=moved))[1]
    assert [(one.at.file, one.rule) for one in found] == [
        ("docs/deep/page.md", "links"),
        ("docs/index.md", "links"),
        ("docs/index.md", "links"),
    ]
    assert found[-1].help.zh == "写 `help/trees/kettle.md`"
