/** Passages as they read best: without Markdown's signs, frontmatter as properties; pure. */

// Where a match begins and ends, while the text around it is cleaned: of the private use area.
const [ON, OFF] = ["\uE000", "\uE001"];
const EXCERPT = 240;
const LEAD = 60;

const joined = (segments) => segments.map(([text, match]) => {
  const own = text.replace(/[\uE000\uE001]/g, "");
  return match ? `${ON}${own}${OFF}` : own;
}).join("");

/** Segments again; a sign that lost its other half with a link's address counts for nothing. */
function cut(text) {
  const parts = [];
  let match = false;
  for (const piece of text.split(/([\uE000\uE001])/)) {
    if (piece === ON || piece === OFF) match = piece === ON;
    else if (piece) parts.push([piece, match]);
  }
  return parts;
}

/** A text without Markdown's own signs. */
export const unmarked = (text) => text
  .replace(/!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]|<\/?[a-z][^>]*>/gi, "")
  .replace(/\*\*|__|`+|^#{1,6}\s+|^\s*[*+-]\s+|^>\s?/gm, "")
  .replace(/\[\[(?:[^\]|]*\|)?|\]\]/g, "")
  .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
  .replace(/==|~~|:?-{3,}:?/g, "")
  .replace(/\[([ x])\] /g, (_, done) => (done === "x" ? "☑ " : "☐ "))
  .replace(/(?:\s*\|)+\s*/g, " · ")
  .replace(/\s+/g, " ");

/** Segments from shortly before the first match on, cut to a readable length. */
export function excerpt(segments) {
  const parts = cut(unmarked(joined(segments)).replace(/^[\s·]+/, ""));
  const first = parts.findIndex(([, match]) => match);
  if (first > 0 && parts[0][0].length > LEAD) parts[0] = [`…${parts[0][0].slice(-LEAD).replace(/^[\s·]+/, "")}`, false];
  let room = EXCERPT;
  return parts.flatMap(([text, match]) => {
    if (room <= 0) return [];
    const shown = text.length > room ? `${text.slice(0, room)}…` : text;
    room -= text.length;
    return [[shown, match]];
  });
}

const bare = (text) => text.replace(/^[\s\uE000]*["']|["'][\s\uE001]*$/g, "").trim();

/** Frontmatter as ``[key, segments]`` for each key that has a value. */
export function properties(segments) {
  const found = [];
  for (const line of joined(segments).split(/\r?\n/)) {
    const [, key, value] = /^([^\s:=#-][^:=]*?)\s*(?:::?|=)\s*(.*)$/.exec(line) ?? [];
    const [, item] = /^\s*-\s+(.*)$/.exec(line) ?? [];
    if (key) found.push([key.replace(/[\uE000\uE001]/g, "").trim(), bare(value).replace(/^\[|\]$/g, "")]);
    else if (item && found.length) found.at(-1)[1] += `${found.at(-1)[1] && ", "}${bare(item)}`;
  }
  return found.filter(([, value]) => value).map(([key, value]) => [key, cut(value.replace(/https?:\/\/(?:www\.)?/, ""))]);
}
