/** One note as markup: its head, the server's rendering, and what surrounds it. */

import { source } from "./api.js";
import { html, icon, isAddress, langOf, sanitised } from "./html.js";
import { opener, outline } from "./outline.js";
import { folderOf, tagLinks } from "./results.js";
import { EMPTY, address, obsidian, opened } from "./state.js";
import { t } from "./strings.js";

const SHOWN = 8;

export const title = ({ title: text, path }) => text || path;

/** The state that opens another note and keeps the question. */
const to = (state, path) => address(opened(state, path));

export function note(given, state) {
  return html`<nav class="way"><button type="button" class="plain" data-do="back">${icon("back")}${t("back")}</button></nav>
    <article class="sheet">
      <header>
        <p class="meta">${folderOf(given.path) && html`<span class="folder">${icon("folder")}${folderOf(given.path)}</span>`}
          ${given.date && html`<time datetime="${given.date}">${given.date}</time>`}</p>
        <h1 tabindex="-1" lang="${langOf(title(given))}">${title(given)}</h1>
        <p class="meta">${tagLinks({ ...EMPTY, lang: state.lang }, given.tags)}</p>
        <p class="meta open"><button type="button" class="plain" data-do="in-note">${icon("search")}${t("inNote")}</button><a class="plain" href="${obsidian(given.vault, given.path)}">${icon("out")}${t("obsidian")}</a>
          <a class="plain" href="${source(given.path)}" target="_blank">${icon("file")}${t("openFile")}</a>
          <button type="button" class="plain" data-do="copy-path" value="${given.path}">${icon("copy")}${t("copyPath")}</button></p>
      </header>
      <div class="in-note" role="search"></div>
      <div class="gone"></div>
      <div class="body" lang="${langOf(given.html.replace(/<[^>]*>/g, ""))}">${sanitised(given.html)}</div>
    </article>
    <aside class="beside"><div class="stays">${outline(given)}${properties(given)}${linksOut(given, state)}${linksIn(given, state)}${related(given, state)}</div></aside>
    <section class="graph"></section>${opener(given)}`;
}

const group = (name, heading, content) =>
  html`<section class="${name}" aria-labelledby="${name}"><h2 id="${name}">${heading}</h2>${content}</section>`;

/** A list whose tail unfolds. */
function list(items) {
  const rest = items.length - SHOWN;
  if (rest < 3) return html`<ul>${items}</ul>`;
  return html`<ul>${items.slice(0, SHOWN)}</ul>
    <details><summary>${t("showMore", rest)}</summary><ul>${items.slice(SHOWN)}</ul></details>`;
}

function properties({ properties: all, aliases }) {
  const shown = all.filter(({ key, values }) => key !== "title" && values.length);
  if (!shown.length && !aliases.length) return "";
  return group("properties", t("properties"), html`<dl>${shown.map(({ key, values }) =>
    html`<div><dt>${key}</dt><dd>${values.map(value)}</dd></div>`)}</dl>`);
}

function value(text) {
  if (!isAddress(text)) return html`<span>${text}</span>`;
  return html`<a href="${text}" rel="noreferrer noopener" target="_blank">${text.replace(/^https?:\/\/(www\.)?/, "")}</a>`;
}

function link({ path, title: text, relation, explanation, resolved = true }, state) {
  return html`<li>${resolved && path ? html`<a href="${to(state, path)}" lang="${langOf(text)}">${text}</a>`
    : html`<span class="unresolved" title="${t("unresolved")}" lang="${langOf(text)}">${text}</span>`}
    ${relation && html`<span class="relation">${relation}</span>`}
    ${explanation && html`<p lang="${langOf(explanation)}">${explanation}</p>`}</li>`;
}

function linksOut({ links_out: links }, state) {
  const shown = links.filter(({ tag }) => !tag);
  return shown.length > 0 && group("links-out", t("linksOut"), list(shown.map((item) => link(item, state))));
}

function linksIn({ links_in: links }, state) {
  return links.length > 0 && group("links-in", t("linksIn"), list(links.map((item) => link(item, state))));
}

function related({ related: notes }, state) {
  return notes.length > 0 && group("related", t("related"), list(notes.map((item) => link(item, state))));
}
