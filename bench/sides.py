"""The two commits that are compared: this folder, and a temporary checkout of the base."""

import io
import json
import os
import pickle
import resource
import statistics
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Side:
    """One commit: the root of its checkout, and the folder for its built site."""

    name: str
    root: Path
    site: Path

    @property
    def package(self) -> str:
        """`minglu`, or `build_tools` before the package moved."""
        return "build_tools" if (self.root / "build_tools" / "pipeline.py").exists() else "minglu"

    @property
    def environment(self) -> dict[str, str]:
        """This side's package stands before the one that is installed."""
        path = self.root if self.package == "build_tools" else self.root / "build_tools"
        return os.environ | {"PYTHONPATH": str(path)}


@dataclass(frozen=True)
class Sides:
    """What a measure is given. `work` is a folder for the whole run, `base` None where there is no older commit."""

    work: Path
    this: Side
    base: Side | None

    @property
    def in_order(self) -> list[Side]:
        return [self.base, self.this] if self.base else [self.this]

    def as_arguments(self) -> list[str]:
        return [str(self.work), str(self.this.root), *([str(self.base.root)] if self.base else [])]


class Refused(Exception):
    """A side does not accept the trees that it was given."""

    def __init__(self, side: Side, finding: str) -> None:
        super().__init__(f"{side.name} refuses the trees: {finding}")
        self.side = side


@dataclass(frozen=True)
class Times:
    """Seconds of the processor and of the clock."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Work:
    """What one process took to check, to write and, where it was asked, to check again; `memory` is its peak in MB."""

    check: Times
    write: Times
    again: Times | None
    memory: int


def two_sides(work: Path, *, this: Path, base: Path | None) -> Sides:
    old = Side("base", base, work / "site-base") if base else None
    return Sides(work, Side("this", this, work / "site-this"), old)


def checkout(commit: str, work: Path) -> tuple[Path | None, str]:
    """A copy of the commit below `work` that MkDocs can build, or None; and one line on what is compared."""
    name = subprocess.run(
        ["git", "log", "-1", "--format=%h %s", commit], cwd=ROOT, capture_output=True, text=True, check=False
    )
    packed = subprocess.run(["git", "archive", "--format=tar", commit], cwd=ROOT, capture_output=True, check=False)
    if name.returncode or packed.returncode:
        return (
            None,
            f"no base: {commit} is not in this clone (`git fetch --unshallow` brings it); absolute numbers only",
        )
    folder = work / "base"
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    side = Side("base", folder, work)
    name_plugin(side)
    return folder, f"old: {name.stdout.strip()}"


def name_plugin(side: Side) -> None:
    """MkDocs finds plugins by what is installed; the first of two distributions of one name on the path counts."""
    about = Path(side.environment["PYTHONPATH"]) / "minglu-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: minglu\nVersion: 0\n")
    (about / "entry_points.txt").write_text(f"[mkdocs.plugins]\nminglu = {side.package}.plugin:MingluPlugin\n")


def in_turns[Found](
    sides: list[Side], job: Callable[[Side], Found], *, rounds: int, seconds: float
) -> dict[str, list[Found]]:
    """What `job` gives for each side, by its name, old and new in turns.

    At least one round, and no further one that would probably pass `seconds`.
    """
    began = time.monotonic()
    found: dict[str, list[Found]] = {side.name: [] for side in sides}
    for done in range(1, rounds + 1):
        for side in sides:
            found[side.name].append(job(side))
        if (time.monotonic() - began) * (done + 1) / done > seconds:
            break
    return found


def medians(found: dict[str, list[float]]) -> tuple[float, float | None]:
    """This side's median, and that of the base if there is one."""
    return statistics.median(found["this"]), statistics.median(found["base"]) if "base" in found else None


def work_on(side: Side, files: dict[str, bytes] | None, *, edited: dict[str, bytes] | None = None) -> Work:
    """One process of `side` checks and writes the files, or its own trees, and then checks what was edited."""
    done = subprocess.run(
        [sys.executable, "-P", str(WORKER), side.package, str(side.root)],
        cwd=side.root,
        env=side.environment,
        input=pickle.dumps((files, edited)),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{side.name}: {done.stderr.decode(errors='replace')}")
    found = json.loads(done.stdout)
    if "refused" in found:
        raise Refused(side, found["refused"])
    again = Times(*found["again"]) if edited else None
    return Work(Times(*found["check"]), Times(*found["write"]), again, found["memory"])


def build_site(side: Side, folder: Path) -> Times:
    """Build the whole site of `side` into `folder`; the time is that of all processes of the build."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)],
        cwd=side.root,
        env=side.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{side.name}: the site does not build:\n{done.stdout}{done.stderr}")
    return Times(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall)


def built_site(side: Side) -> Path:
    """The site of `side`, built once in a run."""
    if not side.site.exists():
        half = side.site.with_suffix(".half")  # what a killed measure leaves is no site
        build_site(side, half)
        half.rename(side.site)
    return side.site


def largest_tree(side: Side) -> str:
    """The id of the tree that has most to say; the sizes of the pages depend on how a side builds them."""
    return max((side.root / "trees").glob("*/tree.yml"), key=lambda path: path.stat().st_size).parent.name


def tree_page(side: Side) -> str:
    """The path of that tree's page below the root of the site."""
    return f"trees/{largest_tree(side)}.html"
