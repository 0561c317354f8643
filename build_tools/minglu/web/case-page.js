// The page of the case (我的案子), and what a reader does there: an entry of the log, a tick, a change, and the way back for ten seconds.
// What is shown is made in case-sections.js.

import { styleOf } from "./act-style.js";
import { CaseAnswers } from "./case-answers.js";
import { CaseFiles } from "./case-files.js";
import { LogForm } from "./case-log.js";
import { CaseSections } from "./case-sections.js";
import { caseOf } from "./case.js";
import { today } from "./days.js";
import { make, whenWhole } from "./elements.js";
import { forgetAll, UNDO_TIME } from "./keeping.js";
import { scriptName } from "./site.js";

/** @typedef {import("./case.js").LogEntry} LogEntry */

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
function showCase(place) {
  whenWhole(async () => {
    const template = /** @type {HTMLTemplateElement | null} */ (place.querySelector("template"));
    if (!template) return;
    const parts = JSON.parse(template.content.textContent || "");
    await styleOf(parts.style);
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

class CasePage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.store = caseOf();
    /** @type {any} the engine's report on the case as it stood last */
    this.report = null;
    this.failure = "";
    this.turn = {};
    this.intro = [...place.children].filter((child) => child.matches(".lead"));
    this.body = make("div", { className: "case-body" });
    this.toast = make("p", { className: "toast", role: "status" });
    this.progress = make("p", { className: "soft progress", role: "status", hidden: true });
    this.logBox = make("section", { id: "log" }, make("h2", { tabIndex: -1 }, "记一笔"), logForm.form);
    this.sections = new CaseSections(this.store, caseAnswers);
    this.files = new CaseFiles(this.store, caseAnswers, (text, undo) => this.say(text, undo));
    this.store.place = place;
    place.replaceChildren(this.body, this.toast);
    place.addEventListener("click", (event) => this.clicked(event));
    place.addEventListener("change", (event) => this.ticked(event));
    place.addEventListener("toggle", (event) => this.sections.turned(event), true);
    place.addEventListener("input", () => (this.store.drafting = logForm.drafting));
    if (scriptName() && caseAnswers.parts.script !== scriptName()) this.say("网站刚更新过：先导出或者记在这台设备上，再刷新这一页。");
    caseAnswers.start((event) => this.heard(event));
    // Channels have names before Python is there. What does not come is asked for again with the report, and told then.
    caseAnswers.loadLadder().then(() => this.report || this.show(), () => {});
    this.changed();
  }

  /** The case is another one: what is known at once is shown, then what the engine says. */
  async changed() {
    if (!this.place.isConnected) return;
    const turn = (this.turn = {});
    this.failure = "";
    if (this.store.empty) this.report = null;
    this.show();
    if (this.store.empty || ["idle", "failed"].includes(caseAnswers.data.state())) return;
    try {
      const report = await caseAnswers.about("case", this.store.whole());
      if (turn === this.turn) this.report = report;
    } catch (error) {
      if (turn === this.turn) this.failure = error instanceof Error ? error.message : String(error);
    }
    if (turn === this.turn) this.show();
  }

  /** @param {import("./reckoning.js").News} event */
  heard(event) {
    if (event.type === "ready" && (this.failure || !this.report)) this.changed();
    else this.showProgress();
  }

  show() {
    const focused = document.activeElement instanceof HTMLElement && this.place.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    const { report } = this;
    const { ladder } = caseAnswers;
    const road = report?.road || [];
    const others = ladder.channels.filter((/** @type {any} */ { id }) => !road.some((/** @type {any} */ rung) => rung.id === id));
    logForm.offerChannels(road, others, report?.stands || "");
    if (report) logForm.offer(report);
    const above = [...this.notices(), ...(report ? this.sections.above(report) : this.sections.withoutReport())];
    const below = [...(report ? this.sections.below(report) : []), ...this.files.section(report)];
    // The form stays in the document: whoever is typing in it goes on.
    for (const one of [...this.body.children]) if (one !== this.logBox) one.remove();
    if (!this.logBox.isConnected) this.body.append(this.logBox);
    this.logBox.before(...above);
    this.logBox.after(...below);
    this.showProgress();
    if (focused) /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  }

  /** @returns {HTMLElement[]} */
  notices() {
    const notice = (/** @type {(string | Node)[]} */ ...says) => make("p", { className: "notice" }, ...says);
    const gone = Object.keys(this.store.walks()).filter((tree) => !caseAnswers.parts.trees[tree]);
    return [
      ...(this.store.empty ? this.intro : []),
      ...(this.store.trouble ? [notice(this.store.trouble)] : []),
      ...(gone.length ? [notice(`网站上已经没有这些部分：${gone.join("、")}。答过的还留着，导出时一起带走。`)] : []),
      ...(this.store.written && !this.store.kept && !this.store.trouble ? [notice("还没记在这台设备上，关掉浏览器就没了。", make("a", { href: "#keeps" }, "记住它"))] : []),
      this.progress,
    ];
  }

  showProgress() {
    const state = caseAnswers.data.state();
    const { loaded = 0, total = 0, says: why = "" } = caseAnswers.data.news;
    const failed = this.failure || (state === "failed" ? why : "");
    let says = "";
    if (this.store.empty) says = "";
    else if (state === "loading") says = `正在加载精确到天的计算${total ? ` ${Math.floor((100 * loaded) / total)}%` : ""}；记一笔现在就可以。`;
    else if (failed) says = `日期和下一步没有算出来：${failed.replace(/。$/, "")}。记一笔、导出照常可用。`;
    else if (state === "idle") says = "日期和下一步还没有算。";
    this.progress.hidden = !says;
    if (this.progress.dataset.says === says) return; // who listens has heard it
    this.progress.dataset.says = says;
    const button = make("button", { type: "button", "data-act": "load", "data-key": "load" }, failed ? "重试" : "加载精确到天的计算（几兆字节）");
    this.progress.replaceChildren(says, ...(says && state !== "loading" ? [" ", button] : []));
  }

  /**
   * What was done, in one line at the foot of the window; for ten seconds with a way back.
   * @param {string} text
   * @param {() => void} [undo]
   */
  say(text, undo) {
    const button = make("button", { type: "button" }, "撤销");
    button.onclick = () => {
      undo?.();
      this.say("撤销了。");
    };
    const line = make("span", {}, text, ...(undo ? [" ", button] : []));
    this.toast.replaceChildren(line);
    setTimeout(() => line.remove(), UNDO_TIME);
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
      case "one-day": return this.files.saveCalendar(this.report.timeline[Number(of)].calendar);
      case "leave-out": return this.leaveOut(of);
      case "sent": return this.sentLetter(of);
      case "settle": return this.settle(of);
      case "forget": return this.say("都忘记了。浏览器的历史记录里可能还有走过的网址，可以在浏览器里清除。", forgetAll());
      default: return this.files.act(act);
    }
  }

  /** @param {Event} event */
  ticked({ target }) {
    if (target instanceof HTMLInputElement && target.dataset.evidence) this.store.setEvidence(target.dataset.evidence, target.checked);
  }

  load() {
    this.failure = "";
    caseAnswers.start((event) => this.heard(event), true);
    this.changed();
  }

  /** @param {LogEntry} entry @param {LogEntry | null} old */
  saveEntry(entry, old) {
    this.store.drafting = false;
    this.store.setEntry(old, entry);
    for (const id of entry.evidence) this.store.setEvidence(id, true);
    this.say(old ? "改好了。" : "记下了。", () => this.store.setEntry(entry, old));
    this.logBox.querySelector("h2").focus({ preventScroll: true });
  }

  noEntry() {
    const { old } = logForm;
    const typed = logForm.says.value.trim();
    logForm.fill(null);
    this.store.drafting = false;
    if (typed && typed !== old?.says) this.say("没有记。", () => logForm.again(old, typed));
  }

  /** @param {LogEntry | undefined} entry */
  editEntry(entry) {
    if (!entry) return;
    logForm.fill(entry);
    this.logBox.scrollIntoView();
    logForm.says.focus({ preventScroll: true });
  }

  /** @param {LogEntry | undefined} entry */
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
}

Reflect.set(window, "MingluCasePage", showCase);
