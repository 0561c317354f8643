// A text → the articles that it cites, each held against the library: the custom element `<cite-check>`.
// What it says comes from the engine (`{"do":"cite"}`, engine/citations.py).

import { make, whenWhole } from "./elements.js";
import { pythonOf } from "./python.js";
import { Reckoning } from "./reckoning.js";
import { pageAddress } from "./site.js";

/**
 * @typedef {{ text: string, problem: string | null, articles: { label: string, topic: string, gist: string, href: string, until: string | null }[] }} FoundCitation
 * a citation in the text, as the engine answers
 */

/** @type {Promise<void> | null} the engine holds the names and gists */
let library = null;
let kept = ""; // the reader's text, for as long as the visit lasts
let listens = false;
/** @type {Reckoning} */
let data;

/** Once a visit. */
export function startCiteCheck() {
  data = new Reckoning();
  addEventListener("minglu-forget", () => (kept = ""));
  whenWhole(() => customElements.define("cite-check", CiteCheck));
}

class CiteCheck extends HTMLElement {
  /** @type {HTMLTextAreaElement} */
  text = make("textarea", { rows: 8, placeholder: "例如：依据《消费者权益保护法》第24条，要求退货……", "aria-label": "要核对的文字" });
  says = make("p", { className: "notice", role: "status" });
  found = make("ul", { className: "list", hidden: true });
  turn = {};

  connectedCallback() {
    this.text.value = kept;
    const form = make("form", {}, this.text, make("button", { className: "do" }, "核对"));
    form.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.check();
    });
    this.replaceChildren(make("div", { className: "minglu" }, form, this.says, this.found));
  }

  async check() {
    kept = this.text.value;
    const turn = (this.turn = {});
    this.found.hidden = true;
    if (!kept.trim()) return this.say("请先粘贴一段文字。");
    try {
      this.say("正在核对……第一次用要先加载几兆字节。");
      if (!listens) pythonOf().on(({ type }) => type === "failed" && (library = null)); // the next engine will be a fresh one
      listens = true;
      pythonOf().start();
      if (pythonOf().state() === "failed") pythonOf().retry();
      library = library || loadLibrary();
      await library;
      const { found, problem } = await pythonOf().ask({ do: "cite", text: kept });
      if (turn !== this.turn || !this.isConnected) return;
      if (problem) throw new Error(problem.says);
      this.show(found);
    } catch (error) {
      library = null;
      const why = error instanceof Error ? error.message.replace(/。$/, "") : String(error);
      if (turn === this.turn) this.say(`没有核对成：${why}。可以在“法条”里逐条查。`);
    }
  }

  /** @param {FoundCitation[]} found */
  show(found) {
    const wrong = found.filter((one) => one.problem || one.articles.some((article) => article.until)).length;
    this.say(!found.length ? "没有找到法条。写成“消法第24条”或“《消费者权益保护法》第二十四条”就认得。"
      : `找到 ${found.length} 处引用${wrong ? `，其中 ${wrong} 处要看一下。` : "，站内都有。"}`);
    this.found.replaceChildren(...found.map(citationRow));
    this.found.hidden = !found.length;
  }

  /** @param {string} text */
  say(text) {
    this.says.textContent = text;
  }
}

/** @param {FoundCitation} citation */
function citationRow({ text, problem, articles }) {
  const items = articles.map(({ label, topic, gist, href, until }) => [
    make("p", { className: "do" }, namedArticle(href, label), " ", topic),
    make("p", {}, gist),
    ...(until ? [make("p", {}, make("span", { className: "tag gone" }, "已不适用"), ` 自 ${until} 起不再适用。`)] : []),
  ]);
  const wrong = problem ? [make("p", {}, make("span", { className: "tag gone" }, "要看一下"), ` ${problem}`)] : [];
  return make("li", {}, make("p", { className: "soft" }, `你写的：${text}`), ...wrong, ...items.flat());
}

/**
 * The article's name, as a link where the site has a page of its statute.
 * @param {string} href
 * @param {string} label
 */
function namedArticle(href, label) {
  const [page, anchor] = href.split("#");
  const address = pageAddress(page);
  return address ? make("a", { href: `${address}#${anchor}` }, label) : label;
}

async function loadLibrary() {
  const names = await data.data("library.json", "法条库");
  const { problem } = await pythonOf().ask({ do: "load", library: names });
  if (problem) throw new Error(problem.says);
}
