// What a reader asked to keep on this device: their walks, as fragments by tree, and the case (case.js), in the browser's store.

import { readAddress, writeAddress } from "./address.js";
import { walksOfVisit } from "./visit.js";

const STORE = "minglu-walks";
export const CASE_STORE = "minglu-case";
/** For how long what was forgotten or deleted can be brought back, in milliseconds. */
export const UNDO_TIME = 10_000;

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

/** Walks or what goes with them: for the reader it is one case. */
export function keepsAny() {
  return Object.keys(keptWalks()).length > 0 || Boolean(readStore(CASE_STORE));
}

/**
 * Did it work?
 * @param {string} tree
 * @param {string | null} fragment null takes the walk out
 */
export function keepWalk(tree, fragment) {
  const walks = keptWalks();
  if (fragment) walks[tree] = fragment;
  else delete walks[tree];
  return writeStore(STORE, JSON.stringify(walks));
}

/**
 * What is at hand is the same in all trees: what was unticked in one is taken out of the others.
 * @param {string[]} gone
 */
export function dropEvidence(gone) {
  const without = (/** @type {string} */ fragment) => {
    const link = readAddress(fragment);
    if (link.kind !== "walk" || !link.ticks.evidence.some((id) => gone.includes(id))) return fragment;
    return writeAddress(link.version || "", link.answers, { ...link.ticks, evidence: link.ticks.evidence.filter((id) => !gone.includes(id)) });
  };
  for (const [tree, fragment] of walksOfVisit()) walksOfVisit().set(tree, without(fragment));
  for (const [tree, fragment] of Object.entries(keptWalks())) if (without(fragment) !== fragment) keepWalk(tree, without(fragment));
}

/** Everything, of this visit and on the device. What is returned brings it back. */
export function forgetAll() {
  const walks = [...walksOfVisit()];
  const texts = [STORE, CASE_STORE].map((name) => ({ name, text: readStore(name) }));
  walksOfVisit().clear();
  for (const { name } of texts) writeStore(name, null);
  dispatchEvent(new CustomEvent("minglu-forget")); // for what else on the site holds something
  return () => {
    for (const [tree, fragment] of walks) walksOfVisit().set(tree, fragment);
    for (const { name, text } of texts) writeStore(name, text);
    dispatchEvent(new CustomEvent("minglu-recall"));
  };
}

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
