// Turns one worker into answers for every page of a visit: the global `MingluPython`.
//
//   start(baseUrl?)  loads Python once; baseUrl is the site's root, by default found from this script's address
//   retry()          loads again after a failure
//   state()          "idle" | "loading" | "ready" | "failed"
//   on(listener)     events { type: "progress", loaded, total } | { type: "ready", ms } | { type: "failed", says, again };
//                    again: retrying may help; a new listener hears the latest event first; returns a function that unsubscribes
//   ask(request)     a promise of the engine's answer; rejects with an Error whose message is one Chinese sentence
//   saveData()       true: ask the reader before start

(function () {
  "use strict";
  if (window.MingluPython) return; // in-site navigation may run this script again

  const SILENT = 60_000; // without a byte while files are on their way
  const STARTING = 30_000; // from the last byte to ready; also for one answer
  const RECEIPT = 5_000; // a worker that lives says at once that it has a question, however long the answer takes
  const script = document.currentScript ? document.currentScript.src : "";
  const listeners = new Set();
  const waiting = new Map();
  let address = null;
  let worker = null;
  let state = "idle";
  let latest = null;
  let timer = 0;
  let asked = 0;
  let tries = 0;

  window.MingluPython = { start, retry, state: () => state, on, ask, saveData };

  function start(baseUrl) {
    if (state !== "idle") return;
    if (window.MingluSite && window.MingluSite.python === false) return fail("这个网站没有放上浏览器里的 Python。");
    address = baseUrl === undefined
      ? new URL("worker.js", script || document.baseURI)
      : new URL("assets/minglu/worker.js", new URL(String(baseUrl).replace(/\/?$/, "/"), document.baseURI));
    load();
  }

  function retry() {
    if (state === "failed" && address) load();
  }

  function on(listener) {
    listeners.add(listener);
    if (latest) queueMicrotask(() => listeners.has(listener) && tell(listener, latest));
    return () => listeners.delete(listener);
  }

  function ask(request) {
    if (state === "idle") return Promise.reject(new Error("Python 还没有开始加载。"));
    if (state === "failed") return Promise.reject(new Error(latest.says));
    return new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, { request, resolve, reject });
      if (state === "ready") send(id);
    });
  }

  function saveData() {
    return Boolean(navigator.connection && navigator.connection.saveData);
  }

  function load() {
    state = "loading";
    latest = null;
    if (location.protocol === "file:") return fail("直接打开的文件里不能运行 Python，放在网站上才可以。");
    try {
      worker = new Worker(address, { type: "module", name: tries++ ? "minglu-python again" : "minglu-python" });
    } catch (error) {
      console.error(error);
      return fail("这个浏览器不允许启动后台程序，运行不了 Python。");
    }
    worker.onmessage = ({ data }) => (data.type ? heard(data) : answered(data));
    // A script that could not be loaded gives an event without a message.
    worker.onerror = (event) =>
      fail(event.message ? "后台程序出错停下了，可能是文件坏了，也可能是浏览器太旧。" : "下载中断：没有取到 worker.js，或者它被安全策略拦住了。", true);
    watch(SILENT, "下载中断：很久没有收到数据。");
  }

  function heard(event) {
    if (event.type === "failed") return fail(event.says, event.again);
    if (event.type === "progress") {
      if (event.loaded < event.total) watch(SILENT, "下载中断：很久没有收到数据。");
      else watch(STARTING, "等待超时：文件都到了，Python 一直没有启动。");
    } else {
      state = "ready";
      clearTimeout(timer);
      for (const id of waiting.keys()) send(id);
    }
    publish(event);
  }

  function send(id) {
    worker.postMessage({ id, request: waiting.get(id).request });
    if (waiting.size === 1) watch(RECEIPT, "后台程序停了：它没有收到这个问题。");
  }

  function answered({ id, received, answer, says }) {
    if (received) return watch(STARTING, "等待超时：Python 一直没有回答。");
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (waiting.size) watch(RECEIPT, "后台程序停了：它没有收到这个问题。");
    else clearTimeout(timer);
    if (says) reject(new Error(says));
    else resolve(answer);
  }

  function fail(says, again = false) {
    if (state === "failed") return;
    state = "failed";
    clearTimeout(timer);
    if (worker) worker.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(says));
    waiting.clear();
    publish({ type: "failed", says, again });
  }

  function watch(limit, says) {
    clearTimeout(timer);
    const ms = window.MINGLU_TIME_LIMIT_MS || limit;
    const due = Date.now() + ms;
    timer = setTimeout(() => {
      // A phone that slept wakes up late: what it missed may already stand in the queue.
      if (document.hidden || Date.now() > due + 5_000) watch(limit, says);
      else fail(says, true);
    }, ms);
  }

  function publish(event) {
    latest = event;
    for (const listener of [...listeners]) tell(listener, event);
  }

  function tell(listener, event) {
    try {
      listener(event);
    } catch (error) {
      console.error(error);
    }
  }
})();
