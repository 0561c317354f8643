// A reader's answers ↔ the URL fragment, `#a=1&v=3fa29c1b&device=phone&received=2026-11-10`: the global `MingluFragment`.
//
//   read(hash)               { kind: "none" } | { kind: "state", id, plain } | { kind: "bad", says }
//                            | { kind: "walk", version, answers, odd }   odd: a part could not be read and was left out
//                            plain: without what is glued on
//   write(version, answers)  the fragment; answers is any iterable of [question, answer], in the order answered
//   along(version, path, node)   the fragment for the picture of the tree: the answers on the path, and the node that they lead to
//   at(hash)                 that node, or null
//   kept(), keep(tree, fragment), forget()   fragments by tree, on this device; only for a reader who asked. keep: did it work?

(function () {
  "use strict";

  const FORMAT = "1";
  const LONGEST = 4000;
  const ID = /^[a-z0-9-]{1,80}$/;
  const ANSWER = /^[a-z0-9-]{1,80}(\.\.[a-z0-9-]{1,80})?(?!\w)/; // an option, a band, merged bands, a date, a number, unsure; then a full stop
  const VERSION = /^[0-9a-f]{8}(?!\w)/;
  const AT = "AT"; // no id has capital letters
  const STORE = "minglu-walks";

  // Some programs encode the `#` itself. Then the address names a file that is not there, and it is the error page that runs this.
  const [, page, answers] = /^([^#]+?)%23(a(?:=|%3D)1.*)$/i.exec(location.href) || [];
  if (page) location.replace(`${page}#${answers}`);

  window.MingluFragment = { read, write, along, at, kept, keep, forget };

  function read(hash) {
    const text = ours(hash);
    if (text.length > LONGEST) return bad("这个链接太长，读不了");
    if (!text.includes("=")) return text ? { kind: "state", id: decoded(hash.slice(1)), plain: text } : { kind: "none" };
    const format = [], version = [], answers = new Map();
    let odd = false;
    for (const [name, value] of new URLSearchParams(text)) {
      const [answer] = ANSWER.exec(value) || [];
      if (name === "a") format.push(answer);
      else if (name === "v" && VERSION.test(value)) version.push(answer);
      else if (name !== "v" && ID.test(name) && answer && !answers.has(name)) answers.set(name, answer);
      else if (ID.test(name)) odd = true; // other names are not ours: programs that share links add them
    }
    if (format.length !== 1) return bad("这个链接不完整，读不出里面的回答");
    if (format[0] !== FORMAT) return bad("这个链接的格式这一页还不认识");
    return { kind: "walk", version: version[0] || null, answers, odd: odd || version.length > 1 };
  }

  function write(version, answers) {
    return "#" + new URLSearchParams([["a", FORMAT], ["v", version], ...answers]);
  }

  function along(version, path, node) {
    return write(version, node ? [...path, [AT, node]] : path);
  }

  function at(hash) {
    const [node] = ANSWER.exec(new URLSearchParams(ours(hash)).get(AT) || "") || [];
    return node || null;
  }

  function kept() {
    try {
      return Object.fromEntries(Object.entries(JSON.parse(localStorage.getItem(STORE)) || {}).filter(([, one]) => leadsOn(one)));
    } catch {
      return {};
    }
  }

  /** Whatever else on this address can write to the store: only a fragment becomes a link, never `javascript:…&a=1&…`. */
  function leadsOn(fragment) {
    if (typeof fragment !== "string" || fragment[0] !== "#") return false;
    const { kind, answers } = read(fragment);
    return kind === "walk" && answers.size > 0;
  }

  function keep(tree, fragment) {
    try {
      localStorage.setItem(STORE, JSON.stringify({ ...kept(), [tree]: fragment }));
      return true;
    } catch {
      return false;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(STORE);
    } catch {} // where nothing can be stored there is nothing to forget
  }

  function bad(says) {
    return { kind: "bad", says: `${says}。请从第一个问题开始。` };
  }

  /** What in a fragment may be ours. Programs encode it, even twice, and readers glue it to a sentence: `…=yes）帮我看看`. */
  function ours(hash) {
    const text = decoded(hash).replace(/^[#?\s]+/, "").replace(/&(amp;)+/g, "&");
    return text.split(/[#?\s"'<>()]|[^\x00-\x7f]/)[0]; // WeChat adds `#wechat_redirect`, others `?from=…`
  }

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
})();
