// A query → the articles that it cites, in whatever way: 消法第24条, 《民法典》第五百八十二条, 三包21, 55条. More is taken for a citation than in
// running text (engine/citations.py): who types a law and a number means the article.

import { numberOf } from "./search-numerals.js";

/**
 * @typedef {import("./search-vocabulary.js").Law} Law
 * @typedef {{ law: Law, number: string }} Cited
 */

const ARTICLES = 5;
const NUMBER = /(?<the>第)?(?<number>\d+|[零一二三四五六七八九十百千]+)(?<unit>条(?![件例])(?:之(?<inserted>[一二三四五六七八九十]))?)?/gu;
const GOES_ON = /^(?:[、,和及与至到~-]|$)/u; // what may stand behind a number without 条
const CITES_ON = /^(?:[、,和及与至到~-]|以及)+$/u; // between two articles of one law
const GOES_ON_WITH = /^(?:[^\p{sc=Han}]|$|[款项第的之是怎说讲规吗呢和与及至到]|以及)/u; // and behind 55条
const NAMES_LAW = /[\p{sc=Han}()]*(?:法典?|条例|规定|办法|解释|三包)$/u;

/**
 * A name, or the end of one, before a number; without a name, all articles of that number.
 * @param {string} text
 * @param {Law[]} laws
 * @returns {{ articles: Cited[], says: string }}
 */
export function citedIn(text, laws) {
  const line = withoutMarks(text);
  const named = laws.flatMap((law) => law.names.map((name) => ({ name: withoutMarks(name), law })))
    .sort((a, b) => b.name.length - a.name.length);
  /** @type {Cited[]} */
  const articles = [];
  /** @type {Law[]} */
  let before = []; // the laws of the citation before
  let done = 0;
  let says = "";
  for (const match of line.matchAll(NUMBER)) {
    const { the = "", number, unit = "", inserted = "" } = match.groups ?? {};
    const end = match.index + match[0].length;
    const since = line.slice(done, match.index);
    const after = line.slice(end);
    if (!unit && (/^[款项]/.test(after) || !(GOES_ON.test(after) && (the || /^\d/.test(number) || number.length > 1)))) continue;
    if (unit && !the && !GOES_ON_WITH.test(after)) continue;
    const value = numberOf(number);
    const article = `${value}${inserted && "之"}${inserted}`;
    const exactly = named.find(({ name }) => since.endsWith(name));
    const name = exactly?.name ?? NAMES_LAW.exec(since)?.[0] ?? "";
    const meant = exactly ? [exactly.law] : lawsLike(name, named);
    const own = before.length && CITES_ON.test(since) ? before : meant;
    if (!value || (!own.length && !unit) || (!own.length && !the && !/^\d/.test(number))) continue;
    const among = own.length || name ? own : laws;
    const held = among.filter((law) => law.articles.has(article))
      .sort((a, b) => (b.cited[article] ?? 0) - (a.cited[article] ?? 0));
    if (!held.length) says ||= name || !own.length ? `站内没有收“${name}第${article}条”。` : says;
    articles.push(...held.map((law) => ({ law, number: article })));
    [before, done] = [own, end];
  }
  return { articles: articles.slice(0, ARTICLES), says: articles.length ? "" : says };
}

/** @param {string} text */
function withoutMarks(text) {
  return text.replace(/[\s《》<>]/g, "");
}

/**
 * @param {string} name as somebody shortened it
 * @param {{ name: string, law: Law }[]} named
 */
function lawsLike(name, named) {
  for (let start = 0; start < name.length - 1; start++) {
    const part = name.slice(start);
    const like = named.filter((one) => one.name.includes(part)).map(({ law }) => law);
    if (like.length && NAMES_LAW.test(`的${part}`)) return [...new Set(like)];
  }
  return [];
}
