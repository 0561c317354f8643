// A text → the articles that it cites, each held against the library: the custom element `<cite-check>`.
// What it says comes from the engine (`{"do":"cite"}`, engine/citations.py). Needs outcome.js (make), python.js and reckoning.js (data)
// before it.

(function () {
  "use strict";
  if (customElements.get("cite-check")) return; // in-site navigation may run this script again

  const { make } = window.MingluOutcome;
  const SITE = new URL("../../", document.currentScript.src);
  let library = null; // promise: the engine holds the names and gists
  let kept = ""; // the reader's text, for as long as the visit lasts

  addEventListener("minglu-forget", () => (kept = ""));
  if (window.MingluPython) window.MingluPython.on(({ type }) => type === "failed" && (library = null)); // the next engine will be a fresh one

  class CiteCheck extends HTMLElement {
    connectedCallback() {
      this.text = make("textarea", { rows: 8, value: kept, placeholder: "例如：依据《消费者权益保护法》第24条，要求退货……" });
      this.text.setAttribute("aria-label", "要核对的文字");
      this.says = make("p", { className: "notice" });
      this.says.setAttribute("role", "status");
      this.found = make("ul", { className: "list" });
      const form = make("form", {}, this.text, make("button", { className: "do" }, "核对"));
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.check();
      });
      this.replaceChildren(make("div", { className: "minglu" }, form, this.says, this.found));
      this.found.hidden = true;
    }

    async check() {
      kept = this.text.value;
      const turn = (this.turn = {});
      this.found.hidden = true;
      if (!kept.trim()) return (this.says.textContent = "请先粘贴一段文字。");
      try {
        this.says.textContent = "正在核对……第一次用要先加载几兆字节。";
        window.MingluPython.start(SITE.href);
        if (window.MingluPython.state() === "failed") window.MingluPython.retry();
        library = library || load();
        await library;
        const { found, problem } = await window.MingluPython.ask({ do: "cite", text: kept });
        if (turn !== this.turn || !this.isConnected) return;
        if (problem) throw new Error(problem.says);
        const wrong = found.filter((one) => one.problem || one.articles.some((article) => article.until)).length;
        this.says.textContent = !found.length ? "没有找到法条。写成“消法第24条”或“《消费者权益保护法》第二十四条”就认得。"
          : `找到 ${found.length} 处引用` + (wrong ? `，其中 ${wrong} 处要看一下。` : "，站内都有。");
        this.found.replaceChildren(...found.map(row));
        this.found.hidden = !found.length;
      } catch (error) {
        library = null;
        if (turn === this.turn) this.says.textContent = `没有核对成：${error.message.replace(/。$/, "")}。可以在“法条”里逐条查。`;
      }
    }
  }

  function row({ text, problem, articles }) {
    const items = articles.map(({ label, topic, gist, href, until }) => [
      make("p", { className: "do" }, named(href, label), " ", topic),
      make("p", {}, gist),
      ...(until ? [make("p", {}, make("span", { className: "tag gone" }, "已不适用"), ` 自 ${until} 起不再适用。`)] : []),
    ]);
    return make("li", {}, make("p", { className: "soft" }, `你写的：${text}`), ...(problem ? [make("p", {}, make("span", { className: "tag gone" }, "要看一下"), ` ${problem}`)] : []), ...items.flat());
  }

  /** The article's name, as a link where the site has a page of its statute. */
  function named(href, label) {
    const [page, anchor] = href.split("#");
    const { [page]: address = page } = (window.MingluSite || {}).addresses || {}; // pages.js
    return address === null ? label : make("a", { href: new URL(`${address}#${anchor}`, SITE).href }, label);
  }

  async function load() {
    const names = await window.MingluReckoning.data("library.json", "法条库");
    const { problem } = await window.MingluPython.ask({ do: "load", library: names });
    if (problem) throw new Error(problem.says);
  }

  customElements.define("cite-check", CiteCheck);
})();
