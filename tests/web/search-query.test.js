import assert from "node:assert/strict";
import { test } from "node:test";

import { arranged } from "../../build_tools/minglu/web/search-order.js";
import { understood } from "../../build_tools/minglu/web/search-query.js";
import { isChinese, vocabularyOf } from "../../build_tools/minglu/web/search-vocabulary.js";

/** Cut into words as the build cuts a page: with a mark between them. */
const page = (location, title, text = "", tags = undefined) => ({
  location, title: title.replaceAll("/", "\u200b"), text: `<p>${text.replaceAll("/", "\u200b")}</p>`, ...(tags && { tags }),
});
const KETTLE = page("trees/kettle.html", "水壶/坏了", "壶/漏水/，/没有/声音/，/自/收到/7 日/内/可以/退", ["漏水", "没人管", "以旧换新", "七天"]);
const TEA = page("trees/tea.html", "茶叶", "茶叶/受潮/了/，/商家/没/答复/，/一道/绿/线/，/电话/12315");
const START = page("trees/start.html", "从/哪里/开始", "先/选/一种", ["不知道"]);
const LAW = page("law/kettle-law-2020.html", "烧水壶/三包/规定", "共/两条", ["壶法", "烧水壶三包规定"]);
const OTHER = page("law/tea-law.html", "茶叶/法", "一条", ["茶法"]);
const ARTICLES = [page("law/kettle-law-2020.html#a11", "第/11/条 退/壶"), page("law/kettle-law-2020.html#a24", "第/24/条 修/壶"),
  page("law/kettle-law-2020.html#a24%E4%B9%8B%E4%B8%80", "第/24/条/之一 赔/壶"), page("law/tea-law.html#a24", "第/24/条 退/茶")];
const DOCS = [KETTLE, TEA, START, LAW, ...ARTICLES.slice(0, 3), OTHER, ARTICLES[3]];
const CITED = { "law/tea-law.html": { 24: 9 }, "law/kettle-law-2020.html": { 24: 2 } };
const VOCABULARY = vocabularyOf(DOCS, CITED);

const read = (typed) => understood(typed, VOCABULARY);
const words = (typed) => read(typed).wanted.map(({ forms }) => forms[0]);
const cited = (typed) => read(typed).articles.map(({ law, number }) => `${law.label} ${number}`);
/** Material's worker, as far as these tests need it: all pages, in any order. */
const found = (typed) => arranged(DOCS.filter(({ location }) => !location.includes("#")).map((doc) => [{ ...doc, score: 1, terms: {} }]), read(typed), VOCABULARY)
  .map((items) => items.at(-1).location);

for (const [typed, expected] of Object.entries({
  "水壶漏水": ["水壶", "漏水"],
  "我的水壶漏水了怎么办": ["水壶", "漏水"],
  "漏水，茶叶": ["漏水", "茶叶"],
  "漏水 12315": ["漏水", "12315"],
  "１２３１５": ["12315"],
})) test(`${typed} is cut into the words of the index`, () => assert.deepEqual(words(typed), expected));

test("7天, 七日 and 7日 are one word", () => {
  for (const typed of ["7天", "7日", "七日", "七天", "７天"]) {
    const [{ forms }] = read(typed).wanted;
    assert.deepEqual([...forms].sort(), ["7天", "7日", "七天", "七日"], typed);
    assert.equal(read(typed).ask, "七天々^10", typed); // what the index has of them
    assert.equal(found(typed)[0], "trees/kettle.html", typed);
  }
});

test("a word does not fall into characters of which one decides", () => {
  assert.deepEqual(words("没声音"), ["声音"]);
  assert.equal(found("没声音")[0], "trees/kettle.html");
  assert.deepEqual([words("没壶"), words("壶没茶叶")], [["壶"], ["茶叶"]]); // alone it is all that there is
});

test("what a page has, though cut otherwise, is no unknown word", () => {
  assert.deepEqual([words("绿线"), read("绿线").says, found("绿线")], [["绿线"], "", ["trees/tea.html"]]);
  assert.match(read("声自").says, /^没有“声自”这个词/);
});

test("what the index is asked is exactly these words", () => {
  assert.equal(read("水壶漏水").ask, "水壶々^10 漏水々^10");
  assert.equal(read("kettle 12").ask, read("kettle 12").ask.toLowerCase());
});

test("an unknown word is named, and what is written like it stands in", () => {
  const query = read("以旧充新");
  assert.equal(query.says, "没有“以旧充新”这个词，也许你要找：");
  assert.deepEqual(found("以旧充新"), ["trees/kettle.html"]);
});

test("where nothing is written like it, the way of the lost", () => {
  assert.equal(read("魑魅魍魉").says, "没有“魑魅魍魉”这个词，也许你要找：");
  assert.deepEqual(found("魑魅魍魉"), ["trees/start.html"]);
  const without = vocabularyOf([KETTLE, TEA], {});
  assert.deepEqual(understood("魑魅魍魉", without), { ask: "", wanted: [], phrases: [], articles: [], name: "魑魅魍魉", says: "没有“魑魅魍魉”这个词。", atMost: 3, weak: 0.5 });
});

test("beside words that are known the unknown is named, and the others are looked for", () => {
  assert.equal(read("魑魅茶叶").says, "没有“魑魅”这个词，下面找的是其余的字：");
  assert.deepEqual(found("魑魅茶叶"), ["trees/tea.html", "law/tea-law.html"]);
});

test("nothing is said over what is known, and of nothing", () => {
  assert.equal(read("水壶").says + read("").says + read("怎么办").says + read("，。").says, "");
});

for (const typed of ["壶法第24条", "壶法24条", "壶法24", "壶法第二十四条", "《壶法》第 24 条", "壶法第２４条", "烧水壶三包规定24条", "水壶三包24", "壶法第24条第1款", "请问壶法第24条是什么"])
  test(`${typed} cites the article`, () => assert.deepEqual(cited(typed), ["壶法 24"]));

test("a number alone cites all articles of that number, the most relied on first", () => {
  for (const typed of ["24条", "第24条", "第二十四条", "第24条说什么"]) assert.deepEqual(cited(typed), ["茶法 24", "壶法 24"], typed);
});

test("a list cites each, and an inserted article is another one", () => {
  assert.deepEqual(cited("壶法第11、24条"), ["壶法 11", "壶法 24"]);
  assert.deepEqual(cited("壶法第24条之一"), ["壶法 24之一"]);
});

test("a number of something else cites nothing", () => {
  for (const typed of ["收到24条短信", "24天", "三条线", "11", "水壶11", "12315", "第24条件"]) assert.deepEqual(cited(typed), [], typed);
});

test("an article that is not held is said so", () => {
  assert.equal(read("壶法第99条").says, "站内没有收“壶法第99条”。");
  assert.equal(read("锅子法第24条").says, "站内没有收“锅子法第24条”。");
  assert.equal(read("99条").says, "站内没有收“第99条”。");
});

test("an article stands first, and both its lines lead to it", () => {
  const [items] = arranged([[{ ...TEA, score: 1, terms: {} }]], read("茶法24条"), VOCABULARY);
  assert.deepEqual(items.map(({ location }) => location), ["law/tea-law.html#a24", "law/tea-law.html#a24"]);
  assert.match(items[1].title.replaceAll("\u200b", ""), /^茶法 第24条 退茶$/);
});

test("a page that a word is a tag of comes before one that only has it in its text", () => {
  assert.deepEqual(found("漏水茶叶").slice(0, 2).sort(), ["trees/kettle.html", "trees/tea.html"]);
  assert.equal(found("漏水")[0], "trees/kettle.html");
});

test("a page that is called just what was typed comes first", () => {
  assert.equal(found("壶法")[0], "law/kettle-law-2020.html");
  assert.equal(found("茶叶")[0], "trees/tea.html");
  assert.equal(found("《茶法》")[0], "law/tea-law.html");
});

test("of the tags a result shows those that were asked for", () => {
  const marked = { ...KETTLE, tags: ["<mark>漏水</mark>", "没人管"], score: 1, terms: {} };
  assert.deepEqual(arranged([[marked]], read("漏水"), VOCABULARY)[0][0].tags, ["<mark>漏水</mark>"]);
  assert.equal(arranged([[{ ...KETTLE, score: 1, terms: {} }]], read("声音"), VOCABULARY)[0][0].tags, undefined);
});

test("another language's index is left alone", () => {
  assert.equal(isChinese([page("a.html", "Opening hours")]), false);
  assert.equal(isChinese(DOCS), true);
});

test("what is typed may be anything", () => {
  for (const typed of ["*", "+-~^:", "a:b", "\\", '"', "第条", "第0条", "零", "条", "一", "\u0000", "😀", "9".repeat(500), "第".repeat(500), "水壶".repeat(200), "法".repeat(5000)]) read(typed);
  assert.equal(read("魑魅 ".repeat(20)).says, "没有“魑魅”“魑魅”“魑魅”这个词，也许你要找：");
});

test("a letter that is pasted is read only in its beginning", () => {
  assert.equal(read("水壶".repeat(4000)).wanted.length, 50);
});
