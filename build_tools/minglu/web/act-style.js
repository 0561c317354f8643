// The style of what act.js makes, which no page loads before.

import { make } from "./elements.js";
import { fileAddress } from "./site.js";

const STYLE = "act.css";
const STYLE_PATIENCE = 5_000;
/** @type {Promise<unknown> | null} */
let style = null;

/** Without it all works the same. */
export function actStyle() {
  return (style ??= new Promise((then) => {
    const link = make("link", { rel: "stylesheet", href: fileAddress(STYLE).href, onload: then, onerror: then });
    setTimeout(then, STYLE_PATIENCE, null);
    document.head.append(link);
  }));
}
