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
  return python.globals.get("run");
}

const started = start();
started.then(
  () => postMessage({ what: "ready" }),
  (error) => postMessage({ what: "failed", message: String(error) }),
);

onmessage = async ({ data }) => {
  const answer = (result) => postMessage({ what: "done", number: data.number, ...result });
  try {
    const run = await started;
    if (data.what === "compile") answer(JSON.parse(run.compiled(data.text, data.words)));
    else answer({ page: run[data.what](data.text) });
  } catch (error) {
    answer({ failed: String(error.message ?? error).trim().split("\n").pop() });
  }
};
