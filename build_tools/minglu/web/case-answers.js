// What only the engine can tell about a case, and the data that it needs. Between the page of the case and Python.

import { today } from "./days.js";
import { pythonOf } from "./python.js";
import { Reckoning } from "./reckoning.js";

/** @typedef {{ trees: Record<string, { file: string, title: string }>, calendar: string, library: string, script: string, style: string }} CaseParts
 * of the page: the files of each tree, and their titles */

/** One for the visit. */
export class CaseAnswers {
  /** @param {CaseParts} parts */
  constructor(parts) {
    this.parts = parts;
    this.data = new Reckoning();
    /** @type {Map<string, Promise<any>>} what the engine holds, or will */
    this.loaded = new Map();
    /** @type {any} channels and evidence, once they are there */
    this.ladder = { channels: [], evidence: [] };
    /** @type {Promise<any> | null} */
    this.coming = null;
  }

  /**
   * @param {(event: import("./reckoning.js").News) => void} listener
   * @param {boolean} asked by the reader, also where they save data, and after a failure
   */
  start(listener, asked = false) {
    this.data.listener = (event) => {
      if (event.type === "failed") this.loaded.clear(); // the next engine will be a fresh one
      listener(event);
    };
    this.data.start(asked);
  }

  /** Channels and evidence, whose names the page shows before Python is there. Rejects with one sentence. */
  async loadLadder() {
    this.coming = this.coming || this.data.data(this.parts.library, "途径和证据的数据");
    try {
      this.ladder = await this.coming;
    } catch (error) {
      this.coming = null;
      throw error;
    }
  }

  /**
   * The engine's answer about a case; rejects with an Error whose message is one sentence.
   * @param {"case" | "chronology" | "papers" | "paper"} what
   * @param {import("./case.js").Case} case_
   * @param {object} more of the request
   */
  async about(what, case_, more = {}) {
    const trees = Object.keys(case_.walks).filter((tree) => this.parts.trees[tree]);
    const papers = what.startsWith("paper") ? [this.once("papers", () => this.loadPapers())] : [];
    await Promise.all([this.once("library", () => this.loadLibrary()), ...papers, ...trees.map((tree) => this.once(tree, () => this.loadTree(tree)))]);
    return this.asked({ ...more, do: what, case: case_, today: today() });
  }

  /**
   * The case that a file holds. Rejects with one sentence.
   * @param {string} text
   * @returns {Promise<{ case: import("./case.js").Case, saved: string }>}
   */
  read(text) {
    return this.asked({ do: "read-case", text });
  }

  /** @param {string} name @param {() => Promise<any>} load */
  async once(name, load) {
    const loading = this.loaded.get(name) || load();
    this.loaded.set(name, loading);
    try {
      await loading;
    } catch (error) {
      this.loaded.delete(name);
      throw error;
    }
  }

  async loadLibrary() {
    const [calendar] = await Promise.all([this.data.data(this.parts.calendar, "节假日表"), this.loadLadder()]);
    return this.asked({ do: "load", ladder: this.ladder, calendar });
  }

  async loadPapers() {
    return this.asked({ do: "load", papers: await this.data.data("papers.json", "文书的数据") });
  }

  /** @param {string} tree */
  async loadTree(tree) {
    return this.asked({ do: "load", tree: await this.data.data(this.parts.trees[tree].file, "决策树的数据") });
  }

  /** @param {object} request */
  async asked(request) {
    const answer = await pythonOf().ask(request);
    if (answer.problem) throw new Error(answer.problem.says);
    return answer;
  }
}
