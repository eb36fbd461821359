/** Shows the passage behind a citation while it is pointed at or focused. */

import { unmarked } from "./excerpt.js";
import { $, html, langOf, put } from "./html.js";
import { trail } from "./results.js";

const LINGER_MS = 160;
const GAP = 8;

/** Listens on the page; ``lookup(id)`` gives the citation or nothing. */
export function peeking(lookup) {
  const box = $("#peek");
  let anchor = null;
  let timer = 0;

  function hide() {
    if (anchor) box.hidePopover();
    anchor?.removeAttribute("aria-describedby");
    anchor = null;
  }

  function show(link) {
    clearTimeout(timer);
    const citation = lookup(Number(link.dataset.cite));
    if (!citation || link === anchor) return;
    hide();
    anchor = link;
    put(box, html`<strong lang="${langOf(citation.title)}">${citation.title}</strong>
      ${trail(citation) && html`<span class="trail">${trail(citation)}</span>`}
      <q lang="${langOf(citation.quote)}">${unmarked(citation.quote).trim()}</q>`);
    box.showPopover();
    link.setAttribute("aria-describedby", "peek");
    stand(box, link.getBoundingClientRect());
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(hide, LINGER_MS); };
  const link = (event) => event.target.closest?.("a[data-cite]");

  document.addEventListener("pointerover", (event) => {
    if (link(event)) show(link(event));
    else if (event.target.closest?.("#peek")) clearTimeout(timer);
    else if (anchor && anchor !== document.activeElement) later();
  });
  document.addEventListener("focusin", (event) => (link(event) ? show(link(event)) : hide()));
  document.addEventListener("scroll", hide, { passive: true });
  return { hide, get open() { return Boolean(anchor); } };
}

/** Below the link where there is room, else above; never past the window's edge. */
function stand(box, link) {
  const size = box.getBoundingClientRect();
  const left = Math.min(Math.max(link.left - 24, GAP), innerWidth - size.width - GAP);
  const below = link.bottom + GAP + size.height < innerHeight;
  box.style.setProperty("--left", `${left}px`);
  box.style.setProperty("--top", `${below ? link.bottom + GAP : link.top - GAP - size.height}px`);
}
