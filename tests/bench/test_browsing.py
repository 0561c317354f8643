"""The bench's server, its shared link and its hold on a process. Nothing here times anything."""

import datetime
import gzip
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from test_runner import ended

from bench.browsing import Loopback, loopback
from bench.held import held, used_by
from bench.page_weight import Weight, weighed
from bench.shared_link import days_to_spare, fragment, shared
from bench.sides import ROOT, largest_tree, tree_page, two_sides

TEXT = "明路" * 1000
TODAY = datetime.date(2026, 11, 16)
TREE = {"questions": {"bought": {"bands": {"w1": {"within": "7 days"}, "m1": {"within": "1 month"}, "over": {}}}}}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in (
        "index.html",
        "worker.3fa2.js",
        "workers/search.js",
        "search/index.9c1d.json",
        "search/search_index.json",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    return tmp_path


def ask(served: Loopback, path: str, **headers: str) -> tuple[bytes, str | None]:
    request = urllib.request.Request(served.address + path, headers=headers)
    with urllib.request.urlopen(request) as answer:
        return answer.read(), answer.headers["Content-Encoding"]


def test_who_takes_gzip_gets_it(site: Path) -> None:
    with loopback(site) as served:
        packed, encoding = ask(served, "index.html?1", **{"Accept-Encoding": "gzip, br"})
        assert encoding == "gzip"
        assert gzip.decompress(packed).decode() == TEXT
        assert ask(served, "index.html") == (TEXT.encode(), None)
        assert served.asked == ["index.html", "index.html"]


def test_pythons_worker_can_be_missing_and_no_other_worker_with_it(site: Path) -> None:
    with loopback(site) as served:
        served.worker = "missing"
        with pytest.raises(urllib.error.HTTPError):
            ask(served, "worker.3fa2.js")
        assert ask(served, "workers/search.js")[0]


def test_pythons_worker_can_be_late_for_as_long_as_the_server_runs(site: Path) -> None:
    gone: list[Exception] = []

    def wait() -> None:
        try:
            ask(served, "worker.3fa2.js")
        except OSError as error:
            gone.append(error)

    with loopback(site) as served:
        served.worker = "late"
        waiting = threading.Thread(target=wait)
        waiting.start()
        while "worker.3fa2.js" not in served.asked:
            time.sleep(0.01)
        assert ask(served, "index.html")[0]
        assert not gone
    waiting.join(10)
    assert gone


def test_the_index_of_the_search_is_weighed_apart_under_either_name(site: Path) -> None:
    size = len(gzip.compress(TEXT.encode(), compresslevel=6)) / 1000
    asked = ["index.html", "index.html", "missing.js", "search/index.9c1d.json", "search/search_index.json"]
    assert weighed(site, asked) == Weight(pytest.approx(size), pytest.approx(2 * size))


def test_a_shared_link_has_the_walks_days_moved_to_today() -> None:
    walk = {"today": TODAY, "answers": {"device": "phone", "bought": datetime.date(2026, 11, 6)}}
    later = TODAY + datetime.timedelta(days=30)
    assert shared(walk, today=later) == "#a=1&device=phone&bought=2026-12-06"


def test_days_to_spare_are_those_to_the_nearest_limit() -> None:
    def spare(**answers: object) -> float:
        return days_to_spare(TREE, {"today": TODAY, "answers": answers})

    assert spare(bought=TODAY - datetime.timedelta(days=10)) == 3
    assert spare(bought=TODAY - datetime.timedelta(days=28)) == pytest.approx(2.4)
    assert spare(bought="w1") < 0


def test_the_shared_link_of_the_largest_tree_is_far_from_every_limit() -> None:
    side = two_sides(ROOT, this=ROOT, base=None).this
    assert largest_tree(side) in tree_page(side)
    assert fragment(side).count("20") >= 2  # exact days


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much another process has used")
def test_a_held_process_stands_still_and_goes_on_afterwards() -> None:
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        with held([busy.pid], 0):
            assert state_becomes(busy.pid, "T")
        assert state_becomes(busy.pid, "R")
        assert used_by([busy.pid]) > 0
    finally:
        busy.kill()
        busy.wait()
    assert ended(busy.pid)
    assert used_by([busy.pid]) == 0


def state_becomes(pid: int, wanted: str) -> bool:
    """Within ten seconds."""
    for _ in range(100):
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == wanted:
            return True
        time.sleep(0.1)
    return False
