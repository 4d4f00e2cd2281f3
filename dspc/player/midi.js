// Widgets moved by MIDI: numbers, channels and scales are those of Faust's MidiUI.h.
"use strict";

const WHEEL = 16383, CENTRE = 8191;
/** The words of `[midi:...]`, and the messages they stand for; the first ones have a number. */
const NUMBERED = { ctrl: ["control"], keyon: ["on"], keyoff: ["off"], key: ["on", "off"], keypress: ["poly"] };
const PLAIN = { pgm: ["program"], chanpress: ["pressure"], pitchwheel: ["wheel"], pitchbend: ["wheel"] };
const MIDI_KINDS = { 0x8: "off", 0x9: "on", 0xa: "poly", 0xb: "control", 0xc: "program", 0xd: "pressure", 0xe: "wheel" };

/** The meaning of the bytes of a message of a channel; null for others. */
function midiEvent([status, first, second = 0]) {
  const kind = MIDI_KINDS[status >> 4], channel = status & 15;
  if (!kind) return null;
  if (kind === "on" && second === 0) return { kind: "off", number: first, value: 0, channel };
  if (kind === "wheel") return { kind, number: 0, value: second * 128 + first, channel };
  if (kind === "program" || kind === "pressure") return { kind, number: 0, value: first, channel };
  return { kind, number: first, value: second, channel };
}

/** The widgets that messages move: { item, word, kinds, number, channel }. */
function midiBindings(info) {
  const found = [];
  for (const item of widgetsOf(info)) {
    for (const text of (item.meta ?? []).map((one) => one.midi).filter(Boolean)) {
      const [, word, first, second] = /^(\w+)\s*(\d+)?\s*(\d+)?\s*$/.exec(text.trim()) ?? [];
      if (word in NUMBERED && first !== undefined) {
        found.push({ item, word, kinds: NUMBERED[word], number: +first, channel: +(second ?? 0) });
      } else if (word in PLAIN && second === undefined) {
        found.push({ item, word, kinds: PLAIN[word], number: null, channel: +(first ?? 0) });
      }
    }
  }
  return found;
}

/** The value that an event gives a widget; null if it has no meaning for it. */
function midiValue({ item, word, kinds, number, channel }, event) {
  if (!kinds.includes(event.kind) || (number !== null && number !== event.number)) return null;
  if (channel && channel !== event.channel + 1) return null;
  const { min, max } = "min" in item ? item : { min: 0, max: 1 };
  if (word === "pgm") return min <= event.value && event.value <= max ? event.value : null;
  if (kinds[0] === "wheel") {
    const middle = min <= 0 && 0 <= max ? 0 : min + (max - min) / 2;
    if (event.value <= CENTRE) return min + ((middle - min) * event.value) / CENTRE;
    return middle + ((max - middle) * (event.value - CENTRE)) / (WHEEL - CENTRE);
  }
  const at = (word === "key" && event.kind === "off" ? 0 : event.value) / 127;
  return scaleOf({ min, max }, metadataOf(item).scale)[0](at);
}
