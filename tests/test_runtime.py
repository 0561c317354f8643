"""The browser's Python as files: what is in the bundle, that it is always the same, and what it falls back to."""

import ast
import hashlib
import io
import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from as_shipped import RUNTIME_FILES

from minglu.pipeline import engine_sources
from minglu.write import runtime
from minglu.write.runtime import FOLDER, bundle

PYODIDE = Path(__file__).parent.parent / "node_modules" / "pyodide"
KETTLE = {"engine/__init__.py": b"", "engine/bridge.py": b"def answer(request):\n    return request\n"}

fits = pytest.mark.skipif(
    sys.version_info[:2] != (3, 13), reason="bytecode for the runtime is made under Python 3.13 only"
)


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def files(cache) -> dict[str, bytes]:
    return bundle(PYODIDE, engine_sources(), cache)[0]


@fits
def test_the_bundle_is_what_a_browser_loads_and_no_more(files):
    assert sorted(path.removeprefix(FOLDER) for path in files) == sorted(RUNTIME_FILES)
    assert not any(b"sourceMappingURL" in body for path, body in files.items() if path.endswith(".js"))
    assert json.loads(files[FOLDER + "pyodide-lock.json"])["packages"] == {}


def test_the_manifest_tells_every_file_by_size_and_hash(files):
    told = json.loads(files[FOLDER + "runtime.json"])
    others = {path.removeprefix(FOLDER): body for path, body in files.items() if not path.endswith("runtime.json")}
    assert told["files"] == {
        name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()} for name, body in others.items()
    }
    assert told["total"] == sum(map(len, others.values()))
    assert told["version"] == json.loads((PYODIDE / "package.json").read_bytes())["version"]


def test_what_is_not_ours_is_untouched(files):
    assert files[FOLDER + "pyodide.asm.wasm"] == (PYODIDE / "pyodide.asm.wasm").read_bytes()


@fits
def test_the_library_is_bytecode_of_the_keep_list(files):
    names = zipfile.ZipFile(io.BytesIO(files[FOLDER + "python_stdlib.zip"])).namelist()
    assert all(name.endswith(".pyc") for name in names)
    assert {runtime._module(name.removesuffix("c")) for name in names} == runtime.keep_list()
    assert len(files[FOLDER + "python_stdlib.zip"]) < (PYODIDE / "python_stdlib.zip").stat().st_size / 2


def test_same_input_same_bytes(files, tmp_path):
    again, _ = bundle(PYODIDE, dict(reversed(engine_sources().items())), tmp_path)
    assert again == files


def test_a_second_build_compiles_nothing(files, cache, monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("compiled again"))
    assert bundle(PYODIDE, engine_sources(), cache)[0] == files


@fits
def test_the_started_python_is_the_same_wherever_it_is_made(files, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    monkeypatch.chdir(tmp_path)
    made_of = {path.removeprefix(FOLDER): body for path, body in files.items()}
    del made_of[runtime.STARTED], made_of["runtime.json"]
    again = runtime._started(made_of, tmp_path)
    assert again == files[FOLDER + runtime.STARTED]


@fits
@pytest.mark.parametrize(
    ("node", "says"),
    [
        (None, "there is no Node.js here to start it"),
        ("console.error('SyntaxError: too old'); process.exit(1)", "SyntaxError: too old"),
        ("setTimeout(() => 0, 60_000)", "it did not start within 1 seconds"),
    ],
)
def test_a_build_that_cannot_start_python_does_without_and_says_so(tmp_path, monkeypatch, node, says):
    maker = tmp_path / "maker.mjs"
    maker.write_text(node or "")
    monkeypatch.setattr(runtime, "MAKER", maker)
    monkeypatch.setattr(runtime, "PATIENCE", 1)
    if node is None:
        monkeypatch.setattr(runtime.shutil, "which", lambda _: None)
    made, notes = bundle(PYODIDE, KETTLE, tmp_path / "cache")
    assert FOLDER + runtime.STARTED not in made
    assert notes == [f"the browser's Python starts slower than it could: {says}"]


def test_another_python_gives_the_stock_files_and_says_so(tmp_path):
    for name in ("package.json", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"):
        (tmp_path / name).symlink_to(PYODIDE / name)
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_bytes())
    lock["info"]["python"] = "3.99.0"
    (tmp_path / "pyodide-lock.json").write_text(json.dumps(lock))
    made, notes = bundle(tmp_path, KETTLE, tmp_path / "cache")
    assert made[FOLDER + "python_stdlib.zip"] == (PYODIDE / "python_stdlib.zip").read_bytes()
    assert (
        zipfile.ZipFile(io.BytesIO(made[FOLDER + "engine.zip"])).read("engine/bridge.py") == KETTLE["engine/bridge.py"]
    )
    assert len(notes) == 1 and "3.99" in notes[0]


def test_a_missing_npm_package_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="npm ci"):
        bundle(tmp_path, KETTLE, tmp_path)


def test_a_keep_list_with_a_module_that_does_not_exist_is_an_error(tmp_path, monkeypatch):
    listed = tmp_path / "keep-list.txt"
    listed.write_text("json\njsonn # a slip\n")
    monkeypatch.setattr(runtime, "KEEP_LIST", listed)
    with pytest.raises(ValueError, match="jsonn"):
        bundle(PYODIDE, KETTLE, tmp_path)


@fits
def test_the_engine_needs_nothing_outside_the_keep_list(files, tmp_path):
    assert imported(engine_sources(), files, tmp_path) == ""


@fits
@pytest.mark.parametrize("line", ["import csv", "def later():\n    import csv"])
def test_an_engine_that_needs_more_is_told(files, tmp_path, line):
    assert "No module named 'csv'" in imported(KETTLE | {"engine/more.py": line.encode()}, files, tmp_path)


def imported(engine: dict[str, bytes], files: dict[str, bytes], folder: Path) -> str:
    """The error of a Python that has the trimmed library only and imports all that `engine` names, in functions too.

    The browser's own Python is asked in tests/browser/test_worker.py, which also finds what nobody loads.
    """
    library = folder / "library.zip"
    library.write_bytes(files[FOLDER + "python_stdlib.zip"])
    source = folder / "engine.zip"
    source.write_bytes(runtime._zip(engine))
    path = [sysconfig.get_config_var("DESTSHARED"), str(library), str(source)]
    names = sorted(
        {name for body in engine.values() for name in _absolute_imports(body)} | set(map(runtime._module, engine))
    )
    code = f"import sys; sys.path[:] = {path}; [__import__(name) for name in {names}]"
    return subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True).stderr


def _absolute_imports(source: bytes) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
    return found
