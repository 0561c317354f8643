"""A reader's text → what it cites, held against the library, what it gets wrong, and the text put right.

Only what is certain is put right; after all else that is wrong stands a remark in brackets.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from . import citations
from .citations import Citation, Found
from .cite_report import (
    CitedArticle,
    CiteReport,
    FoundCitation,
    FoundClaim,
    Successor,
    TextChange,
    ToldMistake,
    ToldRule,
)
from .codec import by_field
from .labels import basis_label
from .library_data import HeldArticle, HeldStatute, KnownMistake, LibraryData
from .names import Names
from .respelling import bare_name, names_introduced, number_like, written_out
from .signs import Made, made_at_citations, said_without_citation
from .words import engine_words

LONGEST = 200_000
"""Characters of a text that is checked at once."""

NOT_HELD = HeldArticle("", "", "", (), 0, ())


@dataclass(frozen=True)
class CitableLibrary:
    """The library as a text is held against it."""

    names: Names
    statutes: dict[str, HeldStatute]
    mistakes: tuple[KnownMistake, ...]

    @classmethod
    def of(cls, data: LibraryData) -> "CitableLibrary":
        names = Names.of([by_field(one) for one in data.statutes])
        return cls(names, {one.slug: one for one in data.statutes}, data.mistakes)

    def article(self, citation: Citation) -> HeldArticle:
        return self.statutes[citation.statute].articles.get(citation.article, NOT_HELD)


def check_citations(text: str, library: CitableLibrary) -> CiteReport:
    found = [one for one in citations.find(text, library.names, carry=True) if is_certain(one, library)]
    made = made_at_citations(text, found, library.mistakes)
    told = [found_citation(one, here, library) for one, here in zip(found, made, strict=True)]
    introduced = names_introduced(text)
    changes = tuple(
        change
        for one, here, said in zip(found, made, told, strict=True)
        for change in changed(one, here, said, introduced, library)
    )
    return CiteReport(tuple(told), tuple(claims(text, found, made, library)), corrected(text, changes), changes)


def is_certain(one: Found, library: CitableLibrary) -> bool:
    """Not where no name is written and the instrument named before has no such article here: another may be meant."""
    return not one.carried or all(library.article(citation).gist for citation in one.citations)


def claims(text: str, found: list[Found], made: list[list[Made]], library: CitableLibrary) -> Iterator[FoundClaim]:
    """What is said without a citation; not what is told at a citation already."""
    told = {one.mistake.id for here in made for one in here}
    for said in said_without_citation(text, library.mistakes):
        if mistakes := [one for one in said.mistakes if one.id not in told]:
            excerpt = text[said.start : said.end].strip()
            yield FoundClaim(excerpt, said.start, said.end, tuple(told_mistake(one) for one in mistakes))


def found_citation(one: Found, made: list[Made], library: CitableLibrary) -> FoundCitation:
    """A range (第14至17条) names several articles."""
    articles = tuple(cited_article(citation, library) for citation in one.citations)
    short = library.statutes[one.citations[0].statute].short if one.carried and one.citations else ""
    return FoundCitation(
        text=one.text,
        start=one.start,
        end=one.end,
        articles=tuple(article for article in articles if article.gist),
        problem=one.problem or problem_of(one, articles, library),
        assumed=engine_words("citation.assumed", name=short) if short else "",
        mistakes=tuple(told_mistake(here.mistake) for here in made),
    )


def problem_of(one: Found, articles: tuple[CitedArticle, ...], library: CitableLibrary) -> str | None:
    """What is not held, and the paragraphs and items that are not there."""
    missing = engine_words("rule.listed").join(article.label for article in articles if not article.gist)
    if missing:
        return engine_words("citation.not-held", articles=missing)
    lacking = (library.article(citation).divisions.lacks(citation) for citation in one.citations)
    return engine_words("citation.next").join(lack.says() for lack in lacking if lack) or None


def cited_article(citation: Citation, library: CitableLibrary) -> CitedArticle:
    statute, article = library.statutes[citation.statute], library.article(citation)
    until = article.until or statute.until
    return CitedArticle(
        label=citations.label(citation, library.names),
        topic=article.topic,
        gist=article.gist,
        href=article_href(citation),
        until=until,
        now=tuple(successors(citation, library)) if until else (),
    )


def article_href(citation: Citation) -> str:
    return f"law/{citation.statute}.html#a{citation.article}"


def successors(citation: Citation, library: CitableLibrary) -> Iterator[Successor]:
    """What applies in place of an article that has ended: the articles that the library names, else the statute."""
    articles, seen = [citation], set[Citation]()
    while articles:
        one = articles.pop(0)
        if one in seen:
            continue
        seen.add(one)
        statute, article = library.statutes[one.statute], library.article(one)
        if not (article.until or statute.until):
            yield Successor(citations.label(one, library.names), article_href(one))
        elif article.replaced_by:
            articles += article.replaced_by
        elif new := library.statutes.get(statute.replaced_by):
            yield Successor(engine_words("citation.full-name", title=new.title), f"law/{new.slug}.html")


def told_mistake(one: KnownMistake) -> ToldMistake:
    rules = tuple(
        ToldRule(
            rule.says,
            engine_words(
                "shared.source", cites=engine_words("rule.listed").join(rule.cite), basis=basis_label(rule.basis)
            )
            if rule.cite
            else "",
        )
        for rule in one.right
    )
    return ToldMistake(one.id, one.title, rules, f"mistakes.html#{one.id}")


# ---- the text put right


def changed(
    one: Found, made: list[Made], told: FoundCitation, introduced: frozenset[str], library: CitableLibrary
) -> Iterator[TextChange]:
    """The change of one citation: its name in full, the article that is meant, a remark; nothing where all is right."""
    at = one.number - one.start if one.citations else 0
    name, number = one.text[:at], one.text[at:]
    whys, new_name, new_number = [], name, number
    if title := title_to_write(one, name, introduced, library):
        new_name = engine_words("citation.full-name", title=title)
        whys.append(engine_words("citation.why-name"))
    remarks = list(dict.fromkeys(remarks_of(told)))
    for here in made:
        right = here.sign.means
        if right and len(one.citations) == 1 and right.statute == one.citations[0].statute and not told.problem:
            new_number = number_like(right.article, number)
            whys.append(engine_words("citation.why-number", article=citations.label(right, library.names)))
        else:
            remarks.append(here.mistake.right[0].says.rstrip("。"))
    now = new_name + new_number + "".join(engine_words("citation.remark", says=says) for says in remarks)
    whys += [engine_words("citation.why-remark")] if remarks else []
    if now != one.text:
        yield TextChange(one.start, one.end, one.text, now, engine_words("citation.next").join(whys))


def remarks_of(told: FoundCitation) -> Iterator[str]:
    if told.problem:
        yield told.problem.rstrip("。")
    for article in told.articles:
        if article.until:
            listed = engine_words("rule.listed").join(one.label for one in article.now)
            now = engine_words("citation.now", listed=listed) if listed else ""
            yield engine_words("citation.ended", until=article.until, now=now)


def title_to_write(one: Found, name: str, introduced: frozenset[str], library: CitableLibrary) -> str:
    """The title that a shorter name is to be written out as; "" where the name stays."""
    if not one.citations or one.carried or bare_name(name) in introduced:
        return ""
    statute = library.statutes[one.citations[0].statute]
    return "" if statute.until else written_out(name, slug=statute.slug, names=library.names)


def corrected(text: str, changes: tuple[TextChange, ...]) -> str:
    if not changes:
        return ""
    parts, done = [], 0
    for one in changes:
        parts += [text[done : one.start], one.now]
        done = one.end
    return "".join([*parts, text[done:]])
