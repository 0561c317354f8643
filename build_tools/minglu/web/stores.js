// The two texts that this site keeps in the browser's store, where a reader asked for it (keeping.js, case.js).

export const WALKS_STORE = "minglu-walks";
export const CASE_STORE = "minglu-case";
export const STORES = [WALKS_STORE, CASE_STORE];

/** @param {string} name @returns {string | null} */
export function readStore(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/**
 * Did it work? Where nothing can be stored there is nothing to forget.
 * @param {string} name
 * @param {string | null} text
 */
export function writeStore(name, text) {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
