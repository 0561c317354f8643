// What only the engine can tell about a walk: its results, and the data that it needs. Between `<tree-walk>` and Python.

import { today } from "./days.js";
import { pythonOf } from "./python.js";
import { fileAddress, siteFacts } from "./site.js";

/**
 * @typedef {import("./address.js").Answers} Answers
 * @typedef {import("./python.js").PythonState} PythonState
 * @typedef {import("./route.js").Route} Route
 * @typedef {{ type?: string, loaded?: number, total?: number, says?: string, again?: boolean, absent?: boolean }} News
 * the latest event; `again`: retrying may help; `absent`: the site has no Python
 */

/** Its message is a sentence for the reader. */
class Lost extends Error {}

const TIME_LIMIT = 60_000;

/** One for all pages of a visit. */
export class Reckoning {
  constructor() {
    this.offered = siteFacts().python !== false;
    /** @type {News} */
    this.news = this.offered ? {} : { type: "failed", says: "这个网站没有放上精确到天的计算", absent: true };
    /** @type {(news: News) => void} */
    this.listener = () => {};
    /** @type {Map<string, Promise<void> | true>} tree → the engine holds it, or will */
    this.trees = new Map();
    /** @type {Lost | null} the data that did not come or cannot be read: as good as no Python, until it comes */
    this.lost = null;
    /** @type {RequestCache} */
    this.cache = "default";
    /** @type {any[]} */
    this.results = [];
    this.heard = false;
  }

  /**
   * Load Python; on data saver only when the reader asked. After a failure: get again what failed, Python or data.
   * @param {boolean} asked
   */
  start(asked = false) {
    if (!this.offered) return;
    const python = pythonOf();
    if (!this.heard) python.on((event) => this.tell(event));
    this.heard = true;
    const found = asked && this.lost;
    if (found) this.lost = null;
    const before = python.state();
    if (before === "failed" && asked) python.retry();
    else if (before === "idle" && (asked || !python.saveData())) python.start();
    if ((found || before !== python.state()) && this.state() === "loading") this.tell({ type: "progress", loaded: 0, total: 0 });
    else if (found && this.state() === "ready") this.tell({ type: "ready" });
  }

  /** Another page asks for data of its own. */
  renew() {
    this.lost = null;
  }

  /** @param {News} event */
  tell(event) {
    if (this.lost && event.type !== "failed") return;
    this.news = event;
    if (event.type === "failed") this.trees = new Map();
    this.listener(event);
  }

  /** @returns {PythonState} */
  state() {
    if (this.lost || !this.offered) return "failed";
    return pythonOf().state();
  }

  /**
   * The engine's result, or { failed: one sentence }.
   * @param {Route} route
   * @param {Answers} answers
   * @param {{ version: string | null, receipt?: string | null }} link what the reader's link says of its making
   * @param {string[] | null} replies those that the reader ticked; null where they touched none
   */
  async walk(route, answers, { version, receipt = null }, replies = null) {
    const result = await this.ask(route, answers, { do: "walk", version, receipt, engine: siteFacts().engine, replies, what_if: false });
    if (result.at && !result.problem) this.results.push(result);
    return result;
  }

  /**
   * What other answers would lead to, which takes Python as long as all the rest of a result; empty where it does not come.
   * @param {Route} route
   * @param {Answers} answers
   */
  async whatIf(route, answers) {
    return (await this.ask(route, answers, { do: "what-if" })).what_if || [];
  }

  /**
   * @param {Route} route
   * @param {Answers} answers
   * @param {Record<string, unknown>} request all of it but the walk
   */
  async ask({ tree, version, parts }, answers, request) {
    try {
      const loading = this.trees.get(tree) || this.load(version, parts);
      this.trees.set(tree, loading);
      if (loading !== true) { // else the question is on its way before this returns
        await loading;
        if (this.trees.get(tree) === loading) this.trees.set(tree, true);
      }
      return await pythonOf().ask({ ...request, tree, answers: Object.fromEntries(answers), today: today() });
    } catch (error) {
      this.trees.delete(tree);
      const says = error instanceof Error ? error.message : String(error);
      if (error instanceof Lost) this.tell({ type: "failed", says: (this.lost = error).message, again: true });
      return { failed: says };
    }
  }

  /** @param {string} version @param {Route["parts"]} parts */
  async load(version, parts) {
    const [compiled, calendar] = await Promise.all([this.data(parts.tree, "决策树的数据"), this.data(parts.calendar, "节假日表")]);
    if (compiled.version !== version) throw this.missing("下载的文件坏了：决策树的数据和这一页不是同一版。");
    const { problem } = await pythonOf().ask({ do: "load", tree: compiled, calendar });
    if (problem) throw this.missing(`下载的文件坏了：${problem.says}`);
  }

  /**
   * A JSON object of the site; rejects with one sentence about `what`.
   * @param {string} name plain, or with the hash of what is in it
   * @param {string} what
   */
  async data(name, what) {
    const signal = AbortSignal.timeout?.(Reflect.get(window, "MINGLU_TIME_LIMIT_MS") || TIME_LIMIT);
    const response = await fetch(fileAddress(name), { cache: this.cache, signal }).catch(() => null);
    if (!response || !response.ok) throw this.missing(`下载中断：没有取到${what}。`);
    const bytes = await response.arrayBuffer().catch(() => {
      throw this.missing(`下载中断：${what}只收到一部分。`);
    });
    if (!(await isAsNamed(name, bytes))) throw this.missing(`下载的文件坏了：${what}和网站上的不一样。`);
    const read = parsed(new TextDecoder().decode(bytes));
    if (!read) throw this.missing(`下载的文件坏了：${what}读不出来。`);
    return read;
  }

  /** @param {string} says */
  missing(says) {
    this.cache = "reload"; // the broken file may stand in the cache
    return new Lost(says);
  }

  /**
   * The result already here that fits these answers furthest, past `beyond` steps.
   * @param {string} tree
   * @param {Answers} answers
   * @param {number} beyond
   */
  known(tree, answers, beyond) {
    return this.results
      .filter((one) => one.tree === tree && one.today === today())
      .map((one) => upTo(one, answers))
      .filter((one) => one && one.path.length > beyond)
      .sort((one, other) => other.path.length - one.path.length)[0];
  }

  forget() {
    this.results = [];
  }
}

/**
 * Whether the content has the hash that its name carries. Only https has the means to tell.
 * @param {string} name
 * @param {ArrayBuffer} bytes
 */
async function isAsNamed(name, bytes) {
  const [, hash] = /\.([0-9a-f]{8})\.json$/.exec(fileAddress(name).pathname) || [];
  if (!hash || !globalThis.crypto?.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("") === hash;
}

/**
 * What the site writes is an object or a list; anything else the engine would pass over without a word.
 * @param {string} text
 */
function parsed(text) {
  try {
    const read = JSON.parse(text);
    return typeof read === "object" && read;
  } catch {
    return null;
  }
}

/**
 * The result, or where its walk stood when it came to the first answer that is another one now.
 * @param {any} result
 * @param {Answers} answers
 */
function upTo(result, answers) {
  const changed = result.path.findIndex((/** @type {any} */ step) => answers.get(step.question) !== step.answer);
  if (changed < 0) return result;
  const { state } = result.path[changed];
  return state && { path: result.path.slice(0, changed), at: { kind: "question", state }, states: [state] };
}
