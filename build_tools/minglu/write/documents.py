"""Hand-written pages: what they take from the trees and cite from the library must be there, and their links must lead
to a page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markdown import Markdown

from minglu.diagnostics import Diagnostic, Span, Words
from minglu.engine.citations import Found
from minglu.resolve.in_force import stale
from minglu.write.citing import Citations
from minglu.write.document_links import check_document_links, links_within
from minglu.write.fragments import fill_fragments

FRONT_MATTER = re.compile(r"\A---\n.*?^(?:---|\.\.\.)\n", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`|<!--.*?-->", re.DOTALL | re.MULTILINE)
NOT_PROSE = re.compile(CODE.pattern + r"|\[[^\]\n]*\]\([^)\n]*\)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Converted:
    """A page as the site has it, and the links on it that have no scheme, each with its place in the source."""

    html: str
    links: list[tuple[str, Span]]


def check_documents(
    documents: dict[str, str],
    files: dict[str, bytes],
    citing: Citations,
    *,
    as_of: str,
    extensions: Iterable[Any],
    configs: Mapping[str, Any],
    converted: dict[str, Converted] | None = None,
) -> list[Diagnostic]:
    """Convert each document (path → Markdown) as the site will, and report what it names that does not exist or
    does not apply on `as_of`. `files` are those of `write`, with the fragments. What they become goes into `converted`.
    """
    found: list[Diagnostic] = []
    for path, source in sorted(documents.items()):
        filled, missing = fill_fragments(source, files, path=path)
        citing.forget()
        html = Markdown(extensions=[*extensions, citing], extension_configs=dict(configs)).convert(
            blanked(FRONT_MATTER, filled)
        )
        shown = blanked(CODE, blanked(FRONT_MATTER, source))
        found += missing
        found += check_document_links(html, path=path, source=shown)
        found += unheld_citations(citing.unknown, path=path, source=source)
        found += expired_citations(citing, path=path, source=source, as_of=as_of)
        if converted is not None:
            converted[path] = Converted(html=html, links=list(links_within(html, path=path, source=shown)))
    citing.forget()
    return found


def unheld_citations(unknown: list[Found], *, path: str, source: str) -> Iterator[Diagnostic]:
    help = Words(
        "在 trees/law 里加上这一条，或改正名称和条号；不想让它成为引用，就放进 `代码` 里",
        "add the article to trees/law, or mend the name or the number; what is no citation goes into `code`",
    )
    for one, at in with_spans(unknown, path=path, source=source):
        says = Words(one.problem or f"法规库里没有 {one.text}", f"the library does not hold {one.text}")
        yield Diagnostic("citations", at, says, help)


def expired_citations(citing: Citations, *, path: str, source: str, as_of: str) -> Iterator[Diagnostic]:
    for one, at in with_spans(citing.linked, path=path, source=source):
        for finding in filter(None, (stale(citation, citing.statutes, as_of) for citation in one.citations)):
            yield Diagnostic("cited", at, *finding)


def with_spans(cited: list[Found], *, path: str, source: str) -> Iterator[tuple[Found, Span]]:
    """Where each citation stands in the source. The converted page has lost its lines, but a text that stands in it for
    the n-th time stands in the source for the n-th time, too.
    """
    text, seen = document_prose(source), Counter[str]()
    for one in cited:
        starts = [match.start() for match in re.finditer(re.escape(one.text), text)] or [0]
        start = starts[min(seen[one.text], len(starts) - 1)]
        yield one, document_span(path=path, source=source, start=start, text=one.text)
        seen[one.text] += 1


def document_prose(source: str) -> str:
    """The source with blanks for front matter, code, comments and links, which cite nothing."""
    return blanked(NOT_PROSE, blanked(FRONT_MATTER, source))


def document_span(*, path: str, source: str, start: int, text: str) -> Span:
    line_start = source.rfind("\n", 0, start) + 1
    return Span(path, source.count("\n", 0, start) + 1, start - line_start + 1, len(text.partition("\n")[0]))


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """Spaces instead of what matches, so that places stay where they are."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
