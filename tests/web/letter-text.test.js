import assert from "node:assert/strict";
import { test } from "node:test";

import { autocompleteOf, choicesIn, dayTyped, daysLater, fieldKind, gapsIn, letterBlocks, letterText, openGaps, packetBlocks, piecesOf, REPLIES_HERE, suggestionsFor } from "../../build_tools/minglu/web/letter-text.js";

const NOW = "2026-11-30";
const LETTER = "【商家名称】：\n\n我于【哪天买的】买了【商品】，付了【金额】元，【商品】坏了。\n\n2026年11月30日\n【姓名】";
const NOTHING = { answers: {}, days: [], atHand: [] };

const letter = (fields, text = LETTER) => letterText(piecesOf(text, "", NOW), fields);

test("what is open stays as it was written, and is counted once", () => {
  const pieces = piecesOf(LETTER, "", NOW);
  assert.equal(letterText(pieces, {}), LETTER);
  assert.deepEqual(openGaps(pieces, {}), ["商家名称", "哪天买的", "商品", "金额", "姓名"]);
  assert.deepEqual(openGaps(pieces, { 商品: "水壶", 姓名: "  " }), ["商家名称", "哪天买的", "金额", "姓名"]);
});

test("what is typed stands wherever its gap does", () => {
  assert.match(letter({ 商品: "水壶", 金额: "4,999.00" }), /买了水壶，付了4,999\.00元，水壶坏了。/);
});

test("numbers and sums stay as they were typed", () => {
  for (const sum of ["4999", "4,999.00", "４９９９", "约五千", "0.1", "1e3", "00123"]) assert.match(letter({ 金额: sum }), new RegExp(`付了${sum}元`));
});

test("brackets, braces and patterns that are typed are text", () => {
  const typed = "【姓名】{today}$&$1\\n<b>＿＿＿＿";
  const text = letter({ 商品: typed, 姓名: "王" });
  assert.equal(text.split(typed).length - 1, 2);
  assert.deepEqual(openGaps(piecesOf(LETTER, "", NOW), { 商品: typed }), ["商家名称", "哪天买的", "金额", "姓名"]);
});

test("control characters and those that turn text around are dropped; lines stay", () => {
  assert.match(letter({ 商品: "水\u0000壶\u202e\u001b\r\n第二\u2028行" }), /买了水壶\n第二\n行，付了/);
});

test("names of what every object has are fields like others", () => {
  assert.deepEqual(openGaps(piecesOf("【constructor】【__proto__】"), {}), ["constructor", "__proto__"]);
});

test("a full stop does not stand twice, and nothing else goes", () => {
  assert.equal(letter({ 问题: "打不开。" }, "出了【问题】。"), "出了打不开。");
  assert.equal(letter({ 问题: "打不开！" }, "出了【问题】。"), "出了打不开！。");
  assert.equal(letter({ 问题: "打不开。" }, "出了【问题】的事"), "出了打不开。的事");
  assert.equal(letter({ 问题: "。" }, "出了【问题】。"), "出了。。");
});

test("a blank without a name is called by what stands around it, and stays a blank", () => {
  const pieces = piecesOf("请在＿＿＿＿前退壶，赔＿＿＿＿ 元。");
  assert.deepEqual(gapsIn(pieces), ["请在＿＿前退壶", "赔＿＿ 元"]);
  assert.equal(letterText(pieces, { "赔＿＿ 元": "9" }), "请在＿＿＿＿前退壶，赔9 元。");
});

test("before Python has come the day is today's, and the replies stand in their place or not at all", () => {
  const page = `甲。\n\n${REPLIES_HERE}\n\n【今天的日期】`;
  assert.equal(letterText(piecesOf(page, "没有摔过。", NOW), {}), "甲。\n\n没有摔过。\n\n2026年11月30日");
  assert.equal(letterText(piecesOf(page, "", NOW), {}), "甲。\n\n2026年11月30日");
  assert.equal(letterText(piecesOf(`请退。${REPLIES_HERE}`, "", NOW), {}), "请退。");
});

test("a field is of the kind that its name and its unit say", () => {
  const pieces = piecesOf("【金额】元，送检【检测用了几天】天，【电话】【商家电话】【身份证号】【哪天坏的】【哪天几点、在哪里】【出了什么问题】【订单号】");
  const kinds = gapsIn(pieces).map((gap) => fieldKind(gap, pieces));
  assert.deepEqual(kinds, ["sum", "number", "tel", "tel", "by-hand", "day", "line", "long", "line"]);
});

test("browsers offer the reader's own name, number and address alone", () => {
  assert.deepEqual(["姓名", "电话", "住址", "商家电话", "卖家姓名或账号", "constructor"].map(autocompleteOf), ["name", "tel", "street-address", "off", "off", "off"]);
});

test("choices that a gap names are offered", () => {
  assert.deepEqual(choicesIn("退货、换货还是修理"), ["退货", "换货", "修理"]);
  assert.deepEqual(choicesIn("照合同要修、要换还是要多少钱"), ["照合同要修", "要换"]);
  assert.deepEqual(["姓名", "退还多少元，还是换新", "还是"].map(choicesIn), [[], [], []]);
});

test("a day that is typed is written out; what is to be done lies ahead", () => {
  assert.equal(dayTyped("哪天坏的", "11月10日", NOW), "2026年11月10日");
  assert.equal(dayTyped("哪天坏的", "12月5日", NOW), "2025年12月5日");
  assert.equal(dayTyped("哪天前答复", "12.5", NOW), "2026年12月5日");
  assert.equal(dayTyped("哪天前答复", "1月5日", NOW), "2027年1月5日");
  assert.equal(dayTyped("哪天前答复", "11月30日", NOW), "2026年11月30日");
  assert.equal(dayTyped("哪天前答复", "2026/12/5", NOW), "2026年12月5日");
  assert.equal(dayTyped("哪天前答复", "2025-12-05", NOW), "2025年12月5日");
  for (const text of ["下周五", "", "2月30日", "2026年13月1日", "十一月"]) assert.equal(dayTyped("哪天坏的", text, NOW), "");
});

test("days over the end of a month, a year and summer time", () => {
  assert.equal(daysLater("2026-12-28", 7), "2027-01-04");
  assert.equal(daysLater("2024-02-28", 1), "2024-02-29");
});

test("a reply is asked for within a week, or by the day that a right arises, as the reader chooses", () => {
  const days = [{ label: "过了这天可以举报", day: "2026-12-15" }, { label: "过去的", day: "2026-11-01" }];
  assert.deepEqual(suggestionsFor("哪天前答复", { ...NOTHING, days }, NOW).map(({ value }) => value), ["2026年12月7日", "2026年12月15日"]);
});

test("what the walks know exactly is offered, nothing else", () => {
  const answers = { price: "4999.00", received: "2026-11", invoiced: "2026-11-11", fee: "d7..d15" };
  const offered = (gap) => suggestionsFor(gap, { ...NOTHING, answers }, NOW).map(({ value }) => value);
  assert.deepEqual(["金额", "哪天收到", "哪天买的", "姓名", "constructor"].map(offered), [["4,999.00"], [], ["2026年11月11日"], [], []]);
  assert.deepEqual(suggestionsFor("附上哪些材料", { ...NOTHING, atHand: ["订单", "视频"] }, NOW).map(({ value }) => value), ["订单、视频"]);
});

test("in a document what was typed is text of one line, and what is open a gap", () => {
  const [, greeting, body, closing] = letterBlocks("函", piecesOf(LETTER, "", NOW), { 商家名称: "甲\n乙", 商品: "【x】" });
  assert.deepEqual(greeting.lines, [{ runs: [{ text: "甲\n乙：", bold: false, gap: false }], align: "left", indent: false }]);
  assert.deepEqual(body.lines[0].runs.map(({ text, gap }) => (gap ? `<${text}>` : text)), ["我于", "<哪天买的>", "买了【x】，付了", "<金额>", "元，【x】坏了。"]);
  assert.deepEqual(closing.lines.map(({ align }) => align), ["right", "right"]);
});

test("a packet has each letter on its own page, and a list of the evidence, what is at hand first", () => {
  const evidence = [{ title: "视频", detail: "漏水", atHand: false }, { title: "订单", detail: "买卖关系", atHand: true }];
  const letters = [{ title: "甲", pieces: piecesOf("一") }, { title: "乙", pieces: piecesOf("二") }];
  const blocks = packetBlocks(letters, evidence, {});
  assert.deepEqual(blocks.map(({ kind }) => kind), ["title", "line", "break", "title", "line", "break", "title", "table"]);
  const rows = blocks[7].rows.map(({ cells }) => cells.map(({ lines }) => lines[0].runs.map(({ text }) => text).join("")));
  assert.deepEqual(rows, [["编号", "页码", "证据名称", "证据来源", "拟证明事项"], ["1", "", "订单", "", "买卖关系"], ["2", "", "视频（还没有）", "", "漏水"]]);
  assert.deepEqual(packetBlocks(letters, [], {}).map(({ kind }) => kind), ["title", "line", "break", "title", "line"]);
});
