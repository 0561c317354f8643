"""Every bad file gets exactly the diagnostics that stand beside it.

A bad file replaces one file of the toy project: `trees/kettle/tree.yml`, or the one that its first line names
(`# file: …`).
`pytest --accept` rewrites what is expected; read the diff.
"""

from pathlib import Path

import pytest

from minglu import pipeline, verify
from minglu.diagnostics.terminal import render

FOLDER = Path(__file__).parent / "bad"
FILES = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".yml", ".bin"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_bad_file_gets_its_diagnostics(path: Path, toy_files, request: pytest.FixtureRequest, monkeypatch) -> None:
    monkeypatch.setattr(verify, "NOT_YET", ())
    data = path.read_bytes()
    files = toy_files | {replaced(data): data}
    _, found = pipeline.check(files)
    told = "\n\n".join(render(one, files, lang) for one in found for lang in ("zh", "en")) + "\n"
    expected = path.with_suffix(".txt")
    assert found, "nothing was found in a bad file; a new check must stand in CHECKS of minglu/verify/__init__.py"
    assert all(one.rule == path.parent.name for one in found), (
        f"only {path.parent.name} may be reported here, not {[one.rule for one in found]}: mend the file, or say in "
        "NEEDS of minglu/verify/__init__.py what the check takes for granted"
    )
    if request.config.getoption("--accept"):
        expected.write_text(told)
    assert expected.exists(), f"run `pytest tests/test_bad.py --accept`, and read the {expected.name} that it writes"
    assert told == expected.read_text(), "if what is told now is right, run with --accept and read the diff"


def replaced(data: bytes) -> str:
    first = data.split(b"\n")[0]
    return first.removeprefix(b"# file:").strip().decode() if first.startswith(b"# file:") else "trees/kettle/tree.yml"


def test_every_check_and_every_rule_has_a_bad_file() -> None:
    """The rules are the names that the passes give to `Diagnostic`; write/test_plugin.py tests those of docs/."""
    import re

    source = Path(__file__).parent.parent / "build_tools" / "minglu"
    used = {
        rule
        for path in source.rglob("*.py")
        if path.parent.name != "write"
        for rule in re.findall(r"(?:Diagnostic|report)\(\s*\"([a-z-]+)\"", path.read_text())
    }
    lacking = used - {path.parent.name for path in FILES}
    assert not lacking, f"each needs a bad file, tests/bad/NAME/a-claim-as-a-sentence.yml: {sorted(lacking)}"
