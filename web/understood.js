/** How a question was understood: what it is about, and conditions that can be taken away again. */

import { html, icon } from "./html.js";
import { address, opened } from "./state.js";
import { named, t } from "./strings.js";

const SIGNS = { "!=": "≠", ">=": "≥", "<=": "≤" };

const spaced = (text) => text.replace(/\s{2,}/g, " ").replace(/^[\s,，、的]+|\s+$/g, "");

/** The question without one of its conditions, or nothing where its words do not show. */
function without({ q }, { source }) {
  const at = source ? q.indexOf(source) : -1;
  return at < 0 ? "" : spaced(`${q.slice(0, at)} ${q.slice(at + source.length)}`);
}

function value({ kind, value: text, state, from, to, op }) {
  if (kind === "date") return from === to ? from : [from ?? "…", to ?? "…"].join(" – ");
  if (kind === "task") return named("taskStates", state);
  const sign = op && op !== "=" ? `${named("ops", SIGNS[op] ?? op)} ` : "";
  return `${sign}${text ?? ""}`;
}

/** What filters of the page's own say already is not said again. */
const known = (state, { kind, value: text }) =>
  (kind === "tag" && state.tags.includes(text)) || (kind === "folder" && state.folders.includes(text));

function chip(state, condition) {
  const label = condition.key ?? named("conditions", condition.kind);
  const text = `${condition.not ? `${t("not")} ` : ""}${value(condition)}`;
  const rest = without(state, condition);
  const count = Number.isInteger(condition.matched) && html` <span class="n">${condition.matched}</span>`;
  const inside = html`<span class="kind">${label}</span>${text}${count}`;
  if (!rest) return html`<span class="chip still">${inside}</span>`;
  return html`<a class="chip" href="${address({ ...opened(state, ""), q: rest })}" aria-label="${t("remove", `${label} ${text}`)}">${inside}${icon("close")}</a>`;
}

/** Chips, or nothing where there is nothing to say. */
export function understood(state, given) {
  const conditions = (given?.conditions ?? []).filter((condition) => !known(state, condition));
  if (!conditions.length) return "";
  return html`<p class="understood"><span>${t("understood")}</span>${given.text && html`<span class="about">${given.text}</span>`}
    ${conditions.map((condition) => chip(state, condition))}</p>`;
}
