// A document as plain data (engine/document.py) → elements, to look at and to print.

import { actStyle } from "./act-style.js";
import { make } from "./elements.js";

/**
 * @typedef {{ text: string, bold: boolean, gap: boolean }} Run `gap`: still open, and `text` is its name, shown as 【name】
 * @typedef {{ runs: Run[], align: "left" | "center" | "right", indent: boolean }} Line a paragraph
 * @typedef {{ lines: Line[], head: boolean, span: number }} Cell
 * @typedef {{ cells: Cell[] }} Row
 * @typedef {{ kind: "title" | "heading" | "line" | "table" | "note" | "break", lines: Line[], rows: Row[], widths: number[] }} Block
 * @typedef {{ name: string, title: string, blocks: Block[] }} Document `name` is that of its file, without an ending
 */

const FORBIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu; // XML takes none of these
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g; // they would turn around what follows, a sum for instance
const WITH_BOX = /([^\s（）：，。；、□☑]{0,16}[□☑])/; // a box with the word before it
const ON_A_LINE = 43; // letters of a table's 10.5 points between the margins
const HIGHEST_WHOLE = 20; // lines: Word cuts off what is higher than a page and must not be parted
/** @type {Record<string, string>} */
const TAGS = { title: "h3", heading: "h4", line: "p", note: "p" };

/**
 * What a file or a page may hold of a text that a reader typed; its lines end with "\n".
 * @param {string} text
 */
export function plainText(text) {
  return text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(FORBIDDEN, "").replace(TURNING, "");
}

/**
 * For the page, and for `printDocument`.
 * @param {Document} doc
 * @returns {HTMLElement[]}
 */
export function documentElements(doc) {
  actStyle();
  return doc.blocks.flatMap((block) => {
    if (block.kind === "table") return [tableElement(block)];
    if (block.kind === "break") return [make("hr", { className: "paper-break" })];
    return block.lines.map((line) => lineElement(line, TAGS[block.kind], `paper-${block.kind}`));
  });
}

/** @param {Line} line @param {string} tag @param {string} className @returns {HTMLElement} */
function lineElement(line, tag, className) {
  const classes = [className, line.align === "left" ? "" : `paper-${line.align}`, line.indent ? "paper-indent" : ""];
  const runs = line.runs.length ? plainJoined(line.runs).flatMap(runElements) : [make("br")];
  return make(tag, { className: classes.filter(Boolean).join(" ") }, ...runs);
}

/**
 * Runs of plain text that follow each other as one, so that a box is found behind its word.
 * @param {Run[]} runs
 */
function plainJoined(runs) {
  /** @type {Run[]} */
  const all = [];
  for (const run of runs) {
    const last = all[all.length - 1];
    if (last && !last.gap && !last.bold && !run.gap && !run.bold) last.text += run.text;
    else all.push({ ...run });
  }
  return all;
}

/** @param {Run} run @returns {(Node | string)[]} */
function runElements({ text, bold, gap }) {
  const shown = plainText(text);
  if (gap) return [make("mark", { className: "paper-gap" }, make("span", {}, `【${shown}】`))];
  if (bold) return [make("strong", {}, shown)];
  return shown.split(WITH_BOX).map((part, place) => (place % 2 ? make("span", { className: "paper-box" }, part) : part));
}

/** @param {Block} block @returns {HTMLElement} */
function tableElement(block) {
  const parts = columnParts(block);
  const columns = parts.map((part) => make("col", { width: `${Math.round(100 * part)}%` }));
  const heads = headRows(block.rows);
  const rows = block.rows.map((row, place) => rowElement(row, place < heads ? "col" : "row", staysWhole(row, parts)));
  return make("table", { className: "paper-table" }, make("colgroup", {}, ...columns),
    ...(heads ? [make("thead", {}, ...rows.slice(0, heads))] : []), make("tbody", {}, ...rows.slice(heads)));
}

/**
 * How many rows on top are of heads alone: they stand again where the table goes on over a page.
 * @param {Row[]} rows
 */
export function headRows(rows) {
  const first = rows.findIndex(({ cells }) => !cells.every(({ head }) => head));
  return Math.max(0, first);
}

/**
 * The widths of a table's columns, of 1.
 * @param {Block} block
 */
export function columnParts({ rows, widths }) {
  const most = Math.max(...rows.map(({ cells }) => cells.reduce((sum, { span }) => sum + span, 0)));
  const all = widths.length ? widths : Array(most).fill(1);
  const sum = all.reduce((total, width) => total + width, 0);
  return all.map((width) => width / sum);
}

/**
 * Whether a row is low enough to go over to the next page as a whole.
 * @param {Row} row
 * @param {number[]} parts of its columns
 */
export function staysWhole({ cells }, parts) {
  let column = 0;
  return cells.every(({ lines, span }) => {
    const wide = ON_A_LINE * parts.slice(column, (column += span)).reduce((sum, part) => sum + part, 0);
    const high = lines.map(({ runs }) => Math.ceil(runs.reduce((sum, { text }) => sum + text.length, 1) / wide));
    return high.reduce((sum, one) => sum + one, 0) <= HIGHEST_WHOLE;
  });
}

/** @param {Row} row @param {"col" | "row"} scope @param {boolean} whole */
function rowElement({ cells }, scope, whole) {
  return make("tr", whole ? { className: "paper-whole" } : {}, ...cells.map(({ lines, head, span }) =>
    make(head ? "th" : "td", { ...(head ? { scope } : {}), ...(span > 1 ? { colSpan: span } : {}) },
      ...lines.map((line) => lineElement(line, "p", "paper-cell")))));
}

let clearPrint = () => {};

/**
 * Nothing else of the page is printed. Browsers call the file that one may print to by the page's title.
 * @param {Node[]} elements
 */
export async function printDocument(elements) {
  await actStyle();
  clearPrint(); // not every browser says that a print is over
  const sheet = make("div", { className: "print-sheet" }, ...elements);
  const { title } = document;
  document.body.append(sheet);
  document.documentElement.classList.add("printing-document");
  document.title = sheet.querySelector(".paper-title")?.textContent || title;
  clearPrint = () => {
    sheet.remove();
    document.documentElement.classList.remove("printing-document");
    document.title = title;
    clearPrint = () => {};
  };
  addEventListener("afterprint", () => clearPrint(), { once: true });
  window.print();
}
