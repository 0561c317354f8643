// What only Python can tell about a walk: the global `MingluReckoning`, between `<tree-walk>` and `MingluPython` (python.js).
//
//   start(asked)        load Python; on data saver only when the reader asked. After a failure: get again what failed, Python or data
//   renew()             another page asks for data of its own
//   state()             "idle" | "loading" | "ready" | "failed"
//   news()              the latest event: { type, loaded, total } or { type, says, again }; again: retrying may help; absent: the site
//                       has no Python
//   data(name, what)    a promise of a JSON object from assets/minglu/; rejects with one sentence about `what`
//   on(listener)        one listener, called at every change
//   walk(tree, version, answers, linkVersion)   a promise of the engine's result, or of { failed: one sentence }
//   known(tree, answers, beyond)                the result already here that fits these answers furthest, past `beyond` steps; or undefined
//   shown(question, answer)                     how the engine writes an exact answer
//   today()                                     the day where the site is, whatever the device says
//   forget()                                    the results
//   exact(section, answer)                      is this an exact answer to the section's question?
//   typed(section, text)                        what a reader typed, as the engine reads it; as it is where it cannot be read
//   form(section, given)                        the form for exact answers, above the section's ranges, as Python's state allows
//   refuse(form, says)                          one sentence at the form; the input stays

(function () {
  "use strict";
  if (window.MingluReckoning) return;

  const { make } = window.MingluOutcome;
  const SITE = new URL("../../", document.currentScript.src);
  let listener = () => {};
  const { python: offered = true, minutes = 8 * 60 } = window.MingluSite || {}; // pages.js
  let heard = null;
  let news = offered ? {} : { type: "failed", says: "这个网站没有放上精确到天的计算", absent: true };
  let trees = new Map(); // tree → promise: the engine holds it
  let lost = null; // the data that did not come or cannot be read: as good as no Python, until it comes
  let cache = "default";
  let results = [];

  class Lost extends Error {} // its message is a sentence for the reader

  window.MingluReckoning = {
    start, renew, state, known, walk, data, shown, today, exact, typed, form, refuse,
    news: () => news,
    on: (wanted) => (listener = wanted),
    forget: () => (results = []),
  };

  function start(asked) {
    if (!offered) return;
    const python = window.MingluPython;
    if (!python) return tell({ type: "failed", says: "这一页没有带上计算程序。" });
    heard = heard || python.on(tell);
    const found = asked && lost;
    if (found) lost = null;
    const before = python.state();
    if (before === "failed" && asked) python.retry();
    else if (before === "idle" && (asked || !python.saveData())) python.start(SITE.href);
    if ((found || before !== python.state()) && state() === "loading") tell({ type: "progress", loaded: 0, total: 0 });
    else if (found && state() === "ready") tell({ type: "ready" });
  }

  function renew() {
    lost = null;
  }

  function tell(event) {
    if (lost && event.type !== "failed") return;
    news = event;
    if (event.type === "failed") trees = new Map();
    listener(event);
  }

  function state() {
    if (lost) return "failed";
    return window.MingluPython && offered ? window.MingluPython.state() : news.type || "idle";
  }

  async function walk(tree, version, answers, linkVersion) {
    try {
      if (!trees.has(tree)) trees.set(tree, load(tree, version));
      await trees.get(tree);
      const result = await window.MingluPython.ask({ do: "walk", tree, answers: Object.fromEntries(answers), today: today(), version: linkVersion });
      if (result.at && !result.problem) results.push(result);
      return result;
    } catch (error) {
      trees.delete(tree);
      if (error instanceof Lost) tell({ type: "failed", says: (lost = error).message, again: true });
      return { failed: error.message };
    }
  }

  async function load(tree, version) {
    const [compiled, calendar] = await Promise.all([data(`trees/${tree}.json?${version}`, "决策树的数据"), data("calendar.json", "节假日表")]);
    if (compiled.version !== version) throw missing("这一页和它的数据不是同一版，请刷新。");
    const { problem } = await window.MingluPython.ask({ do: "load", tree: compiled, calendar });
    if (problem) throw missing(`下载的文件坏了：${problem.says}`);
  }

  async function data(name, what) {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(window.MINGLU_TIME_LIMIT_MS || 60_000) : undefined;
    const response = await fetch(new URL(`assets/minglu/${name}`, SITE), { cache, signal }).catch(() => null);
    if (!response || !response.ok) throw missing(`下载中断：没有取到${what}。`);
    const text = await response.text().catch(() => {
      throw missing(`下载中断：${what}只收到一部分。`);
    });
    const read = parsed(text);
    if (!read) throw missing(`下载的文件坏了：${what}读不出来。`);
    return read;
  }

  function missing(says) {
    cache = "reload"; // the broken file may stand in the cache
    return new Lost(says);
  }

  /** What the site writes is an object or a list; anything else the engine would pass over without a word. */
  function parsed(text) {
    try {
      const read = JSON.parse(text);
      return typeof read === "object" && read;
    } catch {
      return null;
    }
  }

  function known(tree, answers, beyond) {
    return results
      .filter((one) => one.tree === tree && one.today === today())
      .map((one) => upTo(one, answers))
      .filter((one) => one && one.path.length > beyond)
      .sort((one, other) => other.path.length - one.path.length)[0];
  }

  /** The result, or where its walk stood when it came to the first answer that is another one now. */
  function upTo(result, answers) {
    const changed = result.path.findIndex((step) => answers.get(step.question) !== step.answer);
    if (changed < 0) return result;
    const { state } = result.path[changed];
    return state && { path: result.path.slice(0, changed), at: { kind: "question", state }, states: [state] };
  }

  function shown(question, answer) {
    const step = results.flatMap((one) => one.path).find((one) => one.question === question && one.answer === answer);
    return step ? step.shown : answer;
  }

  function exact({ dataset: { kind } }, answer) {
    return (kind === "date" && /^\d{4}-\d\d-\d\d$/.test(answer)) || (kind === "number" && /^\d+$/.test(answer));
  }

  function typed({ dataset: { kind } }, text) {
    return kind === "date" ? dayOf(text) || text : text;
  }

  /** 2026/11/10, 2026年11月10日（周二）, ２０２６．１１．１０, 11月10日 → 2026-11-10. Without a year: this year's, or last year's if that lies ahead. */
  function dayOf(text) {
    const plain = text.normalize("NFKC").replace(/[。·]/g, ".").trim().replace(/(\d)\s+(?=\d)/g, "$1-").replace(/\s/g, "");
    const whole = plain.replace(/\(?(周|星期)[一二三四五六日天]\)?$/, "").replace(/[日号]$/, "");
    const found = /^(\d{4})(\d\d)(\d\d)$/.exec(whole) || /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})$/.exec(whole);
    if (!found) return "";
    const [, year, month, day] = found;
    const rest = `-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const now = today();
    const this_year = now.slice(0, 4);
    return year ? year + rest : this_year + rest > now ? this_year - 1 + rest : this_year + rest;
  }

  /** A date field gives phones their picker, and takes nothing else: neither typed 年月日 nor slashes. So it can be turned into text. */
  function typing(input) {
    const box = make("details", {}, make("summary", {}, "不好选？也可以打字"), make("p", { className: "hint" }, "例如 2026/11/10、2026年11月10日、11月10日"));
    box.addEventListener("toggle", () => {
      const day = dayOf(input.value);
      input.type = box.open ? "text" : "date";
      if (day) input.value = day;
      if (box.open) input.focus();
    });
    input.addEventListener("paste", (event) => {
      const day = input.type === "date" && dayOf(event.clipboardData.getData("text"));
      if (!day) return;
      input.value = day;
      event.preventDefault();
    });
    return box;
  }

  function form(section, given) {
    const { kind, exactLabel, unit = "" } = section.dataset;
    const date = kind === "date";
    const fresh = () => make("form", { className: "exact", noValidate: true },
      make("label", {}, make("b", {}, exactLabel), " ", make("input", date ? { type: "date", min: "1990-01-01" } : { type: "number", min: 0, inputMode: "numeric" }), ` ${unit}`),
      make("button", {}, date ? "按这一天算" : "按这个数算"), make("p", { className: "soft" }), make("p", { className: "problem", role: "alert" }));
    const form = section.querySelector("form.exact") || fresh();
    if (!form.isConnected) section.querySelector(".range, .choices").before(form, ...(date ? [] : [make("p", { className: "range" }, "记不清？选一个范围：")]));
    const [input, button] = form.elements;
    if (date && !form.querySelector("details")) form.append(typing(input));
    if (given && !input.value) input.value = given;
    if (date) input.max = today();
    form.hidden = state() === "failed";
    input.disabled = button.disabled = state() !== "ready";
    if (date) form.querySelector("details").hidden = input.disabled;
    form.querySelector(".soft").textContent = state() === "ready" ? "" : "精确到天的计算加载好以后可以填；现在就可以选下面的范围。";
    return form;
  }

  function refuse(form, says) {
    form.querySelector(".problem").textContent = says;
    form.elements[0].setAttribute("aria-invalid", Boolean(says));
    if (says) form.elements[0].focus();
  }

  function today() {
    return new Date(Date.now() + minutes * 60e3).toISOString().slice(0, 10);
  }
})();
