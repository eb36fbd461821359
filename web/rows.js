/** The rows of an answer: a table that sorts, with the values marked that differ. */

import { brief, values } from "./columns.js";
import { differences } from "./differ.js";
import { html, langOf } from "./html.js";
import { inline } from "./markdown.js";
import { language, t } from "./strings.js";

export const PROPERTY = "prop:";

/** What a column sorts by: a field of the row, or one of its properties. */
export const value = (row, by) => (by.startsWith(PROPERTY) ? values(row, by.slice(PROPERTY.length)).map(brief).join() : row[by] ?? "");

/** Rows in a column's order; where it has nothing the row stays last. */
export function ordered(rows, { by, descending }) {
  if (!by) return rows;
  const compare = new Intl.Collator(language(), { numeric: true }).compare;
  const [full, empty] = [true, false].map((is) => rows.filter((row) => Boolean(value(row, by)) === is));
  full.sort((a, b) => compare(value(a, by), value(b, by)));
  return [...(descending ? full.reverse() : full), ...empty];
}

/** The name of a row, as a link to what it is taken from. */
export function named({ subject, citations: [first] }, href) {
  return first ? html`<a href="${href(first)}">${subject}</a>` : subject;
}

/** A column's head that sorts by it. */
export function heading(name, label, { by, descending }) {
  const order = by === name && (descending ? "descending" : "ascending");
  return html`<th scope="col" class="${name === "date" ? "when" : ""}" ${order && html`aria-sort="${order}"`}>
    <button type="button" data-sort="${name}">${label}<span class="arrow" aria-hidden="true">${order ? (descending ? "↓" : "↑") : ""}</span></button></th>`;
}

const framed = (content) =>
  html`<div class="scroller" role="region" tabindex="0" aria-label="${t("rows")}"><table class="rows compared">${content}</table></div>`;

const head = (row, href) =>
  html`<th scope="row" lang="${langOf(row.subject)}" ${row.date && html`data-date="${row.date}"`}>${named(row, href)}</th>`;

const when = ({ date }) => html`<td class="when">${date && html`<time datetime="${date}">${date}</time>`}</td>`;

/** Things compared; empty without rows. ``draw.cite(id)`` draws a citation, ``draw.href(id)`` is
 * where it stands. */
export function table(rows, order, draw) {
  if (!rows.length) return "";
  const dated = rows.some((row) => row.date);
  const marks = new Map(differences(rows).map((pattern, i) => [rows[i], pattern]));
  const differs = [...marks.values()].some(Boolean);
  return html`${framed(html`<thead><tr>${heading("subject", t("what"), order)}${dated && heading("date", t("when"), order)}
      <th scope="col">${t("says")}</th></tr></thead>
    <tbody>${ordered(rows, order).map((row) => html`<tr>${head(row, (id) => draw.href(draw.citation(id)))}${dated && when(row)}
      <td lang="${langOf(row.text)}">${inline(row.text, { cite: draw.cite, marks: marks.get(row) })}</td></tr>`)}
    </tbody>`)}${differs && html`<p class="legend"><mark class="differs"></mark> ${t("differs")}</p>`}`;
}
