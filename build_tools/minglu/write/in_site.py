"""The site's pages → the script that lets Material navigate within the site wherever the site is hosted.

Material loads only those pages in place that it finds in sitemap.xml, with full addresses: those hold where `site_url` says, and
nowhere else (another host's copy, a sub-path, a port). This script stands before Material's own and answers with the pages
as they are addressed here. Without it every page is loaded anew, and Python with it.
"""

import json
from collections.abc import Iterable

PATH = "assets/minglu/pages.js"

SCRIPT = """// Made by minglu/write/in_site.py, which says why.
(() => {
  const pages = %s;
  const site = new URL("../../", document.currentScript.src);
  const parse = DOMParser.prototype.parseFromString;
  DOMParser.prototype.parseFromString = function (text, type) {
    const map = type === "text/xml" && text.includes("<urlset");
    return parse.call(this, map ? `<urlset>${pages.map((page) => `<url><loc>${new URL(page, site)}</loc></url>`).join("")}</urlset>` : text, type);
  };
})();
"""


def in_site_script(pages: Iterable[str]) -> bytes:
    """`pages` are the built pages' paths from the site's root: `trees/kettle.html`."""
    return (SCRIPT % json.dumps(sorted(pages), ensure_ascii=False)).encode()
