"""The browser's fixtures are those of tests/browser."""

import importlib.util
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "browser" / "conftest.py"
spec = importlib.util.spec_from_file_location("browser_fixtures", FIXTURES)
assert spec is not None and spec.loader is not None
browser_fixtures = importlib.util.module_from_spec(spec)
import sys  # noqa: E402 a dataclass looks for its own module

sys.modules["browser_fixtures"] = browser_fixtures
spec.loader.exec_module(browser_fixtures)

browser, page, serve = browser_fixtures.browser, browser_fixtures.page, browser_fixtures.serve
