"""What names can stand for where something is bound: in the library, or in a tree over it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine import citations
from minglu.engine.citations import Citation
from minglu.engine.names import Names
from minglu.parse.syntax import Text
from minglu.resolve.askable import Askable
from minglu.resolve.model import Guard, Library

MOST_READINGS = 4096  # the texts in `cite` whose reading is kept: the same articles are cited again and again


@dataclass(frozen=True)
class Scope:
    """Of the library, where nothing has a condition, as all trees share it.

    `read` gives the citations of a text that holds nothing else. Raises ValueError with one clause in Chinese.
    """

    library: Library
    names: Names
    read: Callable[[str], list[Citation]]


@dataclass(frozen=True)
class TreeScope(Scope):
    """Of one tree. `channels` are those of the library and `tree/<id>`; `facts` are written out.

    `askable` is what conditions may name. The `kinds` of questions are "" where the answers are not of the kind.
    """

    trees: frozenset[str]
    channels: frozenset[str]
    kinds: dict[str, str]
    askable: Askable
    facts: dict[str, Guard]


def library_scope(library: Library, names: Names) -> Scope:
    return Scope(library, names, lru_cache(MOST_READINGS)(partial(citations.read, names=names)))


ADD_IT_FIRST = Words("先把它加上", "add it first")


def is_known(
    name: Text,
    known: Collection[str],
    what: Words,
    found: list[Diagnostic],
    *,
    places: Mapping[str, Span] | None = None,
    home: Words = ADD_IT_FIRST,
) -> bool:
    """Whether it is; else it is reported. `home` is what to do where none is near and they are too many to list."""
    if name in known:
        return True
    near = nearest(name, known)
    if near:
        line = places[near].line if places and near in places else None
        help = Words(
            f"写 `{near}`" + (f"（在第 {line} 行）" if line else ""),
            f"write `{near}`" + (f" (declared at line {line})" if line else ""),
        )
    elif 0 < len(known) <= 8:
        help = Words(f"可以写：{'、'.join(sorted(known))}", f"it may be: {', '.join(sorted(known))}")
    else:
        help = home
    says = Words(f"没有叫 `{name}` 的{what.zh}", f"no {what.en} is called `{name}`")
    found.append(Diagnostic("names", name.at, says, help))
    return False


def is_known_target(
    name: Text, places: Mapping[str, Span], what: Words, trees: Collection[str], found: list[Diagnostic]
) -> bool:
    """The same of a node of this tree, or of `tree/<id>` for another."""
    if name.startswith("tree/"):
        return is_known(name, {f"tree/{id}" for id in trees}, Words("树", "tree"), found)
    return is_known(name, places, what, found, places=places)
