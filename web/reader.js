/** The view of one note: fetched, drawn, and brought to the passage that was asked for. */

import * as api from "./api.js";
import { fault } from "./finder.js";
import { highlight } from "./highlight.js";
import { $, $$, html, put, stylesheet } from "./html.js";
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
  async open(state, quote) {
    const key = `${state.note} ${language()} ${state.q}`;
    this.#loading.abort();
    this.#loading = new AbortController();
    try {
      await Promise.all([stylesheet("/found.css"), stylesheet("/reader.css")]);
      if (key !== this.#drawn) await this.#draw(state, this.#loading.signal);
    } catch (error) {
      if (error.name !== "AbortError") put(this.#place, fault(error));
      this.#drawn = "";
      return null;
    }
    this.#drawn = key;
    this.#goTo(state, quote);
    return titleOf(this.#note);
  }

  async #draw(state, signal) {
    this.#note = await api.note(state.note, signal);
    this.#depth = 1;
    put(this.#place, drawNote(this.#note, state));
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
  pictures(body, $$("a.remote-image", body));
}

/** Pictures of other servers: shown where the reader asked for them here. An address that says so
 * may have been made by someone else. */
function pictures(body, links) {
  const wanted = new URLSearchParams(location.search);
  const asked = wanted.get("images") === "1" && sessionStorage.getItem("images") === location.search;
  for (const link of links) {
    link.title = `${t("loadImage")} ${link.hostname}`;
    if (asked) link.replaceChildren(Object.assign(new Image(), { src: link.href, alt: link.textContent, referrerPolicy: "no-referrer" }));
  }
  if (asked || !links.length) return;
  wanted.set("images", "1");
  body.insertAdjacentHTML("beforebegin", html`<p class="outside">${t("outside", links.length)}
    <a href="/?${wanted}" target="_self" data-anew>${t("loadImages")}</a></p>`);
  body.previousElementSibling.querySelector("a").onclick = () => sessionStorage.setItem("images", `?${wanted}`);
}
