/** One line at the window's edge about something that has happened, with what one can do about it. */

import { $, html, icon, put } from "./html.js";
import { t } from "./strings.js";

/** Shows it in place of what stood there; ``action`` is a ``data-do`` and its label, or nothing. */
export function notice(text, action = null) {
  put($("#notice"), html`<p>${text}</p>${action && html`<button type="button" class="button" data-do="${action[0]}">${action[1]}</button>`}
    <button type="button" class="tool icon-only" data-do="dismiss" aria-label="${t("close")}">${icon("close")}</button>`);
}

export const dismiss = () => put($("#notice"), "");
