// The form for an exact day or number, above the ranges of its question. What is certain of it needs no Python.

import { dayOf, monthOf, today } from "./days.js";
import { make } from "./elements.js";
import { moneyOf } from "./money.js";

/** @typedef {import("./route.js").Question} Question */

/**
 * The form of a question's section, made where there is none yet.
 * @param {HTMLElement} section
 * @param {Question} question
 * @param {string | undefined} given what the reader has answered, or took back
 * @returns {HTMLFormElement}
 */
export function exactForm(section, question, given) {
  const form = section.querySelector("form.exact") || placed(section, question);
  const input = /** @type {HTMLInputElement} */ (form.elements[0]);
  if (given && !input.value) {
    if (question.kind === "date" && given.length === 7) openTyping(form); // a date field takes no month
    input.value = given;
  }
  if (question.kind === "date") input.max = today();
  return form;
}

/** @param {HTMLElement} section @param {Question} question */
function placed(section, { kind, exact, unit }) {
  const isDate = kind === "date";
  const input = make("input", INPUTS[kind]);
  const form = make("form", { className: "exact", noValidate: true },
    make("label", {}, make("b", {}, exact), " ", input, ` ${unit}`),
    make("button", {}, isDate ? "按这一天算" : kind === "money" ? "按这个金额算" : "按这个数算"),
    make("p", { className: "problem", role: "alert" }),
    ...(isDate ? [typing(input)] : []));
  const ranges = section.querySelector(".range, .choices");
  ranges?.before(form, ...(isDate ? [] : [make("p", { className: "range" }, "记不清？选一个范围：")]));
  return form;
}

/** @type {Record<string, Record<string, unknown>>} */
const INPUTS = {
  date: { type: "date", min: "1990-01-01" },
  number: { type: "number", min: 0, inputMode: "numeric" },
  money: { type: "text", inputMode: "decimal", placeholder: "4999.00" },
};

/** @param {HTMLFormElement} form */
function openTyping(form) {
  const box = form.querySelector("details");
  if (box) box.open = true;
  const input = /** @type {HTMLInputElement} */ (form.elements[0]);
  input.type = "text";
}

/**
 * A date field gives phones their picker, and takes nothing else: neither typed 年月日 nor slashes. So it can be turned into text.
 * @param {HTMLInputElement} input
 */
export function typing(input, summary = "只记得月份，或者不好选？打字也行", hint = "例如 2026/11/10、11月10日；只记得月份的写 2026年5月 或 5月") {
  const box = make("details", {}, make("summary", {}, summary), make("p", { className: "hint" }, hint));
  box.addEventListener("toggle", () => {
    const day = dayOf(input.value, today());
    input.type = box.open ? "text" : "date";
    if (day) input.value = day;
    if (box.open && !input.value) input.focus();
  });
  input.addEventListener("paste", (event) => {
    const day = input.type === "date" && dayOf(event.clipboardData?.getData("text") || "", today());
    if (!day) return;
    input.value = day;
    event.preventDefault();
  });
  return box;
}

/**
 * What a reader typed, as the engine reads it; as it is where it cannot be read.
 * @param {Question} question
 * @param {string} text
 */
export function typedAnswer({ kind }, text) {
  if (kind === "money") return moneyOf(text) || text;
  return kind === "date" ? dayOf(text, today()) || monthOf(text, today()) || text : text;
}

/**
 * One sentence at the form; the input stays.
 * @param {HTMLFormElement} form
 * @param {string} says
 */
export function refuse(form, says) {
  const problem = form.querySelector(".problem");
  const input = /** @type {HTMLInputElement} */ (form.elements[0]);
  if (problem) problem.textContent = says;
  input.setAttribute("aria-invalid", String(Boolean(says)));
  if (says) input.focus();
}
