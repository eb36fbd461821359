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

/** The text, cut with an ellipsis where it would be wider than the room. */
export function fit(text, room, size = 13) {
  if (width(text, size) <= room) return text;
  const chars = [...text];
  while (chars.length > 1 && width(`${chars.join("")}…`, size) > room) chars.pop();
  return `${chars.join("")}…`;
}
