// The form for an entry of the log: what happened, on which day, with whom, and what was said.

import { dayOf, isDay, today } from "./days.js";
import { plainText } from "./documents.js";
import { make } from "./elements.js";
import { typing } from "./exact-form.js";
import { LOG_KINDS } from "./case.js";

/**
 * @typedef {import("./case.js").LogEntry} LogEntry
 * @typedef {{ id: string, title: string }} Titled
 */

/** As engine/words.py has them, `log.<kind>`. @type {Record<string, string>} */
export const KIND_WORDS = {
  called: "打了电话", sent: "发了信、交了材料", answered: "收到答复", refused: "对方拒绝", promised: "对方答应", accepted: "受理了", ended: "办结、终止",
};
/** @type {Record<string, string>} */
const SAY_WHAT = {
  called: "谁接的、工号多少；你要求什么，对方怎么说，答应哪天回", sent: "寄到哪里、单号；写了什么要求，请对方哪天前答复", answered: "对方怎么答的，照原话写",
  refused: "对方怎么说的、拿什么理由，照原话写", promised: "答应做什么、哪天做完，谁答应的", accepted: "谁受理的、编号", ended: "结果是什么，文书上写的日期",
};
const EARLIEST = "1990-01-01";
const LONGEST_ENTRY = 5000; // engine/case.py takes more

export class LogForm {
  /** @param {(entry: LogEntry, old: LogEntry | null) => void} save */
  constructor(save) {
    this.save = save;
    /** @type {LogEntry | null} the one that is being changed */
    this.old = null;
    /** @type {any[]} what an entry may answer (`log_answers` of the engine's report) */
    this.offers = [];
    /** @type {string | null} the channel that the reader chose */
    this.chosen = null;
    /** @type {Map<string, string>} what a shared question asks */
    this.asks = new Map();
    this.day = make("input", { type: "date", min: EARLIEST, "aria-label": "哪天" });
    this.who = make("select", { "aria-label": "找谁" });
    this.says = make("textarea", { rows: 4, maxLength: LONGEST_ENTRY, "aria-label": "说了什么" });
    this.answers = make("div", { className: "answers" });
    this.shows = make("details", { hidden: true });
    this.problem = make("p", { className: "problem", role: "alert" });
    this.button = make("button", { className: "do" });
    const kinds = LOG_KINDS.map((kind) => make("label", {}, make("input", { type: "radio", name: "kind", value: kind }), make("span", {}, KIND_WORDS[kind])));
    this.more = make("div", { className: "more", hidden: true },
      make("label", {}, "哪天 ", this.day), typing(this.day, "不好选？打字也行", "例如 2026/11/10、11月10日"),
      make("label", {}, "找谁 ", this.who), this.says, this.answers, this.shows, this.problem,
      make("p", { className: "row" }, this.button, make("button", { type: "button", "data-act": "no-entry" }, "不记了")));
    this.form = make("form", { className: "log", noValidate: true },
      make("fieldset", { className: "kinds" }, make("legend", { className: "unseen" }, "发生了什么"), ...kinds), this.more);
    this.form.addEventListener("change", (/** @type {Event} */ event) => {
      if (event.target === this.who) this.chosen = this.who.value;
      this.show();
    });
    this.says.addEventListener("input", () => {
      if (this.says.value.length >= LONGEST_ENTRY) this.problem.textContent = `最多 ${LONGEST_ENTRY} 个字，多出来的没有放进去；可以分成两笔。`;
    });
    this.form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.submit();
    });
    this.fill(null);
  }

  /** @returns {string} */
  get kind() {
    return this.form.elements.namedItem("kind").value;
  }

  /** Whether something is typed that no entry holds yet. */
  get drafting() {
    return !this.more.hidden && this.says.value.trim() !== (this.old ? this.old.says.trim() : "");
  }

  /** @param {LogEntry | null} entry to change; null for a new one */
  fill(entry) {
    this.old = entry;
    for (const radio of this.form.elements.namedItem("kind")) radio.checked = radio.value === entry?.kind;
    this.day.value = entry ? entry.day : today();
    this.chosen = entry ? entry.who : null;
    if (entry) this.who.value = entry.who;
    this.says.value = entry ? entry.says : "";
    this.button.textContent = entry ? "改好了" : "记下";
    this.problem.textContent = "";
    this.shows.open = false;
    for (const box of this.shows.querySelectorAll("input")) box.checked = Boolean(entry?.evidence.includes(box.value));
    this.show();
  }

  /**
   * What was not noted down is there again.
   * @param {LogEntry | null} old
   * @param {string} typed
   */
  again(old, typed) {
    this.fill(old);
    this.says.value = typed;
    if (!this.kind) this.form.elements.namedItem("kind")[0].checked = true;
    this.show();
  }

  /**
   * @param {Titled[]} road those of the reader's road
   * @param {Titled[]} others
   * @param {string} stands the channel where they stand
   */
  offerChannels(road, others, stands) {
    const chosen = this.chosen ?? (stands || road[0]?.id || others[0]?.id || "");
    const option = (/** @type {Titled} */ { id, title }) => make("option", { value: id }, title);
    this.who.replaceChildren(...road.map(option), make("option", { value: "" }, "别的人、别的地方"),
      ...(others.length ? [make("optgroup", { label: "别的途径" }, ...others.map(option))] : []));
    this.who.value = [...road, ...others].some(({ id }) => id === chosen) ? chosen : "";
  }

  /** @param {{ log_answers: any[], facts: any[], evidence: any[] }} report the engine's */
  offer({ log_answers: offers, facts, evidence }) {
    this.offers = offers;
    this.asks = new Map([...facts, ...offers].map(({ question, ask }) => [question, ask]));
    const ticked = new Set([...this.shows.querySelectorAll("input:checked")].map((box) => box.value).concat(this.old?.evidence || []));
    this.shows.hidden = !evidence.length;
    this.shows.replaceChildren(make("summary", {}, "这次留下了什么"), ...evidence.map(({ id, title }) =>
      make("label", { className: "tick" }, make("input", { type: "checkbox", value: id, checked: ticked.has(id) }), make("span", {}, title))));
    this.show();
  }

  /** What belongs to the kind and the channel that are chosen. */
  show() {
    const { kind } = this;
    this.more.hidden = !kind;
    this.day.max = today();
    if (kind) this.says.placeholder = SAY_WHAT[kind];
    const offered = this.offers.filter((one) => one.kind === kind && one.who === this.who.value).map(({ question }) => question);
    const questions = [...Object.keys(this.old?.answers || {}), ...offered];
    if (this.answers.dataset.of === questions.join(" ")) return;
    this.answers.dataset.of = questions.join(" ");
    this.answers.replaceChildren(...questions.map((question) =>
      make("label", { className: "tick" }, make("input", { type: "checkbox", value: question, checked: Boolean(this.old?.answers[question]) }),
        make("span", {}, `“${(this.asks.get(question) || question).replace(/[？?]$/, "")}”：就是这一天`))));
  }

  submit() {
    const day = dayOf(this.day.value, today());
    const wrong = !isDay(day) ? "这个日期看不懂，写成 2026-11-10 或 11月10日 这样。" : day > today() ? "这一天还没有到；日子没写错的话，看一下这台设备的日期对不对。"
      : day < EARLIEST ? "这一天太早了，请看一下年份。" : "";
    this.problem.textContent = wrong;
    this.day.setAttribute("aria-invalid", String(Boolean(wrong)));
    if (wrong) return this.day.focus();
    const answered = [...this.answers.querySelectorAll("input:checked")].map((box) => [box.value, day]);
    const evidence = [...this.shows.querySelectorAll("input:checked")].map((box) => box.value);
    const entry = { day, kind: this.kind, who: this.who.value, says: plainText(this.says.value).trim(), answers: Object.fromEntries(answered), evidence };
    const { old } = this;
    this.fill(null);
    this.save(entry, old);
  }
}
