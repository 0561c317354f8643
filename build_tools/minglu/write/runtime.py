"""Turn the npm package of Pyodide and the engine's source into the Python that the site hosts itself."""

import hashlib
import importlib.metadata
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

FOLDER = "assets/minglu/runtime/"
KEEP_LIST = Path(__file__).with_name("keep-list.txt")
LOADER = "pyodide.js"


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
        kept = {name: stock.read(name) for name in stock.namelist() if _module(name) in keep}
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
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=cache, delete=False) as fresh:
        fresh.write(body)
    os.replace(fresh.name, kept)  # two builds at once never read half a file
    return body


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
