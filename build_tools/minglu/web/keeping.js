// Walks that a reader asked to keep on this device: their fragments by tree, in the browser's store.

import { readAddress } from "./address.js";

const STORE = "minglu-walks";

/** @returns {Record<string, string>} */
export function keptWalks() {
  try {
    const all = Object.entries(JSON.parse(localStorage.getItem(STORE) || "{}") || {});
    return Object.fromEntries(all.filter(([, fragment]) => leadsOn(fragment)));
  } catch {
    return {};
  }
}

/**
 * Whatever else on this address can write to the store: only a fragment becomes a link, never `javascript:…&a=1&…`.
 * @param {unknown} fragment
 */
function leadsOn(fragment) {
  if (typeof fragment !== "string" || fragment[0] !== "#") return false;
  const link = readAddress(fragment);
  return link.kind === "walk" && link.answers.size > 0;
}

/**
 * Did it work?
 * @param {string} tree
 * @param {string} fragment
 */
export function keepWalk(tree, fragment) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...keptWalks(), [tree]: fragment }));
    return true;
  } catch {
    return false;
  }
}

export function forgetWalks() {
  try {
    localStorage.removeItem(STORE);
    localStorage.removeItem("minglu-case"); // case.js, which may not have come
  } catch {} // where nothing can be stored there is nothing to forget
}
