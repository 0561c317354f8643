"""YAML text → syntax, every value with its place."""

from dataclasses import dataclass, field

from build_tools.diagnostics import Diagnostic, Span, Words
from build_tools.parse import syntax
from build_tools.parse.document import decode, read_document
from build_tools.parse.reader import read

WHOLE_FILES = {
    "channels.yml": syntax.Channels,
    "evidence.yml": syntax.Evidences,
    "mistakes.yml": syntax.Mistakes,
    "calendar.yml": syntax.Calendar,
    "questions.yml": syntax.SharedQuestions,
    "order.yml": syntax.Order,
}


@dataclass
class Sources:
    """All that the authors wrote, file by file. Letters are Markdown and kept as text."""

    trees: dict[str, syntax.TreeFile] = field(default_factory=dict)  # by folder
    walks: dict[str, tuple[syntax.Walk, ...]] = field(default_factory=dict)  # by folder
    letters: dict[str, dict[str, str]] = field(default_factory=dict)  # by folder, by letter
    statutes: dict[str, syntax.StatuteFile] = field(default_factory=dict)  # by slug
    shared: dict[str, dict | tuple] = field(default_factory=dict)  # by file name of WHOLE_FILES


def parse(files: dict[str, bytes]) -> tuple[Sources, list[Diagnostic]]:
    """Read every file of a project; `files` maps paths such as `trees/kettle/tree.yml` to their bytes."""
    sources, found = Sources(), []
    for path in sorted(files):
        parse_file(path, files, sources, found)
    return sources, found


def parse_file(path: str, files: dict[str, bytes], sources: Sources, found: list[Diagnostic]) -> None:
    data = files[path]
    match path.split("/")[1:]:
        case ["law", name] if name.endswith(".yml") and syntax.Id.fits(name.removesuffix(".yml")):
            put(sources.statutes, name.removesuffix(".yml"), parse_one(path, data, syntax.StatuteFile, found))
        case [name] if name in WHOLE_FILES:
            put(sources.shared, name, parse_one(path, data, WHOLE_FILES[name], found))
        case [folder, "tree.yml"]:
            put(sources.trees, folder, parse_one(path, data, syntax.TreeFile, found))
        case [folder, "walks.yml"] if f"trees/{folder}/tree.yml" in files:
            put(sources.walks, folder, parse_one(path, data, syntax.Walks, found))
        case [folder, "letters", name] if name.endswith(".md"):
            text, problem = decode(data, path)
            sources.letters.setdefault(folder, {})[name.removesuffix(".md")] = text
            found += [problem] if problem else []
        case _ if path.endswith((".yml", ".yaml")):
            found.append(Diagnostic("files", Span(path, 1, 1), Words("这个文件不在任何一个该放的位置", "this file is in none of the places where files go"), Words("树放在 trees/<名字>/tree.yml，走例放在它旁边的 walks.yml，法规放在 trees/law/<名字>.yml；名字用小写字母、数字和连字符", "a tree goes to trees/<name>/tree.yml, its walks to walks.yml beside it, a statute to trees/law/<name>.yml; names are lower-case letters, digits and hyphens")))


def parse_one(path: str, data: bytes, kind, found: list[Diagnostic]):
    document, problems = read_document(data, path)
    found += problems
    if document is None:
        if not problems:
            found.append(Diagnostic("empty", Span(path, 1, 1), Words("文件是空的", "the file is empty"), Words("写上内容，或删掉这个文件", "write something, or remove the file")))
        return None
    own: list[Diagnostic] = []
    value = read(document, kind, None, own)
    found += own
    return value


def put(where: dict, key: str, value) -> None:
    if value is not None:
        where[key] = value
