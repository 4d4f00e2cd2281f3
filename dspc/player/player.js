// Plays a program: the audio context and its node, inputs, notes, MIDI, recording and rendering.
"use strict";

const NOTES_OFF = [120, 123]; // controllers that release all voices: all sound off, all notes off

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

/** The messages of a chord, one note after the other, that is held for six seconds. */
function chord(rate) {
  const notes = [60, 64, 67, 72].map((pitch, n) => [Math.round(n * rate), { what: "on", pitch, velocity: 100 }]);
  const ends = notes.map(([, { pitch }]) => [6 * rate, { what: "off", pitch }]);
  return [...notes, ...ends];
}

class Player {
  /** `program` has `info` (the JSON beside the module) and `module` (base64). */
  constructor(root, program) {
    this.voices = noteWidgets(program.info) ? voiceCount(program.info) : 0;
    this.program = { info: program.info, bytes: bytesOf(program.module) };
    if (this.voices && program.effect) {
      this.effect = { info: program.effect.info, bytes: bytesOf(program.effect.module) };
    }
    /** The interface of voices and effect. */
    this.info = this.effect ? joinedInfo(program.info, program.effect.info) : program.info;
    this.sounds = new Map();
    this.recorded = null;
    this.interface = new Interface(root.querySelector(".widgets"), this.info, this);
    this.bindings = midiBindings(this.info);
    this.root = root;
    this.wire();
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
    this.find("midi").hidden = !this.voices && !this.bindings.length;
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
  async node(context, voices, events = []) {
    await loadWorklet(context);
    const inputs = this.info.inputs, effect = (voices && this.effect) || null;
    const { outputs } = (effect ?? this.program).info;
    // Without the effect its widgets, behind those of the program, are not there.
    const isThere = ([index]) => effect !== null || index < this.program.info.size;
    return new AudioWorkletNode(context, "dspc-program", {
      numberOfInputs: inputs ? 1 : 0,
      numberOfOutputs: 1,
      outputChannelCount: [Math.min(32, Math.max(1, outputs))],
      channelCount: Math.min(32, Math.max(1, inputs)),
      channelCountMode: "explicit",
      channelInterpretation: inputs > 2 ? "discrete" : "speakers",
      processorOptions: {
        program: this.program, effect, voices,
        values: [...this.interface.values].filter(isThere),
        sounds: [...this.sounds].filter(isThere), events,
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

  /**
   * Compute without playing: the outputs, from input channels (or none), at a rate. Notes are played
   * by `events`, messages of the audio thread at frames; without them a program with voices is one.
   */
  async render(frames, rate, inputs = [], events = null) {
    const voices = events ? this.voices : 0;
    const { outputs } = (voices && this.effect ? this.effect : this.program).info;
    const context = new OfflineAudioContext(Math.min(32, Math.max(1, outputs)), frames, rate);
    const node = await this.node(context, voices, events ?? []);
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
      const notes = this.voices ? chord(rate) : null;
      save(wav(await this.render(frames, rate, given, notes), rate), `${this.info.name}.wav`);
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

  noteOn(pitch, velocity) {
    this.send({ what: "on", pitch, velocity });
  }

  noteOff(pitch) {
    this.send({ what: "off", pitch });
  }

  keyboard() {
    const root = this.find("piano");
    root.hidden = !this.voices;
    if (!this.voices) return;
    hideNoteWidgets(this.root, this.info);
    this.piano = new Piano(root, this);
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

  midi(bytes) {
    const event = midiEvent(bytes);
    if (event === null) return;
    if (event.kind === "on") this.piano?.on(event.number, event.value);
    else if (event.kind === "off") this.piano?.off(event.number);
    else if (event.kind === "control" && NOTES_OFF.includes(event.number)) this.send({ what: "releaseAll" });
    for (const binding of this.bindings) {
      const value = midiValue(binding, event);
      if (value === null) continue;
      this.set(binding.item.index, value);
      this.interface.show(binding.item.index, value);
    }
  }
}
