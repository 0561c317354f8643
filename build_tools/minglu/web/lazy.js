// Scripts of ours that no page loads before a reader asks for what they make.

import { fileAddress, siteHas } from "./site.js";

const PATIENCE = 60_000; // for one script
const BROKEN = "要用的文件坏了，或者这个浏览器太旧，运行不了。";

/**
 * The script by its plain name, once a visit; after a failure the next call tries again. Resolves to the global that the
 * script sets; rejects with an Error whose message is one sentence for the reader.
 * @param {string} name such as "act.js"
 * @param {string} sets the global, such as "MingluAct"
 * @returns {Promise<any>}
 */
export function loadScript(name, sets) {
  const asked = scriptsAsked();
  const before = asked.get(name);
  if (before) return before;
  const loading = scriptLoaded(name, sets);
  asked.set(name, loading);
  loading.catch(() => asked.delete(name));
  return loading;
}

/**
 * A text that a script of ours holds, once a page. It is a script, as no browser fetches a file for a page that is one.
 * Rejects as `loadScript` does.
 * @param {string} file such as "outcomes/kettle.1a2b3c4d.js"
 * @param {string} sets the global that holds such texts by their keys
 * @param {string} key
 * @returns {Promise<string>}
 */
export async function loadText(file, sets, key) {
  if (heldText(sets, key) === null) await scriptArrives(file);
  const text = heldText(sets, key);
  if (text === null) throw new Error(BROKEN);
  return text;
}

/**
 * The same where it is here already, else null.
 * @param {string} sets
 * @param {string} key
 * @returns {string | null}
 */
export function heldText(sets, key) {
  const text = Reflect.get(Reflect.get(window, sets) || {}, key);
  return typeof text === "string" ? text : null;
}

/** @param {string} name @param {string} sets */
async function scriptLoaded(name, sets) {
  if (!siteHas(name)) throw new Error("这个网站没有放上这一项要用的文件。");
  await scriptArrives(name);
  // A script that arrives broken is loaded all the same, and sets nothing.
  if (!Object.hasOwn(window, sets)) throw new Error(BROKEN);
  return Reflect.get(window, sets);
}

/** @param {string} name */
async function scriptArrives(name) {
  const script = document.createElement("script");
  script.src = fileAddress(name).href;
  try {
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
      setTimeout(reject, Reflect.get(window, "MINGLU_TIME_LIMIT_MS") || PATIENCE);
      document.head.append(script);
    });
  } catch {
    throw new Error("下载中断：没有取到要用的文件。请看看网络再试一次，还不行就重新打开这一页。");
  } finally {
    script.remove(); // it has run, or never will
  }
}

/**
 * One for all scripts of a page, as more than one of them holds this module.
 * @returns {Map<string, Promise<any>>}
 */
function scriptsAsked() {
  if (!Reflect.has(window, "MingluScripts")) Reflect.set(window, "MingluScripts", new Map());
  return Reflect.get(window, "MingluScripts");
}
