// A piano, played with the pointer and with the letters of the computer's keyboard.
"use strict";

const KEYS = "awsedftgyhujkolp"; // a piano on the letters, C at a
const LOWEST = 48, HIGHEST = 84;
const BLACK = [1, 3, 6, 8, 10];

class Piano {
  /** `host` has noteOn(pitch, velocity) and noteOff(pitch). */
  constructor(root, host) {
    this.host = host;
    this.octave = 60;
    this.keys = new Map();
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Piano: the keys A to P of the keyboard play it, Z and X move it by an octave");
    for (let pitch = LOWEST; pitch <= HIGHEST; pitch++) this.keys.set(pitch, this.key(pitch));
    const hint = make("p", { className: "hint" }, "Keys A to P play; Z, X: an octave down, up.");
    root.replaceChildren(make("div", { className: "piano" }, ...this.keys.values()), hint);
    root.firstChild.setAttribute("aria-hidden", "true");
    this.listen();
  }

  key(pitch) {
    const key = make("span", { className: BLACK.includes(pitch % 12) ? "key black" : "key" });
    key.onpointerdown = (event) => {
      key.releasePointerCapture(event.pointerId);
      this.on(pitch);
    };
    key.onpointerenter = (event) => event.buttons && this.on(pitch);
    key.onpointerup = key.onpointerleave = key.onpointercancel = () => this.off(pitch);
    return key;
  }

  on(pitch, velocity = 100) {
    this.host.noteOn(pitch, velocity);
    this.keys.get(pitch)?.classList.add("down");
  }

  off(pitch) {
    const key = this.keys.get(pitch);
    if (key && !key.classList.contains("down")) return;
    this.host.noteOff(pitch);
    key?.classList.remove("down");
  }

  listen() {
    const held = new Map();
    document.addEventListener("keydown", (event) => {
      const typed = event.target.closest?.("input:not([type=range]):not([type=checkbox]), select, textarea");
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || typed) return;
      const letter = event.key.toLowerCase();
      if (letter === "z") this.octave = Math.max(24, this.octave - 12);
      if (letter === "x") this.octave = Math.min(96, this.octave + 12);
      const at = KEYS.indexOf(letter);
      if (letter.length !== 1 || at < 0 || held.has(letter)) return;
      held.set(letter, this.octave + at);
      this.on(this.octave + at);
    });
    const release = (letter) => {
      if (held.has(letter)) this.off(held.get(letter));
      held.delete(letter);
    };
    document.addEventListener("keyup", (event) => release(event.key.toLowerCase()));
    // A key that is released in another window would sound on.
    window.addEventListener("blur", () => [...held.keys()].forEach(release));
  }
}

/** Hide the widgets that notes set, each voice its own. */
function hideNoteWidgets(root, info) {
  const driven = new Set(Object.values(noteWidgets(info) ?? {}).flat().map((one) => one.address));
  for (const element of root.querySelectorAll("[data-path]")) {
    if (driven.has(element.dataset.path)) element.hidden = true;
  }
}
