"""The bench ends by itself: what hangs or crashes is named, the others are measured. Nothing here times anything."""

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.rows import NEVER, Row, at_most, compared, line
from bench.runner import MEASURES, Measure, named, run_all, run_measure
from bench.sides import ROOT, Sides, checkout, two_sides

BEGIN = "from bench.rows import Row\nimport os, subprocess, sys, time\n"
FAKES = {
    "measures": "def run(sides):\n    yield Row('one thing', 0.5, 1.0)\n",
    "crashes": "def run(sides):\n    yield Row('before it crashes', 2.0, 1.0)\n    raise ValueError('no water')\n",
    "cannot_start": "import no_such_kettle\n",
    "hangs": "def run(sides):\n    yield Row('before it hangs', 0.5, 1.0)\n    time.sleep(600)\n",
    "hangs_in_a_child": """
def run(sides):
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    for apart in (False, True):
        child = subprocess.Popen(command, start_new_session=apart)  # as Chromium does
        yield Row(str(child.pid))
    child.wait()
""",
}

WHERE = """
import importlib.metadata
[plugin] = importlib.metadata.entry_points(group="mkdocs.plugins", name="minglu")
print(__import__(plugin.module).__file__)
"""


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sides:
    for name, body in FAKES.items():
        (tmp_path / f"{name}.py").write_text(BEGIN + body)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return two_sides(tmp_path, this=ROOT, base=None)


def fake(name: str, *, limit: float = 60) -> Measure:
    return Measure(name, limit, "nothing")


def test_a_measure_that_hangs_is_ended_at_its_limit_and_keeps_what_it_found(sides: Sides) -> None:
    outcome = run_measure(fake("hangs", limit=2), sides)
    assert outcome.stopped == "did not end within 2 s"
    assert not outcome.crashed
    assert outcome.rows == [Row("before it hangs", 0.5, 1.0)]


def test_what_a_measure_started_ends_with_it(sides: Sides) -> None:
    outcome = run_measure(fake("hangs_in_a_child", limit=2), sides)
    assert len(outcome.rows) == 2
    for row in outcome.rows:
        assert ended(int(row.what))


def test_what_crashes_or_hangs_is_named_and_the_others_run(sides: Sides, capfd: pytest.CaptureFixture[str]) -> None:
    names = ["cannot_start", "crashes", "measures"]
    assert run_all([fake("hangs", limit=1), *map(fake, names)], sides) == ["cannot_start", "crashes"]
    out, err = capfd.readouterr()
    assert "hangs: did not end within 1 s" in out
    assert "cannot_start: crashed: ModuleNotFoundError: No module named 'no_such_kettle'" in out
    assert "   2.00   ≤1.00  before it crashes   ← over" in out
    assert "crashes: crashed: ValueError: no water" in out
    assert "   0.50   ≤1.00  one thing\n" in out
    assert "Traceback" in err


def test_all_limits_together_stay_below_fifteen_minutes() -> None:
    assert sum(measure.limit for measure in MEASURES) <= 14.5 * 60


def test_every_measure_is_listed_with_its_limit_and_can_be_named() -> None:
    done = bench("--list")
    assert [text.split()[0] for text in done.stdout.splitlines()] == [measure.name for measure in MEASURES]
    wrong = bench("kettle")
    assert wrong.returncode == 2
    assert "no measure is called kettle" in wrong.stderr


def test_what_reads_the_sites_has_them_built_before() -> None:
    assert [measure.name for measure in named(["shared_link"])] == ["sites", "shared_link"]
    assert [measure.name for measure in named(["many_trees"])] == ["many_trees"]
    assert named([]) == list(MEASURES)


def test_a_number_stands_beside_its_aim_and_the_base() -> None:
    row = at_most("boil", this=1234.4, base=NEVER, unit="ms", aim=1500)
    assert line(row) == "  1,234  ≤1,500  ms, boil (old: never)"
    never = Row(**json.loads(json.dumps(dataclasses.asdict(at_most("boil", this=NEVER, base=None, unit="ms", aim=9)))))
    assert line(never) == "  never      ≤9  ms, boil   ← over"


def test_without_the_base_there_are_absolute_numbers_only(tmp_path: Path) -> None:
    base, note = checkout("0" * 40, tmp_path)
    assert base is None
    assert "absolute numbers only" in note
    row = compared("boil", this=1.5, base=None, unit="s", aim=1.1)
    assert line(row) == "      –   ≤1.10  boil (1.50 s)"


@pytest.mark.parametrize("commit", ["800abe4", "HEAD"])
def test_the_base_runs_its_own_package_and_plugin(commit: str, tmp_path: Path) -> None:
    base, note = checkout(commit, tmp_path)
    if not base:
        pytest.skip(note)
    side = two_sides(tmp_path, this=ROOT, base=base).base
    assert side
    done = subprocess.run(
        [sys.executable, "-P", "-c", WHERE], cwd=base, env=side.environment, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).is_relative_to(base)


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True)


def ended(pid: int) -> bool:
    """Gone, or dead and waiting for its parent to notice."""
    for _ in range(50):
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            os.kill(pid, 0)
            state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
            if state.strip() and not state.startswith("Z"):
                time.sleep(0.1)
                continue
        return True
    return False
