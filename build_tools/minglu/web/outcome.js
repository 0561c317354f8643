// The engine's result → the page: days, what-if, ends. What is shown, in which words, is the engine's; here it is put in its place.

import { dated } from "./dated.js";
import { make } from "./elements.js";
import { otherTree } from "./route.js";
import { pageAddress } from "./site.js";

const FIRST = 5; // questions that stand open, of those that would decide

/**
 * @typedef {(question: string, answer: string) => string} LinkTo the address of a changed answer
 * @typedef {{ treeLink: (tree: string, state?: string, said?: string) => HTMLElement, findIn: (question: string) => string,
 *   without: (question: string) => string }} Page what a link to another tree is, where a question is answered, the address without its answer
 */

/**
 * @param {HTMLElement} section the one that the result belongs to
 * @param {any} result docs/contribute/engine.md
 */
export function fillResult(section, result) {
  clearResult(section);
  const left = /** @type {HTMLElement | null} */ (section.querySelector(".left"));
  if (left && result.at.kind === "question") {
    left.dataset.was = left.textContent || "";
    left.textContent = result.left.says;
    section.append(make("details", { className: "possible made" },
      make("summary", {}, `可能的结果（${result.possible.length}）`),
      make("ul", {}, ...result.possible.map((/** @type {any} */ { title }) => make("li", {}, title)))));
  }
  const { deadlines, amounts, letters } = result.outcome || { deadlines: [], amounts: [], letters: [] };
  for (const deadline of deadlines)
    if (deadline.shown) {
      for (const slot of slots(section, "deadline", deadline.id)) slot.replaceChildren(...dated(deadline));
      for (const place of section.querySelectorAll(`[data-by="${CSS.escape(deadline.id)}"]`))
        place.replaceChildren(" ", make("b", {}, deadline.shown.headline), " ", make("span", { className: `told ${deadline.verdict || ""}` }, deadline.shown.left));
      bringOut(section, deadline);
    }
  for (const amount of amounts)
    if (amount.shown) for (const slot of slots(section, "amount", amount.id)) slot.replaceChildren(summed(amount, slot.matches("[data-slot=sum]")));
  for (const letter of letters) writeLetter(section, letter);
}

/** @param {HTMLElement} section */
export function clearResult(section) {
  for (const slot of section.querySelectorAll("[data-slot], [data-by]")) slot.replaceChildren();
  for (const slot of section.querySelectorAll("[data-slot=what-if]")) /** @type {HTMLElement} */ (slot).hidden = true;
  for (const one of section.querySelectorAll("[data-was]")) one.textContent = /** @type {HTMLElement} */ (one).dataset.was || "";
  for (const button of section.querySelectorAll(".copy")) button.remove();
  for (const made of section.querySelectorAll(".possible.made")) made.remove();
}

/**
 * @param {HTMLElement} section
 * @param {any} result
 * @param {any[]} whatIf
 * @param {LinkTo} linkTo
 */
export function fillWhatIf(section, result, whatIf, linkTo) {
  const box = /** @type {HTMLElement | null} */ (section.querySelector("[data-slot=what-if]"));
  const asked = new Map(result.path.map((/** @type {any} */ step) => [step.question, step.label]));
  const elsewhere = whatIf.filter((/** @type {any} */ { leads_to: end }) => !(end.kind === "outcome" && end.id === result.at.id));
  if (!box || !elsewhere.length) return;
  const rows = () => elsewhere.map((/** @type {any} */ { question, answer, shown, leads_to: end }) =>
    make("li", {}, `${asked.get(question)} `, make("b", {}, shown), make("br"),
      make("a", { href: linkTo(question, answer) }, end.title)));
  box.hidden = false;
  box.replaceChildren(make("summary", {}, "如果我的回答不同", make("span", { className: "count" }, ` ${elsewhere.length}`)));
  box.ontoggle = () => box.matches("[open]") && !box.querySelector("ul") && box.append(make("ul", {}, ...rows())); // made when it is seen
  box.dispatchEvent(new Event("toggle"));
}

/**
 * The letter with what this reader answered, and its form for a chat; what only they know stays in 【】.
 * @param {HTMLElement} section
 * @param {{ id: string, text: string, chat: string }} letter
 */
function writeLetter(section, { id, text, chat }) {
  for (const box of section.querySelectorAll(`[data-letter="${CSS.escape(id)}"] pre`)) {
    const letter = /** @type {HTMLElement} */ (box);
    const short = letter.matches(".chat");
    if (!letter.dataset.was) letter.dataset.was = letter.textContent || "";
    letter.textContent = short ? chat : text;
    addCopyButton(letter);
  }
}

/** @param {HTMLElement} letter */
function addCopyButton(letter) {
  letter.after(make("button", { type: "button", className: "copy", "data-do": "copy" }, letter.matches(".chat") ? "复制这段话" : "复制这封信"));
}

/**
 * An item may stand twice, in different cases.
 * @param {HTMLElement} section
 * @param {"deadline" | "amount"} kind
 * @param {string} id
 */
function slots(section, kind, id) {
  return section.querySelectorAll(`[data-${kind}="${CSS.escape(id)}"] [data-slot]`);
}

const NEAR = 30; // days

/**
 * A day that lies far ahead stays folded; one that is near or has passed stands open above the fold.
 * @param {HTMLElement} section
 * @param {any} deadline
 */
function bringOut(section, { id, verdict, days }) {
  const isNear = verdict === "running" ? days !== null && days <= NEAR : verdict !== "not-yet";
  for (const block of section.querySelectorAll(`[data-comes-out][data-deadline="${CSS.escape(id)}"]`)) {
    const fold = section.querySelector(".days-ahead");
    if (isNear) fold?.before(block);
    else if (!fold?.contains(block)) fold?.append(block);
  }
}

/**
 * The sum, or how it comes about.
 * @param {any} amount
 * @param {boolean} isSum
 */
function summed({ shown, formula }, isSum) {
  return isSum ? make("b", {}, shown) : formula === shown ? "" : formula;
}

/**
 * What a walk shows that ends in several outcomes, or in another tree: what holds for all of them, what would decide, and which they are.
 * @param {any} result
 * @param {Page} page
 * @returns {HTMLElement[]}
 */
export function endsShown(result, page) {
  const isTree = result.at.kind === "tree";
  /** @type {any[]} */
  const ends = isTree ? [{ state: `tree/${result.at.id}#${result.at.state}?${new URLSearchParams(result.at.carries)}` }] : result.ends;
  const title = isTree ? "接下来换一部分继续" : ends.length === 1 ? "结果是这个，细节还定不下来" : "还定不下来：可能的结果";
  const links = ends.map(({ state, title, shown }) => {
    const other = otherTree(state);
    const standing = shown ? [make("span", {}, shown)] : [];
    const link = other ? page.treeLink(other.tree, other.state, other.said) : make("a", { href: `#${state}` }, make("b", {}, title), ...standing);
    link.className = "choice";
    return make("li", {}, link);
  });
  const list = make("ul", { className: "choices" }, ...links);
  if (isTree) return [make("h2", {}, title), list];
  return [
    make("h2", {}, title),
    ...sharedShown(result.shared),
    ...decidesShown(result.deciding, page),
    make("h3", {}, `可能的结果（${ends.length}）`),
    ...(result.shared.standing ? [make("p", { className: "range" }, result.shared.standing)] : []),
    list,
  ];
}

/**
 * @param {any} shared
 * @returns {HTMLElement[]}
 */
function sharedShown({ title, now, evidence, due, letter }) {
  const rows = now.map((/** @type {any} */ { says, source }) => make("li", {}, make("b", {}, says), ...(source ? [" ", make("small", {}, source)] : [])));
  const kept = pageAddress("evidence.html");
  const papers = evidence.flatMap((/** @type {any} */ { id, title }, /** @type {number} */ place) =>
    [place ? "、" : "", kept ? make("a", { href: `${kept}#${id}` }, title) : title]);
  if (papers.length) rows.push(make("li", {}, make("b", {}, "留证据："), ...papers));
  return [
    ...(rows.length || letter || due.length ? [make("h3", {}, title)] : []),
    ...(rows.length ? [make("ul", { className: "list" }, ...rows)] : []),
    ...(letter ? [letterShown(letter)] : []),
    ...due.map(dueShown),
  ];
}

/** @param {any} letter */
function letterShown({ id, title, text, chat }) {
  const box = make("details", { className: "letter", "data-letter": id }, make("summary", {}, title), make("pre", {}, text));
  if (chat) box.append(make("p", { className: "label" }, "聊天里发"), make("pre", { className: "chat" }, chat));
  for (const pre of box.querySelectorAll("pre")) addCopyButton(pre);
  return box;
}

/** @param {any} due */
function dueShown({ deadline, says }) {
  const day = deadline.shown ? dated(deadline) : [make("p", { className: "rule" }, deadline.how)];
  return make("div", { className: "deadline" }, make("p", { className: "label" }, make("b", {}, deadline.label)), ...day,
    make("p", { className: "only" }, says));
}

/**
 * The questions left open, what decides most first; each link goes back to its question.
 * @param {any[]} deciding
 * @param {Page} page
 * @returns {HTMLElement[]}
 */
function decidesShown(deciding, { findIn, without }) {
  if (!deciding.length) return [];
  const rows = deciding.map(({ question, label, says }) => {
    const find = findIn(question);
    return make("li", {}, make("b", {}, label), " ", make("a", { href: without(question) }, "去回答"), make("br"), says,
      ...(find ? [make("br"), make("b", {}, "在哪里找："), find] : []));
  });
  const [first, later] = [rows.slice(0, FIRST), rows.slice(FIRST)];
  const list = (/** @type {HTMLElement[]} */ some) => make("ol", { className: "decides" }, ...some);
  const fold = make("details", { className: "further" }, make("summary", {}, `其余 ${later.length} 个问题`), list(later));
  return [make("h3", {}, "弄清这些，越靠前的越管用"), list(first), ...(later.length ? [fold] : [])];
}
