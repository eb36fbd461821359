/** The notes that an answer quotes: where in them, and what the answer does not say itself. */

import { unmarked } from "./excerpt.js";
import { html, icon, langOf } from "./html.js";
import { trail } from "./results.js";
import { t } from "./strings.js";

const SHOWN = 5;

/** ``draw.cite(id)`` draws a citation, ``draw.href(citation)`` is where it stands; ``text`` is what
 * the answer says. */
export function sources(citations, text, draw) {
  const notes = Map.groupBy(citations, ({ path }) => path);
  const items = [...notes.values()].map((those) => source(those, text, draw));
  const rest = items.length - SHOWN;
  return html`<section class="sources" aria-labelledby="sources"><h3 id="sources">${t("sources")}</h3>
    <ul>${rest < 3 ? items : items.slice(0, SHOWN)}</ul>
    ${rest >= 3 && html`<details><summary>${t("showMore", rest)}</summary><ul>${items.slice(SHOWN)}</ul></details>`}</section>`;
}

function source(citations, text, draw) {
  const { title } = citations[0];
  const said = citations.filter(({ quote }) => text.includes(quote));
  const unsaid = citations.filter((citation) => !said.includes(citation));
  const places = [...Map.groupBy(said, trail)];
  return html`<li><a class="title" href="${draw.href(citations[0])}" lang="${langOf(title)}">${title}</a>
    ${places.map(([over, those]) => html`<span class="where">${those.map(({ id }) => html`${draw.cite(id)}${copy(id)}`)} ${over && html`<span class="trail" lang="${langOf(over)}">${over}</span>`}</span>`)}
    ${unsaid.map(({ id, quote }) => html`<p class="where">${draw.cite(id)} <q lang="${langOf(quote)}">${unmarked(quote).trim()}</q>${copy(id)}</p>`)}</li>`;
}

const copy = (id) => html`<button type="button" class="copy-quote" data-do="copy-quote" value="${id}" aria-label="${t("copyQuote", id)}" title="${t("copyQuote", id)}">${icon("copy")}</button>`;
