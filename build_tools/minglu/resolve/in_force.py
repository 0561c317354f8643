"""A citation and a day → whether the article applies then, and what to cite instead."""

from minglu.diagnostics import Words
from minglu.engine import citations
from minglu.engine.citations import Citation
from minglu.resolve.model import Statute, names_of

Statutes = dict[str, Statute]


def applies(citation: Citation, statutes: Statutes, as_of: str) -> bool:
    return statutes[citation.statute].in_force <= as_of and not ended(citation, statutes, as_of)


def ended(citation: Citation, statutes: Statutes, as_of: str) -> str:
    """Since when the article has not applied, with its statute or alone; "" if it still does on `as_of`."""
    statute = statutes[citation.statute]
    article = statute.articles.get(citation.article)
    since = min(filter(None, (statute.until, article.until if article else "")), default="")
    return since if since <= as_of else ""


def stale(citation: Citation, statutes: Statutes, as_of: str) -> tuple[Words, Words] | None:
    """If what is cited is not in force on `as_of`: that, in words, and what to do about it."""
    statute = statutes[citation.statute]
    if as_of < statute.in_force:
        return Words(
            f"{statute.short}到 {statute.in_force} 才施行", f"{statute.short} is in force only from {statute.in_force}"
        ), Words("引那时有效的条文，或改 `as_of`", "cite what was in force then, or change `as_of`")
    if since := ended(citation, statutes, as_of):
        new = replacements(citation, statutes, as_of)
        help = (
            Words(f"改引{'、'.join(new)}", f"cite {', '.join(new)} instead")
            if new
            else Words("改引现行的条文，或删掉它", "cite what is in force, or remove it")
        )
        return Words(
            f"{statute.short}第{citation.article}条自 {since} 起不再适用",
            f"article {citation.article} of {statute.short} has not applied since {since}",
        ), help
    return None


def replacements(citation: Citation, statutes: Statutes, as_of: str) -> list[str]:
    """What applies on `as_of` in place of an article that has ended: the articles that are named, else the statute."""
    names, new, seen, todo = names_of(statutes), [], set(), [Citation(citation.statute, citation.article)]
    while todo:
        one = todo.pop(0)
        if one in seen:
            continue
        seen.add(one)
        statute = statutes[one.statute]
        article = statute.articles.get(one.article)
        if not ended(one, statutes, as_of):
            new.append(citations.label(one, names).replace(" ", ""))
        elif article and article.replaced_by:
            todo += article.replaced_by
        elif statute.until and statute.until <= as_of and statute.replaced_by in statutes:
            new.append(statutes[statute.replaced_by].short)
    return list(dict.fromkeys(new))
