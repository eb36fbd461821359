/** The answer: text with citations, rows as a table or list, sources, and what one can do with it. */

import { certainty } from "./certainty.js";
import { html, icon, langOf, put } from "./html.js";
import { Listing } from "./listing.js";
import { prose } from "./prose.js";
import { table } from "./rows.js";
import { sources } from "./sources.js";
import { address, chips, opened, quoted, withoutFilters } from "./state.js";
import { named, t } from "./strings.js";
import { about, readAs } from "./thread.js";
import { timeline } from "./timeline.js";
import { understood } from "./understood.js";

export class AnswerPanel {
  #place;
  #given = null;
  #worded = null;
  #wording = null;
  #state = null;
  #stop = null;
  #order = { by: "", descending: false };
  #quotesOnly = false;

  constructor(place) {
    this.#place = place;
    this.listing = new Listing(place);
  }

  /** Keeps the place while the answer is looked for; ``stop`` ends a writer's stream. */
  pending(state, stop) {
    [this.#given, this.#worded, this.#wording, this.#state, this.#stop] = [null, null, null, state, stop];
    this.#order = { by: "", descending: false };
    put(this.#place, html`<article class="answer waiting" aria-busy="true">${this.#head(t("thinking"))}
      <div class="prose"><i></i><i></i><i></i></div></article>`);
  }

  /** The quotes, while a writer puts them into words, with a button that stops it. */
  quoted(given) {
    [this.#given, this.#wording] = [given, ""];
    this.#draw();
  }

  /** A writer's text so far, in the place of the quotes' own unless one wants these alone. */
  streaming(text) {
    if (this.#wording === null || this.#quotesOnly) return;
    this.#wording = text;
    put(this.#place.querySelector(".prose"), this.#prose()).lang = langOf(text);
  }

  stop() { this.#stop?.(); }

  /** Without the writer's text; the quotes stay, where they are there already. */
  stopped() {
    this.#wording = null;
    if (this.#given) {
      this.#draw();
      return this.#place.querySelector("[data-do=copy]").focus();
    }
    this.#place.querySelector("article")?.classList.remove("waiting");
    this.#place.querySelector(".kind")?.replaceChildren(t("stopped"));
    this.#place.querySelector(".foot")?.remove();
  }

  show(given, state) {
    [this.#given, this.#state, this.#wording] = [given, state, null];
    this.#worded = given.builtin_answer ? given : null;
    this.listing.take(given);
    this.#choose();
  }

  /** Adds how many notes the filters keep away. */
  hiding(count) {
    this.#place.querySelector("article")?.insertAdjacentHTML("beforeend", html`<p class="hides">${t("hidden", count)}
      <a href="${address(withoutFilters(this.#state))}">${t("unfilter")}</a></p>`);
  }

  /** Orders the rows by a column; again turns the order round. */
  sort(by) {
    if (this.#isListed) return this.listing.sort(by);
    this.#order = { by, descending: this.#order.by === by && !this.#order.descending };
    this.#draw();
    this.#place.querySelector(`[data-sort="${CSS.escape(by)}"]`)?.focus();
  }

  toggleQuotes() {
    this.#quotesOnly = !this.#quotesOnly;
    this.#choose();
    this.#place.querySelector("[data-do=quotes]")?.focus();
  }

  citation(id) { return this.#given?.citations.find((citation) => citation.id === id); }

  /** Where a citation stands: the link carries its quote. */
  href(citation) { return address(quoted(this.#state, citation, citation.quote)); }

  get given() { return this.#given; }

  /** Shows a writer's words, or the quotes that they are taken from. */
  #choose() {
    if (this.#worded) this.#given = this.#quotesOnly ? { ...this.#worded, answer: this.#worded.builtin_answer } : this.#worded;
    this.#draw();
  }

  get #isListed() { return this.#given.kind === "list" && this.#given.rows.length > 0; }

  get #pen() {
    return { cite: (id) => this.#cite(id), href: (citation) => this.href(citation), citation: (id) => this.citation(id) };
  }

  #draw() {
    const busy = this.#wording !== null;
    const { answerable, kind, citations, rows, understood: how } = this.#given;
    const said = [busy ? "" : this.#given.answer, ...rows.map(({ text }) => text)].join("\n");
    put(this.#place, html`<article class="answer ${answerable ? "" : "none"}" ${busy && html`aria-busy="true"`}>
      ${this.#head(busy ? t("wording") : named("kinds", kind), busy ? "" : certainty(this.#given))}
      ${understood(this.#state, how)}
      <div class="prose" lang="${langOf(this.#text())}">${this.#prose()}</div>
      ${this.#isListed ? this.listing.markup(this.#pen) : html`${timeline(rows, this.#place.clientWidth)}${table(rows, this.#order, this.#pen)}`}
      ${answerable ? !this.#isListed && sources(citations, said, this.#pen) : this.#nothing()}
      ${busy ? this.#stopping() : this.#foot()}</article>`);
  }

  #prose() { return prose(this.#text(), this.#pen); }

  #stopping() {
    return html`<footer class="foot"><button type="button" class="plain" data-do="stop">${t("stop")}</button></footer>`;
  }

  /** The answer; where nothing answers without the nearest notes, which stand below as links. */
  #text() {
    const { answer, answerable, nearest } = this.#given;
    if (this.#wording) return this.#wording;
    // A list's number stands in its caption.
    if (this.#isListed && !/\[\d/.test(answer)) return "";
    return answerable || !nearest?.length ? answer : answer.split("\n\n")[0];
  }

  #head(kind, sureness = "") {
    const told = sureness && (this.#given.answerable || sureness !== "near");
    return html`<header>${about(this.#state)}<p class="kind">${kind}${told && html` <span class="sureness ${sureness}">${named("certainty", sureness)}</span>`}</p>
      <h2 id="question" lang="${langOf(this.#state.q)}">${this.#state.q}</h2>${readAs(this.#state)}</header>`;
  }

  #cite(id) {
    const citation = this.citation(id);
    if (!citation) return html`[${id}]`;
    return html`<a class="cite" data-cite="${id}" href="${this.href(citation)}"
      aria-label="${t("citation", id, citation.title)}">${id}</a>`;
  }

  #foot() {
    const { citations, engine, answerable } = this.#given;
    const written = this.#worded && !this.#quotesOnly;
    const notes = new Set(citations.map(({ path }) => path)).size;
    return html`<footer class="foot">
      ${answerable && html`<button type="button" class="plain" data-do="copy">${icon("copy")}${t("copy")}</button>`}
      ${answerable && this.#isListed && html`<button type="button" class="plain" data-do="copy-csv">${icon("copy")}${t("copyCsv")}</button>`}
      ${this.#worded && html`<button type="button" class="plain" data-do="quotes" aria-pressed="${this.#quotesOnly}">${t("quotesOnly")}</button>`}
      <button type="button" class="plain" data-do="save">${t("save")}</button>
      <button type="button" class="plain" data-do="wrong">${t("wrong")}</button>
      ${answerable && html`<span class="aside">${written ? t("writtenBy", engine.replace(/^llm:/, "")) : t("quotedFrom", notes)}</span>`}</footer>`;
  }

  #nothing() {
    const near = (this.#given.nearest ?? []).map((item) => (Array.isArray(item) ? { path: item[0], title: item[1] } : item));
    const filters = chips(this.#state);
    return html`${filters.length > 0 && html`<p class="looked">${t("lookedFor", [this.#state.q, ...filters.map(({ kind, value }) => `${t(kind)} ${value}`)].join(" · "))}</p>`}
      ${near.length > 0 && html`<section class="nearest"><h3>${t("nearest")}</h3><ul>${near.map(({ path, title }) => html`
        <li><a href="${address(opened(this.#state, path))}" lang="${langOf(title)}">${title}</a></li>`)}</ul></section>`}`;
  }
}
