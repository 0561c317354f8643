"""What the trees' meaning depends on beside themselves: whose holidays count, and when a day begins.

Written in mkdocs.yml, as options of the plugin; the command line reads them there, without MkDocs.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from minglu.compile.calendar import CALENDARS, CHINA
from minglu.parse.site_options import plugin_options

CHINA_OFFSET = "+08:00"
SETTINGS_FILES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml")


@dataclass(frozen=True)
class SiteSettings:
    """`calendar` is one of CALENDARS; `utc_offset`, such as `+08:00`, says when a day begins."""

    calendar: str = CHINA
    utc_offset: str = CHINA_OFFSET

    def today(self) -> date:
        return datetime.now(timezone(timedelta(minutes=offset_minutes(self.utc_offset)))).date()


def settings_beside(trees: Path) -> SiteSettings:
    """From the settings of the site that stand beside the folder `trees`.

    What is not there, or not a value that the plugin takes, is as for China: MkDocs reports what is wrong there.
    """
    files = (trees.absolute().parent / name for name in SETTINGS_FILES)
    options = next((plugin_options(path.read_bytes()) for path in files if path.is_file()), {})
    calendar, offset = options.get("calendar", CHINA), options.get("utc_offset", CHINA_OFFSET)
    return SiteSettings(
        calendar if calendar in CALENDARS else CHINA,
        offset if OFFSET_SHAPE.fullmatch(offset) else CHINA_OFFSET,
    )


OFFSET_SHAPE = re.compile(r"([+-])(0\d|1[0-4]):([0-5]\d)")


def offset_minutes(offset: str) -> int:
    """`+08:00` → 480. Raises ValueError for anything of another shape."""
    if not (match := OFFSET_SHAPE.fullmatch(offset)):
        raise ValueError(f"`{offset}` is no offset from UTC such as `+08:00` or `-05:00`")
    sign, hours, minutes = match.groups()
    return int(f"{sign}1") * (60 * int(hours) + int(minutes))
