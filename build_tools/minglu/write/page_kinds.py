"""The generated pages by kind: which a site may leave out, and which file of the trees each is made from."""

from posixpath import basename, splitext

ALWAYS = "trees"
FOR_READERS = ("case", "examples", "maps", "law", "channels", "evidence", "mistakes", "papers")
FOR_EDITORS = ("checks", "keys")
"""Parts of the editors' guide."""

CHOICE = (*FOR_READERS, *FOR_EDITORS)


def page_kind(path: str) -> str:
    """By its place: `law/kettle-law.md` and `law/index.html` are `law`, `contribute/keys.md` is `keys`."""
    return splitext(path.removeprefix("contribute/").partition("/")[0])[0]


def made_from(path: str) -> str:
    """The source that there is such a page for, by a path that begins with `trees/`; "" for what needs none."""
    kind, name = page_kind(path), splitext(basename(path))[0]
    match kind:
        case "trees" | "maps":
            return f"trees/{name}/tree.yml"
        case "examples":
            return f"trees/{name}/walks.yml"
        case "law":
            return "trees/law/" if name == "index" else f"trees/law/{name}.yml"
        case "channels" | "evidence" | "mistakes":
            return f"trees/{kind}.yml"
        case "papers":
            return "trees/papers/" if name == "papers" else f"trees/papers/{name}.yml"
    return ""
