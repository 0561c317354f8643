// The rules of the page of calculators → a form for each: what `<law-calculators>` holds, as a script of its own. What comes out, in which
// words, is the engine's (`{"do":"calculate"}`, engine/calculators.py).

import { dated } from "./dated.js";
import { dayOf, today } from "./days.js";
import { make } from "./elements.js";
import { typedAnswer, typing } from "./exact-form.js";
import { pythonOf } from "./python.js";
import { Reckoning } from "./reckoning.js";
import { saveCalendarFile } from "./sharing.js";
import { pageAddress } from "./site.js";

/**
 * @typedef {{ name: string, kind: string, label: string, unit: string }} RuleInput
 * @typedef {{ periods: { id: string }[], sums: { id: string, inputs: RuleInput[] }[], plain: { unit: string }[] }} Rules
 * @typedef {{ deadline: any, amounts: any[], sources: { label: string, href: string }[], problem?: { question: string | null, says: string } }} Calculated
 * as the engine answers: docs/contribute/engine.md
 */

/** @type {[string, string][]} of a period, as engine/calculators.py has them */
const UNITS = [["days", "天（日）"], ["working-days", "个工作日"], ["months", "个月"], ["years", "年"]];
/** @type {RuleInput} */
const DAY = { name: "day", kind: "day", label: "从哪一天数（这一天不算）", unit: "" };
/** @type {Record<string, Record<string, unknown>>} */
const FIELDS = {
  day: { type: "date" },
  money: { type: "text", inputMode: "decimal", placeholder: "4999.00", autocomplete: "off" },
  number: { type: "text", inputMode: "numeric", autocomplete: "off" },
};

const rulesFile = new Reckoning();
/** @type {Promise<Rules> | null} */
let rules = null;
/** @type {Promise<void> | null} the engine holds them */
let held = null;
let hears = false;
let forms = 0;

class Calculator {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    /** @type {HTMLElement[]} */
    this.items = [.../** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll(".rules > li"))];
    this.texts = new Map(this.items.map((item) => [item, flat([...item.querySelectorAll("summary, .rule, .by")].map((one) => one.textContent).join(" "))]));
    this.found = make("p", { className: "soft", role: "status" });
    const search = make("input", { type: "search", placeholder: "例如：三倍、受理费、12315、上诉", "aria-label": "找一条规则" });
    search.addEventListener("input", () => this.filter(search.value));
    const filter = make("div", { className: "rule-filter" }, make("h2", {}, "条文里的期限和金额"), search, this.found);
    host.prepend(make("div", { className: "minglu" }, make("h2", {}, "从一天起，数一段日子"), plainForm()), make("div", { className: "minglu" }, filter));
    host.addEventListener("toggle", ({ target }) => openForm(/** @type {HTMLElement} */ (target)), true); // it does not bubble
    this.openNamed();
  }

  /** The rule that the address names. */
  openNamed() {
    const item = this.items.find(({ id }) => id === location.hash.slice(1));
    if (!item) return;
    for (const fold of [item.closest("details"), item.querySelector("details")]) if (fold) fold.open = true;
    item.scrollIntoView();
  }

  /** @param {string} written */
  filter(written) {
    const words = flat(written).split(" ").filter(Boolean);
    let count = 0;
    for (const group of this.host.querySelectorAll("details.entry")) {
      const own = this.items.filter((item) => group.contains(item));
      for (const item of own) item.hidden = !words.every((word) => this.texts.get(item)?.includes(word));
      const hits = own.filter((item) => !item.hidden).length;
      const fold = /** @type {HTMLDetailsElement} */ (group);
      fold.hidden = !hits;
      fold.open = Boolean(words.length && hits);
      count += hits;
    }
    this.found.textContent = !words.length ? "" : count ? `找到 ${count} 条。` : "没有找到。换个短一点的词试试。";
  }
}

/** @type {Calculator | null} */
let shown = null;
addEventListener("hashchange", () => shown?.host.isConnected && shown.openNamed());
addEventListener("minglu-forget", () => {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("law-calculators form"))) {
    form.reset();
    form.querySelector(".outcome-of")?.replaceChildren();
  }
});

/** @param {string} text */
function flat(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/**
 * Where a rule is unfolded, once: most never are.
 * @param {HTMLElement} fold
 */
async function openForm(fold) {
  const item = fold.parentElement;
  if (!item?.matches(".rules > li") || !fold.matches("[open]") || fold.querySelector("form")) return;
  fold.querySelector(".problem")?.remove();
  rulesFile.start(); // Python will be wanted in a moment
  try {
    const { periods, sums } = await ruleData();
    const sum = sums.find(({ id }) => id === item.id);
    if (!sum && !periods.some(({ id }) => id === item.id)) throw new Error("这一页和数据不是同一版，请刷新页面。");
    if (!fold.querySelector("form")) fold.append(formOf(sum ? sum.inputs : [DAY], () => ({ rule: item.id })));
  } catch (error) {
    fold.append(make("p", { className: "problem", role: "alert" }, messageOf(error)));
  }
}

/** @returns {HTMLFormElement} */
function plainForm() {
  const count = make("input", { type: "text", inputMode: "numeric", autocomplete: "off", name: "count", placeholder: "7" });
  const unit = make("select", { name: "unit", "aria-label": "单位" }, ...UNITS.map(([value, label]) => make("option", { value }, label)));
  const form = formOf([DAY], () => ({ count: count.value.normalize("NFKC").trim(), unit: unit.value }), true);
  form.firstElementChild?.after(make("div", { className: "field" }, make("label", {}, make("span", {}, "数多久"), count), unit));
  return form;
}

/**
 * @param {RuleInput[]} inputs
 * @param {() => object} which the rule, or the length
 * @param {boolean} sources whether the articles are to be named: those of a rule stand above its form
 * @returns {HTMLFormElement}
 */
function formOf(inputs, which, sources = false) {
  const number = ++forms;
  const fields = inputs.map((input) => ({ input, field: make("input", { name: input.name, id: `reckon-${number}-${input.name}`, ...FIELDS[input.kind] }) }));
  const problem = make("p", { className: "problem", role: "alert" });
  const outcome = make("div", { className: "outcome-of", role: "status" });
  const form = make("form", { className: "exact", noValidate: true },
    ...fields.map(({ input: { label, kind, unit }, field }) => make("div", { className: "field" },
      make("label", {}, make("span", {}, label), field, kind === "money" ? " 元" : unit && ` ${unit}`), ...(kind === "day" ? [typing(field, "不好选？打字也行", "例如 2026/11/10、11月10日")] : []))),
    make("button", { className: "do" }, "算"), problem, outcome);
  form.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = Object.fromEntries(fields.map(({ input, field }) => [input.name, typed(input, field.value)]));
    problem.textContent = "";
    outcome.replaceChildren("正在算……第一次用要先加载几兆字节。");
    try {
      const answer = await calculated({ ...which(), given });
      if (!form.isConnected) return;
      outcome.replaceChildren(...(answer.problem ? [] : resultParts(answer, sources)));
      if (answer.problem) refuseGiven(form, problem, answer.problem);
    } catch (error) {
      outcome.replaceChildren();
      problem.textContent = `没有算成：${messageOf(error)}`;
    }
  });
  form.addEventListener("input", () => outcome.replaceChildren());
  return form;
}

/** @param {RuleInput} input @param {string} text */
function typed({ kind }, text) {
  if (kind === "day") return dayOf(text, today()) || text;
  const question = /** @type {any} */ ({ kind });
  return kind === "number" ? text.normalize("NFKC").trim() : typedAnswer(question, text);
}

/** @param {HTMLFormElement} form @param {HTMLElement} problem @param {{ question: string | null, says: string }} told */
function refuseGiven(form, problem, { question, says }) {
  problem.textContent = says;
  const field = question && form.elements.namedItem(question);
  if (field instanceof HTMLElement) field.focus();
}

/** @param {Calculated} answer @param {boolean} withSources @returns {(Node | string)[]} */
function resultParts({ deadline, amounts, sources }, withSources) {
  const parts = deadline ? [deadlineBox(deadline)] : amounts.map((one, place) => amountLine(one, place === amounts.length - 1));
  return withSources && sources.length ? [...parts, make("p", { className: "by" }, make("span", { className: "cites" }, ...sources.map(sourceLink)))] : parts;
}

/** @param {any} deadline */
function deadlineBox(deadline) {
  const box = make("div", { className: "deadline" }, make("p", { className: "label" }, make("b", {}, deadline.label)), ...dated(deadline));
  const arithmetic = box.querySelector("details");
  if (arithmetic) arithmetic.open = true;
  const button = box.querySelector("[data-do=ics]");
  if (button) button.onclick = () => saveCalendarFile(deadline.calendar);
  return box;
}

/** @param {any} amount @param {boolean} isLast */
function amountLine({ label, shown: sum, formula }, isLast) {
  return make("p", { className: "amount" }, `${label}：`, make(isLast ? "b" : "span", {}, sum), ...(formula === sum ? [] : [make("br"), make("small", {}, formula)]));
}

/** @param {{ label: string, href: string }} source */
function sourceLink({ label, href }) {
  const [page, anchor] = href.split("#");
  const address = pageAddress(page);
  return address ? make("a", { className: "cite", href: `${address}#${anchor}` }, label) : make("span", {}, label);
}

/** @param {object} request @returns {Promise<Calculated>} */
async function calculated(request) {
  const python = pythonOf();
  if (!hears) python.on(({ type }) => type === "failed" && (held = null)); // the next engine will be a fresh one
  hears = true;
  python.start();
  if (python.state() === "failed") python.retry();
  held = held || loadRules();
  held.catch(() => (held = null));
  await held;
  return python.ask({ do: "calculate", today: today(), ...request });
}

async function loadRules() {
  const [calculators, calendar] = await Promise.all([ruleData(), rulesFile.data("calendar.json", "节假日表")]);
  const { problem } = await pythonOf().ask({ do: "load", calculators, calendar });
  if (problem) throw new Error(problem.says);
}

/** @returns {Promise<Rules>} */
function ruleData() {
  rules = rules || rulesFile.data("calculators.json", "计算规则");
  rules.catch(() => (rules = null));
  return rules;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

Reflect.set(window, "MingluCalculators", (/** @type {HTMLElement} */ host) => (shown = new Calculator(host)));
