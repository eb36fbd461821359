/** The rows of a list: one line each until opened, sorted, filtered, twenty at first. */

import { brief, columns, split, values } from "./columns.js";
import { $, html, isAddress, langOf, put } from "./html.js";
import { inline } from "./markdown.js";
import { PROPERTY, heading, named, ordered } from "./rows.js";
import { t } from "./strings.js";

const SHOWN = 20;
const FILTERED = 8;

const spelt = (row) => [row.subject, row.date, row.text, ...(row.properties ?? []).flatMap(({ values: all }) => all)].join(" ").toLowerCase();
const property = (one) => html`<span>${isAddress(one) ? html`<a href="${one}" rel="noreferrer noopener" target="_blank">${brief(one)}</a>` : one}</span>`;

export class Listing {
  #place;
  #given = null;
  #pen = null;
  #order = { by: "", descending: false };
  #all = false;
  #wanted = "";
  #opened = new Set();
  #says = false;

  constructor(place) { this.#place = place; }

  take(given) {
    [this.#given, this.#order, this.#all, this.#wanted, this.#opened] = [given, { by: "", descending: false }, false, "", new Set()];
  }

  /** The rows that are shown, in their order: what is copied is what one sees. */
  get rows() {
    const wanted = this.#wanted.toLowerCase();
    return ordered(this.#given.rows, this.#order).filter((row) => !wanted || spelt(row).includes(wanted));
  }

  sort(by) {
    this.#order = { by, descending: this.#order.by === by && !this.#order.descending };
    this.#redraw();
    $(`[data-sort="${CSS.escape(by)}"]`, this.#place)?.focus();
  }

  /** Unfolds the whole list; the focus goes to the first row that was not there before. */
  showAll() {
    this.#all = true;
    this.#redraw();
    this.#place.querySelectorAll(".listed tbody tr")[SHOWN]?.querySelector("a, button")?.focus();
  }

  filter(text) {
    this.#wanted = text.trim();
    this.#redraw();
  }

  /** Opens or closes a row. */
  toggle(index) {
    if (!this.#opened.delete(index)) this.#opened.add(index);
    this.#redraw();
    $(`[data-do=open-row][value="${index}"]`, this.#place)?.focus();
  }

  /** The whole list. */
  markup(pen) {
    this.#pen = pen;
    const { rows } = this.#given;
    // A column that is mostly empty would take the room of the names.
    this.#says = 2 * rows.filter((row) => split(row, pen.citation).gist).length > rows.length;
    return html`<div class="listing"><header>${this.#caption()}
      ${rows.length > FILTERED && html`<input type="text" class="row-filter" data-input="rows" value="${this.#wanted}" aria-label="${t("filterRows")}" placeholder="${t("filterRows")}" spellcheck="false">`}</header>
      <div class="list-body">${this.#body()}</div></div>`;
  }

  #redraw() { put($(".list-body", this.#place), this.#body()); }

  get #columns() { return columns(this.#given.question, this.#given.rows); }

  /** What is the same in every row, said once, and how many there are. */
  #caption() {
    const { rows } = this.#given;
    const said = this.#columns.said.map((key) => `${key} ${values(rows[0], key).map(brief).join(", ")}`);
    return html`<p class="caption">${[...said, t("listed", rows.length)].join(" · ")}</p>`;
  }

  #body() {
    const rows = this.rows;
    const shown = this.#all ? rows : rows.slice(0, SHOWN);
    const { said, shown: keys } = this.#columns;
    const dated = this.#given.rows.some((row) => row.date);
    const says = this.#says;
    const rest = rows.length - shown.length;
    return html`<table class="rows listed"><thead><tr>${heading("subject", t("note"), this.#order)}${dated && heading("date", t("when"), this.#order)}
      ${keys.map((key) => heading(PROPERTY + key, key, this.#order))}${says && html`<th scope="col" class="gist">${t("says")}</th>`}<th scope="col"><span class="unseen">${t("open")}</span></th></tr></thead>
      <tbody>${shown.map((row) => this.#row(row, keys, said, dated, says))}</tbody></table>
      ${!rows.length && html`<p class="faint">${t("noRows")}</p>`}
      ${rest > 0 && html`<button type="button" class="more" data-do="all-rows">${t("showAll", rows.length)}</button>`}`;
  }

  #row(row, keys, said, dated, says) {
    const index = this.#given.rows.indexOf(row);
    const isOpen = this.#opened.has(index);
    const { cite } = this.#pen;
    const { stated, gist } = split(row, this.#pen.citation);
    const caption = said.flatMap((key) => stated.get(key) ?? []);
    return html`<tr class="${isOpen ? "open" : ""}"><th scope="row" lang="${langOf(row.subject)}"><span class="line">${named(row, (id) => this.#pen.href(this.#pen.citation(id)))}${isOpen && !says && caption.map(cite)}</span>${isOpen && !says && gist && html`<span class="gist" lang="${langOf(gist)}">${inline(gist, { cite, marks: null })}</span>`}</th>
      ${dated && html`<td class="when">${row.date && html`<time datetime="${row.date}">${row.date}</time>`}</td>`}
      ${keys.map((key) => html`<td class="property" data-label="${key}"><span class="line">${values(row, key).map(property)}${stated.get(key)?.map(cite)}</span></td>`)}
      ${says && html`<td class="gist" lang="${langOf(gist)}"><span class="line">${inline(gist, { cite, marks: null })}${isOpen && caption.map(cite)}</span></td>`}
      <td class="fold"><button type="button" class="tool icon-only" data-do="open-row" value="${index}" aria-expanded="${String(isOpen)}" aria-label="${t("openRow", row.subject)}">${isOpen ? "▴" : "▾"}</button></td></tr>`;
  }
}
