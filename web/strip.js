/** One line above the results: which key does what, and an answer where one is sure. */

import { certainty } from "./certainty.js";
import { unmarked } from "./excerpt.js";
import { html, langOf } from "./html.js";
import { isQuestion } from "./question.js";
import { address, opened } from "./state.js";
import { t } from "./strings.js";

const asking = (state) => address({ ...opened(state, ""), ask: true });

/** Both keys; what Enter does is first. */
function keys(state) {
  const asks = isQuestion(state.q);
  const answer = html`<a href="${asking(state)}"><kbd>${asks ? "↵" : "⇧↵"}</kbd> ${t("forAnswer")}</a>`;
  const results = html`<span><kbd>${asks ? "⇧↵" : "↵"}</kbd> ${t("forResults")}</span>`;
  return asks ? [answer, results] : [results, answer];
}

/** The line while one types, and where nothing is sure. */
export const strip = (state) => state.q && html`<p class="strip">${keys(state)}</p>`;

/** A sure answer in a line; nothing where it is not. */
export function sure(state, given) {
  if (certainty(given) !== "sure" || !given.answerable) return "";
  const [first] = given.citations;
  const text = given.kind === "list" && given.rows.length ? t("listed", given.rows.length)
    : first && unmarked(first.quote).trim();
  if (!text) return "";
  return html`<p class="strip told"><a href="${asking(state)}"><b>${t("answer")}</b>
    <span class="line" lang="${langOf(text)}">${text}</span>${first && given.kind !== "list" && html`<span class="by">${first.title}</span>`}<kbd>⇧↵</kbd></a></p>`;
}
