import assert from "node:assert/strict";
import { test } from "node:test";

import { dayOf, daysBetween, isDay, today } from "../../build_tools/minglu/web/days.js";

const TYPED = {
  "2026/11/10": "2026-11-10",
  " 2026-11-10 ": "2026-11-10",
  "2026年11月10日（周二）": "2026-11-10",
  "２０２６．１１．１０": "2026-11-10",
  "20261110": "2026-11-10",
  "2026 11 10": "2026-11-10",
  "11月10日": "2026-11-10",
  "11.10": "2026-11-10",
  "12月31日": "2025-12-31",
  "11月10号": "2026-11-10",
  "昨天": "",
  "2026-11": "",
  "": "",
};

for (const [text, day] of Object.entries(TYPED))
  test(`“${text}” is read as “${day}”`, () => assert.equal(dayOf(text, "2026-11-29"), day));

test("only days of the calendar are days", () => {
  assert.deepEqual(["2026-02-28", "2024-02-29"].map(isDay), [true, true]);
  assert.deepEqual(["2026-02-29", "2026-13-01", "2026-1-1", "x", ""].map(isDay), [false, false, false, false, false]);
});

test("days are counted over months, years and the end of summer time", () => {
  assert.equal(daysBetween("2026-11-10", "2026-11-10"), 0);
  assert.equal(daysBetween("2024-02-28", "2024-03-01"), 2);
  assert.equal(daysBetween("2016-11-29", "2026-11-29"), 3652);
});

test("today is the day in China, whatever the device's zone", () => assert.match(today(), /^\d{4}-\d\d-\d\d$/));
