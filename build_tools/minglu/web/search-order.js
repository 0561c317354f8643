// What Material's worker found → the order in which readers see it: articles that are cited, then pages by how much they are about the words.

import { pageOf } from "./search-vocabulary.js";

/**
 * @typedef {import("./search-vocabulary.js").SearchDoc} SearchDoc
 * @typedef {import("./search-vocabulary.js").SearchedPage} SearchedPage
 * @typedef {import("./search-vocabulary.js").Section} Section
 * @typedef {import("./search-vocabulary.js").Vocabulary} Vocabulary
 * @typedef {import("./search-citations.js").Cited} Cited
 * @typedef {import("./search-query.js").Understood} Understood
 * @typedef {import("./search-query.js").Wanted} Wanted
 * @typedef {SearchDoc & { score: number, terms: Record<string, boolean> }} SearchItem
 */

const SECTIONS = 5; // of a page
const STRENGTH = { tag: 6, title: 5, heading: 3, text: 1 };

/**
 * Pages by how well they fit, the articles that are cited before them.
 * @param {SearchItem[][]} groups a page each
 * @param {Understood} query
 * @param {Vocabulary} vocabulary
 * @returns {SearchItem[][]}
 */
export function arranged(groups, query, vocabulary) {
  const fit = groups.flatMap((items) => {
    const page = vocabulary.pages.get(pageOf(items[0].location));
    return page ? [fitting(items, page, query)] : [];
  });
  const best = Math.max(0, ...fit.map(({ score }) => score));
  const pages = fit.filter(({ named, score }) => named || score > best * query.weak)
    .sort((a, b) => Number(b.named) - Number(a.named) || b.score - a.score);
  return [...query.articles.map(articleItems), ...pages.slice(0, query.atMost).map(({ items }) => items)];
}

/**
 * The page as a whole first, where its title or tags say it; else the section that says it best, which Material then shows with it.
 * @param {SearchItem[]} items
 * @param {SearchedPage} page
 * @param {Understood} query
 */
function fitting(items, page, query) {
  const wanted = [...query.wanted, ...query.phrases];
  const whole = summed(wanted, (form) => wholeStrength(page, form));
  const sections = items.filter(({ location }) => location.includes("#"))
    .map((item) => ({ ...item, tags: undefined, score: summed(wanted, (form) => sectionStrength(page.sections.get(item.location), form)) }))
    .filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).slice(0, SECTIONS);
  const top = items.filter(({ location }) => !location.includes("#")).map((item) => ({ ...item, tags: markedTags(item), score: whole }));
  const ordered = sections.length && sections[0].score > whole ? [...sections, ...top] : [...top, ...sections];
  const score = summed(wanted, (form) => strength(page, form)) * Math.min(page.boost, Math.sqrt(page.boost));
  return { items: ordered.length ? ordered : items, score, named: page.names.includes(query.name) };
}

/**
 * A tree has dozens, which nobody wants to read: only those that were asked for.
 * @param {SearchItem} item
 */
function markedTags({ tags = [] }) {
  const marked = tags.filter((tag) => tag.includes("<mark"));
  return marked.length ? marked : undefined;
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
 * @param {Wanted[]} wanted
 * @param {(form: string) => number} strengthOf
 */
function summed(wanted, strengthOf) {
  return wanted.reduce((sum, { forms, weight }) => sum + weight * Math.max(...forms.map(strengthOf)), 0);
}

/**
 * How much a page is about a word.
 * @param {SearchedPage} page
 * @param {string} word
 */
function strength(page, word) {
  const whole = wholeStrength(page, word);
  if (whole) return whole;
  const sections = [...page.sections.values()];
  if (sections.some(({ title }) => title.includes(word))) return STRENGTH.heading;
  const times = sections.reduce((sum, { text }) => sum + text.split(word).length - 1, 0);
  return times ? STRENGTH.text * (1 + Math.min(1, Math.log2(times) / 5)) : 0;
}

/**
 * @param {SearchedPage} page
 * @param {string} word
 */
function wholeStrength({ tags, sections }, word) {
  if (tags.has(word)) return STRENGTH.tag;
  const [top] = sections.values();
  return top.title.includes(word) ? STRENGTH.title : 0;
}

/**
 * @param {Section | undefined} section
 * @param {string} word
 */
function sectionStrength(section, word) {
  if (section?.title.includes(word)) return STRENGTH.heading;
  return section?.text.includes(word) ? STRENGTH.text : 0;
}
