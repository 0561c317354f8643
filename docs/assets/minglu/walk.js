// The custom element `<tree-walk>`: keeps a reader's answers, replays them through the page's own links and shows one section;
// lets Python (`MingluPython`, python.js) add what links cannot know. Needs fragment.js and outcome.js before it.
//
// Where a reader stands is in the URL fragment alone, moved by `history.pushState`: setting `location.hash`, or a click that reaches
// Material's listener on `body`, fires `popstate`, and Material's instant navigation answers the first of those by fetching the page anew.

(function () {
  "use strict";
  if (customElements.get("tree-walk")) return; // in-site navigation may run this script again

  const { read, write } = window.MingluFragment;
  const { fill, clear, ends, calendar, make } = window.MingluOutcome;
  const STORE = "minglu-walks";
  const SITE = new URL("../../", document.currentScript.src);
  const memory = new Map(); // tree → the fragment last walked; lives as long as the visit
  const before = new Map(); // "tree question" → the answer given before it was taken back
  let found = []; // results of the engine: where answers lead that are no links
  let loads = new Map(); // tree → promise: the engine has it
  let news = {}; // the latest event of MingluPython
  let live = null; // the element in the page; one listener each, however often the element comes and goes

  for (const event of ["popstate", "hashchange"]) addEventListener(event, () => live && live.page === location.pathname && live.guarded(live.restore));

  class TreeWalk extends HTMLElement {
    connectedCallback() {
      if (document.readyState !== "loading") this.guarded(this.connect);
      else document.addEventListener("DOMContentLoaded", () => this.isConnected && this.guarded(this.connect), { once: true });
    }

    disconnectedCallback() {
      if (live === this) live = null;
      this.turn = {};
    }

    /** What fails here leaves a page that works by its links. */
    guarded(step, ...args) {
      const failed = (error) => {
        this.removeAttribute("ready");
        console.error("tree-walk:", error);
      };
      try {
        Promise.resolve(step.apply(this, args)).catch(failed);
      } catch (error) {
        failed(error);
      }
    }

    connect() {
      if (!this.top) this.build();
      live = this;
      this.page = location.pathname;
      this.seen = null;
      this.restore(true);
    }

    build() {
      this.tree = this.getAttribute("tree");
      this.version = this.getAttribute("version");
      this.name = this.getAttribute("title");
      this.removeAttribute("title"); // else a tooltip over the whole page
      for (const old of this.querySelectorAll("[data-made]")) old.remove(); // of an element this one was cloned from
      this.start = this.querySelector(".question[data-start]") || this.querySelector(".question");
      this.ends = make("section", { className: "state several", dataset: { state: "", made: "" } });
      const button = (act, text) => make("button", { type: "button", dataset: { do: act } }, text);
      this.notice = make("p", { className: "notice" });
      this.notice.setAttribute("role", "status");
      this.failure = make("span", {});
      this.failure.setAttribute("role", "status");
      this.percent = make("span", { className: "percent" });
      this.meter = make("progress", {});
      this.meter.setAttribute("aria-label", "正在加载精确计算");
      this.startButton = button("start", "");
      this.progress = make("div", { className: "progress" }, this.meter, this.percent, this.failure, " ", this.startButton);
      this.road = make("ol", { className: "road" });
      this.bar = make("p", { className: "walk-bar" }, button("back", "上一步"), button("restart", "从头开始"));
      this.keepButton = button("keep", "");
      this.tools = make("div", { className: "tools" }, button("share", "分享"), button("print", "打印这一页"), this.keepButton, button("forget", "全部忘记"),
        make("p", { className: "soft" }, "分享的链接里有你的回答，收到的人都能看到。"));
      this.top = make("div", { className: "walk-top", dataset: { made: "" } }, this.road, this.bar, this.notice, this.progress);
      this.prepend(this.top);
      this.append(this.ends, make("div", { dataset: { made: "" } }, this.tools));
      this.addEventListener("click", (event) => this.guarded(this.clicked, event));
      this.addEventListener("submit", (event) => this.guarded(this.submitted, event));
    }

    // ---- where the reader stands

    /** Stand where the URL says; on arrival by a plain link, where the reader stood before. */
    restore(arriving = false) {
      if (location.hash === this.seen) return;
      if (arriving && !location.hash && memory.has(this.tree)) history.replaceState(history.state, "", memory.get(this.tree));
      this.seen = location.hash;
      this.turn = {};
      this.link = read(location.hash);
      const target = this.link.kind === "state" && document.getElementById(this.link.id);
      const section = target && this.contains(target) ? target.closest(".state") : null;
      if (section && section !== this.start) return this.visit(section, target);
      if (target && !section && !arriving) return; // another place on this page
      this.settle(this.link.answers || new Map());
      if (this.link.kind === "bad") this.say(this.link.says);
      else if (this.link.kind === "state" && !target) this.say("链接里的位置在这一页找不到。请从第一个问题开始。");
      else if (this.link.kind === "walk") this.say(this.misfits());
      else if (!memory.has(this.tree) && kept()[this.tree]) this.say("上次的回答还存在这台设备上。", ["接着上次的回答", kept()[this.tree]]);
      if (this.link.kind === "walk") this.remember();
      this.show(!arriving || this.link.kind !== "none");
      if (this.answers.size) this.startPython();
    }

    /** A section reached by a plain link: read it where it is, without answers. */
    visit(section, target) {
      this.settle(new Map());
      this.here = section;
      const own = memory.get(this.tree);
      this.say("这一页是直接打开的，没有用到你的回答。", ["从第一个问题开始", write(this.version, [])], own && ["回到我的回答", own]);
      this.show(true, target === section ? null : target);
    }

    /** The reader's step to other answers. Where only Python can tell where they lead and it is there, it is asked first. */
    async go(answers, form = null) {
      const turn = (this.turn = {});
      if (pythonState() === "ready" && this.replay(answers).waiting) {
        const result = await this.compute(answers);
        if (turn !== this.turn || live !== this) return;
        if (form && (result.problem || result.failed)) return tell(form, result.problem ? result.problem.says : result.failed);
      }
      if (!location.hash) history.replaceState(history.state, "", write(this.version, [])); // so that Back finds the start, not the memory
      this.link = { version: this.version };
      this.settle(answers);
      const fragment = write(this.version, this.answers);
      if (fragment !== location.hash) history.pushState(null, "", fragment);
      this.seen = location.hash;
      this.remember();
      this.say("");
      this.show(true);
      if (this.answers.size) this.startPython();
    }

    /** Keep what is on the path, in its order; then the answers that may fit again later, unless the end is reached. */
    settle(answers) {
      Object.assign(this, this.replay(answers));
      const used = new Map(this.path);
      const rest = [...answers].filter(([question]) => !used.has(question));
      this.given = answers;
      this.answers = new Map(this.here.matches(".outcome") || this.here === this.ends ? this.path : [...this.path, ...rest]);
    }

    /** Follow `answers` along the page's links, and along what the engine found for exact answers and `unsure`. */
    replay(answers) {
      let here = this.start, path = [], several = false, waiting = false, misfit = null, stops = new Map();
      for (let step = 0; step < 200 && here.matches(".question"); step++) {
        const question = here.dataset.node;
        const answer = answers.get(question);
        if (!answer || path.some(([asked]) => asked === question)) break;
        const link = choice(here, question, answer);
        stops.set(here.id, question);
        if (several || answer === "unsure" || (!link && exact(here, answer))) {
          const result = known(this.tree, answers, path.length);
          if (!result) {
            waiting = true;
            const next = answer === "unsure" && !several && link && this.section(link.hash);
            if (next) [here, path] = [next, [...path, [question, answer]]];
            break;
          }
          path = result.path.map((one) => [one.question, one.answer]);
          several = result.states.length > 1;
          here = this.placed(result);
          if (!here) throw new Error(`no section for ${JSON.stringify(result.at)}`);
          continue;
        }
        const next = link && !link.dataset.handover && this.section(link.hash);
        if (!next) misfit = question;
        if (!next) break;
        path.push([question, answer]);
        here = next;
      }
      return { here, path, waiting, misfit, stops };
    }

    /** The section where a result stands. */
    placed(result) {
      if (result.at.kind === "question" || result.at.kind === "outcome") return this.section(`#${result.at.state}`);
      ends(this.ends, result, this);
      return this.ends;
    }

    section(hash) {
      const target = document.getElementById(decodeURIComponent(hash.slice(1)));
      return target && this.contains(target) && target.matches(".state") ? target : null;
    }

    /** One line on what in the link does not fit this page, or nothing. */
    misfits() {
      const used = new Map(this.path);
      const ended = !this.here.matches(".question") && !this.waiting;
      const lost = [...this.given.keys()].filter((question) => question === this.misfit || !this.asks(question) || (ended && !used.has(question)));
      const names = lost.filter((question) => this.asks(question)).map((question) => `“${this.asks(question)}”`);
      if (this.link.version && this.link.version !== this.version)
        return `这个链接生成以后，内容更新过${!lost.length ? "；已按新内容重新走了一遍" : names.length ? `；不再适用的回答：${names.join("、")}` : "；有的回答不再适用"}。`;
      return this.link.version && (lost.length || this.link.odd) ? `链接里有的回答这里用不上${names.length ? `：${names.join("、")}` : ""}，其余的都保留了。` : "";
    }

    without(question) {
      return write(this.version, [...this.answers].filter(([asked]) => asked !== question));
    }

    asks(question) {
      const section = this.querySelector(`.question[data-node="${question}"]`);
      return section && (section.dataset.short || section.querySelector("h2").textContent);
    }

    // ---- what the reader sees

    show(focus, target) {
      for (const section of this.querySelectorAll(".state")) {
        section.classList.toggle("here", section === this.here);
        clear(section);
      }
      this.result = null;
      this.setAttribute("ready", "");
      this.road.replaceChildren(...this.path.map(([question, answer]) => {
        const ask = this.asks(question);
        const change = make("a", { href: this.without(question), dataset: { change: question } }, "改");
        change.setAttribute("aria-label", `改：${ask}`);
        return make("li", {}, make("span", {}, `${ask} `, make("b", {}, this.shown(question, answer))), change);
      }));
      const walking = this.path.length > 0;
      this.road.hidden = this.bar.hidden = !walking;
      this.tools.hidden = !walking && !Object.keys(kept()).length;
      this.keepButton.textContent = kept()[this.tree] ? "已记在这台设备上" : "在这台设备上记住";
      for (const link of this.here.querySelectorAll("a.choice")) {
        const was = link.dataset.answer && before.get(`${this.tree} ${link.dataset.question}`) === link.dataset.answer;
        link.classList.toggle("was", was);
        if (was) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      this.showPython();
      if (!focus) return;
      const heading = target || this.here.querySelector("h2") || this.here;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      (target || this.here).scrollIntoView({ block: "start", behavior: "instant" });
    }

    shown(question, answer) {
      if (answer === "unsure") return "不确定";
      const link = choice(this, question, answer);
      const step = link || found.flatMap((one) => one.path).find((one) => one.question === question && one.answer === answer);
      return link ? link.querySelector("b").textContent : step ? step.shown : answer;
    }

    say(text, ...links) {
      this.notice.replaceChildren(text, ...links.filter(Boolean).flatMap(([label, href]) => [" ", make("a", { href }, label)]));
    }

    // ---- what the reader does

    clicked(event) {
      const target = event.target.closest("a, button");
      if (!target || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (target.dataset.do) return this[target.dataset.do](target);
      if (target.dataset.handover) return this.handOver(target);
      if (!target.hash || target.href.split("#")[0] !== location.href.split("#")[0]) return;
      const { kind, id, answers } = read(target.hash);
      const { question, answer } = target.dataset;
      const walking = this.path.length || this.here === this.start;
      if (question && answer && walking) this.guarded(this.go, new Map([...this.answers, [question, answer]]));
      else if (kind === "walk") this.change(answers, target.dataset.change);
      else if (id && id === this.start.id) this.restart();
      else if (id && walking && this.stops.has(id)) this.change(read(this.without(this.stops.get(id))).answers, this.stops.get(id));
      else if (this.section(target.hash)) {
        history.pushState(null, "", target.hash);
        this.restore();
      } else return; // not ours
      event.preventDefault();
      event.stopPropagation();
    }

    change(answers, question) {
      if (question) before.set(`${this.tree} ${question}`, this.answers.get(question));
      this.guarded(this.go, answers);
    }

    /** Carry the answers that both trees ask for (sections marked `data-shared`). */
    handOver(link) {
      const shared = this.path.filter(([question]) => this.querySelector(`.question[data-shared][data-node="${question}"]`));
      if (shared.length) link.hash = "#" + new URLSearchParams([["a", "1"], ...shared]);
    }

    submitted(event) {
      const form = event.target.closest(".exact");
      if (!form) return;
      event.preventDefault();
      const value = form.elements.value.value.trim();
      if (!value) return tell(form, form.dataset.empty);
      tell(form, "");
      return this.go(new Map([...this.answers, [this.here.dataset.node, value]]), form);
    }

    back() {
      const [question] = this.path[this.path.length - 1];
      this.change(read(this.without(question)).answers, question);
    }

    restart() {
      this.guarded(this.go, new Map());
    }

    print() {
      window.print();
    }

    async share() {
      const url = new URL(write(this.version, this.path), location.href).href;
      const copied = () => this.say("链接已复制。里面有你的回答，收到的人都能看到。");
      try {
        if (navigator.share) await navigator.share({ title: this.name, url });
        else await navigator.clipboard.writeText(url).then(copied);
      } catch (error) {
        if (error.name === "AbortError") return;
        const field = make("input", { value: url, readOnly: true });
        field.setAttribute("aria-label", "带有你的回答的链接");
        this.notice.replaceChildren("请长按复制这个链接，里面有你的回答：", field);
        field.select();
      }
    }

    ics(button) {
      const { name, text } = calendar(this.result, button.dataset.deadline);
      const href = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
      make("a", { href, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60e3);
    }

    // ---- what is kept

    remember() {
      if (this.answers.size) memory.set(this.tree, write(this.version, this.answers));
      else memory.delete(this.tree);
      if (kept()[this.tree]) this.store();
    }

    keep() {
      this.say(this.store() ? "已记在这台设备上，以后的回答也会跟着更新。点“全部忘记”就会清除。" : "这个浏览器不允许保存。可以用“分享”把链接发给自己。");
      this.keepButton.textContent = kept()[this.tree] ? "已记在这台设备上" : "在这台设备上记住";
    }

    store() {
      try {
        localStorage.setItem(STORE, JSON.stringify({ ...kept(), [this.tree]: write(this.version, this.answers) }));
        return true;
      } catch {
        return false;
      }
    }

    forget() {
      try {
        localStorage.removeItem(STORE);
      } catch {} // where nothing can be stored there is nothing to forget
      memory.clear();
      before.clear();
      found = [];
      for (const field of this.querySelectorAll(".exact")) field.remove();
      history.replaceState(null, "", location.pathname + location.search);
      this.restore();
      this.say("都忘记了。浏览器自己的历史记录里可能还有刚才的网址，可以在浏览器里清除。");
      dispatchEvent(new CustomEvent("minglu-forget"));
    }

    // ---- Python

    startPython() {
      const python = listen();
      if (!python) news = { type: "failed", says: "这一页没有带上计算程序。" };
      else if (python.state() === "idle" && !python.saveData()) this.load();
      if (pythonState() !== "ready") this.showPython();
      if (pythonState() !== "failed" && pythonState() !== "idle") return this.refresh();
    }

    load() {
      window.MingluPython.start(SITE.href);
      news = { type: "progress", loaded: 0, total: 0 };
    }

    /** The button beside the progress line or in the exact form: load (data saver), or load again. */
    start(button) {
      const python = listen();
      if (!python) return;
      if (python.state() === "failed") [news] = [{ type: "progress", loaded: 0, total: 0 }, python.retry()];
      else this.load();
      (button.closest(".state, tree-walk").querySelector(".here h2") || this.here.querySelector("h2")).focus({ preventScroll: true });
      this.showPython();
      this.guarded(this.refresh);
    }

    heard(event) {
      news = event;
      if (event.type === "failed") loads = new Map();
      if (event.type === "failed" && this.waiting) this.settle(this.given), (this.waiting = false);
      this.showPython();
    }

    /** Ask the engine about the present answers and put its result into the page. */
    async refresh() {
      if (!this.answers.size) return;
      const turn = (this.turn = {});
      const result = await this.compute(this.given);
      if (turn !== this.turn || live !== this) return;
      if (result.failed) return pythonState() === "failed" ? undefined : this.say(result.failed);
      if (result.problem) return this.trouble(result);
      if (result.changed && this.link.kind === "walk" && !this.notice.textContent) this.say(result.changed);
      if (this.waiting && !this.paused) {
        const link = this.link;
        this.settle(this.given);
        this.show(true);
        if (link.kind === "walk") this.say(this.misfits());
      }
      if (this.here !== this.ends && this.placed(result) === this.here) fill(this.here, (this.result = result), (question, answer) => write(this.version, new Map([...this.answers, [question, answer]])));
    }

    async compute(answers) {
      try {
        await loadTree(this.tree, this.version);
        const result = await window.MingluPython.ask({ do: "walk", tree: this.tree, answers: Object.fromEntries(answers), today: today(), version: this.link.version });
        if (result.at && !result.problem) found = [...found.filter((one) => one.today === today() && !same(one, result)), result];
        return result;
      } catch (error) {
        return { failed: error.message };
      }
    }
  }

  // ---- (placeholder)
})();
