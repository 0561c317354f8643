// What leaves the page of the case and what comes back: a file to move, paper, the calendar; and what this device keeps.

import { documentElements, printDocument } from "./documents.js";
import { today } from "./days.js";
import { make } from "./elements.js";
import { keptWalks } from "./keeping.js";
import { OUT_OF_APP, isInApp, saveFile } from "./saving.js";
import { saveCalendarFile } from "./sharing.js";
import { walksOfVisit } from "./visit.js";
import { documentFile } from "./word-file.js";

const LARGEST_IN_CASE = 4_000_000; // characters, as of engine/case.py

export class CaseFiles {
  /**
   * @param {import("./case.js").CaseStore} store
   * @param {import("./case-answers.js").CaseAnswers} answers
   * @param {(text: string, undo?: () => void) => void} say what was done
   */
  constructor(store, answers, say) {
    this.store = store;
    this.answers = answers;
    this.say = say;
    /** @type {any} the engine's report that is shown */
    this.report = null;
    /** @type {{ case: import("./case.js").Case, saved: string } | null} what was read and waits for the reader's word */
    this.read = null;
    this.text = make("textarea", { rows: 4, "aria-label": "粘贴导出的文字", placeholder: "或者把导出的文字粘贴在这里" });
    this.file = make("input", { type: "file", accept: ".json,application/json,text/plain", "aria-label": "选导出的文件" });
    this.file.addEventListener("change", () => this.readFile());
    this.asks = make("div", { role: "status" });
    this.into = make("details", { className: "into" }, make("summary", {}, "换设备：读入导出的文件"), make("p", {}, this.file), this.text, make("p", {}, make("button", { type: "button", "data-act": "import" }, "读进来看看")), this.asks);
    this.out = make("div", {});
  }

  /** @param {any} report @returns {HTMLElement[]} */
  section(report) {
    this.report = report;
    const button = (/** @type {string} */ act, /** @type {string} */ text) => make("button", { type: "button", "data-act": act, "data-key": act }, text);
    const paper = report && report.timeline.some((/** @type {any} */ { kind }) => kind === "told" || kind === "log");
    const take = [
      ...(paper ? [button("print", "打印经过"), button("word", "经过存成 Word")] : []),
      ...(report?.calendar ? [button("calendar", "所有期限加入日历")] : []),
    ];
    const { kept } = this.store;
    const line = kept && !this.others() ? ["已记在这台设备上，之后的改动也一起记。"] : kept ? ["有的回答和这台设备上记的不一样。 ", button("keep", "改记现在的")]
      : ["还没记在这台设备上，关掉浏览器就没了。 ", button("keep", "在这台设备上记住")];
    return [
      ...(this.store.empty ? [] : [make("section", { className: "keeps", id: "keeps" }, make("h2", {}, "留着、带走"), make("p", { className: "soft" }, ...line),
        make("p", { className: "tools" }, ...take, button("export", "导出"), button("forget", "全部忘记")), this.out)]),
      this.into,
    ];
  }

  /** Whether the device keeps another walk of a tree than this visit has. */
  others() {
    const kept = keptWalks();
    return [...walksOfVisit()].some(([tree, fragment]) => kept[tree] !== fragment);
  }

  /** @param {string} act */
  act(act) {
    switch (act) {
      case "keep": return this.say(this.store.keep() ? "已记在这台设备上。" : this.store.trouble);
      case "calendar": return this.saveCalendar(this.report.calendar);
      case "print": return this.onPaper((doc) => printDocument(documentElements(doc)));
      case "word": return this.onPaper(async (doc) => saveFile(`${doc.name}.docx`, await documentFile(doc)));
      case "export": return this.save();
      case "import": return this.readText(this.text.value);
      case "take": return this.take();
      case "leave": return this.leave("没有换。");
      case "copy-out": return this.copyOut();
    }
  }

  /** @param {{ name: string, text: string }} file */
  saveCalendar(file) {
    if (isInApp()) return this.say(`这里存不了文件：${OUT_OF_APP}。`);
    saveCalendarFile(file);
    this.say("日历文件存好了，打开它就加进日历。");
  }

  /** @param {(doc: import("./documents.js").Document) => unknown} use */
  async onPaper(use) {
    try {
      const { document: doc } = await this.answers.about("chronology", this.store.whole());
      await use(doc);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  // ---- out

  save() {
    const text = JSON.stringify({ minglu: "case", saved: today(), ...this.store.whole() }, null, 1);
    if (!isInApp()) {
      saveFile(`minglu-case-${today()}.json`, new Blob([text], { type: "application/json" }));
      return this.say("存成了一个文件。里面有你写的一切，别发给不相干的人。");
    }
    const field = make("textarea", { rows: 4, readOnly: true, value: text, "aria-label": "导出的文字" });
    this.out.replaceChildren(make("p", {}, `这里存不了文件：${OUT_OF_APP}；或者复制下面的文字，在另一边粘贴。`), field, make("p", {}, make("button", { type: "button", "data-act": "copy-out" }, "复制")));
  }

  async copyOut() {
    const field = this.out.querySelector("textarea");
    try {
      await navigator.clipboard.writeText(field.value);
      this.say("复制好了。里面有你写的一切，别发给不相干的人。");
    } catch {
      field.select();
      this.say("已选中，请复制。");
    }
  }

  // ---- in

  async readFile() {
    const [file] = this.file.files;
    if (!file) return;
    this.file.value = ""; // the same one may be chosen again
    if (file.size > 4 * LARGEST_IN_CASE) return this.refuse("这份文件太大，不是从“我的案子”导出的，没有换进来；你现在的内容没有改动。");
    try {
      await this.readText(await file.text());
    } catch {
      this.refuse("这份文件没有读出来；你现在的内容没有改动。");
    }
  }

  /** @param {string} text */
  async readText(text) {
    if (!text.trim()) return this.refuse("请选一个文件，或者粘贴导出的文字。");
    this.asks.replaceChildren("正在读……");
    try {
      if (["idle", "failed"].includes(this.answers.data.state())) this.answers.data.start(true);
      this.read = await this.answers.read(text);
      this.asks.replaceChildren(make("p", {}, this.held(this.read)), make("p", { className: "row" },
        make("button", { type: "button", className: "do", "data-act": "take" }, "换成它"), make("button", { type: "button", "data-act": "leave" }, "不换")));
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {string} text */
  refuse(text) {
    this.read = null;
    this.asks.replaceChildren(make("p", { className: "problem" }, text));
  }

  /** @param {{ case: import("./case.js").Case, saved: string }} read */
  held({ case: { walks, log, fields, letters }, saved }) {
    const count = (/** @type {object} */ all, /** @type {string} */ says) => (Object.keys(all).length ? [`${Object.keys(all).length} ${says}`] : []);
    const parts = [...count(walks, "部分的回答"), ...count(log, "条日志"), ...count(letters, "封信的状态"), ...count(fields, "处填写")];
    return `${saved} 存的：${parts.join("、") || "空的"}。换成它，这一页现在的就不在了（十秒内能撤销）。`;
  }

  take() {
    if (!this.read) return;
    const before = this.store.whole();
    this.store.replace(this.read.case);
    this.leave("");
    this.say("换好了。", () => this.store.replace(before));
  }

  /** @param {string} says */
  leave(says) {
    this.read = null;
    this.text.value = "";
    this.asks.replaceChildren();
    if (says) this.say(says);
  }
}
