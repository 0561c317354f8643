// What is ticked on the page of an outcome: what the other side said (a reply that is open is ticked), and the evidence at hand.
//
// A reader's ticks live in the address. A reply is called so in its own outcome only; evidence has one name on the whole site.

import { noTicks } from "./address.js";

/** @typedef {import("./address.js").Ticks} Ticks */

export class TickedHere {
  constructor() {
    /** @type {Ticks} */
    this.ticks = noTicks();
    /** @type {string | null} the outcome that the replies are of; null: the one that comes next */
    this.outcome = null;
    /** @type {string[]} those that come ticked by the reader's answers */
    this.coming = [];
  }

  /** @param {Ticks} ticks as an address has them */
  take(ticks) {
    [this.ticks, this.outcome, this.coming] = [ticks, null, []];
  }

  /**
   * What an address says of a section.
   * @param {HTMLElement | null} section
   * @returns {Ticks}
   */
  at(section) {
    const own = section?.matches(".outcome") && (this.outcome === null || this.outcome === section.id);
    return { replies: own ? this.ticks.replies : null, evidence: this.ticks.evidence };
  }

  /** @param {HTMLElement} section */
  show(section) {
    if (!section.matches(".outcome")) return;
    this.outcome = this.outcome ?? (this.ticks.replies && section.id);
    const { replies, evidence } = this.at(section);
    for (const reply of repliesIn(section)) reply.open = (replies || this.coming).includes(reply.dataset.reply || "");
    for (const box of boxesIn(section)) box.checked = evidence.includes(box.dataset.evidence || "");
    for (const fold of /** @type {NodeListOf<HTMLDetailsElement>} */ (section.querySelectorAll("details.further")))
      if (fold.querySelector("details[data-reply][open], input:checked")) fold.open = true;
  }

  /**
   * The engine has said which replies come ticked.
   * @param {HTMLElement} section
   * @param {{ id: string, ticked: boolean }[]} replies
   */
  comes(section, replies) {
    if (this.at(section).replies) return;
    this.coming = replies.filter(({ ticked }) => ticked).map(({ id }) => id);
    this.show(section);
  }

  /**
   * The reader opened or closed a reply, or ticked evidence; false where all is as it was.
   * @param {HTMLElement} section
   */
  changed(section) {
    const open = repliesIn(section).filter((reply) => reply.open).map((reply) => reply.dataset.reply || "");
    const boxes = boxesIn(section);
    const here = new Set(boxes.map((box) => box.dataset.evidence || ""));
    const checked = boxes.filter((box) => box.checked).map((box) => box.dataset.evidence || "");
    const evidence = [...this.ticks.evidence.filter((id) => !here.has(id)), ...checked];
    const was = this.at(section);
    const opened = !same(open, (was.replies || this.coming).filter((id) => repliesIn(section).some((reply) => reply.dataset.reply === id)));
    if (!opened && same(evidence, was.evidence)) return false;
    this.ticks = { replies: opened ? open : was.replies, evidence };
    if (opened) this.outcome = section.id;
    return true;
  }
}

/** @param {HTMLElement} section @returns {HTMLDetailsElement[]} */
function repliesIn(section) {
  return [.../** @type {NodeListOf<HTMLDetailsElement>} */ (section.querySelectorAll("details[data-reply]"))];
}

/** @param {HTMLElement} section @returns {HTMLInputElement[]} */
function boxesIn(section) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (section.querySelectorAll("input[data-evidence]"))];
}

/** @param {string[]} one @param {string[]} other */
function same(one, other) {
  return one.length === other.length && one.every((id) => other.includes(id));
}
