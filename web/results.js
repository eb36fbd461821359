/** Search results as markup: passages grouped by note, facets, filter chips. */

import { excerpt, properties, unmarked } from "./excerpt.js";
import { html, icon, langOf } from "./html.js";
import { address, chips, narrowed, opened, quoted, withoutFilters } from "./state.js";
import { named, number, t } from "./strings.js";

const PASSAGES_SHOWN = 2;
const SAID = 5;

/** Results in the order of their best passages, one group a note. */
export function byNote(results) {
  const groups = new Map();
  for (const hit of results) groups.set(hit.path, [...(groups.get(hit.path) ?? []), hit]);
  return [...groups.values()];
}

export const marked = (segments) =>
  segments.map(([text, match]) => (match ? html`<mark>${text}</mark>` : html`${text}`));

export const folderOf = (path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0));

const WORDS = 6;

/** Where a hit stands: the link carries its passage and the words that matched. */
function place(state, { path, text, start, end, segments }) {
  const words = [...new Set(segments.filter(([, match]) => match).map(([word]) => word.trim().toLowerCase()))].filter(Boolean);
  return address(quoted(state, { path, start, end }, text, words.slice(0, WORDS)));
}

function signals(hit) {
  const rows = Object.entries(hit.signals ?? {});
  const scale = Math.max(1, ...rows.map(([, value]) => Math.abs(value)));
  return html`<details class="why"><summary>${t("why")}</summary><dl>${rows.map(([name, value]) => html`
    <div><dt>${named("signals", name)}</dt>
    <dd><svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="all" width="100" height="4"/><rect class="part" width="${(100 * Math.abs(value)) / scale}" height="4"/>
    </svg><span>${value.toFixed(2)}</span></dd></div>`)}</dl></details>`;
}

/** The headings over a passage, without the one that only says the note's title again. */
export function trail({ heading, title }) {
  const names = heading.map(unmarked);
  return names.slice(names[0] === title ? 1 : 0).join(" › ");
}

function passage(state, hit) {
  const over = trail(hit);
  return html`<li><a class="passage" href="${place(state, hit)}" lang="${langOf(hit.text)}">
    ${over && html`<span class="trail" lang="${langOf(over)}">${over}</span>`}
    <span class="words">${marked(excerpt(hit.segments))}</span></a></li>`;
}

/** What a note's frontmatter says, in a line; title, date and tags stand over it already. */
function line({ segments, title, date, tags }) {
  const said = properties(segments).filter(([, value]) => {
    const text = value.map(([part]) => part).join("");
    const matched = value.some(([, match]) => match);
    return text !== title && text !== date && (matched || !text.split(", ").every((one) => tags.includes(one)));
  });
  return said.length > 0 && html`<p class="said">${said.slice(0, SAID).map(([key, value]) =>
    html`<span lang="${langOf(key)}"><span class="key">${key}</span> ${marked(value)}</span>`)}</p>`;
}

function card(state, all) {
  const [best] = all;
  const hits = all.filter(({ kind }) => kind !== "properties");
  const rest = hits.slice(PASSAGES_SHOWN);
  return html`<article class="hit">
    <h2 lang="${langOf(best.title)}"><a href="${hits[0] ? place(state, hits[0]) : address(opened(state, best.path))}">${best.title || best.path}</a></h2>
    <p class="meta">${folderOf(best.path) && html`<span class="folder">${icon("folder")}${folderOf(best.path)}</span>`}
      ${best.date && html`<time datetime="${best.date}">${best.date}</time>`}${tagLinks(state, best.tags.slice(0, 5))}</p>
    ${all.filter((hit) => !hits.includes(hit)).map(line)}
    ${hits.length > 0 && html`<ul class="passages">${hits.slice(0, PASSAGES_SHOWN).map((hit) => passage(state, hit))}</ul>`}
    <div class="unfold">${rest.length > 0 && html`<details class="rest"><summary>${t("morePassages", rest.length)}</summary>
      <ul class="passages">${rest.map((hit) => passage(state, hit))}</ul></details>`}
    ${signals(best)}</div></article>`;
}

export const tagLinks = (state, tags) => tags.length > 0 && html`<span class="tags">${tags.map((tag) =>
  html`<a href="${address(narrowed({ ...state, ask: false }, "tag", tag))}">${tag}</a>`)}</span>`;

/** Newest or oldest first; what has no date stays last, in its order. */
function sorted(groups, order) {
  if (!order) return groups;
  const dated = groups.filter(([{ date }]) => date).sort(([a], [b]) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return [...(order === "newest" ? dated.reverse() : dated), ...groups.filter(([{ date }]) => !date)];
}

const orders = (state) => html`<span class="orders" role="group" aria-label="${t("sortBy")}">${["", "newest", "oldest"].map((sort) => html`
  <a href="${address({ ...state, sort })}" ${state.sort === sort && html`aria-current="true"`}>${named("orders", sort || "relevance")}</a>`)}</span>`;

/** The whole list, or what to do when there is none. ``step`` more can be had; ``hasNames`` says
 * that names above it match; notes that do not count as found only show ``further`` on. */
export function results(state, found, { step, hasNames, further }) {
  if (!found.results.length) return hasNames ? "" : nothing(state);
  const all = sorted(byNote(found.results), state.sort);
  const counted = state.q && found.total && !further ? found.total : all.length;
  const groups = all.slice(0, counted);
  const passages = groups.flat().length;
  const worded = hasNames || !state.q || found.results.some((hit) => hit.segments.some(([, match]) => match));
  return html`<div class="count"><p>${t("found", groups.length, passages, found.total)}${!worded && html` · ${t("wordless")}`}</p>${groups.length > 1 && state.q && orders(state)}</div>
    <div class="hits">${groups.map((hits) => card(state, hits))}</div>
    ${groups.length < all.length ? html`<button type="button" class="more" data-do="further">${t("further")}</button>`
    : step > 0 && html`<button type="button" class="more" data-do="more">${t("more", step)}</button>`}`;
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
