// A reader's answers → where they stand, along the compiled tree. What only the engine can tell (a day near a limit, `unsure`) waits for it.

import { daysBetween, daysWithin } from "./days.js";
import { centsOf, moneyOf, moneyShown } from "./money.js";
import { NONE_TICKED, ticksOf } from "./tick-form.js";

/**
 * @typedef {[band: string, certain: number | string | null, possible: number | string | null]} Band
 * `certain`: the greatest number (of days, for a date; of cents, for money) that is in this band or one before it, whatever the calendar;
 * `possible`: the greatest that may be; both null where the band is open, and the same day where the band lies before a fixed day
 * @typedef {{ kind: "choice" | "date" | "number" | "money" | "several", ask: string, find: string, exact: string, unit: string, until: string | null,
 *   plus: string | null, shared: boolean, labels: Record<string, string>, carries: Record<string, string>,
 *   takes: Record<string, string>, bands: Band[], ticks: [string, string][] }} Question `carries`: own range → how another tree is told it;
 * `takes`: what another tree may tell → own range
 * @typedef {{ node: string, to?: Record<string, string>, unsure?: string, case?: number }} State of a question with `to` and `unsure`,
 * of an outcome with `case`: its place among the outcome's states, 0 where it is the only one
 * @typedef {{ tree: string, version: string, title: string, start: string, day: string, month: string, questions: Record<string, Question>,
 *   warnings: Record<string, Record<string, string>>, states: Record<string, State>, outcomes: Record<string, string>, shared: string[],
 *   others: Record<string, { title: string, start: string, own: string[] }>,
 *   parts: { tree: string, calendar: string, script: string } }} Route `parts` are the files that the page runs with; made by write/route.py
 *
 * @typedef {import("./address.js").Answers} Answers
 * @typedef {[question: string, answer: string][]} Path
 * @typedef {{ path: { question: string, answer: string }[], at: { kind: string, id?: string, state?: string | null }, states: string[] }} Result
 * the engine's, as far as it is needed here
 * @typedef {{ section: string | null, state: string | null }} Place the section's id; null for several ends, or another tree: `result`
 * @typedef {Place & { path: Path, waiting: boolean, misfit: string | null, over: string | null, stops: Map<string, string>,
 *   result: Result | null }} Replayed
 * `waiting` for the engine; `misfit` is the question whose answer does not fit, or leads to another tree, which `over` names;
 * `stops` maps sections to the questions answered there
 */

const UNSURE = "unsure";
const LARGEST = 100_000; // as engine/walk.py has it

/**
 * @param {Route} route
 * @param {Answers} answers
 * @param {{ today: string, known: (beyond: number) => Result | undefined, pythonFailed: boolean }} given
 * `known(beyond)` is the engine's result that fits these answers furthest, past `beyond` steps
 * @returns {Replayed}
 */
export function replay(route, answers, { today, known, pythonFailed }) {
  let place = placeOf(route, route.start);
  let [several, waiting] = [false, false];
  /** @type {string | null} */
  let misfit = null;
  /** @type {string | null} */
  let over = null;
  /** @type {Result | null} */
  let found = null;
  /** @type {Path} */
  let path = [];
  const stops = new Map();
  for (let state = asking(route, place); state; state = asking(route, place)) {
    const question = state.node;
    const answer = answers.get(question);
    if (answer === undefined) break;
    stops.set(place.section, question);
    if (path.some(([asked]) => asked === question)) break;
    const edge = edgeOf(route, state, answer, new Map(path), today);
    const unsure = answer === UNSURE && !edge;
    if (unsure || (several && !pythonFailed) || (!edge && isExact(route, question, answer))) {
      const result = known(path.length);
      if (result) {
        path = result.path.map((step) => [step.question, step.answer]);
        several = result.states.length > 1;
        const single = ["question", "outcome"].includes(result.at.kind);
        place = single && result.at.state ? placeOf(route, result.at.state) : { section: null, state: null };
        found = single ? null : result;
        continue;
      }
      waiting = !pythonFailed;
      if (!unsure || several) break;
    }
    const target = unsure ? state.unsure : edge && state.to?.[edge];
    if (!target || target.startsWith("tree/")) {
      misfit = question;
      over = target || null;
      break;
    }
    path.push([question, answer]);
    place = placeOf(route, target);
  }
  return { ...place, path, waiting, misfit, over, stops, result: found };
}

/**
 * How another tree's state is written, with what the hand-over says there: `tree/kettle#what?step=agency`.
 * @param {string} target
 * @returns {{ tree: string, state: string, said: string } | null}
 */
export function otherTree(target) {
  const [, tree, state = "", said = ""] = /^tree\/([^#]+)(?:#([^?]*)(?:\?(.*))?)?$/.exec(target) || [];
  return tree ? { tree, state, said } : null;
}

/**
 * Whether an answer to this question goes on to other trees; also one that only those ask.
 * @param {Route} route
 * @param {string} question
 */
export function goesOn(route, question) {
  const asked = own(route.questions, question);
  return asked ? asked.shared : route.shared.includes(question);
}

/**
 * What another tree is told: every answer that goes on, in ranges as their limits; and what the hand-over says of what was not told.
 * @param {Route} route
 * @param {Iterable<[string, string]>} told
 * @param {string} tree
 * @param {string} said `question=answer&…`
 * @returns {Answers}
 */
export function carriedAnswers(route, told, tree, said) {
  const theirs = own(route.others, tree)?.own || [];
  const answers = new Map(new URLSearchParams(said));
  for (const [question, answer] of told) {
    const asked = own(route.questions, question);
    const range = asked && !["choice", "several"].includes(asked.kind) && stretch(asked, answer);
    const carried = range ? own(asked.carries, answer) : answer;
    if (carried && goesOn(route, question) && !theirs.includes(question)) answers.set(question, carried);
  }
  return answers;
}

/**
 * An outcome has one section for all its states.
 * @param {Route} route
 * @param {string} id of a state, or of a section for those who are unsure
 * @returns {Place}
 */
export function placeOf(route, id) {
  const state = own(route.states, id);
  return { section: state && !state.to ? state.node : id, state: id };
}

/**
 * The state that asks at this place.
 * @param {Route} route
 * @param {Place} place
 * @returns {State | null}
 */
export function asking(route, place) {
  const state = place.state ? own(route.states, place.state) : undefined;
  return state?.to ? state : null;
}

/**
 * The link that an answer takes: an option, a band, bands within a wider range, or what is certain of a day or number; from a question with
 * ticks the one that there is, whatever is ticked.
 * @param {Route} route
 * @param {State} state that asks
 * @param {string} answer
 * @param {Answers} before the answers on the way here: a day may be counted to another
 * @param {string} today
 * @returns {string | null}
 */
export function edgeOf(route, state, answer, before, today) {
  const edges = state.to || {};
  const question = route.questions[state.node];
  if (own(edges, answer)) return answer;
  if (question.kind === "several") return answer === UNSURE || ticksOf(question, answer) ? Object.keys(edges)[0] : null;
  if (question.kind === "choice") return null;
  const range = own(question.takes, answer) || answer;
  const band = isExact(route, state.node, answer) ? certainBand(question, answer, before, today) : range;
  if (band === null) return null;
  const within = stretch(question, band);
  return within && (Object.keys(edges).find((edge) => contains(stretch(question, edge), within)) ?? null);
}

/**
 * The band that a day, month, number or sum is in by any calendar, or the bands, `first..last`; null where only the engine can tell, or where
 * it must refuse.
 * @param {Question} question
 * @param {string} exact
 * @param {Answers} before
 * @param {string} today
 */
function certainBand(question, exact, before, today) {
  if (question.kind === "money") return bandAt(question, centsOf(moneyOf(exact)));
  if (question.kind === "number") return Number(exact) > LARGEST ? null : bandAt(question, Number(exact));
  if (typeof question.bands[0][1] === "string") return fixedBands(question, exact, today);
  const [nearest, furthest] = elapsed(question, exact, before, today) || [];
  if (nearest === undefined || furthest === undefined) return null;
  const [first, last] = [bandAt(question, nearest), bandAt(question, furthest)];
  return first && last && (first === last ? first : `${first}..${last}`);
}

/** @param {Question} question @param {number} number */
function bandAt({ bands }, number) {
  for (const [band, certain, possible] of bands) {
    if (certain === null || possible === null || number <= Number(certain)) return band;
    if (number <= Number(possible)) return null;
  }
  return null;
}

/**
 * The bands before fixed days that the days of an answer are in.
 * @param {Question} question
 * @param {string} exact
 * @param {string} today
 */
function fixedBands({ bands }, exact, today) {
  const days = possibleDays(exact, today);
  if (!days) return null;
  const [first, last] = days.map((day) => bands.find(([, limit]) => limit === null || day < limit)?.[0]);
  return first === last ? first || null : `${first}..${last}`;
}

/**
 * First and last day that an answer may be, none of which the engine refuses.
 * @param {string} exact
 * @param {string} today
 */
function possibleDays(exact, today) {
  const days = daysWithin(exact, today);
  return days && days[0] <= today && days[1] <= today && days[0] >= "1990" ? days : null;
}

/**
 * Least and most days from the day, or any day of the month, to today, or to the day that another question asked for, less those that do not
 * count.
 * @param {Question} question
 * @param {string} exact
 * @param {Answers} before
 * @param {string} today
 * @returns {[number, number] | null}
 */
function elapsed({ until, plus }, exact, before, today) {
  const from = possibleDays(exact, today);
  const to = possibleDays((until && before.get(until)) || today, today);
  const less = (plus && before.get(plus)) || "0";
  if (!from || !to || from[0] > to[1] || !/^\d{1,5}$/.test(less) || (plus && !before.has(plus))) return null;
  const [least, most] = [daysBetween(from[1], to[0]), daysBetween(from[0], to[1])].map((days) => Math.max(0, days - Number(less)));
  return [least, most];
}

/**
 * First and last place among the bands of a band, or of merged ones `first..last`.
 * @param {Question} question
 * @param {string} answer
 * @returns {[number, number] | null}
 */
function stretch({ bands }, answer) {
  const [first, last = first] = answer.split("..").map((one) => bands.findIndex(([band]) => band === one));
  return first < 0 || last < first ? null : [first, last];
}

/**
 * @param {[number, number] | null} wide
 * @param {[number, number]} narrow
 */
function contains(wide, [first, last]) {
  return wide !== null && wide[0] <= first && last <= wide[1];
}

/**
 * Is this a day, month, number or sum, where the question asks for one?
 * @param {Route} route
 * @param {string} question
 * @param {string} answer
 */
export function isExact(route, question, answer) {
  const kind = own(route.questions, question)?.kind;
  if (kind === "money") return moneyOf(answer) !== "";
  return (kind === "date" && /^\d{4}-(0[1-9]|1[0-2])(-\d\d)?$/.test(answer)) || (kind === "number" && /^\d+$/.test(answer));
}

/**
 * An answer in words; the engine's are the same.
 * @param {Route} route
 * @param {string} question
 * @param {string} answer
 */
export function shownAnswer(route, question, answer) {
  const asked = route.questions[question];
  if (answer === UNSURE) return "不确定";
  if (own(asked.labels, answer)) return asked.labels[answer];
  if (asked.kind === "several") return shownTicks(asked, answer);
  if (!isExact(route, question, answer)) return answer;
  if (asked.kind === "number") return `${answer}${asked.unit && ` ${asked.unit}`}`;
  if (asked.kind === "money") return moneyShown(moneyOf(answer));
  const [year, month, day] = answer.split("-");
  return (day ? route.day : route.month).replace("{year}", year).replace("{month}", String(+month)).replace("{day}", String(+day));
}

/** @param {Question} question @param {string} answer */
function shownTicks(question, answer) {
  const set = ticksOf(question, answer);
  if (!set) return answer;
  return answer === NONE_TICKED ? "都没勾" : question.ticks.filter(([tick]) => set.includes(tick)).map(([, label]) => label).join("、");
}

/**
 * What stands in a table of ours, never what every object has.
 * @template T
 * @param {Record<string, T>} table
 * @param {string} key
 * @returns {T | undefined}
 */
export function own(table, key) {
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}
