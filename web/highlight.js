/** Marks a passage in a rendered note: its blocks by their offsets, in them its very words. */

import { $$ } from "./html.js";
import { inCharacters, inUnits, locate } from "./quote.js";

const mark = (name, ranges) => {
  if (!globalThis.Highlight) return;
  CSS.highlights.delete(name);
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
};

/** Marks nothing any more. */
export function unmark(body) {
  for (const block of $$(".cited", body)) block.classList.remove("cited");
  mark("quote", []);
}

/** Marks the quote with the ends ``parts``, which stood at character ``start`` of the file, in the
 * rendering of ``source``. Gives the element to scroll to; null, with nothing marked, where the
 * file no longer has the quote. ``head`` is what stands for the frontmatter. */
export function highlight(body, source, parts, start, head) {
  unmark(body);
  const found = locate(source, parts, inUnits(source, start ?? 0));
  if (!found) return null;
  const [from, to] = found.map((index) => inCharacters(source, index));
  const blocks = leaves(body, from, to);
  const range = words(blocks, source.slice(...found)) ?? words([body], source.slice(...found));
  const chosen = blocks.length || !range ? blocks : [range.startContainer.parentElement.closest("[data-start]") ?? body];
  for (const block of chosen) block.classList.add("cited");
  mark("quote", range ? [range] : []);
  return range?.startContainer.parentElement ?? chosen[0] ?? head;
}

/** The innermost blocks that stand between two offsets of the file. */
function leaves(body, from, to) {
  const met = $$("[data-start]", body).filter((block) =>
    Number(block.dataset.start) < to && Number(block.dataset.end) > from);
  return met.filter((block) => !met.some((other) => other !== block && block.contains(other)));
}

/** What of a piece of Markdown is to be read: no targets of links and no signs. */
const read = (text) => text
  .replace(/!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, "$1")
  .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
  .replace(/^\s*(?:[*+-]|\d+[.)]|#{1,6}|>)\s+(?:\[.\]\s)?/gm, "")
  .replace(/<\/?[a-z][^>]*>|\[\^[^\]]*\]|\s\^[\w-]+$/gim, "");

const SIGN = /[\s*_`~|\\=$☐☑]/;
const bare = (text) => [...read(text)].filter((char) => !SIGN.test(char)).join("");

/** The range of a piece of Markdown inside some blocks, or null where the rendering changed it. */
function words(blocks, markdown) {
  const letters = blocks.flatMap(readable);
  const wanted = bare(markdown);
  const at = letters.map(([node, i]) => node.data[i]).join("").indexOf(wanted);
  if (at < 0 || !wanted) return null;
  const range = new Range();
  range.setStart(...letters[at]);
  const [node, i] = letters[at + wanted.length - 1];
  range.setEnd(node, i + 1);
  return range;
}

/** The signs of a formula's TeX stand for the formula; all else stands for itself. */
function readable(block) {
  const letters = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const formula = node.parentElement.closest("math");
    if (formula && node.parentElement.localName !== "annotation") continue;
    for (let i = 0; i < node.length; i += 1) if (!SIGN.test(node.data[i])) letters.push([node, i]);
  }
  return letters;
}

/** Every place in a body where one of the words stands, as ranges in reading order. */
export function findAll(body, wanted) {
  const looked = wanted.filter(Boolean).map((word) => word.toLowerCase());
  if (!looked.length) return [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const [nodes, starts] = [[], []];
  let text = "";
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("annotation, button, summary.unseen")) continue;
    nodes.push(node);
    starts.push(text.length);
    text += node.data.length === node.data.toLowerCase().length ? node.data.toLowerCase() : node.data;
  }
  const at = (index) => {
    const i = starts.findLastIndex((start) => start <= index);
    return [nodes[i], index - starts[i]];
  };
  const pattern = new RegExp(looked.sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return [...text.matchAll(pattern)].map(({ index, 0: word }) => {
    const range = new Range();
    range.setStart(...at(index));
    const [node, offset] = at(index + word.length - 1);
    range.setEnd(node, offset + 1);
    return range;
  });
}

/** Lights all places found and, stronger, the one that is looked at. */
export function light(ranges, current) {
  mark("found", ranges);
  mark("found-now", ranges[current] ? [ranges[current]] : []);
}
