// What stands around the section that is shown: the road above it with the notice and Python's progress, the tools below.

import { make } from "./elements.js";
import { pageAddress } from "./site.js";

/**
 * @typedef {{ state: string, news: import("./reckoning.js").News, wanted: boolean }} PythonShown
 * `wanted`: the reader's next step gains by Python, though nothing has loaded it yet
 * @typedef {[text: string, href: string] | HTMLElement | false | null | undefined} NoticeLink
 */

export class Frame {
  constructor() {
    this.road = make("ol", { className: "road" });
    /** @type {{ told: string, item: HTMLElement, link: HTMLAnchorElement }[]} what stands on it */
    this.stops = [];
    this.bar = make("p", { className: "walk-bar" }, button("back", "上一步"), button("restart", "从头开始"));
    this.warn = make("p", { className: "danger", role: "note", hidden: true });
    this.notice = status("notice");
    this.meter = make("progress", { "aria-label": "正在加载精确计算" });
    this.percent = make("span", { className: "percent" });
    this.failure = status("failure");
    this.loader = button("load");
    this.progress = make("div", { className: "progress" }, this.meter, this.percent, this.failure, this.loader);
    this.top = make("div", { className: "walk-top", "data-made": "" }, this.road, this.bar, this.warn, this.notice, this.progress);
    this.keeper = button("keep");
    const place = pageAddress("case.html");
    this.tools = make("div", { className: "tools", "data-made": "" }, ...(place ? [make("a", { href: place }, "我的案子")] : []), button("share", "分享"), button("print", "打印这一页"), this.keeper,
      button("forget", "全部忘记"));
  }

  /** @param {{ question: string, ask: string, shown: string, change: string }[]} steps `change` is the address without the answer */
  showRoad(steps) {
    // A stop that stays is left where it is: the browser need not lay it out again.
    steps.forEach(({ question, ask, shown, change }, place) => {
      const told = `${question} ${ask} ${shown}`;
      if (this.stops[place]?.told !== told) {
        const link = make("a", { "aria-label": `改：${ask}`, "data-change": question }, "改");
        const item = make("li", {}, make("span", {}, `${ask} `, make("b", {}, shown)), link);
        this.stops[place]?.item.remove();
        this.road.insertBefore(item, this.road.children[place] || null);
        this.stops[place] = { told, item, link };
      }
      if (this.stops[place].link.getAttribute("href") !== change) this.stops[place].link.href = change;
    });
    for (const { item } of this.stops.splice(steps.length)) item.remove();
    this.road.hidden = this.bar.hidden = !steps.length;
  }

  /** @param {string[]} lines what stands on every screen after some answers */
  showWarnings(lines) {
    write(this.warn, lines.join(" "));
    this.warn.hidden = !lines.length;
  }

  /** @param {string} text @param {NoticeLink[]} links */
  say(text, ...links) {
    if (this.notice.previousSibling !== this.warn) this.warn.after(this.notice);
    const made = links.filter(Boolean).map((one) => (Array.isArray(one) ? make("a", { href: one[1] }, one[0]) : one));
    if (text || made.length || this.notice.hasChildNodes()) this.notice.replaceChildren(text, ...made.flatMap((one) => [" ", one]));
  }

  /**
   * What a button did is said beside it: the notice's own place may be many screens away.
   * @param {HTMLElement} at @param {string} text @param {Node[]} children
   */
  sayBeside(at, text, ...children) {
    if (!this.notice.contains(at)) at.after(this.notice);
    this.notice.replaceChildren(text, ...children);
  }

  /** @param {PythonShown} shown */
  showPython({ state, news, wanted }) {
    const loading = state === "loading";
    this.progress.hidden = state === "ready" || (state === "idle" && !wanted);
    this.meter.hidden = this.percent.hidden = !loading;
    this.meter.value = loading && news.total ? (news.loaded || 0) / news.total : 0;
    write(this.percent, this.meter.value < 1 ? `正在加载精确到天的计算 ${Math.floor(100 * this.meter.value)}%` : "文件到齐，正在启动");
    const why = state === "failed" && `${news.absent ? "" : "精确到天的计算没有加载成功："}${(news.says || "").replace(/。$/, "")}`;
    write(this.failure, why ? `${why}；下面的链接照常可用。` : "");
    this.loader.hidden = loading || (state === "failed" && !news.again);
    write(this.loader, state === "failed" ? "重试" : "加载精确到天的计算（几兆字节）");
  }

  /** @param {{ any: boolean, own: boolean, same: boolean, answered: boolean, walking: boolean }} kept what the device keeps */
  showKept({ any, own, same, answered, walking }) {
    this.tools.hidden = !walking && !any;
    this.keeper.hidden = !answered;
    write(this.keeper, !own ? "在这台设备上记住" : same ? "已记在这台设备上" : "改记现在的回答");
  }
}

/**
 * What says the same already is left alone: the browser would lay it out again, and a reader who listens hear it again.
 * @param {HTMLElement} element @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {string} act @param {string} text */
function button(act, text = "") {
  return make("button", { type: "button", "data-do": act }, text);
}

/** @param {string} className */
function status(className) {
  return make("p", { className, role: "status" });
}
