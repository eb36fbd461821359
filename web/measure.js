/** How wide text stands in a drawing: SVG neither wraps nor cuts by itself. */

let pen = null;

/** How much larger than 16 pixels the page's letters are; drawings grow with them. */
export const scale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Pixels that a text takes at a size. */
export function width(text, size = 13) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `500 ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

/** The text as at most ``count`` lines, the last one cut where it would be too wide. */
export function wrap(text, room, count, size = 13) {
  const lines = [];
  let rest = text;
  while (rest && lines.length < count - 1) {
    let end = rest.length;
    while (end > 1 && width(rest.slice(0, end), size) > room) end -= 1;
    // Not inside a word, and no line that begins with a closing sign.
    const back = /[\w.‑-]/.test(rest[end] ?? "") ? /[\w.‑-]+$/ : /^[：，。、；！？）》”’:;,!?)]/.test(rest[end] ?? "") ? /.$/ : /$/;
    end = rest.slice(0, end).search(back) || end;
    lines.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return rest ? [...lines, fit(rest, room, size)] : lines;
}

/** The text, cut with an ellipsis where it would be wider than the room. */
export function fit(text, room, size = 13) {
  if (width(text, size) <= room) return text;
  const chars = [...text];
  while (chars.length > 1 && width(`${chars.join("")}…`, size) > room) chars.pop();
  return `${chars.join("")}…`;
}
