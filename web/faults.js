/** What went wrong, in the interface's words, with what one can do. */

import { html } from "./html.js";
import { named, t } from "./strings.js";

/** A failure where the content would stand; ``away`` offers the way back, ``mended`` another query. */
export function fault(error, away = false, mended = null) {
  const known = named("errors", error.code);
  const text = known === error.code ? error.message : known;
  return html`<div class="quiet fault" role="alert"><h2>${t(error.code === "not_found" ? "goneTitle" : "errorTitle")}</h2>
    <p>${text}</p>
    ${mended && html`<p>${t("mended")} <a href="${mended.href}">${mended.text}</a></p>`}
    <p class="row">${error.code !== "not_found" && html`<button type="button" class="button" data-do="retry">${t("retry")}</button>`}
    ${away && html`<button type="button" class="plain" data-do="back">${t("back")}</button>`}</p></div>`;
}
