// The papers for offices, filled in from the case: which are offered, what is still open, and the paper itself to copy, print or save.
//
// Everything that stands in a paper comes from the engine (`{"do": "paper"}`): here it is laid out, and what is typed goes into the case.

import { actStyle } from "./act-style.js";
import { CaseAnswers } from "./case-answers.js";
import { caseOf } from "./case.js";
import { today } from "./days.js";
import { documentElements, printDocument } from "./documents.js";
import { make, whenWhole } from "./elements.js";
import { autocompleteOf, choicesIn, dayTyped, fieldKind } from "./letter-text.js";
import { OUT_OF_APP, isInApp, saveFile } from "./saving.js";
import { documentFile } from "./word-file.js";

/**
 * @typedef {{ id: string, title: string, short: string, office_title: string, offered: boolean, why: string, instead: string, copied: string, sent: string }} PaperOffer
 * @typedef {{ id: string, title: string, source: string, cite: string[], document: import("./documents.js").Document,
 *   wants: { label: string, says: string, ticked: boolean, key: string }[],
 *   boxes: { label: string, place: string, ticked: boolean, rule: boolean, key: string }[],
 *   gaps: { name: string, value: string, count: boolean }[], pieces: { label: string, text: string, length: number }[],
 *   notes: { says: string, cite: string[] }[] }} PaperFilled engine/paper.py
 */

const SETTLES = 250; // milliseconds after the last key before the paper is made anew
const LONGEST_GAP = 4000;

/** @type {CaseAnswers} */
let paperAnswers;
/** @type {PapersPage | null} */
let papersPage = null;

/**
 * Fill the page's element, each time that it comes.
 * @param {HTMLElement} place
 */
function showPapers(place) {
  whenWhole(async () => {
    const template = /** @type {HTMLTemplateElement | null} */ (place.querySelector("template"));
    if (!template) return;
    await actStyle();
    if (!place.isConnected) return;
    const parts = JSON.parse(template.content.textContent || "");
    if (!paperAnswers) {
      paperAnswers = new CaseAnswers(parts);
      caseOf().listeners.add(() => papersPage?.changed());
    }
    paperAnswers.parts = parts;
    papersPage = new PapersPage(place);
  });
}

class PapersPage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.store = caseOf();
    this.failure = "";
    this.turn = {};
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {PaperOffer[] | null} */
    this.offers = null;
    this.shown = "";
    /** @type {PaperPanel | null} the paper that is open */
    this.panel = null;
    this.says = make("p", { className: "notice", role: "status" });
    this.list = make("div", { className: "paper-offers" });
    place.replaceChildren(this.says, this.list, /** @type {Element} */ (place.querySelector("template")));
    place.hidden = this.store.empty;
    if (place.hidden) return;
    paperAnswers.start(({ type }) => (type === "ready" ? this.load() : this.showProgress()));
    this.load();
  }

  /** The case is another one: a moment after the last key, so that typing never waits. */
  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), SETTLES);
  }

  async load() {
    if (!this.place.isConnected || this.place.hidden) return;
    const turn = (this.turn = {});
    if (["idle", "failed"].includes(paperAnswers.data.state())) return this.showProgress();
    try {
      const whole = this.store.whole();
      const { papers } = await paperAnswers.about("papers", whole);
      const filled = this.panel && (await paperAnswers.about("paper", whole, { id: this.panel.id }));
      if (turn !== this.turn) return;
      [this.offers, this.failure] = [papers, ""];
      this.showOffers();
      if (filled) this.panel?.show(filled);
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.showProgress();
  }

  showProgress() {
    const state = paperAnswers.data.state();
    const { loaded = 0, total = 0, says = "" } = paperAnswers.data.news;
    const why = this.failure || (state === "failed" ? says : "");
    const button = make("button", { type: "button" }, why ? "重试" : "加载（几兆字节）");
    button.onclick = () => {
      this.failure = "";
      paperAnswers.start(({ type }) => (type === "ready" ? this.load() : this.showProgress()), true);
      this.load();
    };
    const percent = total ? ` ${Math.floor((100 * loaded) / total)}%` : "";
    if (why) this.says.replaceChildren(`没有填成：${why.replace(/。$/, "")}。下面空白的照常可以打印。`, button);
    else if (state === "loading") this.says.replaceChildren(`正在加载${percent}；下面空白的现在就可以打印。`);
    else if (state === "idle") this.says.replaceChildren("可以照你的案子先填一部分。", button);
    else this.says.replaceChildren();
    this.says.hidden = !this.says.textContent;
  }

  showOffers() {
    const all = this.offers || [];
    if (this.shown === JSON.stringify(all)) return; // who is typing in the open paper goes on
    this.shown = JSON.stringify(all);
    const rows = (/** @type {boolean} */ offered) => all.filter((one) => one.offered === offered).map((one) => this.row(one));
    const [fit, rest] = [rows(true), rows(false)];
    const focused = document.activeElement;
    const named = focused instanceof HTMLElement && focused.dataset.paper;
    const open = this.list.querySelector("details")?.open || false;
    this.list.replaceChildren(
      make("h2", {}, "照你的案子"),
      ...(fit.length ? [make("ul", { className: "list" }, ...fit)] : [make("p", {}, "走到的结论里，现在没有要交的文书。")]),
      ...(rest.length ? [make("details", { open }, make("summary", {}, "现在用不上的", make("span", { className: "count" }, ` ${rest.length}`)), make("ul", { className: "list" }, ...rest))] : []),
      make("h2", {}, "空白的"));
    const again = named ? this.list.querySelector(`[data-paper="${CSS.escape(named)}"]`) : focused;
    if (again instanceof HTMLElement && this.list.contains(again)) again.focus({ preventScroll: true });
  }

  /** @param {PaperOffer} offer */
  row({ id, title, short, office_title, offered, why, instead, copied, sent }) {
    const done = sent ? `${sent} 交了` : copied ? `${copied} 存过` : "";
    const row = make("li", { className: "paper-offer" });
    const opener = make("button", { type: "button", className: "paper-open", "data-paper": id, "aria-expanded": String(this.panel?.id === id) }, make("b", {}, title));
    opener.onclick = () => this.open(id, row);
    row.append(offered ? opener : make("b", {}, title), make("p", { className: "soft" }, [office_title, short].join("："), done && `（${done}）`));
    if (!offered && why) row.append(make("p", { className: "soft" }, why));
    if (instead) row.append(make("p", {}, instead));
    if (this.panel?.id === id) row.append(this.panel.element);
    return row;
  }

  /** @param {string} id @param {HTMLElement} row */
  async open(id, row) {
    const was = this.panel?.id;
    this.panel?.element.remove();
    for (const one of this.list.querySelectorAll("[aria-expanded]")) one.setAttribute("aria-expanded", String(was !== id && /** @type {HTMLElement} */ (one).dataset.paper === id));
    this.panel = was === id ? null : new PaperPanel(id);
    if (!this.panel) return;
    row.append(this.panel.element);
    await this.load();
  }
}

class PaperPanel {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
    /** @type {PaperFilled | null} */
    this.filled = null;
    /** @type {Map<string, HTMLElement>} rows of fields by the gap's name: they stay while the reader types */
    this.fields = new Map();
    this.about = make("details", {}, make("summary", {}, "从哪里来，要注意什么"));
    this.wants = make("fieldset", { className: "paper-ticks" });
    this.count = make("p", { className: "fill-count", role: "status" });
    this.rows = make("div", { className: "fill-rows" });
    this.boxes = make("details", { className: "paper-ticks" });
    this.pieces = make("details", { className: "paper-pieces" });
    this.sheet = make("div", { className: "paper-sheet" });
    this.says = make("p", { className: "fill-says", role: "status" });
    this.keeper = make("p", { className: "fill-keep" });
    this.out = make("div", { className: "fill-out" },
      this.act("Word 文件", (at) => this.save(at)), this.act("打印", () => this.print()), this.act("复制全文", () => this.copy(textOf(this.sheet))));
    this.element = make("div", { className: "fill paper-panel" }, this.out, this.says, this.about, this.wants, this.count, this.rows, this.keeper, this.boxes, this.pieces,
      make("details", { open: true }, make("summary", {}, "填好的样子"), this.sheet));
    this.element.addEventListener("change", (/** @type {Event} */ { target }) => target instanceof HTMLInputElement && target.dataset.key && this.turn(target.dataset.key));
  }

  /** @param {string} text @param {(at: HTMLButtonElement) => unknown} run */
  act(text, run) {
    const button = make("button", { type: "button" }, text);
    button.onclick = () => run(button);
    return button;
  }

  /** @param {PaperFilled} filled */
  show(filled) {
    this.filled = filled;
    const { notes, source, cite, wants, boxes, gaps, pieces } = filled;
    this.about.replaceChildren(this.about.firstElementChild || "", make("p", {}, source), ...(cite.length ? [make("p", { className: "soft" }, `要写什么，依据：${cite.join("、")}`)] : []),
      ...notes.map(({ says }) => make("p", {}, says)));
    this.wants.hidden = !wants.length;
    keepFocus(this.wants, () => this.wants.replaceChildren(make("legend", {}, "你要求什么（照结论里有依据的列出；要哪样自己勾）"),
      ...wants.map(({ label, says, ticked, key }) => tickRow(key, ticked, label, says))));
    this.showFields(gaps);
    this.boxes.hidden = !boxes.length;
    const open = this.boxes.open;
    keepFocus(this.boxes, () => this.boxes.replaceChildren(make("summary", {}, "表里的方框", make("span", { className: "count" }, ` 勾了 ${boxes.filter(({ ticked }) => ticked).length} 个，共 ${boxes.length} 个`)),
      ...boxes.map(({ label, place, ticked, rule, key }) => tickRow(key, ticked, label, [place, rule ? "照你的案子勾的" : ""].filter(Boolean).join("；")))));
    this.boxes.open = open;
    this.pieces.hidden = !pieces.length;
    this.pieces.replaceChildren(make("summary", {}, "一小段一小段照着打"), ...pieces.flatMap(({ label, text, length }) =>
      [make("p", { className: "label" }, `${label}（${length} 字）`), make("pre", {}, text), this.act("复制这一段", () => this.copy(text))]));
    this.sheet.replaceChildren(...documentElements(filled.document));
    const { kept, trouble } = caseOf();
    this.keeper.replaceChildren(trouble || (kept ? "已记在这台设备上。" : "写的只在这一页里，刷新或关掉就没有了。"), ...(kept ? [] : [this.act("在这台设备上记住", () => caseOf().keep())]));
  }

  /** @param {PaperFilled["gaps"]} gaps */
  showFields(gaps) {
    const missing = gaps.filter(({ value }) => !value).length;
    this.count.textContent = missing ? `还有 ${missing} 处没填；填不上的，印出来是空白，用笔写。` : "都填好了。";
    const rows = gaps.map(({ name, value, count }) => {
      const row = this.fields.get(name) || this.field(name, count);
      this.fields.set(name, row);
      const input = /** @type {HTMLInputElement} */ (row.querySelector("input, textarea"));
      if (input !== document.activeElement && input.value !== value) input.value = value;
      return row;
    });
    if (rows.length !== this.rows.children.length || rows.some((row, place) => row !== this.rows.children[place])) keepFocus(this.rows, () => this.rows.replaceChildren(...rows));
  }

  /** @param {string} name @param {boolean} count */
  field(name, count) {
    const kind = count ? "number" : fieldKind(name, []);
    const id = `paper-field-${this.id}-${this.fields.size}`;
    const about = { id, autocomplete: autocompleteOf(name), maxLength: LONGEST_GAP, spellcheck: false };
    const input = kind === "long" ? make("textarea", { ...about, rows: 2 })
      : make("input", { ...about, type: kind === "tel" ? "tel" : "text", inputMode: kind === "number" ? "numeric" : kind === "sum" ? "decimal" : "text" });
    const full = make("p", { className: "fill-trouble", role: "alert" });
    input.addEventListener("input", () => {
      caseOf().setField(name, input.value);
      full.textContent = input.value.length >= LONGEST_GAP ? `最多 ${LONGEST_GAP} 个字，多出来的没有放进去。` : "";
    });
    if (kind === "day") input.addEventListener("change", () => {
      const day = dayTyped(name, input.value);
      if (day) caseOf().setField(name, (input.value = day));
    });
    const choices = choicesIn(name).map((choice) => this.act(choice, () => caseOf().setField(name, (input.value = choice))));
    return make("div", { className: "fill-row" }, make("label", { htmlFor: id }, name), input, full, make("div", { className: "fill-offers" }, ...choices));
  }

  /** @param {string} key an entry of the case's boxes, which is turned over */
  turn(key) {
    caseOf().change((notes) => {
      notes.boxes = notes.boxes.includes(key) ? notes.boxes.filter((one) => one !== key) : [...notes.boxes, key];
    });
  }

  // ---- what the reader does with it

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.done("已复制。");
    } catch {
      const area = make("textarea", { className: "fill-by-hand", readOnly: true, rows: 6, value: text, "aria-label": "要复制的文字" });
      this.says.replaceChildren("请长按选中的文字、复制。", area);
      area.select();
    }
  }

  print() {
    if (isInApp()) return this.tell(`这个应用里打印不了：${OUT_OF_APP}。`);
    if (!this.filled) return;
    printDocument(documentElements(this.filled.document));
    this.done("没填的在纸上是空白，可以用笔写。");
  }

  /** @param {HTMLButtonElement} at */
  async save(at) {
    if (isInApp()) return this.tell(`这个应用里存不了文件：${OUT_OF_APP}；或者在这里复制。`);
    if (!this.filled) return;
    at.disabled = true;
    this.tell("正在做 Word 文件…");
    try {
      saveFile(`${this.filled.document.name}.docx`, await documentFile(this.filled.document));
      this.done("Word 文件已存到“下载”里；没填的标着黄色。");
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
    }
    at.disabled = false;
    at.focus();
  }

  /** @param {string} says */
  done(says) {
    this.tell(says);
    caseOf().mark(`paper/${this.id}`, "copied", today());
  }

  /** @param {string} says */
  tell(says) {
    this.says.textContent = says;
  }
}

Reflect.set(window, "MingluPapersPage", showPapers);

/** @param {string} key @param {boolean} checked @param {string} label @param {string} says */
function tickRow(key, checked, label, says) {
  const text = make("span", {}, make("b", {}, label), ...(says ? [" ", make("small", {}, says)] : []));
  return make("label", { className: "paper-tick" }, make("input", { type: "checkbox", checked, "data-key": key }), text);
}

/**
 * What is written anew leaves the focus where it was.
 * @param {HTMLElement} within
 * @param {() => void} write
 */
function keepFocus(within, write) {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && within.contains(focused) ? focused.dataset.key : "";
  write();
  if (key) /** @type {HTMLElement | null} */ (within.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus({ preventScroll: true });
  else if (focused instanceof HTMLElement && focused !== document.activeElement && within.contains(focused)) focused.focus({ preventScroll: true });
}

/**
 * A paper as text to copy: a line each, cells of a row beside one another.
 * @param {HTMLElement} sheet
 */
function textOf(sheet) {
  return [...sheet.children].map((part) => (part instanceof HTMLTableElement
    ? [...part.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join("\t")).join("\n")
    : part.textContent || "")).join("\n");
}
