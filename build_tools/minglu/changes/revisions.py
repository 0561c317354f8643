"""A git revision → the sources of its trees, read from git's store; nothing is checked out."""

import os
import subprocess
from pathlib import Path

from minglu.diagnostics import Words

SUFFIXES = (".yml", ".yaml", ".md")
FILE_MODES = ("100644", "100755")


class UnknownRevision(Exception):
    """The revision cannot be read; `words` says why in one sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


def read_revision(revision: str, folder: Path) -> dict[str, bytes]:
    """Like `pipeline.read_files` of `folder` (in a git repository) as it stood at `revision`.

    Raises UnknownRevision.
    """
    at, name = os.path.split(os.path.abspath(folder))  # `.` and `..` have no name of their own
    if run_git(at, "rev-parse", "--is-inside-work-tree") is None:
        raise UnknownRevision(
            f"没有 {revision} 这个文件夹，{folder} 也不在 git 仓库里",
            f"there is no folder {revision}, and {folder} is not in a git repository",
        )
    if (commit := run_git(at, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")) is None:
        raise UnknownRevision(
            f"{revision} 既不是文件夹，也不是 git 里的版本", f"{revision} is neither a folder nor a revision in git"
        )
    listed = run_git(at, "ls-tree", "-r", "-z", commit.decode().strip(), "--", f"{name}/") or b""
    entries = [entry.partition("\t") for entry in listed.decode("utf-8", "surrogateescape").split("\0") if entry]
    kept = {path: meta.split() for meta, _, path in entries if path.endswith(SUFFIXES)}
    objects = [
        (f"trees/{path.removeprefix(f'{name}/')}", sha)
        for path, (mode, _, sha) in sorted(kept.items())
        if mode in FILE_MODES
    ]
    if not objects:
        raise UnknownRevision(f"{revision} 里没有 {folder}", f"{revision} has no {folder}")
    stored = run_git(at, "cat-file", "--batch", given="".join(f"{sha}\n" for _, sha in objects).encode())
    if stored is None:
        raise UnknownRevision(f"git 读不出 {revision} 的文件", f"git cannot read the files of {revision}")
    return dict(zip((path for path, _ in objects), blob_contents(stored), strict=True))


def blob_contents(stored: bytes) -> list[bytes]:
    """`cat-file --batch` gives a line `<sha> blob <size>`, the bytes and a newline for each."""
    found, at = [], 0
    while at < len(stored):
        line, _, _ = stored[at:].partition(b"\n")
        start = at + len(line) + 1
        size = int(line.split()[2])
        found.append(stored[start : start + size])
        at = start + size + 1
    return found


def run_git(at: str, *arguments: str, given: bytes = b"") -> bytes | None:
    """Its output; None where it fails. Raises UnknownRevision where there is no git."""
    try:
        done = subprocess.run(["git", "-C", at, *arguments], input=given, capture_output=True, check=False)
    except OSError:
        raise UnknownRevision(
            "这台机器上没有 git，只能比较文件夹", "git is not installed here, so only folders can be compared"
        ) from None
    return done.stdout if done.returncode == 0 else None
