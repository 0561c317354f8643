// A letter that the reader opened: its gaps as fields beside the text, which grows as they type; then copied, printed, saved, noted as sent.
//
// The text is what outcome.js wrote into the box. What is typed goes into the case (case.js), so that it stands in all letters.

import { actStyle } from "./act-style.js";
import { caseOf } from "./case.js";
import { today } from "./days.js";
import { documentElements, printDocument } from "./documents.js";
import { make } from "./elements.js";
import { autocompleteOf, choicesIn, dayTyped, dayWords, fieldKind, gapsIn, grownPieces, letterBlocks, letterText, openGaps, packetBlocks, piecesOf, suggestionsFor } from "./letter-text.js";
import { OUT_OF_APP, isInApp, saveFile } from "./saving.js";
import { documentFile } from "./word-file.js";

/**
 * @typedef {import("./letter-text.js").Piece} Piece
 * @typedef {import("./letter-text.js").Told} Told
 * @typedef {{ route: import("./route.js").Route, result: any, section: HTMLElement | null, ticked: import("./ticks.js").TickedHere }} OpenWalk
 * of `<tree-walk>`: `result` is the engine's, null as long as it has not come
 * @typedef {"chat" | "text"} Form
 * @typedef {{ key: string, standing: string, channel: string, told: Told, forms: Record<Form, Piece[]>, packet: Packet | null }} Opened
 * @typedef {{ letters: { title: string, pieces: Piece[] }[], evidence: { title: string, detail: string, atHand: boolean }[] }} Packet
 * @typedef {{ row: HTMLElement, input: HTMLInputElement | HTMLTextAreaElement, offers: HTMLElement }} Field
 */

const LONGEST_FIELD = 4000; // engine/case.py takes more
/** @type {Record<Form, string>} */
const FORMS = { chat: "聊天里发", text: "完整的信" };

/** What a letter is, where readers mix it up (市场监督管理投诉举报处理办法第3条). */
const KINDS = new Map(Object.entries({
  "complaint-12315": "这是投诉：请市场监管部门调解你和商家的争议。要它查商家违法，另外写举报。",
  "report-12315": "这是举报：请市场监管部门查商家涉嫌违法的事，不是替你要钱。要退款、修换，另外写投诉。",
}));
const NO_STANDING = "这里没有能要求对方照办的依据：这封信是去问、去商量的。";

/** @type {WeakMap<Element, LetterPanel>} */
const panels = new WeakMap();
let numbered = 0;

/**
 * Fields for the letter in this box, or what has changed since.
 * @param {HTMLElement} box `details.letter`
 * @param {OpenWalk} walk
 */
export async function fillableLetter(box, walk) {
  await actStyle();
  const panel = panels.get(box) || new LetterPanel(box);
  panels.set(box, panel);
  panel.update(walk);
}

/**
 * The letter in this box as the reader has filled it in; null where nobody opened it.
 * @param {Element} box
 */
export function letterWritten(box) {
  return panels.get(box)?.letter() || null;
}

class LetterPanel {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.title = box.querySelector("summary")?.textContent || "";
    this.id = `letter-${++numbered}`;
    /** @type {Form} */
    this.form = box.querySelector("pre.chat") ? "chat" : "text";
    this.opened = /** @type {Opened} */ (/** @type {unknown} */ (null)); // set by `update`, before anything reads it
    /** @type {Map<string, Field>} */
    this.fields = new Map();
    this.kind = make("p", { className: "fill-kind" });
    this.tabs = make("div", { className: "fill-tabs", role: "tablist", "aria-label": this.title }, this.tab("chat"), this.tab("text"));
    this.copier = pressable("", () => this.copy());
    this.copier.className = "fill-do";
    this.count = pressable("", () => this.goToOpen());
    this.count.className = "fill-count";
    this.says = make("p", { className: "fill-says", role: "status" });
    this.sent = make("p", { className: "fill-sent" });
    this.text = make("div", { className: "fill-text" });
    this.rows = make("div", { className: "fill-rows" });
    this.byHand = make("p", { className: "fill-help" });
    this.keepSays = make("span", { tabIndex: -1 });
    this.keeper = pressable("在这台设备上记住", () => this.keep());
    this.trouble = make("p", { className: "fill-trouble", role: "alert" });
    this.side = make("div", { className: "fill-side" }, this.rows, this.byHand, make("p", { className: "fill-keep" }, this.keepSays, " ", this.keeper));
    this.out = make("div", { className: "fill-out" }, pressable("打印", () => this.print(this.letter())), pressable("Word 文件", (at) => this.save(at, this.letter())));
    this.packetSays = make("p", { className: "fill-help" });
    this.packet = make("details", { className: "fill-packet" }, make("summary", {}, "这个结论的全部函件，连同证据清单"), this.packetSays,
      make("div", { className: "fill-out" }, pressable("打印全部", () => this.print(this.allLetters())), pressable("全部存成 Word 文件", (at) => this.save(at, this.allLetters()))));
    this.body = make("div", { className: "fill-body" }, this.text, this.side);
    this.bar = make("div", { className: "fill-bar" }, this.copier, this.count, this.trouble, this.says, this.sent);
    this.element = make("div", { className: "fill made" }, this.kind, this.tabs, this.bar, this.body, this.out, this.packet);
    this.rows.addEventListener("focusin", () => this.bar.classList.add("quiet"));
    this.listener = () => {
      if (box.isConnected) this.show();
      else caseOf().listeners.delete(this.listener);
    };
  }

  /** @param {Form} form */
  tab(form) {
    const tab = pressable(FORMS[form], () => this.turnTo(form));
    tab.setAttribute("role", "tab");
    tab.dataset.form = form;
    tab.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.preventDefault();
      this.turnTo(form === "chat" ? "text" : "chat");
      this.tabs.querySelector("[aria-selected=true]").focus();
    });
    return tab;
  }

  /** @param {OpenWalk} walk */
  update(walk) {
    this.opened = openedLetter(this.box, walk);
    caseOf().listeners.add(this.listener);
    if (!this.opened.forms.chat.length) this.form = "text";
    if (this.element.parentNode !== this.box) this.box.append(this.element);
    this.box.classList.add("filling");
    this.arrange();
  }

  /** @param {Form} form */
  turnTo(form) {
    this.form = form;
    this.tell("");
    this.arrange();
  }

  /** The pieces of the form that is shown. */
  get pieces() {
    return this.opened.forms[this.form];
  }

  /** What depends on the letter, and on which of its forms is shown. */
  arrange() {
    const { forms, standing, channel, packet } = this.opened;
    saidIn(this.kind, standing === "none" ? NO_STANDING : KINDS.get(channel) || "");
    this.tabs.hidden = !forms.chat.length;
    for (const tab of this.tabs.children) {
      const shown = tab.dataset.form === this.form;
      tab.setAttribute("aria-selected", String(shown));
      tab.tabIndex = shown ? 0 : -1;
    }
    this.body.setAttribute("role", forms.chat.length ? "tabpanel" : "group");
    this.body.setAttribute("aria-label", forms.chat.length ? FORMS[this.form] : this.title);
    this.copier.textContent = this.form === "chat" ? "复制这段话" : "复制这封信";
    this.out.hidden = this.form === "chat";
    this.packet.hidden = !packet;
    this.arrangeFields();
    this.show();
  }

  /** Those of the form that is shown first, in the order of its text; those of the other one below. */
  arrangeFields() {
    const { forms } = this.opened;
    const first = gapsIn(this.pieces);
    const rest = gapsIn(forms[this.form === "chat" ? "text" : "chat"]).filter((gap) => !first.includes(gap));
    const kinds = new Map([...first, ...rest].map((gap) => [gap, fieldKind(gap, [...this.pieces, ...forms.text])]));
    const typed = (/** @type {string[]} */ gaps) => gaps.filter((gap) => kinds.get(gap) !== "by-hand").map((gap) => this.field(gap, kinds.get(gap) || "line").row);
    const below = typed(rest);
    const label = below.length ? [make("p", { className: "fill-label" }, this.form === "chat" ? "完整的信里还要" : "聊天里发的还要")] : [];
    const rows = [...typed(first), ...label, ...below];
    // A field that stays is left where it is: who is typing in it goes on.
    if (rows.some((row, place) => row !== this.rows.children[place]) || rows.length !== this.rows.children.length) {
      const focused = document.activeElement;
      this.rows.replaceChildren(...rows);
      if (focused instanceof HTMLElement && this.rows.contains(focused)) focused.focus({ preventScroll: true });
    }
    const hand = [...kinds].filter(([, kind]) => kind === "by-hand").map(([gap]) => gap);
    saidIn(this.byHand, hand.length ? `${hand.join("、")}不在这里填，打印出来用笔写。` : "");
    this.side.hidden = !kinds.size;
  }

  /**
   * @param {string} gap
   * @param {import("./letter-text.js").FieldKind} kind
   * @returns {Field}
   */
  field(gap, kind) {
    const made = this.fields.get(gap) || this.makeField(gap, kind);
    this.fields.set(gap, made);
    const offers = suggestionsFor(gap, this.opened.told);
    made.offers.replaceChildren(...offers.map(({ shown, value }) => pressable(shown, () => this.offer(gap, value))));
    return made;
  }

  /**
   * @param {string} gap
   * @param {import("./letter-text.js").FieldKind} kind
   */
  makeField(gap, kind) {
    const id = `${this.id}-field-${this.fields.size}`;
    const modes = { tel: "tel", number: "numeric", sum: "decimal" };
    const about = { id, autocomplete: autocompleteOf(gap), maxLength: LONGEST_FIELD, enterKeyHint: "next", spellcheck: false };
    /** @type {HTMLInputElement | HTMLTextAreaElement} */
    const input = kind === "long"
      ? make("textarea", { ...about, enterKeyHint: "enter", rows: 1 })
      : make("input", { ...about, type: kind === "tel" ? "tel" : "text", inputMode: modes[/** @type {"tel"} */ (kind)] || "text", placeholder: kind === "day" ? "例如 11月10日" : "" });
    const offers = make("div", { className: "fill-offers" });
    const row = make("div", { className: "fill-row" }, make("label", { htmlFor: id }, gap), input, offers);
    input.addEventListener("input", () => this.typed(gap, input));
    if (kind === "day") input.addEventListener("change", () => this.typedDay(gap, input.value));
    if (kind !== "long") input.addEventListener("keydown", (event) => {
      if (/** @type {KeyboardEvent} */ (event).key !== "Enter" || /** @type {KeyboardEvent} */ (event).isComposing) return;
      event.preventDefault();
      this.goOn(row);
    });
    return { row, input, offers };
  }

  // ---- what is shown

  /** What depends on what was typed and done. */
  show() {
    const store = caseOf();
    const { fields, letters } = store.notes;
    const open = openGaps(this.pieces, fields);
    this.text.replaceChildren(...grownPieces(this.pieces, fields).map((piece) => this.shownPiece(piece)));
    this.count.disabled = !open.length;
    saidIn(this.count, open.length ? `还有 ${open.length} 处没填` : gapsIn(this.pieces).length ? "都填好了" : "");
    this.count.hidden = !this.count.textContent;
    for (const [gap, { input, offers }] of this.fields) {
      const text = Object.hasOwn(fields, gap) ? fields[gap] : "";
      if (input.value !== text) input.value = text;
      if (input instanceof HTMLTextAreaElement) input.rows = rowsOf(text);
      const choices = choicesIn(gap);
      offers.hidden = Boolean(text) && !choices.includes(text);
      for (const one of offers.children) if (choices.length) one.setAttribute("aria-pressed", String(one.textContent === text));
    }
    saidIn(this.keepSays, store.kept ? "已记在这台设备上。" : "写的只在这一页里，刷新或关掉就没有了。");
    this.keeper.hidden = store.kept;
    saidIn(this.trouble, store.trouble);
    this.showDone(Object.hasOwn(letters, this.opened.key) ? letters[this.opened.key] : null);
    this.showPacket(fields);
  }

  /** @param {import("./letter-text.js").Grown} piece @returns {Node | string} */
  shownPiece({ text, gap, typed }) {
    if (typed) return make("span", { className: "fill-typed" }, typed);
    return gap ? make("mark", { className: "paper-gap" }, this.shownGap(text, gap)) : text;
  }

  /**
   * A button would not go on over lines.
   * @param {string} text
   * @param {string} gap
   */
  shownGap(text, gap) {
    const shown = make("span", { role: "button", tabIndex: 0 }, text);
    shown.addEventListener("click", () => this.goTo(gap));
    shown.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.goTo(gap);
    });
    return shown;
  }

  /** @param {{ copied: string, sent: string } | null} done */
  showDone(done) {
    if (!done) return this.sent.replaceChildren();
    const note = done.sent ? `记下了：${dayWords(done.sent)}发出。` : "发出去了？";
    if (this.sent.textContent?.startsWith(note)) return;
    const act = done.sent ? pressable("撤销", () => this.unsend()) : pressable("记下今天", () => this.noteSent());
    this.sent.replaceChildren(note, " ", act);
  }

  /** @param {Record<string, string>} fields */
  showPacket(fields) {
    const { packet } = this.opened;
    if (!packet) return;
    const open = new Set(packet.letters.flatMap(({ pieces }) => openGaps(pieces, fields)));
    saidIn(this.packetSays, `${packet.letters.length} 封信${packet.evidence.length ? `，${packet.evidence.length} 样证据` : ""}${open.size ? `；还有 ${open.size} 处没填` : ""}。`);
  }

  /** @param {string} says what came of what the reader did */
  tell(says) {
    this.bar.classList.remove("quiet");
    saidIn(this.says, says);
  }

  // ---- what the reader types

  /** @param {string} gap @param {HTMLInputElement | HTMLTextAreaElement} input */
  typed(gap, input) {
    caseOf().setField(gap, input.value);
    if (input.value.length >= LONGEST_FIELD) this.tell(`“${gap}”最多 ${LONGEST_FIELD} 个字，多出来的没有放进去。`);
  }

  /** @param {string} gap @param {string} text */
  typedDay(gap, text) {
    const day = dayTyped(gap, text);
    if (day) caseOf().setField(gap, day);
  }

  /** @param {string} gap @param {string} value */
  offer(gap, value) {
    const { input } = this.fields.get(gap) || {};
    caseOf().setField(gap, input?.value === value ? "" : value);
    if (!choicesIn(gap).length) input?.focus();
  }

  /** @param {string} gap */
  goTo(gap) {
    const field = this.fields.get(gap);
    if (field) return field.input.focus();
    this.tell(this.byHand.textContent || "");
  }

  goToOpen() {
    const open = openGaps(this.pieces, caseOf().notes.fields);
    this.goTo(open.find((gap) => this.fields.has(gap)) || open[0]);
  }

  /** @param {HTMLElement} row */
  goOn(row) {
    const rows = [...this.rows.querySelectorAll(".fill-row")];
    const next = rows[rows.indexOf(row) + 1];
    if (next) next.querySelector("input, textarea").focus();
    else this.copier.focus();
  }

  /** By the page's own button where it has one: so the walk goes on being kept, too. */
  keep() {
    /** @type {HTMLElement | null | undefined} */ (this.box.closest("tree-walk")?.querySelector("[data-do=keep]"))?.click();
    if (!caseOf().kept) caseOf().keep();
    this.keepSays.focus();
  }

  // ---- what the reader does with it

  async copy() {
    const { fields } = caseOf().notes;
    const open = openGaps(this.pieces, fields).length;
    const then = open ? `还有 ${open} 处【】没填，补上再发。` : "可以去粘贴了。";
    const text = letterText(this.pieces, fields);
    try {
      await navigator.clipboard.writeText(text);
      this.did(`已复制。${then}`);
    } catch {
      const area = make("textarea", { className: "fill-by-hand", readOnly: true, rows: 6, value: text, "aria-label": "要复制的文字" });
      this.tell("");
      this.says.replaceChildren(area);
      area.select();
      const copied = document.execCommand("copy");
      area.before(copied ? `已复制。${then}` : `请长按选中的文字、复制。${then}`);
      if (copied) area.remove();
      this.did("");
    }
  }

  /** @param {string} says */
  did(says) {
    if (says) this.tell(says);
    caseOf().mark(this.opened.key, "copied", today());
  }

  noteSent() {
    const { key } = this.opened;
    const day = today();
    caseOf().change(({ letters, log }) => {
      letters[key] = { ...(letters[key] || { copied: "" }), sent: day };
      log.push(this.sentEntry(day));
    });
    this.sent.querySelector("button")?.focus();
  }

  unsend() {
    const { key } = this.opened;
    caseOf().change(({ letters, log }) => {
      const noted = JSON.stringify(this.sentEntry(letters[key]?.sent || ""));
      const place = log.findLastIndex((entry) => JSON.stringify(entry) === noted);
      if (place >= 0) log.splice(place, 1);
      letters[key] = { copied: letters[key]?.copied || "", sent: "" };
    });
    this.sent.querySelector("button")?.focus();
  }

  /** @param {string} day @returns {import("./case.js").LogEntry} */
  sentEntry(day) {
    return { day, kind: "sent", who: this.opened.channel, says: this.title, answers: {}, evidence: [] };
  }

  /** @returns {import("./documents.js").Document} */
  letter() {
    return { name: this.title, title: this.title, blocks: letterBlocks(this.title, this.opened.forms.text, caseOf().notes.fields) };
  }

  /** @returns {import("./documents.js").Document} */
  allLetters() {
    const { letters, evidence } = this.opened.packet || { letters: [], evidence: [] };
    const name = `${this.title}等 ${letters.length} 封，连同证据清单`;
    return { name, title: name, blocks: packetBlocks(letters, evidence, caseOf().notes.fields) };
  }

  /** @param {import("./documents.js").Document} doc */
  print(doc) {
    if (isInApp()) return this.sayInApp();
    printDocument(documentElements(doc));
    this.did("没填的在纸上是横线，可以用笔写。");
  }

  /** @param {HTMLButtonElement} at @param {import("./documents.js").Document} doc */
  async save(at, doc) {
    if (isInApp()) return this.sayInApp();
    at.disabled = true;
    this.tell("正在做 Word 文件…");
    try {
      saveFile(`${doc.name}.docx`, await documentFile(doc));
      this.did("Word 文件已存到“下载”里；没填的标着黄色。");
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
    }
    at.disabled = false;
    at.focus();
  }

  sayInApp() {
    this.tell(`这个应用里存不了文件，也打印不了：${OUT_OF_APP}，填好的不会跟过去；或者在这里复制。`);
  }
}

/**
 * @param {string} text
 * @param {(button: HTMLButtonElement) => unknown} act
 * @returns {HTMLButtonElement}
 */
function pressable(text, act) {
  const made = make("button", { type: "button" }, text);
  made.addEventListener("click", () => act(made));
  return made;
}

/**
 * What says the same already is left alone: a reader who listens would hear it again.
 * @param {HTMLElement} place
 * @param {string} text
 */
function saidIn(place, text) {
  if (place.textContent !== text) place.textContent = text;
  if (place.matches("p")) place.hidden = !text && place.getAttribute("role") === null;
}

/**
 * So many that nothing of it is hidden on a phone.
 * @param {string} text
 */
function rowsOf(text) {
  return Math.min(12, text.split("\n").reduce((rows, line) => rows + 1 + Math.floor(line.length / 18), 0));
}

/**
 * @param {HTMLElement} box
 * @param {OpenWalk} walk
 * @returns {Opened}
 */
function openedLetter(box, { route, result, section, ticked }) {
  const id = box.dataset.letter || "";
  const outcome = result?.outcome;
  const replies = [...(section?.querySelectorAll("details[data-reply][open] .in-letter") || [])]
    .map((line) => [...line.childNodes].slice(1).map((node) => node.textContent).join("")).join("");
  const pieces = (/** @type {string} */ which) => piecesOf(box.querySelector(`:scope > pre${which}`)?.textContent || "", replies);
  const forms = { chat: pieces(".chat"), text: pieces(":not(.chat)") };
  const place = section && Object.hasOwn(route.outcomes, section.id) ? section.id : "unsure";
  const to = outcome?.now.find((/** @type {any} */ step) => step.letter === id && step.to && !step.to.startsWith("tree/"))?.to;
  const toSeller = ["商家名称", "卖家姓名或账号"].includes(forms.text[0]?.gap || "");
  const evidence = (outcome?.evidence || []).map((/** @type {any} */ one) => ({ ...one, atHand: ticked.ticks.evidence.includes(one.id) }));
  return {
    key: `${route.tree}/${place}/${id}`,
    standing: outcome ? outcome.standing : section?.querySelector(":scope > .standing.none") ? "none" : "",
    channel: to || (toSeller ? "negotiate" : ""),
    forms,
    told: {
      answers: Object.assign({}, ...Object.values(caseOf().whole().walks).map(({ answers }) => answers)),
      days: (outcome?.deadlines || []).flatMap((/** @type {any} */ { kind, label, limit }) => (kind === "ripens" && limit ? { label, day: limit } : [])),
      atHand: evidence.flatMap((/** @type {any} */ { title, atHand }) => (atHand ? title : [])),
    },
    packet: outcome?.letters.length > 1
      ? { letters: outcome.letters.map((/** @type {any} */ { title, text }) => ({ title, pieces: piecesOf(text) })), evidence }
      : null,
  };
}
