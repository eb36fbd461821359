/** A note's headings: a list beside the note that follows the reading, and a sheet where it is narrow. */

import { $, $$, html, put } from "./html.js";
import { panelHead } from "./status.js";
import { t } from "./strings.js";

/** Fewer headings than this are seen without a list. */
const FEWEST = 2;
// The heading that is read is the last one above this share of the window.
const LINE = 0.3;

function list(headings) {
  const top = Math.min(...headings.map(({ level }) => level));
  return html`<ol>${headings.map(({ level, title, id }) =>
    html`<li class="level-${Math.min(level - top, 3)}"><a href="#${id}">${title}</a></li>`)}</ol>`;
}

/** The list; empty where there is too little to list. */
export const outline = ({ outline: headings }) => headings.length >= FEWEST
  && html`<section class="outline" aria-labelledby="outline"><h2 id="outline">${t("outline")}</h2>${list(headings)}</section>`;

/** What opens the sheet. */
export const opener = ({ outline: headings }) => headings.length >= FEWEST
  && html`<button type="button" class="button to-outline" data-do="outline" aria-haspopup="dialog">${t("outline")}</button>`;

/** The heading that is read now, or nothing above the first. */
function current(body, headings) {
  return headings.findLast(({ id }) => {
    const heading = body.querySelector(`#${CSS.escape(id)}`);
    return heading && heading.getBoundingClientRect().top < innerHeight * LINE;
  });
}

function tell(list, body, headings) {
  const now = current(body, headings);
  for (const link of $$("a", list)) {
    const here = link.getAttribute("href") === `#${now?.id}`;
    if (here === (link.ariaCurrent === "true")) continue;
    link.ariaCurrent = here ? "true" : null;
    if (here) within(link, list.closest(".stays"));
  }
}

/** Scrolls a frame, and nothing else, so that a link in it can be seen. */
function within(link, frame) {
  if (!frame) return;
  const [own, all] = [link.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (own.top < all.top) frame.scrollTop -= all.top - own.top;
  if (own.bottom > all.bottom) frame.scrollTop += own.bottom - all.bottom;
}

/** Keeps the list in ``place`` at the heading that is read, until the note is drawn anew. */
export function follow(place, headings) {
  const [list, body] = [$(".outline", place), $(".body", place)];
  if (!list) return;
  const done = new AbortController();
  let asked = 0;
  addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(() => (body.isConnected ? tell(list, body, headings) : done.abort()));
  }, { passive: true, signal: done.signal });
  tell(list, body, headings);
}

/** Opens the sheet; choosing a heading closes it and goes there. */
export function sheet(place, headings) {
  const dialog = $("#panel");
  dialog.dataset.of = "outline";
  put(dialog, html`${panelHead(t("outline"))}<div class="outline">${list(headings)}</div>`);
  tell($(".outline", dialog), $(".body", place), headings);
  $(".outline", dialog).onclick = ({ target }) => target.closest("a") && dialog.close();
  if (!dialog.open) dialog.showModal();
  $("[aria-current]", dialog)?.focus();
}
