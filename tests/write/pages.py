"""What a reader's browser makes of a page, as far as these tests ask: elements with their attributes and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str | bool) -> list["Element"]:
        """Descendants; an attribute's value True asks only that it is there, `cls` asks for one of the classes."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if (not tag or child.tag == tag) and all(child.has(name, value) for name, value in attributes.items()):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str | bool) -> "Element":
        (found,) = self.all(tag, **attributes)
        return found

    def has(self, name: str, value: str | bool) -> bool:
        if name == "cls":
            return value in self.attributes.get("class", "").split()
        own = self.attributes.get(name.replace("_", "-"))
        return own is not None if value is True else own == value

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.all(id=True)]


class Reader(HTMLParser):
    """Refuses what is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attributes}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: str) -> Element:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is not closed"
    return reader.root


def body(source: bytes) -> Element:
    """The HTML of a Markdown source whose body is HTML: a tree's page."""
    return read(source.decode().split("---\n", 2)[2])
