"""A tree → eight characters that change when what a reader could see or reach changes."""

import hashlib
import json
from dataclasses import fields, is_dataclass

from minglu.unfold.model import Unfolded

LEFT_OUT = {"at", "walks", "whens", "reviewed"}
"""Places in files, worked walks, what is told by places and the editor's own date, which no reader sees."""


def version(one: Unfolded) -> str:
    text = json.dumps(bare(one), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def bare(value: object) -> object:
    """Plain data that says the same on every run."""
    if is_dataclass(value):
        return {each.name: bare(getattr(value, each.name)) for each in fields(value) if each.name not in LEFT_OUT}
    if isinstance(value, dict):
        return {str(key): bare(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return [bare(each) for each in value] if isinstance(value, tuple | list) else value
