"""The library → what the engine needs of it to read citations: names, and each article's topic and gist."""

from typing import Any

from minglu.resolve.model import Library


def library_data(library: Library) -> list[dict[str, Any]]:
    """JSON, a statute each; `until` is "" for what is in force."""
    return [
        {
            "slug": statute.slug,
            "title": statute.title,
            "short": statute.short,
            "also": list(statute.also),
            "until": statute.until,
            "articles": {
                article.number: {
                    "topic": article.topic,
                    "gist": article.gist,
                    "until": article.until,
                    "paragraphs": article.paragraphs,
                    "items": list(article.items),
                }
                for article in statute.articles.values()
            },
        }
        for statute in library.statutes.values()
    ]
