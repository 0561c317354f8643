// Turns the files that runtime.json names into a running engine, then JSON requests into JSON answers.

const folder = new URL("runtime/", import.meta.url);
const network = self.fetch.bind(self);
// A Python that has started is one file: its memory. Where there is none, or a browser cannot use it, Python starts from its library.
const STARTED = "started.bin";
const UNSTARTED = ["python_stdlib.zip", "engine.zip"];
const ALWAYS = ["pyodide.asm.wasm", "pyodide-lock.json", "pyodide.js", "pyodide.asm.js"];
const hashing = self.crypto && self.crypto.subtle; // not on plain http: there, what seems to be the device's fault may be a broken file
const cache = self.name.endsWith("again") ? "reload" : "default"; // a broken file may stand in the cache
let runtime = null;
let total = 0;
let loaded = 0;

/** Its message is a sentence for the reader; again: retrying may help. */
class Failure extends Error {
  constructor(says, again = false) {
    super(says);
    this.again = again;
  }
}

boot().then(serve).catch(fail);

async function boot() {
  mustAllowWebAssembly();
  runtime = await contents(await request(new URL(self.location.hash.slice(1) || "runtime.json", folder), { cache }));
  const started = runtime.files[STARTED] && self.DecompressionStream;
  expect([...ALWAYS, ...(started ? [STARTED] : UNSTARTED)]);
  // Everything is on its way before anything is waited for.
  const module = download("pyodide.asm.wasm", compile);
  const lock = download("pyodide-lock.json", (response) => response.json());
  // Pyodide skips its own import of pyodide.asm.js when it is there already.
  const scripts = Promise.all(["pyodide.js", "pyodide.asm.js"].map(script));
  return started ? goOn(module, lock, scripts) : start(module, lock, scripts);
}

/** Python from the memory of one that has started. */
async function goOn(module, lock, scripts) {
  const memory = download(STARTED, unpacked);
  try {
    const { python, imports } = await load(module, lock, scripts, { memory });
    imports._PyEM_InitTrampoline_js(); // the memory says that this browser cannot do what it may be able to do
    return python.pyimport("engine.bridge").answer;
  } catch (error) {
    if (error instanceof Failure) throw error;
    console.warn(error);
    expect(UNSTARTED);
    return start(module, lock, scripts);
  }
}

/** Python from its library. */
async function start(module, lock, scripts) {
  const [library, engine] = UNSTARTED.map((name) => download(name, (response) => response.arrayBuffer()));
  const { python } = await load(module, lock, scripts, { library, engine });
  python.FS.writeFile("/lib/engine.zip", new Uint8Array(await engine));
  python.pyimport("sys").path.append("/lib/engine.zip");
  return python.pyimport("engine.bridge").answer;
}

async function load(module, lock, scripts, { memory, library, engine }) {
  const instance = handOver(module, library, memory);
  const options = { indexURL: folder.href, packageBaseUrl: folder.href, _loadSnapshot: memory };
  const loading = scripts.then(async ([{ loadPyodide }]) => loadPyodide({ ...options, lockFileContents: await lock }));
  // The first to fail tells why.
  const [imports, python] = await Promise.all([instance, loading, module, memory, library, engine]);
  return { imports, python };
}

function serve(answer) {
  self.onmessage = ({ data: { id, request } }) => {
    self.postMessage({ id, received: true });
    try {
      self.postMessage({ id, answer: JSON.parse(answer(JSON.stringify(request))) });
    } catch (error) {
      console.error(error);
      self.postMessage({ id, says: "计算时出了错，这一步没有结果。" });
    }
  };
  self.postMessage({ type: "ready", ms: Math.round(performance.now()) });
}

function fail(error) {
  console.error(error);
  const says = error instanceof Failure ? error.message : `这台设备上没能启动 Python（${error.name}）。`;
  self.postMessage({ type: "failed", says, again: error instanceof Failure ? error.again : !hashing });
}

function mustAllowWebAssembly() {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the smallest module
  } catch {
    throw new Failure("这个浏览器不允许运行 WebAssembly。");
  }
}

/** Pyodide asks for these two itself, and swallows the error when one fails: we hand over what we hold, and nothing else. */
function handOver(module, library, memory) {
  self.fetch = async (wanted) => {
    const name = String(wanted).slice(folder.href.length);
    if (name === "pyodide.asm.wasm") return new Response();
    if (name === "python_stdlib.zip") return new Response(await library);
    throw new TypeError(`nothing may be fetched here: ${wanted}`);
  };
  return new Promise((resolve, reject) => {
    WebAssembly.instantiateStreaming = async (_, imports) => {
      try {
        const instance = await WebAssembly.instantiate(await module, imports);
        if (memory) complete(await memory, imports.env.memory);
        resolve(imports.env);
        return { module: await module, instance };
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}

/** A started Python's memory as it differs from that of the module, which need not be loaded twice. */
function complete(started, { buffer }) {
  const [, begin] = new Uint32Array(started.buffer, 0, 2);
  const words = new Uint32Array(started.buffer, begin);
  const fresh = new Uint32Array(buffer);
  for (let at = 0; at < fresh.length; at++) words[at] ^= fresh[at];
}

async function unpacked(response) {
  const stream = response.body.pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function expect(names) {
  for (const name of names) total += runtime.files[name].bytes;
}

async function contents(response) {
  const text = await response.text().catch(() => {
    throw new Failure("下载中断：runtime.json 只收到一部分。", true);
  });
  try {
    const about = JSON.parse(text);
    for (const name of [...ALWAYS, ...UNSTARTED]) if (!about.files[name].sha256) throw new TypeError(name);
    return about;
  } catch {
    throw new Failure("下载的文件坏了：runtime.json 读不出来。", true);
  }
}

async function script(name) {
  await download(name, (response) => response.body.cancel());
  return import(address(name)).catch(() => {
    throw new Failure(`浏览器没有接受 ${name} 这个脚本。`, !hashing);
  });
}

async function compile(response) {
  const typed = response.headers.get("content-type") === "application/wasm";
  const wasm = typed ? response : new Response(response.body, { headers: { "content-type": "application/wasm" } });
  return WebAssembly.compileStreaming(wasm).catch(() => {
    throw new Failure("这个浏览器的 WebAssembly 太旧，运行不了这里的 Python。", !hashing);
  });
}

/** One file, counted on a clone while `use` reads it: a counting stream in between would make the start a third slower. */
async function download(name, use) {
  const response = await request(address(name), { cache });
  const counting = count(name, response.clone());
  try {
    return await use(response);
  } finally {
    await counting; // an incomplete file is the reason for whatever `use` found wrong
  }
}

async function count(name, response) {
  const size = runtime.files[name].bytes;
  const whole = new Uint8Array(hashing ? size : 0); // not a Blob, which another process would hold
  let seen = 0;
  try {
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (hashing && seen + value.length <= size) whole.set(value, seen);
      seen += value.length;
      loaded += value.length;
      if (seen <= size) self.postMessage({ type: "progress", loaded, total });
    }
  } catch {
    throw new Failure(`下载中断：${name} 只收到一部分。`, true);
  }
  if (seen !== size) throw new Failure(`下载中断：${name} 应有 ${size} 字节，收到 ${seen}。`, true);
  if (hashing && (await sha256(whole)) !== runtime.files[name].sha256) throw new Failure(`下载的文件坏了：${name} 和网站上的不一样。`, true);
}

async function sha256(bytes) {
  const digest = await hashing.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function request(url, options) {
  const name = url.pathname.split("/").pop().replace(/\.[0-9a-f]{8}(?=\.)/, ""); // readers need no hash
  const response = await network(url, options).catch(() => {
    throw new Failure(`下载中断：没有取到 ${name}。`, true);
  });
  if (!response.ok) throw new Failure(`下载中断：服务器没有给出 ${name}（${response.status}）。`, true);
  return response;
}

/** As write/shipping.py names it: another content is another address, so no cache mixes two versions of the site. */
function address(name) {
  return new URL(name.replace(/\.\w+$/, `.${runtime.files[name].sha256.slice(0, 8)}$&`), folder);
}
