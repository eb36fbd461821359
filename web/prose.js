/** An answer's text with what matters first: one quote large, what else is needed below it, the
 * rest of the same note folded. */

import { html } from "./html.js";
import { drawn, parts } from "./markdown.js";
import { t } from "./strings.js";

const BESIDE = 2;
const LONGEST_LARGE = 220;

/** Items of a list stand for themselves until they are drawn. */
const apart = (part) => (part.kind === "ul" ? part.lines.map((line) => ({ ...part, lines: [line], ids: idsOf(line) })) : [part]);
const idsOf = (line) => [...line.matchAll(/\[(\d+)/g)].map(([, id]) => Number(id));

/** Items that follow each other are one list again. */
function together(all) {
  return all.reduce((done, part) => {
    const last = done.at(-1);
    if (part.kind !== "ul" || last?.kind !== "ul") return [...done, part];
    return [...done.slice(0, -1), { ...last, lines: [...last.lines, ...part.lines] }];
  }, []);
}

/** A line in bold alone names the note that the lines below it are from. */
const names = ({ kind, lines, ids }) => kind === "p" && !ids.length && /^\*\*[^*]+\*\*$/.test(lines.join("").trim());

/** ``citation(id)`` gives a citation, ``cite(id)`` draws it. */
export function prose(text, { citation, cite }) {
  const all = parts(text).flatMap(apart);
  const draw = (some) => together(some).map((part) => one(part, cite));
  const first = all.findIndex(({ ids }) => ids.length);
  if (first < 0) return draw(all);
  const home = citation(all[first].ids[0])?.path;
  const rest = all.slice(first + 1);
  const same = rest.filter((part) => part.ids.length && part.ids.every((id) => citation(id)?.path === home));
  const folded = same.slice(BESIDE);
  const shown = rest.filter((part) => !folded.includes(part)).filter((part, i, left) => !(names(part) && (!left[i + 1] || names(left[i + 1]))));
  return html`${draw(all.slice(0, first))}${lead(all[first], cite)}${draw(shown)}
    ${folded.length > 0 && html`<details class="same-note"><summary>${t("sameNote")}</summary>${draw(folded)}</details>`}`;
}

function one(part, cite) {
  const markup = drawn(part, { cite, marks: null });
  return names(part) ? html`<div class="from">${markup}</div>` : markup;
}

/** The first quote; short ones stand large, and out of their list. */
function lead(part, cite) {
  const large = ["p", "ul", "quote"].includes(part.kind) && part.lines.join("").length <= LONGEST_LARGE;
  const plain = part.kind === "ul" ? { ...part, kind: "p", lines: part.lines.map((line) => line.replace(/^\s*[-*+•]\s+/, "")) } : part;
  return html`<div class="${large ? "first large" : "first"}">${drawn(plain, { cite, marks: null })}</div>`;
}
