"""The browser's fixtures are those of tests/browser, whose conftest.py pytest would not look at from here."""

import importlib.util
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "browser"
sys.path.append(str(FOLDER))
spec = importlib.util.spec_from_file_location("browser_fixtures", FOLDER / "conftest.py")
assert spec is not None and spec.loader is not None
browser_fixtures = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = browser_fixtures  # its dataclass looks there for its own module
spec.loader.exec_module(browser_fixtures)

browser, page, serve = browser_fixtures.browser, browser_fixtures.page, browser_fixtures.serve
