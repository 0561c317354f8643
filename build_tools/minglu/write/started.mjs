// Starts Python here, once, as the reader's browser would, and writes its memory: what a browser loads instead of starting.
//
//   node started.mjs RUNTIME OUT   RUNTIME holds the runtime's files; nothing but their bytes decides those of OUT
//
// OUT is a snapshot of Pyodide's own form, each byte of the memory XORed with that of the module before its start.

import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , runtime, out] = process.argv;
const held = (name) => join(runtime, name);

// No chance, no clock and no place gets into the memory, and nothing that this Node.js can and some browser cannot.
createRequire(import.meta.url)("node:crypto").randomFillSync = (bytes) => bytes.fill(7);
Date.now = () => 315_532_800_000;
performance.now = () => 1;
process.argv = ["node", "python"];
process.env.TZ = "UTC";
Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" }, configurable: true });
delete WebAssembly.Suspending;
delete WebAssembly.promising;

let fresh = null;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (module, imports) => {
  const made = await instantiate(module, imports);
  if (imports?.env?.memory) fresh = new Uint8Array(imports.env.memory.buffer.slice());
  return made;
};

const { loadPyodide } = await import(pathToFileURL(held("pyodide.mjs")));
const python = await loadPyodide({
  indexURL: runtime,
  packageBaseUrl: runtime,
  lockFileContents: readFileSync(held("pyodide-lock.json"), "utf8"),
  env: { PYTHONHASHSEED: "0", LANG: "C.UTF-8" },
  _makeSnapshot: true,
});
python.FS.writeFile("/lib/engine.zip", readFileSync(held("engine.zip")));
python.runPython(`
import sys
sys.path.append("/lib/engine.zip")
import engine.bridge


def ready():
    import gc
    from engine.codec import decoder
    from engine.contract import CompiledTree

    decoder(CompiledTree)
    for name in ("", "/lib/engine.zip"):
        sys.path.remove(name)
    sys.path_importer_cache.clear()
    gc.collect()
    # What was freed still holds what was there: zeros over it, in blocks from large to small, up to the heap's end.
    end, size, blocks = id(bytes(1 << 20)), 1 << 19, []
    while size >= 256:
        while id(block := bytes(size)) < end - size:
            blocks.append(block)
        size = size * 3 // 4


ready()
del ready, sys, engine
`);

const snapshot = python.makeMemorySnapshot();
const memory = snapshot.subarray(new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true));
if (memory.length !== fresh.length) throw new Error("the memory has grown: it would not fit what a browser begins with");
for (let at = 0; at < memory.length; at++) memory[at] ^= fresh[at];
writeFileSync(out, snapshot);
