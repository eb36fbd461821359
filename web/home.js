/** The empty page: what one can ask, what one asked and read before, and what to do first. */

import * as api from "./api.js";
import { $, html, icon, langOf, put } from "./html.js";
import { recentNotes, recents, saved } from "./prefs.js";
import { isQuestion } from "./question.js";
import { EMPTY, address, opened } from "./state.js";
import { language, number, percent, t } from "./strings.js";

const asked = (question) => address({ ...EMPTY, q: question, ask: isQuestion(question) });
// An edit leaves a few passages without a vector for a moment, which nobody need be told.
const MOST_EMBEDDED = 0.9;
let examples = {};

/** What to do next where the notes cannot be asked yet, or not all of them. */
function first(index) {
  if (!index) return "";
  const { state, notes, indexed, passages, embedded, skipped, progress, error, vault } = index;
  if (state === "failed") return html`<section class="first-steps" role="status"><h2>${t("firstFailed")}</h2><p>${error}</p>
    <p><button type="button" class="button" data-do="update">${t("retry")}</button></p></section>`;
  const share = percent(progress?.total ? progress.done / progress.total : 0);
  const meaning = progress?.phase === "embedding" && indexed >= notes && embedded < MOST_EMBEDDED * passages;
  const heading = t(meaning ? "firstEmbedding" : "firstReading", vault);
  if (state === "updating" && notes && (indexed < notes || meaning)) return html`<section class="first-steps"><h2>${heading}</h2>
    <progress max="${progress?.total || 1}" value="${progress?.done ?? 0}" aria-label="${heading}"></progress>
    <p>${meaning ? t("firstByWords", share) : t("firstMeanwhile", number(indexed), share)}</p></section>`;
  if (state === "updating" && !notes) return html`<section class="first-steps" role="status"><h2>${t("firstReading", vault)}</h2><progress aria-label="${t("firstReading", vault)}"></progress></section>`;
  if (!notes) return html`<section class="first-steps"><h2>${t("firstEmpty", vault)}</h2><p>${t(index.watching ? "firstEmptyHint" : "firstEmptyUpdate")}</p></section>`;
  return skipped > 0 && html`<section class="first-steps small"><p>${t("firstSkipped", number(skipped))}
    <button type="button" class="plain" data-do="index">${t("firstSkippedShow")}</button></p></section>`;
}

const questions = (heading, kind, list, after = "") => list.length > 0 && html`<section><h2>${heading}</h2><ul class="${kind}">${list.map((question) => html`
  <li><a href="${asked(question)}" lang="${langOf(question)}">${kind !== "examples" && icon(kind === "saved" ? "star" : "clock")}${question}</a>${kind === "saved" && html`
    <button type="button" class="tool icon-only" data-do="unsave" value="${question}" aria-label="${t("unsave", question)}">${icon("close")}</button>`}</li>`)}</ul>${after}</section>`;

function draw(place, index) {
  const notes = recentNotes().slice(0, 4);
  put(place, html`<h1 class="unseen">${t("boxLabel")}</h1><p class="lead">${t("lead")}</p><div id="first">${first(index)}</div>
    <div class="offers">
      ${questions(t("savedQuestions"), "saved", saved())}
      ${questions(t("tryThese"), "examples", (examples[language()] ?? []).slice(0, 6))}
      ${questions(t("recent"), "recent", recents().slice(0, 4), html`<button type="button" class="plain" data-do="forget">${t("forget")}</button>`)}
      ${notes.length > 0 && html`<section><h2>${t("recentNotes")}</h2><ul class="recent-notes">${notes.map(({ path, title }) => html`
        <li><a href="${address(opened(EMPTY, path))}" lang="${langOf(title)}">${icon("file")}${title}</a></li>`)}</ul></section>`}
    </div>`);
}

/** Takes in how far the index has come. */
export function progressed(place, index) {
  if ($("#first", place)) put($("#first", place), first(index));
}

/** Shows at once what is known and adds the examples when they come. */
export async function home(place, index) {
  draw(place, index);
  const lang = language();
  if (examples[lang]?.length || (index && !index.indexed)) return;
  examples[lang] = await api.examples(lang).catch(() => null);
  if (!place.hidden && lang === language()) draw(place, index);
}
