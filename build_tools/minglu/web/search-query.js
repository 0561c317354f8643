// What a reader types into the search → what the index is asked for, which articles that cites, and what is said of words that no page has:
// they are named, and where nothing else is left, what is written like them stands in.

import { citedIn } from "./search-citations.js";
import { plainly } from "./search-vocabulary.js";
import { cut } from "./search-words.js";

/**
 * @typedef {import("./search-vocabulary.js").Vocabulary} Vocabulary
 * @typedef {import("./search-citations.js").Cited} Cited
 * @typedef {{ forms: string[], weight: number }} Wanted a word in all its writings, and how telling it is
 * @typedef {object} Understood
 * @property {string} ask in the syntax of Material's worker
 * @property {Wanted[]} wanted
 * @property {Wanted[]} phrases words that stood together
 * @property {Cited[]} articles
 * @property {string} name the whole, without marks: a page may be called so
 * @property {string} says what stands over the results
 * @property {number} atMost how many pages are shown
 * @property {number} weak of the best page's score: below, a page is left out
 */

const MOST = 100; // characters of a query; who pastes a letter has the citations checked on a page of its own
const NAMED = 3; // unknown words
const PAGES = 20;
const NEIGHBOURS = 3;
const ALIKE = 0.6; // of two words' characters are the same
const WEAK = 0.12; // a page has little to do with it
const FAR = 0.5; // the same for what only stands in for an unknown word
const ENDS = "々"; // stands on no page: behind a word, it makes Material look up the word's own last character too
const FOR_THE_LOST = ["不知道"]; // what the pages for readers who cannot tell where they belong are found by

/**
 * @param {string} typed
 * @param {Vocabulary} vocabulary
 * @returns {Understood}
 */
export function understood(typed, vocabulary) {
  const text = plainly(typed).slice(0, MOST);
  const { articles, says } = citedIn(text, vocabulary.laws);
  const { words, phrases, unknown } = cut(text, vocabulary);
  const wanted = words.map((forms) => weighed(forms, vocabulary));
  const query = {
    ask: asked(wanted, vocabulary),
    wanted,
    phrases: phrases.map((one) => ({ forms: [one], weight: 1 })),
    articles,
    name: text.replace(/[\s《》]/g, ""),
    says,
    atMost: says ? NEIGHBOURS : PAGES,
    weak: WEAK,
  };
  if (says || articles.length || !unknown.length) return query;
  const named = `没有“${unknown.slice(0, NAMED).join("”“")}”这个词`;
  if (wanted.length) return { ...query, says: `${named}，下面找的是其余的字：` };
  const near = nearby(unknown, vocabulary).map((word) => weighed([word], vocabulary));
  const over = near.length ? `${named}，也许你要找：` : `${named}。`;
  return { ...query, ask: asked(near, vocabulary), wanted: near, says: over, atMost: NEIGHBOURS, weak: FAR };
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
 * @param {Vocabulary} vocabulary
 */
function asked(wanted, { counts }) {
  const held = wanted.flatMap(({ forms }) => (forms.length > 1 ? forms.filter((form) => counts.has(form)) : forms));
  const terms = held.flatMap((form) => form.match(/\p{sc=Han}+|[a-z0-9]+/gu) ?? []);
  return [...new Set(terms)].map((term) => (/\p{sc=Han}/u.test(term) ? `${term}${ENDS}^10` : `${term}^10 ${term}`)).join(" ");
}

/**
 * Words that are written like those that no page has; where there are none, the way for those who are lost.
 * @param {string[]} unknown
 * @param {Vocabulary} vocabulary
 */
function nearby(unknown, { counts, tags }) {
  const near = [...counts.keys()].filter((word) => word.length > 1 && /\p{sc=Han}/u.test(word))
    .map((word) => ({ word, like: Math.max(...unknown.map((one) => alike(one, word))) }))
    .filter(({ like }) => like >= ALIKE)
    .sort((a, b) => b.like - a.like || Number(tags.has(b.word)) - Number(tags.has(a.word)));
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
