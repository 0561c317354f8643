"""The documentation of each check, a Markdown file each: beside the code, and there under `python -OO` too."""

from pathlib import Path


def check_manual(check: str) -> str:
    """What `check` holds a tree to, in English and Chinese, with an accepted and a reported example."""
    return Path(__file__).with_name(f"{check}.md").read_text("utf-8")
