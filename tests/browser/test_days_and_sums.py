"""A kept deadline is green and says so, a sum stands in yuan and fen: in both colour schemes, readable."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from minglu import pipeline
from minglu.engine.codec import to_json
from minglu.engine.walk_report import walk_report
from minglu.write.widget import in_order, module, stripped

ROOT = Path(__file__).parents[2]
WEB = ROOT / "build_tools" / "minglu" / "web"
URN = ROOT / "tests" / "write" / "golden" / "urn" / "trees"

FILL = """(report) => {
  const { deadlines, amounts } = report.outcome;
  document.body.className = "md-typeset";
  document.body.innerHTML = '<div class="minglu"><tree-walk><section></section></tree-walk></div>';
  const section = document.querySelector("section");
  const inside = '<div data-slot></div><p class="rule">rule</p></div>';
  const sum =
    '<summary><span class="sum" data-slot="sum"></span></summary><p class="rule">rule</p>' +
    '<p class="formula" data-slot="formula"></p></details>';
  section.innerHTML =
    deadlines
      .map(({ id, kind }) => `<div class="deadline" data-kind="${kind}" data-deadline="${id}">${inside}`)
      .join("") +
    amounts.map((one) => `<details class="amount" open data-amount="${one.id}">${sum}`).join("");
  fillResult(section, report);
}"""

CONTRAST = """(selector) => {
  const light = (text) => {
    const parts = text.match(/[\\d.]+/g).slice(0, 3).map((one) => one / 255);
    const [r, g, b] = parts.map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const met = document.querySelector(selector);
  let behind = met;
  const clear = () => getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)";
  while (clear() && behind.parentElement) behind = behind.parentElement;
  const [one, other] = [getComputedStyle(met).color, getComputedStyle(behind).backgroundColor].map(light);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


@pytest.fixture(scope="module")
def urn(toy_files):
    done, found = pipeline.check(toy_files | pipeline.read_files(URN))
    assert done, found
    return done


@pytest.fixture(params=["default", "slate"])
def filled(page: Page, urn, request: pytest.FixtureRequest):
    """A page with the outcome of one of the urn's worked walks, and nothing else."""

    def filled(walk: int) -> Page:
        worked = urn.project.trees["urn"].walks[walk]
        today = date.fromisoformat(worked.today)
        report = walk_report(
            urn.trees["urn"], worked.answers, today=today, calendar=urn.days, without=("what_if", "deciding")
        )
        page.add_script_tag(content="".join(stripped(module(name)) for name in in_order("outcome.js")))
        for style in ("minglu.css", "walk.css"):
            page.add_style_tag(content=(WEB / style).read_text())
        page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme; }", request.param)
        page.evaluate(FILL, to_json(report))
        page.add_style_tag(content="body { background: var(--paper); }")
        return page

    return filled


def test_a_kept_deadline_is_green_in_words_and_has_no_alarm(filled) -> None:
    page = filled(0)
    expect(page.locator("[data-deadline=claim] .day.kept .days")).to_have_text("在期内")
    expect(page.locator("[data-deadline=claim] .day b")).to_have_text(
        "第 15 天是11月22日（周日），你是11月12日（周四）"
    )
    expect(page.locator("[data-deadline=claim] .ics")).to_have_count(0)
    expect(page.locator("[data-deadline=claim] .rule")).to_be_hidden()
    green, paper = page.evaluate(
        "() => ['--road', '--road-soft'].map((name) => {"
        "  const one = document.createElement('p'); one.style.color = `var(${name})`; document.body.append(one);"
        "  return getComputedStyle(one).color; })"
    )
    assert colour(page, "[data-deadline=claim] .days", "color") == green
    assert colour(page, "[data-deadline=claim]", "backgroundColor") == paper
    assert page.evaluate(CONTRAST, "[data-deadline=claim] .days") >= 4.5


def test_a_late_one_is_red_and_says_by_how_many_days(filled) -> None:
    page = filled(1)
    expect(page.locator("[data-deadline=claim] .day.late .days")).to_have_text("过了 21 天")
    assert page.evaluate(CONTRAST, "[data-deadline=claim] .days") >= 4.5


def test_a_sum_stands_in_yuan_and_fen_with_its_formula(filled) -> None:
    page = filled(1)
    expect(page.locator("[data-amount=total] .sum")).to_have_text("36.00 元")
    expect(page.locator("[data-amount=total] .formula")).to_have_text(
        "车费 10.00 元 + 误工费 30.00 元 − 4.00 元 = 36.00 元"
    )
    expect(page.locator("[data-amount=total] .rule")).to_be_hidden()
    assert page.evaluate(CONTRAST, "[data-amount=total] .formula") >= 4.5


def colour(page: Page, selector: str, what: str) -> str:
    return page.evaluate(
        "([selector, what]) => getComputedStyle(document.querySelector(selector))[what]", [selector, what]
    )
