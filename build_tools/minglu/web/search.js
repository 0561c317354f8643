// The search, on a page: it runs between Material's settings and Material's scripts, and puts search-worker.js into the settings as the
// worker that searches. The two speak over a channel of this page's own: the page says "wanted", the worker how far it is, and what
// stands over the results.
(() => {
  "use strict";
  const WORKER = "search-worker.js"; // the build writes the name that it goes out by (write/shipping.py)
  const SILENT = 60_000; // without a byte of the index

  onPage();

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
    const worker = new URL(WORKER, src);
    const limit = window.MINGLU_TIME_LIMIT_MS || SILENT;
    worker.hash = new URLSearchParams({
      page, limit, stock: whole(config.search), index: index && whole(index), suggest: config.features?.includes("search.suggest") ? "yes" : "",
    });
    settings.textContent = JSON.stringify({ ...config, search: worker.href });

    const meta = () => document.querySelector(".md-search-result__meta");
    let channel, over = "", theirs = ""; // what stands over the results, and what Material has written there
    const want = () => {
      if (!channel) {
        channel = new BroadcastChannel(page);
        channel.onmessage = ({ data }) => {
          if (data === "here") want();
          else if (typeof data === "object") say((over = data.over) || theirs); // results and this come in any order
          else say(SAYS[data]);
        };
        if (meta()) new MutationObserver(written).observe(meta(), { childList: true });
      }
      channel.postMessage("wanted");
    };
    const written = () => {
      if (meta().textContent === over) return;
      theirs = meta().textContent;
      say(over);
    };
    const say = (sentence) => {
      if (!meta() || !sentence) return; // ready: Material says how many it found
      meta().setAttribute("role", "status");
      meta().textContent = sentence;
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
})();
