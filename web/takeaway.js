/** An answer as Markdown that works inside the vault. */

import { columns, values } from "./columns.js";
import { t } from "./strings.js";

const wikilink = ({ path, title }) => `[[${path.replace(/\.md$/i, "")}|${title.replace(/[[\]|]/g, " ")}]]`;
const cell = (text) => text.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ");
const footnotes = (text) => text.replace(/\[(\d+(?:\s*[,，、]\s*\d+)*)\]/g,
  (_, ids) => ids.split(/\D+/).map((id) => `[^${id}]`).join(""));

const line = (cells) => `| ${cells.map(cell).join(" | ")} |`;

function rows(all, keys) {
  if (!all.length) return [];
  const lines = all.map((row) => line([row.subject, row.date ?? "", ...keys.map((key) => values(row, key).join(", ")), row.text]));
  const head = [t("what"), t("when"), ...keys, t("says")];
  return [[line(head), line(head.map(() => "---")), ...lines].join("\n")];
}

/** Question, text, rows and each source as a footnote with a link to its note. */
export function markdown({ question, kind, answer, rows: all, citations }) {
  const notes = citations.map((citation) =>
    `[^${citation.id}]: ${wikilink(citation)}: “${citation.quote.replace(/\s*\n\s*/g, " ")}”`);
  return [`## ${question}`, footnotes(answer), ...rows(all, kind === "list" ? columns(question, all) : []).map(footnotes), notes.join("\n")]
    .filter(Boolean).join("\n\n") + "\n";
}
