"""Hand-written pages, and links to pages from the trees' texts → what is wrong with them, once the trees are right."""

from functools import partial
from posixpath import dirname

from minglu.compile.compiled import Compiled
from minglu.diagnostics import Diagnostic, Span, Words
from minglu.parse import typos
from minglu.resolve.text_marks import steering_characters
from minglu.write import pages_to_read
from minglu.write.citing import Citations
from minglu.write.docs_settings import Docs, DocsSettings
from minglu.write.documents import Converted, check_documents
from minglu.write.fragments import FRAGMENTS, fragment_makers
from minglu.write.scenarios import check_scenarios
from minglu.write.site_links import Ends, built_address, dead_link
from minglu.write.taken import taken_by


def check_docs(docs: Docs, compiled: Compiled) -> list[Diagnostic]:
    settings, library = docs.settings, compiled.project.library
    documents, found = readable(docs)
    converted: dict[str, Converted] = {}
    found += check_documents(
        documents,
        {f"{FRAGMENTS}{name}.html": b"" for name in fragment_makers()},
        Citations(library.names, library.statutes, lambda _: "#"),
        as_of=max((one.tree.as_of for one in compiled.unfolded.values()), default=""),
        extensions=settings.extensions,
        configs=settings.configs,
        converted=converted,
    )
    for path, source in documents.items():
        found += steering_characters(source, path)
    found += check_ends(docs, converted, compiled)
    return found + check_scenarios(documents, settings.folder, compiled)


def readable(docs: Docs) -> tuple[dict[str, str], list[Diagnostic]]:
    """The Markdown of the pages by path."""
    documents, found = dict[str, str](), list[Diagnostic]()
    for path, data in sorted(docs.files.items()):
        if not path.endswith(".md"):
            continue
        try:
            documents[path] = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            says = Words("这个文件不是 UTF-8 编码", "this file is not encoded as UTF-8")
            found.append(Diagnostic("encoding", Span(path, 1, 1), says, typos.SAVE_AS_UTF8))
    return documents, found


def check_ends(docs: Docs, converted: dict[str, Converted], compiled: Compiled) -> list[Diagnostic]:
    """Addresses that two pages would have, and links that lead nowhere."""
    settings, found = docs.settings, list[Diagnostic]()
    generated = pages_to_read(compiled, settings.without)
    written = {below(path, settings): path for path in docs.files}
    sources = {name: partial(html_of, converted, path) for name, path in written.items() if name.endswith(".md")}
    files = frozenset(name for name in written if name not in sources)
    own = {built_address(name, settings.directory_urls): name for name in sources}
    moved = {settings.moved_to + path: make for path, make in generated.items()}
    for path in generated:
        if (at := built_address(settings.moved_to + path, settings.directory_urls)) in own:
            found.append(taken_by(path, written[own[at]], may_move=True))
    if settings.links:
        there = {built_address(name, settings.directory_urls): name for name in moved}
        ends = Ends(pages=sources | moved, built=own | there, files=files, anchors=settings.anchors)
        for name, path in written.items():
            if path in converted:
                built = built_address(name, settings.directory_urls)
                folders = tuple(dict.fromkeys((dirname(built), dirname(name))))
                links = converted[path].links
                found += filter(None, (dead_link(to, at, ends, page=name, folders=folders) for to, at in links))
    as_written = {built_address(path, False): make for path, make in generated.items()}
    pages = {at: sources[name] for at, name in own.items()} | as_written
    ends = Ends(pages=pages, built={}, files=files, anchors=True)
    for link in compiled.project.links:
        folders = (text_folder(link.at.file),)
        found += filter(None, [dead_link(link.address, link.at, ends, page="", folders=folders)])
    return found


def html_of(converted: dict[str, Converted], path: str) -> str:
    return converted[path].html if path in converted else ""


def below(path: str, settings: DocsSettings) -> str:
    """The path from the folder of the pages, which is the site's root."""
    return path.removeprefix(f"{settings.folder}/")


def text_folder(file: str) -> str:
    """The folder of the page that shows a text of `trees/…`: those of evidence and the like stand at the root."""
    _, folder, *rest = file.split("/")
    if folder == "channels.yml":
        return "channels"
    return ("law" if folder == "law" else "trees") if rest or folder == "questions.yml" else ""
