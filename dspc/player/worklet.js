// The audio thread: a program as a node of the Web Audio API, its voices as those of mydsp_poly.
"use strict";

const SILENT = 0.0005; // a released voice below this peak is over
const RELEASE = 0.5; // seconds after which it may be

class ProgramNode extends AudioWorkletProcessor {
  /**
   * `program` and `effect` have `info` and `bytes`; `voices` is 0 for a program that always sounds.
   * `events` are messages at frames, [[frame, message]], in order.
   */
  constructor({ processorOptions: { program, effect, voices, values, sounds, events } }) {
    super();
    const engine = ({ info, bytes }, count) =>
      new Engine(new WebAssembly.Module(bytes), info, sampleRate, count, 128);
    this.engine = engine(program, voices || 1);
    this.effect = effect ? engine(effect, 1) : null;
    this.info = effect ? joinedInfo(program.info, effect.info) : program.info;
    this.notes = voices ? noteWidgets(program.info) : null;
    this.playing = Array.from({ length: voices || 1 }, () => ({
      state: voices ? "free" : "playing", key: null, taken: 0, left: 0,
    }));
    this.mix = Array.from({ length: program.info.outputs }, () => new this.engine.Real(128));
    this.meters = widgetsOf(this.info).filter((one) => one.type.endsWith("bargraph"));
    this.recording = false;
    this.events = [...(events ?? [])];
    this.frame = 0;
    for (const [index, value] of values ?? []) this.set({ index, value });
    for (const [index, parts] of sounds ?? []) this.sound({ index, parts });
    this.port.onmessage = ({ data }) => this[data.what](data);
  }

  /** The engine that has a widget, and the widget's offset in it. */
  owner(index) {
    const size = this.engine.info.size;
    return index < size ? [this.engine, index] : [this.effect, index - size];
  }

  set({ index, value }) {
    const [engine, offset] = this.owner(index);
    engine.set(offset, value);
    const twin = this.info.twins?.[index];
    if (twin !== undefined) this.set({ index: twin, value });
  }

  sound({ index, parts }) {
    const [engine, offset] = this.owner(index);
    engine.setSound(offset, parts);
    const twin = this.info.twins?.[index];
    if (twin !== undefined) this.sound({ index: twin, parts });
  }

  record({ on }) {
    this.recording = on;
  }

  stop() {
    this.stopped = true;
  }

  // Notes

  /** A key goes down: a free voice, or else the oldest released one, or else the oldest playing. */
  on({ pitch, velocity }) {
    if (!this.notes) return;
    const oldest = (voices) => voices.reduce((best, one) => (one.taken < best.taken ? one : best));
    const free = this.playing.find((one) => one.state === "free");
    if (free) {
      free.taken++;
      this.begin(free, pitch, velocity);
      return;
    }
    const released = this.playing.filter((one) => one.state === "released");
    const stolen = oldest(released.length ? released : this.playing);
    Object.assign(stolen, { state: "stolen", taken: stolen.taken + 1, next: [pitch, velocity] });
  }

  off({ pitch }) {
    const sounds = (one) =>
      one.state === "stolen" ? one.next[0] === pitch : one.state === "playing" && one.key === pitch;
    const playing = this.notes ? this.playing.filter(sounds) : [];
    if (playing.length) this.release(playing.reduce((best, one) => (one.taken < best.taken ? one : best)));
  }

  begin(voice, pitch, velocity) {
    this.assign(voice, "freq", 440 * 2 ** ((pitch - 69) / 12));
    this.assign(voice, "key", pitch);
    this.assign(voice, "gate", 1);
    this.assign(voice, "gain", velocity / 127);
    this.assign(voice, "vel", velocity);
    Object.assign(voice, { key: pitch, state: "playing" });
  }

  release(voice) {
    this.assign(voice, "gate", 0);
    Object.assign(voice, { state: "released", left: Math.trunc(RELEASE * sampleRate) });
  }

  releaseAll() {
    if (!this.notes) return;
    for (const voice of this.playing) if (voice.state !== "free") this.release(voice);
  }

  assign(voice, what, value) {
    const number = this.playing.indexOf(voice);
    for (const one of this.notes[what]) this.engine.set(one.index, value, number);
  }

  // Sound

  process(inputs, outputs) {
    if (this.stopped) return false;
    const out = outputs[0], frames = out[0]?.length ?? 128;
    while (this.events.length && this.events[0][0] <= this.frame) {
      const message = this.events.shift()[1];
      this[message.what](message);
    }
    this.frame += frames;
    for (const row of this.mix) row.fill(0);
    for (const voice of this.playing) if (voice.state !== "free") this.voice(voice, inputs[0] ?? [], frames);
    const made = this.effect ? this.affected(frames) : this.mix;
    out.forEach((row, n) => made[n] && row.set(made[n].subarray(0, frames)));
    if (this.recording) this.port.postMessage({ what: "block", block: out.map((row) => row.slice()) });
    this.tick = (this.tick ?? 0) + 1;
    if (this.meters.length && this.tick % 12 === 0) {
      const values = this.meters.map((one) => this.level(one.index));
      this.port.postMessage({ what: "meters", values });
    }
    return true;
  }

  /** A block of a voice; a stolen one fades out over its first half, the next note has the second. */
  voice(voice, inputs, frames) {
    if (voice.state === "stolen") {
      const half = frames >> 1;
      this.assign(voice, "gate", 0);
      this.add(voice, inputs, 0, half, true);
      this.begin(voice, ...voice.next);
      this.add(voice, inputs, half, frames - half, false);
      return;
    }
    const peak = this.add(voice, inputs, 0, frames, false);
    voice.left -= frames;
    if (voice.state === "released" && voice.left < 0 && peak < SILENT) voice.state = "free";
  }

  /** Add frames of a voice to the mix; their peak. */
  add(voice, inputs, from, count, fades) {
    this.engine.feed(inputs, count, from);
    this.engine.compute(this.playing.indexOf(voice), count);
    let peak = 0;
    this.mix.forEach((sum, n) => {
      const row = this.engine.output(n, count);
      for (let at = 0; at < count; at++) {
        sum[from + at] += fades ? row[at] * (1 - at / count) : row[at];
        peak = Math.max(peak, Math.abs(row[at]));
      }
    });
    return peak;
  }

  /** The mixed voices through the effect: one channel for both of two, two summed to one. */
  affected(frames) {
    const { inputs, outputs } = this.effect.info;
    let given = this.mix;
    if (given.length === 1 && inputs === 2) given = [given[0], given[0]];
    else if (given.length === 2 && inputs === 1) given = [given[0].map((value, n) => value + given[1][n])];
    this.effect.feed(given, frames);
    this.effect.compute(0, frames);
    return Array.from({ length: outputs }, (_, n) => this.effect.output(n, frames));
  }

  /** The value of a meter: the largest of the voices that sound. */
  level(index) {
    const [engine, offset] = this.owner(index);
    if (engine === this.effect) return engine.get(offset);
    const values = this.playing.map((voice, n) => (voice.state === "free" ? -Infinity : engine.get(offset, n)));
    return Math.max(...values);
  }
}

registerProcessor("dspc-program", ProgramNode);
