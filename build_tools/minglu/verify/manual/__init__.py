"""The documentation of each check, a Markdown file each: beside the code, and there under `python -OO` too."""

from pathlib import Path


def check_manual(check: str) -> str:
    """What `check` holds a tree to, in English and Chinese, with an example that is accepted and one that is reported."""
    return Path(__file__).with_name(f"{check}.md").read_text("utf-8")
