/** The empty page: what one can ask, what one asked before. */

import * as api from "./api.js";
import { html, icon, langOf, put } from "./html.js";
import { recents } from "./prefs.js";
import { EMPTY, address } from "./state.js";
import { t } from "./strings.js";

const asked = (question) => address({ ...EMPTY, q: question, ask: true });
let examples = null;

function draw(place) {
  const past = recents().slice(0, 4);
  put(place, html`<h1 class="unseen">${t("boxLabel")}</h1><p class="lead">${t("lead")}</p>
    <div class="offers">
      ${examples?.length > 0 && html`<section><h2>${t("tryThese")}</h2><ul class="examples">${examples.slice(0, 6).map((question) => html`
        <li><a href="${asked(question)}" lang="${langOf(question)}">${question}</a></li>`)}</ul></section>`}
      ${past.length > 0 && html`<section><h2>${t("recent")}</h2><ul class="recent">${past.map((question) => html`
        <li><a href="${asked(question)}" lang="${langOf(question)}">${icon("clock")}${question}</a></li>`)}</ul>
        <button type="button" class="plain" data-do="forget">${t("forget")}</button></section>`}
    </div>`);
}

/** Shows at once what is known and adds the examples when they come. */
export async function home(place) {
  draw(place);
  if (examples?.length) return;
  examples = await api.examples().catch(() => null);
  draw(place);
}
