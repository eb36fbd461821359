/** Runs searches and questions for the results view; the newest wins, older ones are dropped. */

import * as api from "./api.js";
import { $, $$, html, put } from "./html.js";
import { EMPTY, hasFilters, parameters } from "./state.js";
import { activeChips, byNote, facets, results } from "./results.js";
import { named, t } from "./strings.js";

const PAGE = 30;
const MORE = 50;
const MOST = 200;
const KEPT = 30;
const SOON_MS = 1500;

export class Finder {
  #chips = $("#chips");
  #answer = $("#answer");
  #results = $("#results");
  #facets = $("#facets");
  #kept = new Map();
  #running = new AbortController();
  #shown = "";
  #k = PAGE;
  #panel = null;
  #announce;

  /** Folders of the last results, as ``{name, count}``. */
  folders = [];

  /** What is shown. */
  state = EMPTY;

  /** ``announce(text)`` tells screen readers. */
  constructor(announce) { this.#announce = announce; }

  async show(next, again = false) {
    const key = `${next.ask} ${parameters(next)}`;
    if (key === this.#shown && !again) return;
    this.#running.abort();
    this.#running = new AbortController();
    if (!again) this.#k = PAGE;
    [this.#shown, this.state] = [key, next];
    put(this.#chips, activeChips(next));
    this.#results.ariaBusy = "true";
    if (next.ask) {
      // Results wait for the answer above them, so that nothing on the screen moves.
      put(this.#results, "");
      put(this.#facets, "");
    } else {
      put(this.#answer, "");
    }
    const { signal } = this.#running;
    await this.#list(signal, next.ask ? this.#ask(signal) : null);
  }

  retry() { return this.show(this.state, true); }

  /** Draws again what is shown, in another language. */
  redraw() { if (this.#shown) this.retry(); }

  /** Fetches more; the focus goes to the first result that was not there before. */
  async more() {
    const titles = () => $$(".hit h2 a", this.#results);
    const before = new Set(titles().map((link) => link.textContent));
    this.#k = Math.min(this.#k + MORE, MOST);
    await this.#list(this.#running.signal, null);
    titles().find((link) => !before.has(link.textContent))?.focus();
  }

  /** Forgets what was fetched, because the index has changed. */
  forget() { this.#kept.clear(); }

  /** Whether results are still on their way. */
  get searching() { return this.#results.ariaBusy === "true"; }

  /** The answer's panel, once there has been a question. */
  get panel() { return this.#panel; }

  async #keep(key, fetched) {
    if (!this.#kept.has(key)) {
      this.#kept.set(key, await fetched());
      if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    }
    return this.#kept.get(key);
  }

  #search(asked, signal) {
    const k = this.#k;
    return this.#keep(`search ${k} ${parameters(asked)}`, () => api.search(asked, k, signal));
  }

  async #list(signal, answered) {
    const asked = this.state;
    try {
      const found = await this.#search(asked, signal);
      await answered;
      if (signal.aborted) return;
      const empty = asked.ask && !found.results.length;
      put(this.#results, empty ? "" : results(asked, found, found.results.length >= this.#k && this.#k < MOST, MORE));
      put(this.#facets, facets(asked, found.facets));
      this.folders = found.facets.folders.map(([name, count]) => ({ name, count }));
      if (!asked.ask) this.#announce(t("ready", byNote(found.results).length));
    } catch (error) {
      await answered;
      if (!signal.aborted) this.#fail(this.#results, error);
    } finally {
      if (!signal.aborted) this.#results.ariaBusy = "false";
    }
  }

  async #ask(signal) {
    const asked = this.state;
    this.#panel ??= new (await import("./answer.js")).AnswerPanel(this.#answer);
    if (signal.aborted) return;
    const stop = new AbortController();
    signal.addEventListener("abort", () => stop.abort());
    this.#panel.pending(asked, () => stop.abort());
    try {
      const given = await this.#keep(`ask ${parameters(asked)}`,
        () => api.ask(asked, stop.signal, (given) => this.#panel.quoted(given), (text) => this.#panel.streaming(text)));
      if (signal.aborted) return;
      this.#panel.show(given, asked);
      this.#announce(t(given.answerable ? "answerReady" : "noAnswer"));
      if (!given.answerable) this.#tellHidden(asked, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error.name !== "AbortError") return this.#fail(this.#answer, error);
      this.#panel.stopped();
      this.#announce(t("stopped"));
    }
  }

  /** Tells an unanswered question how many notes its filters kept away. */
  async #tellHidden(asked, signal) {
    if (!hasFilters(asked)) return;
    const [all, some] = await Promise.all([this.#search({ ...EMPTY, q: asked.q }, signal), this.#search(asked, signal)]);
    const seen = new Set(some.results.map((hit) => hit.path));
    const count = byNote(all.results).filter(([hit]) => !seen.has(hit.path)).length;
    if (count && !signal.aborted) this.#panel.hiding(count);
  }

  #fail(place, error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof api.Failure)) throw error;
    put(place, fault(error));
    if (error.code === "not_ready") setTimeout(() => place.querySelector(".fault") && this.retry(), SOON_MS);
  }
}

/** A failure in words, with a way to try again. */
export function fault(error) {
  const known = named("errors", error.code);
  return html`<div class="quiet fault" role="alert"><h2>${t("errorTitle")}</h2>
    <p>${known === error.code ? error.message : known}</p>
    <p><button type="button" class="button" data-do="retry">${t("retry")}</button></p></div>`;
}
