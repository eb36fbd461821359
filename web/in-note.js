/** Finding in a note: places lit, counted, and stepped through. */

import { findAll, light } from "./highlight.js";
import { $, html, put } from "./html.js";
import { t } from "./strings.js";

export class InNote {
  #place;
  #announce;
  #wanted = [];
  #ranges = [];
  #at = -1;

  constructor(place, announce) {
    this.#place = place;
    this.#announce = announce;
  }

  get #bar() { return $(".in-note", this.#place); }
  get open() { return Boolean(this.#bar?.childElementCount); }

  /** Lights the words that a search found here, to be stepped through; none closes the bar. */
  words(words) {
    if (!words.length) return this.close();
    this.#draw(words.join(" "));
    this.#look(words, false);
  }

  /** Opens the bar for typing. */
  start() {
    if (!this.#bar) return;
    if (!this.open) this.#draw("");
    $("input", this.#bar).focus();
    $("input", this.#bar).select();
  }

  close() {
    if (this.#bar) put(this.#bar, "");
    this.#look([], false);
  }

  /** Looks again, because the note was drawn anew. */
  again() {
    if (!this.#wanted.length) return;
    const [wanted, at] = [this.#wanted, this.#at];
    this.#draw(wanted.join(" "));
    this.#look(wanted, false);
    this.#at = Math.min(at, this.#ranges.length - 1);
    this.#tell();
  }

  step(by) {
    if (!this.#ranges.length) return;
    this.#at = (this.#at + by + this.#ranges.length) % this.#ranges.length;
    const range = this.#ranges[this.#at];
    range.startContainer.parentElement.closest("details:not([open])")?.setAttribute("open", "");
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    this.#tell();
  }

  #draw(text) {
    put(this.#bar, html`<input type="text" value="${text}" aria-label="${t("inNote")}" placeholder="${t("inNote")}" spellcheck="false" autocapitalize="off">
      <span class="n" role="status"></span>
      <button type="button" class="tool icon-only" data-do="step-back" aria-label="${t("previous")}" title="${t("previous")}">↑</button>
      <button type="button" class="tool icon-only" data-do="step-on" aria-label="${t("next")}" title="${t("next")}">↓</button>
      <button type="button" class="tool icon-only" data-do="leave-note" aria-label="${t("close")}" title="${t("close")}">×</button>`);
    const input = $("input", this.#bar);
    input.addEventListener("input", () => this.#look([input.value.trim()], true));
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Enter") return this.step(event.shiftKey ? -1 : 1);
      this.close();
      $("[data-do=in-note]", this.#place).focus();
    });
  }

  #look(words, go) {
    this.#wanted = words.filter(Boolean);
    const body = $(".body", this.#place);
    this.#ranges = body && this.#wanted.length ? findAll(body, this.#wanted) : [];
    this.#at = -1;
    if (go && this.#ranges.length) this.step(1);
    else this.#tell();
  }

  #tell() {
    light(this.#ranges, this.#at);
    const count = this.open && $(".n", this.#bar);
    if (count) count.textContent = this.#wanted.length ? `${Math.max(this.#at + 1, 0)}/${this.#ranges.length}` : "";
  }
}
