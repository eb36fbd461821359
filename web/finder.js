/** Runs searches and questions for the results view; the newest wins, older ones are dropped. */

import * as api from "./api.js";
import { fault } from "./faults.js";
import { Rests } from "./freshness.js";
import { $, $$, html, put, stylesheet } from "./html.js";
import { jumps } from "./jumps.js";
import { mended } from "./operators.js";
import { EMPTY, hasFilters, parameters } from "./state.js";
import { activeChips, byNote, facets, results } from "./results.js";
import { t } from "./strings.js";
import { strip, sure } from "./strip.js";
import { understood } from "./understood.js";

const PAGE = 30;
// While one types: what the window shows, for the next letter may follow soon.
const GLANCE = 12;
const MORE = 50;
const MOST = 5000;
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
  #further = false;
  #typed = false;
  #panel = null;
  #rests = new Rests();
  #announce;

  /** Folders of the last results, as ``{name, count}``. */
  folders = [];

  /** What is shown. */
  state = EMPTY;

  /** ``announce(text)`` tells screen readers. */
  constructor(announce) { this.#announce = announce; }

  /** ``typed`` while the next keystroke may follow soon. */
  async show(next, typed = false, again = false) {
    const key = `${next.ask} ${next.about} ${next.sort} ${parameters(next)}`;
    if (key === this.#shown && !again && (typed || !this.#typed)) return;
    this.#running.abort();
    this.#running = new AbortController();
    this.#rests.off();
    if (!again) [this.#k, this.#further] = [typed ? GLANCE : PAGE, false];
    [this.#shown, this.state, this.#typed] = [key, next, typed];
    put(this.#chips, activeChips(next));
    this.#results.ariaBusy = "true";
    if (next.ask) {
      // Results wait for the answer above them, so that nothing on the screen moves.
      put(this.#results, "");
      put(this.#facets, "");
    } else {
      put(this.#answer, strip(next));
    }
    const { signal } = this.#running;
    if (!next.ask && next.q && !typed) this.#preview(signal);
    await this.#list(signal, next.ask ? this.#ask(signal) : null);
  }

  retry() { return this.show(this.state, false, true); }

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

  /** Shows what is ranked behind the notes that count as found. */
  further() {
    this.#further = true;
    return this.more();
  }

  /** Forgets what was fetched, because the index has changed. */
  forget() { this.#kept.clear(); }

  /** Titles of notes that the answer shown rests on and that have changed since. */
  changed() { return this.#rests.changed(); }

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
    const [k, typed] = [this.#k, this.#typed];
    return this.#keep(`search ${k} ${typed} ${parameters(asked)}`, () => api.search(asked, k, signal, typed));
  }

  async #titles(asked, signal) {
    if (!asked.q || asked.ask || hasFilters(asked)) return [];
    return this.#keep(`titles ${asked.q}`, () => api.titles(asked.q, signal)).catch((error) => {
      if (error.name === "AbortError") throw error;
      return [];
    });
  }

  async #list(signal, answered) {
    const asked = this.state;
    try {
      const [found, named] = await Promise.all([this.#search(asked, signal), this.#titles(asked, signal)]);
      await answered;
      if (signal.aborted) return;
      const empty = asked.ask && !found.results.length;
      const step = found.results.length >= this.#k && this.#k < MOST ? MORE : 0;
      const held = this.#held();
      put(this.#results, empty ? "" : html`${!asked.ask && understood(asked, found.understood)}${jumps(asked, named)}${results(asked, found, { step, hasNames: named.length > 0, further: this.#further })}`);
      held();
      put(this.#facets, facets(asked, found.facets));
      this.folders = found.facets.folders.map(([name, count]) => ({ name, count }));
      if (!asked.ask) this.#announce(t("ready", found.total || byNote(found.results).length));
    } catch (error) {
      await answered;
      if (!signal.aborted) this.#fail(error);
    } finally {
      if (!signal.aborted) this.#results.ariaBusy = "false";
    }
  }

  /** Remembers which result has the focus; the function given back lets it have it again. */
  #held() {
    const links = () => $$(".jump, .hit h2 a", this.#results);
    const at = links().indexOf(document.activeElement);
    return () => at >= 0 && links()[Math.min(at, links().length - 1)]?.focus();
  }

  async #ask(signal) {
    const asked = this.state;
    const [{ AnswerPanel }] = await Promise.all([import("./answer.js"), stylesheet("/answer.css")]);
    this.#panel ??= new AnswerPanel(this.#answer);
    if (signal.aborted) return;
    const stop = new AbortController();
    signal.addEventListener("abort", () => stop.abort());
    this.#panel.pending(asked, () => stop.abort());
    try {
      const given = await this.#keep(`ask ${asked.about} ${parameters(asked)}`,
        () => api.ask(asked, stop.signal, (given) => this.#panel.quoted(given), (text) => this.#panel.streaming(text)));
      if (signal.aborted) return;
      this.#panel.show(given, asked);
      this.#rests.on(given.citations);
      this.#announce(t(given.answerable ? "answerReady" : "noAnswer"));
      if (!given.answerable) this.#tellHidden(asked, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error.name !== "AbortError") return this.#fail(error);
      this.#panel.stopped();
      this.#announce(t("stopped"));
    }
  }

  /** Asks beside a search, and says in the line above it what is sure; a writer is not waited for. */
  async #preview(signal) {
    const asked = this.state;
    const enough = new AbortController();
    signal.addEventListener("abort", () => enough.abort());
    try {
      let given = null;
      const whole = await api.ask(asked, enough.signal, (quotes) => { given = quotes; enough.abort(); }, () => {})
        .catch((error) => given ?? Promise.reject(error));
      const line = sure(asked, given ?? whole);
      if (line && !signal.aborted) put(this.#answer, line);
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof api.Failure)) throw error;
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

  /** What went wrong stands once, where the content would. */
  #fail(error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof api.Failure)) throw error;
    put(this.#answer, "");
    put(this.#facets, "");
    put(this.#results, fault(error, true, error.code === "bad_request" ? mended(this.state) : null));
    if (error.code === "not_ready") setTimeout(() => $(".fault", this.#results) && this.retry(), SOON_MS);
  }
}
