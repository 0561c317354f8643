// The form of a question with ticks, and what ticks show or hide in an outcome (engine/ticks.py has the same rules).

import { make } from "./elements.js";

/**
 * @typedef {import("./route.js").Route} Route
 * @typedef {import("./route.js").Question} Question
 * @typedef {{ question: string, ticks: string[] }} TickTest
 * @typedef {{ tests: TickTest[], nots: TickCondition[], anys: TickCondition[][] }} TickCondition
 * @typedef {(question: string) => string[] | null} Ticked null where it is not known
 */

export const NONE_TICKED = "none";

/**
 * Boxes in the place of the list, and a button that leads on; the link below stays for who is unsure.
 * @param {HTMLElement} section
 * @param {string | undefined} given what the reader has answered, or took back
 */
export function tickForm(section, given) {
  const form = section.querySelector("form.ticked") || tickBoxes(section);
  if (!given) return;
  const ticks = given.split(".");
  for (const box of form.querySelectorAll("input")) box.checked = ticks.includes(box.value);
}

/** @param {HTMLElement} section */
function tickBoxes(section) {
  const list = /** @type {HTMLElement} */ (section.querySelector("ul.ticks"));
  const rows = [...list.children].map((row) =>
    make("label", {}, make("input", { type: "checkbox", value: row.getAttribute("data-tick") }), make("span", {}, ...[...row.childNodes].map((node) => node.cloneNode(true)))));
  const form = make("form", { className: "ticked made" }, ...rows, make("button", {}, "继续"));
  list.hidden = true;
  list.after(form);
  return form;
}

/**
 * What is ticked, as the engine takes it: in the order of the question.
 * @param {HTMLFormElement} form
 */
export function tickedAnswer(form) {
  const ticks = [...form.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
  return ticks.join(".") || NONE_TICKED;
}

/**
 * The ticks of an answer; null where it is none of this question's, or leaves open what applies.
 * @param {Question} question
 * @param {string} answer
 * @returns {string[] | null}
 */
export function ticksOf({ ticks }, answer) {
  const set = answer === NONE_TICKED ? [] : answer.split(".");
  return set.every((one) => ticks.some(([tick]) => tick === one)) ? set : null;
}

/**
 * Whether the condition holds; null where it depends on ticks that are not known.
 * @param {TickCondition} condition
 * @param {Ticked} ticked
 * @returns {boolean | null}
 */
export function ticksHold({ tests, nots, anys }, ticked) {
  const parts = [
    ...tests.map((test) => testHolds(test, ticked)),
    ...nots.map((inner) => negated(ticksHold(inner, ticked))),
    ...anys.map((alternatives) => anyHolds(alternatives.map((one) => ticksHold(one, ticked)))),
  ];
  return negated(anyHolds(parts.map(negated)));
}

/** @param {TickTest} test @param {Ticked} ticked */
function testHolds({ question, ticks }, ticked) {
  const set = ticked(question);
  return set && ticks.some((tick) => set.includes(tick));
}

/** @param {boolean | null} holds */
function negated(holds) {
  return holds === null ? null : !holds;
}

/** @param {(boolean | null)[]} parts */
function anyHolds(parts) {
  return parts.includes(true) ? true : parts.includes(null) ? null : false;
}

/**
 * Show what is for this reader; where it is not known, each item says for whom it is. A list with nothing to show goes with its title.
 * @param {HTMLElement} section of an outcome
 * @param {Ticked} ticked
 */
export function showByTicks(section, ticked) {
  const notes = /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll("[data-ticks]"));
  /** @type {Set<HTMLElement>} */
  const lists = new Set();
  for (const note of notes) {
    const holds = ticksHold(JSON.parse(note.dataset.ticks || ""), ticked);
    const item = /** @type {HTMLElement} */ (note.parentElement);
    item.hidden = holds === false;
    note.hidden = holds === true;
    if (item.matches("li")) lists.add(/** @type {HTMLElement} */ (item.parentElement));
  }
  for (const list of lists) {
    const empty = [...list.children].every((item) => /** @type {HTMLElement} */ (item).hidden);
    list.hidden = empty;
    const title = /** @type {HTMLElement | null} */ (list.previousElementSibling);
    if (title?.matches("h3")) title.hidden = empty;
  }
}
