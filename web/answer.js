/** The answer: text with citations, rows as a table, sources; and as Markdown to take away. */

import { unmarked } from "./excerpt.js";
import { html, icon, langOf, put } from "./html.js";
import { blocks } from "./markdown.js";
import { trail } from "./results.js";
import { list, table } from "./rows.js";
import { address, chips, withoutFilters } from "./state.js";
import { named, percent, t } from "./strings.js";
import { timeline } from "./timeline.js";

const SOURCES = 5;

export class AnswerPanel {
  #place;
  #given = null;
  #worded = null;
  #wording = null;
  #state = null;
  #stop = null;
  #order = { by: "", descending: false };
  #quotesOnly = false;

  constructor(place) { this.#place = place; }

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
    this.#choose();
  }

  /** Adds how many notes the filters keep away. */
  hiding(count) {
    this.#place.querySelector("article")?.insertAdjacentHTML("beforeend", html`<p class="hides">${t("hidden", count)}
      <a href="${address(withoutFilters(this.#state))}">${t("unfilter")}</a></p>`);
  }

  /** Orders the rows by a column; again turns the order round. */
  sort(by) {
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

  get given() { return this.#given; }

  /** Shows a writer's words, or the quotes that they are taken from. */
  #choose() {
    if (this.#worded) this.#given = this.#quotesOnly ? { ...this.#worded, answer: this.#worded.builtin_answer } : this.#worded;
    this.#draw();
  }

  #draw() {
    const busy = this.#wording !== null;
    put(this.#place, html`<article class="answer ${this.#given.answerable ? "" : "none"}" ${busy && html`aria-busy="true"`}>
      ${this.#head(busy ? t("wording") : named("kinds", this.#given.kind))}
      <div class="prose ${this.#given.rows.length ? "" : "lead"}" lang="${langOf(this.#text())}">${this.#prose()}</div>
      ${this.#given.kind !== "list" && timeline(this.#given.rows, this.#place.clientWidth)}
      ${this.#table()}
      ${this.#given.answerable ? this.#given.kind !== "list" && this.#sources() : this.#nothing()}
      ${busy ? this.#stopping() : this.#given.answerable && this.#foot()}</article>`);
  }

  #prose() { return blocks(this.#text(), { cite: (id) => this.#cite(id), marks: null }); }

  #stopping() {
    return html`<footer class="foot"><button type="button" class="plain" data-do="stop">${t("stop")}</button></footer>`;
  }

  #table() {
    const { question, kind, rows: given } = this.#given;
    const draw = { cite: (id) => this.#cite(id), href: (id) => this.#link(this.citation(id)), citation: (id) => this.citation(id) };
    return kind === "list" ? list(question, given, this.#order, draw) : table(given, this.#order, draw);
  }

  /** The answer; where nothing answers without the nearest notes, which stand below as links. */
  #text() {
    const { answer, answerable, nearest } = this.#given;
    if (this.#wording) return this.#wording;
    return answerable || !nearest?.length ? answer : answer.split("\n\n")[0];
  }

  #head(kind) {
    return html`<header><p class="kind">${kind}</p>
      <h2 id="question" lang="${langOf(this.#state.q)}">${this.#state.q}</h2></header>`;
  }

  #link({ path, start, end }) {
    return address({ ...this.#state, note: path, start, end });
  }

  #cite(id) {
    const citation = this.citation(id);
    if (!citation) return html`[${id}]`;
    return html`<a class="cite" data-cite="${id}" href="${this.#link(citation)}"
      aria-label="${t("citation", id, citation.title)}">${id}</a>`;
  }

  /** The notes quoted, each with its citations: where they stand, and what the answer does not say itself. */
  #sources() {
    const notes = Map.groupBy(this.#given.citations, ({ path }) => path);
    const items = [...notes.values()].map((citations) => this.#source(citations));
    const rest = items.length - SOURCES;
    return html`<section class="sources" aria-labelledby="sources"><h3 id="sources">${t("sources")}</h3>
      <ul>${rest < 3 ? items : items.slice(0, SOURCES)}</ul>
      ${rest >= 3 && html`<details><summary>${t("showMore", rest)}</summary><ul>${items.slice(SOURCES)}</ul></details>`}</section>`;
  }

  #source(citations) {
    const { title } = citations[0];
    const [said, unsaid] = [true, false].map((is) => citations.filter((citation) => this.#saysAlready(citation) === is));
    const places = [...Map.groupBy(said, trail)];
    return html`<li><a class="title" href="${this.#link(citations[0])}" lang="${langOf(title)}">${title}</a>
      ${places.map(([over, those]) => html`<span class="where">${those.map(({ id }) => this.#cite(id))} ${over && html`<span class="trail" lang="${langOf(over)}">${over}</span>`}</span>`)}
      ${unsaid.map(({ id, quote }) => html`<p class="where">${this.#cite(id)} <q lang="${langOf(quote)}">${unmarked(quote).trim()}</q></p>`)}</li>`;
  }

  /** Whether the quote stands in the answer itself, so that it need not stand there twice. */
  #saysAlready({ quote }) {
    const text = this.#wording === null ? this.#given.answer : "";
    return [text, ...this.#given.rows.map(({ text }) => text)].some((text) => text.includes(quote));
  }

  #foot() {
    const { citations, engine, took_ms: ms, confidence } = this.#given;
    const written = this.#worded && !this.#quotesOnly;
    const notes = new Set(citations.map(({ path }) => path)).size;
    return html`<footer class="foot">
      <button type="button" class="plain" data-do="copy">${icon("copy")}${t("copy")}</button>
      ${this.#worded && html`<button type="button" class="plain" data-do="quotes" aria-pressed="${this.#quotesOnly}">${t("quotesOnly")}</button>`}
      <span class="aside">${written ? t("writtenBy", engine.replace(/^llm:/, ""), Math.round(ms)) : t("quotedFrom", notes, Math.round(ms))}
        · ${t("confidence", percent(confidence))}</span></footer>`;
  }

  #nothing() {
    const near = (this.#given.nearest ?? []).map((item) => (Array.isArray(item) ? { path: item[0], title: item[1] } : item));
    const filters = chips(this.#state);
    return html`${filters.length > 0 && html`<p class="looked">${t("lookedFor", [this.#state.q, ...filters.map(({ kind, value }) => `${t(kind)} ${value}`)].join(" · "))}</p>`}
      ${near.length > 0 && html`<section class="nearest"><h3>${t("nearest")}</h3><ul>${near.map(({ path, title }) => html`
        <li><a href="${address({ ...this.#state, note: path })}" lang="${langOf(title)}">${title}</a></li>`)}</ul></section>`}`;
  }
}
