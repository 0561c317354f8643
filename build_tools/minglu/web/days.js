// Days as readers type them and as the engine takes them, `2026-11-10`. The law's counting is the engine's (engine/dates.py).

import { siteFacts } from "./site.js";

/** The day where the site is, whatever the device says. */
export function today() {
  const { minutes = 8 * 60 } = siteFacts();
  return new Date(Date.now() + minutes * 60e3).toISOString().slice(0, 10);
}

/**
 * 2026/11/10, 2026年11月10日（周二）, ２０２６．１１．１０, 11月10日 → 2026-11-10; "" for what cannot be read.
 * Without a year: this year's, or last year's if that lies ahead.
 * @param {string} text
 * @param {string} now
 */
export function dayOf(text, now) {
  const plain = text.normalize("NFKC").replace(/[。·]/g, ".").trim().replace(/(\d)\s+(?=\d)/g, "$1-").replace(/\s/g, "");
  const whole = plain.replace(/\(?(周|星期)[一二三四五六日天]\)?$/, "").replace(/[日号]$/, "");
  const found = /^(\d{4})(\d\d)(\d\d)$/.exec(whole) || /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})$/.exec(whole);
  if (!found) return "";
  const [, year, month, day] = found;
  const rest = `-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const thisYear = Number(now.slice(0, 4));
  return year ? year + rest : `${thisYear}${rest}` > now ? `${thisYear - 1}${rest}` : `${thisYear}${rest}`;
}

/**
 * 2026年5月, 2026-5, ２０２６／５, 5月 → 2026-05; "" for what is no month. Without a year: this year's, or last year's if that lies ahead.
 * @param {string} text
 * @param {string} now
 */
export function monthOf(text, now) {
  const plain = text.normalize("NFKC").replace(/[。·]/g, ".").replace(/\s/g, "").replace(/份$/, "");
  const found = /^(\d{4})[-/.年](\d{1,2})月?$/.exec(plain) || /^()(\d{1,2})月$/.exec(plain);
  if (!found || Number(found[2]) < 1 || Number(found[2]) > 12) return "";
  const [, year, number] = found;
  const month = `-${number.padStart(2, "0")}`;
  const thisYear = Number(now.slice(0, 4));
  return year ? year + month : `${thisYear}${month}` > now.slice(0, 7) ? `${thisYear - 1}${month}` : `${thisYear}${month}`;
}

/**
 * First and last day that an answer may be: of a month, as far as it has come; of a day, itself. null for what is neither.
 * @param {string} text
 * @param {string} now
 * @returns {[string, string] | null}
 */
export function daysWithin(text, now) {
  if (isDay(text)) return [text, text];
  if (!/^\d{4}-\d\d$/.test(text) || !isDay(`${text}-01`)) return null;
  const last = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5)), 0)).toISOString().slice(0, 10);
  return [`${text}-01`, last > now ? now : last];
}

/**
 * Whether a day of the calendar is written as the engine takes it.
 * @param {string} text
 */
export function isDay(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Days from one to the other: the day itself is 0, the next is 1 (民法典第201条).
 * @param {string} from
 * @param {string} to
 */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
