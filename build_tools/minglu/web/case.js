// The case of this visit: what a reader told over all trees, and what they filled in and noted. In memory; on the device when asked.
//
// One for all scripts of the page, as that of the walks (walks.js) knows of them alone and the other (act.js) of everything. Where the
// device keeps the case, every change is written onto what stands there: so two tabs lose nothing of each other.

import { noTicks, readAddress, writeAddress } from "./address.js";
import { isDay } from "./days.js";
import { keepsAny, keepWalk, keptWalks } from "./keeping.js";
import { CASE_STORE, readStore, writeStore } from "./stores.js";
import { walksOfVisit, wholeWalk } from "./visit.js";

/**
 * @typedef {{ day: string, kind: string, who: string, says: string, answers: Record<string, string>, evidence: string[] }} LogEntry
 * as of engine/case.py
 * @typedef {{ copied: string, sent: string }} LetterDone
 * @typedef {{ format: 1, fields: Record<string, string>, boxes: string[], letters: Record<string, LetterDone>, log: LogEntry[] }} Notes
 * what a case holds beside the walks
 * @typedef {{ version: string, answers: Record<string, string>, replies: string[] | null }} CaseWalk
 * @typedef {Notes & { walks: Record<string, CaseWalk>, evidence: string[] }} Case
 */

const FORMAT_OF_CASE = 1;
/** What an entry of the log may tell: LOG_KINDS of engine/case.py. */
export const LOG_KINDS = ["called", "sent", "answered", "refused", "promised", "accepted", "ended"];
const ID_IN_CASE = /^[a-z0-9-]{1,80}$/;
const BEHIND = 500; // milliseconds
const NOT_KEPT = "这台设备没存上（满了，或者不允许）；写的还在这一页里，离开前请导出。";
const CLEARED = "这台设备上存的刚才被清除了；这一页上的还在，没有再存。";
const UNREAD = "这台设备上存着的案子，这一页读不了（可能是更新的版本存的），没有动它。要存现在的，先点“全部忘记”。";

/** @returns {Notes} */
export function noNotes() {
  return { format: FORMAT_OF_CASE, fields: {}, boxes: [], letters: {}, log: [] };
}

export class CaseStore {
  constructor() {
    const found = keptNotes();
    /** @type {Notes} */
    this.notes = found.notes || noNotes();
    this.kept = keepsAny() && !found.unread;
    /** what the reader should know of what the device holds; "" where all is well */
    this.trouble = found.unread ? UNREAD : found.lost ? `这台设备上存的，有 ${found.lost} 处读不出来，没有用。` : "";
    /** @type {HTMLElement | null} the page of the case: leaving it loses the walks, too, as they stand in no address there */
    this.place = null;
    /** whether something is typed there that no entry holds yet */
    this.drafting = false;
    this.dialling = false;
    /** @type {{ notes: Notes, kept: boolean } | null} what was forgotten last */
    this.before = null;
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    addEventListener("storage", ({ key }) => (key === null || key.startsWith("minglu-")) && this.adopt());
    addEventListener("minglu-keep", () => this.goAlong());
    addEventListener("minglu-forget", () => this.clear());
    addEventListener("minglu-recall", () => this.recall());
    addEventListener("beforeunload", (event) => this.unsaved() && event.preventDefault());
    addEventListener("click", ({ target }) => target instanceof Element && target.closest("a[href^='tel:']") && this.dials(), true);
  }

  /** To browsers a call is a way out of the page, though nobody leaves it. */
  dials() {
    this.dialling = true;
    setTimeout(() => (this.dialling = false), 1000);
  }

  /** Whether leaving the page would lose what the reader wrote. */
  unsaved() {
    if (this.dialling) return false;
    const isShown = Boolean(this.place?.isConnected);
    return (isShown && this.drafting) || (!this.kept && (this.written || (isShown && walksOfVisit().size > 0)));
  }

  /** Nothing was told yet, nor written. */
  get empty() {
    return !this.written && !Object.keys(this.walks()).length;
  }

  get written() {
    const { fields, log, boxes } = this.notes;
    return Object.values(fields).some(Boolean) || log.length > 0 || boxes.length > 0;
  }

  /**
   * Every change goes through here.
   * @param {(notes: Notes) => void} edit
   */
  change(edit) {
    if (this.kept && this.stillKept()) this.notes = keptNotes().notes || this.notes;
    edit(this.notes);
    if (this.kept) this.write();
    this.tell();
  }

  /** What was cleared behind this page's back is not stored again without a word. */
  stillKept() {
    this.kept = keepsAny();
    if (!this.kept) this.trouble = CLEARED;
    return this.kept;
  }

  /** On the device from now on, the walks of this visit too. False where it does not take them. */
  keep() {
    if (keptNotes().unread) {
      this.trouble = UNREAD;
      this.tell();
      return false;
    }
    const walks = [...walksOfVisit()].every(([tree, fragment]) => keepWalk(tree, fragment));
    this.kept = true;
    this.write();
    if (!walks) [this.kept, this.trouble] = [false, NOT_KEPT];
    this.tell();
    return this.kept;
  }

  /** A tree's page keeps its walk: the rest of the case goes along. A walk that the device keeps of another tree stays as it is. */
  goAlong() {
    if (keptNotes().unread) return;
    const kept = keptWalks();
    for (const [tree, fragment] of walksOfVisit()) if (!(tree in kept)) keepWalk(tree, fragment);
    this.write();
    this.tell();
  }

  write() {
    this.kept = writeStore(CASE_STORE, JSON.stringify(this.notes));
    this.trouble = this.kept ? "" : NOT_KEPT;
  }

  /**
   * Another tab wrote or forgot. What was written here meanwhile, and is kept nowhere, goes along: but a tab that keeps its walk writes the
   * rest of its case right behind it, and that is waited for.
   * @param {boolean} waited
   */
  adopt(waited = false) {
    const { notes, unread } = keptNotes();
    const was = this.kept;
    if (!was && this.written && !notes && !waited) return setTimeout(() => this.adopt(true), BEHIND);
    this.kept = keepsAny() && !unread;
    if (unread) this.trouble = UNREAD;
    else if (this.kept && !was && this.written) {
      this.notes = joined(notes || noNotes(), this.notes);
      this.write();
      this.trouble = this.trouble || "另一个页面把案子记在了这台设备上，这一页写的也并进去了。";
    } else if (this.kept && notes) this.notes = notes;
    else if (was) this.trouble = CLEARED;
    this.tell();
  }

  clear() {
    this.before = { notes: this.notes, kept: this.kept };
    this.notes = noNotes();
    this.kept = false;
    this.trouble = "";
    this.tell();
  }

  recall() {
    if (this.before) [this.notes, this.kept] = [this.before.notes, this.before.kept && keepsAny()];
    this.before = null;
    this.tell();
  }

  tell() {
    for (const listener of [...this.listeners]) listener();
  }

  /** The walks of this visit, and those that the device keeps: tree → fragment. */
  walks() {
    const all = { ...keptWalks(), ...Object.fromEntries(walksOfVisit()) };
    const own = Object.entries(all).filter(([tree]) => ID_IN_CASE.test(tree));
    return Object.fromEntries(own.map(([tree, fragment]) => [tree, wholeWalk(tree, fragment)]));
  }

  /**
   * All of it, as the engine and the file have it.
   * @returns {Case}
   */
  whole() {
    /** @type {Record<string, CaseWalk>} */
    const walks = {};
    const evidence = new Set();
    for (const [tree, fragment] of Object.entries(this.walks())) {
      const link = readAddress(fragment);
      if (link.kind !== "walk" || !link.answers.size) continue;
      walks[tree] = { version: link.version || "", answers: Object.fromEntries(link.answers), replies: link.ticks.replies };
      for (const id of link.ticks.evidence) evidence.add(id);
    }
    return { ...this.notes, walks, evidence: [...evidence] };
  }

  /**
   * Put a case in the place of this one; the engine has read it and found it fit.
   * @param {Case} read
   */
  replace({ walks, evidence, ...notes }) {
    const kept = Object.keys(keptWalks());
    walksOfVisit().clear();
    if (this.kept) for (const tree of kept) if (!(tree in walks)) keepWalk(tree, null);
    for (const [tree, { version, answers, replies }] of Object.entries(walks))
      walksOfVisit().set(tree, writeAddress(version, Object.entries(answers), { ...noTicks(), replies, evidence }));
    this.notes = { ...noNotes(), ...notes };
    if (this.kept) this.keep();
    else this.tell();
  }

  /**
   * @param {string} tree
   * @param {string | null} fragment null takes the walk out of the case
   */
  setWalk(tree, fragment) {
    if (fragment) walksOfVisit().set(tree, fragment);
    else walksOfVisit().delete(tree);
    if (this.kept && this.stillKept() && !keepWalk(tree, fragment)) [this.kept, this.trouble] = [false, NOT_KEPT];
    this.tell();
  }

  /**
   * In every walk that has it, the same answer to a shared question. What the log says otherwise it says no more.
   * @param {string[]} trees
   * @param {string} question
   * @param {string} answer
   */
  settle(trees, question, answer) {
    for (const tree of trees) {
      const link = readAddress(this.walks()[tree] || "");
      if (link.kind === "walk") this.setWalk(tree, writeAddress(link.version || "", new Map([...link.answers, [question, answer]]), link.ticks));
    }
    this.change(({ log }) => {
      for (const { answers } of log) if (answers[question] && answers[question] !== answer) delete answers[question];
    });
  }

  /**
   * At hand or not, in every walk: so the trees' pages show it ticked, too.
   * @param {string} id
   * @param {boolean} atHand
   */
  setEvidence(id, atHand) {
    for (const [tree, fragment] of Object.entries(this.walks())) {
      const link = readAddress(fragment);
      if (link.kind !== "walk") continue;
      const others = link.ticks.evidence.filter((one) => one !== id);
      this.setWalk(tree, writeAddress(link.version || "", link.answers, { ...link.ticks, evidence: atHand ? [...others, id] : others }));
    }
  }

  /**
   * What is typed into the gap of a letter or a paper stands in all of them.
   * @param {string} name
   * @param {string} text
   */
  setField(name, text) {
    this.change(({ fields }) => {
      if (text) fields[name] = text;
      else delete fields[name];
    });
  }

  /**
   * @param {string} letter `tree/outcome/letter`
   * @param {"copied" | "sent"} what
   * @param {string} day "" takes it back
   */
  mark(letter, what, day) {
    this.change(({ letters }) => (letters[letter] = { ...(letters[letter] || { copied: "", sent: "" }), [what]: day }));
  }

  /**
   * An entry in the place of another, or a new one. Entries are known by what they say: another tab may have moved them.
   * @param {LogEntry | null} old
   * @param {LogEntry | null} entry null deletes
   */
  setEntry(old, entry) {
    this.change(({ log }) => {
      const same = old ? log.findIndex((one) => JSON.stringify(one) === JSON.stringify(old)) : -1;
      if (same >= 0) log.splice(same, 1, ...(entry ? [entry] : []));
      else if (entry) log.push(entry);
    });
  }
}

/** What the device keeps: null where it keeps nothing; `unread` where it is not of this format, `lost` how much of it cannot be read. */
export function keptNotes() {
  const text = readStore(CASE_STORE);
  const { notes, lost } = readNotes(parsedNotes(text));
  return { notes, lost, unread: Boolean(text) && !notes };
}

/** @param {string | null} text @returns {any} */
function parsedNotes(text) {
  try {
    return JSON.parse(text || "null");
  } catch {
    return null;
  }
}

/**
 * Whatever else on this address can write to the store, or an older script wrote: every part is as the engine takes it, or left out.
 * @param {any} data
 * @returns {{ notes: Notes | null, lost: number }}
 */
export function readNotes(data) {
  if (!data || typeof data !== "object" || data.format !== FORMAT_OF_CASE) return { notes: null, lost: 0 };
  let lost = 0;
  const fit = (/** @type {boolean} */ is) => {
    if (!is) lost++;
    return is;
  };
  const isText = (/** @type {unknown} */ one) => typeof one === "string" && one.length <= 10_000 && !/\p{Surrogate}/u.test(one);
  const isId = (/** @type {unknown} */ one) => typeof one === "string" && ID_IN_CASE.test(one);
  const object = (/** @type {any} */ one) => (one && typeof one === "object" && !Array.isArray(one) ? one : {});
  const list = (/** @type {any} */ one) => (Array.isArray(one) ? one : []);
  const isCaseDay = (/** @type {any} */ one) => typeof one === "string" && isDay(one) && one > "1949" && one < "2100"; // as engine/dates.py
  const isOpenDay = (/** @type {any} */ one) => one === "" || isCaseDay(one);
  const isEntry = (/** @type {any} */ one) => isCaseDay(one.day) && LOG_KINDS.includes(one.kind) && (one.who === "" || isId(one.who)) && isText(one.says);
  const dayAnswers = (/** @type {any} */ one) => Object.fromEntries(Object.entries(object(one)).filter(([id, day]) => isId(id) && isCaseDay(day)));
  const notes = {
    format: FORMAT_OF_CASE,
    fields: Object.fromEntries(Object.entries(object(data.fields)).filter((pair) => fit(pair.every(isText)))),
    boxes: list(data.boxes).filter((one) => fit(typeof one === "string" && /^[a-z0-9.-]{1,250}$/.test(one))),
    letters: Object.fromEntries(Object.entries(object(data.letters)).filter(([id, done]) =>
      fit(/^[a-z0-9-]{1,80}(\/[a-z0-9-]{1,80}){1,2}$/.test(id) && isOpenDay(object(done).copied) && isOpenDay(object(done).sent)))
      .map(([id, { copied, sent }]) => [id, { copied, sent }])),
    log: list(data.log).filter((entry) => fit(isEntry(object(entry))))
      .map(({ day, kind, who, says, answers, evidence }) => ({ day, kind, who, says, answers: dayAnswers(answers), evidence: list(evidence).filter(isId) })),
  };
  return { notes: /** @type {Notes} */ (notes), lost };
}

/**
 * Nothing of either is lost; a gap that both filled in stands as the device has it.
 * @param {Notes} kept
 * @param {Notes} own
 * @returns {Notes}
 */
function joined(kept, own) {
  const there = new Set(kept.log.map((entry) => JSON.stringify(entry)));
  return {
    ...kept,
    fields: { ...own.fields, ...kept.fields },
    boxes: [...new Set([...kept.boxes, ...own.boxes])],
    letters: { ...own.letters, ...kept.letters },
    log: [...kept.log, ...own.log.filter((entry) => !there.has(JSON.stringify(entry)))],
  };
}

/**
 * The same one however often a script runs.
 * @returns {CaseStore}
 */
export function caseOf() {
  if (!Reflect.has(window, "MingluCase")) Reflect.set(window, "MingluCase", new CaseStore());
  return Reflect.get(window, "MingluCase");
}
