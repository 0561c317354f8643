"""Texts that cite → the articles they cite; each must stand in the library."""

from minglu.diagnostics import Diagnostic, Span, Words, nearest
from minglu.engine import citations
from minglu.engine.citations import Citation, Found
from minglu.engine.divisions import Lack
from minglu.parse import syntax
from minglu.resolve.model import Mention
from minglu.resolve.scope import Scope

Guarded = syntax.Statement | syntax.Remedy | syntax.Deadline | syntax.Burden | syntax.Amount | syntax.Reply | syntax.Now
Citing = Guarded | syntax.Clock


def bind_cites(item: Citing | syntax.Paper, scope: Scope, found: list[Diagnostic]) -> tuple[Citation, ...]:
    """The citations of an item; a `cite` needs a `basis`, and the other way round."""
    if item.cite and not item.basis:
        found.append(
            Diagnostic(
                "basis",
                item.cite[0].at,
                Words("引了条文，却没有写 `basis`", "an article is cited without a `basis`"),
                Words(
                    "写 `basis: text`（条文写明）、`inferred`（由条文推出）或 `secondary`（二手资料）",
                    "write `basis: text`, `inferred` or `secondary`",
                ),
                stops=False,
            )
        )
    if item.basis and not item.cite:
        found.append(
            Diagnostic(
                "basis",
                item.basis.at,
                Words("写了 `basis`，却没有引条文", "there is a `basis` but no article is cited"),
                Words(
                    "加上 `cite: 《…》第…条`，或删掉 `basis`（不是法律的说法）",
                    "add `cite: …`, or remove `basis` where no law is stated",
                ),
                stops=False,
            )
        )
    return bind_citations(item.cite, scope, found)


def bind_citations(texts: tuple[syntax.Text, ...], scope: Scope, found: list[Diagnostic]) -> tuple[Citation, ...]:
    """What texts that hold nothing else cite, each article once."""
    return tuple(dict.fromkeys(one for text in texts for one in bind_citation(text, scope, found)))


def bind_citation(text: syntax.Text, scope: Scope, found: list[Diagnostic]) -> list[Citation]:
    try:
        cited = scope.read(text)
    except ValueError as error:
        found.append(unreadable_citation(text, str(error)))
        return []
    for citation in cited:
        check_article(citation, text.at, scope, found)
    return cited


def unreadable_citation(text: syntax.Text, problem: str) -> Diagnostic:
    if text[0] in "“‘「":
        bare = text.strip("“”‘’「」")
        says = Words(f"引条文不加引号：{text}", f"a citation stands without quotes: {text}")
        return Diagnostic("citations", text.at, says, Words(f"写 `{bare}`", f"write `{bare}`"), stops=False)
    return Diagnostic(
        "citations",
        text.at,
        Words(problem, f"cannot read the citation `{text}`"),
        Words(
            "写成 `消法第24条第1款` 这样，名称用 trees/law 里有的",
            "write it like `消法第24条第1款`, with a name that trees/law holds",
        ),
        stops=False,
    )


def bind_mentions(scope: Scope, found: list[Diagnostic], *texts: syntax.Text | None) -> tuple[Mention, ...]:
    """The citations inside texts, with their places."""
    return tuple(
        mention
        for text in texts
        if text and "条" in text  # else it cites nothing: no article is named without that word
        for one in citations.find(text, scope.names)
        for mention in mentions_of(one, span_inside(text, start=one.start, length=len(one.text)), scope, found)
    )


def span_inside(text: syntax.Text, *, start: int, length: int) -> Span:
    """Where in its file a part of a text stands: exact where it is written plainly on one line, else the whole text."""
    at = text.at
    return Span(at.file, at.line, at.column + start, length) if at.length == len(text) else at


def mentions_of(one: Found, at: Span, scope: Scope, found: list[Diagnostic]) -> tuple[Mention, ...]:
    if one.problem:
        found.append(
            Diagnostic(
                "citations",
                at,
                Words(one.problem, f"cannot read the citation `{one.text}`"),
                Words("名称用 trees/law 里有的", "use a name that trees/law holds"),
                stops=False,
            )
        )
    for citation in one.citations:
        check_article(citation, at, scope, found)
    return tuple(Mention(citation, at) for citation in one.citations)


def check_article(citation: Citation, at: Span, scope: Scope, found: list[Diagnostic]) -> None:
    statute = scope.library.statutes[citation.statute]
    if held := statute.articles.get(citation.article):
        if lack := held.divisions.lacks(citation):
            found.append(lacking_division(lack, at))
        return
    near = nearest(citation.article, statute.articles)
    found.append(
        Diagnostic(
            "citations",
            at,
            Words(
                f"法规库里的{statute.short}没有第{citation.article}条",
                f"the library does not hold article {citation.article} of {statute.short}",
            ),
            Words(
                f"在 trees/law/{statute.slug}.yml 里加上这一条" + (f"，或写第{near}条" if near else ""),
                f"add it to trees/law/{statute.slug}.yml",
            ),
            stops=False,
        )
    )


def lacking_division(lack: Lack, at: Span) -> Diagnostic:
    if lack.kind == "paragraph":
        says = f"article {lack.article} has {lack.there} paragraph(s), not {lack.cited}"
    else:
        within = f"paragraph {lack.within} of " if lack.within else ""
        says = f"{within}article {lack.article} has {lack.there} item(s), not {lack.cited}"
    help = Words(
        "改款、项，或改 trees/law 里的 `paragraphs`、`items`", "mend the citation, or the numbers in trees/law"
    )
    return Diagnostic("citations", at, Words(lack.says(), says), help, stops=False)
