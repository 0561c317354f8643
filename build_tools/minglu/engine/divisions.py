"""The paragraphs (款) and items (项) that an article has → whether it has the one that is cited."""

from dataclasses import dataclass

from .citations import Citation
from .words import engine_words


@dataclass(frozen=True)
class Divisions:
    """`paragraphs` is how many an article has, 0 where the library does not say. `items` are those of each paragraph,
    from the first on, none for those that follow; without `paragraphs` those of the whole article, empty where the
    library does not say.
    """

    paragraphs: int = 0
    items: tuple[int, ...] = ()

    def lacks(self, citation: Citation) -> "Lack | None":
        """What is cited and is not there; None where it is, or where that is not known."""
        paragraph, item = citation.paragraph, citation.item
        if self.paragraphs and paragraph and paragraph > self.paragraphs:
            return Lack(citation.article, "paragraph", paragraph, self.paragraphs)
        if item is None or (paragraph and not self.paragraphs) or not (self.paragraphs or self.items):
            return None
        most = self.items_of(paragraph) if paragraph else max(self.items, default=0)
        return Lack(citation.article, "item", item, most, paragraph) if item > most else None

    def items_of(self, paragraph: int) -> int:
        return self.items[paragraph - 1] if paragraph <= len(self.items) else 0


@dataclass(frozen=True)
class Lack:
    """`kind` is paragraph or item: `cited` is its number, `there` how many there are, `within` the paragraph of the
    item, where one was cited.
    """

    article: str
    kind: str
    cited: int
    there: int
    within: int | None = None

    def says(self) -> str:
        """One clause: 第24条只有 3 款，没有第5款."""
        article = engine_words("citation.article", number=self.article)
        if self.within:
            article += engine_words("citation.paragraph", number=self.within)
        few = "none" if self.there == 0 else "one" if self.kind == "paragraph" and self.there == 1 else "few"
        return engine_words(f"citation.{self.kind}s-{few}", article=article, there=self.there, cited=self.cited)
