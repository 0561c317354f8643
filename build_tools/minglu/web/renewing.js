// A deploy in the middle of a visit: a page never runs with the files of another version. It is loaded anew, once, with all its steps,
// which stand in its address.

import { scriptName } from "./site.js";

const MARK = "mingluRenewed";
const renewed = Boolean(globalThis.history?.state?.[MARK]);

/** Whether this page was just loaded anew. */
export function wasRenewed() {
  return renewed;
}

/** Loads the page anew; not twice for one place in the browser's history. */
export function renewPage() {
  if (renewed) return false;
  // Until this page is gone, Material may write the reader's place in it over the mark.
  const { replaceState } = history;
  history.replaceState = (state, ...rest) => replaceState.call(history, { ...state, [MARK]: true }, ...rest);
  history.replaceState(history.state, "");
  location.reload();
  return true;
}

/**
 * Whether the page that the host has by now is another one than this: it names another script, or other data.
 * @param {string} data
 */
export async function siteHasChanged(data) {
  if (location.protocol === "file:" || !scriptName()) return false;
  try {
    const response = await fetch(location.pathname + location.search, { cache: "no-cache" });
    const page = response.ok ? await response.text() : "";
    return page.includes("<tree-walk") && !(page.includes(scriptName()) && page.includes(data));
  } catch {
    return false;
  }
}
