"""YAML text → syntax: every value with its place in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.memo import Memo
from minglu.parse import syntax
from minglu.parse.document import decode, read_document
from minglu.parse.reader import read_node
from minglu.parse.valid import read_valid

WHOLE_FILES = {
    "channels.yml": syntax.Channels,
    "evidence.yml": syntax.Evidences,
    "mistakes.yml": syntax.Mistakes,
    "calendar.yml": syntax.Calendar,
    "questions.yml": syntax.SharedQuestions,
    "order.yml": syntax.Order,
    "cases.yml": syntax.CasesFile,
    "wants.yml": syntax.Wants,
}


@dataclass
class Sources:
    """All that the authors wrote, file by file. Letters are Markdown and stay text."""

    trees: dict[str, syntax.TreeFile] = field(default_factory=dict)  # by folder
    walks: dict[str, tuple[syntax.Walk, ...]] = field(default_factory=dict)  # by folder
    letters: dict[str, dict[str, str]] = field(default_factory=dict)  # by folder, by letter
    statutes: dict[str, syntax.StatuteFile] = field(default_factory=dict)  # by slug
    papers: dict[str, syntax.Paper] = field(default_factory=dict)  # by name
    shared: dict[str, Any] = field(default_factory=dict)  # by the file names of WHOLE_FILES, each of its kind


def parse(files: Mapping[str, bytes], memo: Memo | None = None) -> tuple[Sources, list[Diagnostic]]:
    """Read every file of a project; `files` maps paths such as `trees/kettle/tree.yml` to their bytes."""
    sources, memo = Sources(), memo or Memo()
    found: list[Diagnostic] = []
    for path in sorted(files):
        parse_file(path, files, sources, found, memo)
    return sources, found


def parse_file(path: str, files: Mapping[str, bytes], sources: Sources, found: list[Diagnostic], memo: Memo) -> None:
    """Put what the file holds where it belongs, by its path."""

    def put(values: dict[str, Any], key: str, kind: Any) -> None:
        value, own = memo.made(("parse", path), (files[path],), lambda: parse_yaml(path, files[path], kind))
        found.extend(own)
        if value is not None:
            values[key] = value

    match path.split("/")[1:]:
        case ["law", name] if name.endswith(".yml") and syntax.Id.fits(name.removesuffix(".yml")):
            put(sources.statutes, name.removesuffix(".yml"), syntax.StatuteFile)
        case ["papers", name] if name.endswith(".yml") and syntax.Id.fits(name.removesuffix(".yml")):
            put(sources.papers, name.removesuffix(".yml"), syntax.Paper)
        case [name] if name in WHOLE_FILES:
            put(sources.shared, name, WHOLE_FILES[name])
        case [folder, "tree.yml"]:
            put(sources.trees, folder, syntax.TreeFile)
        case [folder, "walks.yml"] if f"trees/{folder}/tree.yml" in files:
            put(sources.walks, folder, syntax.Walks)
        case [folder, "walks.yml"]:
            if not any(is_tree_file(other, folder) for other in files):
                found.append(walks_without_tree(path, folder))
        case [folder, "letters", name] if name.endswith(".md"):
            text, problem = memo.made(("parse", path), (files[path],), lambda: decode(files[path], path))
            sources.letters.setdefault(folder, {})[name.removesuffix(".md")] = text
            found += [problem] if problem else []
        case [_, name] if (usual := name.lower().replace(".yaml", ".yml")) in ("tree.yml", "walks.yml"):
            found.append(misspelt_file(path, name, usual))
        case _ if path.endswith((".yml", ".yaml")):
            found.append(misplaced_file(path))


def parse_yaml(path: str, data: bytes, kind: Any) -> tuple[Any, list[Diagnostic]]:
    """The value of `kind` that a file holds. It is None where the findings say why."""
    if (value := read_valid(data, kind, path)) is not None:
        return value, []
    document, found = read_document(data, path)
    if document is None:
        return None, found or [empty_file(path)]
    value, own = read_node(document, kind)
    return value, found + own


def is_tree_file(path: str, folder: str) -> bool:
    """Also under a name that is misspelt, which is reported there."""
    return path.startswith(f"trees/{folder}/") and path.lower().endswith(("/tree.yml", "/tree.yaml"))


def walks_without_tree(path: str, folder: str) -> Diagnostic:
    return Diagnostic(
        "files",
        Span(path, 1, 1),
        Words("旁边没有 `tree.yml`", "there is no `tree.yml` beside this"),
        Words(
            f"树写在 `trees/{folder}/tree.yml` 里；看看它的文件名后面有没有多出 `.txt`",
            f"the tree goes to `trees/{folder}/tree.yml`; see that its name has no `.txt` at the end",
        ),
    )


def misspelt_file(path: str, name: str, usual: str) -> Diagnostic:
    return Diagnostic(
        "files",
        Span(path, 1, 1),
        Words(f"叫 `{name}` 的文件不会被读到", f"a file called `{name}` is not read"),
        Words(f"改名为 `{usual}`", f"rename it to `{usual}`"),
    )


def misplaced_file(path: str) -> Diagnostic:
    return Diagnostic(
        "files",
        Span(path, 1, 1),
        Words("这个文件不在任何一个该放的位置", "this file is in none of the places where files go"),
        Words(
            "树放在 trees/<名字>/tree.yml，走例放在它旁边的 walks.yml，法规放在 trees/law/<名字>.yml，"
            "文书放在 trees/papers/<名字>.yml；"
            "名字用小写字母、数字和连字符",
            "a tree goes to trees/<name>/tree.yml, its walks to walks.yml beside it, a statute to"
            " trees/law/<name>.yml, a paper to trees/papers/<name>.yml;"
            " names are lower-case letters, digits and hyphens",
        ),
    )


def empty_file(path: str) -> Diagnostic:
    return Diagnostic(
        "empty",
        Span(path, 1, 1),
        Words("文件是空的", "the file is empty"),
        Words("写上内容，或删掉这个文件", "write something, or remove the file"),
    )
