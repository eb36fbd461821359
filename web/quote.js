/** Looks up a quote in a note's text as it stands now; pure. */

// Characters that may lie between the beginning and the end of a quote.
const FARTHEST = 20_000;

const LETTER = /[\p{L}\p{N}]/u;

/** The letters and digits of a text without case, and where each stands. */
function letters(text) {
  const places = [];
  let said = "";
  for (let i = 0; i < text.length; i += 1) {
    const char = String.fromCodePoint(text.codePointAt(i));
    if (LETTER.test(char)) {
      const low = char.toLowerCase();
      said += low;
      for (let j = 0; j < low.length; j += 1) places.push(i);
    }
    i += char.length - 1;
  }
  return { said, places };
}

function* occurrences(text, part) {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) yield at;
}

/** Spans of the text that begin with one part and end with the next behind it. */
function spans(text, [first, last]) {
  const found = [];
  for (const start of first ? occurrences(text, first) : []) {
    const end = last ? text.indexOf(last, start + first.length) : start;
    if (end >= 0 && end - start <= FARTHEST) found.push([start, end + (last ?? first).length]);
  }
  return found;
}

const nearest = (found, near) =>
  found.reduce((best, span) => (best && Math.abs(best[0] - near) <= Math.abs(span[0] - near) ? best : span), null);

/** Letters alone: a note whose lines were only wrapped or emphasised anew still has the quote. */
function loosely(text, parts) {
  const wanted = parts.map((part) => letters(part).said);
  if (!wanted.every(Boolean)) return [];
  const { said, places } = letters(text);
  return spans(said, wanted).map(([start, end]) => [places[start], places[end - 1] + 1]);
}

/** Where the quote with these ends stands, as ``[start, end]`` in the string: of several places
 * that nearest to ``near``; null where the text no longer has it. */
export function locate(text, parts, near = 0) {
  if (!parts.length) return null;
  const exact = spans(text, parts);
  return nearest(exact.length ? exact : loosely(text, parts), near);
}

/** Offsets count Unicode characters as the server does, JavaScript's strings count UTF-16. */
export const inCharacters = (text, index) => [...text.slice(0, index)].length;
export const inUnits = (text, offset) => [...text].slice(0, offset).join("").length;
