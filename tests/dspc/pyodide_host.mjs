// Runs dspc's command in Pyodide: node pyodide_host.mjs PYODIDE ROOT PACKAGES PROGRAM...
// Prints a line of JSON for each program: its exit status, and what it wrote to the standard streams.
import { pathToFileURL } from "node:url";

const [folder, root, packages, ...programs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide();
for (const [place, from] of [["/src", root], ["/site", packages]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: from }, place);
}
python.globals.set("programs", python.toPy(programs));
console.log(python.runPython(`
import io, json, os, sys
from contextlib import redirect_stderr, redirect_stdout
sys.dont_write_bytecode = True
sys.path[:0] = ["/src", "/site"]
from dspc.cli import main
os.chdir("/src/examples")
lines = []
for number, text in enumerate(programs):
    path = f"/tmp/{number}.dsp" if ";" in text else text
    if ";" in text:
        with open(path, "w") as file:
            file.write(text)
    status, out, err = 0, io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(["--no-cache", path])
        except SystemExit as end:
            status = end.code
    lines.append(json.dumps([status, out.getvalue(), err.getvalue()]))
"\\n".join(lines)
`));
