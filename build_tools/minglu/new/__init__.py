"""A name → a small, commented file to begin a tree or a statute with, in which `check` finds nothing but the phrases
that its author is to replace.

Each returns `{path: text}` with paths that begin with `trees/`, or raises Refused where no such file can be begun.
"""

import json
import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from minglu.diagnostics import Words
from minglu.engine.citations import label
from minglu.parse.beginnings import CHANNELS, LAW, TREE, WALKS
from minglu.parse.syntax import Id
from minglu.resolve.in_force import stale
from minglu.resolve.model import Library, Project, Statement

FIRST_LAW = "first-law"
OTHER_LAW_STANDS = Words(
    "trees/channels.yml 里还没有一条途径引了现行的条文，先写一条",
    "no channel of trees/channels.yml cites law in force yet; write one first",
)


class Refused(Exception):
    """Why nothing was begun."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def new_tree(id: str, today: str, project: Project) -> dict[str, str]:
    """A tree with two questions, two outcomes and their walks, that rests on what the first channel cites.

    Where there is neither law nor channel yet, one of each comes with it.
    """
    named(id)
    if id in project.trees or id == "law":
        raise Refused(Words(f"已经有 trees/{id} 了", f"there is a trees/{id} already"))
    library = project.library
    if channel := next(citing(library, today), None):
        return tree_files(id, today, rests_on(*channel, library))
    if library.channels or library.statutes:
        raise Refused(OTHER_LAW_STANDS)
    support = {
        "channel": "first-channel",
        "says": "（能要求什么）",
        "cite": f"新的法律文件{FIRST_LAW}第1条",
        "basis": "text",
    }
    return {
        **new_law(FIRST_LAW, today, held=()),
        "trees/channels.yml": CHANNELS.format(**support),
        **tree_files(id, today, support),
    }


def new_law(slug: str, today: str, *, held: Collection[str]) -> dict[str, str]:
    """A statute of one article, which nothing cites yet. `held` are the statutes that are there, by slug.

    It needs no sound project: most often it is begun because a tree cites what is not there yet.
    """
    named(slug)
    if slug in held:
        raise Refused(Words(f"已经有 trees/law/{slug}.yml 了", f"there is a trees/law/{slug}.yml already"))
    return {f"trees/law/{slug}.yml": LAW.format(slug=slug, today=today)}


def tree_files(id: str, today: str, support: dict[str, str]) -> dict[str, str]:
    """`support` is what the outcomes rest on: channel, says, cite and basis, as YAML."""
    filled = {"id": id, "today": today, "before": str(date.fromisoformat(today) - timedelta(days=2)), **support}
    return {f"trees/{id}/tree.yml": TREE.format(**filled), f"trees/{id}/walks.yml": WALKS.format(**filled)}


def rests_on(channel: str, statement: Statement, library: Library) -> dict[str, str]:
    names = library.names
    cites = [quoted(label(one, names).replace(" ", "")) for one in statement.cites]
    cite = cites[0] if len(cites) == 1 else f"[{', '.join(cites)}]"
    return {"channel": channel, "says": quoted(statement.says), "cite": cite, "basis": statement.basis}


def named(id: str) -> None:
    if not Id.fits(id):
        raise Refused(
            Words(
                f"`{id}` 不能用作名字：名字用小写字母、数字和连字符，如 `late-delivery`",
                f"`{id}` cannot be a name: names are lower-case letters, digits and hyphens, such as `late-delivery`",
            )
        )


def citing(library: Library, today: str) -> Iterator[tuple[str, Statement]]:
    """What the channels say with law that is in force today."""
    for id, channel in library.channels.items():
        for statement in channel.statements():
            if statement.cites and not any(stale(one, library.statutes, today) for one in statement.cites):
                yield id, statement


def quoted(text: str) -> str:
    """A JSON string is a YAML string; one word needs no quotes."""
    return text if re.fullmatch(r"[^\W\d]\w*", text) else json.dumps(text, ensure_ascii=False)
