/** The view of one note: fetched, drawn, and brought to the passage that was asked for. */

import * as api from "./api.js";
import { fault } from "./finder.js";
import { highlight } from "./highlight.js";
import { $, $$, html, put } from "./html.js";
import { note as drawNote, title as titleOf } from "./note.js";
import { language, t } from "./strings.js";

export class Reader {
  #place;
  #announce;
  #drawn = "";
  #note = null;
  #depth = 1;
  #loading = new AbortController();

  constructor(place, announce) {
    this.#place = place;
    this.#announce = announce;
  }

  /** Shows the note that the state names; gives its title, or nothing when it cannot be had. */
  async open(state, { quote, vault }) {
    const key = `${state.note} ${language()} ${state.q} ${vault}`;
    this.#loading.abort();
    this.#loading = new AbortController();
    try {
      await stylesheet("/reader.css");
      if (key !== this.#drawn) await this.#draw(state, vault, this.#loading.signal);
    } catch (error) {
      if (error.name !== "AbortError") put(this.#place, fault(error));
      this.#drawn = "";
      return null;
    }
    this.#drawn = key;
    this.#goTo(state, quote);
    return titleOf(this.#note);
  }

  async #draw(state, vault, signal) {
    this.#note = await api.note(state.note, signal);
    this.#depth = 1;
    put(this.#place, drawNote(this.#note, state, vault));
    prepare($(".body", this.#place));
    this.steps(1, false);
  }

  /** Draws the local graph of one or two steps. */
  async steps(depth, focus = true) {
    const place = $(".graph", this.#place);
    this.#depth = depth;
    const [{ graph }, found] = await Promise.all([import("./graph.js"), api.graph(this.#note.path, depth)]);
    if (this.#depth !== depth || !place.isConnected) return;
    put(place, graph(found, this.#note.path, depth, place.clientWidth));
    const net = $(".scroller", place);
    if (net) net.scrollLeft = (net.scrollWidth - net.clientWidth) / 2;
    if (focus) $(`[data-do=steps][value="${depth}"]`, place).focus({ preventScroll: true });
  }

  #goTo(state, quote) {
    const target = state.fragment || state.start === null
      ? this.#fragment(state.fragment)
      : highlight($(".body", this.#place), state.start, state.end ?? state.start, quote);
    $("h1", this.#place).focus({ preventScroll: true });
    if (!target) return scrollTo(0, 0);
    target.scrollIntoView({ block: state.fragment ? "start" : "center" });
    if (!state.fragment) this.#announce(t("highlighted"));
  }

  /** The heading or block that a link names after its ``#``. */
  #fragment(name) {
    if (!name) return null;
    const last = name.split("#").pop();
    const entry = this.#note.outline.find(({ id, title }) => id === name || title === last);
    return document.getElementById(entry?.id ?? name) ?? document.getElementById(last);
  }
}

async function stylesheet(href) {
  if ($(`link[href="${href}"]`)) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  await new Promise((done) => {
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

/** Adds what a rendered note needs on a page: copy buttons, scrolling tables, names for boxes. */
function prepare(body) {
  for (const code of $$("pre > code", body)) {
    const frame = Object.assign(document.createElement("div"), { className: "code" });
    code.parentElement.replaceWith(frame);
    frame.append(code.parentElement);
    code.parentElement.tabIndex = 0;
    frame.insertAdjacentHTML("beforeend", html`<button type="button" class="plain" data-do="copy-code">${t("copyCode")}</button>`);
  }
  for (const table of $$("table", body)) {
    const frame = Object.assign(document.createElement("div"), { className: "scroller", tabIndex: 0 });
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", table.tHead?.innerText.trim() || t("rows"));
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const tick of $$("input[type=checkbox]", body)) tick.ariaLabel = tick.parentElement.innerText.trim().slice(0, 80);
  for (const link of $$("a.remote-image", body)) link.title = `${t("loadImage")} ${link.hostname}`;
}
