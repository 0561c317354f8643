// The documents of the search's index → what there is to ask for: words, tags, pages with their sections, laws with their articles.

/**
 * @typedef {{ location: string, title: string, text: string, tags?: string[], boost?: number }} SearchDoc
 * a section of a page, as the index has it
 * @typedef {Record<string, Record<string, number>>} CitedCounts how often an article is relied on: by its page, then by its number
 * @typedef {{ label: string, names: string[], page: string, cited: Record<string, number>, articles: Map<string, SearchDoc> }} Law
 * @typedef {{ title: string, text: string }} Section
 * @typedef {{ names: string[], tags: Set<string>, sections: Map<string, Section>, boost: number }} SearchedPage
 * the first section is its top
 * @typedef {{ counts: Map<string, number>, tags: Set<string>, pages: Map<string, SearchedPage>, laws: Law[] }} Vocabulary
 * `counts`: on how many pages a word stands
 */

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
    const page = pages.get(path) ?? { names: [wholeText(doc.title)], tags: new Set(tags), sections: new Map(), boost: doc.boost ?? 1 };
    pages.set(path, page);
    page.sections.set(doc.location, { title: wholeText(doc.title), text: wholeText(doc.text) });
    for (const word of [...tags, ...(plainly(`${doc.title} ${doc.text}`).match(/\p{sc=Han}+|[a-z0-9]+/gu) ?? [])]) {
      const on = places.get(word);
      if (on) on.add(path);
      else places.set(word, new Set([path]));
    }
  }
  const laws = lawsOf(docs, cited);
  for (const law of laws) pages.get(law.page)?.names.push(...law.names);
  const tags = new Set([...pages.values()].flatMap((page) => [...page.tags]));
  return { counts: new Map([...places].map(([word, on]) => [word, on.size])), tags, pages, laws };
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
    const number = articleOf(doc.location);
    if (!top || !number) continue;
    const [label = top.title] = top.tags ?? [];
    const names = [top.title, ...(top.tags ?? [])].map(wholeText);
    const law = laws.get(page) ?? { label, names, page, cited: cited[page] ?? {}, articles: new Map() };
    law.articles.set(number, doc);
    laws.set(page, law);
  }
  return [...laws.values()];
}

/**
 * @param {string} word
 * @param {Vocabulary} vocabulary
 */
export function isWritten(word, { pages }) {
  const stands = (/** @type {Section} */ { title, text }) => title.includes(word) || text.includes(word);
  return [...pages.values()].some(({ sections }) => [...sections.values()].some(stands));
}

/** @param {string} text */
export function plainly(text) {
  return text.normalize("NFKC").toLowerCase();
}

/**
 * Without the marks between words, and without the blanks and tags that stand between characters.
 * @param {string} text
 */
export function wholeText(text) {
  const shown = text.replace(/<[^>]*>/g, "\n").replace(/\u200b/g, "");
  return plainly(shown).replace(/(\p{sc=Han})[ \t]+/gu, "$1").replace(/[ \t]+(\p{sc=Han})/gu, "$1");
}

/** @param {string} location */
export function pageOf(location) {
  return location.split("#")[0];
}

/**
 * 24 of …#a24, 24之一 of …#a24%E4%B9%8B%E4%B8%80.
 * @param {string} location
 */
function articleOf(location) {
  const [, number = "", inserted = ""] = /#a(\d+)((?:之|%E4%B9%8B).+)?$/.exec(location) ?? [];
  return number + (/%[0-9A-F]/.test(inserted) ? decodeURIComponent(inserted) : inserted);
}
