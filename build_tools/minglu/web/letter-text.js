// A letter with gaps → what it says with what the reader typed, what is still open, and the document of it.

import { dayOf, isDay, today } from "./days.js";
import { plainText } from "./documents.js";
import { moneyShown } from "./money.js";

/**
 * @typedef {{ text: string, gap: string }} Piece of a letter as the engine gave it; `gap` is the name of what is open, "" where nothing is.
 * What a reader types is put in its place and never read again: brackets in it are text.
 * @typedef {Piece & { typed: string }} Grown
 * @typedef {Record<string, string>} Fields by the gap's name (case.js)
 * @typedef {"tel" | "number" | "sum" | "day" | "long" | "line" | "by-hand"} FieldKind
 * @typedef {{ shown: string, value: string }} Suggestion
 * @typedef {{ answers: Record<string, string>, days: { label: string, day: string }[], atHand: string[] }} Told what the walks know:
 * answers by question, days after which a right arises, titles of the evidence that is ticked
 * @typedef {import("./documents.js").Run} Run
 * @typedef {import("./documents.js").Block} Block
 */

const BLANK = "＿＿＿＿";
const GAP = /【([^【】\n]*)】|＿{4}/g;
const SIGN = /[\n，。；：、“”（）【】]/;
/** As engine/words.py has it: what a page says where the day would stand, and in place of the replies. */
export const TODAY_GAP = "今天的日期";
export const REPLIES_HERE = "（他们说过什么，就把“他们说过哪句”里那一句的回答写在这里）";

/**
 * Before Python has filled it in, the page's text has a gap for today and a sentence where the ticked replies belong.
 * @param {string} text
 * @param {string} replies
 * @param {string} now
 * @returns {Piece[]}
 */
export function piecesOf(text, replies = "", now = today()) {
  const whole = text.split("\n\n").map((part) => (part.trim() === REPLIES_HERE ? replies : part.replace(REPLIES_HERE, replies)))
    .filter(Boolean).join("\n\n").replaceAll(`【${TODAY_GAP}】`, dayWords(now));
  /** @type {Piece[]} */
  const pieces = [];
  let end = 0;
  for (const found of whole.matchAll(GAP)) {
    if (found.index > end) pieces.push({ text: whole.slice(end, found.index), gap: "" });
    end = found.index + found[0].length;
    pieces.push({ text: found[0], gap: found[1]?.trim() || nameByPlace(whole.slice(0, found.index), whole.slice(end)) });
  }
  if (end < whole.length) pieces.push({ text: whole.slice(end), gap: "" });
  return pieces;
}

/**
 * A blank that has no name is called by what stands around it.
 * @param {string} before
 * @param {string} after
 */
function nameByPlace(before, after) {
  const [left = ""] = before.split(SIGN).slice(-1);
  const [right = ""] = after.split(SIGN);
  return `${left.slice(-8)}＿＿${right.slice(0, 8)}`;
}

/**
 * What was typed into a gap; "" where it is open.
 * @param {string} gap
 * @param {Fields} fields
 */
export function typedInto(gap, fields) {
  return plainText(Object.hasOwn(fields, gap) ? fields[gap] : "").trim();
}

/**
 * The pieces with what was typed, as it is, but for a full stop that would stand twice.
 * @param {Piece[]} pieces
 * @param {Fields} fields
 * @returns {Grown[]}
 */
export function grownPieces(pieces, fields) {
  return pieces.map(({ text, gap }, place) => {
    const typed = gap && typedInto(gap, fields);
    const doubled = /^[，。；]/.test(pieces[place + 1]?.text || "");
    return { text, gap, typed: doubled ? typed.replace(/[，。；]$/, "") || typed : typed };
  });
}

/**
 * The letter as it is copied: what is open stays as its author wrote it.
 * @param {Piece[]} pieces
 * @param {Fields} fields
 */
export function letterText(pieces, fields) {
  return grownPieces(pieces, fields).map(({ text, typed }) => typed || text).join("");
}

/**
 * The names of the gaps, each once, in the order in which they stand.
 * @param {Piece[]} pieces
 */
export function gapsIn(pieces) {
  return [...new Set(pieces.flatMap(({ gap }) => gap || []))];
}

/**
 * @param {Piece[]} pieces
 * @param {Fields} fields
 */
export function openGaps(pieces, fields) {
  return gapsIn(pieces).filter((gap) => !typedInto(gap, fields));
}

/**
 * How a gap is typed: by its name, and by the unit that stands behind it in the letter. What may be a number is never read as one.
 * @param {string} gap
 * @param {Piece[]} pieces
 * @returns {FieldKind}
 */
export function fieldKind(gap, pieces) {
  const at = pieces.findIndex((piece) => piece.gap === gap);
  const unit = pieces[at + 1]?.text || "";
  if (gap.includes("身份证")) return "by-hand";
  if (/电话|手机号/.test(gap)) return "tel";
  if (/^ ?元/.test(unit)) return "sum";
  if (/^ ?(天|次|份|个月)/.test(unit)) return "number";
  if (/哪天|日期|日子|(生效|到期)日/.test(gap) && !/[、和，]/.test(gap)) return "day";
  return /经过|问题|理由|原话|原文|情况|毛病|样子|怎么|为什么|线索|清单|说明|要求|材料|什么|方案|依据/.test(gap) ? "long" : "line";
}

/**
 * What a browser may offer of the reader's own; nothing of others, and nothing else.
 * @param {string} gap
 */
export function autocompleteOf(gap) {
  return OWN.get(gap) || "off";
}

const OWN = new Map(Object.entries({ 姓名: "name", 电话: "tel", 住址: "street-address" }));

/**
 * The choices that a gap names itself: 【退货、换货还是修理】.
 * @param {string} gap
 * @returns {string[]}
 */
export function choicesIn(gap) {
  if (!gap.includes("还是") || gap.includes("，")) return [];
  const choices = gap.split(/、|还是/).filter((one) => one && !/多少|什么|哪/.test(one));
  return choices.length > 1 ? choices : [];
}

/** Gap → the questions whose exact answer may be what it asks for. */
const ANSWERED = new Map(Object.entries({
  金额: ["price", "fee", "premium", "plan-fee", "deal-price"],
  哪天买的: ["invoiced"],
  哪天收到: ["received"],
  哪天发现: ["found", "knew"],
  哪天坏的: ["found", "accident"],
  哪天送修: ["sent"],
}));
const WEEK = 7;

/**
 * What a reader may put into a gap by one tap. Nothing is filled in by itself.
 * @param {string} gap
 * @param {Told} told
 * @param {string} now
 * @returns {Suggestion[]}
 */
export function suggestionsFor(gap, { answers, days, atHand }, now = today()) {
  const choices = choicesIn(gap).map((value) => ({ shown: value, value }));
  if (choices.length) return choices;
  if (gap === "附上哪些材料") return atHand.length ? [{ shown: "用勾好的证据", value: atHand.join("、") }] : [];
  if (/^哪天前/.test(gap)) {
    const later = days.filter(({ day }) => day > now).slice(0, 2);
    return [{ label: "7 天后", day: daysLater(now, WEEK) }, ...later].map(({ label, day }) => ({ shown: `${dayWords(day)}（${label}）`, value: dayWords(day) }));
  }
  const known = (ANSWERED.get(gap) || []).map((question) => answerWords(Object.hasOwn(answers, question) ? answers[question] : ""));
  return [...new Set(known.filter(Boolean))].map((value) => ({ shown: `${value}（你答过）`, value }));
}

/** @param {string} answer an exact day or sum as one writes it; "" for anything else */
function answerWords(answer) {
  return isDay(answer) ? dayWords(answer) : /^\d+\.\d\d$/.test(answer) ? moneyShown(answer).replace(" 元", "") : "";
}

/**
 * A day that was typed, as it stands in a letter; "" for what cannot be read. What is to be done lies ahead, what was is past.
 * @param {string} gap
 * @param {string} text
 * @param {string} now
 */
export function dayTyped(gap, text, now = today()) {
  const ahead = /前|最后|到期|说好/.test(gap);
  const hasYear = /\d{4}/.test(text.normalize("NFKC"));
  const day = dayOf(text, ahead && !hasYear ? `${now.slice(0, 4)}-12-31` : now);
  const next = ahead && !hasYear && day && day < now ? `${Number(day.slice(0, 4)) + 1}${day.slice(4)}` : day;
  return isDay(next) ? dayWords(next) : "";
}

/** @param {string} day `2026-11-30` → 2026年11月30日 */
export function dayWords(day) {
  const [year, month, number] = day.split("-").map(Number);
  return `${year}年${month}月${number}日`;
}

/** @param {string} day @param {number} count */
export function daysLater(day, count) {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/**
 * As engine/document.py lays out a letter: whom it is to at the margin, day and names to the right.
 * @param {string} title
 * @param {Piece[]} pieces
 * @param {Fields} fields
 * @returns {Block[]}
 */
export function letterBlocks(title, pieces, fields) {
  const paragraphs = paragraphsOf(grownPieces(pieces, fields));
  return [titleBlock(title), ...paragraphs.map((lines, number) => {
    const closing = 0 < number && number === paragraphs.length - 1 && lines.length > 1;
    return block("line", lines.map((parts) => lineOf(parts, { first: number === 0, closing })));
  })];
}

/**
 * An empty line of the author's parts the paragraphs. What is typed stays in one piece.
 * @param {Grown[]} pieces
 * @returns {Grown[][][]} paragraphs of lines
 */
function paragraphsOf(pieces) {
  /** @type {Grown[][]} */
  const lines = [[]];
  for (const piece of pieces) {
    const parts = piece.gap ? [piece.text] : piece.text.split("\n");
    parts.forEach((text, place) => {
      if (place) lines.push([]);
      if (text) lines[lines.length - 1].push({ ...piece, text });
    });
  }
  /** @type {Grown[][][]} */
  const paragraphs = [[]];
  for (const line of lines) {
    if (line.some(({ text }) => text.trim())) paragraphs[paragraphs.length - 1].push(line);
    else paragraphs.push([]);
  }
  return paragraphs.filter((one) => one.length);
}

/**
 * @param {Grown[]} parts
 * @param {{ first: boolean, closing: boolean }} place
 * @returns {import("./documents.js").Line}
 */
function lineOf(parts, { first, closing }) {
  const written = parts.map(({ text }) => text).join("");
  const runs = runsOf(parts);
  if (closing) return { runs, align: written.startsWith("附") ? "left" : "right", indent: false };
  return { runs, align: "left", indent: !(first && written.endsWith("：")) };
}

/**
 * A blank without a name stays a blank.
 * @param {Grown[]} parts
 */
function runsOf(parts) {
  /** @type {Run[]} */
  const runs = [];
  for (const { text, gap, typed } of parts) {
    const isOpen = Boolean(gap) && !typed && text !== BLANK;
    const shown = isOpen ? gap : typed || text;
    const last = runs[runs.length - 1];
    if (!isOpen && last && !last.gap) last.text += shown;
    else runs.push({ text: shown, bold: false, gap: isOpen });
  }
  return runs;
}

/** @param {string} title @returns {Block} */
function titleBlock(title) {
  return block("title", [{ runs: [{ text: title, bold: false, gap: false }], align: "center", indent: false }]);
}

/** @param {Block["kind"]} kind @param {Block["lines"]} lines @returns {Block} */
function block(kind, lines = []) {
  return { kind, lines, rows: [], widths: [] };
}

const EVIDENCE_HEADS = ["编号", "页码", "证据名称", "证据来源", "拟证明事项"];

/**
 * Several letters, each on a page of its own, and the list of the evidence: what is at hand comes first, the rest is still to be got.
 * @param {{ title: string, pieces: Piece[] }[]} letters
 * @param {{ title: string, detail: string, atHand: boolean }[]} evidence
 * @param {Fields} fields
 * @returns {Block[]}
 */
export function packetBlocks(letters, evidence, fields) {
  const parts = letters.map(({ title, pieces }) => letterBlocks(title, pieces, fields));
  if (evidence.length) parts.push([titleBlock("证据清单"), evidenceTable(evidence)]);
  return parts.flatMap((blocks, number) => (number ? [block("break"), ...blocks] : blocks));
}

/** @param {{ title: string, detail: string, atHand: boolean }[]} evidence @returns {Block} */
function evidenceTable(evidence) {
  const cell = (/** @type {string} */ text, head = false) =>
    ({ lines: [{ runs: text ? [{ text, bold: false, gap: false }] : [], align: /** @type {const} */ ("left"), indent: false }], head, span: 1 });
  const begun = evidence.some(({ atHand }) => atHand);
  const ordered = [...evidence.filter(({ atHand }) => atHand), ...evidence.filter(({ atHand }) => !atHand)];
  const rows = ordered.map(({ title, detail, atHand }, place) =>
    ({ cells: [String(place + 1), "", begun && !atHand ? `${title}（还没有）` : title, "", detail].map((text) => cell(text)) }));
  return { kind: "table", lines: [], rows: [{ cells: EVIDENCE_HEADS.map((text) => cell(text, true)) }, ...rows], widths: [1, 1, 4, 2, 5] };
}
