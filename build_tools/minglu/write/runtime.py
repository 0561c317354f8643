"""Turn the npm package of Pyodide and the engine's source into the Python that the site hosts itself."""

import hashlib
import importlib.metadata
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

FOLDER = "assets/minglu/runtime/"
KEEP_LIST = Path(__file__).with_name("keep-list.txt")
LOADER = "pyodide.js"
STARTED = "started.bin"
MAKER = Path(__file__).with_name("started.mjs")
PATIENCE = 120  # seconds that a start may take; it takes two

STAND_INS = {
    "asyncio/__init__.py": """
class Future: ...
def get_event_loop():
    raise RuntimeError("no event loop is here")
""",
    "importlib/resources/__init__.py": "",
    "importlib/resources/abc.py": "",
    "pyodide/_package_loader.py": """
from pyodide_js import loadedPackages
class Folder:
    def __init__(self, path):
        self.path = path
    def __str__(self):
        return self.path
SITE_PACKAGES, DSO_DIR = Folder("/lib/site-packages"), Folder("/usr/lib")
def init_loaded_packages(): ...
""",
    "pyodide/webloop.py": """
from pyodide_js._api import scheduleCallback
def _initialize_event_loop(): ...
""",
}
"""In place of Pyodide's event loop and package loader, which its start imports and nobody here uses: with asyncio,
zipfile and all that they import, they are half of the library. What Pyodide's own code asks of them is here."""


def bundle(pyodide_dir: Path, engine: dict[str, bytes], cache: Path) -> tuple[dict[str, bytes], list[str]]:
    """The runtime's files by site-relative path, and what a builder should know about them in plain words.

    `engine` maps paths inside engine.zip to source; `cache` may be emptied at any time.
    """
    stock = _stock(pyodide_dir)
    lock = json.loads(stock["pyodide-lock.json"])
    library, notes = stock["python_stdlib.zip"], []
    engine_zip = _zip(engine)
    reason = _why_not_compile(lock["info"]["python"])
    if reason:
        notes.append(f"the browser's Python is the stock one, larger and slower to start: {reason}")
    else:
        library = _compiled(_kept(library, keep_list()), 2, cache)
        engine_zip = _compiled(engine, 0, cache)
    files = {
        # Hosts that do not know `.mjs` send it as a download, and then it never loads as a module.
        LOADER: _without_source_map(stock["pyodide.mjs"]),
        "pyodide.asm.js": _without_source_map(stock["pyodide.asm.js"]),
        "pyodide.asm.wasm": stock["pyodide.asm.wasm"],
        "python_stdlib.zip": library,
        "pyodide-lock.json": _json({"info": lock["info"], "packages": {}}),
        "engine.zip": engine_zip,
    }
    if not reason:
        try:
            files[STARTED] = _started(files, cache)
        except NotStarted as why:
            notes.append(f"the browser's Python starts slower than it could: {why}")
    about = {
        "version": json.loads(stock["package.json"])["version"],
        "python": lock["info"]["python"],
        "compiled": not reason,
        "licenses": {"pyodide": "MPL-2.0, github.com/pyodide/pyodide", "python": "PSF-2.0, python.org"},
        "files": {
            name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in sorted(files.items())
        },
        "total": sum(map(len, files.values())),
    }
    files["runtime.json"] = _json(about)
    return {FOLDER + name: body for name, body in sorted(files.items())}, notes


class NotStarted(Exception):
    """Python could not be started here; the text says why."""


def _started(files: dict[str, bytes], cache: Path) -> bytes:
    """The memory of a Python that has started and holds the engine, made by started.mjs in Node.js; kept in `cache`."""
    key = hashlib.sha256(MAKER.read_bytes())
    for _, body in sorted(files.items()):
        key.update(hashlib.sha256(body).digest())
    kept = cache / f"started-{key.hexdigest()[:32]}.zlib"
    if kept.is_file():
        return kept.read_bytes()
    node = shutil.which("node")
    if not node:
        raise NotStarted("there is no Node.js here to start it")
    with tempfile.TemporaryDirectory() as folder:
        for name, body in files.items():
            Path(folder, "pyodide.mjs" if name == LOADER else name).write_bytes(body)
        made = Path(folder, "memory")
        command = [node, str(MAKER), folder, str(made)]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise NotStarted(f"it did not start within {PATIENCE} seconds") from None
        if done.returncode or not made.is_file():
            errors = [line for line in done.stderr.splitlines() if "Error" in line[:80]]
            raise NotStarted((errors or ["Node.js gave no memory"])[0][:200])
        body = zlib.compress(made.read_bytes(), 9)
    _keep(kept, body)
    return body


def keep_list() -> frozenset[str]:
    """The modules of the standard library that the runtime keeps."""
    lines = KEEP_LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


def _stock(pyodide_dir: Path) -> dict[str, bytes]:
    names = (
        "package.json",
        "pyodide-lock.json",
        "pyodide.mjs",
        "pyodide.asm.js",
        "pyodide.asm.wasm",
        "python_stdlib.zip",
    )
    missing = [name for name in names if not (pyodide_dir / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{pyodide_dir} has no {', '.join(missing)}: run `npm ci` first")
    return {name: (pyodide_dir / name).read_bytes() for name in names}


def _why_not_compile(runtime_python: str) -> str:
    """Bytecode fits only the Python that made it: the reason why ours would not fit, or nothing."""
    wanted = tuple(map(int, runtime_python.split(".")[:2]))
    if sys.implementation.name != "cpython" or sys.version_info[:2] != wanted:
        here = sys.version_info
        return f"this build ran under Python {here[0]}.{here[1]}, the runtime is {wanted[0]}.{wanted[1]}"
    try:
        importlib.metadata.version("pyodide-build")
    except importlib.metadata.PackageNotFoundError:
        return "pyodide-build is not installed"
    return ""


def _kept(library: bytes, keep: frozenset[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(library)) as stock:
        whole = {name: stock.read(name) for name in stock.namelist()} | {
            name: text.encode() for name, text in STAND_INS.items()
        }
    kept = {name: body for name, body in whole.items() if _module(name) in keep}
    if unknown := keep - set(map(_module, kept)):
        raise ValueError(
            f"{KEEP_LIST.name} names what this standard library does not have: {', '.join(sorted(unknown))}"
        )
    return kept


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") if path.endswith(".py") else ""


def _compiled(sources: dict[str, bytes], optimize: int, cache: Path) -> bytes:
    """A zip of bytecode by `pyodide py-compile`, kept in `cache` under the hash of all that decides its bytes."""
    plain = _zip(sources)
    key = hashlib.sha256(plain)
    key.update(f"{sys.version} {importlib.metadata.version('pyodide-build')} {optimize}".encode())
    key.update(Path(__file__).read_bytes())
    kept = cache / f"runtime-{key.hexdigest()[:32]}.zip"
    if kept.is_file():
        return kept.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "sources.zip")
        archive.write_bytes(plain)
        # Level 2 leaves docstrings out: a sixth of the library's bytes. SOURCE_DATE_EPOCH keeps times out.
        settings = os.environ | {
            "PYTHONOPTIMIZE": str(optimize or ""),
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": "315532800",
        }
        command = [
            sys.executable,
            "-P",  # the folder that is built from may hold a build.py
            "-m",
            "pyodide_cli",
            "py-compile",
            "--silent",
            "--compression-level",
            "0",
            str(archive),
        ]
        done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"`pyodide py-compile` failed:\n{done.stdout}{done.stderr}")
        with zipfile.ZipFile(archive) as made:
            body = _zip({name: made.read(name) for name in made.namelist()})
    _keep(kept, body)
    return body


def _keep(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
        fresh.write(body)
    os.replace(fresh.name, path)  # two builds at once never read half a file


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, body in sorted(files.items()):
            entry = zipfile.ZipInfo(name)  # its time is 1980-01-01
            entry.create_system = 3  # Windows would write another byte
            archive.writestr(entry, body, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def _without_source_map(script: bytes) -> bytes:
    return b"".join(line for line in script.splitlines(keepends=True) if not line.startswith(b"//# sourceMappingURL="))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
