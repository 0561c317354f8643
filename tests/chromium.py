"""Find this machine's Chromium or Chrome; as a program it prints where, or how to get one."""

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    *(
        str(Path(os.environ[base], "Google/Chrome/Application/chrome.exe"))
        for base in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if base in os.environ
    ),
)
"""Where their installers put them on macOS and Windows, which is not on the PATH."""

HOW_TO_GET_IT = (
    "The tests in a browser need Chromium or Chrome: "
    "on Debian `apt install chromium`, on Ubuntu `snap install chromium`, "
    "on macOS `brew install --cask google-chrome`, on Windows `winget install Google.Chrome`; "
    "`make test-fast` does without."
)


def chromium() -> str | None:
    on_path = filter(None, map(shutil.which, NAMES))
    return next(on_path, None) or next((place for place in PLACES if Path(place).is_file()), None)


if __name__ == "__main__":
    found = chromium()
    sys.stdout.write(f"{found or HOW_TO_GET_IT}\n")
    sys.exit(not found)
