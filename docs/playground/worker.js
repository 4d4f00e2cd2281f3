// The thread of the playground that runs Python.
import { loadPyodide } from "./pyodide/pyodide.mjs";

async function start() {
  const python = await loadPyodide();
  const archive = await (await fetch("dspc.zip")).arrayBuffer();
  python.unpackArchive(archive, "zip", { extractDir: "/dspc" });
  python.runPython(`
import os, sys
sys.path.insert(0, "/dspc")
os.environ["FAUST_LIB_PATH"] = "/dspc/faust"
os.makedirs("/program", exist_ok=True)
os.chdir("/program")
import run
`);
  let hasSound = true;
  try {
    // Only the whole distribution of Pyodide has NumPy, the package of npm has not.
    await python.loadPackage("numpy", { checkIntegrity: true, messageCallback() {}, errorCallback() {} });
    python.runPython("import numpy");
  } catch {
    hasSound = false;
  }
  return { python, hasSound };
}

const started = start();
started.then(
  ({ hasSound }) => postMessage({ what: "ready", hasSound }),
  (error) => postMessage({ what: "failed", message: String(error) }),
);

onmessage = async ({ data }) => {
  const { python } = await started;
  const run = python.globals.get("run");
  const answer = (result) => postMessage({ what: "done", number: data.number, ...result });
  try {
    if (data.what === "compile") answer(JSON.parse(run.compiled(data.text, python.toPy(data.words))));
    else if (data.what === "draw") answer({ svg: run.drawn(data.text) });
    else {
      const made = run.rendered(data.text, data.seconds, data.rate), [channels, bytes] = made.toJs();
      answer({ channels, samples: new Float32Array(bytes.slice().buffer) });
    }
  } catch (error) {
    answer({ failed: String(error.message ?? error).trim().split("\n").pop() });
  }
};
