// A report: its data, and what is highlighted where. Whatever shows the same thing has a key in
// common (data-k); pointing at an element marks all that shares a key with it, a click keeps that.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const KINDS = [
  ["#source [data-k].hit", "expression"], [".node.hit", "signal"], [".loop.hit", "loop"],
  [".piece.hit", "allocation"], [".bar.hit", "task"], ["#code .row.hit", "line of code"],
  ["#passes .row.hit", "line of the module"],
];

/** The text of zlib's format in base64, as JSON. */
async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

/** An HTML element, or with `svg:` before its name one of SVG. */
function build(tag, attributes = {}, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS(SVG, tag.slice(4))
    : document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Which elements have which keys, and which are marked. */
class Marks {
  constructor() {
    this.of = new Map();
    this.marked = new Set();
    this.kept = null;
  }

  /** Look up the keys of all elements below `root`. */
  read(root) {
    for (const element of root.querySelectorAll("[data-k]")) {
      for (const key of element.dataset.k.split(" ")) {
        if (!this.of.has(key)) this.of.set(key, new Set());
        this.of.get(key).add(element);
      }
    }
  }

  forget(root) {
    for (const elements of this.of.values()) {
      for (const element of elements) if (root.contains(element)) elements.delete(element);
    }
  }

  /**
   * Mark what shares keys with an element, and for an expression with those inside it; what shares
   * its first key is marked as near.
   */
  mark(element) {
    for (const one of this.marked) one.classList.remove("hit", "near");
    this.marked.clear();
    for (const edge of document.querySelectorAll(".edge.on")) edge.classList.remove("on");
    if (element) {
      const parts = [element, ...element.querySelectorAll("[data-k]")];
      const keys = [...new Set(parts.flatMap((one) => one.dataset.k.split(" ")))];
      keys.forEach((key, at) => {
        for (const one of this.of.get(key) ?? []) {
          one.classList.add("hit");
          if (at === 0) one.classList.add("near");
          this.marked.add(one);
        }
      });
      for (const node of document.querySelectorAll(".node.hit")) {
        for (const edge of node.edges ?? []) edge.classList.add("on");
      }
    }
    this.tell(element);
  }

  tell(element) {
    const told = document.getElementById("told");
    if (!element) {
      told.textContent = "Point at anything to see where it comes from and what became of it; a click keeps it, Escape lets go.";
      return;
    }
    const counts = KINDS.map(([selector, word]) => [document.querySelectorAll(selector).length, word])
      .filter(([count]) => count)
      .map(([count, word]) => `${count} ${count > 1 ? word.replace(/^(line|\w+)/, "$1s") : word}`);
    told.replaceChildren(build("b", {}, element.dataset.about ?? element.textContent.trim().slice(0, 60)), ` · ${counts.join(" · ")}`);
  }

  /** Bring the first marked element of each part into view, without moving the page. */
  reveal() {
    const { scrollX, scrollY } = window;
    for (const box of document.querySelectorAll("#source, .box, .list")) {
      const hit = box.querySelector(".hit.near") ?? box.querySelector(".hit");
      if (!hit || hit === this.kept) continue;
      hit.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    }
    scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  }

  listen() {
    const keyed = (event) => event.target.closest?.("[data-k]");
    document.addEventListener("pointerover", (event) => this.kept || this.mark(keyed(event)));
    document.addEventListener("focusin", (event) => this.kept || this.mark(keyed(event)));
    document.addEventListener("click", (event) => this.keep(keyed(event)));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.keep(null);
      if (event.key === "Enter" && keyed(event)) this.keep(keyed(event));
    });
  }

  keep(element) {
    this.kept = element && element !== this.kept ? element : null;
    this.mark(this.kept);
    if (this.kept) this.reveal();
  }
}

const marks = new Marks();
