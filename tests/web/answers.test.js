import assert from "node:assert/strict";
import { test } from "node:test";

import { readAddress, writeAddress } from "../../build_tools/minglu/web/address.js";
import { daysWithin, monthOf } from "../../build_tools/minglu/web/days.js";
import { centsOf, moneyOf, moneyShown } from "../../build_tools/minglu/web/money.js";
import { replay, shownAnswer } from "../../build_tools/minglu/web/route.js";
import { ticksHold } from "../../build_tools/minglu/web/tick-form.js";

for (const text of ["4999", "4999.00", "4,999", "￥4999", "¥ 4,999.0", "４９９９．００", "4，999元", "4、999 块", "04999"])
  test(`${text} is read as a sum`, () => assert.equal(moneyOf(text), "4999.00"));

for (const text of ["", "0", "10000000.01", "1,99", "4999.001", "-1", "1e3", "一千"])
  test(`${text || "nothing"} is no sum`, () => assert.equal(moneyOf(text), ""));

test("a sum is a whole number of cents, and shown with its thousands", () => {
  assert.equal(centsOf("0.10") + centsOf("0.20"), centsOf("0.30"));
  assert.deepEqual(["0.01", "999.00", "4999.00", "10000000.00"].map(moneyShown), ["0.01 元", "999.00 元", "4,999.00 元", "10,000,000.00 元"]);
});

for (const [text, month] of [["2026-5", "2026-05"], ["2026年5月", "2026-05"], ["２０２６／５", "2026-05"], ["5月", "2026-05"], ["12月份", "2025-12"], ["13月", ""], ["5月3日", ""]])
  test(`${text} is ${month || "no month"}`, () => assert.equal(monthOf(text, "2026-11-16"), month));

test("a month has the days that have come", () => {
  assert.deepEqual(daysWithin("2024-02", "2026-11-16"), ["2024-02-01", "2024-02-29"]);
  assert.deepEqual(daysWithin("2026-11", "2026-11-16"), ["2026-11-01", "2026-11-16"]);
  assert.equal(daysWithin("2026-13", "2026-11-16"), null);
});

test("ticks, a month and a sum stand in the address and come back", () => {
  const answers = [["said", "cold.late"], ["paid", "4999.00"], ["drunk", "2026-05"], ["none-said", "none"]];
  for (const glued of ["", "。", "&utm_source=x", "%20"])
    assert.deepEqual([...readAddress(writeAddress("3fa29c1b", answers) + glued).answers], answers);
});

const said = (...ticks) => ({ tests: [{ question: "said", ticks }], nots: [], anys: [] });

test("a condition over ticks is true, false or open", () => {
  const condition = { tests: [], nots: [], anys: [[{ ...said("a"), nots: [said("b")] }, said("c")]] };
  const verdicts = [null, ["a"], ["a", "b"], ["c"], []].map((ticks) => ticksHold(condition, () => ticks));
  assert.deepEqual(verdicts, [null, true, false, true, false]);
});

const ROUTE = {
  start: "said", day: "{year}年{month}月{day}日", month: "{year}年{month}月",
  questions: { said: { kind: "several", labels: {}, carries: {}, takes: {}, bands: [], ticks: [["cold", "凉了"], ["late", "晚了"]] }, paid: { kind: "money", labels: {}, carries: {}, takes: {}, bands: [["any", null, null]] } },
  states: { said: { node: "said", to: { done: "paid" }, unsure: "paid" }, paid: { node: "paid", to: { any: "end" }, unsure: "paid-unsure" }, end: { node: "end", case: 0 } },
};
const stands = (answers) => replay(ROUTE, new Map(Object.entries(answers)), { today: "2026-11-16", known: () => undefined, pythonFailed: false });

for (const answer of ["none", "cold", "cold.late", "done", "unsure"])
  test(`${answer} leads on from a question with ticks, without Python`, () => {
    const { state, waiting } = stands({ said: answer, paid: "4999.00" });
    assert.deepEqual([state, waiting], ["end", false]);
  });

test("a tick that is not offered stops at its question", () => assert.equal(stands({ said: "cold.hot" }).misfit, "said"));

test("answers are shown in words", () => {
  const shown = (question, answer) => shownAnswer(ROUTE, question, answer);
  assert.deepEqual([shown("said", "late.cold"), shown("said", "none"), shown("paid", "4999.00")], ["凉了、晚了", "都没勾", "4,999.00 元"]);
});
