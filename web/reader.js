/** The view of one note: fetched, drawn, brought to the passage asked for, and kept up to date. */

import * as api from "./api.js";
import { fault } from "./faults.js";
import { InNote } from "./in-note.js";
import { highlight, unmark } from "./highlight.js";
import { $, $$, html, put, stylesheet } from "./html.js";
import { note as drawNote, title as titleOf } from "./note.js";
import { follow, sheet } from "./outline.js";
import { prepare } from "./prepare.js";
import { addRecentNote } from "./prefs.js";
import { language, t } from "./strings.js";

export class Reader {
  #place;
  #announce;
  #drawn = "";
  #note = null;
  #state = null;
  #depth = 1;
  #loading = new AbortController();

  constructor(place, announce) {
    this.#place = place;
    this.#announce = announce;
    this.inNote = new InNote(place, announce);
  }

  /** Shows the note that the state names; gives its title, or nothing when it cannot be had. */
  async open(state) {
    const key = `${state.note} ${language()} ${state.q}`;
    this.#state = state;
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    try {
      await Promise.all([stylesheet("/found.css"), stylesheet("/reader.css")]);
      if (key !== this.#drawn) this.#draw(await api.note(state.note, signal), state);
      this.#drawn = key;
      await this.#goTo(state, signal);
    } catch (error) {
      if (error.name === "AbortError") return null;
      put(this.#place, fault(error, true));
      this.#drawn = "";
      return null;
    }
    addRecentNote({ path: this.#note.path, title: titleOf(this.#note) });
    return titleOf(this.#note);
  }

  /** Draws the note again if its file has changed, with what was at the top still there; says
   * whether it has: ``"changed"``, ``"gone"`` or nothing. */
  async refresh() {
    const [state, shown] = [this.#state, this.#note];
    if (!this.#drawn || this.#place.hidden) return "";
    const now = await api.note(shown.path).catch((error) => (error.code === "not_found" ? null : shown));
    if (state !== this.#state || shown !== this.#note) return "";
    if (!now) return "gone";
    if (JSON.stringify(now) === JSON.stringify(shown)) return "";
    const body = now.html !== shown.html;
    const anchor = anchored($(".body", this.#place));
    this.#draw(now, state);
    try {
      if (state.text.length) await this.#mark(state, this.#loading.signal);
    } catch (error) { // removed since, or another note is opened: the next look tells
      if (!(error instanceof api.Failure) && error.name !== "AbortError") throw error;
      return "";
    }
    anchor($(".body", this.#place));
    this.inNote.again();
    return body ? "changed" : "";
  }

  /** Lets go of a note that is not looked at, so that it is fetched anew. */
  elsewhere() { if (this.#place.hidden) this.#drawn = ""; }

  #draw(note, state) {
    this.#note = note;
    this.#depth = 1;
    put(this.#place, drawNote(note, state));
    prepare($(".body", this.#place));
    follow(this.#place, note.outline);
    this.steps(1, false);
  }

  /** Opens the headings as a sheet. */
  outline() { sheet(this.#place, this.#note.outline); }

  /** Draws the local graph of one or two steps. */
  async steps(depth, focus = true) {
    const place = $(".graph", this.#place);
    this.#depth = depth;
    const [{ graph }, found] = await Promise.all([import("./graph.js"), api.graph(this.#note.path, depth)]).catch(() => [{}, null]);
    if (!found || this.#depth !== depth || !place.isConnected) return;
    put(place, graph(found, this.#note.path, depth, place.clientWidth));
    const net = $(".scroller", place);
    if (net) net.scrollLeft = (net.scrollWidth - net.clientWidth) / 2;
    if (focus) $(`[data-do=steps][value="${depth}"]`, place).focus({ preventScroll: true });
  }

  async #goTo(state, signal) {
    const target = state.text.length ? await this.#mark(state, signal) : this.#fragment(state.fragment);
    if (signal.aborted) return;
    if (!state.text.length) unmark($(".body", this.#place));
    $("h1", this.#place).focus({ preventScroll: true });
    if (target) target.scrollIntoView({ block: state.fragment ? "start" : "center" });
    else scrollTo(0, 0);
    this.inNote.words(state.words);
  }

  /** Marks the quote of the link where the file has it, and says so where it has not. */
  async #mark(state, signal) {
    const source = await api.text(this.#note.path, signal);
    const target = highlight($(".body", this.#place), source, state.text, state.start, $(".properties", this.#place));
    put($(".gone", this.#place), target ? "" : html`<p>${t("quoteGone")}</p><blockquote>${state.text.join(" … ")}</blockquote>`);
    this.#announce(t(target ? "highlighted" : "quoteGone"));
    return target;
  }

  /** The heading or block that a link names after its ``#``. */
  #fragment(name) {
    if (!name) return null;
    const last = name.split("#").pop();
    const entry = this.#note.outline.find(({ id, title }) => id === name || title === last);
    return document.getElementById(entry?.id ?? name) ?? document.getElementById(last);
  }
}

/** Remembers which block is at the top of the window; the function given back puts it there again. */
function anchored(body) {
  const top = $(".bar").getBoundingClientRect().bottom;
  const blocks = $$("[data-start]", body);
  const at = blocks.findIndex((block) => block.getBoundingClientRect().bottom > top);
  if (at < 0 || scrollY === 0) return () => {};
  const [text, was] = [blocks[at].textContent, blocks[at].getBoundingClientRect().top];
  const y = scrollY;
  return (drawn) => {
    const now = $$("[data-start]", drawn);
    const same = now.filter((block) => block.textContent === text);
    scrollTo(0, y);
    const there = same.at(0) ?? now[Math.min(at, now.length - 1)];
    if (there) scrollBy(0, there.getBoundingClientRect().top - was);
  };
}
