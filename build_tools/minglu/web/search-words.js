// A query → the words of the index that it is made of, as few as possible; and what is left over, which is no word of this site: it is never
// looked up character by character.

import { measures } from "./search-numerals.js";
import { isWritten } from "./search-vocabulary.js";

/** @typedef {import("./search-vocabulary.js").Vocabulary} Vocabulary */

const LONGEST = 12; // characters of a word
const SAYS_NOTHING = new Set([
  ..."的了吗呢吧啊呀嘛么我你他她它您能会是在有要也就都还又被把给和与跟对从到这那上下里去来个想请该让说叫等着过得地之于及或不没无未很太再只内外前后时",
  ..."怎么 怎么办 怎样 怎么样 什么 可以 如何 多久 哪里 哪个 一个 还是 为什么 应该 是不是 能不能 有没有 我们 他们 你们 自己 一下 这个 那个 请问".split(" "),
  ..."老是 总是 一直 已经 需要 关于 没有 不能 不会 不让 不给 了吗 出来 起来 问题".split(" "),
]);
const TELLING = new Set("修换退赔坏卖买骗锁寄丢裂碎漏卡"); // characters that say something alone

const MEASURE = /(?<number>\d{1,4}|[一二两三四五六七八九十百]+)(?<unit>个月|天|日|月|年|次|倍|周|小时)/uy;
const COST = { word: 1, tag: 0.9, nothing: 0.6, telling: 1.5, left: 3 };

/**
 * @param {string} text
 * @param {Vocabulary} vocabulary
 * @returns {{ words: string[][], phrases: string[], unknown: string[] }} each word in its writings
 */
export function cut(text, vocabulary) {
  /** @type {string[][]} */
  const words = [];
  /** @type {string[]} */
  const unknown = [];
  /** @type {string[]} */
  const phrases = [];
  /** @type {string[][]} */
  const alone = []; // characters that say something only where nothing else does
  for (const run of text.match(/[\p{sc=Han}a-z0-9]+/gu) ?? []) {
    let [left, phrase, together] = ["", "", 0];
    const endPhrase = () => {
      if (together > 1) phrases.push(phrase);
      [phrase, together] = ["", 0];
    };
    const leave = () => {
      if (left) (isWritten(left, vocabulary) ? (left.length > 1 ? words : alone).push([left]) : unknown.push(left));
      left = "";
    };
    for (const { forms, cost } of fewestPieces(run, vocabulary)) {
      if (cost === COST.left) {
        left += forms[0];
        endPhrase();
        continue;
      }
      leave();
      if (cost === COST.nothing) endPhrase();
      else {
        words.push(forms, ...partsOf(forms[0], vocabulary));
        [phrase, together] = [phrase + forms[0], together + 1];
      }
    }
    leave();
    endPhrase();
  }
  return { words: words.length || unknown.length ? words : alone, phrases, unknown };
}

/**
 * The words in the name of a law: who types 手机三包 means the thing more often than the paper.
 * @param {string} name
 * @param {Vocabulary} vocabulary
 * @returns {string[][]}
 */
function partsOf(name, vocabulary) {
  const isLaw = (/** @type {string} */ word) => vocabulary.laws.some(({ names }) => names.includes(word));
  if (!isLaw(name)) return [];
  const parts = fewestPieces(name, vocabulary, isLaw);
  return parts.filter(({ cost }) => cost < COST.left && cost !== COST.nothing).map(({ forms }) => forms);
}

/** @typedef {{ forms: string[], cost: number, end: number }} Piece */

/**
 * @param {string} run
 * @param {Vocabulary} vocabulary
 * @param {(word: string) => boolean} leftOut
 * @returns {Piece[]}
 */
function fewestPieces(run, vocabulary, leftOut = () => false) {
  /** @type {{ cost: number, piece: Piece | null, from: number }[]} */
  const best = [{ cost: 0, piece: null, from: 0 }];
  for (let at = 0; at < run.length; at++) {
    if (!best[at]) continue;
    for (const piece of piecesAt(run, at, vocabulary)) {
      if (leftOut(piece.forms[0])) continue;
      const cost = best[at].cost + piece.cost;
      if (!best[piece.end] || cost <= best[piece.end].cost) best[piece.end] = { cost, piece, from: at };
    }
  }
  /** @type {Piece[]} */
  const pieces = [];
  for (let at = run.length; at > 0; at = best[at].from) {
    const { piece } = best[at];
    if (piece) pieces.unshift(piece);
  }
  return pieces;
}

/**
 * @param {string} run
 * @param {number} at
 * @param {Vocabulary} vocabulary
 * @returns {Piece[]}
 */
function piecesAt(run, at, { counts, tags }) {
  /** @type {Piece[]} */
  const pieces = [];
  const known = (/** @type {string} */ word) => counts.has(word);
  MEASURE.lastIndex = at;
  const { number = "", unit = "" } = MEASURE.exec(run)?.groups ?? {};
  const measured = measures(number, unit).sort((a, b) => Number(known(b)) - Number(known(a)) || (a < b ? 1 : -1));
  const costs = measured.some((form) => tags.has(form)) ? COST.tag - 0.01 : COST.word; // before the same as a mere word
  if (measured.some(known)) pieces.push({ forms: measured, cost: costs, end: at + number.length + unit.length });
  const [token] = /^[a-z]+|^\d+/.exec(run.slice(at)) ?? [];
  if (token) return [...pieces, { forms: [token], cost: known(token) ? COST.word : COST.left, end: at + token.length }];
  for (let length = Math.min(LONGEST, run.length - at); length > 0; length--) {
    const word = run.slice(at, at + length);
    const end = at + length;
    if (SAYS_NOTHING.has(word)) pieces.push({ forms: [word], cost: COST.nothing, end });
    else if (tags.has(word)) pieces.push({ forms: [word], cost: COST.tag, end });
    else if (length > 1 && known(word)) pieces.push({ forms: [word], cost: COST.word, end });
    else if (length === 1) pieces.push({ forms: [word], cost: TELLING.has(word) && known(word) ? COST.telling : COST.left, end });
  }
  return pieces;
}
