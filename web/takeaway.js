/** An answer as text to take away: Markdown that works inside the vault, or a table's values. */

import { columns, values } from "./columns.js";
import { t } from "./strings.js";

const wikilink = ({ path, title }) => `[[${path.replace(/\.md$/i, "")}|${title.replace(/[[\]|]/g, " ")}]]`;
const cell = (text) => text.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ");
const footnotes = (text) => text.replace(/\[(\d+(?:\s*[,，、]\s*\d+)*)\]/g,
  (_, ids) => ids.split(/\D+/).map((id) => `[^${id}]`).join(""));

const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;

const keysOf = (question, rows) => {
  const { said, shown } = columns(question, rows);
  return [...said, ...shown];
};

function rows(all, keys) {
  if (!all.length) return [];
  const lines = all.map((row) => line([row.subject, row.date ?? "", ...keys.map((key) => values(row, key).join(", ")), row.text]));
  const head = [t("what"), t("when"), ...keys, t("says")];
  return [[line(head), line(head.map(() => "---")), ...lines].join("\n")];
}

const noted = (citation) => `${wikilink(citation)}: “${citation.quote.trim().replace(/\s*\n\s*/g, " ")}”`;

/** Question, text, rows and each source as a footnote with a link to its note; ``shown`` are the
 * rows that are to be taken. */
export function markdown({ question, kind, answer, rows: all, citations }, shown = all) {
  const used = new Set(shown.flatMap(({ citations: ids }) => ids));
  const notes = citations.filter(({ id }) => kind !== "list" || used.has(id) || !all.length).map((citation) => `[^${citation.id}]: ${noted(citation)}`);
  return [`## ${question}`, footnotes(answer), ...rows(shown, kind === "list" ? keysOf(question, all) : []).map(footnotes), notes.join("\n")]
    .filter(Boolean).join("\n\n") + "\n";
}

/** One quote with a link to its note. */
export const quotation = (citation) => `> ${citation.quote.trim().replace(/\s*\n\s*/g, "\n> ")}\n>\n> ${wikilink(citation)}\n`;

const field = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** A list's rows as comma-separated values (RFC 4180). */
export function csv({ question, rows: all }, shown = all) {
  const keys = keysOf(question, all);
  const bare = (text) => text.replace(/\s*\[\d[\d\s,，、]*\]/g, "").trim();
  const lines = shown.map((row) => [row.subject, row.date ?? "", ...keys.map((key) => values(row, key).join("; ")), bare(row.text)]);
  return [[t("note"), t("when"), ...keys, t("says")], ...lines].map((cells) => cells.map(field).join(",")).join("\r\n") + "\r\n";
}
