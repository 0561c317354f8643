// A deadline as the engine reckoned it → its elements: the day that stands large, what is left, the arithmetic, the calendar file.

import { make } from "./elements.js";

/**
 * A verdict from rough answers has no day, and the rule stays beside it.
 * @param {any} deadline
 */
export function dated({ id, verdict, limit, shown, calendar }) {
  const days = [make("b", {}, shown.headline), shown.inclusive, " ", make("span", { className: "days" }, shown.left)];
  return [
    make("p", { className: verdict ? `day ${verdict}` : "day" }, ...days),
    ...(shown.safe ? [make("p", { className: "safe" }, shown.safe)] : []),
    ...(limit ? [make("details", {}, make("summary", {}, "算法"), make("p", {}, shown.arithmetic))] : []),
    ...(calendar ? [make("button", { type: "button", className: "ics", "data-do": "ics", "data-deadline": id }, "加入日历")] : []),
  ];
}
