"""What the page makes of a letter (web/letter-text.js) against the engine's: the same gaps, and the same document."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from minglu import pipeline
from minglu.compile import Compiled
from minglu.engine.codec import to_json
from minglu.engine.document import letter_document
from minglu.engine.letter import LETTER_GAP, blank_letter, today_gap
from minglu.engine.words import engine_words

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node") or "node"


@cache
def compiled() -> Compiled:
    done, found = pipeline.check(pipeline.read_files(ROOT / "trees"))
    assert done, found
    return done


def laid_out(letters: list[dict[str, str]]) -> list[dict]:
    command = [NODE, str(Path(__file__).with_name("letters_laid_out.js"))]
    given = json.dumps(letters)
    return json.loads(subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout)


def test_every_letter_is_laid_out_as_the_engine_does() -> None:
    """As on the page before anything is known, but for the replies and the day, which the page fills in itself."""
    letters = [
        {"title": one.title, "text": blank_letter(text, tree)}
        for tree in compiled().trees.values()
        for outcome in tree.outcomes.values()
        for one in outcome.letters
        for text in (one.text.replace("{replies}", "没有摔过。").replace("{today}", "2026年11月16日"), one.chat)
        if text
    ]
    assert len(letters) > 400
    for letter, page in zip(letters, laid_out(letters), strict=True):
        assert page["blocks"] == to_json(letter_document(letter["title"], letter["text"]).blocks)
        assert page["gaps"] == list(dict.fromkeys(gap.strip() for gap in LETTER_GAP.findall(letter["text"])))


@pytest.mark.parametrize("words", [today_gap()[1:-1], engine_words("letter.replies")])
def test_the_page_knows_the_engines_words(words: str) -> None:
    assert f'"{words}"' in (ROOT / "build_tools/minglu/web/letter-text.js").read_text("utf-8")
