"""Runs the measures one after another, each in a process of its own that is ended at its limit, and prints the rows."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.rows import HEADING, Row, line
from bench.sides import ROOT, Sides


@dataclass(frozen=True)
class Measure:
    """A module with `run(sides) -> Iterable[Row]`, and the seconds after which it is ended."""

    module: str
    limit: float
    about: str
    on_sites: bool = False
    """Whether it reads the built sites."""

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]


SITES = Measure("bench.sites", 80, "nothing: builds both sites, for the others")
MEASURES = (
    Measure("bench.check_and_write", 60, "check and write the trees of the site"),
    Measure("bench.many_trees", 150, "100 generated trees, one of them edited, growth to 400, 2 ** 100 combinations"),
    SITES,
    Measure("bench.site_build", 105, "the whole MkDocs build, and the share of check and write in it", on_sites=True),
    Measure(
        "bench.page_weight", 50, "bytes and elements of the home page and of the largest tree's page", on_sites=True
    ),
    Measure(
        "bench.first_question", 65, "a visit until the first question is usable, slow line and phone", on_sites=True
    ),
    Measure("bench.shared_link", 50, "a shared link with exact days until its outcome, no Python", on_sites=True),
    Measure("bench.step_time", 125, "a reader's step in the widget, with and without Python", on_sites=True),
    Measure("bench.python_ready", 100, "a visit until Python is ready, a quarter of a processor and 4G", on_sites=True),
    Measure("bench.runtime_boot", 80, "our browser Python against the stock one: cold, warm, bytes", on_sites=True),
)


def named(names: Sequence[str]) -> list[Measure]:
    """The measures of these names, or all; with what builds the sites that they read."""
    chosen = [measure for measure in MEASURES if not names or measure.name in names]
    if SITES in chosen or not any(measure.on_sites for measure in chosen):
        return chosen
    return [SITES, *chosen]


@dataclass(frozen=True)
class Outcome:
    """The rows that a measure found, and what stopped it before its end, if anything did."""

    rows: list[Row]
    stopped: str = ""
    crashed: bool = False


def run_all(measures: Iterable[Measure], sides: Sides) -> list[str]:
    """Print all rows as they are found; returns the names of the measures that crashed."""
    print(HEADING, flush=True)
    crashed = []
    for measure in measures:
        outcome = run_measure(measure, sides)
        stop = [Row(f"{measure.name}: {outcome.stopped}")] if outcome.stopped else []
        for row in [*outcome.rows, *stop]:
            print(line(row), flush=True)
        if outcome.crashed:
            crashed.append(measure.name)
    return crashed


def run_measure(measure: Measure, sides: Sides) -> Outcome:
    """Run one measure; at its limit it is killed, with all that it has started."""
    log, found, scratch = (sides.work / f"{measure.name}.{end}" for end in ("log", "rows", "tmp"))
    found.touch()
    scratch.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "bench.one_measure", measure.module, str(found), *sides.as_arguments()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(scratch)},  # what a killed measure leaves goes away with the work folder
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = process.wait(timeout=measure.limit)
            stopped = f"crashed: {last_line(log.read_text(errors='replace'))}" if code else ""
        except subprocess.TimeoutExpired:
            code, stopped = 0, f"did not end within {measure.limit:g} s"
        finally:
            end_all(process)
    if code:
        print(log.read_text(errors="replace"), file=sys.stderr, flush=True)
    rows = [Row(**json.loads(text)) for text in found.read_text().splitlines() if text.endswith("}")]
    return Outcome(rows, stopped, crashed=bool(code))


def end_all(process: subprocess.Popen[bytes]) -> None:
    """Kill the group of `process`, and what has left the group: Chromium begins one of its own."""
    for pid in [*started_by(process.pid), process.pid]:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(os.getpgid(pid) if pid != process.pid else pid, signal.SIGKILL)
    process.wait()


def started_by(parent: int) -> Sequence[int]:
    """All descendants of a process; none where there is no `ps`."""
    with contextlib.suppress(FileNotFoundError):
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
        pairs = [tuple(map(int, text.split())) for text in listing.splitlines()]
        found = [parent]
        for above in found:  # grows while it is read
            found += [pid for pid, ppid in pairs if ppid == above]
        return found[1:]
    return []


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no output"])[-1]
