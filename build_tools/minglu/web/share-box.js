// What a reader shares is chosen before anything leaves the page: the place alone, or their answers too.

import { actStyle } from "./act-style.js";
import { readAddress } from "./address.js";
import { make } from "./elements.js";
import { isInApp } from "./saving.js";

/** What a reader is told in WeChat and the like, where a link can be copied and hardly anything else works. */
export const OPEN_IN_BROWSER = "在微信这类应用里，打印和下载常常用不了：点右上角的菜单，选“在浏览器打开”。";

/**
 * @typedef {{ route: { title: string }, shared: () => string[] }} Sharing of `<tree-walk>`: the links to the place, and to it with the answers
 */

/**
 * Opens beside the button, or closes again.
 * @param {HTMLButtonElement} button
 * @param {Sharing} walk
 */
export async function shareBox(button, walk) {
  const open = button.parentElement?.querySelector(".share-box");
  if (open) return open.remove();
  await actStyle();
  const box = make("div", { className: "share-box", role: "group", "aria-label": "分享", tabIndex: -1 },
    sharedRow("只有这个位置，不带我的回答", "收到的人从这里看起，看不到你答过什么。", "只有位置的链接", walk, 0),
    ...(readAddress(new URL(walk.shared()[1]).hash).kind === "walk"
      ? [sharedRow("带上我的回答（收到的人都能看到）", "打开就是你现在看到的；过些日子再打开，会说变了什么。", "带有你的回答的链接", walk, 1)] : []),
    ...(isInApp() ? [make("p", { className: "soft" }, OPEN_IN_BROWSER)] : []));
  button.after(box);
  box.focus({ preventScroll: true });
}

/**
 * @param {string} title
 * @param {string} about
 * @param {string} label of the link, where it has to be copied by hand
 * @param {Sharing} walk
 * @param {0 | 1} place of the link among those of the walk: made when it is wanted, as a tick may change it
 */
function sharedRow(title, about, label, walk, place) {
  const said = make("p", { className: "share-said", role: "status" });
  const act = (/** @type {string} */ text, /** @type {(url: string) => Promise<unknown>} */ run) => {
    const button = make("button", { type: "button" }, text, make("span", { className: "unseen" }, `：${title}`));
    button.addEventListener("click", () => run(walk.shared()[place]));
    return button;
  };
  const copy = (/** @type {string} */ url) => copyLink(url, label, said, place === 1);
  const share = (/** @type {string} */ url) => navigator.share({ title: walk.route.title, url }).then(() => said.replaceChildren("已交给你选的应用。"), (error) => {
    if (error?.name !== "AbortError") return copy(url);
  });
  const offersShare = "share" in navigator && !isInApp();
  return make("div", { className: "share-row" }, make("b", {}, title), make("p", { className: "soft" }, about),
    make("p", { className: "share-do" }, act("复制链接", copy), ...(offersShare ? [act("分享…", share)] : [])), said);
}

/**
 * Older browsers and plain http have no clipboard: then the link stands in a field, selected.
 * @param {string} url
 * @param {string} label
 * @param {HTMLElement} said
 * @param {boolean} answers whether they are in it
 */
async function copyLink(url, label, said, answers) {
  try {
    await navigator.clipboard.writeText(url);
    said.replaceChildren(answers ? "已复制。里面有你的回答。" : "已复制。里面没有你的回答。");
  } catch {
    const field = make("input", { value: url, readOnly: true, "aria-label": label });
    said.replaceChildren(answers ? "请复制这个链接，里面有你的回答：" : "请复制这个链接，里面没有你的回答：", field);
    field.select();
  }
}
