/** Search results as markup: passages grouped by note, facets, filter chips. */

import { html, icon, langOf } from "./html.js";
import { address, chips, narrowed, withoutFilters } from "./state.js";
import { named, number, t } from "./strings.js";

const PASSAGES_SHOWN = 2;
const EXCERPT = 240;
const LEAD = 60;

/** Results in the order of their best passages, one group a note. */
export function byNote(results) {
  const groups = new Map();
  for (const hit of results) groups.set(hit.path, [...(groups.get(hit.path) ?? []), hit]);
  return [...groups.values()];
}

/** Markdown's own signs, which a short excerpt reads better without. */
const unmarked = (text) => text
  .replace(/\*\*|__|`+|^#{1,6}\s+|^\s*[*+-]\s+|^>\s?/gm, "")
  .replace(/!?\[\[(?:[^\]|]*\|)?|\]\]/g, "")
  .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
  .replace(/==|~~|:?-{3,}:?/g, "")
  .replace(/\[([ x])\] /g, (_, done) => (done === "x" ? "☑ " : "☐ "))
  .replace(/(?:\s*\|)+\s*/g, " · ")
  .replace(/\s+/g, " ");

/** Segments from shortly before the first match on, cut to a readable length. */
export function excerpt(segments) {
  const parts = segments.map(([text, match]) => [unmarked(text), match]);
  if (parts.length) parts[0][0] = parts[0][0].replace(/^[\s·]+/, "");
  const first = parts.findIndex(([, match]) => match);
  if (first > 0) {
    const before = parts.splice(0, first).map(([text]) => text).join("");
    parts.unshift([before.length > LEAD ? `…${before.slice(-LEAD)}` : before, false]);
  }
  let room = EXCERPT;
  return parts.flatMap(([text, match]) => {
    if (room <= 0) return [];
    const shown = text.length > room ? `${text.slice(0, room)}…` : text;
    room -= text.length;
    return [[shown, match]];
  });
}

const marked = (segments) =>
  segments.map(([text, match]) => (match ? html`<mark>${text}</mark>` : html`${text}`));

export const folderOf = (path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0));

const opened = (state, hit) => address({ ...state, note: hit.path, start: hit.start, end: hit.end });

function signals(hit) {
  const rows = Object.entries(hit.signals ?? {});
  const scale = Math.max(1, ...rows.map(([, value]) => Math.abs(value)));
  return html`<details class="why"><summary>${t("why")}</summary><dl>${rows.map(([name, value]) => html`
    <div><dt>${named("signals", name)}</dt>
    <dd><svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="all" width="100" height="4"/><rect class="part" width="${(100 * Math.abs(value)) / scale}" height="4"/>
    </svg><span>${value.toFixed(2)}</span></dd></div>`)}</dl></details>`;
}

function passage(state, hit) {
  return html`<li><a class="passage" href="${opened(state, hit)}" lang="${langOf(hit.text)}">
    ${hit.heading.length ? html`<span class="trail">${hit.heading.map(unmarked).join(" › ")}</span>` : ""}
    <span class="words">${marked(excerpt(hit.segments ?? [[hit.text, false]]))}</span></a></li>`;
}

function card(state, hits) {
  const [best] = hits;
  const rest = hits.slice(PASSAGES_SHOWN);
  return html`<article class="hit">
    <h2 lang="${langOf(best.title)}"><a href="${opened(state, best)}">${best.title || best.path}</a></h2>
    <p class="meta">${folderOf(best.path) && html`<span class="folder">${icon("folder")}${folderOf(best.path)}</span>`}
      ${best.date && html`<time datetime="${best.date}">${best.date}</time>`}${tagLinks(state, best.tags.slice(0, 5))}</p>
    <ul class="passages">${hits.slice(0, PASSAGES_SHOWN).map((hit) => passage(state, hit))}</ul>
    <div class="unfold">${rest.length > 0 && html`<details class="rest"><summary>${t("morePassages", rest.length)}</summary>
      <ul class="passages">${rest.map((hit) => passage(state, hit))}</ul></details>`}
    ${signals(best)}</div></article>`;
}

export const tagLinks = (state, tags) => tags.length > 0 && html`<span class="tags">${tags.map((tag) =>
  html`<a href="${address(narrowed({ ...state, ask: false }, "tag", tag))}">${tag}</a>`)}</span>`;

/** The whole list, or what to do when there is none. */
export function results(state, found, mayHaveMore, step) {
  if (!found.results.length) return nothing(state);
  const groups = byNote(found.results);
  return html`<p class="count">${t("found", groups.length, found.results.length)}</p>
    <div class="hits">${groups.map((hits) => card(state, hits))}</div>
    ${mayHaveMore && html`<button type="button" class="more" data-do="more">${t("more", step)}</button>`}`;
}

function nothing(state) {
  const filtered = chips(state).length > 0;
  return html`<div class="quiet"><h2>${t("nothing")}</h2>
    <p>${filtered ? t("nothingFiltered") : t("nothingHint")}</p>
    ${filtered && html`<p><a class="button" href="${address(withoutFilters(state))}">${t("unfilter")}</a></p>`}</div>`;
}

/** Counts that narrow when chosen; what is already chosen is left out. */
export function facets(state, counts) {
  const groups = [["tag", "tags", counts.tags], ["folder", "folders", counts.folders], ["year", "years", counts.years]];
  return groups.map(([kind, title, all]) => {
    const open = all.filter(([value]) => !state[title]?.includes(value) && !(kind === "year" && state.after));
    return open.length > 0 && html`<section><h2>${t(title)}</h2><ul>${open.slice(0, 10).map(([value, count]) => html`
      <li><a href="${address(narrowed(state, kind, value))}"><span>${value}</span><span class="n">${number(count)}</span></a></li>`)}
    </ul></section>`;
  });
}

/** The filters in force; each is a link to the same search without it. */
export function activeChips(state) {
  const all = chips(state);
  return all.length > 0 && html`${all.map(({ kind, value, without }) => html`<a class="chip" href="${address(without)}"
    aria-label="${t("remove", `${t(kind)} ${value}`)}"><span class="kind">${t(kind)}</span>${value}${icon("close")}</a>`)}
    ${all.length > 1 && html`<a class="chip all" href="${address(withoutFilters(state))}">${t("clearFilters")}</a>`}`;
}
