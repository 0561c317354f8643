"""The settings of a site → the options of the plugin. Unlike the files of the trees, they may have tags and anchors."""

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from minglu.parse.document import Loader

PLUGIN = "minglu"


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


def value_at(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)
