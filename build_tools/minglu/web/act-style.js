// Styles that no page loads before a script needs them.

import { make } from "./elements.js";
import { fileAddress } from "./site.js";

const STYLE_PATIENCE = 5_000;
/** @type {Map<string, Promise<unknown>>} */
const styles = new Map();

/** That of what act.js makes. */
export function actStyle() {
  return styleOf("act.css");
}

/**
 * Once a visit; without it all works the same.
 * @param {string} name plain, or with the hash of what is in it
 */
export function styleOf(name) {
  const coming = styles.get(name) || new Promise((then) => {
    const link = make("link", { rel: "stylesheet", href: fileAddress(name).href, onload: then, onerror: then });
    setTimeout(then, STYLE_PATIENCE, null);
    document.head.append(link);
  });
  styles.set(name, coming);
  return coming;
}
