// Plays a program: the audio context and its node, inputs, notes, MIDI, recording and rendering.
"use strict";

const KEYS = "awsedftgyhujkolp"; // a piano on the letters, C at a

/**
 * Load the script of the audio thread. For pages opened from disk fetch is refused, and by some
 * browsers a Blob, by others a data URL.
 */
async function loadWorklet(context) {
  const parts = ["maths", "engine", "worklet"].map((name) => document.getElementById(`dspc-${name}`).textContent);
  const blob = new Blob(parts, { type: "text/javascript" });
  const data = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
  try {
    await context.audioWorklet.addModule(data);
  } catch {
    await context.audioWorklet.addModule(URL.createObjectURL(blob));
  }
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A WAV file of 32-bit floats. */
function wav(channels, rate) {
  const frames = channels[0]?.length ?? 0, count = channels.length, bytes = frames * count * 4;
  const view = new DataView(new ArrayBuffer(44 + bytes));
  const text = (at, letters) => [...letters].forEach((one, n) => view.setUint8(at + n, one.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 3, true);
  view.setUint16(22, count, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * count * 4, true);
  view.setUint16(32, count * 4, true);
  view.setUint16(34, 32, true);
  text(36, "data");
  view.setUint32(40, bytes, true);
  for (let at = 0; at < frames; at++) {
    for (let n = 0; n < count; n++) view.setFloat32(44 + (at * count + n) * 4, channels[n][at], true);
  }
  return new Blob([view], { type: "audio/wav" });
}

function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

class Player {
  /** `program` has `info` (the JSON beside the module) and `module` (base64). */
  constructor(root, program) {
    this.info = program.info;
    this.bytes = bytesOf(program.module);
    this.sounds = new Map();
    this.recorded = null;
    this.voices = noteWidgets(this.info) ? this.voiceCount() : 0;
    this.interface = new Interface(root.querySelector(".widgets"), this.info, this);
    this.root = root;
    this.wire();
  }

  voiceCount() {
    const about = metadataOf(this.info);
    const asked = about.nvoices ?? /\[nvoices:(\d+)\]/.exec(about.options ?? "")?.[1];
    return Math.min(64, Math.max(1, +(asked ?? 8)));
  }

  find(what) {
    return this.root.querySelector(`[data-do="${what}"]`);
  }

  wire() {
    this.find("play").onclick = () => this.toggle();
    this.find("record").onclick = () => this.record();
    this.find("render").onclick = () => this.saveRendering();
    const input = this.find("input");
    input.onchange = () => this.attempt(() => this.connectInput());
    // An address that ends with #silence chooses this input.
    const asked = location.hash.slice(1);
    if ([...input.options].some((one) => one.value === asked)) input.value = asked;
    this.find("inputs").hidden = !this.info.inputs;
    this.find("file").onchange = (event) => this.take(event.target.files);
    this.root.ondragover = (event) => event.preventDefault();
    this.root.ondrop = (event) => {
      event.preventDefault();
      if (this.info.inputs) this.take(event.dataTransfer.files);
    };
    this.find("midi").hidden = !this.voices && !widgetsOf(this.info).some((one) => metadataOf(one).midi);
    this.find("midi").onclick = () => this.attempt(() => this.openMidi());
    this.keyboard();
  }

  say(text) {
    this.find("status").textContent = text;
  }

  async attempt(action) {
    try {
      await action();
    } catch (error) {
      this.say(error.message);
    }
  }

  // Sound

  /** A node of this program in a context, with the values and sound files as they are now. */
  async node(context, voices) {
    await loadWorklet(context);
    const { inputs, outputs } = this.info;
    return new AudioWorkletNode(context, "dspc-program", {
      numberOfInputs: inputs ? 1 : 0,
      numberOfOutputs: 1,
      outputChannelCount: [Math.min(32, Math.max(1, outputs))],
      channelCount: Math.min(32, Math.max(1, inputs)),
      channelCountMode: "explicit",
      channelInterpretation: inputs > 2 ? "discrete" : "speakers",
      processorOptions: {
        bytes: this.bytes, info: this.info, voices,
        values: [...this.interface.values], sounds: [...this.sounds],
      },
    });
  }

  async toggle() {
    await this.attempt(() => (this.context ? this.stop() : this.play()));
    this.find("play").textContent = this.context ? "■ Stop" : "▶ Play";
    this.find("play").setAttribute("aria-pressed", !!this.context);
  }

  async play() {
    const context = new AudioContext();
    try {
      this.playing = await this.node(context, this.voices);
    } catch (error) {
      context.close();
      throw error;
    }
    this.context = context;
    this.playing.connect(context.destination);
    this.playing.onprocessorerror = () => this.say("the program failed in the audio thread");
    this.playing.port.onmessage = ({ data }) => this.heard(data);
    this.say(`${context.sampleRate} Hz${this.voices ? `, ${this.voices} voices` : ""}`);
    if (this.info.inputs) await this.attempt(() => this.connectInput());
  }

  async stop() {
    this.send({ what: "stop" });
    this.source?.disconnect();
    this.source?.mediaStream?.getTracks().forEach((track) => track.stop());
    this.source = null;
    if (this.recorded) this.record();
    await this.context.close();
    this.context = this.playing = null;
    this.say("");
  }

  send(message) {
    this.playing?.port.postMessage(message);
  }

  heard(data) {
    if (data.what === "meters") data.values.forEach((value, n) => this.interface.meters[n]?.(value));
    else if (this.recorded) this.recorded.push(data.block);
  }

  set(index, value) {
    this.send({ what: "set", index, value });
  }

  async decode(file) {
    const context = this.context ?? new OfflineAudioContext(1, 1, 48000);
    return context.decodeAudioData(await file.arrayBuffer());
  }

  sound(index, files) {
    return this.attempt(async () => {
      const parts = [];
      for (const file of files) {
        const buffer = await this.decode(file);
        const channels = Array.from({ length: buffer.numberOfChannels }, (_, n) => buffer.getChannelData(n));
        parts.push({ rate: buffer.sampleRate, channels });
      }
      this.sounds.set(index, parts);
      this.send({ what: "sound", index, parts });
    });
  }

  // Inputs

  take(files) {
    return this.attempt(async () => {
      if (!files.length) return;
      this.buffer = await this.decode(files[0]);
      this.find("input").value = "file";
      await this.connectInput();
    });
  }

  async connectInput() {
    if (!this.context) return;
    this.source?.stop?.();
    this.source?.mediaStream?.getTracks().forEach((track) => track.stop());
    this.source?.disconnect();
    this.source = await this.makeSource(this.context, this.find("input").value);
    this.source?.connect(this.playing);
  }

  async makeSource(context, kind) {
    if (kind === "microphone") {
      const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: raw });
      return Object.assign(context.createMediaStreamSource(stream), { mediaStream: stream });
    }
    if (kind === "silence" || (kind === "file" && !this.buffer)) return null;
    const source = context.createBufferSource();
    source.buffer = kind === "file" ? this.buffer : this.testSound(context, kind);
    source.loop = true;
    source.start();
    return source;
  }

  /** Two seconds of white noise, or a click each half second. */
  testSound(context, kind) {
    const rate = context.sampleRate, buffer = context.createBuffer(1, 2 * rate, rate);
    const samples = buffer.getChannelData(0);
    if (kind === "noise") samples.forEach((_, n) => (samples[n] = 0.5 * (Math.random() * 2 - 1)));
    else for (let n = 0; n < samples.length; n += rate / 2) samples[Math.floor(n)] = 1;
    return buffer;
  }

  // Recording and rendering

  record() {
    const on = !this.recorded;
    if (on && !this.context) return;
    this.send({ what: "record", on });
    this.find("record").setAttribute("aria-pressed", on);
    if (on) this.recorded = [];
    else {
      const blocks = this.recorded, count = blocks[0]?.length ?? 0;
      this.recorded = null;
      const channels = Array.from({ length: count }, (_, n) => {
        const row = new Float32Array(blocks.reduce((sum, block) => sum + block[n].length, 0));
        blocks.reduce((at, block) => (row.set(block[n], at), at + block[n].length), 0);
        return row;
      });
      if (count) save(wav(channels, this.context.sampleRate), `${this.info.name}.wav`);
    }
  }

  /** Compute without playing, as one voice: the outputs, from input channels (or none), at a rate. */
  async render(frames, rate, inputs = []) {
    const context = new OfflineAudioContext(Math.min(32, Math.max(1, this.info.outputs)), frames, rate);
    const node = await this.node(context, 0);
    context.destination.channelInterpretation = "discrete";
    node.connect(context.destination);
    let failed = false;
    node.onprocessorerror = () => (failed = true);
    if (inputs.length) {
      const source = context.createBufferSource();
      source.buffer = context.createBuffer(inputs.length, frames, rate);
      inputs.forEach((row, n) => source.buffer.copyToChannel(row, n));
      source.connect(node);
      source.start();
    }
    const made = await context.startRendering();
    if (failed) throw new Error("the program failed in the audio thread");
    return Array.from({ length: made.numberOfChannels }, (_, n) => made.getChannelData(n));
  }

  saveRendering() {
    return this.attempt(async () => {
      const rate = this.context?.sampleRate ?? 48000, frames = 10 * rate;
      this.say("rendering 10 s …");
      const given = this.buffer && this.info.inputs ? this.fileChannels(frames) : [];
      save(wav(await this.render(frames, rate, given), rate), `${this.info.name}.wav`);
      this.say("");
    });
  }

  fileChannels(frames) {
    return Array.from({ length: this.info.inputs }, (_, n) => {
      const row = new Float32Array(frames), from = this.buffer.getChannelData(n % this.buffer.numberOfChannels);
      row.set(from.subarray(0, frames));
      return row;
    });
  }

  // Notes

  noteOn(pitch, velocity = 100) {
    this.send({ what: "on", pitch, velocity });
    this.keys?.get(pitch)?.classList.add("down");
  }

  noteOff(pitch) {
    this.send({ what: "off", pitch });
    this.keys?.get(pitch)?.classList.remove("down");
  }

  keyboard() {
    const piano = this.find("piano");
    piano.hidden = !this.voices;
    if (!this.voices) return;
    // Notes set these, each voice its own.
    const driven = Object.values(noteWidgets(this.info)).flat();
    for (const element of this.root.querySelectorAll("[data-path]")) {
      if (driven.some((one) => one.address === element.dataset.path)) element.hidden = true;
    }
    this.keys = new Map();
    for (let pitch = 48; pitch <= 84; pitch++) {
      const black = [1, 3, 6, 8, 10].includes(pitch % 12);
      const key = make("span", { className: black ? "key black" : "key" });
      key.onpointerdown = (event) => {
        key.releasePointerCapture(event.pointerId);
        this.noteOn(pitch);
      };
      key.onpointerenter = (event) => event.buttons && this.noteOn(pitch);
      key.onpointerup = key.onpointerleave = key.onpointercancel = () => this.noteOff(pitch);
      this.keys.set(pitch, key);
      piano.append(key);
    }
    let octave = 60;
    const held = new Map();
    document.addEventListener("keydown", (event) => {
      const typed = event.target.closest?.("input:not([type=range]):not([type=checkbox]), select, textarea");
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || typed) return;
      if (event.key === "z") octave = Math.max(24, octave - 12);
      if (event.key === "x") octave = Math.min(96, octave + 12);
      const at = KEYS.indexOf(event.key);
      if (at < 0 || held.has(event.key)) return;
      held.set(event.key, octave + at);
      this.noteOn(octave + at);
    });
    document.addEventListener("keyup", (event) => {
      if (held.has(event.key)) this.noteOff(held.get(event.key));
      held.delete(event.key);
    });
  }

  async openMidi() {
    if (!navigator.requestMIDIAccess) throw new Error("this browser has no Web MIDI");
    const access = await navigator.requestMIDIAccess();
    const listen = () => {
      for (const port of access.inputs.values()) port.onmidimessage = ({ data }) => this.midi(data);
    };
    access.onstatechange = listen;
    listen();
    this.say(`MIDI: ${[...access.inputs.values()].map((port) => port.name).join(", ") || "no device yet"}`);
  }

  midi([status, first, second]) {
    const kind = status & 0xf0;
    if (kind === 0x90 && second > 0) this.noteOn(first, second);
    else if (kind === 0x80 || kind === 0x90) this.noteOff(first);
    else if (kind === 0xb0) this.control(`ctrl ${first}`, second / 127);
    else if (kind === 0xe0) this.control("pitchwheel", (second * 128 + first) / 16383);
  }

  /** Widgets with `[midi:ctrl 7]` and the like follow, over their range. */
  control(name, at) {
    for (const item of widgetsOf(this.info)) {
      const asked = (metadataOf(item).midi ?? "").split(/\s+/).slice(0, name.split(" ").length).join(" ");
      if (asked !== name) continue;
      const value = "min" in item ? item.min + at * (item.max - item.min) : Math.round(at);
      this.set(item.index, value);
      this.interface.show(item.index, value);
    }
  }
}
