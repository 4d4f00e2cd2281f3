// The pictures of a report: its signals, memory and threads.
"use strict";

const FONT = '11px system-ui, sans-serif', pen = document.createElement("canvas").getContext("2d");

/** A text as it fits into a width in pixels; empty where not even three letters do. */
function fitted(text, width) {
  pen.font = FONT;
  const wide = (shown) => pen.measureText(shown).width <= width;
  if (wide(text)) return text;
  let end = Math.min(text.length, Math.floor(width / 4));
  while (end > 2 && !wide(`${text.slice(0, end)}…`)) end--;
  return end > 2 ? `${text.slice(0, end)}…` : "";
}

/** Round steps (1, 2 or 5 times a power of ten) from 0 to `end`, at most about `count` of them. */
function ticksTo(end, count) {
  const rough = end / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((times) => times * power >= rough * 0.999);
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, n) => n * step);
}

/** The width of the parts of the page, measured before they are filled: each later measure would
 * lay out all that is there by then. */
const room = document.querySelector(".parts").clientWidth;

/** A picture that fills its box: as wide as that is now, so that its texts are in their size. */
function chart(className, height) {
  const width = Math.min(1200, Math.max(300, room - 20));
  const svg = build("svg:svg", { class: className, viewBox: `0 0 ${width} ${height}` });
  const text = (x, y, content, more = {}) => content && svg.append(build("svg:text", { x, y, ...more }, content));
  const line = (x, y, u, v) => svg.append(build("svg:path", { class: "rule", d: `M${x} ${y}L${u} ${v}` }));
  return { svg, width, text, line };
}

function showSignals(signals) {
  const root = document.querySelector(".graph");
  if (!signals) {
    root.replaceWith(build("p", { class: "hint" }, "The program began as a module without signals."));
    return;
  }
  const WIDTH = 128, HEIGHT = 30, ACROSS = 178, DOWN = 40;
  const { nodes, edges } = signals;
  const place = ({ at: [layer, row] }) => [20 + layer * ACROSS, 20 + row * DOWN];
  const farthest = (which) => nodes.reduce((most, node) => Math.max(most, place(node)[which]), 0);
  const width = farthest(0) + WIDTH + 20, height = farthest(1) + HEIGHT + 20;
  const svg = build("svg:svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const boxes = nodes.map((node) => {
    const [x, y] = place(node), [first, second] = node.label.split("\n");
    const about = node.label.replace("\n", ": ");
    const box = build("svg:g", { class: `node ${node.rate}`, "data-k": node.keys, "data-about": about, tabindex: 0 });
    box.append(build("svg:title", {}, about), build("svg:rect", { x, y, width: WIDTH, height: HEIGHT }));
    const cut = (text) => fitted(text, WIDTH - 10);
    if (second) box.append(label(x, y + 12.5, cut(first), "name"), label(x, y + 24.5, cut(second)));
    else box.append(label(x, y + 19, cut(first)));
    box.edges = [];
    return box;
  });
  function label(x, y, text, className = "") {
    return build("svg:text", { x: x + WIDTH / 2, y, "text-anchor": "middle", class: className }, text);
  }
  for (const [from, to] of edges) {
    const [x, y] = place(nodes[from]), [u, v] = place(nodes[to]);
    const a = x + WIDTH, b = y + HEIGHT / 2, d = v + HEIGHT / 2, bend = Math.max(30, (u - a) / 2);
    const path =
      u > x
        ? `M${a} ${b}C${a + bend} ${b} ${u - bend} ${d} ${u} ${d}`
        : `M${a} ${b}C${a + 40} ${b - 40} ${u - 40} ${d - 40} ${u} ${d}`;
    const edge = build("svg:path", { class: u > x ? "edge" : "edge back", d: path });
    boxes[from].edges.push(edge);
    boxes[to].edges.push(edge);
    svg.append(edge);
  }
  svg.append(...boxes);
  zoom(root, svg, width, height);
  root.append(svg);
  const rates = ["const", "init", "block", "sample", "output"];
  const words = { const: "constant", init: "once", block: "each block", sample: "each frame", output: "output" };
  document.querySelector("#signals .legend").append(
    ...rates.map((rate) => build("span", {}, build("i", { class: rate }), words[rate])),
  );
}

/** Buttons, and the wheel with Ctrl, that zoom a graph; small ones begin as large as their box. */
function zoom(root, svg, width, height) {
  const HIGHEST = 448;
  let scale = 1;
  const to = (next) => {
    scale = Math.min(4, Math.max(0.03, next));
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
  };
  const fit = () => Math.min(1, (room - 6) / width, (HIGHEST - 4) / height);
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.onclick = () => to(button.dataset.zoom === "fit" ? fit() : scale * +button.dataset.zoom);
  }
  root.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    to(scale * (event.deltaY < 0 ? 1.1 : 0.9));
  }, { passive: false });
  to(Math.max(fit(), 0.8));
  // A low graph takes no more room than it needs.
  root.style.height = `${Math.min(HIGHEST, Math.max(90, height * scale + 4))}px`;
}

function bytesText(bytes) {
  const units = ["B", "KiB", "MiB", "GiB"];
  let at = 0;
  while (bytes >= 1024 && at < 3) {
    bytes /= 1024;
    at++;
  }
  return `${at && bytes < 100 ? +bytes.toFixed(1) : Math.round(bytes)} ${units[at]}`;
}

/** Positions on an axis from `left` to `right` with a column of the same width for each loop. */
function loopColumns({ loops, moments }, left, right) {
  if (!loops.length) return { x: (moment) => left + (moment / moments) * (right - left), edges: [] };
  const stops = [...loops.map(([first]) => first), Math.max(moments, loops.at(-1)[1] + 1)];
  const step = (right - left) / loops.length;
  const x = (moment) => {
    if (moment <= stops[0]) return left;
    const after = stops.findIndex((stop) => stop >= moment);
    if (after < 0) return right;
    const part = (moment - stops[after - 1]) / (stops[after] - stops[after - 1]);
    return left + (after - 1 + part) * step;
  };
  return { x, edges: stops.map((_, at) => left + at * step) };
}

function showMemory(spaces) {
  const root = document.querySelector(".maps");
  for (const space of spaces) showSpace(root, space);
  if (!spaces.length) root.append(build("p", { class: "hint" }, "The memory of this program was not placed."));
}

function showSpace(root, space) {
  const box = build("div", { class: "box" });
  root.append(box);
  const LEFT = 62, TOP = 26, tallest = Math.min(420, Math.max(64, 15 * space.pieces.length));
  const { svg, width, text, line } = chart("map", TOP + tallest + 24);
  const right = width - 4, used = Math.max(1, space.used), bottom = TOP + tallest;
  text(2, 14, `${space.name}: ${bytesText(space.used)} of ${bytesText(space.capacity)}`, { class: "title" });
  const hasBlocks = space.pieces.some((piece) => piece.live);
  const { x, edges } = loopColumns(space, LEFT, right);
  if (hasBlocks) {
    edges.forEach((edge) => line(edge, TOP, edge, bottom + 4));
    const step = edges.length > 1 ? edges[1] - edges[0] : 0, each = Math.max(1, Math.ceil(30 / Math.max(step, 1)));
    for (let at = 0; at < edges.length - 1; at += each) {
      text((edges[at] + edges[at + 1]) / 2, bottom + 16, `L${at}`, { "text-anchor": "middle", class: "faint" });
    }
    if (edges.length < 2) text(LEFT, bottom + 16, "the work of a block →", { class: "faint" });
  } else text(LEFT, bottom + 16, "all of it lives as long as the program", { class: "faint" });
  text(LEFT - 6, TOP + 9, "0", { "text-anchor": "end", class: "faint" });
  text(LEFT - 6, bottom, bytesText(space.used), { "text-anchor": "end", class: "faint" });
  for (const piece of space.pieces) {
    const from = piece.live ? x(piece.live[0]) : LEFT, to = piece.live ? x(piece.live[1]) : right;
    const y = TOP + (piece.offset / used) * tallest, tall = Math.max(1, (piece.size / used) * tallest);
    const about = `${piece.name}: ${bytesText(piece.size)} at ${piece.offset}, ${piece.lifetime}`;
    const kind = piece.lifetime.split(" ")[0], wide = Math.max(3, to - from);
    const bar = build("svg:rect", { class: `piece ${kind}`, x: from, y, width: wide, height: tall, "data-k": piece.keys, "data-about": about, tabindex: 0 });
    bar.append(build("svg:title", {}, about));
    svg.append(bar);
    if (tall > 11) text(from + 5, y + tall / 2 + 4, fitted(piece.name, wide - 9));
  }
  box.append(svg);
}

function timeText(ns) {
  return ns >= 1000 ? `${+(ns / 1000).toFixed(1)} µs` : `${+ns.toFixed(0)} ns`;
}

function showThreads({ threads, tasks, work }) {
  const box = document.querySelector("#threads .box");
  const LEFT = 62, ROW = 30, TOP = 26, bottom = TOP + threads * ROW;
  const end = Math.max(1, ...tasks.map((task) => task.start + task.cost));
  const { svg, width, text, line } = chart("chart", bottom + 24);
  const scale = (width - LEFT - 4) / end;
  const gain = work && end > 1 ? `, ${(work / end).toFixed(2)} times as fast as one thread` : "";
  text(2, 14, work ? `${timeText(end)} for a chunk${gain}` : "One loop: no tasks to share", { class: "title" });
  for (let thread = 0; thread < threads; thread++) {
    text(LEFT - 6, TOP + thread * ROW + 18, `thread ${thread}`, { "text-anchor": "end", class: "faint" });
  }
  if (work) {
    for (const tick of ticksTo(end, width / 110)) {
      const x = LEFT + tick * scale, isLast = x > width - 40;
      line(x, TOP, x, bottom + 4);
      text(isLast ? width - 4 : x, bottom + 17, timeText(tick), { "text-anchor": isLast ? "end" : "middle", class: "faint" });
    }
  }
  for (const task of tasks) {
    const x = LEFT + task.start * scale, wide = Math.max(1.5, task.cost * scale), y = TOP + task.thread * ROW;
    const about = `${task.title}: ${task.about}`, [number] = task.title.split(" ");
    const bar = build("svg:rect", { class: "bar", x, y: y + 3, width: wide, height: ROW - 6, "data-k": task.keys, "data-about": about.split("\n")[0], tabindex: 0 });
    bar.append(build("svg:title", {}, about));
    svg.append(bar);
    const title = fitted(task.title, wide - 8);
    text(x + 4, y + 19, title.length > number.length + 2 ? title : fitted(number, wide - 2) === number ? number : "");
  }
  box.append(svg);
}
