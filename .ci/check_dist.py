"""Compare what was built with the source: wheel and sdist hold each file of the package, and the wheel no other.

Usage: python .ci/check_dist.py FOLDER
"""

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "build_tools"


def differences(folder: Path) -> Iterator[str]:
    """One line for each file that is missing or does not belong; `folder` holds one wheel and one sdist."""
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = {name for name in archive.namelist() if not name.endswith("/")}
    with tarfile.open(sdist) as unpacked:
        in_sdist = {name.partition("/")[2] for name in unpacked.getnames()}
    wanted = set(package_files())
    about = {name for name in in_wheel if name.startswith("minglu-") and ".dist-info/" in name}
    yield from (f"{wheel.name} lacks {name}" for name in sorted(wanted - in_wheel))
    yield from (f"{wheel.name} should not hold {name}" for name in sorted(in_wheel - wanted - about))
    yield from (
        f"{sdist.name} lacks build_tools/{name}" for name in sorted(wanted) if f"build_tools/{name}" not in in_sdist
    )
    if not any(name.endswith("/licenses/LICENSE") for name in about):
        yield f"{wheel.name} lacks LICENSE"


def package_files() -> list[str]:
    """The files of the package, by path from build_tools/, without what Python writes beside them."""
    found = (path.relative_to(SOURCE) for path in (SOURCE / "minglu").rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if "__pycache__" not in path.parts)


if __name__ == "__main__":
    sys.exit("\n".join(differences(Path(sys.argv[1]))) or None)
