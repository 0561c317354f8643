"""The settings of a site → what the plugin and the hand-written pages need of them. Unlike the files of the trees, they
may have tags and anchors.
"""

from importlib import import_module
from typing import Any

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from minglu.parse.document import Loader

PLUGIN = "minglu"
UNREADABLE = object()
"""In the place of what a tag asks to be made, or to be looked up."""

SLUGS = "tag:yaml.org,2002:python/object/apply:pymdownx.slugs.slugify"
"""The one tag whose meaning is known: how headings get their anchors, as Material's guide has it."""


def plugin_options(settings: bytes) -> dict[str, str]:
    """Those that are plain text; none where the settings cannot be read. Nothing that a tag asks for is made."""
    try:
        plugins = value_at(yaml.compose(settings, Loader=Loader), "plugins")
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    for entry in plugins.value if isinstance(plugins, SequenceNode) else [plugins]:
        options = value_at(entry, PLUGIN)
        if isinstance(options, MappingNode):
            return {name.value: value.value for name, value in options.value if isinstance(value, ScalarNode)}
    return {}


def site_settings(settings: bytes) -> dict[str, Any]:
    """All of the settings as plain values, UNREADABLE where a tag asks for more; {} where they are no settings."""
    try:
        read = plain(yaml.compose(settings, Loader=Loader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def value_at(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def plain(node: Node | None) -> Any:
    if isinstance(node, MappingNode) and node.tag == SLUGS:
        return slugs(node)
    if node is None or node.tag.partition(":")[0] != "tag" or "python" in node.tag:
        return None if node is None else UNREADABLE
    if isinstance(node, MappingNode):
        return {name.value: plain(value) for name, value in node.value if isinstance(name, ScalarNode)}
    if isinstance(node, SequenceNode):
        return [plain(one) for one in node.value]
    return scalar(node)


def scalar(node: Any) -> Any:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return node.value.lower() in ("true", "yes", "on")
        case "null":
            return None
        case "int" if node.value.isdecimal():
            return int(node.value)
    return node.value


def slugs(node: MappingNode) -> Any:
    options = plain(value_at(node, "kwds")) or {}
    try:
        return import_module("pymdownx.slugs").slugify(**options)
    except (ImportError, TypeError):
        return UNREADABLE
