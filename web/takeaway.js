/** An answer as Markdown that works inside the vault. */

import { t } from "./strings.js";

const wikilink = ({ path, title }) => `[[${path.replace(/\.md$/i, "")}|${title.replace(/[[\]|]/g, " ")}]]`;
const cell = (text) => text.replace(/\|/g, "\\|").replace(/\s*\n\s*/g, " ");
const footnotes = (text) => text.replace(/\[(\d+(?:\s*[,，、]\s*\d+)*)\]/g,
  (_, ids) => ids.split(/\D+/).map((id) => `[^${id}]`).join(""));

function rows(all) {
  if (!all.length) return [];
  const lines = all.map(({ subject, date, text }) => `| ${[subject, date ?? "", text].map(cell).join(" | ")} |`);
  return [[`| ${t("what")} | ${t("when")} | ${t("says")} |`, "| --- | --- | --- |", ...lines].join("\n")];
}

/** Question, text, rows and each source as a footnote with a link to its note. */
export function markdown({ question, answer, rows: all, citations }) {
  const notes = citations.map((citation) =>
    `[^${citation.id}]: ${wikilink(citation)}: “${citation.quote.replace(/\s*\n\s*/g, " ")}”`);
  return [`## ${question}`, footnotes(answer), ...rows(all).map(footnotes), notes.join("\n")]
    .filter(Boolean).join("\n\n") + "\n";
}
