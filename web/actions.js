/** What each button does. */

import * as api from "./api.js";
import { $ } from "./html.js";
import { dismiss } from "./notice.js";
import { clearRecents, isSaved, switchSaved, switchTheme } from "./prefs.js";
import { t } from "./strings.js";
import { csv, markdown, quotation } from "./takeaway.js";

async function take(text, button, { announce }) {
  const done = await navigator.clipboard.writeText(text).then(() => t("copied"), () => t("copyFailed"));
  announce(done);
  if (!button) return;
  button.dataset.done = done;
  setTimeout(() => delete button.dataset.done, 1500);
}

/** The answer that is shown, with the rows as they stand. */
function answer({ finder }) {
  const { given, listing } = finder?.panel ?? {};
  return given && [given, given.kind === "list" ? listing.rows : given.rows];
}

async function wrong(button, { finder, tell }) {
  button.disabled = true;
  const kept = await api.wrong(finder.state, finder.panel.given).catch((error) => error);
  tell(kept.path ? t("wrongKept", kept.path) : kept.message || t("errorTitle"));
}

function save(button, { finder, announce }) {
  const saved = switchSaved(finder.state.q);
  button.textContent = t(saved ? "saved" : "save");
  button.ariaPressed = String(saved);
  announce(t(saved ? "saved" : "unsaved"));
}

/** Puts a condition of the question into the box, its value selected. */
function change({ value, dataset }, { box, state }) {
  const head = dataset.rest ? `${dataset.rest} ` : "";
  const sign = /^-?[a-z]+:"?(?:[^"=<>!]*[=<>!]+"?)?/.exec(value)?.[0] ?? "";
  box.edit(head + value, head.length + sign.length, head.length + value.replace(/"$/, "").length, state.ask);
}

const ACTIONS = {
  change,
  clear: (_, { box }) => { box.text = ""; box.focus(); },
  language: (_, parts) => parts.switchLanguage(),
  theme: switchTheme,
  help: async () => (await import("./keys.js")).sheet(),
  settings: async (_, parts) => (await import("./settings.js")).sheet(parts),
  index: (_, { index }) => index?.open(),
  close: () => $("#panel").close(),
  dismiss,
  again: (_, { finder }) => { dismiss(); finder.forget(); finder.retry(); },
  update: (_, { index }) => index.act("update"),
  "ask-rebuild": (_, { index }) => index.act("ask-rebuild"),
  rebuild: (_, { index }) => index.act("rebuild"),
  cancel: (_, { index }) => index.act("cancel"),
  more: (_, { finder }) => finder.more(),
  further: (_, { finder }) => finder.further(),
  retry: (_, parts) => parts.retry(),
  stop: (_, { finder }) => finder.panel.stop(),
  quotes: (_, { finder }) => finder.panel.toggleQuotes(),
  copy: (button, parts) => answer(parts) && $("#answer .foot") && take(markdown(...answer(parts)), $("[data-do=copy]"), parts),
  "copy-csv": (button, parts) => take(csv(...answer(parts)), button, parts),
  "copy-quote": (button, parts) => take(quotation(parts.finder.panel.citation(Number(button.value))), button, parts),
  "copy-code": (button, parts) => take(button.parentElement.querySelector("code").textContent, button, parts),
  "copy-path": (button, parts) => take(button.value, button, parts),
  "all-rows": (_, { finder }) => finder.panel.listing.showAll(),
  "open-row": (button, { finder }) => finder.panel.listing.toggle(Number(button.value)),
  save,
  unsave: (button, { home }) => { if (isSaved(button.value)) switchSaved(button.value); home(); },
  wrong,
  forget: (_, { home }) => { clearRecents(); home(); },
  steps: (button, { reader }) => reader.steps(Number(button.value)),
  outline: (_, { reader }) => reader.outline(),
  "in-note": (_, { reader }) => reader.inNote.start(),
  "step-on": (_, { reader }) => reader.inNote.step(1),
  "step-back": (_, { reader }) => reader.inNote.step(-1),
  "leave-note": (_, { reader }) => { reader.inNote.close(); $("[data-do=in-note]")?.focus(); },
  back: (_, parts) => parts.back(),
};

/** Does what a button says, or an action by its name. */
export function act(button, parts) {
  if (typeof button === "string") return ACTIONS[button](null, parts);
  if (button.dataset.sort !== undefined) return parts.finder.panel.sort(button.dataset.sort);
  return ACTIONS[button.dataset.do](button, parts);
}
