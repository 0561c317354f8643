// A document as plain data (engine/document.py) → elements to look at and to print, and a Word file.

import { make } from "./elements.js";
import { loadScript } from "./lazy.js";
import { siteHas } from "./site.js";

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
  return doc.blocks.flatMap((block) => {
    if (block.kind === "table") return [tableElement(block)];
    if (block.kind === "break") return [make("hr", { className: "paper-break" })];
    return block.lines.map((line) => lineElement(line, TAGS[block.kind], `paper-${block.kind}`));
  });
}

/** @param {Line} line @param {string} tag @param {string} className @returns {HTMLElement} */
function lineElement(line, tag, className) {
  const classes = [className, line.align === "left" ? "" : `paper-${line.align}`, line.indent ? "paper-indent" : ""];
  const runs = line.runs.length ? line.runs.map(runElement) : [make("br")];
  return make(tag, { className: classes.filter(Boolean).join(" ") }, ...runs);
}

/** @param {Run} run @returns {Node | string} */
function runElement({ text, bold, gap }) {
  const shown = plainText(text);
  if (gap) return make("mark", { className: "paper-gap" }, make("span", {}, `【${shown}】`));
  return bold ? make("strong", {}, shown) : shown;
}

/** @param {Block} block @returns {HTMLElement} */
function tableElement({ rows, widths }) {
  const all = widths.reduce((sum, width) => sum + width, 0);
  const columns = make("colgroup", {}, ...widths.map((width) => make("col", { width: `${Math.round((100 * width) / all)}%` })));
  const heads = headRows(rows);
  return make("table", { className: "paper-table" }, columns,
    ...(heads ? [make("thead", {}, ...rows.slice(0, heads).map((row) => rowElement(row, "col")))] : []),
    make("tbody", {}, ...rows.slice(heads).map((row) => rowElement(row, "row"))));
}

/** How many rows are of heads alone: they stand on top, and again where the table goes on. @param {Row[]} rows */
function headRows(rows) {
  const first = rows.findIndex(({ cells }) => !cells.every(({ head }) => head));
  return first < 0 ? 0 : first;
}

/** @param {Row} row @param {"col" | "row"} scope */
function rowElement({ cells }, scope) {
  return make("tr", {}, ...cells.map(({ lines, head, span }) =>
    make(head ? "th" : "td", { ...(head ? { scope } : {}), ...(span > 1 ? { colSpan: span } : {}) },
      ...lines.map((line) => lineElement(line, "p", "paper-cell")))));
}

/**
 * The Word file. Rejects with an Error whose message is one sentence for the reader.
 * @param {Document} doc
 * @returns {Promise<Blob>}
 */
export async function documentFile(doc) {
  if (!siteHas("docx.js")) throw new Error("这个网站没有放上生成 Word 文件的程序，可以复制文字，或者打印。");
  throw new Error(doc.name);
}

/**
 * Nothing else of the page is printed.
 * @param {Node[]} elements
 */
export function printDocument(elements) {
  const sheet = make("div", { className: "print-sheet" }, ...elements);
  document.body.append(sheet);
  document.documentElement.classList.add("printing-document");
  addEventListener("afterprint", () => {
    sheet.remove();
    document.documentElement.classList.remove("printing-document");
  }, { once: true });
  window.print();
}
