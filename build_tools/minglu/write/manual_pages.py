"""Pages of the editors' guide that the tools know best: the checks from their manuals, the keys from their meanings."""

import re

from minglu.parse.schema import reference
from minglu.verify import MANUAL
from minglu.write.markdown_source import front_matter, markdown_heading, markdown_page
from minglu.write.words import page_words

CHECK_MANUAL = re.compile(
    r"^中文：(?P<title>[^。]+)。(?P<text>.*?)\n\n"
    r"Accepted:\n(?P<accepted>```yaml\n.*?^```)\nReported:\n(?P<reported>```yaml\n.*?^```)",
    re.MULTILINE | re.DOTALL,
)


def checks_page() -> str:
    """A heading a check, named as in its diagnostics. Raises ValueError for a manual without Chinese or an example."""
    title = page_words("checks.title")
    parts = [markdown_heading(1, title), page_words("checks.intro")]
    for name, manual in MANUAL.items():
        if not (read := CHECK_MANUAL.search(manual)):
            raise ValueError(f"the manual of {name} lacks its Chinese part or an example")
        parts += [
            markdown_heading(2, page_words("checks.check", name=name, title=read["title"]), name),
            read["text"],
            page_words("checks.accepted"),
            read["accepted"],
            page_words("checks.reported"),
            read["reported"],
        ]
    return markdown_page(front_matter(title=title, description=page_words("checks.about")), parts)


def keys_page() -> str:
    """A heading a kind of mapping: what it is, and of each key whether it is required and what it means."""
    title = page_words("keys.title")
    parts = [markdown_heading(1, title), page_words("keys.intro")]
    for name, about, keys in reference():
        rows = [f"| `{key}`{' *' if required else ''} | {meaning} |" for key, required, meaning in keys]
        parts += [
            markdown_heading(2, re.split("[：；，。]", about)[0], name.lower()),
            about,
            "\n".join([page_words("keys.columns"), "| --- | --- |", *rows]),
        ]
    return markdown_page(front_matter(title=title, description=page_words("keys.about")), parts)
