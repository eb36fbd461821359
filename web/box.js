/** The search box: typing, asking, suggestions. Knows nothing of results. */

import { $, $$ } from "./html.js";
import { recents } from "./prefs.js";
import { isQuestion } from "./question.js";
import { t } from "./strings.js";
import { drawSuggestions, replaceWord, searchable, suggestions, takeOperator } from "./suggest.js";

const PAUSE_MS = 20;
const NAMED = /(?:^|\s)(?:#|tag:|prop:)/;

export class Box {
  #input = $("#q");
  #list = $("#suggestions");
  #items = [];
  #chosen = -1;
  #timer = 0;
  #edited = null;
  #on;

  /** Tags and folders to offer, as ``{name, count}``; properties as ``{key, count, values}``. */
  known = { tags: [], folders: [], properties: [] };

  /** ``on.type(text)`` at once, or after a pause while ``on.busy()``; ``on.enter(text, ask)`` on Enter,
   * ``ask`` to answer it and not find; ``on.filter(kind, value, rest)``; ``on.cut(count)`` where a
   * paste was too long; ``on.wanted()`` when names of tags and properties can be offered. */
  constructor(on) {
    this.#on = on;
    $("form.box").addEventListener("submit", (event) => this.#submit(event));
    this.#input.addEventListener("input", (event) => event.isComposing || this.#typed());
    this.#input.addEventListener("compositionend", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("paste", (event) => this.#pasted(event));
    this.#input.addEventListener("click", () => this.#offer());
    this.#input.addEventListener("blur", () => this.#close());
    // Choosing by pointer must not take the focus, or the blur would close the list first.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-option]");
      if (option) this.#accept(this.#items[Number(option.dataset.option)]);
    });
  }

  get focused() { return document.activeElement === this.#input; }

  /** Takes in names to offer. */
  know(names) {
    Object.assign(this.known, names);
    if (this.focused && NAMED.test(this.#input.value)) this.#offer();
  }

  /** Shows a text that did not come from typing. */
  set text(text) {
    if (this.#input.value.trim() !== text) this.#set(text);
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  /** Shows a whole query to be changed, with a part of it selected; its operators stay in it, and
   * Enter does what was done with it before: answers it if it ``asks``, else finds. */
  edit(text, from, to, asks) {
    this.#set(text);
    this.#edited = { asks };
    this.told();
    this.#input.focus();
    this.#input.setSelectionRange(from, to);
  }

  /** Takes up what was typed before anybody listened. */
  wake() {
    if (this.focused && this.#input.value !== this.#input.defaultValue) this.#typed();
  }

  leave() {
    this.#close();
    this.#input.blur();
  }

  #set(text) {
    clearTimeout(this.#timer);
    this.#edited = null;
    this.#input.value = text;
    this.told();
  }

  /** What Enter does with the text. */
  get #asks() { return this.#edited ? this.#edited.asks : isQuestion(this.#input.value); }

  /** What the button does is what Enter does. */
  told() {
    const { value } = this.#input;
    $("button.clear").hidden = !value;
    $("button.go span").textContent = t(value.trim() && !this.#asks ? "find" : "ask");
  }

  #close() {
    [this.#items, this.#chosen] = [[], -1];
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #offer() {
    if (NAMED.test(this.#input.value)) this.#on.wanted();
    const past = document.documentElement.dataset.view === "home" ? [] : recents();
    this.#items = suggestions(this.#input.value, this.#input.selectionStart, { ...this.known, recents: past });
    if (!this.#items.length) return this.#close();
    this.#chosen = -1;
    drawSuggestions(this.#list, this.#items);
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
  }

  /** Moves the choice; one place before the first and after the last is the text itself. */
  #choose(index) {
    const places = this.#items.length + 1;
    this.#chosen = ((index + 1 + places) % places) - 1;
    for (const [i, option] of $$("[data-option]", this.#list).entries()) option.ariaSelected = String(i === this.#chosen);
    if (this.#chosen < 0) return this.#input.removeAttribute("aria-activedescendant");
    this.#input.setAttribute("aria-activedescendant", `option-${this.#chosen}`);
    $(`#option-${this.#chosen}`).scrollIntoView({ block: "nearest" });
  }

  #accept({ kind, value }) {
    this.#close();
    if (kind === "recent") {
      this.#set(value);
      return this.#on.enter(value, isQuestion(value));
    }
    if (kind === "key") {
      const next = replaceWord(this.#input.value, this.#input.selectionStart, `prop:${/\s/.test(value) ? `"${value}=` : `${value}=`}`);
      this.#set(next.text);
      this.#input.setSelectionRange(next.caret, next.caret);
      return this.#offer();
    }
    const next = replaceWord(this.#input.value, this.#input.selectionStart, kind === "operator" ? value : "");
    this.#set(next.text);
    this.#input.setSelectionRange(next.caret, next.caret);
    if (kind === "operator") return this.#offer();
    this.#on.filter(kind, value, this.#input.value.trim());
  }

  /** Turns a finished operator into a filter; says whether there was one. */
  #filtered(text) {
    const taken = this.#edited ? null : takeOperator(text);
    if (!taken) return false;
    this.#set(taken.text);
    this.#close();
    this.#on.filter(taken.kind, taken.value, taken.text.trim());
    return true;
  }

  #typed() {
    clearTimeout(this.#timer);
    if (!this.#input.value) this.#edited = null;
    this.told();
    if (this.#filtered(this.#input.value)) return;
    this.#offer();
    if (this.#edited) return;
    const pause = this.#on.busy() ? PAUSE_MS : 0;
    this.#timer = setTimeout(() => this.#on.type(searchable(this.#input.value)), pause);
  }

  #submit(event) {
    event.preventDefault();
    this.#enter(false);
  }

  #enter(other) {
    clearTimeout(this.#timer);
    if (this.#filtered(`${this.#input.value} `)) return;
    this.#close();
    const text = this.#input.value.trim();
    const ask = this.#asks !== other;
    this.#edited = null;
    if (text) this.#on.enter(text, ask);
  }

  /** What a browser cuts off silently is told. */
  #pasted(event) {
    const { value, selectionStart, selectionEnd, maxLength } = this.#input;
    const length = value.length - (selectionEnd - selectionStart) + event.clipboardData.getData("text").length;
    if (length > maxLength) this.#on.cut(length - maxLength);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      return this.#enter(true);
    }
    if (this.#list.hidden) return;
    const offersFilter = this.#items[0]?.kind !== "recent";
    if (event.key === "ArrowDown") this.#choose(this.#chosen + 1);
    else if (event.key === "ArrowUp") this.#choose(this.#chosen - 1);
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && this.#chosen >= 0) this.#accept(this.#items[this.#chosen]);
    else if (event.key === "Tab" && !event.shiftKey && offersFilter) this.#accept(this.#items[Math.max(this.#chosen, 0)]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
