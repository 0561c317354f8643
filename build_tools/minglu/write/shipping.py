"""Every file that a page runs with goes out under a name that carries its content's hash.

So no cache and no deploy in the middle of a visit mixes two versions of the site: another content is another address.
Everything that `write`, `widget` and `bundle` make has a plain name until then.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from minglu.write.widget import FOLDER, SEARCH, SEARCH_READING, SEARCH_WORKER

KEPT = ("favicon.png", "notices.txt", "certificates/", "case.schema.json")
"""What people and other sites link to, and no script reads."""


def shipped_name(name: str, data: bytes) -> str:
    """`trees/kettle.json` → `trees/kettle.3fa29c1b.json`."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{sha256(data).hexdigest()[:8]}{path.suffix}"))


def shipped(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """All files under the names they go out by; and these names by the plain ones, both as seen from FOLDER."""
    files = with_names_inside(files)
    names = {
        name: shipped_name(name, data)
        for path, data in files.items()
        if (name := path.removeprefix(FOLDER)) != path and not name.startswith(KEPT)
    }
    placed = {FOLDER + plain: FOLDER + name for plain, name in names.items()}
    return {placed.get(path, path): data for path, data in files.items()}, names


def with_names_inside(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The search's script starts its worker, and that loads the rest, by the names that these go out by: so they are
    never of different versions.
    """
    named = dict(files)
    for script, inside in ((SEARCH_WORKER, SEARCH_READING), (SEARCH, SEARCH_WORKER)):
        if FOLDER + script in named and FOLDER + inside in named:
            name = shipped_name(inside, named[FOLDER + inside])
            named[FOLDER + script] = named[FOLDER + script].replace(inside.encode(), name.encode())
    return named
