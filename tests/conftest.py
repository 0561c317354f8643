"""The toy project: kettles, so that nothing here can be taken for law; and a browser for those who ask."""

from pathlib import Path

import pytest
from browser_fixtures import browser, page, serve  # noqa: F401 pytest finds them here
from hypothesis import settings

from minglu import pipeline
from minglu.diagnostics.terminal import render

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TOY = Path(__file__).parent / "toy" / "trees"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="rewrite the expected diagnostics of bad files, and the golden pages; read the diff",
    )


@pytest.fixture(scope="session")
def toy_files() -> dict[str, bytes]:
    return pipeline.read_files(TOY)


@pytest.fixture(scope="session")
def toy(toy_files) -> pipeline.Compiled:
    done, found = pipeline.check(toy_files)
    assert not found, "\n".join(render(one, toy_files, "en") for one in found)
    return done
