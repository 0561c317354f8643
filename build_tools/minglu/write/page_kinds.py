"""The generated pages by kind: which a site may leave out, and which file of the trees each is made from."""

from posixpath import splitext

ALWAYS = "trees"
FOR_READERS = ("examples", "maps", "law", "channels", "evidence", "mistakes")
FOR_EDITORS = ("checks", "keys")
"""Parts of the editors' guide."""

CHOICE = (*FOR_READERS, *FOR_EDITORS)


def page_kind(path: str) -> str:
    """Of a generated page by its place: `law/kettle-law.md` and `law/index.html` are `law`, `contribute/keys.md` is `keys`."""
    return splitext(path.removeprefix("contribute/").split("/")[0])[0]


def made_from(path: str) -> str:
    """The source that decides whether there is such a page, by a path that begins with `trees/`; "" for what comes with the tools."""
    kind, name = page_kind(path), splitext(path.split("/")[-1])[0]
    match kind:
        case "trees" | "maps":
            return f"trees/{name}/tree.yml"
        case "examples":
            return f"trees/{name}/walks.yml"
        case "law":
            return "trees/law/" if name == "index" else f"trees/law/{name}.yml"
        case "channels" | "evidence" | "mistakes":
            return f"trees/{kind}.yml"
    return ""
