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

/** The last part of a path. */
function shortName(path) {
  return path.split(/[/\\]/).at(-1);
}

function showSource(files) {
  const root = document.getElementById("source");
  for (const file of files) {
    root.append(build("div", { class: "file", title: file.name }, shortName(file.name)));
    file.parts.forEach((part, at) => {
      if (at) root.append(build("span", { class: "row skipped", "data-n": "⋯" }));
      root.append(sourcePart(file, part));
    });
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

function showLoops(loops) {
  const root = document.querySelector("#loops .list");
  for (const loop of loops) {
    const kind = loop.lanes > 1 ? "vector" : loop.kind;
    const how = {
      vector: `vectors of ${loop.lanes} lanes`,
      free: "frames in any order, as vectors of the compiler",
      recursive: "frame by frame: it needs its own past",
      scalar: "one loop, frame by frame",
    }[kind] ?? loop.kind;
    const card = build(
      "div",
      { class: `loop ${kind}`, "data-k": loop.keys, "data-about": `loop ${loop.title}`, tabindex: 0 },
      build("span", { class: "tag" }, `${loop.decided ?? kind} · ${loop.ops} op${loop.ops === 1 ? "" : "s"}`),
      build("b", {}, loop.title), ` ${loop.names.join(" ")}`,
      build("p", {}, how),
      ...(loop.reasons ?? []).map((reason) => build("p", {}, reason)),
    );
    if (loop.from) {
      const places = loop.from.replace(/(^|, )[^,]*[/\\]/g, "$1");
      card.append(build("p", { class: "places", title: loop.from }, places));
    }
    root.append(card);
  }
  const counts = new Map();
  for (const loop of loops) counts.set(loop.decided ?? loop.kind, (counts.get(loop.decided ?? loop.kind) ?? 0) + 1);
  if (loops.length > 1) {
    const summed = [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
    document.querySelector("#loops .hint").append(` ${loops.length} loops: ${summed}.`);
  }
  if (!loops.length) root.append(build("p", { class: "hint" }, "Nothing runs once a frame."));
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
    const changes = one.new.length + one.gone.length;
    const counts = changes ? ` +${one.new.length} −${one.gone.length}` : " unchanged";
    const facts = at ? [build("small", {}, ` ${one.ms} ms${counts}`)] : [];
    const tab = build("button", { type: "button", role: "tab", class: at && !changes ? "idle" : "" }, one.name, ...facts);
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
    const pairs = (one.meta ?? []).map((pair) => Object.entries(pair)[0]);
    const about = pairs.map(([key, value]) => (value ? `${key}: ${value}` : `[${key}]`)).join(", ");
    const path = one.address.split(/(?<=\/)/).flatMap((part) => [part, build("wbr")]);
    table.append(build("tr", {}, build("td", {}, ...path), build("td", {}, one.type), ...numbers, build("td", {}, about)));
  }
  if (!widgets.length) table.append(build("tr", {}, build("td", {}, "The program has no widgets.")));
}

/** The report in a line below its title. */
function summarise({ inputs, outputs, signals, loops, memory, code, passes }) {
  const counted = (count, word) => `${count.toLocaleString("en").replaceAll(",", "\u202f")} ${word}${count === 1 ? "" : "s"}`;
  const bytes = memory.reduce((sum, space) => sum + space.used, 0);
  const facts = [`${inputs} in, ${outputs} out`];
  if (signals) facts.push(counted(signals.nodes.filter((node) => node.rate !== "output").length, "signal"));
  facts.push(counted(loops.length, "loop"));
  if (bytes) facts.push(`${bytesText(bytes)} of memory`);
  facts.push(counted(code.length, "line") + " of code", `passes ${Math.round(passes.reduce((sum, one) => sum + one.ms, 0))} ms`);
  document.querySelector(".summary").textContent = facts.join(" · ");
}

/** Mark the link to the part that is being read. */
function followParts() {
  const links = new Map([...document.querySelectorAll(".report nav a")].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
    const first = [...document.querySelectorAll(".parts > section")].find((part) => seen.has(part));
    for (const [name, link] of links) link.classList.toggle("here", name === first?.id);
  }, { rootMargin: "-12% 0px -50% 0px" });
  for (const part of document.querySelectorAll(".parts > section")) watch.observe(part);
}

async function showReport() {
  const report = await unpacked(document.getElementById("report-data").textContent);
  for (const file of report.files) file.text = (from, to, part) => part.text.slice(from - part.start, to - part.start);
  summarise(report);
  showSource(report.files);
  showSignals(report.signals);
  showLoops(report.loops);
  showMemory(report.memory);
  showThreads(report.threads);
  showCode(report.code);
  marks.read(document);
  showPasses(report.passes, report.lines);
  showInterface(report.widgets);
  colourCode();
  followParts();
  marks.listen();
  marks.mark(null);
  const program = document.getElementById("dspc-program");
  if (program) {
    globalThis.player = new Player(document.querySelector(".player"), JSON.parse(program.textContent));
    await showResponses(globalThis.player);
  }
  return report;
}
