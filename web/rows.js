/** The rows of an answer: a table that sorts, with the values marked that differ. */

import { brief, columns, split, values } from "./columns.js";
import { differences } from "./differ.js";
import { html, isAddress, langOf } from "./html.js";
import { inline } from "./markdown.js";
import { language, t } from "./strings.js";

const PROPERTY = "prop:";

/** What a column sorts by: a field of the row, or one of its properties. */
const value = (row, by) => (by.startsWith(PROPERTY) ? values(row, by.slice(PROPERTY.length)).map(brief).join() : row[by] ?? "");

/** Rows in a column's order; where it has nothing the row stays last. */
export function ordered(rows, { by, descending }) {
  if (!by) return rows;
  const compare = new Intl.Collator(language(), { numeric: true }).compare;
  const [full, empty] = [true, false].map((is) => rows.filter((row) => Boolean(value(row, by)) === is));
  full.sort((a, b) => compare(value(a, by), value(b, by)));
  return [...(descending ? full.reverse() : full), ...empty];
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

const framed = (content, kind) =>
  html`<div class="scroller" role="region" tabindex="0" aria-label="${t("rows")}"><table class="rows ${kind}">${content}</table></div>`;

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
    <tbody>${ordered(rows, order).map((row) => html`<tr>${head(row, draw.href)}${dated && when(row)}
      <td lang="${langOf(row.text)}">${inline(row.text, { cite: draw.cite, marks: marks.get(row) })}</td></tr>`)}
    </tbody>`, "compared")}${differs && html`<p class="legend"><mark class="differs"></mark> ${t("differs")}</p>`}`;
}

const property = (one) => html`<span>${isAddress(one) ? html`<a href="${one}" rel="noreferrer noopener">${brief(one)}</a>` : one}</span>`;

/** Notes listed, with the properties that matter to the question as columns that sort. */
export function list(question, rows, order, draw) {
  if (!rows.length) return "";
  const keys = columns(question, rows);
  const dated = rows.some((row) => row.date);
  return framed(html`<thead><tr>${heading("subject", t("note"), order)}${dated && heading("date", t("when"), order)}
      ${keys.map((key) => heading(PROPERTY + key, key, order))}<th scope="col">${t("says")}</th></tr></thead>
    <tbody>${ordered(rows, order).map((row) => {
    const { stated, gist } = split(row, draw.citation);
    return html`<tr>${head(row, draw.href)}${dated && when(row)}
      ${keys.map((key) => html`<td class="property">${values(row, key).map(property)}${stated.get(key)?.map(draw.cite)}</td>`)}
      <td lang="${langOf(gist)}">${inline(gist, { cite: draw.cite, marks: null })}</td></tr>`;
  })}</tbody>`, "listed");
}
