"""A check's manual is its documentation: what it says is accepted is accepted, what it says is reported is reported
by it alone.
"""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from minglu import pipeline, verify
from minglu.verify import ALL, check_name
from minglu.verify.manual import check_manual
from minglu.write import manual_pages, write
from minglu.write.manual_pages import checks_page

TREE = """
tree: kettle
title: 水壶坏了
summary: 收到的水壶坏了
as_of: 2026-11-21
reviewed: 2026-11-21
start: broken
questions:
  broken:
    ask: 水壶坏了吗？
    options: { yes: { label: 烧不热, goto: received }, leaks: { label: 漏水, goto: received }, \
no: { label: 没坏, goto: keep } }
  received:
    ask: 你哪天收到水壶？
    kind: date
    bands: { d7: { within: 7 days, goto: refund }, over: { goto: repair } }
outcomes:
  keep: { title: 留着用, standing: none, says: 没坏。, \
grounds: { says: 没坏不修, cite: 水壶法第12条, basis: inferred }, evidence: [order], channels: [shop] }
  refund: { title: 可以退壶, standing: clear, says: 七日内坏了能退。, \
remedies: { do: 退壶, cite: 水壶法第11条, basis: text }, channels: [shop] }
  repair: { title: 可以修壶, standing: weak, says: 一年内坏了能修。, \
remedies: { do: 修壶, cite: 水壶法第12条, basis: text }, \
deadlines: { id: claim, kind: due, label: 提出修壶, from: received, within: 1 year, cite: 水壶法第12条, basis: text }, \
channels: [shop] }
"""
WALKS = """
- { walk: 没坏, today: 2026-11-16, answers: { broken: no }, arrives: keep }
- { walk: 两天就坏, today: 2026-11-16, answers: { broken: yes, received: 2026-11-14 }, arrives: refund }
- { walk: 早就买了, today: 2026-11-16, answers: { broken: yes, received: over }, arrives: repair }
"""
LIBRARY = {
    "trees/channels.yml": "shop: { title: 找店家, short: 先跟店家说, who: 卖壶的店 }",
    "trees/evidence.yml": "order: { title: 订单, proves: 哪天买的, how: 截图 }",
}
EXAMPLE = r"^{}:\n```yaml\n(.+?)^```$"


def example(check: ModuleType, name: str) -> dict:
    found = re.findall(EXAMPLE.format(name), check_manual(check_name(check)), re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"{check.__name__} must have one example under `{name}:`"
    return yaml.load(found[0], yaml.BaseLoader)


def found_with(part: dict, toy_files: dict[str, bytes]) -> list:
    """What is found in the small kettle tree when the parts of an example take the place of its own; `shared`
    questions and other `trees` stand beside it.
    """
    tree, walks = yaml.load(TREE, yaml.BaseLoader), {walk["walk"]: walk for walk in yaml.load(WALKS, yaml.BaseLoader)}
    written = {"trees/questions.yml": shared} if (shared := part.pop("shared", None)) else {}
    for id, other in part.pop("trees", {}).items():
        written[f"trees/{id}/walks.yml"] = other.pop("walks")
        written[f"trees/{id}/tree.yml"] = tree | {"tree": id, "start": next(iter(other["questions"]))} | other
    if cases := part.pop("cases", None):
        written["trees/cases.yml"] = cases
    for walk in part.pop("walks", ()):
        walks[walk["walk"]] = walk
    for key, nodes in part.items():
        tree[key] |= nodes
    files = {path: data for path, data in toy_files.items() if path.startswith("trees/law/")} | {
        path: text.encode() for path, text in LIBRARY.items()
    }
    written |= {"trees/kettle/tree.yml": tree, "trees/kettle/walks.yml": list(walks.values())}
    return pipeline.check(
        files
        | {path: yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode() for path, data in written.items()}
    )[1]


@pytest.mark.parametrize("check", ALL, ids=check_name)
def test_a_check_accepts_and_reports_what_its_manual_says(check: ModuleType, toy_files, monkeypatch) -> None:
    monkeypatch.setattr(verify, "NOT_YET", ())
    accepted = found_with(example(check, "Accepted"), toy_files)
    assert not accepted, f"found in what is accepted: {[f'{one.rule}: {one.says.en}' for one in accepted]}"
    assert {one.rule for one in found_with(example(check, "Reported"), toy_files)} == {check_name(check)}


def test_every_check_is_run() -> None:
    modules = {path.stem for path in Path(verify.__file__).parent.glob("*.py")} - {"__init__"}
    checks = {name for name in modules if hasattr(import_module(f"minglu.verify.{name}"), "check")}
    idle = {name.replace("_", "-") for name in checks} - {check_name(check) for check in ALL}
    assert not idle, f"put into CHECKS or ALL_TREES of minglu/verify/__init__.py, else nobody runs it: {sorted(idle)}"


def test_the_tree_of_the_examples_is_fit_to_publish(toy_files) -> None:
    assert found_with({}, toy_files) == []


def test_the_page_of_the_checks_has_each_with_its_examples(toy) -> None:
    page = write(toy)["contribute/checks.md"].decode()
    assert re.findall(r"(?m)^## .*\{#([a-z-]+)\}$", page) == [check_name(check) for check in ALL]
    for check in ALL:
        for name in ("Accepted", "Reported"):
            assert re.search(EXAMPLE.format(name), check_manual(check_name(check)), re.MULTILINE | re.DOTALL)[1] in page


def test_a_check_without_its_chinese_part_is_no_page(monkeypatch) -> None:
    monkeypatch.setattr(manual_pages, "MANUAL", {"finite": check_manual("bands").replace("中文：", "")})
    with pytest.raises(ValueError, match="finite"):
        checks_page()


def test_the_manuals_are_there_in_a_python_that_strips_docstrings() -> None:
    program = "\n".join(
        (
            "import minglu.verify",
            "from minglu.write.manual_pages import checks_page",
            "print(checks_page.__doc__, checks_page())",
        )
    )
    stripped = subprocess.run([sys.executable, "-OO", "-c", program], capture_output=True, text=True, check=True)
    assert stripped.stdout == f"None {checks_page()}\n"
    assert all(f" {{#{check_name(check)}}}\n" in stripped.stdout for check in ALL)
