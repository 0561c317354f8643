// A document → a Word file, by the library docx, which is loaded for the first one.

import { columnParts, headRows, plainText, staysWhole } from "./documents.js";
import { loadScript } from "./lazy.js";
import { siteHas } from "./site.js";

/**
 * @typedef {import("./documents.js").Document} Document
 * @typedef {import("./documents.js").Block} Block
 * @typedef {import("./documents.js").Line} Line
 * @typedef {import("./documents.js").Run} Run
 * @typedef {import("./documents.js").Cell} Cell
 * @typedef {typeof import("docx")} Docx
 */

const CM = 567; // twentieths of a point
const PAGE = { width: 11906, height: 16838 }; // A4
const MARGIN = 2.5 * CM;
const WIDE = PAGE.width - 2 * MARGIN;
const SONG = { ascii: "Times New Roman", hAnsi: "Times New Roman", cs: "Times New Roman", eastAsia: "宋体" };
const HEI = { ...SONG, eastAsia: "黑体" };
const SIZES = { text: 24, note: 21, heading: 28, title: 36 }; // half points: 小四, 五号, 四号, 小二
const WORD_STYLES = { title: "Title", heading: "Heading1" };
const WHAT_IT_IS = "docProps/core.xml"; // the library writes the minute and an author into it

/**
 * A4, with 【name】 marked where something is still open. Rejects with an Error whose message is one sentence for the reader.
 * @param {Document} doc
 * @returns {Promise<Blob>}
 */
export async function documentFile(doc) {
  if (!siteHas("docx.js")) throw new Error("这个网站没有放上生成 Word 文件的程序，可以复制文字，或者打印。");
  /** @type {Docx} */
  const docx = await loadScript("docx.js", "docx");
  const file = new docx.Document({
    styles: wordStyles(docx),
    sections: [{
      properties: { page: { size: PAGE, margin: { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN } } },
      children: wordParts(docx, doc.blocks),
    }],
  });
  return docx.Packer.toBlob(file, undefined, [{ path: WHAT_IT_IS, data: coreProperties(plainText(doc.title)) }]);
}

/** @param {string} title */
function coreProperties(title) {
  const properties = document.implementation.createDocument("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp:coreProperties");
  const element = properties.createElementNS("http://purl.org/dc/elements/1.1/", "dc:title");
  element.textContent = title;
  properties.documentElement.append(element);
  return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + new XMLSerializer().serializeToString(properties);
}

/** @param {Docx} docx @returns {import("docx").IStylesOptions} */
function wordStyles({ AlignmentType }) {
  const black = { color: "000000", bold: true, font: HEI };
  return {
    default: {
      document: {
        run: { font: SONG, size: SIZES.text, language: { value: "zh-CN", eastAsia: "zh-CN" } },
        paragraph: { spacing: { line: 360 } },
      },
      title: { run: { ...black, size: SIZES.title }, paragraph: { alignment: AlignmentType.CENTER, spacing: { after: 240 } } },
      heading1: { run: { ...black, size: SIZES.heading }, paragraph: { spacing: { before: 240, after: 120 }, keepNext: true } },
    },
  };
}

/** @param {Docx} docx @param {Block[]} blocks */
function wordParts(docx, blocks) {
  /** @type {(import("docx").Paragraph | import("docx").Table)[]} */
  const parts = [];
  let onNewPage = false;
  /** @type {Block | null} */
  let before = null;
  for (const block of blocks) {
    if (block.kind === "break") {
      onNewPage = true;
    } else if (block.kind === "table") {
      // Word joins two tables without anything between them.
      if (onNewPage || before?.kind === "table") parts.push(new docx.Paragraph({ pageBreakBefore: onNewPage, spacing: { line: 240 } }));
      parts.push(wordTable(docx, block));
      onNewPage = false;
    } else {
      for (const line of block.lines) {
        parts.push(wordParagraph(docx, line, block.kind, onNewPage));
        onNewPage = false;
      }
    }
    before = block;
  }
  return parts;
}

/** @param {Docx} docx @param {Line} line @param {string} kind of its block, or "cell", "head" @param {boolean} onNewPage */
function wordParagraph(docx, line, kind, onNewPage = false) {
  const style = kind in WORD_STYLES ? { style: WORD_STYLES[/** @type {"title"} */ (kind)] } : {};
  const small = { size: SIZES.note };
  const about = kind === "head" ? { ...small, bold: true } : kind === "note" || kind === "cell" ? small : {};
  return new docx.Paragraph({
    ...style,
    pageBreakBefore: onNewPage,
    ...(line.align === "left" ? {} : { alignment: line.align }),
    ...(line.indent ? { indent: { firstLine: SIZES.text * 20, firstLineChars: 200 } } : {}),
    ...(kind === "cell" || kind === "head" ? { spacing: { line: 300 } } : {}),
    children: line.runs.flatMap((run) => wordRuns(docx, run, about)),
  });
}

/** @param {Docx} docx @param {Run} run @param {{ size?: number, bold?: boolean }} about */
function wordRuns(docx, { text, bold, gap }, about) {
  const shown = gap ? `【${plainText(text)}】` : plainText(text);
  return shown.split("\n").map((piece, place) => new docx.TextRun({
    ...about,
    text: piece,
    font: { hint: "eastAsia" }, // else Word takes “” and … out of the Latin font
    ...(place ? { break: 1 } : {}),
    ...(bold ? { bold } : {}),
    ...(gap ? { highlight: docx.HighlightColor.YELLOW } : {}),
  }));
}

/** @param {Docx} docx @param {Block} block */
function wordTable(docx, block) {
  const parts = columnParts(block);
  const widths = parts.map((part) => Math.floor(WIDE * part));
  const heads = headRows(block.rows);
  return new docx.Table({
    width: { size: WIDE, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    columnWidths: widths,
    margins: { top: 40, bottom: 40, left: 100, right: 100, marginUnitType: docx.WidthType.DXA },
    rows: block.rows.map((row, place) => new docx.TableRow({
      ...(place < heads ? { tableHeader: true } : {}),
      ...(staysWhole(row, parts) ? { cantSplit: true } : {}),
      children: row.cells.map((cell) => wordCell(docx, cell)),
    })),
  });
}

/** @param {Docx} docx @param {Cell} cell */
function wordCell(docx, { lines, head, span }) {
  const kind = head ? "head" : "cell";
  return new docx.TableCell({
    ...(span > 1 ? { columnSpan: span } : {}),
    verticalAlign: docx.VerticalAlignTable.CENTER,
    children: lines.length ? lines.map((line) => wordParagraph(docx, line, kind)) : [new docx.Paragraph({})],
  });
}
