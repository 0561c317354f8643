import assert from "node:assert/strict";
import { test } from "node:test";

import { carriedAnswers, goesOn, otherTree, replay, shownAnswer } from "../../build_tools/minglu/web/route.js";

const received = {
  kind: "date", ask: "哪天？", find: "", exact: "", unit: "", until: null, plus: null, shared: true,
  labels: { d7: "7 天以内", over: "超过 7 天", "-after-2-day..-within-15-day": "不限" },
  carries: { d7: "-within-7-day", over: "-after-7-day", "d7..over": "unsure" },
  takes: { "-within-7-day": "d7", "-after-7-day": "over", "-within-2-day": "d7", "-after-2-day..-within-15-day": "d7..over" },
  bands: [["d7", 7, 21], ["over", null, null]],
};
const choice = { ...received, kind: "choice", labels: { yes: "是", no: "否" }, carries: {}, takes: {}, bands: [] };
const route = {
  tree: "tea", version: "3fa29c1b", title: "茶", start: "received", day: "{year}-{month}-{day}",
  questions: { received, broken: choice, taste: { ...choice, shared: false } },
  states: {
    received: { node: "received", to: { d7: "broken", over: "tree/kettle#what?step=agency" }, unsure: "received:unsure" },
    broken: { node: "broken", to: { yes: "end", no: "tree/kettle#what" }, unsure: "broken:unsure" },
    end: { node: "end", case: 0 },
  },
  outcomes: { end: "完" }, shared: ["received", "broken", "price"],
  others: { kettle: { title: "壶", start: "what", own: ["price"] }, urn: { title: "炊", start: "x", own: [] } },
  parts: { tree: "", calendar: "", script: "" },
};
const walk = (answers) => replay(route, new Map(Object.entries(answers)), { today: "2026-11-16", known: () => undefined, pythonFailed: false });

test("a range is carried as its limits, all else as it is, a tree's own answers stay", () => {
  const told = [["received", "d7"], ["broken", "yes"], ["taste", "yes"], ["price", "4999"], ["nonsense", "x"]];
  assert.deepEqual(Object.fromEntries(carriedAnswers(route, told, "urn", "")), { received: "-within-7-day", broken: "yes", price: "4999" });
});

test("what another tree carried here is carried on as it came", () => {
  assert.equal(carriedAnswers(route, [["received", "-within-2-day"]], "urn", "").get("received"), "-within-2-day");
  assert.equal(carriedAnswers(route, [["received", "2026-11-10"]], "urn", "").get("received"), "2026-11-10");
});

test("a question of the other tree's own gets nothing, though it is called like a shared one", () => {
  assert.equal(carriedAnswers(route, [["price", "4999"]], "kettle", "").size, 0);
});

test("what the reader told comes before what the hand-over says", () => {
  const carried = carriedAnswers(route, [["broken", "yes"]], "kettle", "step=agency&broken=no");
  assert.deepEqual(Object.fromEntries(carried), { step: "agency", broken: "yes" });
});

test("a range that another tree carried leads where the own range leads", () => {
  assert.deepEqual([walk({ received: "-within-2-day" }).section, walk({ received: "-within-2-day", broken: "yes" }).section], ["broken", "end"]);
});

test("an answer that leads over names the other tree and what the hand-over says", () => {
  assert.deepEqual(otherTree(walk({ received: "-after-7-day" }).over), { tree: "kettle", state: "what", said: "step=agency" });
  assert.equal(walk({ received: "d7" }).over, null);
});

test("only shared questions go on, also those that this tree does not ask", () => {
  assert.deepEqual(["received", "taste", "price", "nonsense"].map((question) => goesOn(route, question)), [true, false, true, false]);
});

test("a range carried here has words", () => {
  assert.equal(shownAnswer(route, "received", "-after-2-day..-within-15-day"), "不限");
});
