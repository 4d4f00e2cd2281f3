// The program's interface: each widget an element with a label, its value and what metadata asks for.
"use strict";

/** An element with attributes (properties where they exist) and children. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** The choices of `style:menu{'sine':0;'saw':1}` or `radio{...}`. */
function choicesOf(style) {
  return [...style.matchAll(/'([^']*)'\s*:\s*([-+.\deE]+)/g)].map(([, name, value]) => [name, +value]);
}

/** Faust's scales: from a position in 0..1 to a value, and back. */
function scaleOf({ min, max }, scale) {
  if (scale === "log" && min > 0) {
    const range = Math.log(max / min);
    return [(at) => min * Math.exp(at * range), (value) => Math.log(value / min) / range];
  }
  if (scale === "exp") {
    const low = Math.exp(min), high = Math.exp(max);
    if (Number.isFinite(high) && high > low) {
      return [(at) => Math.log(low + at * (high - low)), (value) => (Math.exp(value) - low) / (high - low)];
    }
  }
  const span = max - min || 1;
  return [(at) => min + at * span, (value) => (value - min) / span];
}

class Interface {
  /** `host` has set(index, value) and sound(index, files); the elements go into `root`. */
  constructor(root, info, host) {
    this.host = host;
    this.meters = [];
    this.showers = new Map();
    this.values = new Map();
    root.replaceChildren(...info.ui.map((item) => this.item(item)).filter(Boolean));
  }

  item(item) {
    if (item.items) return this.group(item);
    const build = {
      button: this.button, checkbox: this.checkbox, nentry: this.entry, hslider: this.slider,
      vslider: this.slider, hbargraph: this.meter, vbargraph: this.meter, soundfile: this.soundfile,
    }[item.type];
    const about = metadataOf(item);
    const element = build.call(this, item, about);
    if (item.type.endsWith("bargraph") || item.type === "soundfile") {
      // Meters are filled by the program; slots hold no number.
    } else if (!this.values.has(item.index)) this.values.set(item.index, item.init ?? 0);
    if (about.tooltip) element.title = about.tooltip;
    if (about.hidden === "1") element.hidden = true;
    element.dataset.path = item.address;
    return element;
  }

  group(item) {
    const about = metadataOf(item);
    const box = make("fieldset", { className: `group ${item.type}` });
    const title = item.label && item.label !== "0x00" ? [make("legend", {}, item.label)] : [];
    if (about.tooltip) box.title = about.tooltip;
    if (about.hidden === "1") box.hidden = true;
    const children = item.items.map((child) => this.item(child));
    box.append(...title);
    if (item.type === "tgroup" && children.length > 1) box.append(this.tabs(item, children));
    box.append(make("div", { className: "items" }, ...children));
    return box;
  }

  tabs(item, pages) {
    const bar = make("div", { className: "tabs", role: "tablist" });
    const select = (chosen) => {
      pages.forEach((page, n) => (page.hidden = n !== chosen));
      [...bar.children].forEach((tab, n) => {
        tab.setAttribute("aria-selected", n === chosen);
        tab.tabIndex = n === chosen ? 0 : -1;
      });
    };
    item.items.forEach((child, n) => {
      bar.append(make("button", { type: "button", role: "tab", onclick: () => select(n) }, child.label));
      pages[n].setAttribute("role", "tabpanel");
      pages[n].setAttribute("aria-label", child.label);
    });
    bar.onkeydown = (event) => {
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!move) return;
      event.preventDefault();
      const tabs = [...bar.children], now = tabs.indexOf(document.activeElement);
      const next = (now + move + tabs.length) % tabs.length;
      select(next);
      tabs[next].focus();
    };
    select(0);
    return bar;
  }

  change(item, value) {
    this.values.set(item.index, value);
    this.host.set(item.index, value);
  }

  /** Show a value that did not come from the widget itself: MIDI, or a page that sets it. */
  show(index, value) {
    this.values.set(index, value);
    for (const shower of this.showers.get(index) ?? []) shower(value);
  }

  shower(item, shower) {
    this.showers.set(item.index, [...(this.showers.get(item.index) ?? []), shower]);
  }

  button(item) {
    const element = make("button", { type: "button", className: "push" }, item.label);
    const press = (down) => {
      element.classList.toggle("down", down);
      this.change(item, down ? 1 : 0);
    };
    element.onpointerdown = (event) => {
      element.setPointerCapture(event.pointerId);
      press(true);
    };
    element.onpointerup = element.onpointercancel = () => press(false);
    element.onkeydown = (event) => {
      if ([" ", "Enter"].includes(event.key) && !event.repeat) press(true);
    };
    element.onkeyup = element.onblur = () => element.classList.contains("down") && press(false);
    this.shower(item, (value) => element.classList.toggle("down", value > 0));
    return element;
  }

  checkbox(item) {
    const box = make("input", { type: "checkbox" });
    box.onchange = () => this.change(item, box.checked ? 1 : 0);
    this.shower(item, (value) => (box.checked = value > 0));
    return make("label", { className: "check" }, box, ` ${item.label}`);
  }

  labelled(item, about, className, ...children) {
    const label = make("span", { className: "label" }, item.label === "0x00" ? "" : item.label);
    const tag = item.type.endsWith("bargraph") ? "div" : "label";
    const element = make(tag, { className: `widget ${className}` }, label, ...children);
    if (about.unit) element.dataset.unit = about.unit;
    return element;
  }

  entry(item, about) {
    if (/^(menu|radio)/.test(about.style ?? "")) return this.choice(item, about);
    if (about.style === "knob") return this.slider(item, about);
    const { min, max, step } = item;
    const box = make("input", { type: "number", min, max, step: step || "any", value: item.init });
    box.onchange = () => {
      const value = Math.min(max, Math.max(min, +box.value));
      if (Number.isFinite(value)) this.change(item, value);
      box.value = this.values.get(item.index);
    };
    this.shower(item, (value) => (box.value = value));
    return this.labelled(item, about, "entry", box, make("span", { className: "unit" }, about.unit ?? ""));
  }

  choice(item, about) {
    const choices = choicesOf(about.style);
    if (about.style.startsWith("menu")) {
      const options = choices.map(([name, value]) => make("option", { value }, name));
      const menu = make("select", {}, ...options);
      menu.value = item.init;
      menu.onchange = () => this.change(item, +menu.value);
      this.shower(item, (value) => (menu.value = value));
      return this.labelled(item, about, "menu", menu);
    }
    const name = `radio${Math.random()}`;
    const box = make("fieldset", { className: "radio" }, make("legend", {}, item.label));
    for (const [text, value] of choices) {
      const dot = make("input", { type: "radio", name, checked: value === item.init });
      dot.onchange = () => this.change(item, value);
      this.shower(item, (now) => (dot.checked = now === value));
      box.append(make("label", {}, dot, ` ${text}`));
    }
    return box;
  }

  slider(item, about) {
    if (/^(menu|radio)/.test(about.style ?? "")) return this.choice(item, about);
    const { min, max, step, init } = item;
    const [toValue, toPosition] = scaleOf(item, about.scale);
    const steps = step > 0 ? (max - min) / step : 1000;
    const range = make("input", { type: "range", min: 0, max: 1, step: 1 / Math.min(Math.max(steps, 1), 1e5) });
    range.setAttribute("aria-label", item.label);
    const shown = make("output", { "aria-live": "off" }); // the range says its value
    const digits = step > 0 ? Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : 3;
    const kind = about.style === "knob" ? "knob" : item.type;
    const dial = kind === "knob" ? this.dial(range) : null;
    const show = (value) => {
      range.value = toPosition(value);
      shown.textContent = `${value.toFixed(digits)}${about.unit ? ` ${about.unit}` : ""}`;
      range.setAttribute("aria-valuetext", shown.textContent);
      dial?.style.setProperty("--at", range.value);
    };
    const snap = (value) => Math.min(max, Math.max(min, step > 0 ? min + Math.round((value - min) / step) * step : value));
    const put = (value) => {
      this.change(item, value);
      show(value);
    };
    range.oninput = () => put(snap(toValue(+range.value)));
    range.ondblclick = () => put(init);
    // Arrow keys move by a step, or on other scales by a hundredth of the way, where that is more.
    range.onkeydown = (event) => {
      const moves = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
      const move = moves[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const now = this.values.get(item.index), isScaled = /^(log|exp)$/.test(about.scale ?? "");
      const way = toValue(Math.min(1, Math.max(0, toPosition(now) + move / 100)));
      const steps = step > 0 ? now + move * step : way;
      const isFar = isScaled || Math.abs(move) > 1;
      put(snap(isFar && Math.abs(way - now) > Math.abs(steps - now) ? way : steps));
    };
    this.shower(item, show);
    show(init);
    return this.labelled(item, about, kind, dial ?? range, shown);
  }

  /** A knob: the range takes the keyboard, dragging up and down turns it. */
  dial(range) {
    const element = make("span", { className: "dial" }, range);
    element.onpointerdown = (event) => {
      event.preventDefault();
      range.focus();
      element.setPointerCapture(event.pointerId);
      const start = event.clientY, from = +range.value;
      element.onpointermove = (move) => {
        range.value = from + (start - move.clientY) / (move.shiftKey ? 1000 : 200);
        range.dispatchEvent(new Event("input"));
      };
    };
    element.onpointerup = element.onpointercancel = () => (element.onpointermove = null);
    element.ondblclick = () => range.dispatchEvent(new Event("dblclick"));
    return element;
  }

  meter(item, about) {
    const bar = make("span", { className: "bar" });
    const shown = make("output", { "aria-live": "off" }, "–");
    const isLed = about.style === "led";
    const { min, max } = item;
    const told = { role: "meter", "aria-label": item.label, "aria-valuemin": min, "aria-valuemax": max };
    const track = make("span", { className: isLed ? "led" : "track" }, bar);
    const parts = about.style === "numerical" ? [shown] : [track, shown];
    for (const [key, value] of Object.entries(told)) parts[0].setAttribute(key, value);
    this.meters.push((value) => {
      if (!Number.isFinite(value)) return;
      const at = Math.min(1, Math.max(0, (value - min) / (max - min || 1)));
      track.style.setProperty("--at", at);
      shown.textContent = `${value.toFixed(Math.abs(value) < 10 ? 2 : 1)}${about.unit ? ` ${about.unit}` : ""}`;
      parts[0].setAttribute("aria-valuenow", value);
      parts[0].setAttribute("aria-valuetext", shown.textContent);
    });
    return this.labelled(item, about, `meter ${item.type}`, ...parts);
  }

  soundfile(item, about) {
    const picker = make("input", { type: "file", accept: "audio/*", multiple: true });
    const names = make("output", {}, item.url.replace(/[{}']/g, " ").trim());
    const take = (files) => {
      names.textContent = [...files].map((file) => file.name).join(", ");
      this.host.sound(item.index, [...files]);
    };
    picker.onchange = () => picker.files.length && take(picker.files);
    const element = this.labelled(item, about, "soundfile", picker, names);
    element.ondragover = (event) => event.preventDefault();
    element.ondrop = (event) => {
      event.preventDefault();
      event.stopPropagation();
      take(event.dataTransfer.files);
    };
    return element;
  }
}
