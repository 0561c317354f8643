"""The catalogue of `compile`: the few words that stand in the compiled tree and are no author's, by key."""

COMPILE_WORDS = {
    "guard.and": "，",
    "guard.not": "不是（{condition}）",
    "guard.or": "或",
    "guard.alternative": "（{condition}）",
}


def compile_words(key: str, **values: object) -> str:
    """The text of `key` with `values` filled in. Raises KeyError for a key that the catalogue does not hold."""
    return COMPILE_WORDS[key].format(**values)
