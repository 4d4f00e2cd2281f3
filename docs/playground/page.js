// The page of the playground: an editor, what became of its program, and its sound.
const RATE = 44100, SECONDS = 2, WAIT = 700;
const WORDS = {
  cpp: [], c: ["-lang", "c"], opencl: ["-lang", "opencl"], vec: ["-vec"],
  signals: ["--emit", "signals"], loops: ["--emit", "loops"],
};
const element = (name) => document.getElementById(name);
const worker = new Worker("worker.js", { type: "module" });
const waiting = new Map();
let count = 0, timer = 0, context = null;

function ask(message) {
  const number = ++count;
  worker.postMessage({ ...message, number });
  return new Promise((done) => waiting.set(number, done));
}

worker.onmessage = ({ data }) => {
  if (data.what === "done") {
    waiting.get(data.number)?.(data);
    waiting.delete(data.number);
    return;
  }
  const isReady = data.what === "ready";
  element("status").textContent = isReady ? "" : `dspc cannot be started: ${data.message}`;
  element("sound").disabled = !isReady || !data.hasSound;
  element("no-sound").hidden = !isReady || data.hasSound;
  if (isReady) compile();
};

async function compile() {
  clearTimeout(timer);
  const text = element("source").value, shown = element("shown").value;
  element("status").textContent = "compiling …";
  const isDrawing = shown === "diagram";
  const result = await ask({ what: "compile", text, words: isDrawing ? ["--emit", "dsp"] : WORDS[shown] });
  if (text !== element("source").value || shown !== element("shown").value) return;
  element("fault").textContent = result.failed ?? result.error;
  element("fault").hidden = !element("fault").textContent;
  element("status").textContent = "";
  element("sound").dataset.bad = result.status !== 0;
  if (result.status !== 0) return; // what was shown stays
  element("code").hidden = isDrawing;
  element("diagram").hidden = !isDrawing;
  if (isDrawing) {
    const { svg } = await ask({ what: "draw", text });
    if (svg) element("diagram").src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  } else element("code").textContent = result.text;
}

async function play() {
  context ??= new AudioContext({ sampleRate: RATE });
  element("status").textContent = `the interpreter computes ${SECONDS} s …`;
  const made = await ask({ what: "render", text: element("source").value, seconds: SECONDS, rate: RATE });
  element("status").textContent = made.failed ?? "";
  if (made.failed || !made.channels) return;
  const frames = made.samples.length / made.channels, source = context.createBufferSource();
  source.buffer = context.createBuffer(made.channels, frames, RATE);
  for (let n = 0; n < made.channels; n++) {
    source.buffer.copyToChannel(made.samples.subarray(n * frames, (n + 1) * frames), n);
  }
  source.connect(context.destination);
  source.start();
}

element("source").addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(compile, WAIT);
});
element("shown").addEventListener("change", compile);
element("sound").addEventListener("click", play);
