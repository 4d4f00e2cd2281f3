// The audio thread: a program as a node of the Web Audio API.
"use strict";

const RELEASED = 1e-4; // a released voice below this level is over

class ProgramNode extends AudioWorkletProcessor {
  constructor({ processorOptions: { bytes, info, voices, values, sounds } }) {
    super();
    const module = new WebAssembly.Module(bytes);
    this.info = info;
    this.engine = new Engine(module, info, sampleRate, voices || 1, 128);
    this.notes = voices ? noteWidgets(info) : null;
    this.playing = Array.from({ length: voices || 1 }, () => ({ pitch: null, age: 0, on: !voices }));
    this.meters = widgetsOf(info).filter((one) => one.type.endsWith("bargraph"));
    this.clock = 0;
    this.recording = false;
    for (const [index, value] of values ?? []) this.engine.set(index, value);
    for (const [index, parts] of sounds ?? []) this.engine.setSound(index, parts);
    this.port.onmessage = ({ data }) => this[data.what](data);
  }

  set({ index, value }) {
    this.engine.set(index, value);
  }

  sound({ index, parts }) {
    this.engine.setSound(index, parts);
  }

  record({ on }) {
    this.recording = on;
  }

  stop() {
    this.stopped = true;
  }

  /** A key goes down: a free voice, or else the one that was released or started first. */
  on({ pitch, velocity }) {
    if (!this.notes) return;
    const order = (voice) => (voice.on ? (voice.pitch === null ? 1 : 2) : 0) * 1e9 + voice.age;
    const voice = this.playing.reduce((best, one) => (order(one) < order(best) ? one : best));
    const number = this.playing.indexOf(voice);
    const set = (widgets, value) => widgets.forEach((one) => this.engine.set(one.index, value, number));
    if (!voice.on) this.engine.reset(number);
    Object.assign(voice, { pitch, age: ++this.clock, on: true, rises: voice.pitch !== null });
    set(this.notes.freq, 440 * 2 ** ((pitch - 69) / 12));
    set(this.notes.key, pitch);
    set(this.notes.gain, velocity / 127);
    set(this.notes.vel, velocity);
    // A voice that is stolen needs a block with a closed gate, or its envelope would not restart.
    set(this.notes.gate, voice.rises ? 0 : 1);
  }

  off({ pitch }) {
    if (!this.notes) return;
    this.playing.forEach((voice, number) => {
      if (voice.pitch !== pitch) return;
      voice.pitch = null;
      voice.rises = false;
      for (const one of this.notes.gate) this.engine.set(one.index, 0, number);
    });
  }

  process(inputs, outputs) {
    if (this.stopped) return false;
    const out = outputs[0], frames = out[0]?.length ?? 128;
    this.engine.feed(inputs[0] ?? [], frames);
    this.playing.forEach((voice, number) => {
      if (voice.on) this.voice(voice, number, out, frames);
    });
    if (this.recording) this.port.postMessage({ what: "block", block: out.map((row) => row.slice()) });
    this.tick = (this.tick ?? 0) + 1;
    if (this.meters.length && this.tick % 12 === 0) {
      const values = this.meters.map((one) => this.level(one.index));
      this.port.postMessage({ what: "meters", values });
    }
    return true;
  }

  voice(voice, number, out, frames) {
    this.engine.compute(number, frames);
    let peak = 0;
    for (let n = 0; n < Math.min(out.length, this.info.outputs); n++) {
      const row = this.engine.output(n, frames), sum = out[n];
      for (let at = 0; at < frames; at++) {
        sum[at] += row[at];
        peak = Math.max(peak, Math.abs(row[at]));
      }
    }
    if (!this.notes) return;
    if (voice.rises) {
      voice.rises = false;
      for (const one of this.notes.gate) this.engine.set(one.index, 1, number);
    } else if (voice.pitch === null) {
      voice.quiet = peak < RELEASED ? (voice.quiet ?? 0) + 1 : 0;
      if (voice.quiet > 50) Object.assign(voice, { on: false, quiet: 0 });
    }
  }

  level(index) {
    return Math.max(...this.playing.map((voice, number) => (voice.on ? this.engine.get(index, number) : -Infinity)));
  }
}

registerProcessor("dspc-program", ProgramNode);
