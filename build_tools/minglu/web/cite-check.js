// A text → the articles that it cites, each held against the library, and the text put right: what `<cite-check>` holds, as a script of its
// own. What it says comes from the engine (`{"do":"cite"}`, engine/cite_check.py).

import { make } from "./elements.js";
import { pythonOf } from "./python.js";
import { Reckoning } from "./reckoning.js";
import { pageAddress } from "./site.js";

/**
 * @typedef {{ label: string, href: string }} Place
 * @typedef {{ title: string, href: string, right: { says: string, source: string }[] }} Mistake
 * @typedef {{ label: string, topic: string, gist: string, href: string, until: string, now: Place[] }} CitedArticle
 * @typedef {{ text: string, problem: string | null, assumed: string, articles: CitedArticle[], mistakes: Mistake[] }} FoundCitation
 * @typedef {{ text: string, mistakes: Mistake[] }} FoundClaim
 * @typedef {{ was: string, now: string, why: string }} TextChange
 * @typedef {{ found: FoundCitation[], claims: FoundClaim[], corrected: string, changes: TextChange[], problem?: { says: string } }} CiteAnswer
 * as the engine answers: docs/contribute/engine.md
 */

const RULES_SHOWN = 2; // of a mistake; the rest stands where its link leads

/** @type {Promise<void> | null} the engine holds the library */
let library = null;
let kept = ""; // the reader's text, for as long as the visit lasts
let listens = false;
const data = new Reckoning();
addEventListener("minglu-forget", () => (kept = ""));

class CiteCheck {
  /** @type {HTMLTextAreaElement} */
  text = make("textarea", { rows: 8, placeholder: "例如：依据《消费者权益保护法》第24条，要求退货……", "aria-label": "要核对的文字" });
  says = make("p", { className: "notice", role: "status" });
  answer = make("div", { hidden: true });
  turn = {};

  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.text.value = kept;
    const form = make("form", {}, this.text, make("button", { className: "do" }, "核对"));
    form.addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.check();
    });
    host.replaceChildren(make("div", { className: "minglu" }, form, this.says, this.answer));
  }

  async check() {
    kept = this.text.value;
    const turn = (this.turn = {});
    this.answer.hidden = true;
    if (!kept.trim()) return this.say("请先粘贴一段文字。");
    try {
      this.say("正在核对……第一次用要先加载几兆字节。");
      if (!listens) pythonOf().on(({ type }) => type === "failed" && (library = null)); // the next engine will be a fresh one
      listens = true;
      pythonOf().start();
      if (pythonOf().state() === "failed") pythonOf().retry();
      library = library || loadLibrary();
      await library;
      const report = await pythonOf().ask({ do: "cite", text: kept });
      if (turn !== this.turn || !this.host.isConnected) return;
      if (report.problem) return this.say(report.problem.says);
      this.show(report);
    } catch (error) {
      library = null;
      const why = error instanceof Error ? error.message.replace(/。$/, "") : String(error);
      if (turn === this.turn) this.say(`没有核对成：${why}。可以在“法条”里逐条查。`);
    }
  }

  /** @param {CiteAnswer} report */
  show({ found, claims, corrected, changes }) {
    const wrong = found.filter(isToLookAt);
    const fine = found.filter((one) => !isToLookAt(one));
    this.say(foundWords(found.length, wrong.length, claims.length));
    this.answer.replaceChildren(
      ...rowsUnder(wrong.length && "要看一下的", wrong.map(citationRow)),
      ...rowsUnder(claims.length && "没有引条文，但这样说常常不对", claims.map(claimRow)),
      ...(corrected ? correctedText(corrected, changes) : []),
      ...(fine.length ? [make("details", { open: !wrong.length }, make("summary", {}, `站内都有的 ${fine.length} 处`), rowList(fine.map(citationRow)))] : []),
    );
    this.answer.hidden = false;
  }

  /** @param {string} text */
  say(text) {
    this.says.textContent = text;
  }
}

/** @param {FoundCitation} citation */
function isToLookAt({ problem, articles, mistakes }) {
  return Boolean(problem || mistakes.length || articles.some(({ until }) => until));
}

/** @param {number} found @param {number} wrong @param {number} claims */
function foundWords(found, wrong, claims) {
  const said = claims ? `有 ${claims} 处说法要看一下。` : "";
  if (!found) return said ? `没有找到法条，${said}` : "没有找到法条。写成“消法第24条”或“《消费者权益保护法》第二十四条”就认得。";
  return `找到 ${found} 处引用${wrong ? `，其中 ${wrong} 处要看一下。` : "，站内都有。"}${said && `另${said}`}`;
}

/** @param {string | 0} title @param {HTMLElement[]} rows */
function rowsUnder(title, rows) {
  return title ? [make("h2", {}, title), rowList(rows)] : [];
}

/** @param {HTMLElement[]} rows */
function rowList(rows) {
  return make("ul", { className: "list" }, ...rows);
}

/** @param {FoundCitation} citation */
function citationRow({ text, problem, assumed, articles, mistakes }) {
  return make("li", {}, make("p", { className: "soft" }, "你写的：", make("bdi", {}, text), ...(assumed ? [make("br"), `${assumed}。`] : [])),
    ...(problem ? [make("p", {}, gone("要看一下"), ` ${problem.replace(/。$/, "")}。`)] : []),
    ...articles.flatMap(articleParts), ...mistakes.map(mistakeBox));
}

/** @param {CitedArticle} article */
function articleParts({ label, topic, gist, href, until, now }) {
  const instead = now.flatMap((one) => ["现在看 ", placeLink(one), "。"]);
  return [
    make("p", { className: "do" }, placeLink({ label, href }), " ", topic),
    make("p", {}, gist),
    ...(until ? [make("p", {}, gone("已不适用"), ` 自 ${until} 起不再适用。`, ...instead)] : []),
  ];
}

/** @param {FoundClaim} claim */
function claimRow({ text, mistakes }) {
  return make("li", {}, make("p", { className: "soft" }, "你写的：", make("bdi", {}, text)), ...mistakes.map(mistakeBox));
}

/** @param {Mistake} mistake */
function mistakeBox({ title, href, right }) {
  const rules = right.slice(0, RULES_SHOWN).map(({ says, source }) => make("li", {}, says, ...(source ? [" ", make("small", {}, source)] : [])));
  const more = pageAddress(href.split("#")[0]) ? [make("p", {}, placeLink({ label: "这条误解的全部说明", href }))] : [];
  return make("div", { className: "why" }, make("p", {}, make("b", {}, "常说错："), title), make("ul", {}, ...rules), ...more);
}

/** @param {string} text */
function gone(text) {
  return make("span", { className: "tag gone" }, text);
}

/**
 * A link where the site has such a page.
 * @param {Place} place
 */
function placeLink({ label, href }) {
  const [page, anchor = ""] = href.split("#");
  const address = pageAddress(page);
  return address ? make("a", { href: `${address}${anchor && `#${anchor}`}` }, label) : label;
}

/**
 * @param {string} corrected
 * @param {TextChange[]} changes
 */
function correctedText(corrected, changes) {
  const text = make("pre", { tabIndex: 0 }, corrected);
  const button = make("button", { type: "button", className: "copy" }, "复制改好的文字");
  button.onclick = () => copyText(text, button);
  const rows = changes.map(({ was, now, why }) => make("li", {}, make("bdi", {}, was), " → ", make("b", {}, make("bdi", {}, now)), make("br"), `${why}。`));
  return [
    make("h2", {}, "改好的文字"),
    make("p", { className: "soft" }, "有把握的已经改了；拿不准的没有动，后面用 [核对：…] 注了一句，改好再删掉。"),
    make("div", { className: "letter" }, text, button),
    make("details", {}, make("summary", {}, `改了哪里（${changes.length}）`), make("ul", {}, ...rows)),
  ];
}

/** @param {HTMLElement} text @param {HTMLElement} button */
async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text.textContent || "");
    button.textContent = "已复制";
  } catch { // older browsers and plain http have no clipboard
    getSelection()?.selectAllChildren(text);
    button.textContent = "已选中，请复制";
  }
}

async function loadLibrary() {
  const names = await data.data("library.json", "法条库");
  const { problem } = await pythonOf().ask({ do: "load", library: names });
  if (problem) throw new Error(problem.says);
}

Reflect.set(window, "MingluCiteCheck", (/** @type {HTMLElement} */ host) => new CiteCheck(host));
