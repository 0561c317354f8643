"""The process of one measure: writes each row as a line of JSON.

Arguments: its module, the file for the rows, the folder of the run, this checkout, and the base's if there is one.
"""

import dataclasses
import importlib
import json
import sys
from pathlib import Path

from bench.sides import two_sides


def main(module: str, rows_file: str, *folders: str) -> None:
    work, this, *base = map(Path, folders)
    measure = importlib.import_module(module)
    with open(rows_file, "w", encoding="utf-8") as found:
        for row in measure.run(two_sides(work, this=this, base=base[0] if base else None)):
            print(json.dumps(dataclasses.asdict(row)), file=found, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
