"""What the build does for the search that fetches its index when it is opened, and what it leaves alone."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from minglu.search_on_demand import put_search_on_demand

INDEX = {"config": {"lang": ["zh"]}, "docs": [{"location": "a.html", "title": "水壶", "text": "漏水"}]}
OWN = "<p>水壶</p>".encode("gbk")
SCRIPT = "assets/minglu/search.0a1b2c3d.js"
CITED = {"law/kettle-law.html": {"24": 3}}
WORKER = "assets/javascripts/workers/search.0a1b2c3d.min.js"


def page(base: str, *, worker: str | None = WORKER) -> str:
    """As Material writes it: settings, then its scripts."""
    settings = {"base": base, "search": f"{base}/{worker}" if worker else None}
    return (
        f'<html><body>\r\n<script id="__config" type="application/json">{json.dumps(settings)}</script>'
        '<script src="assets/javascripts/bundle.js"></script></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "index.html": page("."),
        "trees/kettle.html": page(".."),
        "404.html": page("/"),
        "own.html": OWN,
        SCRIPT: "",
        WORKER: "",
        "search/search_index.json": json.dumps(INDEX, ensure_ascii=False),
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_index_carries_its_hash_and_a_stub_stays(site: Path) -> None:
    assert put_search_on_demand(site, SCRIPT, CITED) is None
    (index,) = (site / "search").glob("index.*.json")
    data = index.read_bytes()
    assert json.loads(data) == INDEX | {"cited": CITED} and "水壶" in data.decode()
    assert index.name == f"index.{sha256(data).hexdigest()[:8]}.json"
    assert json.loads((site / "search/search_index.json").read_text("utf-8")) == {"config": INDEX["config"]}


@pytest.mark.parametrize(("path", "root"), [("index.html", "./"), ("trees/kettle.html", "../"), ("404.html", "/")])
def test_each_page_loads_the_script_between_the_settings_and_what_reads_them(site: Path, path: str, root: str) -> None:
    before = (site / path).read_bytes()
    put_search_on_demand(site, SCRIPT, CITED)
    after = (site / path).read_bytes()
    pattern = rf'</script>(<script src="{root}{re.escape(SCRIPT)}" data-index="{root}search/index\.\w{{8}}\.json">'
    (added,) = re.findall(pattern + r"</script>)<script src=", after.decode())
    assert after.replace(added.encode(), b"") == before


def test_what_is_no_page_of_material_s_stays(site: Path) -> None:
    put_search_on_demand(site, SCRIPT, CITED)
    assert (site / "own.html").read_bytes() == OWN


BREAKS: dict[str, Callable[[Path], object]] = {
    "no settings": lambda site: [one.unlink() for one in site.rglob("*.html")],
    "no worker in the settings": lambda site: (site / "404.html").write_text(page("/", worker=None)),
    "settings that are no JSON": lambda site: (site / "404.html").write_text('<script id="__config">{</script>'),
    "settings that are a list": lambda site: (site / "404.html").write_text('<script id="__config">[]</script>'),
    "a script that is not there": lambda site: (site / SCRIPT).unlink(),
    "a worker that is not there": lambda site: (site / WORKER).unlink(),
    "another kind of index": lambda site: (site / "search/search_index.json").write_text('{"items": []}'),
    "an index that is a list": lambda site: (site / "search/search_index.json").write_text("[]"),
}


@pytest.mark.parametrize("break_it", BREAKS.values(), ids=BREAKS)
def test_another_material_is_told_and_nothing_is_changed(site: Path, break_it: Callable[[Path], object]) -> None:
    break_it(site)
    before = contents(site)
    told = put_search_on_demand(site, SCRIPT, CITED)
    assert told and "stays as Material has it" in told.en and "搜索" in told.zh
    assert contents(site) == before


def test_without_a_search_there_is_nothing_to_do(site: Path) -> None:
    (site / "search/search_index.json").unlink()
    before = contents(site)
    assert put_search_on_demand(site, SCRIPT, CITED) is None and contents(site) == before
