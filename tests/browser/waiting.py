"""Waiting for what comes true in a page. Playwright's `wait_for_function` needs `eval`, which the policy stops."""

import time

from playwright.sync_api import Page


def until(page: Page, expression: str, timeout: int = 30_000) -> None:
    """`expression` in the page's JavaScript, or a function without parameters."""
    due = time.monotonic() + timeout / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < due, f"never true: {expression}"
        page.wait_for_timeout(50)
