// [{title, text}] from standard input → the blocks that the page makes of each letter, as a list. For test_letters_agree.py.

import { readFileSync } from "node:fs";

import { gapsIn, letterBlocks, piecesOf } from "../../build_tools/minglu/web/letter-text.js";

const letters = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(letters.map(({ title, text }) => {
  const pieces = piecesOf(text, "", "2026-11-16");
  return { blocks: letterBlocks(title, pieces, {}), gaps: gapsIn(pieces).filter((gap) => !gap.includes("＿＿")) };
})));
