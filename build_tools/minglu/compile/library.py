"""The library → what the engine needs of it to check citations: the statutes, and the mistakes that have signs."""

from minglu.engine import citations
from minglu.engine.library_data import (
    HeldArticle,
    HeldStatute,
    KnownMistake,
    LibraryData,
    RightRule,
    Sign,
)
from minglu.resolve import model
from minglu.resolve.model import Library


def library_data(library: Library) -> LibraryData:
    return LibraryData(
        statutes=tuple(held_statute(one) for one in library.statutes.values()),
        mistakes=tuple(known_mistake(one, library) for one in library.mistakes.values() if one.signs),
    )


def held_statute(one: model.Statute) -> HeldStatute:
    return HeldStatute(
        slug=one.slug,
        title=one.title,
        short=one.short,
        also=one.also,
        in_force=one.in_force,
        until=one.until,
        replaced_by=one.replaced_by,
        replaces=one.replaces,
        articles={number: held_article(article) for number, article in one.articles.items()},
    )


def held_article(one: model.Article) -> HeldArticle:
    return HeldArticle(one.topic, one.gist, one.until, one.replaced_by, one.paragraphs, one.items)


def known_mistake(one: model.Mistake, library: Library) -> KnownMistake:
    right = tuple(
        RightRule(rule.says, tuple(citations.label(cite, library.names) for cite in rule.cites), rule.basis)
        for rule in one.right
    )
    signs = tuple(Sign(sign.cites, sign.words, sign.unless, sign.means) for sign in one.signs)
    return KnownMistake(one.id, one.title, right, signs)
