// Letters that stand open get fields for their gaps, by a script that nothing else loads (letters.js).

import { make } from "./elements.js";
import { loadScript } from "./lazy.js";

/** @param {import("./letters.js").OpenWalk} walk */
export async function fillLetters(walk) {
  for (const box of walk.section?.querySelectorAll(".letter[open]") || []) {
    box.querySelector(".notice")?.remove();
    await loadScript("act.js", "MingluAct").then((act) => act.letter(box, walk)).catch(({ message }) =>
      box.append(make("p", { className: "notice" }, message, make("button", { "data-do": "fill" }, "重试"))));
  }
}
