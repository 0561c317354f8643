// An outcome → the sheet to take along: two A4 pages at most, with a code that leads back here; each letter that is open on a sheet of its own.
//
// All words on it are the engine's (docs/contribute/engine.md); here they are put on paper.

import { actStyle } from "./act-style.js";
import { caseOf } from "./case.js";
import { documentElements, printDocument } from "./documents.js";
import { make } from "./elements.js";
import { letterWritten } from "./letters.js";
import { qrElement } from "./qr.js";
import { isInApp } from "./saving.js";
import { OPEN_IN_BROWSER } from "./share-box.js";
import { siteFacts } from "./site.js";

/**
 * @typedef {{ says: string, more: string, at_hand: boolean | null }} SheetRow
 * @typedef {{ id: string, title: string, rows: SheetRow[] }} SheetPart
 * @typedef {{ title: string, tree_title: string, standing: string, says: string, warnings: string[], parts: SheetPart[], foot: string[] }} SheetTold
 * @typedef {{ result: any, section: HTMLElement | null, ticked: import("./ticks.js").TickedHere, shared: () => string[],
 *   ask: (request: Record<string, unknown>) => Promise<any>, frame: { sayBeside: (at: HTMLElement, text: string) => void } }} Standing
 * of `<tree-walk>`
 */

const LONGEST_CODE = 660; // bytes: longer, and the code's squares are too small to be read from paper
const TALLEST = 2 * 273 - 16; // millimetres of two A4 pages within their margins (walk.css), less what breaks between rows may cost
const PIXELS = 96 / 25.4; // in a millimetre

/**
 * An outcome becomes its sheet; anything else is printed as it stands, and so is an outcome that the engine cannot tell.
 * @param {HTMLElement} button
 * @param {Standing} walk
 */
export async function printPage(button, walk) {
  if (isInApp()) return walk.frame.sayBeside(button, OPEN_IN_BROWSER);
  const { replies, evidence } = walk.ticked.at(walk.section);
  const { fields } = caseOf().notes;
  const told = walk.result?.outcome && (await walk.ask({ do: "sheet", engine: siteFacts().engine, replies, evidence, fields }));
  if (!told?.parts) return window.print();
  await actStyle();
  const [place, link] = walk.shared();
  printDocument([await sheetElement(told, place, link), ...openLetters(walk.section)]);
}

/**
 * @param {SheetTold} told
 * @param {string} place
 * @param {string} link with the answers
 * @returns {Promise<HTMLElement>}
 */
export async function sheetElement(told, place, link) {
  const whole = link.length <= LONGEST_CODE;
  const code = await qrElement(whole ? link : place, "这一页的二维码").catch(() => null);
  const says = whole ? "扫码打开这一页，带着我的回答" : "扫码打开这一页；我的回答太长，没有放进去";
  const sheet = make("article", { className: "sheet" },
    ...(code ? [make("figure", {}, code, make("figcaption", {}, says))] : []),
    make("p", { className: "sheet-tree" }, told.tree_title),
    make("h1", { className: "paper-title" }, told.title),
    make("p", { className: "sheet-standing" }, make("b", {}, told.standing), told.says),
    ...told.warnings.map((line) => make("p", { className: "sheet-warning" }, line)),
    ...told.parts.map(partElement),
    make("footer", {}, ...[...told.foot, place].map((line) => make("p", {}, line))));
  fitPages(sheet);
  return sheet;
}

/** @param {SheetPart} part @returns {HTMLElement} */
function partElement({ id, title, rows }) {
  const shown = rows.map(({ says, more, at_hand: atHand }) => make("li", atHand === null ? {} : { "data-at-hand": String(atHand) },
    make("b", {}, says), ...(more ? [" ", make("span", {}, more)] : [])));
  return make("section", { className: `sheet-${id}` }, make("h2", {}, title), make(id === "now" ? "ol" : "ul", {}, ...shown));
}

/**
 * Where it is too long: smaller letters, what pieces of evidence prove, and then, from the last on, what articles say.
 * @param {HTMLElement} sheet
 */
function fitPages(sheet) {
  const measure = make("div", { className: "sheet-measure" }, sheet);
  document.body.append(measure);
  const isTooTall = () => sheet.getBoundingClientRect().height > TALLEST * PIXELS;
  const shorter = [() => sheet.classList.add("sheet-small"), () => namesOnly(sheet.querySelector(".sheet-evidence")), () => sheet.classList.add("sheet-smaller")];
  for (const step of shorter) if (isTooTall()) step();
  const articles = [...sheet.querySelectorAll(".sheet-articles li")];
  const names = make("p", { className: "sheet-more" });
  for (let first = true; articles.length && isTooTall(); first = false) {
    const row = articles.pop();
    row?.parentNode?.parentNode?.append(names);
    names.textContent = `还引用了（大意在网页上）：${row?.querySelector("b")?.textContent}${first ? "" : `、${names.textContent?.split("：")[1]}`}`;
    row?.remove();
  }
  measure.remove();
}

/** @param {Element | null} part */
function namesOnly(part) {
  for (const more of part?.querySelectorAll("li > span") || []) more.remove();
  part?.classList.add("sheet-brief");
}

/**
 * As the reader has filled them in.
 * @param {HTMLElement | null} section
 * @returns {HTMLElement[]}
 */
function openLetters(section) {
  const open = [...(section?.querySelectorAll("details.letter[open]") || [])].flatMap((box) => letterWritten(box) || []);
  return open.map((letter) => make("article", { className: "sheet-whole-letter" }, ...documentElements(letter)));
}
