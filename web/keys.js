/** The keyboard: what each key does, and the sheet that tells it. */

import { $, $$, html, put } from "./html.js";
import { panelHead } from "./status.js";
import { t } from "./strings.js";

const writing = (node) => node.matches?.("input, textarea, select, [contenteditable]");
const stops = () => $$("#answer .sources .title, #results .jump, #results .hit h2 a").filter((link) => link.checkVisibility());

/** Opens the sheet of keys. */
export function sheet() {
  const dialog = $("#panel");
  dialog.dataset.of = "help";
  put(dialog, html`${panelHead(t("keys"))}
    <dl class="keys">${t("keyRows").map(([keys, does]) => html`<div><dt>${keys.split(" ").map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${does}</dd></div>`)}</dl>
    <h3>${t("operatorTitle")}</h3>
    <dl class="keys">${t("operators").map(([sign, does]) => html`<div><dt><code>${sign}</code></dt><dd>${does}</dd></div>`)}</dl>`);
  if (!dialog.open) dialog.showModal();
}

/** Moves through sources and results; above the first is the box. */
function move(step, box) {
  const links = stops();
  const at = links.indexOf(document.activeElement);
  if (at < 0 && !(box.focused || document.activeElement === document.body)) return false;
  if (!links.length) return false;
  const next = at + step;
  if (next < 0) box.focus();
  else links[Math.min(next, links.length - 1)].focus();
  return true;
}

/** Listens on the page; ``box`` is the search box, ``on`` has ``back``, ``copy``, ``inNote`` and ``hidePeek``. */
export function keyboard(box, on) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if ($("#panel").open) $("#panel").close();
      return box.focus();
    }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || $("#panel").open) return;
    if (pressed(event, box, on)) event.preventDefault();
  });
}

function pressed({ key, target }, box, on) {
  const inText = writing(target);
  if (key === "Escape") return escape(box, on);
  if (key === "ArrowDown" && (box.focused || stops().includes(target))) return move(1, box);
  if (key === "ArrowUp" && stops().includes(target)) return move(-1, box);
  if (inText) return false;
  if (key === "j") return move(1, box);
  if (key === "k") return move(-1, box);
  if (key === "f") return on.inNote();
  const does = { "/": () => box.focus(), "?": sheet, c: on.copy }[key];
  does?.();
  return Boolean(does);
}

function escape(box, on) {
  if (on.hidePeek()) return true;
  if (box.focused) box.leave();
  else on.back();
  return true;
}
