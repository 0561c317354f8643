// Turns the files that runtime.json names into a running engine, then JSON requests into JSON answers.

const folder = new URL("runtime/", import.meta.url);
const network = self.fetch.bind(self);
const FILES = ["pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json", "engine.zip", "pyodide.js", "pyodide.asm.js"];
const hashing = self.crypto && self.crypto.subtle; // not on plain http: there, what seems to be the device's fault may be a broken file
const cache = self.name.endsWith("again") ? "reload" : "default"; // a broken file may stand in the cache
let runtime = null;
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
  runtime = await contents(await request(new URL("runtime.json", folder), { cache: "no-cache" }));
  // Everything is on its way before anything is waited for.
  const module = download("pyodide.asm.wasm", compile);
  const library = download("python_stdlib.zip", (response) => response.arrayBuffer());
  const lock = download("pyodide-lock.json", (response) => response.json());
  const engine = download("engine.zip", (response) => response.arrayBuffer());
  // Pyodide skips its own import of pyodide.asm.js when it is there already.
  const scripts = Promise.all(["pyodide.js", "pyodide.asm.js"].map(script));
  handOver(module, library);
  const python = scripts.then(async ([{ loadPyodide }]) =>
    loadPyodide({ indexURL: folder.href, packageBaseUrl: folder.href, lockFileContents: await lock }),
  );
  await Promise.all([module, library, engine, python]); // the first to fail tells why
  return answerer(await python, await engine);
}

function answerer(python, engine) {
  python.FS.writeFile("/lib/engine.zip", new Uint8Array(engine));
  python.pyimport("sys").path.append("/lib/engine.zip");
  return python.pyimport("engine.bridge").answer;
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
function handOver(module, library) {
  self.fetch = async (wanted) => {
    const name = String(wanted).slice(folder.href.length);
    if (name === "pyodide.asm.wasm") return new Response();
    if (name === "python_stdlib.zip") return new Response(await library);
    throw new TypeError(`nothing may be fetched here: ${wanted}`);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    try {
      return { module: await module, instance: await WebAssembly.instantiate(await module, imports) };
    } catch (error) {
      fail(error);
      throw error;
    }
  };
}

async function contents(response) {
  const text = await response.text().catch(() => {
    throw new Failure("下载中断：runtime.json 只收到一部分。", true);
  });
  try {
    const about = JSON.parse(text);
    for (const name of FILES) if (!about.files[name].sha256) throw new TypeError(name);
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
  const parts = [];
  let seen = 0;
  try {
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (hashing) parts.push(value);
      seen += value.length;
      loaded += value.length;
      if (seen <= size) self.postMessage({ type: "progress", loaded, total: runtime.total });
    }
  } catch {
    throw new Failure(`下载中断：${name} 只收到一部分。`, true);
  }
  if (seen !== size) throw new Failure(`下载中断：${name} 应有 ${size} 字节，收到 ${seen}。`, true);
  if (hashing && (await sha256(parts)) !== runtime.files[name].sha256) throw new Failure(`下载的文件坏了：${name} 和网站上的不一样。`, true);
}

async function sha256(parts) {
  const digest = await hashing.digest("SHA-256", await new Blob(parts).arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function request(url, options) {
  const name = url.pathname.split("/").pop();
  const response = await network(url, options).catch(() => {
    throw new Failure(`下载中断：没有取到 ${name}。`, true);
  });
  if (!response.ok) throw new Failure(`下载中断：服务器没有给出 ${name}（${response.status}）。`, true);
  return response;
}

/** The hash makes a new file a new address, so no cache mixes two versions of the site. */
function address(name) {
  return new URL(`${name}?${runtime.files[name].sha256.slice(0, 12)}`, folder);
}
