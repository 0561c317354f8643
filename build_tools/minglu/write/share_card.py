"""A page → what other programs show of a link to it: title, a line, and a picture made at build.

The picture wants Pillow (the extra `cards`) and a font with Chinese; without words it would say nothing, so where
either lacks the card goes without. Its address must be a full one: there is none where the site does not say where it
stands.
"""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from minglu.write.html import Html, joined, void_element
from minglu.write.widget import FOLDER

CARDS = f"{FOLDER}cards/"
SIZE = (1200, 630)  # as Open Graph's readers crop to
LEFT, RIGHT, TOP = 190, 1120, 150
ROAD_X, STOPS = 95, (150, 315, 480)
PAPER, INK, SOFT, ROAD = "#fbfaf6", "#17231f", "#55635d", "#0b6b57"
COLOURS = 64
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
)
"""Where systems keep theirs, the first that is there."""


def card_tags(*, title: str, description: str, site_name: str, url: str = "", picture: str = "") -> Html:
    """For the head of a page. `url` and `picture` are full addresses, "" where they are not known."""
    told = {
        "og:type": "website",
        "og:site_name": site_name,
        "og:title": title,
        "og:description": description,
        "og:url": url,
        "og:image": picture,
        **({"og:image:width": str(SIZE[0]), "og:image:height": str(SIZE[1])} if picture else {}),
    }
    tags = joined(void_element("meta", property=name, content=text) for name, text in told.items() if text)
    return tags + void_element("meta", name="twitter:card", content="summary_large_image" if picture else "summary")


def card_font(wanted: str, folder: Path, fonts: Iterable[str] = FONTS) -> Path | None:
    """The font that is wanted, from `folder`, else the first that the system has; None without one, or without Pillow.
    Raises FileNotFoundError for one that is wanted and not there.
    """
    try:
        import PIL.ImageFont  # noqa: F401
    except ModuleNotFoundError:
        return None
    if wanted and not (folder / wanted).is_file():
        raise FileNotFoundError(f"no {folder / wanted}, which the option `card_font` names")
    return folder / wanted if wanted else next((Path(one) for one in fonts if Path(one).is_file()), None)


def card_picture(title: str, line: str, site_name: str, font: Path) -> bytes:
    """A PNG: the road at the left, the words beside it. The same bytes for the same words, font and Pillow."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.line([(ROAD_X, 0), (ROAD_X, SIZE[1])], fill=ROAD, width=14)
    for place, y in enumerate(STOPS):
        fill = ROAD if place == 0 else PAPER
        draw.ellipse([(ROAD_X - 30, y - 30), (ROAD_X + 30, y + 30)], fill=fill, outline=ROAD, width=12)
    y = TOP - 50
    for text, size, colour, most in ((title, 88, INK, 2), (line, 44, SOFT, 3)):
        drawn = sized_font(font, size)
        for row in wrapped(text, drawn, most):
            draw.text((LEFT, y), row, font=drawn, fill=colour)
            y += round(size * 1.4)
        y += 30
    draw.text((LEFT, SIZE[1] - 100), site_name, font=sized_font(font, 40), fill=ROAD)
    written = io.BytesIO()
    image.quantize(COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()


def sized_font(path: Path, size: int) -> Any:
    """Of a collection the one for simplified Chinese: the others draw some characters as Japan or Korea does."""
    from PIL import ImageFont

    first = ImageFont.truetype(path, size)
    for index in range(1, 10 if path.suffix == ".ttc" else 1):
        try:
            other = ImageFont.truetype(path, size, index=index)
        except OSError:
            break
        if (other.getname()[0] or "").endswith(" SC"):
            return other
    return first


def wrapped(text: str, font: Any, most: int) -> list[str]:
    """Lines no wider than the picture has room for, anywhere in the text as Chinese allows; what is over ends in …."""
    rows = [""]
    for char in text:
        if font.getlength(rows[-1] + char) > RIGHT - LEFT:
            rows.append("")
        rows[-1] += char
    if len(rows) <= most:
        return rows
    last = rows[most - 1]
    return [*rows[: most - 1], last[:-1] + "…"]
