// The search: its index is fetched when somebody opens it, and a Chinese query is cut into words that the index has.
//
// One file, two sides, so that they are never of different versions. On a page it runs between Material's settings and Material's
// scripts, and puts itself into the settings as the worker that searches. As that worker it is ready at once; when the search is opened
// or asked, it fetches the index, hands it to the worker that Material brings (`stock`) and passes on what that one says.
// The two speak over a channel of this page's own: the page says "wanted", the worker how far it is.
(() => {
  "use strict";
  const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3; // Material's; tests/browser/test_search_on_demand.py tells when they change

  const SILENT = 60_000; // without a byte of the index
  const STARTING = 60_000; // until Material's worker has made an index of it; it says nothing where a file of its own is missing

  if (self.document) onPage();
  else asWorker();

  function onPage() {
    const { src, dataset: { index = "" } } = document.currentScript;
    if (location.protocol === "file:") return; // no worker starts from a file
    const settings = () => document.getElementById("__config");
    if (settings()) return putInto(settings(), src, index);
    // In the head, on a site that the plugin did not build: the parser lets observers see all that stands before a script, then runs it.
    new MutationObserver((_, observer) => {
      if (document.body) observer.observe(document.body, { childList: true });
      if (!settings()?.nextSibling) return; // not there, or not whole
      observer.disconnect();
      putInto(settings(), src, index);
    }).observe(document.documentElement, { childList: true });
  }

  function putInto(settings, src, index) {
    const config = JSON.parse(settings.textContent);
    if (!config.search) return;
    nameLandmarks();
    const zh = /^zh\b/i.test(document.documentElement.lang);
    const SAYS = {
      loading: zh ? "正在取搜索的目录…" : "Fetching the index of the search…",
      failed: zh ? "搜索的目录没有取到。再打一个字，就会再取一次。" : "The index of the search did not arrive. Type on, and it is fetched again.",
    };
    const whole = (address) => new URL(address, document.baseURI).href;
    const page = `minglu-search-${Math.random().toString(36).slice(2)}`;
    const worker = new URL(src);
    const limit = window.MINGLU_TIME_LIMIT_MS || SILENT;
    worker.hash = new URLSearchParams({
      page, limit, stock: whole(config.search), index: index && whole(index), suggest: config.features?.includes("search.suggest") ? "yes" : "",
    });
    settings.textContent = JSON.stringify({ ...config, search: worker.href });

    let channel;
    const want = () => {
      if (!channel) {
        channel = new BroadcastChannel(page);
        channel.onmessage = ({ data }) => (data === "here" ? want() : say(SAYS[data]));
      }
      channel.postMessage("wanted");
    };
    const say = (sentence) => {
      const meta = document.querySelector(".md-search-result__meta");
      if (!meta || !sentence) return; // ready: Material says how many it found
      meta.setAttribute("role", "status");
      meta.textContent = sentence;
    };
    // However it is opened: by the magnifier, a key, the field, or a link with ?q=.
    document.addEventListener("change", ({ target }) => target.matches("[data-md-toggle=search]") && target.checked && want());
  }

  // What Material leaves without a name: the dialog (axe: aria-dialog-name), and in every result a <nav> that leads nowhere (landmark-unique).
  function nameLandmarks() {
    const dialog = document.querySelector(".md-search[role=dialog]");
    if (!dialog) return;
    dialog.setAttribute("aria-label", dialog.querySelector("input").getAttribute("aria-label"));
    const mend = () => dialog.querySelectorAll("nav.md-tags:not([role])").forEach((tags) => tags.setAttribute("role", "none"));
    new MutationObserver(mend).observe(dialog.querySelector("ol"), { childList: true, subtree: true });
  }

  function asWorker() {
    const { page, limit, stock, index, suggest } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const channel = new BroadcastChannel(page);
    let state = "idle"; // "loading" | "ready" | "failed"
    let broken = false; // what came last, and may have been kept
    let held = ""; // what was asked last
    let words; // that the index has
    let engine; // Material's worker
    let setUp;
    const given = new Promise((resolve) => { setUp = resolve; });
    if (index) postMessage({ type: READY });

    onmessage = ({ data: { type, data } }) => {
      if (type === SETUP) {
        setUp(data); // with a stub, where the index stands elsewhere
        if (!index) postMessage({ type: READY });
      } else if (type === QUERY) {
        held = data;
        if (state === "ready") ask();
        else if (held || state !== "idle") load();
        else postMessage({ type: RESULT, data: { items: [] } }); // each page asks for nothing once
      }
    };
    channel.onmessage = ({ data }) => data === "wanted" && load();
    channel.postMessage("here"); // a page that wanted something before this worker was there says it again

    function tell(now) {
      state = now;
      channel.postMessage(now);
    }

    function ask() {
      engine.postMessage({ type: QUERY, data: cut(held) });
    }

    async function load() {
      if (state === "loading" || state === "ready") return;
      tell("loading");
      try {
        const { config, docs } = index ? await fetched(index) : await given;
        words = wordsOf(docs);
        engine = await started({ config, docs, options: { suggest: Boolean(suggest) } });
        tell("ready");
        ask();
      } catch (error) {
        failed(error);
      }
    }

    function failed(error) {
      console.error(error);
      tell("failed"); // what is asked or opened next loads again
    }

    async function fetched(address) {
      const stop = new AbortController();
      let timer;
      const waiting = () => {
        clearTimeout(timer);
        timer = setTimeout(() => stop.abort(), limit);
      };
      waiting();
      try {
        const answer = await fetch(address, { signal: stop.signal, cache: broken ? "reload" : "default" });
        broken = true;
        if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
        const decoder = new TextDecoder();
        const reader = answer.body.getReader();
        let text = "";
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          waiting();
          text += decoder.decode(part.value, { stream: true });
        }
        const read = JSON.parse(text);
        broken = false;
        return read;
      } finally {
        clearTimeout(timer);
      }
    }

    function started(data) {
      return new Promise((resolve, reject) => {
        const worker = new Worker(stock);
        const fail = (says) => {
          clearTimeout(timer);
          worker.terminate();
          if (state === "ready") failed(says);
          else reject(says);
        };
        const timer = setTimeout(() => fail(`${stock} does not answer`), STARTING);
        worker.onmessage = ({ data: message }) => {
          if (message.type !== READY) return postMessage(message);
          clearTimeout(timer);
          resolve(worker);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          fail(event.message || `${stock} does not load`);
        };
        worker.postMessage({ type: SETUP, data });
      });
    }

    // Material cuts a Chinese query by looking its characters up in the index. It never looks up the last one, and it stops at the
    // first that it does not know: 电池鼓包 searches for 电池 alone, 怎么退货 for nothing. So the query is cut here before it goes on: into
    // the longest words that the index has (jieba has cut the pages into them), leaving out what it does not have and what says nothing.
    const END = "々"; // stands on no page; behind a word, it makes the word's own last character be looked up
    const SAYS_NOTHING = new Set([..."的了吗呢吧啊我你他它能会是在有要也就都还被把给和与这那上下里去来", "怎么", "怎么办", "什么", "可以", "如何", "多久", "哪里", "一个", "还是", "为什么"]);
    const LONGEST = 8;

    function wordsOf(docs) {
      return new Set(docs.flatMap(({ title, text, tags = [] }) => `${title} ${text} ${tags.join(" ")}`.match(/\p{sc=Han}+/gu) ?? []));
    }

    function cut(query) {
      return query.replace(/\p{sc=Han}+/gu, (run) => {
        const known = knownIn(run);
        const telling = known.filter((word) => !SAYS_NOTHING.has(word));
        return ` ${(telling.length ? telling : known).map((word) => word + END).join(" ") || run} `;
      });
    }

    function knownIn(run) {
      const found = [];
      for (let at = 0; at < run.length; ) {
        let length = Math.min(LONGEST, run.length - at);
        while (length > 1 && !words.has(run.slice(at, at + length))) length--;
        if (words.has(run.slice(at, at + length))) found.push(run.slice(at, at + length));
        at += length;
      }
      return found;
    }
  }
})();
