// A reader's answers → where they stand, along the compiled tree. What only the engine can tell (a day near a limit, `unsure`) waits for it.

import { daysBetween, isDay } from "./days.js";

/**
 * @typedef {[band: string, certain: number | null, possible: number | null]} Band
 * `certain`: the greatest number (of days, for a date) that is in this band or one before it, whatever the calendar;
 * `possible`: the greatest that may be; both null where the band is open
 * @typedef {{ kind: "choice" | "date" | "number", ask: string, find: string, exact: string, unit: string, until: string | null,
 *   plus: string | null, shared: boolean, labels: Record<string, string>, bands: Band[] }} Question
 * @typedef {{ node: string, to?: Record<string, string>, unsure?: string, case?: number }} State of a question with `to` and `unsure`,
 * of an outcome with `case`: its place among the outcome's states, 0 where it is the only one
 * @typedef {{ tree: string, version: string, title: string, start: string, day: string, questions: Record<string, Question>,
 *   warnings: Record<string, Record<string, string>>, states: Record<string, State>, outcomes: Record<string, string>, others: Record<string, { title: string, start: string }>,
 *   parts: { tree: string, calendar: string, script: string } }} Route `parts` are the files that the page runs with; made by write/route.py
 *
 * @typedef {import("./address.js").Answers} Answers
 * @typedef {[question: string, answer: string][]} Path
 * @typedef {{ path: { question: string, answer: string }[], at: { kind: string, id?: string, state?: string | null }, states: string[] }} Result
 * the engine's, as far as it is needed here
 * @typedef {{ section: string | null, state: string | null }} Place the section's id; null for several ends, or another tree: `result`
 * @typedef {Place & { path: Path, waiting: boolean, misfit: string | null, stops: Map<string, string>, result: Result | null }} Replayed
 * `waiting` for the engine; `misfit` is the question whose answer does not fit; `stops` maps sections to the questions answered there
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
    if (answer === UNSURE || (several && !pythonFailed) || (!edge && isExact(route, question, answer))) {
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
      if (answer !== UNSURE || several) break;
    }
    const target = answer === UNSURE ? state.unsure : edge && state.to?.[edge];
    if (!target || target.startsWith("tree/")) {
      misfit = question;
      break;
    }
    path.push([question, answer]);
    place = placeOf(route, target);
  }
  return { ...place, path, waiting, misfit, stops, result: found };
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
 * The link that an answer takes: an option, a band, bands within a wider range, or what is certain of a day or number.
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
  if (question.kind === "choice") return null;
  const band = isExact(route, state.node, answer) ? certainBand(question, answer, before, today) : answer;
  if (band === null) return null;
  const within = stretch(question, band);
  return within && (Object.keys(edges).find((edge) => contains(stretch(question, edge), within)) ?? null);
}

/**
 * The band that a day or number is in by any calendar; null where only the engine can tell, or where it must refuse.
 * @param {Question} question
 * @param {string} exact
 * @param {Answers} before
 * @param {string} today
 */
function certainBand(question, exact, before, today) {
  const number = question.kind === "number" ? Number(exact) : elapsed(question, exact, before, today);
  if (number === null || number > LARGEST) return null;
  for (const [band, certain, possible] of question.bands) {
    if (certain === null || possible === null || number <= certain) return band;
    if (number <= possible) return null;
  }
  return null;
}

/**
 * Days from `day` to today, or to the day that another question asked for, less those that do not count.
 * @param {Question} question
 * @param {string} day
 * @param {Answers} before
 * @param {string} today
 * @returns {number | null}
 */
function elapsed({ until, plus }, day, before, today) {
  const to = (until && before.get(until)) || today;
  const less = (plus && before.get(plus)) || "0";
  const sure = [day, to].every((one) => isDay(one) && one <= today && one >= "1990") && day <= to;
  if (!sure || !/^\d{1,5}$/.test(less) || (plus && !before.has(plus))) return null;
  const days = daysBetween(day, to);
  return days <= Number(less) ? 0 : days - Number(less);
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
 * Is this a day or number, where the question asks for one?
 * @param {Route} route
 * @param {string} question
 * @param {string} answer
 */
export function isExact(route, question, answer) {
  const kind = own(route.questions, question)?.kind;
  return (kind === "date" && /^\d{4}-\d\d-\d\d$/.test(answer)) || (kind === "number" && /^\d+$/.test(answer));
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
  if (!isExact(route, question, answer)) return answer;
  if (asked.kind === "number") return `${answer}${asked.unit && ` ${asked.unit}`}`;
  const [year, month, day] = answer.split("-").map(String);
  return route.day.replace("{year}", year).replace("{month}", String(+month)).replace("{day}", String(+day));
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
