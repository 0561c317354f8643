// The case of this visit: what a reader told over all trees, and what they filled in and noted. In memory; on the device when asked.
//
// One for all scripts of the page, as the first (minglu.js) knows of the walks alone and the second (act.js) of everything. Where the
// device keeps the case, every change is written onto what stands there: so two tabs lose nothing of each other.

import { noTicks, readAddress, writeAddress } from "./address.js";
import { keptWalks, keepWalk } from "./keeping.js";
import { walksOfVisit } from "./visit.js";

/**
 * @typedef {{ day: string, kind: string, who: string, says: string, answers: Record<string, string> }} LogEntry engine/case.py
 * @typedef {{ copied: string, sent: string }} LetterDone
 * @typedef {{ format: 1, fields: Record<string, string>, boxes: string[], letters: Record<string, LetterDone>, log: LogEntry[] }} Notes
 * what a case holds beside the walks
 * @typedef {{ version: string, answers: Record<string, string>, replies: string[] | null }} CaseWalk
 * @typedef {Notes & { walks: Record<string, CaseWalk>, evidence: string[] }} Case
 */

const CASE_STORE = "minglu-case";
const FORMAT_OF_CASE = 1;

/** @returns {Notes} */
export function noNotes() {
  return { format: FORMAT_OF_CASE, fields: {}, boxes: [], letters: {}, log: [] };
}

export class CaseStore {
  constructor() {
    /** @type {Notes} */
    this.notes = keptNotes() || noNotes();
    this.kept = keptNotes() !== null;
    /** what the device did not take; "" where all is well */
    this.trouble = "";
    /** @type {Set<() => void>} */
    this.listeners = new Set();
    addEventListener("storage", (event) => event.key === CASE_STORE && this.adopt());
    addEventListener("minglu-forget", () => this.clear());
    addEventListener("beforeunload", (event) => this.unsaved() && event.preventDefault());
  }

  /** Whether leaving the page would lose what the reader wrote. */
  unsaved() {
    const { fields, log, boxes } = this.notes;
    return !this.kept && (Object.values(fields).some(Boolean) || log.length > 0 || boxes.length > 0);
  }

  /**
   * Every change goes through here.
   * @param {(notes: Notes) => void} edit
   */
  change(edit) {
    const now = this.kept ? keptNotes() : null;
    if (now) this.notes = now;
    edit(this.notes);
    if (this.kept) this.write();
    this.tell();
  }

  /** On the device from now on, the walks of this visit too. False where it does not take them. */
  keep() {
    const walks = [...walksOfVisit()].every(([tree, fragment]) => keepWalk(tree, fragment));
    this.kept = true;
    this.write();
    this.tell();
    return walks && this.kept;
  }

  write() {
    try {
      localStorage.setItem(CASE_STORE, JSON.stringify(this.notes));
      this.trouble = "";
    } catch {
      this.kept = false;
      this.trouble = "这台设备没存上（满了，或者不允许）；写的还在这一页里，离开前请导出。";
    }
  }

  /** Another tab wrote or forgot. */
  adopt() {
    const notes = keptNotes();
    if (notes) this.notes = notes;
    else if (this.kept) this.trouble = "这台设备上存的，刚才在另一个页面里清除了；这一页上的还在。";
    this.kept = notes !== null;
    this.tell();
  }

  clear() {
    this.notes = noNotes();
    this.kept = false;
    this.trouble = "";
    try {
      localStorage.removeItem(CASE_STORE);
    } catch {} // where nothing can be stored there is nothing to forget
    this.tell();
  }

  tell() {
    for (const listener of [...this.listeners]) listener();
  }

  /**
   * All of it, as the engine and the file have it: the walks of this visit, and those that the device keeps.
   * @returns {Case}
   */
  whole() {
    /** @type {Record<string, CaseWalk>} */
    const walks = {};
    const evidence = new Set();
    for (const [tree, fragment] of Object.entries({ ...keptWalks(), ...Object.fromEntries(walksOfVisit()) })) {
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
    walksOfVisit().clear();
    for (const [tree, { version, answers, replies }] of Object.entries(walks))
      walksOfVisit().set(tree, writeAddress(version, Object.entries(answers), { ...noTicks(), replies, evidence }));
    this.notes = { ...noNotes(), ...notes };
    if (this.kept) this.keep();
    else this.tell();
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
   * @param {string} day
   */
  mark(letter, what, day) {
    this.change(({ letters }) => (letters[letter] = { ...(letters[letter] || { copied: "", sent: "" }), [what]: day }));
  }
}

/** @returns {Notes | null} what the device keeps; null where it keeps nothing that can be read */
export function keptNotes() {
  try {
    return readNotes(JSON.parse(localStorage.getItem(CASE_STORE) || "null"));
  } catch {
    return null;
  }
}

/**
 * Whatever else on this address can write to the store, or an older script wrote: every part is of its type, or left out.
 * @param {any} data
 * @returns {Notes | null}
 */
export function readNotes(data) {
  if (!data || typeof data !== "object" || data.format !== FORMAT_OF_CASE) return null;
  const isText = (/** @type {unknown} */ one) => typeof one === "string";
  const object = (/** @type {any} */ one) => (one && typeof one === "object" && !Array.isArray(one) ? one : {});
  const list = (/** @type {any} */ one) => (Array.isArray(one) ? one : []);
  const texts = (/** @type {any} */ one) => Object.fromEntries(Object.entries(object(one)).filter(([, text]) => isText(text)));
  return {
    format: FORMAT_OF_CASE,
    fields: texts(data.fields),
    boxes: list(data.boxes).filter(isText),
    letters: Object.fromEntries(Object.entries(object(data.letters)).map(([id, done]) =>
      [id, { copied: String(object(done).copied || ""), sent: String(object(done).sent || "") }])),
    log: list(data.log).filter((entry) => ["day", "kind", "who", "says"].every((key) => isText(object(entry)[key])))
      .map(({ day, kind, who, says, answers }) => ({ day, kind, who, says, answers: texts(answers) })),
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
