// Controls of a program in a notebook: what moves them is told to Python, which also computes sound.
function play(content, buffers) {
  const view = buffers[0], samples = new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  const context = new AudioContext({ sampleRate: content.rate });
  const frames = samples.length / content.channels, source = context.createBufferSource();
  source.buffer = context.createBuffer(content.channels, frames, content.rate);
  for (let n = 0; n < content.channels; n++) {
    source.buffer.copyToChannel(samples.subarray(n * frames, (n + 1) * frames), n);
  }
  source.connect(context.destination);
  source.onended = () => context.close();
  source.start();
}

function render({ model, el }) {
  const info = structuredClone(model.get("info"));
  for (const widget of widgetsOf(info)) widget.index = widget.address;
  // The styles of the notebook and of the controls do not meet.
  const host = make("div"), shadow = host.attachShadow({ mode: "open" });
  const controls = make("div"), sound = make("button", { type: "button" }, "▶ Two seconds");
  shadow.append(make("style", { textContent: STYLE }), make("section", { className: "player" }, sound, controls));
  const shown = new Interface(controls, info, {
    set(path, value) {
      model.set("values", { ...model.get("values"), [path]: value });
      model.save_changes();
    },
    sound() {},
  });
  const update = () => Object.entries(model.get("values")).forEach(([path, value]) => shown.show(path, value));
  update();
  model.on("change:values", update);
  sound.hidden = !info.outputs;
  sound.onclick = () => model.send({ what: "play" });
  model.on("msg:custom", play);
  el.append(host);
}

export default { render };
