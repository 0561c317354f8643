"""The folder of npm packages → those of their scripts that the site serves itself, by site-relative path.

Each is a classic script that sets one global, and comes as its package has it, but for comments on lines of their own:
they are half of what docx weighs. No page names them; web/lazy.js loads them when a reader asks for what they make.
"""

import re
from pathlib import Path

from minglu.write.widget import DOC_COMMENT, FOLDER

NPM_SCRIPTS = {"docx.js": "docx/dist/index.iife.js", "qrcode.js": "qrcode-generator/dist/qrcode.js"}
"""By the plain names of the scripts, where they stand below node_modules."""

COMMENT_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)


def npm_scripts(node_modules: Path) -> tuple[dict[str, bytes], list[str]]:
    """The scripts, and notes for the builder of those that are not there: the site does without."""
    paths = {name: node_modules / path for name, path in NPM_SCRIPTS.items()}
    files = {
        FOLDER + name: without_comments(path.read_text("utf-8")).encode()
        for name, path in paths.items()
        if path.is_file()
    }
    missing = [str(path) for path in paths.values() if not path.is_file()]
    note = (
        f"no {', no '.join(missing)}: the pages go without Word files or QR codes; "
        "`npm ci` or `npm install docx qrcode-generator` beside mkdocs.yml brings them"
    )
    return files, [note] if missing else []


def without_comments(script: str) -> str:
    return COMMENT_LINE.sub("", DOC_COMMENT.sub("", script))
