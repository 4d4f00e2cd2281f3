// The page of dspc-play: the program's interface, kept up to date with the running program.
const PERIOD = 60; // milliseconds between two looks at the meters

class Live {
  constructor() {
    this.piano = new Piano(document.getElementById("piano"), this);
    this.notes = Promise.resolve();
    this.token = JSON.parse(document.getElementById("dspc-token").textContent);
    this.version = -1;
    this.waiting = new Map();
    this.look();
  }

  ask(path, options = {}) {
    return fetch(path, { ...options, headers: { "X-Token": this.token } });
  }

  /** Called by the interface; only the last value of each control is sent. */
  set(path, value) {
    const isSending = this.waiting.size > 0;
    this.waiting.set(path, value);
    if (!isSending) this.send();
  }

  sound() {}

  noteOn(key, velocity) {
    // One after the other, so that the end of a note does not overtake its beginning.
    const body = JSON.stringify({ key, velocity });
    this.notes = this.notes.then(() => this.ask("/note", { method: "POST", body })).catch(() => {});
  }

  noteOff(key) {
    this.noteOn(key, 0);
  }

  async send() {
    while (this.waiting.size > 0) {
      const [path, value] = this.waiting.entries().next().value;
      await this.ask("/set", { method: "POST", body: JSON.stringify({ path, value }) }).catch(() => {});
      if (this.waiting.get(path) === value) this.waiting.delete(path);
    }
  }

  async look() {
    const element = (name) => document.getElementById(name);
    try {
      const state = await (await this.ask("/state")).json();
      element("fault").textContent = state.fault ?? "";
      element("fault").hidden = !state.fault;
      if (state.version !== this.version) this.build(state);
      element("about").textContent = state.about;
      this.interface.meters.forEach((show, n) => show(state.meters[n]));
      for (const [path, value] of Object.entries(state.values)) {
        const isHeld = this.waiting.has(path) || this.interface.values.get(path) === value;
        if (!isHeld && !document.activeElement?.closest?.(`[data-path="${CSS.escape(path)}"]`)) {
          this.interface.show(path, value);
        }
      }
    } catch {
      element("about").textContent = "dspc-play has ended";
    }
    setTimeout(() => this.look(), PERIOD);
  }

  build(state) {
    this.version = state.version;
    document.title = state.info.name;
    document.getElementById("name").textContent = state.info.name;
    const info = state.effect ? joinedInfo(state.info, state.effect) : state.info;
    for (const widget of widgetsOf(info)) widget.index = widget.address;
    const root = document.querySelector(".widgets");
    this.interface = new Interface(root, info, this);
    document.getElementById("piano").hidden = !state.voices;
    if (state.voices) hideNoteWidgets(root, info);
    for (const [path, value] of Object.entries(state.values)) this.interface.show(path, value);
  }
}

new Live();
