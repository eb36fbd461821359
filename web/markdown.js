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

const SIGNS = {
  ul: /^\s*[-*+•]\s+/, ol: /^\s*\d+[.)、]\s+/, quote: /^\s*>\s?/, heading: /^#{1,6}\s+/, table: /^\s*\|/,
};
const FENCE = /^\s*(`{3,}|~{3,})\s*([\w+#.-]*)\s*$/;
const CITED = /((?:\s*\[\d[\d\s,，、]*\])+)\s*$/;

const kindOf = (line) => Object.keys(SIGNS).find((kind) => SIGNS[kind].test(line)) ?? "p";

/** A text's blocks in order, each ``{kind, lines, ids}`` with the citations that it names. */
export function parts(text) {
  const groups = [];
  let fence = null;
  for (const line of text.split("\n")) {
    if (fence) {
      const end = line.replace(CITED, "");
      if (end.trim() === fence.sign) [fence.cited, fence] = [CITED.exec(line)?.[1] ?? "", null];
      else fence.lines.push(line);
      continue;
    }
    const [, sign, language] = FENCE.exec(line) ?? [];
    if (sign) groups.push(fence = { kind: "code", lines: [], sign, language, cited: "" });
    else join(groups, line);
  }
  return groups.filter(({ kind }) => kind !== "gap").map((group) => ({ ...group, ids: named(`${group.lines.join("\n")}${group.cited ?? ""}`) }));
}

function join(groups, line) {
  const kind = line.trim() ? kindOf(line) : "gap";
  const last = groups.at(-1);
  const more = last?.kind === "ol" && kind === "p" && /^\s{2,}/.test(line);
  if (last?.kind === kind && kind !== "heading") last.lines.push(line);
  else if (more) last.lines[last.lines.length - 1] += `\n${line.trim()}`;
  else groups.push({ kind, lines: [line] });
}

const named = (text) => [...text.matchAll(/\[(\d+(?:\s*[,，、]\s*\d+)*)\]/g)].flatMap(([, ids]) => ids.split(/\D+/).map(Number));

/** Paragraphs, lists, quotes, headings, tables and code. */
export const blocks = (text, options) => parts(text).map((part) => drawn(part, options));

/** One block as markup. */
export function drawn({ kind, lines, language, cited }, options) {
  const draw = (line) => inline(line, options);
  const items = (sign) => lines.map((line) => html`<li>${draw(line.replace(sign, ""))}</li>`);
  const broken = (sign) => lines.map((line, i) => html`${i > 0 && html`<br>`}${draw(line.replace(sign, ""))}`);
  if (kind === "code") return html`<div class="code"><pre tabindex="0"><code class="${language && `language-${language}`}">${lines.join("\n")}</code></pre></div>${draw(cited)}`;
  if (kind === "table") return table(lines, draw);
  if (kind === "ul") return html`<ul>${items(SIGNS.ul)}</ul>`;
  if (kind === "ol") return html`<ol start="${/\d+/.exec(lines[0])[0]}">${items(SIGNS.ol)}</ol>`;
  if (kind === "quote") return html`<blockquote>${broken(SIGNS.quote)}</blockquote>`;
  if (kind === "heading") return html`<p><strong>${draw(lines[0].replace(SIGNS.heading, ""))}</strong></p>`;
  return html`<p>${broken(/^/)}</p>`;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
const isRule = (line) => /^\s*\|?[\s|:-]*-[\s|:-]*$/.test(line);

function table(lines, draw) {
  const cited = CITED.exec(lines.at(-1))?.[1] ?? "";
  const rows = lines.map((line) => line.replace(CITED, ""));
  const rule = rows.findIndex(isRule);
  const head = rule > 0 ? rows.slice(0, rule) : [];
  const body = rows.slice(rule + 1).filter((line) => line.trim());
  const row = (line, tag) => cells(line).map((cell) => (tag === "th" ? html`<th scope="col">${draw(cell)}</th>` : html`<td>${draw(cell)}</td>`));
  return html`<div class="scroller" role="region" tabindex="0" aria-label="${cells(head[0] ?? body[0] ?? "").join(", ") || "|"}"><table class="quoted">
    ${head.length > 0 && html`<thead>${head.map((line) => html`<tr>${row(line, "th")}</tr>`)}</thead>`}
    <tbody>${body.map((line) => html`<tr>${row(line, "td")}</tr>`)}</tbody></table></div>${cited && html`<p>${draw(cited.trim())}</p>`}`;
}
