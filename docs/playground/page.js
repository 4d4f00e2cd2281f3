// The page of the playground: an editor, what becomes of its program, and its player.
const WAIT = 700; // ms without a key before the program is compiled
const WORDS = {
  cpp: "", vec: "-vec", c: "-lang c", opencl: "-lang opencl", wat: "--target wasm --no-llvm",
  signals: "--emit signals", loops: "--emit loops", diagram: "--emit dsp", report: "--emit dsp",
};
const element = (name) => document.getElementById(name);
const source = element("source"), shown = element("shown"), frame = element("player");
const programs = JSON.parse(element("programs").textContent);
const worker = new Worker("worker.js", { type: "module" });
const waiting = new Map();
let count = 0, timer = 0;

function ask(what, text, words) {
  const number = ++count;
  worker.postMessage({ what, text, words, number });
  return new Promise((done) => waiting.set(number, done));
}

worker.onmessage = ({ data }) => {
  if (data.what === "done") {
    waiting.get(data.number)?.(data);
    waiting.delete(data.number);
  } else if (data.what === "ready") compile();
  else element("status").textContent = `dspc cannot be started: ${data.message}`;
};

function showFault(text) {
  element("fault").textContent = text;
  element("fault").hidden = !text;
}

/** Compile the program as it is now; the answer to an older one is not shown. */
async function compile() {
  clearTimeout(timer);
  const text = source.value, kind = shown.value;
  const isOld = () => text !== source.value || kind !== shown.value;
  element("status").textContent = "compiling …";
  const result = await ask("compile", text, WORDS[kind]);
  if (isOld()) return;
  showFault(result.failed ?? result.error);
  if (result.status === 0) {
    await show(kind, text, result.text, isOld);
    if (!isOld()) await play(text, isOld);
  }
  if (!isOld()) element("status").textContent = "";
}

async function show(kind, text, code, isOld) {
  const isPage = kind === "diagram" || kind === "report";
  const made = isPage ? await ask(kind, text) : {};
  if (isOld()) return;
  if (made.failed) return showFault(made.failed);
  element("code").hidden = isPage;
  element("diagram").hidden = kind !== "diagram";
  element("report").hidden = kind !== "report";
  element("panes").classList.toggle("wide", kind === "report");
  if (kind === "diagram") {
    URL.revokeObjectURL(element("diagram").src);
    element("diagram").src = URL.createObjectURL(new Blob([made.page], { type: "image/svg+xml" }));
  } else if (kind === "report") {
    // It has a player of its own.
    if (frame.contentWindow.player?.context) await frame.contentWindow.player.toggle();
    element("report").srcdoc = made.page;
  } else element("code").textContent = code;
}

/** Show the player of a program; sound and sliders go on where the last one was. */
async function play(text, isOld) {
  if (frame.dataset.text === text) return;
  const made = await ask("compile", text, "--target web --no-llvm");
  if (isOld()) return;
  if (made.status !== 0) return showFault(made.failed ?? made.error);
  const before = frame.contentWindow.player, values = before ? valuesOf(before) : new Map();
  const isPlaying = !!before?.context;
  if (isPlaying) await before.toggle();
  frame.dataset.text = text;
  frame.hidden = false;
  await new Promise((done) => {
    frame.onload = done;
    frame.srcdoc = made.text;
  });
  const player = frame.contentWindow.player;
  for (const one of controlsOf(player)) {
    const value = values.get(one.address);
    if (value === undefined) continue;
    const kept = Math.min(one.max ?? 1, Math.max(one.min ?? 0, value));
    player.interface.values.set(one.index, kept);
    player.interface.show(one.index, kept);
  }
  new ResizeObserver(fit).observe(frame.contentDocument.querySelector("main"));
  if (isPlaying) await player.toggle();
}

function fit() {
  const main = frame.contentDocument?.querySelector("main");
  if (main) frame.style.height = `${Math.ceil(main.getBoundingClientRect().height) + 4}px`;
}

/** The controls of a player, but for buttons: what is held is let go. */
function controlsOf(player) {
  return frame.contentWindow.widgetsOf(player.info).filter((one) => one.type !== "button");
}

function valuesOf(player) {
  const values = player.interface.values;
  return new Map(controlsOf(player).filter((one) => values.has(one.index)).map((one) => [one.address, values.get(one.index)]));
}

/** Put the cursor where the error is: program.dsp:LINE:COLUMN. */
function goToFault() {
  const place = /program\.dsp:(\d+):(\d+)/.exec(element("fault").textContent);
  if (!place) return;
  const lines = source.value.split("\n").slice(0, place[1] - 1);
  const at = lines.reduce((sum, line) => sum + line.length + 1, 0) + +place[2] - 1;
  source.focus();
  source.setSelectionRange(at, at);
}

source.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(compile, WAIT);
});
source.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  frame.contentWindow.player?.toggle();
});
shown.addEventListener("change", compile);
element("fault").addEventListener("click", goToFault);
element("fault").addEventListener("keydown", (event) => event.key === "Enter" && goToFault());
for (const name of Object.keys(programs)) element("example").append(new Option(name));
element("example").addEventListener("change", ({ target }) => {
  source.value = programs[target.value];
  compile();
});
source.value = Object.values(programs)[0];
