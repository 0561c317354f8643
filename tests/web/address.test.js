import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOnMap, carriedAddress, nodeOnMap, readAddress, writeAddress } from "../../build_tools/minglu/web/address.js";

const ANSWERS = [["device", "phone"], ["received", "2026-11-10"], ["cause", "d7..d15"]];

test("what is written is read again, in its order", () => {
  const link = readAddress(writeAddress("3fa29c1b", ANSWERS));
  assert.deepEqual([link.kind, link.version, [...link.answers], link.odd], ["walk", "3fa29c1b", ANSWERS, false]);
});

test("what another tree is told has no version", () => {
  assert.equal(readAddress(carriedAddress(ANSWERS)).version, null);
});

test("a place on the map is read from the address that names it", () => {
  assert.equal(nodeOnMap(addressOnMap("3fa29c1b", ANSWERS, "repair")), "repair");
  assert.equal(nodeOnMap(addressOnMap("3fa29c1b", ANSWERS, null)), null);
});

for (const glued of ["。", "）帮我看看", "%20", "#wechat_redirect", "?from=timeline", "&utm_source=x", "&amp;"])
  test(`the last answer is read though ${glued} is glued to it`, () => {
    assert.deepEqual([...readAddress(writeAddress("3fa29c1b", ANSWERS) + glued).answers], ANSWERS);
  });

for (const bad of ["#a=2&x=y", "#a=1&a=1&x=y", "#=&=", `#a=1${"&x=y".repeat(2000)}`])
  test(`${bad.slice(0, 20)} is told to be no link of ours`, () => {
    assert.match(readAddress(bad).says, /^[^。]+。请从第一个问题开始。$/);
  });

test("names and answers that no tree can have are left out", () => {
  const link = readAddress('#a=1&v=3fa29c1b&__proto__=x&what="><script>&ok=yes');
  assert.deepEqual([...link.answers], []);
  assert.equal(link.kind, "walk");
});
