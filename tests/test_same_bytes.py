"""Same input, same bytes out, in every process: the order of a set is another in each."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = """
from hashlib import sha256
from pathlib import Path
from minglu import pipeline
from minglu.changes.diff import diff
from minglu.changes.mutate import mutate
from minglu.changes.report_text import report_text
from minglu.changes.walks_yaml import walk_yaml
from minglu.diagnostics.terminal import render
from minglu.verify import MANUAL
from minglu.write import write

files = pipeline.read_files(Path("tests/toy/trees"))
done, found = pipeline.check(files)
edits = (
    (b"within: 15 days", b"within: 14 days"),
    (b"standing: weak", b"standing: arguable"),
    (b"[shop, court]", b"[court, shop]"),
)
edited = dict(files)
for before, after in edits:
    edited = {path: data.replace(before, after) for path, data in edited.items()}
other, found = pipeline.check(edited)
for path, data in write(done).items():
    print(path, sha256(data).hexdigest())
for lang in ("zh", "en"):
    print(report_text(diff(done, other), lang))
for tree in done.trees:
    told = mutate(done, tree)
    print(told.score, [slip.mutant.says for slip in told.unnoticed], *(walk_yaml(walk.worked) for walk in told.walks))
for path in sorted(path for check in MANUAL for path in Path("tests/bad", check).glob("*.yml")):
    data = path.read_bytes()
    first = data.partition(b"\\n")[0].decode()
    name = first.removeprefix("# file: ") if first.startswith("# file: ") else "trees/kettle/tree.yml"
    print(path, *(render(one, files | {name: data}) for one in pipeline.check(files | {name: data})[1]))
"""


def test_pages_diffs_mutants_and_diagnostics_are_the_same_in_every_process() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "123"
    ]
    assert (
        "trees/kettle.md" in told[0]
        and "maps/kettle.md" in told[0]
        and "certificates/kettle.json" in told[0]
        and "error[across]" in told[0]
    )
    assert told[0] == told[1] == told[2]
