// A compiled program in WebAssembly: instances ("voices") in its memory, blocks of samples, widgets.
// It runs in the audio thread, and as well in any other JavaScript host.
"use strict";

const SOUND_PARTS = 256, SOUND_CHANNELS = 64, SILENT_FRAMES = 1024;

class Engine {
  /** `info` is the JSON beside the module; `frames` the most frames of a block. */
  constructor(module, info, rate, voices = 1, frames = 128) {
    const env = {};
    for (const { name } of WebAssembly.Module.imports(module)) env[name] = cFunction(name);
    const { exports } = new WebAssembly.Instance(module, { env });
    this.call = (name, ...args) => exports[`${info.prefix}_${name}`](...args);
    this.memory = exports.memory;
    this.top = exports.__heap_base.value;
    this.info = info;
    this.Real = info.real === "double" ? Float64Array : Float32Array;
    this.frames = frames;
    this.rows = this.allocate(4 * (info.inputs + info.outputs));
    this.channels = [];
    for (let n = 0; n < info.inputs + info.outputs; n++) {
      this.channels.push(this.allocate(frames * this.Real.BYTES_PER_ELEMENT));
    }
    new Uint32Array(this.memory.buffer, this.rows, this.channels.length).set(this.channels);
    this.voices = Array.from({ length: voices }, () => this.allocate(info.size));
    for (const voice of this.voices) this.call("init", voice, rate);
  }

  /** The address of `bytes` zero bytes, at a multiple of 16. */
  allocate(bytes) {
    const at = (this.top + 15) & ~15;
    this.top = at + bytes;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow((missing + 65535) >> 16);
    return at;
  }

  real(at, count) {
    return new this.Real(this.memory.buffer, at, count);
  }

  /** Set a widget by its offset (`index` in the JSON), in one voice or in all. */
  set(index, value, voice) {
    const chosen = voice === undefined ? this.voices : [this.voices[voice]];
    for (const state of chosen) this.real(state + index, 1)[0] = value;
  }

  get(index, voice = 0) {
    return this.real(this.voices[voice] + index, 1)[0];
  }

  /** Silence: delays and filters start anew, widgets keep their values. */
  reset(voice) {
    this.call("instance_clear", this.voices[voice]);
  }

  /** Compute `frames` frames of a voice; the inputs were given to `feed`. */
  compute(voice, frames) {
    const outputs = this.rows + 4 * this.info.inputs;
    this.call("compute", this.voices[voice], frames, this.rows, outputs);
  }

  /** Copy the inputs of a block, from a frame on; missing channels are silent. */
  feed(inputs, frames, from = 0) {
    for (let n = 0; n < this.info.inputs; n++) {
      const row = this.real(this.channels[n], frames);
      if (inputs[n]) row.set(inputs[n].subarray(from, from + frames));
      else row.fill(0);
    }
  }

  /** The samples of an output; valid until the next call. */
  output(number, frames) {
    return this.real(this.channels[this.info.inputs + number], frames);
  }

  /** Give a sound file slot its parts, each { rate, channels: [Float32Array] }. */
  setSound(index, parts) {
    const most = Math.max(1, ...parts.map((part) => part.channels.length));
    const silent = { rate: 44100, channels: [new Float32Array(SILENT_FRAMES)] };
    const whole = Array.from({ length: SOUND_PARTS }, (_, n) => parts[n] ?? silent);
    const lengths = whole.map((part) => Math.max(1, part.channels[0].length));
    const ends = [];
    const used = Math.min(parts.length + 1, SOUND_PARTS); // the silent part is shared
    const total = lengths.slice(0, used).reduce((sum, length) => (ends.push(sum), sum + length), 0);
    const offsets = whole.map((_, n) => ends[Math.min(n, used - 1)]);
    const bytes = this.Real.BYTES_PER_ELEMENT;
    const buffers = Array.from({ length: most }, () => this.allocate(total * bytes));
    buffers.forEach((at, channel) => {
      whole.slice(0, used).forEach((part, n) => {
        const samples = part.channels[channel % part.channels.length];
        this.real(at + offsets[n] * bytes, samples.length).set(samples);
      });
    });
    const rows = Array.from({ length: SOUND_CHANNELS }, (_, n) => buffers[n % most]);
    const tables = [rows, lengths, whole.map((part) => part.rate), offsets].map((table) => {
      const at = this.allocate(4 * table.length);
      new Int32Array(this.memory.buffer, at, table.length).set(table);
      return at;
    });
    const sound = this.allocate(24);
    new Int32Array(this.memory.buffer, sound, 6).set([...tables, most, SOUND_PARTS]);
    for (const state of this.voices) new Int32Array(this.memory.buffer, state + index, 1)[0] = sound;
  }
}

/** The widgets of a program in the order of its interface. */
function widgetsOf(info) {
  const found = [], work = [...info.ui];
  while (work.length) {
    const item = work.shift();
    if (item.items) work.unshift(...item.items);
    else found.push(item);
  }
  return found;
}

/** The metadata of a widget or group as an object. */
function metadataOf(item) {
  return Object.assign({}, ...(item.meta ?? []));
}

/** The widgets that a note sets, as Faust's polyphonic hosts name them; null if there are none. */
function noteWidgets(info) {
  const named = (...names) => widgetsOf(info).filter((one) => {
    return "index" in one && names.some((name) => one.address.endsWith(`/${name}`));
  });
  const found = {
    freq: named("freq"), key: named("key"), gain: named("gain"), vel: named("vel", "velocity"),
    gate: named("gate"),
  };
  return found.gate.length && found.freq.length + found.key.length ? found : null;
}

/** How many notes sound at once: what the program declares, or 16. */
function voiceCount(info) {
  const about = metadataOf(info);
  const asked = /\[nvoices:\s*(\d+)\s*\]/.exec(about.options ?? "")?.[1] ?? about.nvoices;
  return Math.min(256, +asked || 16);
}

/**
 * A program's JSON with the interface of its effect, whose widgets have offsets behind those of the
 * program. A control that both have is shown once; `twins` has its offsets by that in the program.
 */
function joinedInfo(info, effect) {
  const known = new Map(widgetsOf(info).map((one) => [one.address, one]));
  const twins = {};
  const moved = (item) => {
    if (item.items) {
      const items = item.items.map(moved).filter(Boolean);
      return items.length ? { ...item, items } : null;
    }
    const own = known.get(item.address), index = item.index + info.size;
    if (!own || own.type.endsWith("bargraph")) return { ...item, index };
    twins[own.index] = index;
    return null;
  };
  const groups = effect.ui.map(moved).filter(Boolean).map((group) => ({ ...group, label: "effect" }));
  return { ...info, ui: [...info.ui, ...groups], twins };
}
