// A file made here → the reader's device.

import { make } from "./elements.js";

/** What a reader is told where `isInApp`. */
export const OUT_OF_APP = "在右上角菜单里选『在浏览器打开』再下载";

/** Browsers inside other apps, WeChat before all, which save no file: there offer copying, and OUT_OF_APP. */
export function isInApp() {
  return /MicroMessenger|\bQQ\/|AlipayClient|Weibo/i.test(navigator.userAgent);
}

/**
 * @param {string} name with its ending
 * @param {Blob} blob
 */
export function saveFile(name, blob) {
  const href = URL.createObjectURL(blob);
  make("a", { href, download: safeName(name) }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60e3);
}

/**
 * As every system takes it. It begins with no dot, which would hide the file.
 * @param {string} name with its ending
 */
export function safeName(name) {
  const at = name.lastIndexOf(".");
  const [stem, ending] = at < 0 ? [name, ""] : [name.slice(0, at), name.slice(at)];
  const plain = stem.replace(/[\\/:*?"<>|\p{C}]+/gu, " ").replace(/\s+/g, " ").replace(/^[. ]+|[. ]+$/g, "");
  return ([...plain].slice(0, 60).join("").trim() || "文书") + ending;
}
