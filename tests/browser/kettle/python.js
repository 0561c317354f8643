// Stands in for python.js: the same interface; the engine behind it is the real one, reached through `engineAnswer`.
// `FAKE.mode`: "ready" at once · "slow" until FAKE.arrive() · "failed"
(() => {
  const FAKE = (window.FAKE = Object.assign({ mode: "ready", saveData: false, starts: 0, asked: [], wrong: null }, window.FAKE));
  let state = "idle", latest = null, waiting = [];
  const listeners = new Set();
  const publish = (event) => [(latest = event), listeners.forEach((listener) => listener(event))];

  FAKE.arrive = () => {
    state = "ready";
    publish({ type: "ready", ms: 1 });
    waiting.splice(0).forEach((send) => send());
  };
  FAKE.fail = (says) => {
    state = "failed";
    waiting = [];
    publish({ type: "failed", says, again: /^(下载|等待)/.test(says) });
    FAKE.rejects.splice(0).forEach((reject) => reject(new Error(says)));
  };
  FAKE.progress = (loaded, total) => publish({ type: "progress", loaded, total });
  FAKE.rejects = [];
  FAKE.listeners = () => listeners.size;

  function load() {
    state = "loading";
    FAKE.starts++;
    if (FAKE.mode === "ready") setTimeout(FAKE.arrive);
    if (location.protocol === "file:") FAKE.fail("直接打开的文件里不能运行 Python，放在网站上才可以。");
    else if (FAKE.mode === "failed") setTimeout(() => FAKE.fail("下载中断：没有取到 engine.zip。"));
  }

  window.MingluPython = {
    start: () => state === "idle" && load(),
    retry: () => state === "failed" && load(),
    state: () => state,
    saveData: () => FAKE.saveData,
    on(listener) {
      listeners.add(listener);
      if (latest) queueMicrotask(() => listener(latest));
      return () => listeners.delete(listener);
    },
    ask(request) {
      if (state === "failed" || state === "idle") return Promise.reject(new Error("没有 Python。"));
      return new Promise((resolve, reject) => {
        FAKE.rejects.push(reject);
        const send = () => {
          FAKE.asked.push(request);
          window.engineAnswer(JSON.stringify(request)).then((answer) => resolve(FAKE.wrong && request.do === "walk" ? { ...JSON.parse(answer), ...FAKE.wrong } : JSON.parse(answer)));
        };
        if (state === "ready") send();
        else waiting.push(send);
      });
    },
  };
})();
