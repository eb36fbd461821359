/** Markup from text: every value is escaped unless it is markup already; arrays are joined. */

class Markup {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);

function piece(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(piece).join("");
  return value === null || value === undefined || value === false ? "" : escape(String(value));
}

/** Template tag: html`<p>${text}</p>`. */
export function html(strings, ...values) {
  return new Markup(strings.reduce((text, part, i) => text + piece(values[i - 1]) + part));
}

/** Marks a string as markup; only for HTML that the server has sanitised. */
export const sanitised = (text) => new Markup(text);

/** Replaces what an element holds. */
export function put(element, markup) {
  element.innerHTML = piece(markup);
  return element;
}

/** Whether a text is an address that may be a link: no other scheme than the web's is. */
export const isAddress = (text) => /^https?:\/\//.test(text) && URL.canParse(text);

/** First match inside a root, the document by default. */
export const $ = (selector, root = document) => root.querySelector(selector);

/** All matches as an array. */
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

export const icon = (name) =>
  html`<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;

/** Adds a style sheet, once; done when it applies. */
export function stylesheet(href) {
  const there = $(`link[rel=stylesheet][href="${href}"]`);
  if (there?.sheet) return Promise.resolve();
  const link = there ?? Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  if (!there) document.head.append(link);
  return new Promise((done) => {
    for (const end of ["load", "error"]) link.addEventListener(end, done);
  });
}

/** The language of a piece of content, for fonts and for screen readers. */
export function langOf(text) {
  const han = (text.match(/\p{Script=Han}/gu) ?? []).length;
  return han * 5 > text.length ? "zh-Hans" : "en";
}
