// The engine's result → the page: dates, what-if, ends, calendar files. The global `MingluOutcome`.
//
//   fill(section, result, link)   puts a result into the section it belongs to; link(question, answer) is the address of a changed answer
//   clear(section)                takes it out again
//   ends(section, result, page)   builds the section for a walk that ends in several outcomes, or in another tree
//   calendar(result, id)          { name, text } of an .ics file (RFC 5545) for one deadline
//   make(tag, properties, …children)

(function () {
  "use strict";

  const DAY = 86400e3;
  const FIRST = 5; // what-if rows shown at once

  window.MingluOutcome = { fill, clear, ends, calendar, make };

  function fill(section, result, link) {
    clear(section);
    const left = section.querySelector(".left");
    if (left && result.at.kind === "question") {
      left.dataset.was = left.textContent;
      left.textContent = questionsLeft(result.left);
      left.after(make("details", { className: "possible made" },
        make("summary", {}, `可能的结果（${result.possible.length}）`),
        make("ul", {}, ...result.possible.map((id) => make("li", {}, titleOf(section.parentElement, id))))));
    }
    const { deadlines, amounts } = result.outcome || { deadlines: [], amounts: [] };
    for (const deadline of deadlines)
      if (deadline.date) for (const slot of slots(section, "deadline", deadline.id)) slot.replaceChildren(...dated(deadline, result.today));
    for (const { id, value } of amounts)
      if (value !== null) for (const slot of slots(section, "amount", id)) slot.replaceChildren(make("b", {}, `${value} 元`));
    for (const letter of result.outcome ? result.outcome.letters : []) write(section, letter);
    const whatIf = section.querySelector("[data-slot=what-if]");
    if (!whatIf || !result.what_if.length) return;
    const asked = new Map(result.path.map((step) => [step.question, step.label]));
    const elsewhere = result.what_if.filter(({ leads_to: end }) => !(end.kind === "outcome" && end.id === result.at.id));
    if (!elsewhere.length) return;
    const rows = elsewhere.sort((one, other) => isQuestion(one) - isQuestion(other)).map((one) =>
      make("li", {}, `${asked.get(one.question)} `, make("b", {}, one.shown), make("br", {}), leadsTo(section.parentElement, one, link)));
    const more = rows.splice(FIRST);
    whatIf.hidden = false;
    whatIf.replaceChildren(make("h3", {}, "如果我的回答不同"), make("ul", {}, ...rows));
    if (more.length) whatIf.append(make("details", {}, make("summary", {}, `还有 ${more.length} 种`), make("ul", {}, ...more)));
  }

  /** The letter with what this reader answered; what only they know stays in 【】. */
  function write(section, { id, text }) {
    for (const box of section.querySelectorAll(`[data-letter="${id}"] pre`)) {
      if (!box.dataset.was) box.dataset.was = box.textContent;
      box.textContent = text;
      box.after(make("button", { type: "button", className: "copy", "data-do": "copy" }, "复制这封信"));
    }
  }

  /** An item may stand twice, in different cases. */
  function slots(section, kind, id) {
    return section.querySelectorAll(`[data-${kind}="${id}"] [data-slot]`);
  }

  function isQuestion({ leads_to: end }) {
    return end.kind === "question";
  }

  function leadsTo(page, { question, answer, leads_to: end }, link) {
    if (end.kind === "tree") return treeLink(page, end.id);
    return make("a", { href: link(question, answer) }, end.title);
  }

  function clear(section) {
    for (const slot of section.querySelectorAll("[data-slot]")) slot.replaceChildren();
    for (const slot of section.querySelectorAll("[data-slot=what-if]")) slot.hidden = true;
    for (const one of section.querySelectorAll("[data-was]")) one.textContent = one.dataset.was;
    for (const button of section.querySelectorAll(".copy")) button.remove();
    for (const made of section.querySelectorAll(".possible.made")) made.remove();
  }

  /** Where rest days move the end, the day before the move stands large while it lasts: who acts by it is on time in any case. */
  function dated(deadline, today) {
    const { kind, date, unshifted } = deadline;
    const ripens = kind === "ripens";
    const moved = !ripens && unshifted !== date;
    const safe = moved && unshifted >= today;
    const shown = safe ? unshifted : date;
    const left = deadline.days_left - (Date.parse(date) - Date.parse(shown)) / DAY;
    const state = safe ? (left ? "open" : "today") : deadline.state;
    const says = {
      open: `还有 ${left} 天`, today: "今天是最后一天", passed: `已经过了 ${-left} 天`, ripe: "期限已满",
      "not-yet": left > 0 ? `期限还没满，还有 ${left} 天` : "今天是这个期限的最后一天",
    }[state] || "过没过，要看还没公布的放假安排";
    const parts = [
      make("p", { className: `day ${state}` },
        make("b", {}, `${day(shown, today)}${ripens ? "过后" : "前"}`), ripens ? "" : "（含当天）", " ", make("span", { className: "days" }, says)),
      make("details", {}, make("summary", {}, "算法"), make("p", {}, `${deadline.how}。依据：${cites(deadline)}。`)),
    ];
    if (moved) parts.splice(1, 0, make("p", { className: "safe" }, safe ? `遇休假日顺延的话到${day(date, today)}，别等到那天。` : `遇休假日顺延才到这天；不顺延的话，${day(unshifted, today)}已经过了。`));
    if (!ripens && left >= 0) parts.push(make("button", { type: "button", className: "ics", "data-do": "ics", "data-deadline": deadline.id }, "加入日历"));
    return parts;
  }

  function ends(section, result, page) {
    const tree = result.at.kind === "tree";
    const all = tree ? [{ state: `tree/${result.at.id}#${result.at.state}` }] : result.ends;
    const unsure = result.path.filter((step) => step.answer === "unsure");
    section.replaceChildren(make("h2", {}, tree ? "接下来换一部分继续" : all.length === 1 ? "结果是这个，细节还定不下来" : "还定不下来：可能的结果"), make("ul", { className: "choices" }, ...all.map((end) => make("li", {}, endLink(page, end)))));
    if (unsure.length) section.append(make("h3", {}, "弄清这些，就能定下来"), make("ul", { className: "decides" }, ...unsure.map(({ question, label }) => {
      const find = page.querySelector(`[data-node="${question}"] .find`);
      return make("li", {}, make("b", {}, label), " ", make("a", { href: page.without(question) }, "去回答"), ...(find ? [make("br", {}), find.textContent] : []));
    })));
  }

  function endLink(page, { state, title }) {
    const [, tree] = /^tree\/([^#]+)/.exec(state) || [];
    const link = tree ? treeLink(page, tree, state.split("#")[1]) : make("a", { href: `#${state}` }, make("b", {}, title));
    link.className = "choice";
    return link;
  }

  /** To another tree, as this page's own links name it. */
  function treeLink(page, tree, state) {
    const own = page.querySelector(`a[data-handover="${tree}"]`);
    return make("a", { href: state ? `${tree}.html#${state}` : own.href, "data-handover": tree }, make("b", {}, own.dataset.title));
  }

  function calendar(result, id) {
    const deadline = result.outcome.deadlines.find((one) => one.id === id);
    // Whether an end moves off a weekend is not settled everywhere; who is reminded of the day before the move is on time in any case.
    const day = deadline.kind === "due" && deadline.unshifted >= result.today ? deadline.unshifted : deadline.date;
    const title = day === deadline.date ? `最后一天：${deadline.label}` : `最稳的最后一天：${deadline.label}（顺延后是${deadline.date}，别等）`;
    const words = `${deadline.how}。依据：${cites(deadline)}。明路给出，仅供参考，不是法律意见。`;
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Minglu//tree-walk//ZH", "BEGIN:VEVENT",
      `UID:${result.tree}-${result.outcome.id}-${id}-${day}@minglu`,
      `DTSTAMP:${new Date().toISOString().replace(/[-:]|\.\d+/g, "")}`,
      `DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(after(day))}`,
      `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(words)}`, "TRANSP:TRANSPARENT",
      "BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(`明天是${title}`)}`, "TRIGGER:-PT15H", "END:VALARM", // 9:00 the day before
      "END:VEVENT", "END:VCALENDAR", "",
    ];
    return { name: `${id}-${day}.ics`, text: lines.map(folded).join("\r\n") };
  }

  function folded(line) {
    let size = 0, out = "";
    for (const letter of line) {
      const octets = new TextEncoder().encode(letter).length;
      if (size + octets > 75) [out, size] = [out + "\r\n ", 1];
      out += letter;
      size += octets;
    }
    return out;
  }

  function escaped(text) {
    return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
  }

  function after(date) {
    return new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);
  }

  function compact(date) {
    return date.replace(/-/g, "");
  }

  function day(date, today) {
    const [year, month, number] = date.split("-").map(Number);
    const week = "日一二三四五六"[new Date(date).getUTCDay()];
    return `${year === Number(today.slice(0, 4)) ? "" : `${year}年`}${month}月${number}日（周${week}）`;
  }

  function cites(deadline) {
    return [].concat(deadline.cite).join("、");
  }

  function questionsLeft({ least, most }) {
    return most === null ? `至少还有 ${least} 个问题` : most === 1 ? "最后一个问题" : least === most ? `还有 ${most} 个问题` : `还有 ${least} 到 ${most} 个问题`;
  }

  function titleOf(page, id) {
    const place = page.querySelector(`.outcome[data-node="${id}"] h2`);
    return place ? place.textContent : page.querySelector(`a[data-handover="${id.replace("tree/", "")}"]`).dataset.title;
  }

  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }
})();
