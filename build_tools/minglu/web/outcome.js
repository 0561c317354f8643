// The engine's result → the page: days, what-if, ends. What is shown, in which words, is the engine's; here it is put in its place.
// The global `MingluOutcome`.
//
//   fill(section, result, link)   puts a result into the section it belongs to; link(question, answer) is the address of a changed answer
//   clear(section)                takes it out again
//   ends(section, result, page)   builds the section for a walk that ends in several outcomes, or in another tree
//   make(tag, properties, …children)

(function () {
  "use strict";

  const FIRST = 5; // what-if rows shown at once

  window.MingluOutcome = { fill, clear, ends, make };

  function fill(section, result, link) {
    clear(section);
    const left = section.querySelector(".left");
    if (left && result.at.kind === "question") {
      left.dataset.was = left.textContent;
      left.textContent = result.left.says;
      left.after(make("details", { className: "possible made" },
        make("summary", {}, `可能的结果（${result.possible.length}）`),
        make("ul", {}, ...result.possible.map(({ title }) => make("li", {}, title)))));
    }
    const { deadlines, amounts } = result.outcome || { deadlines: [], amounts: [] };
    for (const deadline of deadlines)
      if (deadline.shown) for (const slot of slots(section, "deadline", deadline.id)) slot.replaceChildren(...dated(deadline));
    for (const { id, shown } of amounts)
      if (shown) for (const slot of slots(section, "amount", id)) slot.replaceChildren(make("b", {}, shown));
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

  function dated({ id, shown, calendar }) {
    return [
      make("p", { className: `day ${shown.state}` }, make("b", {}, shown.headline), shown.inclusive, " ", make("span", { className: "days" }, shown.left)),
      ...(shown.safe ? [make("p", { className: "safe" }, shown.safe)] : []),
      make("details", {}, make("summary", {}, "算法"), make("p", {}, shown.arithmetic)),
      ...(calendar ? [make("button", { type: "button", className: "ics", "data-do": "ics", "data-deadline": id }, "加入日历")] : []),
    ];
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
    const address = own.href.split("#")[0]; // never the tree's id, which may hold a scheme where data was tampered with
    return make("a", { href: state ? `${address}#${state}` : own.href, "data-handover": tree }, make("b", {}, own.dataset.title));
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
