/** Whether the notes that something rests on still say what they said. */

import * as api from "./api.js";

export class Rests {
  #texts = new Map();
  #quotes = [];

  /** Looks at the notes of these citations as they stand now. */
  async on(citations) {
    this.#quotes = citations;
    const texts = this.#texts = new Map();
    for (const path of new Set(citations.map(({ path }) => path))) {
      texts.set(path, await api.text(path).catch(() => null));
    }
  }

  off() { [this.#texts, this.#quotes] = [new Map(), []]; }

  /** Titles of the notes whose file differs from what was looked at, or lacks a quote. */
  async changed() {
    const [texts, quotes] = [this.#texts, this.#quotes];
    const changed = [];
    for (const [path, was] of texts) {
      const now = await api.text(path).catch((error) => (error.code === "not_found" ? null : was));
      const there = quotes.filter((citation) => citation.path === path);
      if (now !== was || there.some(({ quote }) => !now?.includes(quote))) changed.push(there[0].title);
    }
    return texts === this.#texts ? changed : [];
  }
}
