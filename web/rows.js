/** The rows of an answer: a table that sorts, with the values marked that differ. */

import { differences } from "./differ.js";
import { html, langOf } from "./html.js";
import { inline } from "./markdown.js";
import { t } from "./strings.js";

function ordered(rows, { by, descending }) {
  if (!by) return rows;
  const sorted = [...rows].sort((a, b) => (a[by] ?? "").localeCompare(b[by] ?? "", undefined, { numeric: true }));
  return descending ? sorted.reverse() : sorted;
}

/** The name of a row, as a link to what it is taken from. */
function named({ subject, citations: [first] }, href) {
  return first ? html`<a href="${href(first)}">${subject}</a>` : subject;
}

function heading(name, label, { by, descending }) {
  const order = by === name && (descending ? "descending" : "ascending");
  return html`<th scope="col" class="${name === "date" ? "when" : ""}" ${order && html`aria-sort="${order}"`}>
    <button type="button" data-sort="${name}">${label}<span class="arrow" aria-hidden="true">${order ? (descending ? "↓" : "↑") : ""}</span></button></th>`;
}

/** Empty without rows; ``cite(id)`` draws a citation, ``href(id)`` is where it stands;
 * ``compared`` marks the values that differ. */
export function table(rows, order, cite, href, compared) {
  if (!rows.length) return "";
  const dated = rows.some((row) => row.date);
  const marks = new Map((compared ? differences(rows) : []).map((pattern, i) => [rows[i], pattern]));
  const differs = [...marks.values()].some(Boolean);
  return html`<div class="scroller" role="region" tabindex="0" aria-label="${t("rows")}"><table class="rows">
    <thead><tr>${heading("subject", t("what"), order)}${dated && heading("date", t("when"), order)}
      <th scope="col">${t("says")}</th></tr></thead>
    <tbody>${ordered(rows, order).map((row) => html`<tr>
      <th scope="row" lang="${langOf(row.subject)}" ${row.date && html`data-date="${row.date}"`}>${named(row, href)}</th>
      ${dated && html`<td class="when">${row.date && html`<time datetime="${row.date}">${row.date}</time>`}</td>`}
      <td lang="${langOf(row.text)}">${inline(row.text, { cite, marks: marks.get(row) })}</td></tr>`)}
    </tbody></table></div>${differs && html`<p class="legend"><mark class="differs"></mark> ${t("differs")}</p>`}`;
}
