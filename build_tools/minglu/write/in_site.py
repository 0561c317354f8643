"""What the scripts must know of the site that they run on: its pages, and where it differs from ours.

Material loads only those pages in place that it finds in sitemap.xml, with full addresses: those hold where `site_url`
says, and nowhere else (another host's copy, a sub-path, a port). This script stands before Material's own and answers
with the pages as they are addressed here. Without it every page is loaded anew, and Python with it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from minglu.write.calculator_rules import CALCULATORS
from minglu.write.case_library import CASE
from minglu.write.npm_scripts import NPM_SCRIPTS
from minglu.write.paper_library import PAPERS
from minglu.write.widget import ACT, ACT_STYLE, FOLDER, ON_DEMAND, WORKER

PATH = FOLDER + "pages.js"

ASKED_FOR = (
    WORKER,
    ACT,
    ACT_STYLE,
    *ON_DEMAND,
    CALCULATORS,
    "calendar.json",
    *NPM_SCRIPTS,
    "library.json",
    CASE,
    PAPERS,
    "runtime/runtime.json",
)
"""The files that scripts ask for by their plain names; the others are named in the pages that need them."""

SCRIPT = """// Made by minglu/write/in_site.py, which says why.
(() => {
  const pages = %s;
  const site = new URL("../../", document.currentScript.src);
  const parse = DOMParser.prototype.parseFromString;
  DOMParser.prototype.parseFromString = function (text, type) {
    const map = type === "text/xml" && text.includes("<urlset");
    const entries = pages.map((page) => `<url><loc>${new URL(page, site)}</loc></url>`);
    return parse.call(this, map ? `<urlset>${entries.join("")}</urlset>` : text, type);
  };
})();
"""


@dataclass(frozen=True, kw_only=True)
class SiteFacts:
    """What the widget's scripts read as `MingluSite`, where it is not as on a site without any settings.

    `python` is whether the site has the browser's Python; `engine` is the hash of the engine's sources; `minutes` are
    those by which the readers' day begins before UTC's; `addresses` are those of the pages that do not stand where
    `write` puts them, by that place, from the site's root: None where the page is left out. `files` are the names that
    files go out by, by their plain ones.
    """

    python: bool = True
    engine: str = ""
    minutes: int = 8 * 60
    addresses: Mapping[str, str | None] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def script(self) -> str:
        facts = {
            **({} if self.python else {"python": False}),
            **({"engine": self.engine} if self.engine else {}),
            **({} if self.minutes == SiteFacts.minutes else {"minutes": self.minutes}),
            **({"addresses": dict(sorted(self.addresses.items()))} if self.addresses else {}),
            **({"files": {name: self.files[name] for name in ASKED_FOR if name in self.files}} if self.files else {}),
        }
        return f"window.MingluSite = {json.dumps(facts, ensure_ascii=False)};\n" if facts else ""


def in_site_script(pages: Iterable[str], facts: SiteFacts) -> bytes:
    """`pages` are the built pages' addresses from the site's root: `trees/kettle.html` or `trees/kettle/`."""
    return (SCRIPT % json.dumps(sorted(pages), ensure_ascii=False) + facts.script()).encode()
