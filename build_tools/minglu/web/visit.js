// The walks of this visit, for all pages and for all scripts that hold this module (walks.js, act.js, case-page.js): so they stand on window.

import { readAddress } from "./address.js";

/** @returns {Map<string, string>} tree → the fragment last walked */
export function walksOfVisit() {
  return ofVisit("MingluWalks");
}

/** What is ticked as being at hand in any of them, and so in the next. */
export function evidenceOfVisit() {
  const links = [...walksOfVisit().values()].map(readAddress);
  return [...new Set(links.flatMap((link) => (link.kind === "walk" ? link.ticks.evidence : [])))];
}

/**
 * A walk led on into another tree. Its last answer stands in no address: whoever comes back is asked again.
 * @param {string} tree
 * @param {string} from its fragment, which stays
 * @param {string} to with the answer that led on
 */
export function walkedOn(tree, from, to) {
  ofVisit("MingluWalkedOn").set(tree, [from, to]);
}

/**
 * The walk with the answer by which it led on, if it did and still stands there.
 * @param {string} tree
 * @param {string} fragment
 */
export function wholeWalk(tree, fragment) {
  const [from, to] = ofVisit("MingluWalkedOn").get(tree) || [];
  return from === fragment ? to : fragment;
}

/** The fragment with which the page of the case led to a tree's page: what the device keeps goes on from it. */
export function goesOnFromCase() {
  return Reflect.get(window, "MingluGoesOn");
}

/** @param {string} name @returns {Map<string, any>} */
function ofVisit(name) {
  if (!Reflect.has(window, name)) Reflect.set(window, name, new Map());
  return Reflect.get(window, name);
}
