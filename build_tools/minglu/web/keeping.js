// What a reader asked to keep on this device: their walks, as fragments by tree, and the case (case.js), in the browser's store.

import { readAddress, writeAddress } from "./address.js";
import { CASE_STORE, readStore, STORES, WALKS_STORE, writeStore } from "./stores.js";
import { walksOfVisit } from "./visit.js";

/** For how long what was forgotten or deleted can be brought back, in milliseconds. */
export const UNDO_TIME = 10_000;

/** @returns {Record<string, string>} */
export function keptWalks() {
  try {
    const all = Object.entries(JSON.parse(readStore(WALKS_STORE) || "{}") || {});
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
  return writeStore(WALKS_STORE, Object.keys(walks).length ? JSON.stringify(walks) : null);
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
  const texts = STORES.map((name) => ({ name, text: readStore(name) }));
  walksOfVisit().clear();
  for (const { name } of texts) writeStore(name, null);
  dispatchEvent(new CustomEvent("minglu-forget")); // for what else on the site holds something
  return () => {
    for (const [tree, fragment] of walks) walksOfVisit().set(tree, fragment);
    for (const { name, text } of texts) writeStore(name, text);
    dispatchEvent(new CustomEvent("minglu-recall"));
  };
}
