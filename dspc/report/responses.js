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

/** A canvas at the resolution of the screen, cleared, with its colours. */
function surface(name) {
  const canvas = document.getElementById(name);
  const scale = devicePixelRatio;
  canvas.dataset.high ??= canvas.height;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.dataset.high * scale;
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.font = `${11 * scale}px system-ui, sans-serif`;
  const colour = (variable) => {
    const probe = build("span", { style: `color: var(${variable})` });
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const lines = [colour("--accent"), colour("--warm")];
  return {
    context, scale, width: canvas.width, height: canvas.height, lines,
    ink: colour("--ink"), paper: colour("--card"), grid: colour("--line"),
  };
}

/** Write a text over what is drawn, with a margin of the paper's colour, inside the picture. */
function label({ context, scale, width, ink, paper }, text, x, y) {
  const left = Math.min(x, width - context.measureText(text).width - 4 * scale);
  context.lineWidth = 4 * scale;
  context.lineJoin = "round";
  context.strokeStyle = paper;
  context.strokeText(text, left, y);
  context.fillStyle = ink;
  context.fillText(text, left, y);
}

function drawImpulse(outputs) {
  const picture = surface("impulse"), { context, scale, width, height, lines, grid } = picture;
  const peak = Math.max(1e-9, ...outputs.map((row) => row.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
  const quiet = (row) => {
    let last = row.length - 1;
    while (last > 256 && Math.abs(row[last]) < peak * 1e-3) last--;
    return last + 1;
  };
  const shown = Math.max(...outputs.map(quiet));
  context.fillStyle = grid;
  context.fillRect(0, height / 2, width, 1);
  outputs.forEach((row, n) => {
    context.strokeStyle = lines[n];
    context.globalAlpha = n ? 0.6 : 1;
    context.beginPath();
    for (let x = 0; x < width; x++) {
      const from = Math.floor((x * shown) / width), to = Math.max(from + 1, Math.floor(((x + 1) * shown) / width));
      let low = Infinity, high = -Infinity;
      for (let at = from; at < to; at++) {
        low = Math.min(low, row[at]);
        high = Math.max(high, row[at]);
      }
      const y = (value) => height / 2 - (value / peak) * (height / 2 - 8);
      context.moveTo(x + 0.5, y(low) + 0.5);
      context.lineTo(x + 0.5, y(high) - 0.5);
    }
    context.stroke();
  });
  context.globalAlpha = 1;
  label(picture, `±${peak.toPrecision(3)}`, 6 * scale, 14 * scale);
  label(picture, `${((1000 * shown) / RATE).toFixed(1)} ms`, width, height - 6 * scale);
}

function drawFrequency(outputs) {
  const picture = surface("frequency"), { context, scale, width, height, lines, grid } = picture;
  const size = FRAMES, low = 20, high = RATE / 2;
  const spectra = outputs.map((row) => power(row, size).map((value) => 10 * Math.log10(Math.max(value, 1e-20))));
  const top = Math.ceil((Math.max(-60, ...spectra.map((row) => row.reduce((a, b) => Math.max(a, b), -200))) + 3) / 6) * 6;
  const bottom = top - 84, x = (hertz) => (Math.log(hertz / low) / Math.log(high / low)) * width;
  const y = (decibels) => ((top - Math.max(bottom, decibels)) / (top - bottom)) * height;
  const hertzShown = [50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000], decibelsShown = [];
  for (let decibels = top - 12; decibels > bottom; decibels -= 12) decibelsShown.push(decibels);
  context.fillStyle = grid;
  for (const hertz of hertzShown) context.fillRect(x(hertz), 0, scale, height);
  for (const decibels of decibelsShown) context.fillRect(0, y(decibels), width, scale);
  spectra.forEach((row, n) => {
    context.strokeStyle = lines[n];
    context.lineWidth = 1.5 * scale;
    context.beginPath();
    for (let at = 0; at < width; at++) {
      const from = low * (high / low) ** (at / width), to = low * (high / low) ** ((at + 1) / width);
      const first = Math.max(1, Math.floor((from * size) / RATE)), last = Math.max(first + 1, Math.floor((to * size) / RATE));
      let most = -200;
      for (let bin = first; bin < last && bin < row.length; bin++) most = Math.max(most, row[bin]);
      if (at === 0) context.moveTo(at, y(most));
      else context.lineTo(at, y(most));
    }
    context.stroke();
  });
  for (const decibels of decibelsShown) label(picture, `${decibels} dB`, 4 * scale, y(decibels) - 3 * scale);
  for (const hertz of hertzShown) {
    label(picture, hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`, x(hertz) + 3 * scale, height - 5 * scale);
  }
}

/** From black over purple and orange to near white, by a level in 0..1. */
function heat(level) {
  const stops = [[0, 0, 4], [80, 18, 123], [182, 54, 121], [251, 136, 97], [252, 253, 191]];
  const at = Math.min(0.9999, Math.max(0, level)) * (stops.length - 1), from = Math.floor(at), part = at - from;
  return stops[from].map((value, n) => value + part * (stops[from + 1][n] - value));
}

function drawSpectrogram([row]) {
  const { context, width, height } = surface("spectrogram");
  if (!row) return;
  const size = 1024, image = context.createImageData(width, height), columns = [];
  const window = Float32Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
  let most = 1e-20;
  for (let n = 0; n < 256; n++) {
    const from = Math.round((n * (FRAMES - size)) / 255);
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
  context.putImageData(image, 0, 0);
}

async function showResponses(player) {
  document.querySelector(".responses").hidden = false;
  player.module = await WebAssembly.compile(player.program.bytes);
  const draw = () => {
    const outputs = respond(player);
    if (!outputs.length) return;
    drawImpulse(outputs);
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
