// {route, cases: [{answers, today}]} from standard input → what `replay` makes of each, as a list. For test_route_agrees.py.

import { readFileSync } from "node:fs";

import { replay } from "../../build_tools/minglu/web/route.js";

const { route, cases } = JSON.parse(readFileSync(0, "utf-8"));
const found = cases.map(({ answers, today }) => {
  const { state, path, waiting, misfit } = replay(route, new Map(Object.entries(answers)), { today, known: () => undefined, pythonFailed: false });
  return { state, path, waiting, misfit };
});
process.stdout.write(JSON.stringify(found));
