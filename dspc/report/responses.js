// Impulse response, frequency response and spectrogram, computed by the program itself.
"use strict";

const RATE = 48000, FRAMES = 32768, BLOCK = 128;

/** The Fourier transform of a power of two of samples, in place (radix 2, decimation in time). */
function transform(real, imaginary) {
  const size = real.length;
  for (let at = 1, other = 0; at < size; at++) {
    let bit = size >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at < other) {
      [real[at], real[other]] = [real[other], real[at]];
      [imaginary[at], imaginary[other]] = [imaginary[other], imaginary[at]];
    }
  }
  for (let span = 2; span <= size; span *= 2) {
    const half = span / 2;
    for (let k = 0; k < half; k++) {
      const c = Math.cos((-2 * Math.PI * k) / span), s = Math.sin((-2 * Math.PI * k) / span);
      for (let at = k; at < size; at += span) {
        const x = real[at + half] * c - imaginary[at + half] * s, y = real[at + half] * s + imaginary[at + half] * c;
        real[at + half] = real[at] - x;
        imaginary[at + half] = imaginary[at] - y;
        real[at] += x;
        imaginary[at] += y;
      }
    }
  }
}

function power(samples, size) {
  const real = new Float64Array(size), imaginary = new Float64Array(size);
  real.set(samples.subarray(0, size));
  transform(real, imaginary);
  return Float64Array.from({ length: size / 2 }, (_, n) => real[n] ** 2 + imaginary[n] ** 2);
}

/** The outputs for an impulse on each input, or the sound with its buttons held. */
function respond(player) {
  const { info } = player.program;
  const engine = new Engine(player.module, info, RATE, 1, BLOCK);
  for (const [index, value] of player.interface.values) if (index < info.size) engine.set(index, value);
  if (!info.inputs) for (const one of widgetsOf(info)) if (one.type === "button") engine.set(one.index, 1);
  const outputs = Array.from({ length: Math.min(2, info.outputs) }, () => new Float32Array(FRAMES));
  const pulse = new Float32Array(BLOCK);
  for (let at = 0; at < FRAMES; at += BLOCK) {
    pulse[0] = at === 0 ? 1 : 0;
    engine.feed(Array.from({ length: info.inputs }, () => pulse), BLOCK);
    engine.compute(0, BLOCK);
    outputs.forEach((row, n) => row.set(engine.output(n, BLOCK), at));
  }
  return outputs.map((row) => row.map((value) => (Number.isFinite(value) ? value : 0)));
}

/** A canvas at the resolution of the screen, cleared: its colours, and the room inside its axes. */
function surface(name) {
  const canvas = document.getElementById(name), scale = devicePixelRatio;
  canvas.dataset.high ??= canvas.height;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.dataset.high * scale;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.font = FONT;
  context.lineJoin = "round";
  const colour = (variable) => {
    const probe = build("span", { style: `color: var(${variable})` });
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const width = canvas.clientWidth, height = +canvas.dataset.high;
  return {
    context, scale, left: 58, right: width - 12, top: 10, bottom: height - 22,
    lines: [colour("--accent"), colour("--warm")],
    faint: colour("--faint"), grid: colour("--line"),
  };
}

/** Grid lines and their labels outside: rows and columns are pairs of a position and a text. */
function axes({ context, left, right, top, bottom, faint, grid }, columns, rows) {
  context.fillStyle = grid;
  for (const [x] of columns) context.fillRect(Math.round(x), top, 1, bottom - top);
  for (const [y] of rows) context.fillRect(left, Math.round(y), right - left, 1);
  context.fillStyle = faint;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const [y, text] of rows) context.fillText(text, left - 6, Math.max(6, y));
  context.textBaseline = "alphabetic";
  context.textAlign = "center";
  let free = -Infinity;
  for (const [x, text] of columns) {
    const half = context.measureText(text).width / 2, at = Math.min(x, right + 10 - half);
    if (at - half < free) continue;
    context.fillText(text, at, bottom + 15);
    free = at + half + 8;
  }
}

/** Columns of a time axis of some frames. */
function timeColumns({ left, right }, frames) {
  const end = (1000 * frames) / RATE;
  return ticksTo(end, (right - left) / 90).map((ms) => [left + (ms / end) * (right - left), `${+ms.toPrecision(3)} ms`]);
}

/** The frames until all outputs stay below a thousandth of their peak. */
function framesShown(outputs, peak) {
  const quiet = (row) => {
    let last = row.length - 1;
    while (last > 256 && Math.abs(row[last]) < peak * 1e-3) last--;
    return last + 1;
  };
  return Math.max(...outputs.map(quiet));
}

function peakOf(outputs) {
  return Math.max(1e-9, ...outputs.map((row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
}

/** For each column of pixels the lowest and highest of the frames in it. */
function eachColumn({ left, right, scale }, row, frames, draw) {
  const count = Math.round((right - left) * scale);
  for (let n = 0; n < count; n++) {
    const from = Math.floor((n * frames) / count), to = Math.max(from + 1, Math.floor(((n + 1) * frames) / count));
    let low = Infinity, high = -Infinity;
    for (let at = from; at < to; at++) {
      low = Math.min(low, row[at]);
      high = Math.max(high, row[at]);
    }
    draw(left + (n + 0.5) / scale, low, high);
  }
}

function drawImpulse(outputs) {
  const picture = surface("impulse"), { context, top, bottom, lines } = picture;
  const peak = peakOf(outputs), frames = framesShown(outputs, peak), middle = (top + bottom) / 2;
  const y = (value) => middle - (value / peak) * (middle - top);
  axes(picture, timeColumns(picture, frames), [peak, 0, -peak].map((value) => [y(value), minus(+value.toPrecision(3))]));
  outputs.forEach((row, n) => {
    context.strokeStyle = lines[n];
    context.globalAlpha = n ? 0.65 : 1;
    context.lineWidth = 1;
    context.beginPath();
    eachColumn(picture, row, frames, (x, low, high) => {
      context.lineTo(x, y(low));
      context.lineTo(x, y(high));
    });
    context.stroke();
  });
  context.globalAlpha = 1;
}

function drawLevel(outputs) {
  const picture = surface("level"), { context, top, bottom, lines } = picture;
  const peak = peakOf(outputs), frames = framesShown(outputs, peak), LOWEST = -72;
  const y = (decibels) => top + (Math.max(LOWEST, decibels) / LOWEST) * (bottom - top);
  axes(picture, timeColumns(picture, frames), [0, -24, -48, -72].map((decibels) => [y(decibels), decibelText(decibels)]));
  outputs.forEach((row, n) => {
    context.strokeStyle = lines[n];
    context.globalAlpha = n ? 0.65 : 1;
    context.beginPath();
    eachColumn(picture, row, frames, (x, low, high) => {
      context.lineTo(x, y(20 * Math.log10(Math.max(-low, high, 1e-12) / peak)));
    });
    context.stroke();
  });
  context.globalAlpha = 1;
}

function minus(value) {
  return `${value}`.replace("-", "−");
}

function decibelText(decibels) {
  return `${minus(decibels)} dB`;
}

function hertzText(hertz) {
  return hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`;
}

/** The level at a frequency: between bins by interpolation, over several bins the highest. */
function levelBetween(levels, from, to) {
  if (Math.floor(to) > Math.ceil(from)) {
    let most = -Infinity;
    for (let bin = Math.ceil(from); bin < to && bin < levels.length; bin++) most = Math.max(most, levels[bin]);
    return most;
  }
  const bin = Math.min(levels.length - 2, Math.floor(from)), part = from - bin;
  return levels[bin] * (1 - part) + levels[bin + 1] * part;
}

function drawFrequency(outputs) {
  const picture = surface("frequency"), { context, scale, left, right, top, bottom, lines } = picture;
  const size = FRAMES, low = 20, high = RATE / 2;
  const spectra = outputs.map((row) => power(row, size).map((value) => 10 * Math.log10(Math.max(value, 1e-20))));
  const highest = Math.max(-60, ...spectra.map((row) => row.reduce((a, b) => Math.max(a, b), -200)));
  const most = Math.ceil((highest + 1) / 12) * 12, least = most - 84;
  const x = (hertz) => left + (Math.log(hertz / low) / Math.log(high / low)) * (right - left);
  const y = (decibels) => top + ((most - Math.max(least, decibels)) / (most - least)) * (bottom - top);
  const rows = Array.from({ length: 8 }, (_, n) => [y(most - 12 * n), decibelText(most - 12 * n)]);
  const marked = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000];
  axes(picture, marked.map((hertz) => [x(hertz), hertzText(hertz)]), rows);
  const count = Math.round((right - left) * scale), bins = (n) => (low * (high / low) ** (n / count) * size) / RATE;
  spectra.forEach((row, n) => {
    context.strokeStyle = lines[n];
    context.globalAlpha = n ? 0.8 : 1;
    context.lineWidth = 1.3;
    context.beginPath();
    for (let at = 0; at < count; at++) context.lineTo(left + at / scale, y(levelBetween(row, bins(at), bins(at + 1))));
    context.stroke();
  });
  context.globalAlpha = 1;
}

/** From black over purple and orange to near white, by a level in 0..1. */
function heat(level) {
  const stops = [[0, 0, 4], [80, 18, 123], [182, 54, 121], [251, 136, 97], [252, 253, 191]];
  const at = Math.min(0.9999, Math.max(0, level)) * (stops.length - 1), from = Math.floor(at), part = at - from;
  return stops[from].map((value, n) => value + part * (stops[from + 1][n] - value));
}

function drawSpectrogram(outputs) {
  const [row] = outputs;
  const picture = surface("spectrogram"), { context, scale, left, right, top, bottom } = picture;
  if (!row) return;
  const size = 1024, columns = [], half = RATE / 2;
  const width = Math.round((right - left) * scale), height = Math.round((bottom - top) * scale);
  const image = context.createImageData(width, height);
  const window = Float32Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
  const frames = Math.min(FRAMES, Math.max(4096, framesShown(outputs, peakOf(outputs))));
  let most = 1e-20;
  for (let n = 0; n < 256; n++) {
    const from = Math.round((n * (frames - size)) / 255);
    columns.push(power(row.subarray(from, from + size).map((value, at) => value * window[at]), size));
    most = columns[n].reduce((a, b) => Math.max(a, b), most);
  }
  for (let x = 0; x < width; x++) {
    const column = columns[Math.floor((x * 256) / width)];
    for (let y = 0; y < height; y++) {
      const bin = Math.floor((1 - (y + 0.5) / height) ** 2 * (size / 2));
      const level = 1 + (10 * Math.log10(Math.max(column[bin], 1e-20) / most)) / 90;
      image.data.set([...heat(level), 255], (y * width + x) * 4);
    }
  }
  const y = (hertz) => bottom - Math.sqrt(hertz / half) * (bottom - top);
  const marked = [100, 1000, 2000, 5000, 10000, 20000];
  axes(picture, timeColumns(picture, frames), marked.map((hertz) => [y(hertz), hertzText(hertz)]));
  context.putImageData(image, Math.round(left * scale), Math.round(top * scale));
}

/** What the pictures show: which outputs have which colour, and whether it is an impulse's response. */
function captionResponses({ inputs, outputs }) {
  for (const legend of document.querySelectorAll(".responses .outputs")) {
    const shown = Array.from({ length: Math.min(2, outputs) }, (_, n) => [build("i", { class: `line${n}` }), `output ${n}`]);
    legend.replaceChildren(...(outputs > 1 ? shown.map((parts) => build("span", {}, ...parts)) : []));
    if (outputs > 2) legend.append(build("span", {}, `of ${outputs}`));
  }
  if (inputs) return;
  const names = { impulse: "Sound, with buttons held ", frequency: "Spectrum of the sound " };
  for (const [name, text] of Object.entries(names)) {
    document.getElementById(name).closest("figure").querySelector("figcaption").firstChild.data = text;
  }
}

async function showResponses(player) {
  document.querySelector(".responses").hidden = false;
  captionResponses(player.program.info);
  player.module = await WebAssembly.compile(player.program.bytes);
  const draw = () => {
    const outputs = respond(player);
    if (!outputs.length) return;
    drawImpulse(outputs);
    drawLevel(outputs);
    drawFrequency(outputs);
    drawSpectrogram(outputs);
  };
  draw();
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  };
  document.querySelector(".player .widgets").addEventListener("input", later);
  document.querySelector(".player .widgets").addEventListener("change", later);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);
  addEventListener("resize", later);
}

const shown = showReport();
