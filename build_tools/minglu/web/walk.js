// The custom element `<tree-walk>`: keeps a reader's answers, replays them through the page's own links and shows one section;
// Python (reckoning.js) adds what links cannot know. Needs fragment.js, outcome.js and reckoning.js before it.
//
// Where a reader stands is in the URL fragment alone, moved by `history.pushState`. Setting `location.hash`, or a click that reaches
// Material's listener on `body`, would end in a `popstate`, and Material's instant navigation answers the first of those by fetching
// the page anew. Browser Back does just that once; then this element is replaced by a fresh one, which reads the URL.

(function () {
  "use strict";
  if (customElements.get("tree-walk")) return; // in-site navigation may run this script again

  const { read, write, kept, keep, forget } = window.MingluFragment;
  const { fill, clear, ends, make } = window.MingluOutcome;
  const python = window.MingluReckoning;
  const memory = new Map(); // tree → the fragment last walked; lives as long as the visit
  const before = new Map(); // "tree question" → the answer the reader took back
  let live = null; // the element in the page: listeners outside it stand once, however often it comes and goes
  let broken = false; // something here threw: from then on every page of the visit works by its links

  let pressed = null; // the link or button that a click met, or the first click of a double one
  addEventListener("click", (event) => event.detail < 2 && (pressed = event.target.closest?.("a, button") || null), true);

  const moved = (arriving) => live && live.page === location.pathname && live.safely(live.restore, arriving);
  addEventListener("hashchange", () => moved(false));
  addEventListener("click", () => moved(true)); // a link elsewhere to this very page, which Material follows without an event
  addEventListener("visibilitychange", () => live && live.result && live.result.today !== python.today() && live.safely(live.reckon));
  addEventListener("storage", () => live && live.here && live.safely(live.forgotten)); // another tab wrote or forgot
  python.on((event) => live && live.here && live.safely(live.heard, event));

  class TreeWalk extends HTMLElement {
    connectedCallback() {
      if (broken) byAddress(true);
      else if (document.readyState !== "loading") this.safely(this.connect);
      else document.addEventListener("DOMContentLoaded", () => this.isConnected && this.safely(this.connect), { once: true });
    }

    disconnectedCallback() {
      if (live === this) live = null;
    }

    /** What fails here leaves a page that works by its links. */
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

    /** Layer 1 takes over: nothing of the script is left but one sentence, and a click that it had taken goes where its link goes. */
    giveWay(event) {
      const link = event instanceof Event && event.defaultPrevented && event.target.closest("a[href]");
      this.removeAttribute("ready");
      this.removeAttribute("walking");
      byAddress(true);
      for (const made of this.querySelectorAll("[data-made], form.exact, .made")) made.remove();
      for (const section of this.querySelectorAll("[data-now]")) section.removeAttribute("data-now");
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
      else if (this.state) location.hash = this.state;
    }

    connect() {
      if (!this.top) this.build();
      live = this;
      this.page = location.pathname;
      this.seen = null;
      python.renew();
      return this.restore(true);
    }

    build() {
      const button = (act, text = "") => make("button", { type: "button", "data-do": act }, text);
      const status = (className) => make("p", { className, role: "status" });
      this.tree = this.getAttribute("tree");
      this.version = this.getAttribute("version");
      this.name = this.getAttribute("title");
      this.removeAttribute("title"); // else a tooltip over the whole page
      for (const made of this.querySelectorAll("[data-made]")) made.remove(); // this one may be a copy
      this.start = this.querySelector(".question[data-start]") || this.querySelector(".question");
      this.ends = make("section", { className: "state several", "data-made": "" });
      this.road = make("ol", { className: "road" });
      this.bar = make("p", { className: "walk-bar" }, button("back", "上一步"), button("restart", "从头开始"));
      this.notice = status("notice");
      this.meter = make("progress", { "aria-label": "正在加载精确计算" });
      this.percent = make("span", { className: "percent" });
      this.failure = status("failure");
      this.loader = button("load");
      this.progress = make("div", { className: "progress" }, this.meter, this.percent, this.failure, this.loader);
      this.keeper = button("keep");
      this.tools = make("div", { className: "tools", "data-made": "" }, button("share", "分享"), button("print", "打印这一页"), this.keeper,
        button("forget", "全部忘记"), make("p", { className: "soft" }, "分享的链接里有你的回答，收到的人都能看到。"));
      this.top = make("div", { className: "walk-top", "data-made": "" }, this.road, this.bar, this.notice, this.progress);
      this.prepend(this.top);
      this.append(this.ends, this.tools);
      this.addEventListener("click", (event) => this.safely(this.clicked, event));
      this.addEventListener("submit", (event) => this.safely(this.submitted, event));
    }

    // ---- where the reader stands

    /** Stand where the URL says; arriving by a plain link, where the reader stood before. */
    restore(arriving) {
      if (location.hash === this.seen) return;
      if (arriving && !location.hash && memory.has(this.tree)) history.replaceState(history.state, "", memory.get(this.tree));
      const link = read(location.hash);
      const target = link.kind === "state" && (document.getElementById(link.id) || document.getElementById(link.plain));
      const section = target && this.section(target.id);
      if (target && !section && !arriving) return; // another place on this page
      [this.seen, this.link, this.stepped, this.spared] = [location.hash, link, false, null];
      this.held = location.hash === kept()[this.tree] ? location.hash : null;
      if (section && section !== this.start) return this.visit(section, target);
      this.settle(link.answers || new Map());
      if (link.kind === "walk" || !arriving) this.remember();
      this.show(!arriving || link.kind !== "none");
      const last = kept()[this.tree];
      if (link.kind === "bad") this.say(link.says);
      else if (link.kind === "state" && !target) this.say("链接里的位置在这一页找不到。请从第一个问题开始。");
      else if (link.kind === "none" && last) this.say("上次的回答还存在这台设备上。", ["接着上次的回答", last]);
      else this.report();
      if (this.answers.size) return this.reckon(); // what it throws is caught, too
    }

    /** A section reached by a plain link, without answers. */
    visit(section, target) {
      this.settle(new Map());
      [this.here, this.state, this.visiting] = [section, target.id, true];
      this.show(true);
      this.say("这里没有用到你的回答，所以不算日期。", ["从第一个问题开始", write(this.version, [])], memory.has(this.tree) && ["回到我的回答", memory.get(this.tree)]);
    }

    /** The reader's step. Where only Python can tell where it leads, Python is asked first, if it is there. */
    async go(answers, form) {
      const turn = (this.turn = {});
      if (python.state() === "ready" && this.replay(answers).waiting) {
        const result = await python.walk(this.tree, this.version, answers, this.version);
        if (turn !== this.turn || live !== this) return;
        const wrong = result.problem ? result.problem.says : result.failed;
        if (wrong && form) return python.refuse(form, wrong);
      }
      if (!location.hash) history.replaceState(history.state, "", write(this.version, [])); // so that Back finds the start, not the memory
      [this.link, this.stepped] = [{ version: this.version }, true];
      this.settle(answers);
      const fragment = write(this.version, this.answers);
      if (fragment !== location.hash) history.pushState(null, "", fragment);
      this.seen = location.hash;
      this.remember();
      this.follow(fragment);
      this.show(true);
      this.report();
      if (this.answers.size) return this.reckon(); // what it throws is caught, too
    }

    /** Keep what is on the path, in its order; then what may fit again later, unless the end is reached. */
    settle(answers) {
      if (answers.size) python.start();
      Object.assign(this, this.replay(answers), { given: answers, visiting: false, turn: {} });
      const used = new Map(this.path);
      const rest = this.here.matches(".outcome") || this.here === this.ends ? [] : [...answers].filter(([question]) => !used.has(question));
      this.answers = new Map([...this.path, ...rest]);
    }

    /** Follow answers along the page's links and, for exact ones and `unsure`, along what Python found. */
    replay(answers) {
      let [here, state, path, several, waiting, misfit] = [this.start, this.start.id, [], false, false, null];
      const stops = new Map(); // section → the question answered there
      while (here.matches(".question") && answers.has(here.dataset.node)) {
        const question = here.dataset.node;
        const answer = answers.get(question);
        const link = choice(here, answer);
        stops.set(here.id, question);
        if (path.some(([asked]) => asked === question)) break;
        if (answer === "unsure" || (several && python.state() !== "failed") || (!link && python.exact(here, answer))) {
          const result = python.known(this.tree, answers, path.length);
          if (result) {
            path = result.path.map((step) => [step.question, step.answer]);
            several = result.states.length > 1;
            state = ["question", "outcome"].includes(result.at.kind) ? result.at.state : null;
            here = state ? this.section(state) : this.ends;
            if (!state) ends(this.ends, result, this);
            continue;
          }
          waiting = python.state() !== "failed";
          if (answer !== "unsure" || several || !link) break;
        }
        const next = link && !link.dataset.handover && this.section(read(link.hash).id);
        if (!next) {
          misfit = question;
          break;
        }
        path.push([question, answer]);
        [here, state] = [next, read(link.hash).id];
      }
      return { here, state, path, waiting, misfit, stops };
    }

    /** The section of a state, or around an element; an outcome's section holds all its states, as numbered cases. */
    section(id) {
      const target = document.getElementById(id);
      return target && this.contains(target) ? target.closest(".state") : null;
    }

    without(question) {
      return write(this.version, [...this.answers].filter(([asked]) => asked !== question));
    }

    asks(question) {
      const section = this.querySelector(`.question[data-node="${question}"]`);
      return section && (section.dataset.short || section.querySelector("h2").textContent);
    }

    /** What the reader should know of this step. */
    report() {
      if (!this.spared) return this.say(this.misfits());
      const instead = this.answers.size > 0 && make("button", { type: "button", "data-do": "keep" }, "改记现在的回答");
      this.say(`${this.misfits()}这台设备上记住的上次的回答还在，没有改动。`, ["接着上次的回答", this.spared], instead);
    }

    /** One line on what in the link does not fit this page. */
    misfits() {
      const several = this.here.matches(".several");
      if (this.waiting && python.state() !== "idle" && !(this.stepped && several)) return several ? "正在计算…" : "正在按日期计算…";
      if (this.stepped && this.misfit) return "这个问题原来的回答在这里用不上，请重新选。";
      if (this.link.kind !== "walk" || !this.link.version) return "";
      const used = new Map(this.path);
      const ended = !this.here.matches(".question") && !this.waiting;
      const lost = [...this.given.keys()].filter((question) => question === this.misfit || !this.asks(question) || (ended && !used.has(question)));
      const names = lost.map((question) => this.asks(question)).filter(Boolean).map((ask) => `“${ask}”`).join("、");
      if (this.link.version !== this.version)
        return `这个链接生成以后，内容更新过${names ? `；不再适用的回答：${names}` : lost.length ? "；有的回答不再适用" : "；已按新内容重新走了一遍"}。`;
      return lost.length || this.link.odd ? `链接里有的回答这里用不上${names && `：${names}`}，其余的都照旧。` : "";
    }

    // ---- what the reader sees

    show(focus) {
      for (const section of this.querySelectorAll(".state")) section.classList.toggle("here", section === this.here);
      const target = document.getElementById(this.state);
      if (target && target.dataset.at) this.here.dataset.now = target.dataset.at;
      else delete this.here.dataset.now;
      this.setAttribute("ready", "");
      byAddress(false);
      this.toggleAttribute("walking", this.path.length > 0);
      this.result = null;
      clear(this.here);
      this.road.replaceChildren(...this.path.map(([question, answer]) => {
        const ask = this.asks(question);
        const link = this.querySelector(`a[data-question="${question}"][data-answer="${answer}"]`);
        const shown = answer === "unsure" ? "不确定" : link ? link.querySelector("b").textContent : python.shown(question, answer);
        return make("li", {}, make("span", {}, `${ask} `, make("b", {}, shown)), make("a", { href: this.without(question), "aria-label": `改：${ask}`, "data-change": question }, "改"));
      }));
      this.road.hidden = this.bar.hidden = !this.path.length;
      this.showMap();
      this.showKept();
      for (const link of this.here.querySelectorAll("a[data-answer]"))
        link.setAttribute("aria-current", before.get(`${this.tree} ${link.dataset.question}`) === link.dataset.answer);
      this.showPython();
      if (!focus) return;
      const heading = this.here.querySelector("h2");
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      heading.closest(".state").scrollIntoView({ block: "start", behavior: "instant" });
    }

    /** The link to the picture of the tree takes the way along, and where it stands (maps.js). */
    showMap() {
      const link = this.parentElement.querySelector("a[data-map]");
      if (link) link.hash = this.path.length ? window.MingluFragment.along(this.version, this.path, this.here.dataset.node) : "";
    }

    showKept() {
      const all = kept();
      this.keeps = Boolean(all[this.tree]);
      this.tools.hidden = !this.path.length && !Object.keys(all).length;
      this.keeper.hidden = !this.answers.size;
      this.keeper.textContent = !all[this.tree] ? "在这台设备上记住" : this.held ? "已记在这台设备上" : "改记现在的回答";
    }

    say(text, ...links) {
      if (this.notice.previousSibling !== this.bar) this.bar.after(this.notice);
      const made = links.filter(Boolean).map((one) => (Array.isArray(one) ? make("a", { href: one[1] }, one[0]) : one));
      this.notice.replaceChildren(text, ...made.flatMap((one) => [" ", one]));
    }

    /** What a button did is said beside it: the notice's own place may be many screens away. */
    sayBeside(button, text, ...children) {
      if (!this.notice.contains(button)) button.after(this.notice);
      this.notice.replaceChildren(text, ...children);
    }

    showPython() {
      const [state, news, { kind, node }] = [python.state(), python.news(), this.here.dataset];
      const loading = state === "loading";
      const exact = !this.visiting && (kind === "date" || kind === "number");
      this.progress.hidden = state === "ready" || (state === "idle" && !this.answers.size && !exact);
      this.meter.hidden = this.percent.hidden = !loading;
      this.meter.value = loading && news.total ? news.loaded / news.total : 0;
      this.percent.textContent = this.meter.value < 1 ? `正在加载精确到天的计算 ${Math.floor(100 * this.meter.value)}%` : "文件到齐，正在启动";
      const why = state === "failed" && `${news.absent ? "" : "精确到天的计算没有加载成功："}${news.says.replace(/。$/, "")}`;
      const failure = why ? `${why}；下面的链接照常可用。` : "";
      if (this.failure.textContent !== failure) this.failure.textContent = failure;
      this.loader.hidden = loading || (state === "failed" && !news.again);
      this.loader.textContent = state === "failed" ? "重试" : "加载精确到天的计算（几兆字节）";
      if (exact) python.form(this.here, [this.answers.get(node), before.get(`${this.tree} ${node}`)].find((answer) => python.exact(this.here, answer)));
    }

    // ---- what the reader does

    clicked(event) {
      const target = event.target.closest("a, button");
      if (!target || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (meantForAnother(event, target) || (target.dataset.question && target.closest(".state") !== this.here)) {
        event.preventDefault();
        return event.stopPropagation();
      }
      if (target.dataset.do) return this[target.dataset.do](target);
      if (target.dataset.handover) return this.handOver(target);
      if (!target.hash || target.href.split("#")[0] !== location.href.split("#")[0]) return;
      const { id, answers, version } = read(target.hash);
      const { question, answer, change } = target.dataset;
      if (!answers && !this.section(id)) return; // not ours
      event.preventDefault();
      event.stopPropagation(); // Material would take it for a navigation
      if (answers && version === this.version) return this.takeBack(change, answers);
      if (question && !this.visiting) return this.go(new Map([...this.answers, [question, answer]]));
      if (id === this.start.id) return this.restart();
      if (this.stops.has(id)) return this.takeBack(this.stops.get(id));
      history.pushState(null, "", target.hash);
      return this.restore(false);
    }

    /** Back to a question; the answers after it wait, and those that still fit are replayed. */
    takeBack(question, answers = read(this.without(question)).answers) {
      if (question) before.set(`${this.tree} ${question}`, this.answers.get(question));
      return this.go(answers);
    }

    back() {
      return this.takeBack(this.path[this.path.length - 1][0]);
    }

    restart() {
      return this.go(new Map());
    }

    submitted(event) {
      const form = event.target;
      if (!form.matches(".exact")) return;
      event.preventDefault();
      const text = form.elements[0].value;
      const value = python.typed(this.here, text);
      const fits = python.exact(this.here, value);
      const unread = text.trim() ? "这个日期看不懂，写成 2026-11-10 或 11月10日 这样。" : "请选一个日期。";
      python.refuse(form, fits ? "" : this.here.dataset.kind === "date" ? unread : "请填一个整数。");
      if (fits) return this.go(new Map([...this.answers, [this.here.dataset.node, value]]), form);
    }

    /** Carry along the answers that the other tree may ask for too: options, and exact days and numbers; a range may have other limits there. */
    handOver(link) {
      const { question: asking, answer: given } = link.dataset;
      const answered = asking ? [...this.path, [asking, given]] : this.path; // by the very tap that leads there
      const shared = answered.filter(([question, answer]) => {
        const asked = this.querySelector(`.question[data-shared][data-node="${question}"]`);
        return asked && (asked.dataset.kind === "choice" || python.exact(asked, answer));
      });
      link.dataset.plain = link.dataset.plain || link.hash;
      link.hash = shared.length ? new URLSearchParams([["a", "1"], ...shared]) : link.dataset.plain;
    }

    async share(button) {
      const url = new URL(this.path.length ? write(this.version, this.waiting ? this.answers : this.path) : location.hash, location.href).href;
      try {
        if (navigator.share) return await navigator.share({ title: this.name, url });
        await navigator.clipboard.writeText(url);
        this.sayBeside(button, "链接已复制。里面有你的回答，收到的人都能看到。");
      } catch (error) {
        if (error.name === "AbortError") return;
        const field = make("input", { value: url, readOnly: true, "aria-label": "带有你的回答的链接" });
        this.sayBeside(button, "请复制这个链接，里面有你的回答：", field);
        field.select();
      }
    }

    /** Older browsers and plain http have no clipboard: then the letter is selected, ready to be copied by hand. */
    async copy(button) {
      const letter = button.previousElementSibling;
      try {
        await navigator.clipboard.writeText(letter.textContent);
        button.textContent = "已复制，填好【】里的再发";
      } catch {
        getSelection().selectAllChildren(letter);
        button.textContent = "已选中，请复制；填好【】里的再发";
      }
    }

    print() {
      window.print();
    }

    ics(button) {
      const { name, text } = this.result.outcome.deadlines.find(({ id }) => id === button.dataset.deadline).calendar;
      const href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
      make("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60e3);
    }

    // ---- what is kept

    /** What is kept on the device follows the walk that goes on from it; any other leaves it alone, and says so once. */
    follow(fragment) {
      const last = kept()[this.tree];
      const goesOn = last && last === this.held && this.answers.size;
      if (goesOn) keep(this.tree, fragment);
      this.held = last && (goesOn || fragment === last) ? fragment : null;
      this.spared = last && !this.held && (this.told !== last || !this.answers.size) ? last : null;
      if (this.spared) this.told = last;
    }

    remember() {
      if (this.answers.size) memory.set(this.tree, write(this.version, this.answers));
      else memory.delete(this.tree);
    }

    keep(button) {
      const fragment = write(this.version, this.answers);
      const done = keep(this.tree, fragment);
      if (done) [this.held, this.spared] = [fragment, null];
      this.sayBeside(button, done ? "已记在这台设备上，之后的回答也会一起记。点“全部忘记”就清除。" : "这个浏览器不允许保存。可以用“分享”把链接发给自己。");
      this.showKept();
    }

    forget() {
      forget();
      memory.clear();
      before.clear();
      python.forget();
      for (const form of this.querySelectorAll("form.exact")) form.remove();
      history.replaceState(null, "", location.pathname + location.search);
      this.seen = null;
      this.restore(false);
      this.say("都忘记了。浏览器的历史记录里可能还有刚才的网址，可以在浏览器里清除。");
      dispatchEvent(new CustomEvent("minglu-forget")); // for what else on the site holds something
    }

    /** Another tab has forgotten everything. */
    forgotten() {
      const had = this.keeps;
      this.showKept();
      if (!had || this.keeps) return;
      [this.held, this.spared] = [null, null];
      this.say(`这台设备上记住的回答，刚才在另一个页面里清除了。${this.answers.size ? "这一页上的回答还在；也要清除，就点“全部忘记”。" : ""}`);
    }

    // ---- Python

    async reckon() {
      if (!["loading", "ready"].includes(python.state())) return;
      const { turn, link, given } = this;
      const result = await python.walk(this.tree, this.version, given, link.version);
      if (turn !== this.turn || live !== this) return;
      if (result.failed) return python.state() === "ready" && this.say(result.failed);
      if (result.problem) return this.trouble(result);
      if (this.waiting && this.stepped && this.here.matches(".several"))
        return this.say("现在可以接着往下问，缩小范围。", ["接着往下问", write(this.version, this.answers)]);
      if (this.waiting) {
        this.settle(given);
        this.show(true);
        this.report();
      }
      if (result.at.state !== this.state || this.here === this.ends) return; // the links decide
      this.result = result;
      fill(this.here, result, (question, answer) => write(this.version, new Map([...this.answers, [question, answer]])));
    }

    /** An answer that the engine refuses stands at its question, in one sentence. */
    trouble({ at, path, problem }) {
      const section = at && this.section(at.state);
      if (!section || !(this.waiting || section === this.here)) return this.say(problem.says);
      Object.assign(this, { here: section, state: at.state, path: path.map((step) => [step.question, step.answer]), waiting: false });
      this.show(true);
      const form = section.querySelector("form.exact");
      this.say(form ? "" : problem.says);
      if (form) python.refuse(form, problem.says);
    }

    load() {
      python.start(true);
      this.here.querySelector("h2").focus({ preventScroll: true }); // the button goes away
      if (!this.answers.size) return;
      this.waiting = this.replay(this.given).waiting; // the reader stays here until the result tells where to go on
      this.report();
      return this.reckon();
    }

    heard({ type }) {
      if (type === "failed" && this.waiting) {
        const here = this.here;
        this.settle(this.given);
        if (here !== this.here) this.show(true);
        this.report();
      }
      this.showPython();
    }
  }

  /** The rules for what the address shows: off while the script shows it, as they would restyle the whole page at every step. */
  function byAddress(wanted) {
    for (const sheet of document.styleSheets) if (sheet.href && sheet.href.includes("/by-address.css")) sheet.disabled = !wanted;
  }

  /** The second click of a double click, where the first has put something else in the place of what it met. */
  function meantForAnother(event, target) {
    return event.detail > 1 && pressed !== null && pressed !== target;
  }

  /** The link for an answer; a band may stand in a range of bands that begins or ends with it. */
  function choice(section, answer) {
    return section.querySelector([`="${answer}"`, `^="${answer}.."`, `$="..${answer}"`].map((is) => `a[data-question][data-answer${is}]`).join());
  }

  customElements.define("tree-walk", TreeWalk);
})();
