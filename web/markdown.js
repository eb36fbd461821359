/** The little Markdown that answers use, as escaped markup: blocks, emphasis, code, links, [n]. */

import { html } from "./html.js";

const INLINE = new RegExp([
  /`([^`]+)`/,                                  // 1 code
  /\*\*(.+?)\*\*/,                              // 2 strong
  /(?<![\w*])\*(?!\s)([^*]+?)\*(?!\w)/,         // 3 emphasis
  /!?\[\[([^\]|]+)(?:\|([^\]]*))?\]\]/,         // 4, 5 wikilink and its alias
  /\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/,       // 6, 7 link
  /\[(\d+(?:\s*[,，、]\s*\d+)*)\]/,             // 8 citations
].map((part) => part.source).join("|"), "g");

/** ``cite(id)`` draws a citation; ``marks`` matches words to mark, or is null. */
export function inline(text, { cite, marks }) {
  const again = (part) => inline(part, { cite, marks });
  const drawn = [];
  let done = 0;
  for (const match of text.matchAll(INLINE)) {
    const before = text.slice(done, match.index);
    // A citation stays with what it supports: no space and no line's end before it.
    drawn.push(plain(match[8] ? before.trimEnd() : before, marks), match[8] ? "\u2060" : "", element(match, again, cite));
    done = match.index + match[0].length;
  }
  return [...drawn, plain(text.slice(done), marks)];
}

function element([, code, strong, emphasis, target, alias, label, url, ids], again, cite) {
  if (code) return html`<code>${code}</code>`;
  if (strong) return html`<strong>${again(strong)}</strong>`;
  if (emphasis) return html`<em>${again(emphasis)}</em>`;
  if (target) return html`${alias || target.split("/").pop()}`;
  if (url) return html`<a href="${url}" rel="noreferrer noopener">${label}</a>`;
  return ids.split(/\D+/).map((id) => cite(Number(id)));
}

function plain(text, marks) {
  if (!marks) return html`${text}`;
  return text.split(marks).map((part, i) => (i % 2 ? html`<mark class="differs">${part}</mark>` : html`${part}`));
}

const BULLET = /^\s*[-*+•]\s+/;
const ORDINAL = /^\s*\d+[.)、]\s+/;
const QUOTE = /^\s*>\s?/;
const HEADING = /^#{1,6}\s+/;

const kindOf = (line) =>
  [["ul", BULLET], ["ol", ORDINAL], ["quote", QUOTE], ["heading", HEADING]].find(([, sign]) => sign.test(line))?.[0] ?? "p";

/** Paragraphs, lists, quotes and headings; a table's lines stay lines of text. */
export function blocks(text, options) {
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = line.trim() ? kindOf(line) : "gap";
    const last = groups.at(-1);
    if (last?.kind === kind && kind !== "heading") last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map(({ kind, lines }) => block(kind, lines, (line) => inline(line, options)));
}

function block(kind, lines, draw) {
  const items = (sign) => lines.map((line) => html`<li>${draw(line.replace(sign, ""))}</li>`);
  const broken = (sign) => lines.map((line, i) => html`${i > 0 && html`<br>`}${draw(line.replace(sign, ""))}`);
  if (kind === "gap") return "";
  if (kind === "ul") return html`<ul>${items(BULLET)}</ul>`;
  if (kind === "ol") return html`<ol>${items(ORDINAL)}</ol>`;
  if (kind === "quote") return html`<blockquote>${broken(QUOTE)}</blockquote>`;
  if (kind === "heading") return html`<p><strong>${draw(lines[0].replace(HEADING, ""))}</strong></p>`;
  return html`<p>${broken(/^/)}</p>`;
}
