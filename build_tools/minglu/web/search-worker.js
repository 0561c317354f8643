// The search, as the worker that Material believes to be its own: ready at once, with every page; when the search is opened or asked, it
// fetches the index and hands it to the worker that Material brings (`stock`). With the index comes search-reading.js: what a reader types
// is understood first, and what that worker finds is put in order, before either is passed on.
"use strict";
const READING = "search-reading.js"; // the build writes the name that it goes out by (write/shipping.py)
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3; // Material's; tests/browser/test_search_on_demand.py tells when they change
const STARTING = 60_000; // until Material's worker has made an index of it; it says nothing where a file of its own is missing

const { page, limit, stock, index, suggest } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
const channel = new BroadcastChannel(page);
let state = "idle"; // "loading" | "ready" | "failed"
let broken = false; // what came last, and may have been kept
let held = ""; // what was typed last
let reading; // what search-reading.js brings
let vocabulary; // of a Chinese index; a query in another language goes as it is
let engine; // Material's worker
let waiting = []; // for its answers: what they are answers to, in order
let setUp;
const given = new Promise((resolve) => { setUp = resolve; });
if (index) postMessage({ type: READY });

onmessage = ({ data: { type, data } }) => {
  if (type === SETUP) {
    setUp(data); // with a stub, where the index stands elsewhere
    if (!index) postMessage({ type: READY });
  } else if (type === QUERY) {
    held = data;
    if (state === "ready") ask();
    else if (held || state !== "idle") load();
    else postMessage({ type: RESULT, data: { items: [] } }); // each page asks for nothing once
  }
};
channel.onmessage = ({ data }) => data === "wanted" && load();
channel.postMessage("here"); // a page that wanted something before this worker was there says it again

function tell(now) {
  state = now;
  channel.postMessage(now);
}

function ask() {
  const query = vocabulary && reading.understood(held, vocabulary);
  waiting.push(query);
  engine.postMessage({ type: QUERY, data: query ? query.ask : held });
}

/** What Material's worker found for the first that waits. */
function answer({ type, data }) {
  const query = waiting.shift();
  channel.postMessage({ over: query ? query.says : "" });
  postMessage({ type, data: query ? { ...data, items: reading.arranged(data.items, query, vocabulary) } : data });
}

async function load() {
  if (state === "loading" || state === "ready") return;
  tell("loading");
  try {
    const { config, docs, cited = {} } = index ? await fetched(index) : await given;
    if (!self.MingluSearch) importScripts(new URL(READING, location));
    reading = self.MingluSearch;
    const starting = started({ config, docs, options: { suggest: Boolean(suggest) } });
    vocabulary = reading.isChinese(docs) ? reading.vocabularyOf(docs, cited) : null; // while that one makes its own index
    engine = await starting;
    waiting = [];
    tell("ready");
    ask();
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  console.error(error);
  tell("failed"); // what is asked or opened next loads again
}

async function fetched(address) {
  const stop = new AbortController();
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), limit);
  };
  wait();
  try {
    const response = await fetch(address, { signal: stop.signal, cache: broken ? "reload" : "default" });
    broken = true;
    if (!response.ok) throw new Error(`${response.status} for ${address}`);
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      wait();
      text += decoder.decode(part.value, { stream: true });
    }
    const read = JSON.parse(text);
    broken = false;
    return read;
  } finally {
    clearTimeout(timer);
  }
}

function started(data) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(stock);
    const fail = (says) => {
      clearTimeout(timer);
      worker.terminate();
      if (state === "ready") failed(says);
      else reject(says);
    };
    const timer = setTimeout(() => fail(`${stock} does not answer`), STARTING);
    worker.onmessage = ({ data: message }) => {
      if (message.type !== READY) return answer(message);
      clearTimeout(timer);
      resolve(worker);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message || `${stock} does not load`);
    };
    worker.postMessage({ type: SETUP, data });
  });
}
