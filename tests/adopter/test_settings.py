"""What somebody else's project needs first: to begin in an empty folder, and to say whose holidays count."""

import datetime
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minglu import pipeline
from minglu.cli import main
from minglu.site_settings import SiteSettings, offset_minutes, settings_beside

LIBRARY = Path(__file__).parent / "library"
SCHEDULE = """\
2027:
  notice: made up
  issued: 2026-11-01
  holidays: [2027-01-01]
"""


def run(folder: Path, *arguments: str) -> Result:
    command = arguments[:2] if arguments[0] == "new" else arguments[:1]
    options = ["--trees", str(folder), "--lang", "en"]
    return CliRunner().invoke(main, [*command, *options, *arguments[len(command) :]])


def told(folder: Path) -> set[str]:
    """The rules of what `check` finds."""
    return {*re.findall(r"error\[([a-z-]+)\]", run(folder, "check").stderr)}


def test_a_tree_is_begun_where_there_is_nothing_and_lacks_only_its_author_s_words(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    made = run(folder, "new", "tree", "lending")
    assert made.exit_code == 0, made.stderr
    files = ("law/first-law.yml", "channels.yml", "lending/tree.yml", "lending/walks.yml")
    assert made.stdout.split() == [str(folder / name) for name in files]
    assert told(folder) == {"template"}
    assert run(folder, "new", "tree", "fines").exit_code == 0  # the second rests on what the first brought
    assert told(folder) == {"template"}


def test_a_law_is_begun_while_a_tree_already_cites_it(tmp_path: Path) -> None:
    folder = tmp_path / "trees"
    run(folder, "new", "tree", "lending")
    tree = folder / "lending/tree.yml"
    tree.write_text(tree.read_text().replace("新的法律文件first-law第1条", "新的法律文件second第1条"))
    assert told(folder) == {"citations", "template"}
    assert run(folder, "new", "law", "second").exit_code == 0
    assert told(folder) == {"template"}
    assert "there is a trees/law/second.yml already" in run(folder, "new", "law", "second").stderr


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("plugins:\n  - search\n  - minglu:\n      calendar: none\n", SiteSettings(calendar="none")),
        ('plugins:\n  minglu:\n    utc_offset: "-03:30"\n', SiteSettings(utc_offset="-03:30")),
        ("plugins: [search, minglu]\n", SiteSettings()),
        ("plugins:\n  - minglu:\n      calendar: moon\n      utc_offset: noon\n", SiteSettings()),
        ("site_name: !ENV [NAME, x]\nplugins: [{minglu: {calendar: none}}]\n", SiteSettings(calendar="none")),
        ("x: &x {calendar: none}\na: !!python/name:no.such\nplugins: [{minglu: *x}]\n", SiteSettings("none")),
        ("theme: {", SiteSettings()),
        ("", SiteSettings()),
    ],
    ids=["a list", "a mapping", "no options", "what is no value", "tags", "an anchor", "no YAML", "empty"],
)
def test_the_settings_are_read_beside_the_trees(tmp_path: Path, text: str, settings: SiteSettings) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert settings_beside(tmp_path / "trees") == settings


def test_our_own_site_is_as_in_china() -> None:
    assert settings_beside(Path(__file__).parents[2] / "trees") == SiteSettings("china", "+08:00")


def test_a_day_begins_by_the_offset() -> None:
    assert [offset_minutes(one) for one in ("+08:00", "-03:30", "+00:00")] == [480, -210, 0]
    ahead, behind = (SiteSettings(utc_offset=one).today() for one in ("+14:00", "-12:00"))
    assert ahead - behind >= datetime.timedelta(1)
    for odd in ("8", "+8:00", "+15:00", "+08:60", "UTC"):
        with pytest.raises(ValueError, match="no offset"):
            offset_minutes(odd)


def test_without_a_calendar_no_day_moves_and_every_year_is_known() -> None:
    done, found = pipeline.check(pipeline.read_files(LIBRARY / "trees"), calendar="none")
    assert found == [] and done is not None
    assert not done.days.moves and done.days.knows(datetime.date(2099, 1, 1)) and not done.days.holidays


def test_china_s_schedules_without_its_calendar_are_an_error_at_their_place() -> None:
    files = pipeline.read_files(LIBRARY / "trees") | {"trees/calendar.yml": SCHEDULE.encode()}
    _, found = pipeline.check(files, calendar="none")
    assert [(one.rule, one.at.file, one.at.line) for one in found] == [("calendar", "trees/calendar.yml", 1)]


def test_the_calendar_of_the_command_line_comes_before_that_of_the_site() -> None:
    assert run(LIBRARY / "trees", "check").exit_code == 0
    assert run(LIBRARY / "trees", "check", "--calendar", "none").exit_code == 0
    chinese = run(LIBRARY / "trees", "check", "--calendar", "china")
    assert chinese.exit_code == 1 and "2026-10-08" in chinese.stderr
