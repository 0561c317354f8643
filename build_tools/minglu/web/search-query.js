// What a reader types into the search → what the index is asked for, which articles it cites, and what no page knows;
// and what the index answers → the order in which readers see it. Pure: what the index holds is an argument.
//
// A Chinese query is cut into as few words of the index as possible. What is left over is no word of this site: it is
// named, never looked up character by character, and where nothing else is left, what is written like it stands in.

/**
 * @typedef {{ location: string, title: string, text: string, tags?: string[], boost?: number }} SearchDoc
 * a section of a page, as the index has it
 * @typedef {SearchDoc & { score: number, terms: Record<string, boolean> }} SearchItem
 * @typedef {Record<string, Record<string, number>>} CitedCounts how often an article is relied on: by its page, then by its number
 * @typedef {{ label: string, names: string[], page: string, cited: Record<string, number>, articles: Map<string, SearchDoc> }} Law
 * @typedef {{ law: Law, number: string }} Cited
 * @typedef {{ tags: Set<string>, title: string, headings: string, text: string, boost: number }} SearchedPage
 * @typedef {{ counts: Map<string, number>, tags: Set<string>, pages: Map<string, SearchedPage>, laws: Law[] }} Vocabulary
 * `counts`: on how many pages a word stands
 * @typedef {{ forms: string[], weight: number }} Wanted a word in all its writings, and how telling it is
 * @typedef {{ ask: string, wanted: Wanted[], articles: Cited[], says: string, atMost: number }} Understood
 * `ask` is for Material's worker; `says` stands over what was found
 */

const LONGEST = 8; // characters of a word
const RESULTS = 20;
const NEIGHBOURS = 3;
const ARTICLES = 5;
const ALIKE = 0.6; // of two words' characters are the same
const WEAK = 0.12; // of the best page's score: below, a page has nothing to do with it
const STRENGTH = { tag: 6, title: 5, heading: 2.5, text: 1 };
const ENDS = "々"; // stands on no page: behind a word, it makes Material look up the word's own last character too
const FOR_THE_LOST = ["不知道", "怎么办"]; // what the tree for readers who cannot tell where they belong is found by

const SAYS_NOTHING = new Set([
  ..."的了吗呢吧啊呀嘛么我你他她它您能会是在有要也就都还又被把给和与跟对从到这那上下里去来个想请该让说叫等着过得地之于及或不没无未很太再只",
  ..."怎么 怎么办 怎样 怎么样 什么 可以 如何 多久 哪里 哪个 一个 还是 为什么 应该 是不是 能不能 有没有 我们 他们 你们 自己 一下 这个 那个 请问".split(" "),
  ..."老是 总是 一直 已经 需要 关于 没有 不能 不会 不让 不给 了吗 出来 起来 问题".split(" "),
]);
const TELLING = new Set("修换退赔坏卖买骗锁寄丢裂碎漏卡"); // characters that say something alone

/**
 * Whether it is worth cutting queries: what another language's index is asked goes as it was typed.
 * @param {SearchDoc[]} docs
 */
export function isChinese(docs) {
  return docs.some(({ title }) => /\p{sc=Han}/u.test(title));
}

/**
 * @param {SearchDoc[]} docs
 * @param {CitedCounts} cited
 * @returns {Vocabulary}
 */
export function vocabularyOf(docs, cited) {
  /** @type {Map<string, SearchedPage>} */
  const pages = new Map();
  /** @type {Map<string, Set<string>>} */
  const places = new Map();
  for (const doc of docs) {
    const path = pageOf(doc.location);
    const tags = (doc.tags ?? []).map(plainly);
    const page = pages.get(path);
    if (page) {
      page.headings += `\n${wholeText(doc.title)}`;
      page.text += `\n${wholeText(doc.text)}`;
    } else pages.set(path, { tags: new Set(tags), title: wholeText(doc.title), headings: "", text: wholeText(doc.text), boost: doc.boost ?? 1 });
    for (const word of [...tags, ...(plainly(`${doc.title} ${doc.text}`).match(/\p{sc=Han}+|[a-z0-9]+/gu) ?? [])]) {
      const on = places.get(word);
      if (on) on.add(path);
      else places.set(word, new Set([path]));
    }
  }
  const tags = new Set([...pages.values()].flatMap((page) => [...page.tags]));
  return { counts: new Map([...places].map(([word, on]) => [word, on.size])), tags, pages, laws: lawsOf(docs, cited) };
}

/**
 * Pages whose sections are articles (`…#a24`). They go by their title and by their tags.
 * @param {SearchDoc[]} docs
 * @param {CitedCounts} cited
 * @returns {Law[]}
 */
function lawsOf(docs, cited) {
  /** @type {Map<string, Law>} */
  const laws = new Map();
  /** @type {Map<string, SearchDoc>} */
  const tops = new Map();
  for (const doc of docs) {
    const page = pageOf(doc.location);
    const top = tops.get(page);
    if (!top) tops.set(page, doc);
    const [, number] = /#a(\d+(?:之[一二三四五六七八九十])?)$/.exec(decodeURI(doc.location)) ?? [];
    if (!top || !number) continue;
    const [label = top.title] = top.tags ?? [];
    const law = laws.get(page) ?? { label, names: [top.title, ...(top.tags ?? [])].map(wholeText), page, cited: cited[page] ?? {}, articles: new Map() };
    law.articles.set(number, doc);
    laws.set(page, law);
  }
  return [...laws.values()];
}

/**
 * @param {string} typed
 * @param {Vocabulary} vocabulary
 * @returns {Understood}
 */
export function understood(typed, vocabulary) {
  const text = plainly(typed);
  const { articles, says } = citedIn(text, vocabulary.laws);
  const { words, unknown } = cut(text, vocabulary);
  const wanted = words.map((forms) => weighed(forms, vocabulary));
  if (says) return { ask: asked(wanted), wanted, articles, says, atMost: NEIGHBOURS };
  if (articles.length || !unknown.length) return { ask: asked(wanted), wanted, articles, says, atMost: RESULTS };
  const named = `没有“${unknown.join("”“")}”这个词`;
  if (wanted.length) return { ask: asked(wanted), wanted, articles, says: `${named}，下面找的是其余的字：`, atMost: RESULTS };
  const near = nearby(unknown, vocabulary).map((word) => weighed([word], vocabulary));
  return { ask: asked(near), wanted: near, articles, says: near.length ? `${named}，也许你要找：` : `${named}。`, atMost: NEIGHBOURS };
}

/**
 * Pages by how well they fit, the articles that are cited before them.
 * @param {SearchItem[][]} groups a page each
 * @param {Understood} query
 * @param {Vocabulary} vocabulary
 * @returns {SearchItem[][]}
 */
export function arranged(groups, query, vocabulary) {
  const scored = groups.map((items) => ({ items, score: pageScore(vocabulary.pages.get(pageOf(items[0].location)), query.wanted) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const fit = scored.filter(({ score }) => score > best * WEAK).sort((a, b) => b.score - a.score);
  return [...query.articles.map(articleItems), ...fit.slice(0, query.atMost).map(({ items }) => items)];
}

/**
 * As two results, of which Material shows the last as the heading over the other: both lead to the article itself.
 * @param {Cited} cited
 * @returns {SearchItem[]}
 */
function articleItems({ law, number }) {
  const doc = law.articles.get(number);
  if (!doc) return [];
  const item = { ...doc, tags: undefined, score: 1, terms: {} };
  return [item, { ...item, title: `${law.label} ${doc.title}`, text: "" }];
}

/**
 * @param {SearchedPage | undefined} page
 * @param {Wanted[]} wanted
 */
function pageScore(page, wanted) {
  if (!page) return 0;
  let score = 0;
  for (const { forms, weight } of wanted) score += weight * Math.max(...forms.map((form) => strength(page, form)));
  return score * Math.sqrt(page.boost);
}

/**
 * How much a page is about a word.
 * @param {SearchedPage} page
 * @param {string} word
 */
function strength(page, word) {
  if (page.tags.has(word)) return STRENGTH.tag;
  if (page.title.includes(word)) return STRENGTH.title;
  const times = page.text.split(word).length - 1;
  const often = 1 + Math.min(1, Math.log2(times || 1) / 5);
  if (page.headings.includes(word)) return STRENGTH.heading * often;
  return times ? STRENGTH.text * often : 0;
}

/**
 * A word says the more, the fewer pages have it.
 * @param {string[]} forms
 * @param {Vocabulary} vocabulary
 * @returns {Wanted}
 */
function weighed(forms, { counts, pages }) {
  const on = Math.max(1, ...forms.map((form) => counts.get(form) ?? 0));
  return { forms, weight: Math.log(1 + pages.size / on) };
}

/**
 * In the syntax of Material's worker: exactly this word; for what is not Chinese, also what begins with it.
 * @param {Wanted[]} wanted
 */
function asked(wanted) {
  const terms = wanted.flatMap(({ forms }) => forms).flatMap((form) => form.match(/\p{sc=Han}+|[a-z0-9]+/gu) ?? []);
  return [...new Set(terms)].map((term) => (/\p{sc=Han}/u.test(term) ? `${term}${ENDS}^10` : `${term}^10 ${term}`)).join(" ");
}

/* Citations */

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
function citedIn(text, laws) {
  const line = text.replace(/[\s《》<>]/g, "");
  const named = laws.flatMap((law) => law.names.map((name) => ({ name: name.replace(/[\s《》<>]/g, ""), law }))).sort((a, b) => b.name.length - a.name.length);
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
    const held = among.filter((law) => law.articles.has(article)).sort((a, b) => (b.cited[article] ?? 0) - (a.cited[article] ?? 0));
    if (!held.length) says ||= name || !own.length ? `站内没有收“${name}第${article}条”。` : says;
    articles.push(...held.map((law) => ({ law, number: article })));
    [before, done] = [own, end];
  }
  return { articles: articles.slice(0, ARTICLES), says: articles.length ? "" : says };
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

/**
 * @param {string} written 24, 二十四 or 一百零五
 * @returns {number} 0 for what is none
 */
function numberOf(written) {
  if (/^\d+$/.test(written)) return written.length < 5 ? Number(written) : 0;
  let [sum, digit] = [0, 0];
  for (const sign of written) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[sign];
    if (unit) [sum, digit] = [sum + (digit || 1) * unit, 0];
    else digit = "零一二三四五六七八九".indexOf(sign);
  }
  return sum + digit;
}

/* Words */

const MEASURE = /(?<number>\d{1,4}|[一二两三四五六七八九十百]+)(?<unit>个月|天|日|月|年|次|倍|周|小时)/uy;
const COST = { word: 1, tag: 0.9, nothing: 0.6, telling: 1.5, left: 3 };

/**
 * @param {string} text
 * @param {Vocabulary} vocabulary
 * @returns {{ words: string[][], unknown: string[] }} each word in its writings
 */
function cut(text, vocabulary) {
  /** @type {string[][]} */
  const words = [];
  /** @type {string[]} */
  const unknown = [];
  /** @type {string[][]} */
  const alone = []; // characters that say something only where nothing else does
  for (const run of text.match(/[\p{sc=Han}a-z0-9]+/gu) ?? []) {
    let left = "";
    const leave = () => {
      if (left) (isWritten(left, vocabulary) ? (left.length > 1 ? words : alone).push([left]) : unknown.push(left));
      left = "";
    };
    for (const { forms, cost } of fewestPieces(run, vocabulary)) {
      if (cost === COST.left) {
        left += forms[0];
        continue;
      }
      leave();
      if (cost !== COST.nothing) words.push(forms);
    }
    leave();
  }
  return { words: words.length || unknown.length ? words : alone, unknown };
}

/** @typedef {{ forms: string[], cost: number, end: number }} Piece */

/**
 * @param {string} run
 * @param {Vocabulary} vocabulary
 * @returns {Piece[]}
 */
function fewestPieces(run, vocabulary) {
  /** @type {{ cost: number, piece: Piece | null, from: number }[]} */
  const best = [{ cost: 0, piece: null, from: 0 }];
  for (let at = 0; at < run.length; at++) {
    if (!best[at]) continue;
    for (const piece of piecesAt(run, at, vocabulary)) {
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
  const measured = measures(number, unit).filter(known);
  if (measured.length) pieces.push({ forms: measured, cost: COST.word, end: at + number.length + unit.length });
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

/**
 * 7天 is 七天, 7日 and 七日 too.
 * @param {string} number
 * @param {string} unit
 */
function measures(number, unit) {
  if (!number) return [];
  const value = numberOf(number.replace("两", "二"));
  const numbers = new Set([number, String(value), chinese(value), ...(value === 2 ? ["两"] : [])]);
  const units = unit === "天" || unit === "日" ? ["天", "日"] : unit === "月" ? ["月", "个月"] : [unit];
  return [...numbers].flatMap((one) => units.map((other) => one + other));
}

/** @param {number} value */
function chinese(value) {
  const written = [...String(value).padStart(4, "0")].map((digit, place) => (digit === "0" ? "零" : "零一二三四五六七八九"[Number(digit)] + "千百十 "[place].trim())).join("");
  return written.replace(/零+/g, "零").replace(/^零|零$/g, "").replace(/^一十/, "十");
}

/**
 * @param {string} word
 * @param {Vocabulary} vocabulary
 */
function isWritten(word, { pages }) {
  return [...pages.values()].some((page) => page.text.includes(word) || page.headings.includes(word) || page.title.includes(word));
}

/**
 * Words that are written like those that no page has; where there are none, the way for those who are lost.
 * @param {string[]} unknown
 * @param {Vocabulary} vocabulary
 */
function nearby(unknown, { counts, tags }) {
  const near = [...counts.keys()].filter((word) => word.length > 1 && /\p{sc=Han}/u.test(word))
    .map((word) => ({ word, like: Math.max(...unknown.map((one) => alike(one, word))) + (tags.has(word) ? 0.1 : 0) }))
    .filter(({ like }) => like >= ALIKE)
    .sort((a, b) => b.like - a.like);
  return near.length ? near.slice(0, NEIGHBOURS).map(({ word }) => word) : FOR_THE_LOST.filter((word) => tags.has(word));
}

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} from 0 to 1: how many of their characters they share
 */
function alike(one, other) {
  const rest = [...other];
  let shared = 0;
  for (const sign of one) {
    const at = rest.indexOf(sign);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared++;
  }
  return (2 * shared) / (one.length + other.length);
}


/** @param {string} text */
function plainly(text) {
  return text.normalize("NFKC").toLowerCase();
}

/**
 * Without the marks between words, and without the blanks and tags that stand between characters.
 * @param {string} text
 */
function wholeText(text) {
  return plainly(text.replace(/<[^>]*>/g, "\n").replace(/\u200b/g, "")).replace(/(\p{sc=Han})[ \t]+/gu, "$1").replace(/[ \t]+(\p{sc=Han})/gu, "$1");
}

/** @param {string} location */
function pageOf(location) {
  return location.split("#")[0];
}
