// One worker's Python → answers for every page of a visit.

import { fileAddress, siteFacts } from "./site.js";

/**
 * @typedef {{ type: "progress", loaded: number, total: number } | { type: "ready", ms: number }
 *   | { type: "failed", says: string, again: boolean }} PythonEvent again: retrying may help
 * @typedef {"idle" | "loading" | "ready" | "failed"} PythonState
 */

const SILENT = 60_000; // without a byte while files are on their way
const STARTING = 30_000; // from the last byte to ready; also for one answer
const RECEIPT = 5_000; // a worker that lives says at once that it has a question, however long the answer takes

class Python {
  constructor() {
    /** @type {Set<(event: PythonEvent) => void>} */
    this.listeners = new Set();
    /** @type {Map<number, { request: object, resolve: (answer: any) => void, reject: (error: Error) => void }>} */
    this.waiting = new Map();
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {PythonState} */
    this.now = "idle";
    /** @type {PythonEvent | null} */
    this.latest = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.asked = 0;
    this.tries = 0;
  }

  state() {
    return this.now;
  }

  /** Loads Python once. */
  start() {
    if (this.now !== "idle") return;
    if (siteFacts().python === false) return this.fail("这个网站没有放上浏览器里的 Python。");
    this.load();
  }

  /** Loads again after a failure. */
  retry() {
    if (this.now === "failed" && siteFacts().python !== false) this.load();
  }

  /**
   * A new listener hears the latest event first. Returns a function that unsubscribes.
   * @param {(event: PythonEvent) => void} listener
   */
  on(listener) {
    this.listeners.add(listener);
    const { latest } = this;
    if (latest) queueMicrotask(() => this.listeners.has(listener) && tell(listener, latest));
    return () => this.listeners.delete(listener);
  }

  /**
   * The engine's answer; rejects with an Error whose message is one sentence for the reader.
   * @param {object} request
   * @returns {Promise<any>}
   */
  ask(request) {
    if (this.now === "idle") return Promise.reject(new Error("Python 还没有开始加载。"));
    if (this.latest?.type === "failed") return Promise.reject(new Error(this.latest.says));
    return new Promise((resolve, reject) => {
      const id = ++this.asked;
      this.waiting.set(id, { request, resolve, reject });
      if (this.now === "ready") this.send(id);
    });
  }

  /** Whether the reader is to be asked before megabytes are loaded. */
  saveData() {
    return Boolean(Reflect.get(navigator, "connection")?.saveData);
  }

  load() {
    this.now = "loading";
    this.latest = null;
    if (location.protocol === "file:") return this.fail("直接打开的文件里不能运行 Python，放在网站上才可以。");
    try {
      const address = fileAddress("worker.js");
      address.hash = fileAddress("runtime/runtime.json").pathname.split("/").pop() || "";
      this.worker = new Worker(address, { type: "module", name: this.tries++ ? "minglu-python again" : "minglu-python" });
    } catch (error) {
      console.error(error);
      return this.fail("这个浏览器不允许启动后台程序，运行不了 Python。");
    }
    this.worker.onmessage = ({ data }) => (data.type ? this.heard(data) : this.answered(data));
    // A script that could not be loaded gives an event without a message.
    this.worker.onerror = (event) =>
      this.fail(event.message ? "后台程序出错停下了，可能是文件坏了，也可能是浏览器太旧。" : "下载中断：没有取到 worker.js，或者它被安全策略拦住了。", true);
    this.watch(SILENT, "下载中断：很久没有收到数据。");
  }

  /** @param {PythonEvent} event */
  heard(event) {
    if (event.type === "failed") return this.fail(event.says, event.again);
    if (event.type === "progress") {
      if (event.loaded < event.total) this.watch(SILENT, "下载中断：很久没有收到数据。");
      else this.watch(STARTING, "等待超时：文件都到了，Python 一直没有启动。");
    } else {
      this.now = "ready";
      clearTimeout(this.timer);
      for (const id of this.waiting.keys()) this.send(id);
    }
    this.publish(event);
  }

  /** @param {number} id */
  send(id) {
    this.worker?.postMessage({ id, request: this.waiting.get(id)?.request });
    if (this.waiting.size === 1) this.watch(RECEIPT, "后台程序停了：它没有收到这个问题。");
  }

  /** @param {{ id: number, received?: boolean, answer?: any, says?: string }} message */
  answered({ id, received, answer, says }) {
    if (received) return this.watch(STARTING, "等待超时：Python 一直没有回答。");
    const asked = this.waiting.get(id);
    if (!asked) return;
    this.waiting.delete(id);
    if (this.waiting.size) this.watch(RECEIPT, "后台程序停了：它没有收到这个问题。");
    else clearTimeout(this.timer);
    if (says) asked.reject(new Error(says));
    else asked.resolve(answer);
  }

  /** @param {string} says @param {boolean} again */
  fail(says, again = false) {
    if (this.now === "failed") return;
    this.now = "failed";
    clearTimeout(this.timer);
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(new Error(says));
    this.waiting.clear();
    this.publish({ type: "failed", says, again });
  }

  /** @param {number} limit in milliseconds @param {string} says */
  watch(limit, says) {
    clearTimeout(this.timer);
    const ms = Reflect.get(window, "MINGLU_TIME_LIMIT_MS") || limit;
    const due = Date.now() + ms;
    this.timer = setTimeout(() => {
      // A phone that slept wakes up late: what it missed may already stand in the queue.
      if (document.hidden || Date.now() > due + 5_000) this.watch(limit, says);
      else this.fail(says, true);
    }, ms);
  }

  /** @param {PythonEvent} event */
  publish(event) {
    this.latest = event;
    for (const listener of [...this.listeners]) tell(listener, event);
  }
}

/** @param {(event: PythonEvent) => void} listener @param {PythonEvent} event */
function tell(listener, event) {
  try {
    listener(event);
  } catch (error) {
    console.error(error);
  }
}

/**
 * The same one however often in-site navigation runs this script. It is a global so that tests may put another in its place.
 * @returns {Python}
 */
export function pythonOf() {
  if (!Reflect.has(window, "MingluPython")) Reflect.set(window, "MingluPython", new Python());
  return Reflect.get(window, "MingluPython");
}
