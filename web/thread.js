/** A question after a question: what stays visible of the one before, and how both were read. */

import { html, icon, langOf } from "./html.js";
import { pointsBack } from "./question.js";
import { address, opened } from "./state.js";
import { t } from "./strings.js";

/** What a new question is about: the question before it where it leaves its subject out, else nothing. */
export function follows(before, question) {
  const spoken = before.ask && before.q && before.q !== question;
  return spoken && pointsBack(question) ? before.about || before.q : "";
}

/** The line above an answer that leads back to the question before, or lets go of it. */
export function about(state) {
  if (!state.about) return "";
  const alone = { ...opened(state, ""), about: "" };
  return html`<p class="thread">${t("about")} <a href="${address({ ...alone, q: state.about, ask: true })}" lang="${langOf(state.about)}">${state.about}</a>
    <a class="plain" href="${address(alone)}" aria-label="${t("askAlone")}" title="${t("askAlone")}">${icon("close")}</a></p>`;
}

/** How a question was read that leaves its subject out. */
export const readAs = (state) =>
  state.about && html`<p class="read-as">${t("readAs")} <q lang="${langOf(state.q)}">${state.about} ${state.q}</q></p>`;
