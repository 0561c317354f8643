"""No module of the package imports itself by a detour, imports for types only and imports inside functions included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "build_tools" / "minglu"


def test_no_import_leads_back_to_where_it_began() -> None:
    found = cycles(import_graph(PACKAGE))
    assert not found, "\n".join(["imports lead in a circle:", *(" → ".join([*one, one[0]]) for one in found)])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.py": "import p.b", "b.py": "x = 1"}, []),
        ({"a.py": "import p.b", "b.py": "from p import a"}, [["p.a", "p.b"]]),
        ({"a.py": "from p.b import x", "b.py": "from .a import y"}, [["p.a", "p.b"]]),
        ({"a.py": "from p.b import x", "b.py": "def later():\n    import p.a"}, [["p.a", "p.b"]]),
        (
            {
                "a.py": "from p.b import x",
                "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.a import y",
            },
            [["p.a", "p.b"]],
        ),
        ({"a.py": "from p.b import x", "b.py": "from p.c import x", "c.py": "import p.a"}, [["p.a", "p.b", "p.c"]]),
        # A package and its own modules: what the package imports, its modules may not import from the package.
        ({"q/__init__.py": "from p.q import r", "q/r.py": "x = 1", "q/s.py": "from p.q.r import x"}, []),
        ({"q/__init__.py": "from p.q.r import x\ny = 1", "q/r.py": "from p.q import y"}, [["p.q", "p.q.r"]]),
        # Whoever imports a module of another package runs that package first.
        ({"a.py": "from p.q.r import x", "q/__init__.py": "from p.a import y", "q/r.py": "x = 1"}, [["p.a", "p.q"]]),
    ],
)
def test_a_circle_is_seen_however_it_is_written(tmp_path: Path, files: dict[str, str], expected) -> None:
    for name, text in ({"__init__.py": ""} | files).items():
        path = tmp_path / "p" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert cycles(import_graph(tmp_path / "p")) == expected


def import_graph(package: Path) -> dict[str, set[str]]:
    """Module → the modules of the same package that it imports, by full name."""
    modules = {module_name(path, package): path for path in sorted(package.rglob("*.py"))}
    return {name: {*imported(name, path, modules)} - {name} for name, path in modules.items()}


def module_name(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(name: str, path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """What `path` imports of `modules`, with the packages that Python runs first unless `name` lies in them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for target in targets(node, name, is_package=path.name == "__init__.py"):
            while target not in modules and "." in target:
                target = target.rpartition(".")[0]  # a name inside a module
            if target in modules:
                yield target
            while "." in target:
                target = target.rpartition(".")[0]
                if target in modules and not f"{name}.".startswith(f"{target}."):
                    yield target


def targets(node: ast.AST, name: str, *, is_package: bool) -> list[str]:
    """Full names of what an import statement names; the last part may be a module or a name in one."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = name.split(".")
        above = parts[: len(parts) - node.level + is_package]
        base = ".".join([*above, *filter(None, [node.module])])
    return [f"{base}.{alias.name}" for alias in node.names]


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """One shortest circle through the first module, by name, of each group of modules that reach each other."""
    reach = {name: reached(graph, name) for name in graph}
    found, seen = [], set()
    for name in sorted(graph):
        if name in reach[name] and name not in seen:
            seen |= {other for other in reach[name] if name in reach[other]}
            found.append(shortest_circle(graph, name))
    return found


def reached(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    stack = [start]
    while stack:
        fresh = graph[stack.pop()] - found
        found |= fresh
        stack += fresh
    return found


def shortest_circle(graph: dict[str, set[str]], start: str) -> list[str]:
    ways = [[start]]
    while True:
        way = ways.pop(0)
        for name in sorted(graph[way[-1]]):
            if name == start:
                return way
            if name not in way:
                ways.append([*way, name])
