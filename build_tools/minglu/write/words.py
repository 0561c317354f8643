"""The catalogue of the pages: every sentence and word that is no author's and not the engine's, by key."""

PAGE_WORDS = {
    "only-when": "只在这种情况：{condition}",
}


def page_words(key: str, **values: object) -> str:
    """The text of `key` with `values` filled in. Raises KeyError for a key that the catalogue does not hold."""
    return PAGE_WORDS[key].format(**values)
