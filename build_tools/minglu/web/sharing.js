// What leaves the page by the reader's own hand: a link, a letter, a calendar file, a print.

import { make } from "./elements.js";
import { saveFile } from "./saving.js";

/**
 * @param {string} title
 * @param {string} url
 * @param {(text: string, ...children: Node[]) => void} say beside the button
 */
export async function shareLink(title, url, say) {
  try {
    if (navigator.share) return await navigator.share({ title, url });
    await navigator.clipboard.writeText(url);
    say("链接已复制。里面有你的回答，收到的人都能看到。");
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return;
    const field = make("input", { value: url, readOnly: true, "aria-label": "带有你的回答的链接" });
    say("请复制这个链接，里面有你的回答：", field);
    field.select();
  }
}

/**
 * Older browsers and plain http have no clipboard: then the letter is selected, ready to be copied by hand.
 * @param {HTMLElement} button the one behind the letter
 */
export async function copyLetter(button) {
  const letter = /** @type {HTMLElement} */ (button.previousElementSibling);
  try {
    await navigator.clipboard.writeText(letter.textContent || "");
    button.textContent = "已复制，填好【】里的再发";
  } catch {
    getSelection()?.selectAllChildren(letter);
    button.textContent = "已选中，请复制；填好【】里的再发";
  }
}

/** @param {{ name: string, text: string }} file */
export function saveCalendarFile({ name, text }) {
  saveFile(name, new Blob([text], { type: "text/calendar" }));
}
