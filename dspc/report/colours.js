// Comments, strings, numbers and words of the languages in colours, by ranges of text (CSS custom
// highlights), which add no elements.
"use strict";

const TOKENS = /(\/\/.*|\/\*[^]*?\*\/)|("(?:[^"\\]|\\[^])*")|\b(alignas|auto|bool|break|case|class|const|constexpr|declare|double|else|float|for|if|import|inline|int|int32_t|kernel|letrec|library|private|process|public|return|static|struct|switch|template|using|virtual|void|while|with)\b|\b(0x[\da-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?f?)\b/g;
const GROUPS = ["comment", "string", "word", "number"];
const MOST_COLOURED = 12000;

function colourCode() {
  if (!globalThis.Highlight) return;
  const highlights = GROUPS.map(() => new Highlight());
  for (const root of document.querySelectorAll("#source > div:not(.file), #code .lines")) {
    colour([...root.querySelectorAll(".row")].slice(0, MOST_COLOURED), highlights);
  }
  GROUPS.forEach((name, at) => CSS.highlights.set(name, highlights[at]));
}

/** Add the ranges of the tokens of some lines to the highlights of their groups. */
function colour(rows, highlights) {
  const texts = [], parts = [];
  let length = 0;
  const add = (text) => {
    parts.push(text);
    length += text.length;
  };
  for (const row of rows) {
    const inside = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    for (let node = inside.nextNode(); node; node = inside.nextNode()) {
      texts.push([node, length]);
      add(node.data);
    }
    if (!parts.at(-1)?.endsWith("\n")) add("\n");
  }
  let at = 0;
  /** The text node with a character, and the character's place in it; `at` only goes forwards. */
  const find = (place) => {
    while (at + 1 < texts.length && texts[at + 1][1] <= place) at++;
    return [texts[at][0], Math.min(place - texts[at][1], texts[at][0].length)];
  };
  for (const match of parts.join("").matchAll(TOKENS)) {
    const which = match.findIndex((text, group) => group && text !== undefined) - 1;
    const [startContainer, startOffset] = find(match.index);
    const [endContainer, last] = find(match.index + match[0].length - 1);
    highlights[which].add(new StaticRange({ startContainer, startOffset, endContainer, endOffset: last + 1 }));
  }
}
