/** How a question was understood: what it is about, and conditions that can be changed or taken away. */

import { html, icon } from "./html.js";
import { address, hasFilters, opened } from "./state.js";
import { named, number, t } from "./strings.js";

const SIGNS = { "!=": "≠", ">=": "≥", "<=": "≤" };

function value({ kind, value: text, state, from, to, op }) {
  const days = from === to ? from : [from ?? "…", to ?? "…"].join(" – ");
  if (kind === "date") return days;
  if (kind === "task") return [named("taskStates", state), days && `📅 ${days}`].filter(Boolean).join(" ");
  const sign = op && op !== "=" ? `${named("ops", SIGNS[op] ?? op)} ` : "";
  return `${sign}${text ?? ""}`;
}

/** What filters of the page's own say already is not said again. */
const known = (state, { kind, value: text }) =>
  (kind === "tag" && state.tags.includes(text)) || (kind === "folder" && state.folders.includes(text));

/** A condition that can be changed in the box, where it stands last, and taken away. */
function chip(state, condition) {
  const label = condition.key ?? named("conditions", condition.kind);
  const text = `${condition.not ? `${t("not")} ` : ""}${value(condition)}`;
  const rest = condition.without;
  const count = Number.isInteger(condition.matched) && html` <span class="n">${number(condition.matched)}${condition.nearest && ` ≈ ${condition.nearest.join(", ")}`}</span>`;
  return html`<span class="chip two"><button type="button" data-do="change" value="${condition.typed}" data-rest="${rest}" aria-label="${t("change", `${label} ${text}`)}" title="${t("changeHint")}"><span class="kind">${label}</span> ${text}${count}</button>${
    (rest || hasFilters(state)) && html`<a href="${address({ ...opened(state, ""), q: rest })}" aria-label="${t("remove", `${label} ${text}`)}">${icon("close")}</a>`}</span>`;
}

/** Chips, or nothing where there is nothing to say. */
export function understood(state, given) {
  const conditions = (given?.conditions ?? []).filter((condition) => !known(state, condition));
  if (!conditions.length) return "";
  return html`<p class="understood"><span>${t("understood")}</span>${given.text && html`<span class="about">${given.text}</span>`}
    ${conditions.map((condition) => chip(state, condition))}</p>`;
}
