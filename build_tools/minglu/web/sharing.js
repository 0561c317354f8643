// What leaves the page by the reader's own hand: a letter, a calendar file. Links and prints: act.js.

import { saveFile } from "./saving.js";

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
