// The C functions that a WebAssembly program imports. A name with a final f takes and returns
// floats: WebAssembly rounds what it receives, so that both forms are one function here.
"use strict";

const cMaths = (() => {
  const { abs } = Math;
  const round = (x) => {
    const whole = Math.trunc(x);
    return abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
  };
  const even = (x) => {
    const low = Math.floor(x), rest = x - low;
    if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
    return low % 2 === 0 ? low : low + 1;
  };
  const remainder = (x, y) => {
    if (!Number.isFinite(x) || Number.isNaN(y) || y === 0) return NaN;
    if (!Number.isFinite(y)) return x;
    const size = abs(y), half = x % (2 * size) / size;
    const rest = (x % (2 * size)) - even(half) * size;
    return rest === 0 ? Math.sign(x) * 0 : rest;
  };
  const pow = (x, y) => (x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y);

  // Taylor's series near 0, Lentz's continued fraction of erfc elsewhere.
  const erfSeries = (x) => {
    let term = x, sum = x;
    for (let n = 1; abs(term) > 1e-17 * abs(sum); n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  };
  const erfcTail = (x) => {
    let fraction = 0;
    for (let n = 60; n > 0; n--) fraction = n / 2 / (x + fraction);
    return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
  };
  const erfc = (x) => {
    if (Number.isNaN(x)) return x;
    if (abs(x) < 2) return 1 - erfSeries(x);
    return x > 0 ? erfcTail(x) : 2 - erfcTail(-x);
  };
  const erf = (x) => (abs(x) < 2 ? erfSeries(x) : 1 - erfc(x));

  // Lanczos's approximation with g = 7 and nine coefficients.
  const LANCZOS = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ];
  const lanczos = (x) => LANCZOS.reduce((sum, c, n) => (n ? sum + c / (x + n) : c), 0);
  const tgamma = (x) => {
    if (Number.isInteger(x) && x <= 0) return x === 0 ? 1 / x : NaN;
    if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * tgamma(1 - x));
    const t = x + 6.5;
    return Math.sqrt(2 * Math.PI) * t ** ((x - 0.5) / 2) * Math.exp(-t) * t ** ((x - 0.5) / 2) * lanczos(x - 1);
  };
  const lgamma = (x) => {
    if (Number.isInteger(x) && x <= 0) return Infinity;
    if (x < 0.5) return Math.log(Math.PI / abs(Math.sin(Math.PI * x))) - lgamma(1 - x);
    const t = x + 6.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(lanczos(x - 1));
  };

  // Bessel functions: the trapezoidal rule on Bessel's integral converges geometrically; beyond 25
  // Hankel's asymptotic series (Abramowitz and Stegun 9.2.5) is as exact.
  const besselSmall = (order, x) => {
    const points = 96;
    let sum = 0;
    for (let k = 0; k < 2 * points; k++) {
      const angle = (Math.PI * (k + 0.5)) / points;
      sum += Math.cos(order * angle - x * Math.sin(angle));
    }
    return sum / (2 * points);
  };
  const hankel = (order, x) => {
    const mu = 4 * order * order;
    let term = 1, even = 1, odd = 0;
    for (let k = 1; k < 30; k++) {
      const next = (term * (mu - (2 * k - 1) ** 2)) / (k * 8 * x);
      if (abs(next) > abs(term)) break;
      term = next;
      if (k % 2) odd += (k % 4 === 1 ? 1 : -1) * term;
      else even += (k % 4 === 0 ? 1 : -1) * term;
    }
    const phase = x - (order / 2 + 0.25) * Math.PI, scale = Math.sqrt(2 / (Math.PI * x));
    return [
      scale * (even * Math.cos(phase) - odd * Math.sin(phase)),
      scale * (even * Math.sin(phase) + odd * Math.cos(phase)),
    ];
  };
  const besselJ = (order, x) => {
    if (x < 0) return (order % 2 ? -1 : 1) * besselJ(order, -x);
    if (x === Infinity) return 0;
    return x < 25 ? besselSmall(order, x) : hankel(order, x)[0];
  };
  // Neumann's series of J (9.1.88); Y1 by the Wronskian J1 Y0 - J0 Y1 = 2 / (pi x), or by Y1 = -Y0'.
  const y0 = (x) => {
    if (!(x > 0)) return x === 0 ? -Infinity : NaN;
    if (x >= 25) return x === Infinity ? 0 : hankel(0, x)[1];
    let sum = 0;
    for (let k = 1; k < 40; k++) sum += ((k % 2 ? -1 : 1) * besselSmall(2 * k, x)) / k;
    return (2 / Math.PI) * (Math.log(x / 2) + 0.5772156649015329) * besselSmall(0, x) - (4 / Math.PI) * sum;
  };
  const y1 = (x) => {
    if (!(x > 0)) return x === 0 ? -Infinity : NaN;
    if (x >= 25) return x === Infinity ? 0 : hankel(1, x)[1];
    let sum = 0;
    for (let k = 1; k < 40; k++) {
      const slope = (besselSmall(2 * k - 1, x) - besselSmall(2 * k + 1, x)) / 2;
      sum += ((k % 2 ? -1 : 1) * slope) / k;
    }
    const log = Math.log(x / 2) + 0.5772156649015329;
    return (-2 / Math.PI) * (besselSmall(0, x) / x - log * besselSmall(1, x)) + (4 / Math.PI) * sum;
  };

  const bits = new DataView(new ArrayBuffer(8));
  const neighbour = (x, y, single) => {
    if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
    if (x === y) return y;
    if (x === 0) return Math.sign(y) * (single ? 2 ** -149 : 2 ** -1074);
    const step = y > x === x > 0 ? 1 : -1;
    if (single) {
      bits.setFloat32(0, x);
      bits.setInt32(0, bits.getInt32(0) + step);
      return bits.getFloat32(0);
    }
    bits.setFloat64(0, x);
    bits.setBigInt64(0, bits.getBigInt64(0) + BigInt(step));
    return bits.getFloat64(0);
  };
  const logb = (x) => {
    if (x === 0) return -Infinity;
    if (!Number.isFinite(x)) return x * x;
    const scaled = abs(x) < 2 ** -1000 ? x * 2 ** 200 : x;
    bits.setFloat64(0, scaled);
    return ((bits.getUint16(0) >> 4) & 2047) - 1023 - (scaled === x ? 0 : 200);
  };

  // a * b exactly, as a sum of two doubles (Dekker), then one addition: the last bit may differ.
  const split = (x) => {
    const high = 134217729 * x;
    return high - (high - x);
  };
  const fma = (a, b, c) => {
    const product = a * b;
    if (!Number.isFinite(134217729 * a) || !Number.isFinite(134217729 * b)) return product + c;
    const ah = split(a), bh = split(b), al = a - ah, bl = b - bh;
    const low = al * bl - (product - ah * bh - al * bh - ah * bl);
    const sum = product + c, part = sum - product;
    return sum + (product - (sum - part) + (c - part) + low);
  };

  const functions = {
    round, rint: even, remainder, pow, erf, erfc, tgamma, lgamma, y0, y1, logb, fma,
    exp2: (x) => 2 ** x,
    exp10: (x) => 10 ** x,
    fdim: (x, y) => (x > y ? x - y : x <= y ? 0 : NaN),
    fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
    fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
    fmod: (x, y) => x % y,
    j0: (x) => besselJ(0, x),
    j1: (x) => besselJ(1, x),
    nextafter: (x, y) => neighbour(x, y, false),
    nextafterf: (x, y) => neighbour(x, y, true),
  };
  const same =
    "acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 sin " +
    "sinh tan tanh";
  for (const name of same.split(" ")) functions[name] = Math[name];
  return functions;
})();

/** The function that a program imports by the name of C. */
function cFunction(name) {
  const found = cMaths[name] ?? (name.endsWith("f") ? cMaths[name.slice(0, -1)] : undefined);
  if (!found) throw new Error(`the program needs the C function ${name}`);
  return found;
}
