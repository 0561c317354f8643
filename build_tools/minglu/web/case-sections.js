// The engine's report on a case (engine/case_report.py) → the sections of its page. What is said, in which words, is the engine's.

import { writeAddress } from "./address.js";
import { KIND_WORDS } from "./case-log.js";
import { today } from "./days.js";
import { make } from "./elements.js";
import { pageAddress, siteHas } from "./site.js";

const LONG = 5; // rows of a list that stand open

export class CaseSections {
  /**
   * @param {import("./case.js").CaseStore} store
   * @param {import("./case-answers.js").CaseAnswers} answers
   */
  constructor(store, answers) {
    this.store = store;
    this.answers = answers;
    /** @type {Map<string, boolean>} folds that the reader opened or closed */
    this.folds = new Map();
  }

  /** Above the log's form: the next day, where the walks ended, the timeline. @param {any} report @returns {HTMLElement[]} */
  above(report) {
    return [...this.next(report), ...this.ends(report), ...this.disputes(report), ...this.timeline(report)];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  below(report) {
    return [...this.road(report), ...this.evidence(report), ...this.letters(report), ...this.facts(report)];
  }

  /** What is known before Python is there, or without it. @returns {HTMLElement[]} */
  withoutReport() {
    const { trees } = this.answers.parts;
    const walks = Object.entries(this.store.walks()).filter(([tree]) => trees[tree]);
    const rows = walks.map(([tree, fragment]) => make("li", {}, treeLink(tree, fragment, trees[tree].title)));
    const titles = new Map(this.answers.ladder.channels.map((/** @type {any} */ { id, title }) => [id, title]));
    const log = [...this.store.notes.log].sort((one, other) => one.day.localeCompare(other.day));
    const entries = log.map(({ day, kind, who, says }) =>
      make("li", {}, make("b", {}, day), ` ${titles.has(who) ? `${titles.get(who)}：` : ""}${KIND_WORDS[kind]}`, ...(says ? [make("p", { className: "said" }, says)] : [])));
    const home = pageAddress("index.html");
    const begin = make("p", {}, "这里还没有内容。先", home ? make("a", { href: home }, "选一种情况") : "选一种情况",
      "，回答几个问题；或者直接在下面记一笔。");
    return [
      ...(this.store.empty ? [begin] : []),
      ...(rows.length ? [make("section", {}, make("h2", {}, "走到哪里"), make("ul", { className: "list links" }, ...rows))] : []),
      ...(entries.length ? [make("section", {}, make("h2", {}, "经过"), make("ol", { className: "list" }, ...entries))] : []),
    ];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  next({ next, road }) {
    const open = road.find((/** @type {any} */ { state }) => state === "open");
    if (!next && !open) return [];
    const day = next ? [make("p", { className: "big" }, make("b", {}, next.shown), " ", make("span", { className: "left" }, next.left)), make("p", {}, next.says)] : [];
    const now = open ? [make("p", { className: next?.near ? "" : "big" }, next?.near ? "今天就可以：" : "今天就可以", next?.near ? "" : make("br"), make("b", {}, channelLink(open.id, open.title)))] : [];
    if (next && !next.near) day[0].className = "";
    return [make("section", { className: "next" }, make("p", { className: "label" }, "接下来"), ...(next?.near ? [...day, ...now] : [...now, ...day]))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  ends({ ends }) {
    if (!ends.length) return [];
    const isOpen = (/** @type {any} */ { kind }) => kind === "question";
    const reached = ends.filter((/** @type {any} */ end) => !isOpen(end));
    const open = ends.filter(isOpen);
    const list = (/** @type {any[]} */ some) => make("ul", { className: "list ends" }, ...some.map((end) => this.end(end)));
    return [make("section", {}, make("h2", {}, "走到哪里"), ...(reached.length ? [list(reached)] : []),
      ...(open.length ? [this.fold("open-ends", `没答完的（${open.length}）`, !reached.length, list(open))] : []))];
  }

  /** @param {any} end */
  end(end) {
    const { evidence, walks } = this.store.whole();
    const { replies = null } = walks[end.tree] || {};
    const fragment = writeAddress(end.version, Object.entries(end.answers), { replies, evidence });
    const begins = { tree: "接着去：", question: "接着答：" }[/** @type {string} */ (end.kind)] || "";
    const says = [end.changed, end.problem].filter(Boolean).map((text) => make("p", { className: "only" }, text));
    return make("li", {},
      make("div", { className: "row" }, make("b", {}, treeLink(end.tree, fragment, begins + end.title)), ...(end.standing ? [make("span", { className: `standing ${end.standing}` }, end.shown)] : [])),
      make("div", { className: "row" }, make("span", { className: "soft" }, end.tree_title), smallButton("leave-out", end.tree, "不算进来", `${end.tree_title}不算进来`)), ...says);
  }

  /** @param {any} report @returns {HTMLElement[]} */
  timeline({ timeline, today: now }) {
    if (!timeline.length) return [];
    const rows = timeline.map((/** @type {any} */ item, /** @type {number} */ place) => this.day(item, place));
    const those = (/** @type {(item: any) => boolean} */ fit) => rows.filter((/** @type {HTMLElement} */ _, /** @type {number} */ place) => fit(timeline[place]));
    const past = those(({ day }) => day && day < now);
    const coming = those(({ day }) => day && day >= now);
    const undated = those(({ day }) => !day);
    const list = (/** @type {HTMLElement[]} */ some) => (some.length ? [make("ol", { className: "timeline" }, ...some)] : []);
    const folded = past.length > LONG ? past.splice(0, past.length - 3) : [];
    return [make("section", {}, make("h2", {}, "经过和期限"),
      ...(folded.length ? [this.fold("past", `更早的（${folded.length}）`, false, ...list(folded))] : []), ...list(past),
      make("p", { className: "today" }, "今天"), ...list(coming),
      ...(undated.length ? [this.fold("undated", `还算不出日子的（${undated.length}）`, false, ...list(undated))] : []))];
  }

  /** @param {any} item @param {number} place in the timeline */
  day({ kind, verdict, day, shown, title, says, about, how, source, calendar, entry }, place) {
    const own = entry === null ? null : this.store.notes.log[entry];
    const kept = own ? own.evidence.map((id) => this.evidenceTitle(id)).filter(Boolean).join("、") : "";
    const acts = own ? [make("span", { className: "acts" }, smallButton("edit", String(entry), "改", `改：${shown}${title}`), smallButton("delete", String(entry), "删", `删：${shown}${title}`))] : [];
    const why = [about, how && `${how}。`, source && `依据：${source}。`].filter(Boolean).map((text) => make("p", {}, text));
    return make("li", { className: `${kind} ${verdict || ""}` },
      make("div", { className: "row" }, make("span", { className: "when" }, shown), ...acts),
      make("b", {}, title),
      ...(says ? [make("p", { className: own ? "said" : "stands" }, says)] : []),
      ...(kept ? [make("p", { className: "only" }, kept)] : []),
      ...(why.length ? [this.fold(`${kind} ${day} ${title}`, "怎么算的", false, ...why, ...(calendar ? [smallButton("one-day", String(place), "加入日历", `${title}，加入日历`)] : []))] : []));
  }

  /** @param {any} report @returns {HTMLElement[]} */
  road({ road, stands }) {
    if (!road.length) return [];
    const next = road.findIndex((/** @type {any} */ { state }) => state === "open" || state === "later");
    const [near, far] = next < 0 ? [road, []] : [road.slice(0, next + 1), road.slice(next + 1)];
    const papers = siteHas("papers.json") && pageAddress("papers.html");
    const list = (/** @type {any[]} */ some) => make("ol", { className: "rungs" }, ...some.map((one) => rung(one, one.id === stands)));
    return [make("section", {}, make("h2", {}, "找谁"), list(near),
      ...(papers ? [make("p", {}, make("a", { href: papers }, "要交给他们的文书"))] : []),
      ...(far.length ? [this.fold("far", `再往后（${far.length}）`, false, make("p", { className: "soft" }, "从上往下是一般的先后，不是法律规定的顺序。"), list(far))] : []))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  evidence({ evidence }) {
    if (!evidence.length) return [];
    const has = evidence.filter((/** @type {any} */ one) => one.at_hand).length;
    const rows = evidence.map((/** @type {any} */ { id, title, proves, how, at_hand: atHand }) => make("li", {},
      make("label", { className: "tick" }, make("input", { type: "checkbox", checked: atHand, "data-evidence": id, "data-key": `evidence ${id}` }), make("span", {}, title)),
      this.fold(`about ${id}`, "怎么留", false, ...(proves ? [make("p", {}, make("b", {}, "证明："), proves)] : []), ...how.split("\n").filter(Boolean).map((/** @type {string} */ line) => make("p", {}, line)))));
    const list = (/** @type {HTMLElement[]} */ some) => make("ul", { className: "list checks" }, ...some);
    const rest = rows.splice(LONG);
    return [make("section", {}, make("h2", {}, "手上的证据", make("span", { className: "count" }, ` ${has} / ${evidence.length}`)), list(rows),
      ...(rest.length ? [this.fold("evidence", `其余 ${rest.length} 样`, false, list(rest))] : []))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  letters({ letters, ends }) {
    if (!letters.length) return [];
    const row = (/** @type {any} */ { key, tree, letter, copied, sent }) => {
      const end = ends.find((/** @type {any} */ one) => one.tree === tree);
      const state = sent ? `${shortDay(sent)}寄出` : copied ? `${shortDay(copied)}复制过，还没记寄出` : "";
      const link = treeLink(tree, writeAddress(end.version, Object.entries(end.answers), { replies: null, evidence: this.store.whole().evidence }), letter.title);
      return make("li", { className: "row" }, make("span", {}, link, ...(state ? [make("br"), make("span", { className: "soft" }, state)] : [])),
        ...(sent ? [] : [smallButton("sent", key, "今天寄出了", `${letter.title}：今天寄出了`)]));
    };
    const used = letters.filter((/** @type {any} */ { copied, sent }) => copied || sent);
    const unused = letters.filter((/** @type {any} */ { copied, sent }) => !copied && !sent);
    const list = (/** @type {any[]} */ some) => make("ul", { className: "list" }, ...some.map(row));
    return [make("section", {}, ...(used.length ? [make("h2", {}, "信"), list(used)] : []),
      ...(unused.length ? [this.fold("letters", `可以用的信（${unused.length}）`, false, list(unused))] : []))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  facts({ facts, ends }) {
    if (!facts.length) return [];
    const { walks, evidence } = this.store.whole();
    const rows = facts.map((/** @type {any} */ { question, ask, shown, trees: [tree], by_log: byLog }) => {
      const end = ends.find((/** @type {any} */ one) => one.tree === tree);
      const answers = Object.entries(end?.answers || walks[tree]?.answers || {}).filter(([asked]) => asked !== question);
      const change = treeLink(tree, writeAddress(end?.version || walks[tree]?.version || "", answers, { replies: null, evidence }), "改", `改：${ask}`);
      return make("li", { className: "row" }, make("span", {}, `${ask} `, make("b", {}, shown)), byLog ? make("span", { className: "soft" }, "记的") : change);
    });
    return [make("section", {}, this.fold("facts", `你答过的 ${facts.length} 件事`, false, make("ul", { className: "facts-told" }, ...rows)))];
  }

  /** What was told in two ways. @param {any} report @returns {HTMLElement[]} */
  disputes({ facts }) {
    return facts.filter((/** @type {any} */ { others }) => others.length).map((/** @type {any} */ fact) => this.dispute(fact));
  }

  /** @param {any} fact */
  dispute({ question, ask, shown, carried, trees, others }) {
    const all = [...new Set([...trees, ...others.flatMap((/** @type {any} */ one) => one.trees)])];
    const ways = [{ shown, carried, trees }, ...others].map((way) => {
      const where = way.trees.map((/** @type {string} */ tree) => `“${this.answers.parts.trees[tree]?.title || tree}”`).join("、") || "记录";
      return make("li", { className: "row" }, make("span", {}, make("b", {}, way.shown), ` （${where}里）`),
        smallButton("settle", `${question} ${way.carried} ${all.join(".")}`, "都按这个", `${ask}都按这个：${way.shown}`));
    });
    return make("div", { className: "why" }, make("p", {}, make("b", {}, "同一件事答了两样："), ask), make("ul", {}, ...ways));
  }

  /** @param {string} id */
  evidenceTitle(id) {
    return this.answers.ladder.evidence.find((/** @type {any} */ one) => one.id === id)?.title || "";
  }

  /**
   * @param {string} key
   * @param {string} summary
   * @param {boolean} open where the reader has not touched it
   * @param {(Node | string)[]} children
   * @returns {HTMLElement}
   */
  fold(key, summary, open, ...children) {
    return make("details", { "data-fold": key, open: this.folds.get(key) ?? open }, make("summary", { "data-key": `fold ${key}` }, summary), ...children);
  }

  /** The reader opened or closed a fold; one that was made open tells so, too. @param {Event} event */
  turned({ target }) {
    if (target instanceof HTMLDetailsElement && target.dataset.fold) this.folds.set(target.dataset.fold, target.open);
  }
}

/** @param {any} rung @param {boolean} stands */
function rung({ id, title, detail, reach, state, says, clocks }, stands) {
  const isNear = ["open", "waiting", "promised"].includes(state);
  const runs = clocks.filter((/** @type {any} */ { shown, verdict }) => shown && verdict !== "over");
  return make("li", { className: state, ...(stands ? { "aria-current": "step" } : {}) },
    make("b", {}, channelLink(id, title)), ...(says ? [make("p", { className: "stands" }, says)] : []),
    ...(isNear && detail ? [make("p", { className: "soft" }, detail)] : []),
    ...(isNear && reach.length ? [make("ul", { className: "places" }, ...reach.map(reachRow))] : []),
    ...runs.map((/** @type {any} */ clock) => make("p", { className: "soft" }, `${clock.label}：${clock.shown.headline}，${clock.shown.left}`)));
}

/** @param {any} reach */
function reachRow({ kind, value, says }) {
  const named = kind === "tel" ? make("a", { href: `tel:${value}` }, value) : kind === "url" ? make("a", { href: value, rel: "noreferrer" }, value.replace(/^https:\/\/|\/$/g, "")) : value;
  return make("li", {}, named, ...(says ? [make("span", {}, says)] : []));
}

/** @param {string} id @param {string} title */
function channelLink(id, title) {
  const place = pageAddress(`channels/${id}.html`);
  return place ? make("a", { href: place }, title) : title;
}

/**
 * To a tree's page, at the place that the fragment stands for.
 * @param {string} tree
 * @param {string} fragment
 * @param {string} text
 */
function treeLink(tree, fragment, text, label = "") {
  return make("a", { href: `${pageAddress(`trees/${tree}.html`)}${fragment}`, "data-tree": tree, ...(label ? { "aria-label": label } : {}) }, text);
}

/** @param {string} act @param {string} of @param {string} text @param {string} label */
function smallButton(act, of, text, label) {
  return make("button", { type: "button", className: "small", "data-act": act, "data-of": of, "data-key": `${act} ${of}`, "aria-label": label }, text);
}

/** @param {string} day of this year or another */
function shortDay(day) {
  const [year, month, number] = day.split("-").map(Number);
  return `${today().startsWith(`${year}`) ? "" : `${year}年`}${month}月${number}日`;
}
