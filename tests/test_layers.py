"""Who may import whom. The folders are passes; only the shells (cli, plugin) stand above them."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "build_tools" / "minglu"
PASSES = ("engine", "diagnostics", "memo", "parse", "resolve", "unfold", "compile", "verify", "write")
"""Each may import itself and what stands before it."""
ON_TOP = ("changes", "new")
"""Each may import all passes, and not the other."""
SHELLS = ("cli", "plugin", "__main__")
BESIDE_SHELLS = ("search_on_demand", "site_needs", "site_policy", "site_settings")
"""What only shells import: the settings of a site and what is built of it, of which the passes know nothing."""
ALLOWED = {name: {*PASSES[: place + 1]} for place, name in enumerate(PASSES)}
ALLOWED |= {name: {*PASSES, name} for name in ON_TOP}
ALLOWED |= {name: {*PASSES, name} for name in BESIDE_SHELLS}
MODULES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


def top_name(path: Path) -> str:
    """The pass, or the module beside the passes, that a file belongs to."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    """Full names of all that a module imports, relative imports spelled out."""
    package = ("minglu", *path.relative_to(ROOT).parent.parts)
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            base = ".".join((*package[: len(package) - node.level + 1], *filter(None, [node.module])))
            names |= {f"{base}.{alias.name}" for alias in node.names} if not node.module else {base}
        elif isinstance(node, ast.ImportFrom):
            names |= (
                {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "minglu" else {node.module}
            )
    return names


BELOW_PIPELINE = [path for path in MODULES if top_name(path) not in (*SHELLS, "pipeline")]


@pytest.mark.parametrize("path", BELOW_PIPELINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_pass_imports_only_what_comes_before_it(path: Path) -> None:
    """What is imported for its type only counts as well."""
    own = {name.split(".")[1] for name in imports(path) if name.startswith("minglu.")}
    assert own <= ALLOWED[top_name(path)]


@pytest.mark.parametrize("name", BESIDE_SHELLS)
def test_only_the_shells_know_the_settings_of_a_site(name: str) -> None:
    importing = {top_name(path) for path in MODULES if f"minglu.{name}" in imports(path)}
    assert importing <= {*SHELLS}


def test_only_the_shells_import_the_pipeline() -> None:
    importing = {top_name(path) for path in MODULES if "minglu.pipeline" in imports(path)}
    assert importing <= {*SHELLS}


@pytest.mark.parametrize("path", sorted((ROOT / "engine").rglob("*.py")), ids=lambda path: path.name)
def test_the_engine_imports_the_standard_library_and_itself_only(path: Path) -> None:
    others = {name.split(".")[0] for name in imports(path)} - {"minglu"}
    assert others <= sys.stdlib_module_names


def test_the_engine_knows_no_clock_no_file_and_no_browser() -> None:
    for path in (ROOT / "engine").rglob("*.py"):
        text = path.read_text()
        assert not any(
            word in text
            for word in (
                "today()",
                "now()",
                "open(",
                "import os",
                "import sys",
                "import time",
                "pathlib",
                "import js\n",
                "pyodide",
            )
        ), path.name


def test_only_parse_imports_yaml() -> None:
    assert {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if any(name.split(".")[0] == "yaml" for name in imports(path))
    } == {"parse/document.py", "parse/site_options.py"}


def test_nobody_imports_a_shell() -> None:
    for path in ROOT.rglob("*.py"):
        if path.name != "__main__.py" and path.parent != ROOT / "cli":
            assert not any(name.startswith(("minglu.cli", "minglu.plugin")) for name in imports(path)), path
