// The page of the case (我的案子): what was told, where it stands, its days, the log, the road, and what may be done with all of it.
// What the engine says of it (engine/case_report.py) is put in its place here.

import { writeAddress, noTicks } from "./address.js";
import { CaseAnswers } from "./case-answers.js";
import { caseOf } from "./case.js";
import { CaseFiles } from "./case-files.js";
import { KIND_WORDS, LogForm } from "./case-log.js";
import { today } from "./days.js";
import { make, whenWhole } from "./elements.js";
import { forgetAll, keptWalks, UNDO_TIME } from "./keeping.js";
import { fileAddress, pageAddress, scriptName } from "./site.js";

const STYLE_TIME = 5_000; // milliseconds after which the page is shown without it
const LONG = 5; // rows of a list that stand open
/** @type {CaseAnswers} */
let caseAnswers;
/** What the reader types outlasts the page, as long as the visit lasts. @type {LogForm} */
let logForm;
/** @type {CasePage | null} */
let casePage = null;

/**
 * Fill the page's element, each time that it comes.
 * @param {HTMLElement} place
 */
export function showCase(place) {
  whenWhole(async () => {
    const template = /** @type {HTMLTemplateElement | null} */ (place.querySelector("template"));
    if (!template) return;
    const parts = JSON.parse(template.content.textContent || "");
    await styleLoaded(parts.style);
    if (!place.isConnected) return;
    if (!caseAnswers) {
      caseAnswers = new CaseAnswers(parts);
      logForm = new LogForm((entry, old) => casePage?.saveEntry(entry, old));
      caseOf().listeners.add(() => casePage?.changed());
      addEventListener("visibilitychange", () => casePage?.report && casePage.report.today !== today() && casePage.changed());
    }
    caseAnswers.parts = parts;
    casePage = new CasePage(place);
  });
}

/**
 * Once a visit; without it the page is plain, and works.
 * @param {string} name
 */
function styleLoaded(name) {
  const { href } = fileAddress(name);
  if ([...document.querySelectorAll("link")].some((link) => link.href === href)) return;
  const link = make("link", { rel: "stylesheet", href });
  return new Promise((done) => {
    link.onload = link.onerror = done;
    setTimeout(done, STYLE_TIME);
    document.head.append(link);
  });
}

class CasePage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.store = caseOf();
    this.files = new CaseFiles(this.store, caseAnswers, this);
    /** @type {any} the engine's report on the case as it stood last */
    this.report = null;
    /** @type {any} channels and evidence, before there is a report */
    this.ladder = { channels: [], evidence: [] };
    this.failure = "";
    this.turn = {};
    /** @type {Set<string>} folds that the reader opened or closed */
    this.turned = new Set();
    this.words = [...place.childNodes]; // for readers without scripts; they come back where there is no case yet
    this.body = make("div", { className: "case-body" });
    this.toast = make("p", { className: "toast", role: "status" });
    this.progress = make("p", { className: "soft progress", role: "status" });
    this.progress.hidden = true;
    this.logBox = make("section", { id: "log" }, make("h2", {}, "记一笔"), logForm.form);
    this.store.place = place;
    place.replaceChildren(this.body, this.toast);
    place.addEventListener("click", (event) => this.clicked(event));
    place.addEventListener("change", (event) => this.ticked(event));
    place.addEventListener("toggle", (event) => this.folded(event), true);
    place.addEventListener("input", () => (this.store.drafting = logForm.drafting));
    if (caseAnswers.parts.act !== scriptName() && scriptName()) this.say("网站刚更新过：先导出或者记在这台设备上，再刷新这一页。");
    caseAnswers.start((event) => this.heard(event));
    caseAnswers.ladder().then((ladder) => {
      this.ladder = ladder;
      if (!this.report) this.show();
    }, () => {}); // it is asked for again with the report, and said then
    this.changed();
  }

  // ---- what is shown

  /** The case is another one: what is known at once is shown, then what the engine says. */
  async changed() {
    if (!this.place.isConnected) return;
    const turn = (this.turn = {});
    const whole = this.store.whole();
    const isEmpty = !Object.keys(whole.walks).length && !whole.log.length && !this.store.written;
    if (isEmpty) this.report = null;
    this.failure = "";
    this.show();
    if (isEmpty || caseAnswers.data.state() === "idle" || caseAnswers.data.state() === "failed") return;
    try {
      const report = await caseAnswers.about("case", whole);
      if (turn !== this.turn) return;
      this.report = report;
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.show();
  }

  /** @param {import("./reckoning.js").News} event */
  heard(event) {
    if (event.type === "failed") this.failure = event.says || "";
    if (event.type === "ready" && (this.failure || !this.report)) this.changed();
    else this.showProgress();
  }

  show() {
    const focused = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    const { report } = this;
    const shown = report ? this.shownOf(report) : this.shownAlone();
    const road = (report?.road || []).map((/** @type {any} */ { id, title }) => ({ id, title }));
    const named = new Set(road.map((/** @type {any} */ { id }) => id));
    logForm.offerChannels(road, this.ladder.channels.filter((/** @type {any} */ { id }) => !named.has(id)), report?.stands || "");
    if (report) logForm.offer(report);
    // The form stays in the document: whoever is typing in it goes on.
    for (const one of [...this.body.children]) if (one !== this.logBox) one.remove();
    const at = shown.indexOf(this.logBox);
    if (!this.logBox.isConnected) this.body.append(this.logBox);
    this.logBox.before(...shown.slice(0, at));
    this.logBox.after(...shown.slice(at + 1));
    this.showProgress();
    if (focused) /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  }

  /** @param {any} report @returns {HTMLElement[]} */
  shownOf(report) {
    return [
      ...this.noticesOf(report),
      ...nextSection(report),
      ...this.endsSection(report),
      ...this.timelineSection(report),
      this.logBox,
      ...this.roadSection(report),
      ...this.evidenceSection(report),
      ...this.lettersSection(report),
      ...this.factsSection(report),
      ...this.files.section(report),
    ];
  }

  /** What is known before Python is there, or without it. */
  shownAlone() {
    const { log } = this.store.notes;
    const walks = Object.entries(this.store.walks()).filter(([tree]) => caseAnswers.parts.trees[tree]);
    const rows = walks.map(([tree, fragment]) => make("li", {}, treeLink(tree, fragment, caseAnswers.parts.trees[tree].title)));
    const titles = new Map(this.ladder.channels.map((/** @type {any} */ { id, title }) => [id, title]));
    const entries = [...log].sort((one, other) => one.day.localeCompare(other.day)).map((entry) => {
      const who = titles.get(entry.who);
      return make("li", {}, make("b", {}, entry.day), ` ${who ? `${who}：` : ""}${KIND_WORDS[entry.kind]}`, ...(entry.says ? [make("p", { className: "said" }, entry.says)] : []));
    });
    const isEmpty = !rows.length && !entries.length && !this.store.written;
    const home = pageAddress("index.html");
    const begin = make("p", { className: "lead" }, "这里还没有内容。先",
      ...(home ? [make("a", { href: home }, "选一种情况")] : ["选一种情况"]), "回答几个问题，答过的会自己到这里来；也可以直接在下面记一笔。");
    return [
      ...this.noticesOf(null),
      ...(isEmpty ? [begin] : []),
      ...(rows.length ? [make("section", {}, make("h2", {}, "走到哪里"), make("ul", { className: "list links" }, ...rows))] : []),
      ...(entries.length ? [make("section", {}, make("h2", {}, "发生了什么"), make("ol", { className: "list" }, ...entries))] : []),
      this.logBox,
      ...this.files.section(null),
    ];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  noticesOf(report) {
    const gone = Object.keys(this.store.walks()).filter((tree) => !caseAnswers.parts.trees[tree]);
    const says = [
      this.store.trouble,
      gone.length ? `网站上已经没有这些部分：${gone.join("、")}。你答过的还留着，导出时一起带走。` : "",
      ...(report ? [] : []),
    ];
    return [...says.filter(Boolean).map((text) => make("p", { className: "notice" }, text)), this.progress];
  }

  showProgress() {
    const state = caseAnswers.data.state();
    const { loaded = 0, total = 0 } = caseAnswers.data.news;
    const isEmpty = !this.report && !this.store.written && !Object.keys(this.store.walks()).length;
    const waits = state === "loading" ? `正在加载精确到天的计算${total ? ` ${Math.floor((100 * loaded) / total)}%` : ""}；记一笔现在就可以。` : "";
    const failed = this.failure || (state === "failed" && caseAnswers.data.news.says) || "";
    const says = isEmpty ? "" : waits || (failed ? `日期和下一步没有算出来：${failed.replace(/。$/, "")}。记一笔、导出照常可用。` : state === "idle" ? "日期和下一步还没有算。" : "");
    const button = make("button", { type: "button", "data-act": "load", "data-key": "load" }, failed ? "重试" : "加载精确到天的计算（几兆字节）");
    if (this.progress.dataset.says === says) return;
    this.progress.dataset.says = says;
    this.progress.replaceChildren(says, ...(!waits && says ? [" ", button] : []));
    this.progress.hidden = !says;
  }

  /** @param {any} report @returns {HTMLElement[]} */
  endsSection({ ends }) {
    const reached = ends.filter((/** @type {any} */ { kind }) => kind !== "question");
    const open = ends.filter((/** @type {any} */ { kind }) => kind === "question");
    if (!ends.length) return [];
    return [make("section", {}, make("h2", {}, "走到哪里"),
      ...(reached.length ? [make("ul", { className: "list ends" }, ...reached.map((/** @type {any} */ end) => this.endRow(end)))] : []),
      ...(open.length ? [this.fold("open-ends", `没答完的（${open.length}）`, !reached.length, make("ul", { className: "list ends" }, ...open.map((/** @type {any} */ end) => this.endRow(end))))] : []))];
  }

  /** @param {any} end */
  endRow(end) {
    const evidence = this.store.whole().evidence;
    const { replies = null } = this.store.whole().walks[end.tree] || {};
    const fragment = writeAddress(end.version, Object.entries(end.answers), { replies, evidence });
    const title = end.kind === "tree" ? `接着去：${end.title}` : end.kind === "question" ? `接着答：${end.title}` : end.title;
    const says = [end.changed, end.problem].filter(Boolean).map((text) => make("p", { className: "only" }, text));
    return make("li", {},
      make("div", { className: "row" }, make("b", {}, treeLink(end.tree, fragment, title)), ...(end.standing ? [make("span", { className: `standing ${end.standing}` }, end.shown)] : [])),
      make("div", { className: "row" }, make("span", { className: "soft" }, end.tree_title), this.smallButton("leave-out", end.tree, "不算进来", `${end.tree_title}不算进来`)), ...says);
  }

  /** @param {any} report @returns {HTMLElement[]} */
  timelineSection({ timeline, today: now }) {
    if (!timeline.length) return [];
    const row = (/** @type {any} */ item) => this.timelineRow(item);
    const past = timeline.filter((/** @type {any} */ { day }) => day && day < now);
    const coming = timeline.filter((/** @type {any} */ { day }) => day && day >= now);
    const undated = timeline.filter((/** @type {any} */ { day }) => !day);
    const list = (/** @type {any[]} */ items) => make("ol", { className: "days" }, ...items.map(row));
    return [make("section", {}, make("h2", {}, "发生了什么"),
      ...(past.length > LONG ? [this.fold("past", `以前的（${past.length}）`, false, list(past.slice(0, -LONG + 2))), list(past.slice(-LONG + 2))] : past.length ? [list(past)] : []),
      make("p", { className: "today" }, make("span", {}, "今天")),
      ...(coming.length ? [list(coming)] : []),
      ...(undated.length ? [this.fold("undated", `还算不出日子的（${undated.length}）`, false, list(undated))] : []))];
  }

  /** @param {any} item */
  timelineRow(item) {
    const { kind, verdict, shown, title, says, how, source, calendar, entry } = item;
    const key = `${kind} ${item.day} ${title}`;
    const about = [how, source].filter(Boolean).join("。");
    const own = entry === null ? null : this.store.notes.log[entry];
    return make("li", { className: `${kind} ${verdict || ""}` },
      make("span", { className: "when" }, shown),
      make("div", {}, make("b", {}, title),
        ...(says ? [make("p", { className: own ? "said" : "state" }, says)] : []),
        ...(own?.evidence.length ? [make("p", { className: "only" }, own.evidence.map((/** @type {string} */ id) => this.evidenceTitle(id)).filter(Boolean).join("、"))] : []),
        ...(about ? [this.fold(key, "怎么算的", false, make("p", {}, `${about}。`), ...(calendar ? [this.smallButton("one-day", key, "加入日历", `${title}，加入日历`)] : []))] : []),
        ...(own ? [make("p", { className: "acts" }, this.smallButton("edit", String(entry), "改", `改：${shown}${title}`), this.smallButton("delete", String(entry), "删", `删：${shown}${title}`))] : [])));
  }

  /** @param {any} report @returns {HTMLElement[]} */
  roadSection({ road, stands }) {
    if (!road.length) return [];
    const open = road.findIndex((/** @type {any} */ { state }) => state === "open" || state === "later");
    const near = open < 0 ? road : road.slice(0, open + 1);
    const far = open < 0 ? [] : road.slice(open + 1);
    const list = (/** @type {any[]} */ rungs) => make("ol", { className: "rungs" }, ...rungs.map((rung) => rungRow(rung, rung.id === stands)));
    return [make("section", {}, make("h2", {}, "下一步找谁"), list(near),
      ...(far.length ? [this.fold("far", `再往后（${far.length}）`, false, make("p", { className: "soft" }, "这是通常的先后；等不及，可以先走后面的。能不能走、要什么条件，点进去看。"), list(far))] : []))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  evidenceSection({ evidence }) {
    if (!evidence.length) return [];
    const row = (/** @type {any} */ { id, title, proves, how, at_hand: atHand }) => make("li", {},
      make("label", { className: "tick" }, make("input", { type: "checkbox", checked: atHand, "data-evidence": id, "data-key": `evidence ${id}` }), make("span", {}, title)),
      this.fold(`about ${id}`, "证明什么，怎么留", false, ...(proves ? [make("p", {}, make("b", {}, "证明："), proves)] : []), ...how.split("\n").filter(Boolean).map((/** @type {string} */ line) => make("p", {}, line))));
    const has = evidence.filter((/** @type {any} */ one) => one.at_hand).length;
    const [first, rest] = [evidence.slice(0, LONG), evidence.slice(LONG)];
    const list = (/** @type {any[]} */ some) => make("ul", { className: "list checks" }, ...some.map(row));
    return [make("section", {}, make("h2", {}, "手上的证据", make("span", { className: "count" }, ` ${has} / ${evidence.length}`)), list(first),
      ...(rest.length ? [this.fold("evidence", `其余 ${rest.length} 样`, false, list(rest))] : []))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  lettersSection({ letters, ends }) {
    if (!letters.length) return [];
    const row = (/** @type {any} */ { key, tree, letter, copied, sent }) => {
      const end = ends.find((/** @type {any} */ one) => one.tree === tree);
      const state = sent ? `${dayWords(sent)}寄出` : copied ? `${dayWords(copied)}复制过，还没记寄出` : "还没用过";
      return make("li", { className: "row" }, make("span", {}, treeLink(tree, writeAddress(end.version, Object.entries(end.answers), noTicks()), letter.title), make("br"), make("span", { className: "soft" }, state)),
        ...(sent ? [] : [this.smallButton("sent", key, "今天寄出了", `${letter.title}：今天寄出了`)]));
    };
    const used = letters.filter((/** @type {any} */ { copied, sent }) => copied || sent);
    const unused = letters.filter((/** @type {any} */ { copied, sent }) => !copied && !sent);
    const list = (/** @type {any[]} */ some) => make("ul", { className: "list" }, ...some.map(row));
    return [make("section", {}, make("h2", {}, "信"), ...(used.length ? [list(used)] : []),
      ...(unused.length ? [this.fold("letters", `可以用的信（${unused.length}）`, !used.length && unused.length <= LONG, list(unused))] : []))];
  }

  /** @param {any} report @returns {HTMLElement[]} */
  factsSection({ facts, ends }) {
    if (!facts.length) return [];
    const disputed = facts.filter((/** @type {any} */ { others }) => others.length);
    const rows = facts.map((/** @type {any} */ fact) => {
      const end = ends.find((/** @type {any} */ { tree }) => fact.trees.includes(tree));
      const walk = this.store.whole().walks[fact.trees[0]];
      const answers = Object.entries(end?.answers || walk.answers).filter(([question]) => question !== fact.question);
      const fragment = writeAddress(end?.version || walk.version, answers, { replies: null, evidence: this.store.whole().evidence });
      const change = fact.by_log ? make("span", { className: "soft" }, "日志里的") : treeLink(end?.tree || fact.trees[0], fragment, "改", `改：${fact.ask}`);
      return make("li", { className: "row" }, make("span", {}, `${fact.ask} `, make("b", {}, fact.shown)), change);
    });
    return [make("section", {}, make("h2", {}, "说过的"),
      ...disputed.map((/** @type {any} */ fact) => this.disputeBox(fact)),
      this.fold("facts", `你答过的 ${facts.length} 件事`, false, make("ul", { className: "list facts-told" }, ...rows)))];
  }

  /** @param {any} fact */
  disputeBox({ question, ask, shown, carried, trees, others }) {
    const all = [...new Set([...trees, ...others.flatMap((/** @type {any} */ one) => one.trees)])];
    const ways = [{ shown, carried, trees }, ...others].map((way) => {
      const where = way.trees.length ? way.trees.map((/** @type {string} */ tree) => `“${caseAnswers.parts.trees[tree]?.title || tree}”`).join("、") : "日志";
      const button = this.smallButton("settle", `${question} ${way.carried} ${all.join(".")}`, "都按这个", `${ask}都按这个：${way.shown}`);
      return make("li", { className: "row" }, make("span", {}, make("b", {}, way.shown), ` （${where}里）`), button);
    });
    return make("div", { className: "why" }, make("p", {}, make("b", {}, "这里说了两样："), ask), make("ul", {}, ...ways));
  }

  /** @param {string} id */
  evidenceTitle(id) {
    return this.ladder.evidence.find((/** @type {any} */ one) => one.id === id)?.title || "";
  }

  /**
   * @param {string} key
   * @param {string} summary
   * @param {boolean} open where the reader has not touched it
   * @param {(Node | string)[]} children
   */
  fold(key, summary, open, ...children) {
    return make("details", { "data-fold": key, "data-begins": String(open), open: open !== this.turned.has(key) }, make("summary", { "data-key": `fold ${key}` }, summary), ...children);
  }

  /** @param {string} act @param {string} of @param {string} text @param {string} label */
  smallButton(act, of, text, label = text) {
    return make("button", { type: "button", className: "small", "data-act": act, "data-of": of, "data-key": `${act} ${of}`, "aria-label": label }, text);
  }

  /**
   * What was done, in one line at the foot of the window; for ten seconds with a way back.
   * @param {string} text
   * @param {() => void} [undo]
   */
  say(text, undo) {
    const button = make("button", { type: "button" }, "撤销");
    button.onclick = () => {
      this.toast.replaceChildren();
      undo?.();
      this.say("撤销了。");
    };
    this.toast.replaceChildren(text, ...(undo ? [" ", button] : []));
    const shown = [...this.toast.childNodes];
    setTimeout(() => shown[0] === this.toast.firstChild && this.toast.replaceChildren(), UNDO_TIME);
  }

  // ---- what the reader does

  /** @param {Event} event */
  clicked(event) {
    const met = event.target instanceof Element && /** @type {HTMLElement | null} */ (event.target.closest("a, button"));
    if (!met) return;
    if (met instanceof HTMLAnchorElement) {
      if (met.dataset.tree) Reflect.set(window, "MingluGoesOn", met.hash);
      return;
    }
    const { act = "", of = "" } = met.dataset;
    const { log } = this.store.notes;
    switch (act) {
      case "load": return this.load();
      case "no-entry": return this.noEntry();
      case "edit": return this.editEntry(log[Number(of)]);
      case "delete": return this.deleteEntry(log[Number(of)]);
      case "one-day": return this.files.saveCalendar(this.report.timeline.find((/** @type {any} */ item) => `${item.kind} ${item.day} ${item.title}` === of).calendar);
      case "leave-out": return this.leaveOut(of);
      case "sent": return this.sentLetter(of);
      case "settle": return this.settle(of);
      case "forget": return this.forget();
      default: return this.files.act(act);
    }
  }

  /** @param {Event} event */
  ticked({ target }) {
    if (!(target instanceof HTMLInputElement) || !target.dataset.evidence) return;
    this.store.setEvidence(target.dataset.evidence, target.checked);
  }

  /** @param {Event} event */
  folded({ target }) {
    if (!(target instanceof HTMLDetailsElement) || !target.dataset.fold) return;
    if (target.open === (target.dataset.begins === "true")) this.turned.delete(target.dataset.fold);
    else this.turned.add(target.dataset.fold);
  }

  load() {
    this.failure = "";
    caseAnswers.start((event) => this.heard(event), true);
    this.changed();
  }

  /** @param {import("./case.js").LogEntry} entry @param {import("./case.js").LogEntry | null} old */
  saveEntry(entry, old) {
    this.store.drafting = false;
    this.store.setEntry(old, entry);
    for (const id of entry.evidence) this.store.setEvidence(id, true);
    this.say(old ? "改好了。" : "记下了。", () => this.store.setEntry(entry, old));
    this.logBox.querySelector("h2").tabIndex = -1;
    this.logBox.querySelector("h2").focus({ preventScroll: true });
  }

  noEntry() {
    logForm.fill(null);
    this.store.drafting = false;
    this.say("没有记。");
  }

  /** @param {import("./case.js").LogEntry | undefined} entry */
  editEntry(entry) {
    if (!entry) return;
    logForm.fill(entry);
    this.logBox.scrollIntoView();
    logForm.says.focus({ preventScroll: true });
  }

  /** @param {import("./case.js").LogEntry | undefined} entry */
  deleteEntry(entry) {
    if (!entry) return;
    this.store.setEntry(entry, null);
    this.say("删掉了这一笔。", () => this.store.setEntry(null, entry));
  }

  /** @param {string} tree */
  leaveOut(tree) {
    const fragment = this.store.walks()[tree];
    this.store.setWalk(tree, null);
    this.say("这一部分不算进来了。", () => this.store.setWalk(tree, fragment));
  }

  /**
   * It is an event, too: the log has it, and the days move.
   * @param {string} key
   */
  sentLetter(key) {
    const { letter, to } = this.report.letters.find((/** @type {any} */ one) => one.key === key);
    const entry = { day: today(), kind: "sent", who: to, says: letter.title, answers: {}, evidence: [] };
    this.store.mark(key, "sent", today());
    this.store.setEntry(null, entry);
    this.say("记下了：今天寄出。", () => {
      this.store.mark(key, "sent", "");
      this.store.setEntry(entry, null);
    });
  }

  /** @param {string} of */
  settle(of) {
    const [question, answer, trees] = of.split(" ");
    const before = this.store.whole();
    this.store.settle(trees.split("."), question, answer);
    this.say("都按这个算了。", () => this.store.replace(before));
  }

  forget() {
    const recall = forgetAll();
    this.say("都忘记了。浏览器的历史记录里可能还有走过的网址，可以在浏览器里清除。", recall);
  }
}

/** @param {any} report @returns {HTMLElement[]} */
function nextSection({ next, road }) {
  const open = road.find((/** @type {any} */ { state }) => state === "open");
  if (!next && !open) return [];
  const lines = next ? [make("p", { className: "label" }, "接下来"), make("p", { className: "big" }, make("b", {}, next.shown), " ", make("span", { className: "days" }, next.left)), make("p", {}, next.says)] : [];
  const now = open ? [make("p", { className: "open" }, "今天就可以：", channelLink(open.id, open.title))] : [];
  return [make("section", { className: "next" }, ...lines, ...now)];
}

/** @param {any} rung @param {boolean} stands */
function rungRow({ id, title, detail, reach, state, says, clocks }, stands) {
  const isNear = ["open", "waiting", "promised"].includes(state);
  return make("li", { className: state, ...(stands ? { "aria-current": "step" } : {}) },
    make("b", {}, channelLink(id, title)), ...(says ? [make("p", { className: "state" }, says)] : []),
    ...(isNear && detail ? [make("p", { className: "soft" }, detail)] : []),
    ...(isNear && reach.length ? [make("ul", { className: "reach" }, ...reach.map(reachRow))] : []),
    ...clocks.filter((/** @type {any} */ { shown }) => shown).map((/** @type {any} */ clock) =>
      make("p", { className: `clock ${clock.verdict || ""}` }, `${clock.label}：`, make("b", {}, clock.shown.headline), ` ${clock.shown.left}`, ...(clock.says ? [make("br"), clock.says] : []))));
}

/** @param {any} reach */
function reachRow({ kind, value, says }) {
  const named = kind === "tel" ? make("a", { href: `tel:${value}` }, value) : kind === "url" ? make("a", { href: value, rel: "noreferrer" }, value.replace(/^https:\/\/|\/$/g, "")) : value;
  return make("li", {}, named, ...(says ? [`：${says}`] : []));
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

/** @param {string} day of this year or another */
function dayWords(day) {
  const [year, month, number] = day.split("-").map(Number);
  return `${today().startsWith(`${year}`) ? "" : `${year}年`}${month}月${number}日`;
}
