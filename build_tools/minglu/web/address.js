// A reader's answers and ticks ↔ the URL fragment, `#a=1&v=3fa29c1b&device=phone&received=2026-11-10&R=opened.late&E=order&D=…`.

/**
 * @typedef {Map<string, string>} Answers in the order in which they were given
 * @typedef {{ replies: string[] | null, evidence: string[] }} Ticks what is ticked on the page of an outcome; `replies` is null where the
 * reader has touched none: then they stand as the answers leave them
 * @typedef {{ kind: "none" }
 *   | { kind: "state", id: string, plain: string }
 *   | { kind: "bad", says: string }
 *   | { kind: "walk", version: string | null, receipt: string | null, answers: Answers, ticks: Ticks, odd: boolean }} Link
 * of a state, `plain` is its id without what is glued on; of a walk, `receipt` is what its result rested on (engine/receipt.py), and `odd`
 * says that a part could not be read and was left out
 */

const FORMAT = "1";
const LONGEST = 4000;
const ID = /^[a-z0-9-]{1,80}$/;
// An option, a band, merged bands, a date, a month, a number, a sum, ticks joined by full stops, unsure; then a full stop.
const ANSWER = /^[a-z0-9-]{1,80}(\.{1,2}[a-z0-9-]{1,80})*(?!\w)/;
const TICKED = /^[a-z0-9-]{1,80}(\.[a-z0-9-]{1,80}){0,99}(?!\w)/;
const NONE = "none";
const VERSION = /^[0-9a-f]{8}(?!\w)/;
const RESTS_ON = /^\d{4}-\d\d-\d\d(\.[a-z0-9-]{1,80}){0,5}(?!\w)/;
const AT = "AT"; // no id has capital letters

/**
 * @param {string} hash
 * @returns {Link}
 */
export function readAddress(hash) {
  const text = ours(hash);
  if (text.length > LONGEST) return bad("这个链接太长，读不了");
  if (!text.includes("=")) return text ? { kind: "state", id: decoded(hash.slice(1)), plain: text } : { kind: "none" };
  const format = [], version = [], answers = new Map();
  const ticks = noTicks();
  let odd = false;
  let receipt = null;
  for (const [name, value] of new URLSearchParams(text)) {
    const [answer] = ANSWER.exec(value) || [];
    if (name === "a") format.push(answer);
    else if (name === "v" && VERSION.test(value)) version.push(answer);
    else if (name === "R") ticks.replies = ticked(value);
    else if (name === "E") ticks.evidence = ticked(value);
    else if (name === "D") [receipt] = RESTS_ON.exec(value) || [null];
    else if (name !== "v" && ID.test(name) && answer && !answers.has(name)) answers.set(name, answer);
    else if (ID.test(name)) odd = true; // other names are not ours: programs that share links add them
  }
  if (format.length !== 1) return bad("这个链接不完整，读不出里面的回答");
  if (format[0] !== FORMAT) return bad("这个链接的格式这一页还不认识");
  return { kind: "walk", version: version[0] || null, receipt, answers, ticks, odd: odd || version.length > 1 };
}

/** @returns {Ticks} */
export function noTicks() {
  return { replies: null, evidence: [] };
}

/**
 * @param {string} version of the tree
 * @param {Iterable<[string, string]>} answers in the order answered
 * @param {Ticks} ticks
 */
export function writeAddress(version, answers, ticks = noTicks()) {
  return "#" + new URLSearchParams([["a", FORMAT], ["v", version], ...answers, ...written(ticks)]);
}

/**
 * What another tree is told: the answers and the evidence at hand, without a version of its own.
 * @param {Iterable<[string, string]>} answers
 * @param {string[]} evidence
 */
export function carriedAddress(answers, evidence = []) {
  return "#" + new URLSearchParams([["a", FORMAT], ...answers, ...written({ replies: null, evidence })]);
}

/** @param {Ticks} ticks @returns {[string, string][]} */
function written({ replies, evidence }) {
  /** @type {[string, string][]} */
  const parts = replies ? [["R", replies.join(".") || NONE]] : [];
  return evidence.length ? [...parts, ["E", evidence.join(".")]] : parts;
}

/** @param {string} value @returns {string[]} */
function ticked(value) {
  const [ids = NONE] = TICKED.exec(value) || [];
  return ids === NONE ? [] : [...new Set(ids.split("."))];
}

/**
 * For the picture of the tree: the answers on the path, and the node that they lead to.
 * @param {string} version
 * @param {[string, string][]} path
 * @param {string | null} node
 */
export function addressOnMap(version, path, node) {
  return writeAddress(version, node ? [...path, [AT, node]] : path);
}

/**
 * That node.
 * @param {string} hash
 */
export function nodeOnMap(hash) {
  const [node] = ANSWER.exec(new URLSearchParams(ours(hash)).get(AT) || "") || [];
  return node || null;
}

/** @param {string} says @returns {Link} */
function bad(says) {
  return { kind: "bad", says: `${says}。请从第一个问题开始。` };
}

/**
 * What in a fragment may be ours. Programs encode it, even twice, and readers glue it to a sentence: `…=yes）帮我看看`.
 * @param {string} hash
 */
function ours(hash) {
  const text = decoded(hash).replace(/^[#?\s]+/, "").replace(/&(amp;)+/g, "&");
  return text.split(/[#?\s"'<>()]|[^\x00-\x7f]/)[0]; // WeChat adds `#wechat_redirect`, others `?from=…`
}

/** @param {string} text @returns {string} */
function decoded(text) {
  const once = text.replace(/(%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
  return once === text ? text : decoded(once);
}
