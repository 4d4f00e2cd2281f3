// The parts of a report.
"use strict";

/** Lines in chunks, which a browser skips while they are out of view. */
function linesOf(rows) {
  const chunks = [];
  for (let at = 0; at < rows.length; at += 100) {
    chunks.push(build("div", { class: "chunk" }, ...rows.slice(at, at + 100)));
  }
  return chunks;
}

function showSource(files) {
  const root = document.getElementById("source");
  for (const file of files) {
    root.append(build("div", { class: "file" }, file.name));
    for (const part of file.parts) root.append(sourcePart(file, part));
  }
}

/** A run of lines with nested spans for the expressions that signals come from. */
function sourcePart(file, part) {
  const end = part.start + part.text.length;
  const spans = file.spans.filter(([from, to]) => from >= part.start && from < end);
  const box = build("div");
  let at = part.start, number = part.line, next = 0;
  for (const text of part.text.split(/(?<=\n)/)) {
    const row = build("span", { class: "row", "data-n": number++ });
    const stop = at + text.replace(/\n$/, "").length;
    const open = [[row, Infinity]];
    const close = (where) => {
      while (open.length > 1 && open.at(-1)[1] <= where) open.pop();
    };
    while (at < stop) {
      close(at);
      while (next < spans.length && spans[next][0] <= at) {
        const [, to, key] = spans[next++];
        const span = build("span", { "data-k": key, tabindex: 0 });
        open.at(-1)[0].append(span);
        open.push([span, Math.min(to, stop)]);
      }
      const until = Math.min(stop, open.at(-1)[1], spans[next]?.[0] ?? Infinity);
      open.at(-1)[0].append(file.text(at, until, part));
      at = until;
    }
    at = stop + (text.endsWith("\n") ? 1 : 0);
    box.append(row);
  }
  return box;
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
  const width = Math.max(...nodes.map((node) => place(node)[0])) + WIDTH + 20;
  const height = Math.max(...nodes.map((node) => place(node)[1])) + HEIGHT + 20;
  const svg = build("svg:svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const boxes = nodes.map((node) => {
    const [x, y] = place(node), [first, second] = node.label.split("\n");
    const about = node.label.replace("\n", ": ");
    const box = build("svg:g", { class: `node ${node.rate}`, "data-k": node.keys, "data-about": about, tabindex: 0 });
    box.append(build("svg:rect", { x, y, width: WIDTH, height: HEIGHT }));
    const cut = (text) => (text.length > 21 ? `${text.slice(0, 20)}…` : text);
    if (second) box.append(label(x, y + 12, cut(first)), label(x, y + 24, cut(second)));
    else box.append(label(x, y + 19, cut(first)));
    box.edges = [];
    return box;
  });
  function label(x, y, text) {
    return build("svg:text", { x: x + WIDTH / 2, y, "text-anchor": "middle" }, text);
  }
  for (const [from, to] of edges) {
    const [x, y] = place(nodes[from]), [u, v] = place(nodes[to]);
    const a = x + WIDTH, b = y + HEIGHT / 2, d = v + HEIGHT / 2;
    const path =
      u > x
        ? `M${a} ${b}C${a + 30} ${b} ${u - 30} ${d} ${u} ${d}`
        : `M${a} ${b}C${a + 40} ${b - 40} ${u - 40} ${d - 40} ${u} ${d}`;
    const edge = build("svg:path", { class: "edge", d: path });
    boxes[from].edges.push(edge);
    boxes[to].edges.push(edge);
    svg.append(edge);
  }
  svg.append(...boxes);
  root.append(svg);
  zoom(root, svg, width, height);
  const rates = ["const", "init", "block", "sample", "output"];
  const words = { const: "constant", init: "once", block: "each block", sample: "each frame", output: "output" };
  document.querySelector("#signals .legend").append(
    ...rates.map((rate) => {
      const swatch = build("svg:svg", { class: `node ${rate}`, width: 12, height: 12 }, build("svg:rect", { width: 12, height: 12 }));
      return build("span", {}, swatch, ` ${words[rate]}`);
    }),
  );
}

function zoom(root, svg, width, height) {
  let scale = 1;
  const by = (factor) => {
    scale = Math.min(4, Math.max(0.05, scale * factor));
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
  };
  for (const button of document.querySelectorAll("[data-zoom]")) button.onclick = () => by(+button.dataset.zoom);
  root.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    by(event.deltaY < 0 ? 1.1 : 0.9);
  }, { passive: false });
}

function showLoops(loops) {
  const root = document.querySelector("#loops .list");
  for (const loop of loops) {
    const kind = loop.lanes > 1 ? "vector" : loop.kind;
    const how = {
      vector: `vectors of ${loop.lanes} lanes`,
      free: "free: the C++ compiler's vectors",
      recursive: "frame by frame: it needs its own past",
      scalar: "one loop, frame by frame",
    }[kind] ?? loop.kind;
    const card = build(
      "div",
      { class: `loop ${kind}`, "data-k": loop.keys, "data-about": `loop ${loop.title}`, tabindex: 0 },
      build("span", { class: "tag" }, `${loop.ops} ops`),
      build("b", {}, loop.title), ` ${loop.names.join(" ")}`,
      build("p", {}, how),
    );
    if (loop.reason) card.append(build("p", {}, loop.reason));
    root.append(card);
  }
  if (!loops.length) root.append(build("p", { class: "hint" }, "Nothing runs once a frame."));
}

function bytesText(bytes) {
  return bytes < 2048 ? `${bytes} B` : bytes < 2 ** 21 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

function showMemory(spaces) {
  const root = document.querySelector(".maps");
  for (const space of spaces) {
    const WIDTH = 900, LEFT = 70, TOP = 26;
    const height = Math.min(420, Math.max(90, 12 * space.pieces.length)), used = Math.max(1, space.used);
    const always = LEFT + 0.12 * (WIDTH - LEFT), step = (WIDTH - 8 - always) / Math.max(1, space.moments);
    const svg = build("svg:svg", { class: "map", viewBox: `0 0 ${WIDTH} ${TOP + height + 22}` });
    const text = (x, y, content, more = {}) => svg.append(build("svg:text", { x, y, ...more }, content));
    text(4, 14, `${space.name}: ${bytesText(space.used)} of ${bytesText(space.capacity)}`);
    text(LEFT - 6, TOP + 8, "0", { "text-anchor": "end", class: "faint" });
    text(LEFT - 6, TOP + height, bytesText(space.used), { "text-anchor": "end", class: "faint" });
    text(always, TOP + height + 16, "the work of a block →", { class: "faint" });
    for (const piece of space.pieces) {
      const [from, to] = piece.live ?? [0, space.moments];
      const x = piece.live ? always + from * step : LEFT;
      const width = piece.live ? Math.max(3, (to - from) * step) : WIDTH - 8 - LEFT;
      const y = TOP + (piece.offset / used) * height, tall = Math.max(1, (piece.size / used) * height);
      const about = `${piece.name}: ${bytesText(piece.size)} at ${piece.offset}, ${piece.lifetime}`;
      const box = build("svg:rect", { class: `piece ${piece.lifetime.split(" ")[0]}`, x, y, width, height: tall, "data-k": piece.keys, "data-about": about, tabindex: 0 });
      box.append(build("svg:title", {}, about));
      svg.append(box);
      if (tall > 11) text(x + 5, y + Math.min(tall - 3, tall / 2 + 4), piece.name);
    }
    root.append(build("div", { class: "box" }, svg));
  }
  if (!spaces.length) root.append(build("p", { class: "hint" }, "The memory of this program was not placed."));
}

function showThreads({ threads, tasks, work }) {
  const WIDTH = 900, LEFT = 70, ROW = 30, TOP = 26;
  const end = Math.max(1, ...tasks.map((task) => task.start + task.cost));
  const svg = build("svg:svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${TOP + threads * ROW + 8}` });
  const time = (ns) => (ns >= 1000 ? `${(ns / 1000).toFixed(1)} µs` : `${ns.toFixed(0)} ns`);
  const gain = work && end > 1 ? `, ${(work / end).toFixed(2)} times as fast as one thread` : "";
  svg.append(build("svg:text", { x: 4, y: 14 }, work ? `${time(end)} for a chunk${gain}` : "One loop: no tasks to share"));
  for (let thread = 0; thread < threads; thread++) {
    svg.append(build("svg:text", { x: 4, y: TOP + thread * ROW + 18, class: "faint" }, `thread ${thread}`));
  }
  const scale = (WIDTH - LEFT - 8) / end;
  for (const task of tasks) {
    const x = LEFT + task.start * scale, width = Math.max(1.5, task.cost * scale), y = TOP + task.thread * ROW;
    const about = `${task.title}: ${task.about}`;
    const bar = build("svg:rect", { class: "bar", x, y: y + 2, width, height: ROW - 6, "data-k": task.keys, "data-about": about.split("\n")[0], tabindex: 0 });
    bar.append(build("svg:title", {}, about));
    svg.append(bar);
    if (width > 9 * task.title.length * 0.72) svg.append(build("svg:text", { x: x + 4, y: y + 18 }, task.title));
  }
  document.querySelector("#threads .box").append(svg);
}

function showCode(code) {
  const rows = code.map(([line, keys], at) =>
    build("span", { class: "row", "data-n": at + 1, "data-k": keys }, `${line.replaceAll("\t", "    ")}\n`),
  );
  document.querySelector("#code .lines").append(...linesOf(rows));
}

function showPasses(passes, lines) {
  const tabs = document.querySelector("#passes .tabs"), box = document.querySelector("#passes .lines");
  const only = document.getElementById("only");
  let chosen = 0;
  const row = (number, at, kind) =>
    build("span", { class: `row ${kind}`, "data-n": at, "data-k": lines[number][1] }, `${lines[number][0]}\n`);
  const show = (which) => {
    chosen = which;
    [...tabs.children].forEach((tab, at) => tab.setAttribute("aria-selected", at === which));
    const { lines: numbers, new: added, gone } = passes[which];
    const fresh = new Set(added), lost = new Map();
    for (const [at, number] of gone) lost.set(at, [...(lost.get(at) ?? []), number]);
    const rows = [];
    for (let at = 0; at <= numbers.length; at++) {
      for (const number of lost.get(at) ?? []) rows.push(row(number, "", "gone"));
      if (at === numbers.length || (only.checked && !fresh.has(at))) continue;
      rows.push(row(numbers[at], at + 1, fresh.has(at) ? "new" : ""));
    }
    marks.forget(box);
    box.replaceChildren(...linesOf(rows));
    if (!rows.length) box.append(build("span", { class: "row" }, "nothing changed"));
    marks.read(box);
    if (marks.kept) marks.mark(marks.kept);
  };
  passes.forEach((one, at) => {
    const counts = at ? ` +${one.new.length} −${one.gone.length}` : "";
    const tab = build("button", { type: "button", role: "tab" }, one.name, build("small", {}, `  ${one.ms} ms${counts}`));
    tab.onclick = () => show(at);
    tabs.append(tab);
  });
  tabs.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    show((chosen + step + passes.length) % passes.length);
    tabs.children[chosen].focus();
  };
  only.onchange = () => show(chosen);
  show(passes.length - 1);
}

function showInterface(widgets) {
  const table = document.querySelector("#interface table");
  const head = ["path", "kind", "initial", "minimum", "maximum", "step", "metadata"];
  table.append(build("tr", {}, ...head.map((word) => build("th", {}, word))));
  for (const one of widgets) {
    const numbers = ["init", "min", "max", "step"].map((key) => build("td", { class: "number" }, `${one[key] ?? ""}`));
    const about = (one.meta ?? []).map((pair) => Object.entries(pair)[0].join(": ")).join(", ");
    table.append(build("tr", {}, build("td", {}, one.address), build("td", {}, one.type), ...numbers, build("td", {}, about)));
  }
  if (!widgets.length) table.append(build("tr", {}, build("td", {}, "The program has no widgets.")));
}

async function showReport() {
  const report = await unpacked(document.getElementById("report-data").textContent);
  for (const file of report.files) file.text = (from, to, part) => part.text.slice(from - part.start, to - part.start);
  showSource(report.files);
  showSignals(report.signals);
  showLoops(report.loops);
  showMemory(report.memory);
  showThreads(report.threads);
  showCode(report.code);
  marks.read(document);
  showPasses(report.passes, report.lines);
  showInterface(report.widgets);
  marks.listen();
  marks.mark(null);
  const program = document.getElementById("dspc-program");
  if (program) {
    globalThis.player = new Player(document.querySelector(".player"), JSON.parse(program.textContent));
    await showResponses(globalThis.player);
  }
  return report;
}
