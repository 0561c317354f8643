// Turns one worker into answers for every page of a visit: the global `MingluPython`.
//
//   start(baseUrl?)  loads Python once; baseUrl is the site's root, by default found from this script's address
//   retry()          loads again after a failure
//   state()          "idle" | "loading" | "ready" | "failed"
//   on(listener)     events { type: "progress", loaded, total } | { type: "ready", ms } | { type: "failed", says };
//                    a new listener hears the latest event first; returns a function that unsubscribes
//   ask(request)     a promise of the engine's answer; rejects with an Error whose message is one Chinese sentence
//   saveData()       true: ask the reader before start

(function () {
  "use strict";
  if (window.MingluPython) return; // in-site navigation may run this script again

  const SILENT = 60_000; // without a byte while files are on their way
  const STARTING = 30_000; // from the last byte to ready; also for one answer
  const script = document.currentScript ? document.currentScript.src : "";
  const listeners = new Set();
  const waiting = new Map();
  let address = null;
  let worker = null;
  let state = "idle";
  let latest = null;
  let timer = 0;
  let asked = 0;

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
      worker = new Worker(address, { type: "module", name: "minglu-python" });
    } catch (error) {
      console.error(error);
      return fail("这个浏览器不允许启动后台程序，运行不了 Python。");
    }
    worker.onmessage = ({ data }) => (data.type ? heard(data) : answered(data));
    // A script that could not be loaded gives an event without a message.
    worker.onerror = (event) =>
      fail(event.message ? "后台程序出错停下了，可能是浏览器太旧。" : "下载中断：没有取到 worker.js，或者它被安全策略拦住了。");
    watch(SILENT, "下载中断：很久没有收到数据。");
  }

  function heard(event) {
    if (event.type === "failed") return fail(event.says);
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
    watch(STARTING, "等待超时：Python 一直没有回答。");
  }

  function answered({ id, answer, says }) {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (waiting.size) watch(STARTING, "等待超时：Python 一直没有回答。");
    else clearTimeout(timer);
    if (says) reject(new Error(says));
    else resolve(answer);
  }

  function fail(says) {
    if (state === "failed") return;
    state = "failed";
    clearTimeout(timer);
    if (worker) worker.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject(new Error(says));
    waiting.clear();
    publish({ type: "failed", says });
  }

  function watch(limit, says) {
    clearTimeout(timer);
    const ms = window.MINGLU_TIME_LIMIT_MS || limit;
    const due = Date.now() + ms;
    timer = setTimeout(() => {
      // A phone that slept wakes up late: what it missed may already stand in the queue.
      if (document.hidden || Date.now() > due + 5_000) watch(limit, says);
      else fail(says);
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
