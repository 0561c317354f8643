// The custom element `<tree-walk>`: keeps a reader's answers, replays them along the route, and shows one section.
//
// Where a reader stands is in the URL fragment alone, moved by `history.pushState`. Setting `location.hash`, or a click that reaches
// Material's listener on `body`, would end in a `popstate`, and Material's instant navigation answers the first of those by fetching
// the page anew. Browser Back does just that once; then this element is replaced by a fresh one, which reads the URL.

import { addressOnMap, carriedAddress, noTicks, readAddress, writeAddress } from "./address.js";
import { today } from "./days.js";
import { make, whenWhole } from "./elements.js";
import { exactForm, refuse, typedAnswer } from "./exact-form.js";
import { Frame } from "./frame.js";
import { dropEvidence, forgetAll, keepsAny, UNDO_TIME, keepWalk, keptWalks } from "./keeping.js";
import { loadScript } from "./lazy.js";
import { clearResult, endsShown, fillResult, fillWhatIf } from "./outcome.js";
import { Reckoning } from "./reckoning.js";
import { renewPage, siteHasChanged, wasRenewed } from "./renewing.js";
import { asking, carriedAnswers, edgeOf, goesOn, isExact, otherTree, own, placeOf, replay, shownAnswer } from "./route.js";
import { Sections } from "./sections.js";
import { showByTicks, tickForm, tickedAnswer, ticksOf } from "./tick-form.js";
import { copyLetter, saveCalendarFile } from "./sharing.js";
import { pageAddress, scriptName } from "./site.js";
import { TickedHere } from "./ticks.js";
import { evidenceOfVisit, goesOnFromCase, walkedOn, walksOfVisit } from "./visit.js";

/**
 * @typedef {import("./address.js").Answers} Answers
 * @typedef {import("./address.js").Link} Link
 * @typedef {import("./route.js").Route} Route
 * @typedef {import("./route.js").Replayed} Replayed
 */

const HAS_BEGUN = ".apart"; // of an outcome that is not here yet (sections.js)
const STAYS = 150; // milliseconds after which a reader is taken to read what they see
/** @type {Map<string, string>} "tree question" → the answer the reader took back */
const before = new Map();
/** @type {TreeWalk | null} the element in the page: listeners outside it stand once, however often it comes and goes */
let live = null;
let broken = false; // something here threw: from then on every page of the visit works by its links
/** @type {Element | null} the link or button that a click met, or the first click of a double one */
let pressed = null;
let starting = false;
/** @type {Reckoning} */
let reckoning;

/** Once a visit. */
export function startWalks() {
  reckoning = new Reckoning();
  reckoning.listener = (news) => live && live.section && live.safely(live.heard, news);
  addEventListener("click", (event) => {
    if (event.detail < 2) pressed = target(event)?.closest("a, button") || null;
  }, true);
  const moved = (/** @type {boolean} */ arriving) => live && live.page === location.pathname && live.safely(live.restore, arriving);
  addEventListener("hashchange", () => moved(false));
  addEventListener("click", () => moved(true)); // a link elsewhere to this very page, which Material follows without an event
  addEventListener("visibilitychange", () => live && live.result && live.result.today !== today() && live.safely(live.reckon));
  addEventListener("beforeprint", () => live && live.safely(live.unfoldGists));
  addEventListener("keydown", (event) => live && live.safely(live.keyed, event));
  addEventListener("storage", () => live && live.section && live.safely(live.forgotten)); // another tab wrote or forgot
  starting = true;
  customElements.define("tree-walk", TreeWalk);
  starting = false;
}

class TreeWalk extends HTMLElement {
  // Set by `build`, before anything reads them.
  route = /** @type {Route} */ (/** @type {unknown} */ (undefined));
  sections = /** @type {Sections} */ (/** @type {unknown} */ (undefined));
  frame = /** @type {Frame} */ (/** @type {unknown} */ (undefined));
  stands = /** @type {Replayed} */ ({ section: null, state: null, path: [], waiting: false, misfit: null, over: null, stops: new Map(), result: null });
  /** for a walk that ends in several outcomes, or in another tree */
  ends = make("section", { className: "state several" });
  /** @type {HTMLElement | null} what is shown */
  section = null;
  /** @type {any} what the engine found for what is shown (docs/contribute/engine.md) */
  result = null;
  /** @type {Link} what the address said when the reader came */
  link = { kind: "none" };
  /** @type {Answers} all that were given */
  given = new Map();
  ticked = new TickedHere();
  /** @type {Answers} those on the path, then those that may fit again later */
  answers = new Map();
  /** @type {{ given: Answers | null, rows: any[] }} what other answers would lead to, and for which it was asked */
  whatIf = { given: null, rows: [] };
  /** a new one for each step: what comes back for an older one is late */
  turn = {};
  /** @type {string | null} the address that was handled last */
  seen = null;
  /** @type {string | null} the walk that the device keeps, while this one goes on from it */
  held = null;
  /** @type {string | null} the kept walk that this one leaves alone */
  spared = null;
  /** @type {string | null} the kept walk that the reader was told of */
  told = null;
  keeps = false;
  loaded = false;
  stepped = false;
  visiting = false;
  /** @type {{ scroll: boolean } | null} the focus is to come to the heading of what is shown */
  due = null;
  page = "";

  connectedCallback() {
    if (this.hasAttribute("data-plain")) return; // outcomes for browsers without scripts (outcomes_apart.py)
    // With the page: nobody has been taken here, so the focus is left alone. In-site navigation brings elements within <noscript>.
    this.loaded = starting && !this.querySelector(":scope > noscript > *");
    if (broken) this.putBack();
    else this.safely(this.connect);
  }

  disconnectedCallback() {
    if (live === this) live = null;
    this.loaded = false;
  }

  /**
   * What fails here leaves a page that works by its links.
   * @template {any[]} Given
   * @param {(...args: Given) => unknown} step
   * @param {Given} args
   */
  async safely(step, ...args) {
    if (broken) return;
    try {
      await step.apply(this, args);
    } catch (error) {
      broken = true;
      console.error("tree-walk:", error);
      this.giveWay(args[0]);
    }
  }

  /**
   * Layer 1 takes over: nothing of the script is left but one sentence, and a click that it had taken goes where its link goes.
   * @param {unknown} event
   */
  giveWay(event) {
    const link = event instanceof Event && event.defaultPrevented && /** @type {HTMLAnchorElement | null} */ (target(event)?.closest("a[href]"));
    const stood = this.stands.state;
    this.removeAttribute("ready");
    this.removeAttribute("walking");
    for (const made of this.querySelectorAll("[data-made], form.exact, .made")) made.remove();
    this.putBack();
    const again = Object.assign(document.createElement("a"), { href: location.href, textContent: "带着已有的回答重新打开" });
    again.addEventListener("click", (click) => {
      click.preventDefault();
      click.stopPropagation();
      location.replace(again.href);
      location.reload();
    });
    const says = Object.assign(document.createElement("p"), { className: "notice" });
    says.setAttribute("role", "status");
    says.append("这一页的程序出错停下了，下面的链接照常可用。", again);
    this.prepend(says);
    if (link && !link.hash.includes("=")) location.href = link.href;
    else if (stood) location.hash = stood;
  }

  /** All sections stand in the document, for a page without this script. */
  putBack() {
    const sections = this.sections || new Sections(this, false);
    for (const shown of this.querySelectorAll(":scope > .state")) shown.remove();
    sections.putBack();
  }

  connect() {
    if (!this.frame) this.build();
    live = this;
    this.page = location.pathname;
    this.seen = null;
    reckoning.renew();
    const restored = this.restore(true);
    whenWhole(() => this.showMap()); // the link stands behind this element
    // A page that in-site navigation brought after a deploy: what runs here was made for another one.
    if (scriptName() && this.route.parts.script !== scriptName()) this.renew();
    else if (this.loaded && wasRenewed()) this.frame.say("网站刚更新过，这一页已换成新的一版；你的回答都在。");
    return restored;
  }

  build() {
    const made = this.querySelectorAll("[data-made]");
    for (const one of made) one.remove();
    this.route = JSON.parse(/** @type {HTMLTemplateElement} */ (this.querySelector(":scope > template")).content.textContent || "");
    this.sections = new Sections(this, made.length > 0);
    this.frame = new Frame();
    this.prepend(this.frame.top);
    this.append(this.frame.tools);
    this.addEventListener("click", (event) => this.safely(this.clicked, event));
    this.addEventListener("submit", (event) => this.safely(this.submitted, event));
    this.addEventListener("toggle", (event) => this.safely(this.opened, event), true);
    this.addEventListener("change", () => this.safely(this.tick));
  }

  // ---- where the reader stands

  /**
   * Stand where the URL says; arriving by a plain link, where the reader stood before.
   * @param {boolean} arriving
   */
  restore(arriving) {
    if (location.hash === this.seen) return;
    const { tree, version } = this.route;
    const last = walksOfVisit().get(tree);
    if (arriving && !location.hash && last) history.replaceState(history.state, "", last);
    const tapped = arriving && this.tapped(readAddress(location.hash));
    if (tapped) history.replaceState(history.state, "", writeAddress(version, tapped));
    const link = readAddress(location.hash);
    const id = link.kind === "state" ? [link.id, link.plain].find((one) => this.sections.idOf(one)) : undefined;
    if (link.kind === "state" && !id && !arriving && document.getElementById(link.id)) return; // another place on this page
    [this.seen, this.link, this.stepped, this.spared] = [location.hash, link, false, null];
    const kept = keptWalks()[tree];
    this.held = kept && [kept, goesOnFromCase()].includes(location.hash) ? kept : null;
    this.ticked.take(link.kind === "walk" ? link.ticks : { ...noTicks(), evidence: evidenceOfVisit() });
    if (id && this.sections.idOf(id) !== this.route.start) return this.visit(id);
    this.settle(link.kind === "walk" ? link.answers : new Map());
    if (link.kind === "walk" && !link.version && this.stands.over) return this.passOn(this.stands);
    if (link.kind === "walk" || !arriving) this.remember();
    if (!arriving || link.kind !== "none") this.show(true);
    else this.show(!this.loaded, false);
    if (link.kind === "bad") this.frame.say(link.says);
    else if (link.kind === "state" && !id) this.frame.say("链接里的位置在这一页找不到。请从第一个问题开始。");
    else if (link.kind === "none" && kept) this.frame.say("上次的回答还存在这台设备上。", ["接着上次的回答", kept]);
    else this.report();
    if (this.answers.size) return this.reckon(); // what it throws is caught, too
  }

  /**
   * What the reader tapped before this script came (rescue.js), as far as it leads to where the links have led.
   * @param {Link} link
   * @returns {Answers | null}
   */
  tapped(link) {
    /** @type {[tree: string, question: string, answer: string][]} */
    const all = Reflect.get(window, "MingluTaps") || [];
    Reflect.deleteProperty(window, "MingluTaps");
    for (const taps = all.filter(([tree]) => tree === this.route.tree); link.kind === "state" && taps.length; taps.pop()) {
      const { path } = this.replay(new Map(taps.map(([, question, answer]) => [question, answer])));
      for (; path.length; path.pop()) if (this.replay(new Map(path)).state === link.id) return new Map(path);
    }
    return null;
  }

  /**
   * A section reached by a plain link, without answers.
   * @param {string} id its own, or that of something in it
   */
  visit(id) {
    const { states } = this.route;
    this.settle(new Map());
    const section = this.sections.idOf(id);
    this.stands = { ...this.stands, section, state: own(states, id) ? id : section };
    this.visiting = true;
    this.show(true);
    this.sayVisiting();
    this.bring();
  }

  sayVisiting() {
    const { tree, version } = this.route;
    const last = walksOfVisit().get(tree);
    this.frame.say("这里没有用到你的回答，所以不算日期。", ["从第一个问题开始", writeAddress(version, [])], last ? ["回到我的回答", last] : null);
  }

  /**
   * The reader's step. Where only Python can tell where it leads, Python is asked first, if it is there.
   * @param {Answers} answers
   * @param {HTMLFormElement} [form]
   */
  async go(answers, form) {
    const turn = (this.turn = {});
    const { version } = this.route;
    if (reckoning.state() === "ready" && this.replay(answers).waiting) {
      const result = await reckoning.walk(this.route, answers, { version });
      if (turn !== this.turn || live !== this) return;
      const wrong = result.problem ? result.problem.says : result.failed;
      if (wrong && form) return refuse(form, wrong);
    }
    const led = this.replay(answers);
    if (led.over) return this.passOn(led, answers);
    if (!location.hash) history.replaceState(history.state, "", writeAddress(version, [])); // so that Back finds the start, not the memory
    [this.link, this.stepped] = [{ kind: "none" }, true];
    this.settle(answers);
    if (!answers.size) this.ticked.take(noTicks());
    const fragment = this.address();
    if (fragment !== location.hash) history.pushState(null, "", fragment);
    this.seen = location.hash;
    this.remember();
    this.follow(fragment);
    const reckoned = this.answers.size ? this.reckon() : null; // asked first: Python counts while this thread draws
    this.report(); // written before `show` asks the browser for the layout, as it would be asked for twice
    this.show(true);
    return reckoned; // what it throws is caught, too
  }

  /**
   * An answer given before leads to another tree, which goes on at once. Back does not come by here again.
   * @param {Replayed} led
   * @param {Answers} [answers]
   */
  passOn({ over, misfit }, answers = this.answers) {
    const to = over && otherTree(over);
    const answer = misfit && answers.get(misfit);
    if (!to || !answer) return;
    const link = this.treeLink(to.tree, to.state, to.said);
    this.handOver(link, [...answers]);
    location.replace(link.href);
  }

  /**
   * Keep what is on the path, in its order; then what may fit again later: at the end, only what other trees may ask.
   * @param {Answers} answers
   */
  settle(answers) {
    if (answers.size) {
      reckoning.start();
      this.bring();
    }
    this.stands = this.replay(answers);
    [this.given, this.visiting, this.turn] = [answers, false, {}];
    const used = new Map(this.stands.path);
    const ended = !asking(this.route, this.stands) && !this.unsure;
    const rest = [...answers].filter(([question, answer]) =>
      !used.has(question) && (!ended || goesOn(this.route, question) || this.warningOf(question, answer)));
    this.answers = new Map([...this.stands.path, ...rest]);
  }

  /** The outcomes, with the first answer, so that they are there by the time one is reached; else it is shown as far as it is here. */
  async bring() {
    try {
      if (await this.sections.bringOutcomes()) this.safely(this.brought);
    } catch (error) {
      if (live !== this || !this.section?.matches(HAS_BEGUN)) return;
      this.frame.say(/** @type {Error} */ (error).message, make("button", { type: "button", onclick: () => this.bring() }, "重试"));
      this.ifChanged();
    }
  }

  /** What stands here as far as it was there is shown whole. */
  brought() {
    if (live !== this || !this.section?.matches(HAS_BEGUN)) return;
    this.show(this.section.contains(document.activeElement), false); // or it is to come, which stays so
    if (this.visiting) return this.sayVisiting();
    if (this.stepped) {
      history.replaceState(history.state, "", this.address()); // with the ticks of this outcome
      this.seen = location.hash;
    }
    this.remember();
    this.report();
    if (this.answers.size) return this.reckon(); // what it throws is caught, too
  }

  /** @param {Answers} answers */
  replay(answers) {
    return replay(this.route, answers, {
      today: today(),
      known: (beyond) => reckoning.known(this.route.tree, answers, beyond),
      pythonFailed: reckoning.state() === "failed",
    });
  }

  /** Whether the reader stands at a section for those who are unsure. */
  get unsure() {
    const { section } = this.stands;
    return section !== null && !own(this.route.states, section) && !own(this.route.outcomes, section);
  }

  /** @param {string} question */
  without(question) {
    const { evidence } = this.ticked.ticks;
    return writeAddress(this.route.version, [...this.answers].filter(([asked]) => asked !== question), { replies: null, evidence });
  }

  /** The answers and ticks, as they stand where the reader is. */
  address(answers = this.answers) {
    const { section } = this.stands;
    return writeAddress(this.route.version, answers, this.ticked.at(section === null ? null : this.sections.get(section, this.caseShown)));
  }

  /** The number of the case of an outcome that the reader is in; 0 where it has one only. */
  get caseShown() {
    const { state } = this.stands;
    return (state && own(this.route.states, state)?.case) || 0;
  }

  /**
   * What stands on every screen after this answer, wherever it was given.
   * @param {string} question
   * @param {string} answer
   */
  warningOf(question, answer) {
    const lines = own(this.route.warnings, question);
    return lines && own(lines, answer);
  }

  /** @param {string} question */
  asks(question) {
    return own(this.route.questions, question)?.ask;
  }

  /** What the reader should know of this step. */
  report() {
    if (!this.spared) return this.frame.say(this.misfits());
    const instead = this.answers.size > 0 && make("button", { type: "button", "data-do": "keep" }, "改记现在的回答");
    this.frame.say(`${this.misfits()}这台设备上记住的上次的回答还在，没有改动。`, ["接着上次的回答", this.spared], instead);
  }

  /** One line on what in the link does not fit this page. */
  misfits() {
    const { waiting, misfit, section, path } = this.stands;
    const several = section === null || this.unsure;
    if (waiting && reckoning.state() !== "idle" && !(this.stepped && several)) return several ? "正在计算…" : "正在按日期计算…";
    if (this.stepped && misfit) return "这个问题原来的回答在这里用不上，请重新选。";
    if (this.link.kind !== "walk" || !this.link.version) return "";
    const used = new Map(path);
    const ended = !asking(this.route, this.stands) && !waiting;
    const brought = [...this.given].filter(([question, answer]) => !this.warningOf(question, answer)).map(([question]) => question);
    const lost = brought.filter((question) =>
      question === misfit || (!goesOn(this.route, question) && (!this.asks(question) || (ended && !used.has(question)))));
    const names = lost.map((question) => this.asks(question)).filter(Boolean).map((ask) => `“${ask}”`).join("、");
    if (this.result?.changed) return this.result.changed.says + (names && `不再适用的回答：${names}。`);
    if (this.link.version !== this.route.version)
      return `这个链接生成以后，内容更新过${names ? `；不再适用的回答：${names}` : lost.length ? "；有的回答不再适用" : "；已按新内容重新走了一遍"}。`;
    return lost.length || this.link.odd ? `链接里有的回答这里用不上${names && `：${names}`}，其余的都照旧。` : "";
  }

  // ---- what the reader sees

  /** @param {boolean} focus @param {boolean} scroll */
  show(focus, scroll = focus) {
    const { section: id, path } = this.stands;
    const section = (id !== null && this.sections.get(id, this.caseShown)) || this.ends;
    if (section === this.ends) this.ends.replaceChildren(...this.endsOf(this.stands.result));
    for (const shown of this.querySelectorAll(":scope > .state")) if (shown !== section) shown.remove();
    this.bringShared(section);
    if (!section.isConnected) this.frame.top.after(section);
    this.section = section;
    section.classList.add("here");
    unfoldSoon(section);
    this.setAttribute("ready", "");
    this.toggleAttribute("walking", path.length > 0);
    this.result = null;
    this.frame.tools.querySelector(".share-box")?.remove();
    clearResult(section);
    if (path.length) showByTicks(section, (question) => this.ticksSet(question));
    else showByTicks(section, () => null);
    this.ticked.show(section);
    const warned = [...this.answers].map(([question, answer]) => this.warningOf(question, answer));
    this.frame.showWarnings([...new Set(warned)].flatMap((line) => line || []));
    this.frame.showRoad(path.map(([question, answer]) =>
      ({ question, ask: this.asks(question) || question, shown: shownAnswer(this.route, question, answer), change: this.without(question) })));
    this.showBefore();
    this.showMap();
    this.showKept();
    this.showPython();
    this.fill();
    const heading = section.querySelector("h2");
    if (!heading) return;
    // Behind the frame, which need not wait for it; and in-site navigation brings the page's head behind its body.
    const title = `${heading.textContent} - ${this.route.title}`;
    afterFrame(() => live === this && this.section === section && (document.title = title));
    describe(heading, section);
    if (focus) this.focusSoon(scroll);
  }

  /**
   * The heading of what is shown gets the focus with the next frame, for which the browser lays the section out: asked at once, it would
   * do so twice.
   * @param {boolean} scroll
   */
  focusSoon(scroll) {
    const asked = this.due;
    this.due = { scroll: scroll || Boolean(asked?.scroll) };
    if (!asked) requestAnimationFrame(() => this.safely(this.focusNow));
  }

  focusNow() {
    const { due } = this;
    this.due = null;
    const heading = this.section?.querySelector("h2");
    if (!due || !heading || live !== this) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (due.scroll) bringUp(this.stands.path.length ? this.frame.bar : this.frame.top);
  }

  /**
   * What all ends share stands once on the page, in a section of its own: here it takes the place of the link to it.
   * @param {HTMLElement} section
   */
  bringShared(section) {
    for (const link of section.querySelectorAll("a[href^='#shared-']")) {
      const shared = this.sections.get((link.getAttribute("href") || "").slice(1))?.cloneNode(true);
      if (!(shared instanceof Element)) continue;
      shared.querySelector(".back")?.remove();
      const heading = shared.querySelector("h2");
      heading?.replaceWith(make("h3", {}, heading.textContent));
      link.replaceWith(...shared.childNodes);
    }
  }

  /** The answer that the reader took back is marked among the links. */
  showBefore() {
    const node = this.asked();
    const taken = node && before.get(`${this.route.tree} ${node}`);
    const state = asking(this.route, this.stands);
    const edge = taken && state && (taken === "unsure" ? taken : edgeOf(this.route, state, taken, new Map(this.stands.path), today()));
    for (const link of this.section?.querySelectorAll("a[data-answer]") || []) {
      if (edge && link.getAttribute("data-answer") === edge) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /**
   * What the reader ticked: nothing where the question was not asked, null where they left it open.
   * @param {string} question
   */
  ticksSet(question) {
    const answer = new Map(this.stands.path).get(question);
    return answer === undefined ? [] : ticksOf(this.route.questions[question], answer);
  }

  /** The question that is asked here. */
  asked() {
    return asking(this.route, this.stands)?.node;
  }

  /** The link to the picture of the tree takes the way along, and where it stands (maps.js). */
  showMap() {
    const link = /** @type {HTMLAnchorElement | null} */ (this.parentElement?.querySelector("a[data-map]"));
    const { path, section } = this.stands;
    const carried = [...this.answers].filter(([question]) => !this.asks(question)); // for other trees
    if (link) link.hash = path.length ? addressOnMap(this.route.version, [...path, ...carried], this.asked() || section) : "";
  }

  showKept() {
    this.keeps = Boolean(keptWalks()[this.route.tree]);
    this.frame.showKept({
      any: keepsAny(), own: this.keeps, same: Boolean(this.held),
      answered: this.answers.size > 0, walking: this.stands.path.length > 0,
    });
  }

  showPython() {
    const node = this.asked();
    const kind = node && this.route.questions[node].kind;
    const exact = !this.visiting && kind && ["date", "number", "money"].includes(kind);
    if (!this.visiting && node && kind === "several" && this.section)
      tickForm(this.section, [this.answers.get(node), before.get(`${this.route.tree} ${node}`)].find((answer) => answer && answer !== "unsure"));
    this.frame.showPython({ state: reckoning.state(), news: reckoning.news, wanted: this.answers.size > 0 || Boolean(exact) });
    if (!node || !exact || !this.section) return;
    const given = [this.answers.get(node), before.get(`${this.route.tree} ${node}`)].find((answer) => answer && isExact(this.route, node, answer));
    exactForm(this.section, this.route.questions[node], given);
  }

  /** @param {any} result @returns {HTMLElement[]} */
  endsOf(result) {
    return endsShown(result, {
      treeLink: this.treeLink.bind(this),
      findIn: (question) => own(this.route.questions, question)?.find || "",
      without: this.without.bind(this),
    });
  }

  /**
   * To another tree: the page is named by the route, never by data that may have been tampered with.
   * @param {string} tree
   * @param {string} [state]
   * @param {string} [said] what the hand-over says of questions there
   */
  treeLink(tree, state, said = "") {
    const other = own(this.route.others, tree);
    if (!other) throw new Error(`no tree ${tree}`);
    const href = `${pageAddress(`trees/${tree}.html`)}#${state || other.start}`;
    return make("a", { href, "data-handover": tree, "data-with": said }, make("b", {}, other.title));
  }

  // ---- what the reader does

  /** @param {MouseEvent} event */
  clicked(event) {
    const met = /** @type {HTMLAnchorElement | HTMLButtonElement | null} */ (target(event)?.closest("a, button"));
    if (!met || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (meantForAnother(event, met) || (met.dataset.question && met.closest(".state") !== this.section)) {
      event.preventDefault();
      return event.stopPropagation();
    }
    if (met instanceof HTMLButtonElement) return this.pressed(met);
    if (met.dataset.handover) return this.handOver(met);
    if (!met.hash || met.href.split("#")[0] !== location.href.split("#")[0]) return;
    const link = readAddress(met.hash);
    const { question, answer, change } = met.dataset;
    if (link.kind !== "walk" && !(link.kind === "state" && (own(this.route.states, link.id) || this.sections.idOf(link.id)))) return; // not ours
    event.preventDefault();
    event.stopPropagation(); // Material would take it for a navigation
    if (link.kind === "walk" && link.version === this.route.version) return this.takeBack(change, link.answers);
    if (question && answer && !this.visiting) return this.go(new Map([...this.answers, [question, answer]]));
    if (link.kind === "state" && link.id === this.route.start) return this.restart();
    const stop = link.kind === "state" && this.stands.stops.get(link.id);
    if (stop) return this.takeBack(stop);
    history.pushState(null, "", met.hash);
    return this.restore(false);
  }

  /** @param {HTMLButtonElement} button */
  pressed(button) {
    const say = (/** @type {string} */ text, /** @type {Node[]} */ ...more) => this.frame.sayBeside(button, text, ...more);
    switch (button.dataset.do) {
      case "back": return this.back();
      case "restart": return this.restart();
      case "share": return this.act((act) => act.shareBox(button, this), ({ message }) => say(`${message}地址栏里的网址带着你的回答，可以直接复制。`));
      case "print": return this.act((act) => act.printPage(button, this), () => window.print());
      case "keep": return this.keep(button);
      case "forget": return this.forget();
      case "load": return this.load();
      case "copy": return copyLetter(button);
      case "ics": return saveCalendarFile(this.result.outcome.deadlines.find((/** @type {any} */ { id }) => id === button.dataset.deadline).calendar);
    }
  }

  /**
   * Ctrl+P at an outcome is the button: its sheet takes a moment to make, and the browser's own print gives none.
   * @param {KeyboardEvent} event
   */
  keyed(event) {
    const isPrint = event.key?.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isPrint || !this.result?.outcome || this.visiting) return;
    event.preventDefault();
    /** @type {HTMLButtonElement | null} */ (this.frame.tools.querySelector("[data-do='print']"))?.click();
  }

  /**
   * Back to a question; the answers after it wait, and those that still fit are replayed.
   * @param {string | undefined} question
   * @param {Answers} [answers]
   */
  takeBack(question, answers) {
    const taken = question && this.answers.get(question);
    if (question && taken) before.set(`${this.route.tree} ${question}`, taken);
    return this.go(answers || new Map([...this.answers].filter(([asked]) => asked !== question)));
  }

  back() {
    return this.takeBack(this.stands.path[this.stands.path.length - 1][0]);
  }

  restart() {
    return this.go(new Map());
  }

  /** @param {SubmitEvent} event */
  submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const node = this.asked();
    if (!form.matches(".exact, .ticked") || !node) return;
    event.preventDefault();
    if (form.matches(".ticked")) return this.goTicked(node, tickedAnswer(form));
    const question = this.route.questions[node];
    const text = /** @type {HTMLInputElement} */ (form.elements[0]).value;
    const value = typedAnswer(question, text);
    refuse(form, this.refusal(node, text, value));
    if (isExact(this.route, node, value) && !form.querySelector(".problem")?.textContent)
      return this.go(new Map([...this.answers, [node, value]]), form);
  }

  /**
   * On to where the one link of the question leads: another tree is gone to by the link itself, which takes the ticks along.
   * @param {string} node
   * @param {string} answer
   */
  goTicked(node, answer) {
    const over = /** @type {HTMLAnchorElement | null | undefined} */ (this.section?.querySelector("a.choice[data-handover]"));
    if (!over) return this.go(new Map([...this.answers, [node, answer]]));
    over.dataset.answer = answer;
    over.click();
  }

  /**
   * Why a day or number cannot be taken now; "" where it can.
   * @param {string} node
   * @param {string} text as typed
   * @param {string} value as read
   */
  refusal(node, text, value) {
    const { kind } = this.route.questions[node];
    if (!isExact(this.route, node, value)) {
      if (kind === "money") return "请填一个金额，如 4999 或 4,999.00，最多一千万元。";
      if (kind !== "date") return "请填一个整数。";
      if (/^\d{4}-\d\d-\d\d$/.test(value)) return `${value} 不是一个日期。`;
      return text.trim() ? "这个日期看不懂，写成 2026-11-10 或 11月10日 这样；只记得月份的，写成 2026年5月。" : "请选一个日期。";
    }
    const state = asking(this.route, this.stands);
    if (reckoning.state() !== "failed" || !state || edgeOf(this.route, state, value, new Map(this.stands.path), today())) return "";
    if (kind === "date" && value > today()) return "这一天还没有到。请看一下设备的日期对不对。";
    return "这一天离界限太近，或者不合前面的回答，要精确计算才能定；现在它没有加载成功，请选下面的范围，或点“重试”。";
  }

  /** A tick is kept in the address, and stands in the letter. */
  tick() {
    const { evidence } = this.ticked.ticks;
    if (!this.section || !this.ticked.changed(this.section) || this.visiting) return;
    const gone = evidence.filter((id) => !this.ticked.ticks.evidence.includes(id));
    if (gone.length) dropEvidence(gone);
    const fragment = this.address();
    history.replaceState(history.state, "", fragment);
    this.seen = location.hash;
    this.remember();
    this.follow(fragment);
    if (this.answers.size) return this.reckon(); // what it throws is caught, too
  }

  /**
   * What an article says is put into the list of an outcome when it is unfolded.
   * @param {Event} event
   */
  opened(event) {
    const box = /** @type {Element} */ (event.target);
    if (box.matches("[data-reply]")) return this.tick();
    if (box.matches(".letter")) return this.fill();
    if (box.matches(".gists[open]")) this.unfoldGists();
  }

  /** For a print, too. */
  unfoldGists() {
    for (const link of this.section?.querySelectorAll("a[data-gist]") || []) {
      const { hash } = /** @type {HTMLAnchorElement} */ (link); // Material makes its `href` a full address
      const entry = this.sections.entry(decodeURIComponent(hash).slice(1));
      if (entry) link.replaceWith(...entry.childNodes);
    }
  }

  /** The gaps of a letter that stands open are fields, by a script that is loaded for them (letters.js). */
  fill() {
    for (const box of this.section?.querySelectorAll(".letter[open]") || [])
      this.act((act) => act.letter(box, this), ({ message }) => {
        box.querySelector(".notice")?.remove();
        box.append(make("p", { className: "notice" }, message, make("button", { onclick: () => this.fill() }, "重试")));
      });
  }

  /**
   * Carry along every answer that other trees may ask for, and what the hand-over itself says.
   * @param {HTMLAnchorElement} link
   * @param {[string, string][]} [told]
   */
  handOver(link, told = [...this.answers]) {
    const { question, answer, handover = "", with: said = "" } = link.dataset;
    const answered = new Map(question && answer ? [...told, [question, answer]] : told); // by the very tap that leads there
    if (answered.size) walkedOn(this.route.tree, this.address(this.answers), this.address(answered));
    const carried = carriedAnswers(this.route, answered, handover, said);
    link.dataset.plain = link.dataset.plain || link.hash;
    link.hash = carried.size ? carriedAddress(carried, this.ticked.ticks.evidence) : link.dataset.plain;
  }

  /**
   * What readers take away is a script of its own (act.js).
   * @param {(act: any) => unknown} step
   * @param {(error: Error) => unknown} otherwise
   */
  act(step, otherwise) {
    return loadScript("act.js", "MingluAct").then(step).catch(otherwise);
  }

  /**
   * What the engine answers about this very walk.
   * @param {Record<string, unknown>} request
   */
  ask(request) {
    return reckoning.ask(this.route, this.given, request);
  }

  /** The addresses that stand for where the reader is: the outcome or the page alone; and with the answers, and what the result rests on. */
  shared() {
    const { path, waiting, section } = this.stands;
    const place = !path.length ? location.hash : section !== null && own(this.route.outcomes, section) ? `#${section}` : "";
    const receipt = this.result ? `&D=${this.result.receipt.link}` : "";
    const answers = path.length ? this.address(waiting ? this.answers : this.tellable()) + receipt : "";
    return [place, answers].map((fragment) => new URL(fragment, location.href).href);
  }

  /** The answers on the path, and those that a line on every screen stands for. */
  tellable() {
    return new Map([...this.answers].filter(([question, answer]) => this.stands.path.some(([asked]) => asked === question) || this.warningOf(question, answer)));
  }

  // ---- what is kept

  /**
   * What is kept on the device follows the walk that goes on from it; any other leaves it alone, and says so once.
   * @param {string} fragment
   */
  follow(fragment) {
    const last = keptWalks()[this.route.tree];
    const goesOn = this.answers.size && (last ? last === this.held : keepsAny());
    const kept = goesOn && keepWalk(this.route.tree, fragment);
    this.held = kept || fragment === last ? fragment : null;
    this.spared = last && !this.held && (this.told !== last || !this.answers.size) ? last : null;
    if (this.spared) this.told = last;
  }

  remember() {
    if (this.answers.size) walksOfVisit().set(this.route.tree, this.address());
    else walksOfVisit().delete(this.route.tree);
  }

  /** @param {HTMLElement} button */
  keep(button) {
    const fragment = this.address();
    const done = keepWalk(this.route.tree, fragment);
    if (done) {
      [this.held, this.spared] = [fragment, null];
      dispatchEvent(new CustomEvent("minglu-keep")); // for what else belongs to the case (case.js)
    }
    this.frame.sayBeside(button, done ? "已记在这台设备上，之后的回答也会一起记。点“全部忘记”就清除。" : "这个浏览器不允许保存。可以用“分享”把链接发给自己。");
    this.showKept();
  }

  forget() {
    const { hash } = location;
    const recall = forgetAll();
    before.clear();
    reckoning.forget();
    this.sections.forget();
    history.replaceState(null, "", location.pathname + location.search);
    this.seen = null;
    this.restore(false);
    const undo = make("button", { type: "button" }, "撤销");
    undo.onclick = () => this.safely(() => {
      recall();
      history.replaceState(null, "", hash || location.href);
      this.seen = null;
      return this.restore(false);
    });
    setTimeout(() => undo.remove(), UNDO_TIME);
    this.frame.say("都忘记了。浏览器的历史记录里可能还有刚才的网址，可以在浏览器里清除。", undo);
  }

  /** Another tab has forgotten everything. */
  forgotten() {
    const had = this.keeps;
    this.showKept();
    if (!had || this.keeps) return;
    [this.held, this.spared] = [null, null];
    this.frame.say(`这台设备上记住的回答，刚才在另一个页面里清除了。${this.answers.size ? "这一页上的回答还在；也要清除，就点“全部忘记”。" : ""}`);
  }

  // ---- Python

  async reckon() {
    if (!["loading", "ready"].includes(reckoning.state())) return;
    const { turn, link, given } = this;
    const { version } = this.route;
    const madeFor = link.kind === "walk" ? link : { version: null };
    const result = await reckoning.walk(this.route, given, madeFor, this.ticked.at(this.section).replies);
    if (broken || turn !== this.turn || live !== this) return;
    if (result.failed) return reckoning.state() === "ready" && this.frame.say(result.failed);
    if (result.problem) return this.trouble(result);
    if (this.stands.waiting && this.stepped && this.unsure)
      return this.frame.say("现在可以接着往下问，缩小范围。", ["接着往下问", writeAddress(version, this.answers)]);
    if (this.stands.waiting) {
      this.settle(given);
      this.show(true);
      this.report();
    }
    if (result.at.state !== this.stands.state || this.section === this.ends) return; // the links decide
    const isNews = result.changed && !this.result;
    this.result = result;
    if (isNews) this.report();
    if (result.outcome) this.ticked.comes(/** @type {HTMLElement} */ (this.section), result.outcome.replies);
    fillResult(/** @type {HTMLElement} */ (this.section), result);
    this.fill();
    if (result.outcome) await this.addWhatIf(result);
  }

  /**
   * What other answers would lead to is asked for when the reader has stayed for a moment: no step waits for it.
   * @param {any} result
   */
  async addWhatIf(result) {
    const { turn, given } = this;
    const { version } = this.route;
    const isLate = () => broken || turn !== this.turn || live !== this || this.result !== result;
    if (this.whatIf.given !== given) { // a tick alone changes nothing in it
      await new Promise((then) => setTimeout(then, STAYS));
      if (isLate()) return;
      const rows = await reckoning.whatIf(this.route, given);
      if (isLate()) return;
      this.whatIf = { given, rows };
    }
    fillWhatIf(/** @type {HTMLElement} */ (this.section), result, this.whatIf.rows, (question, answer) =>
      writeAddress(version, new Map([...this.answers, [question, answer]])));
  }

  /**
   * An answer that the engine refuses stands at its question, in one sentence.
   * @param {any} result
   */
  trouble({ at, path, problem }) {
    const there = at?.state ? placeOf(this.route, at.state) : null;
    if (!there || !(this.stands.waiting || there.section === this.stands.section)) return this.frame.say(problem.says);
    const steps = path.map((/** @type {any} */ step) => [step.question, step.answer]);
    this.stands = { ...this.stands, ...there, path: steps, waiting: false };
    this.show(true);
    const form = /** @type {HTMLFormElement | null} */ (this.section?.querySelector("form.exact") || null);
    this.frame.say(form ? "" : problem.says);
    if (!form) return;
    this.due = null; // it comes to the field
    refuse(form, problem.says);
  }

  load() {
    reckoning.start(true);
    this.section?.querySelector("h2")?.focus({ preventScroll: true }); // the button goes away
    if (!this.answers.size) return;
    this.stands.waiting = this.replay(this.given).waiting; // the reader stays here until the result tells where to go on
    this.report();
    return this.reckon();
  }

  /** What does not come may have gone: then the page is loaded anew, with all its steps. */
  async ifChanged() {
    const { turn } = this;
    if ((await siteHasChanged(this.route.parts.tree)) && turn === this.turn && live === this) this.renew();
  }

  renew() {
    const going = renewPage();
    this.frame.say(going ? "网站刚更新过，正在换成新的一版；你的回答都在。" : "这一页和网站上的文件不是同一版，请过几分钟再打开；下面的链接照常可用。");
  }

  /** @param {import("./reckoning.js").News} news */
  heard({ type, again }) {
    if (type === "failed" && again) this.ifChanged();
    if (type === "failed" && this.stands.waiting) {
      const was = this.section;
      this.settle(this.given);
      if (this.stands.section === null || this.stands.section !== was?.id) this.show(true);
      this.report();
    }
    this.showPython();
  }
}

/** @param {Event} event */
function target(event) {
  return event.target instanceof Element ? event.target : null;
}

/**
 * The second click of a double click, where the first has put something else in the place of what it met.
 * @param {MouseEvent} event
 * @param {Element} met
 */
function meantForAnother(event, met) {
  return event.detail > 1 && pressed !== null && pressed !== met;
}

/**
 * Who listens hears how strong the position is and how many questions are left, with the heading that the focus goes to.
 * @param {HTMLElement} heading
 * @param {HTMLElement} section
 */
function describe(heading, section) {
  const parts = [...section.querySelectorAll(":scope > p.standing, :scope > .left")];
  parts.forEach((part, place) => (part.id = `walk-says-${place}`));
  if (parts.length) heading.setAttribute("aria-describedby", parts.map(({ id }) => id).join(" "));
}

/**
 * What stands further down in a long section is laid out and drawn behind the frame that shows its beginning (walk.css).
 * @param {HTMLElement} section
 */
function unfoldSoon(section) {
  section.classList.add("coming");
  afterFrame(() => section.classList.remove("coming"));
}

/** @param {() => void} then */
function afterFrame(then) {
  requestAnimationFrame(() => setTimeout(then));
}

/**
 * To the top, at once; and once more on the next frame, as a scroll that is still under way (a turn of the wheel, and a tap at once) goes
 * on behind the first. Nothing is asked of the browser where it already stands there.
 * @param {HTMLElement} place
 */
function bringUp(place) {
  const margin = parseFloat(getComputedStyle(place).scrollMarginTop) || 0;
  const bring = () => {
    const away = place.isConnected ? place.getBoundingClientRect().top - margin : 0;
    if (Math.abs(away) >= 1) scrollBy({ top: away, behavior: "instant" });
  };
  bring();
  requestAnimationFrame(bring);
}
