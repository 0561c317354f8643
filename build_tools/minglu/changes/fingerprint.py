"""A tree → text that differs where two versions differ in anything but places, worked walks and the day of review."""

import json
from dataclasses import fields, is_dataclass

from minglu.unfold.model import Unfolded

LEFT_OUT = {"at", "walks", "whens", "reviewed"}
"""Fields of the model that no reader sees: places in files, worked walks, and the editor's own date."""


def fingerprint(one: Unfolded) -> str:
    return json.dumps(plain_data(one), ensure_ascii=False, sort_keys=True)


def plain_data(value: object) -> object:
    """The same plain data on every run."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain_data(getattr(value, each.name)) for each in fields(value) if each.name not in LEFT_OUT}
    if isinstance(value, dict):
        return {str(key): plain_data(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    return [plain_data(each) for each in value] if isinstance(value, tuple | list) else value
