/** Marks a passage in a rendered note, by the offsets its blocks carry and by its words. */

import { $$ } from "./html.js";

/** Marks the blocks from ``start`` to ``end`` and in them the quote; gives the place to scroll to. */
export function highlight(body, start, end, quote) {
  for (const block of $$(".cited", body)) block.classList.remove("cited");
  const met = $$("[data-start]", body).filter((block) =>
    Number(block.dataset.start) < Math.max(end, start + 1) && Number(block.dataset.end) > start);
  const leaves = met.filter((block) => !met.some((other) => other !== block && block.contains(other)));
  for (const block of leaves) block.classList.add("cited");
  const range = quote && locate(leaves, quote);
  if (globalThis.Highlight) {
    CSS.highlights.delete("quote");
    if (range) CSS.highlights.set("quote", new Highlight(range));
  }
  return range ? range.startContainer.parentElement : leaves[0] ?? null;
}

/** The words of a piece of Markdown without its signs and without any space. */
const bare = (text) => text
  .replace(/!?\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, "$1")
  .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
  .replace(/^\s*(?:[*+-]|\d+[.)]|#{1,6}|>)\s+/gm, "")
  .replace(/[*_`~|\\]|\s/g, "");

/** The range of a quote inside some blocks, or null where the rendering changed its words. */
function locate(blocks, quote) {
  const letters = [];
  for (const block of blocks) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (let i = 0; i < node.length; i += 1) {
        if (!/[\s*_`~|\\]/.test(node.data[i])) letters.push([node, i]);
      }
    }
  }
  const wanted = bare(quote);
  const at = letters.map(([node, i]) => node.data[i]).join("").indexOf(wanted);
  if (at < 0 || !wanted) return null;
  const range = new Range();
  range.setStart(...letters[at]);
  const [node, i] = letters[at + wanted.length - 1];
  range.setEnd(node, i + 1);
  return range;
}
