/** Wires the page: the address says what is shown, everything else follows it. */

import { Box } from "./box.js";
import { $, $$, stylesheet } from "./html.js";
import { addRecent, clearRecents, switchTheme } from "./prefs.js";
import { address, hasFilters, narrowed, read, view } from "./state.js";
import { language, speak, t, wanted } from "./strings.js";

let state = read(location);
let [finder, peek, reader, index] = [null, null, null, null];
let shown = "";
await speak(wanted(state.lang));

const announce = (text) => { $("#live").textContent = text; };
const box = new Box({
  busy: () => finder?.searching,
  // An emptied box keeps what is shown: the next words are about to come.
  type: (q) => (q || hasFilters(state)) && go({ ...state, q, ask: false, note: "" }, history.state?.typed, true),
  ask: (q) => { addRecent(q); go({ ...state, q, ask: true, note: "" }, history.state?.typed); },
  filter: (kind, value, q) => go({ ...narrowed(state, kind, value), q }),
});

/** What shows results and answers; not fetched before it is wanted, so that the box comes first. */
async function found() {
  const [{ Finder }, { peeking }] = await Promise.all(
    [import("./finder.js"), import("./peek.js"), stylesheet("/found.css"), stylesheet("/answer.css")]);
  finder ??= new Finder(announce);
  peek ??= peeking((id) => finder.panel?.citation(id));
  return finder;
}

function indexTold(now, before) {
  if (before && now.updated_at !== before.updated_at) finder?.forget();
  if (before?.state === "updating" && now.state === "idle" && $(".fault")) finder?.retry();
}

/** Shows another state and puts it into the address; what was only typed is replaced by what follows. */
function go(next, replace = false, typed = false) {
  history.replaceState({ ...history.state, scroll: scrollY }, "");
  const there = address(next);
  const stays = replace || there === location.pathname + location.search + location.hash;
  const depth = (history.state?.depth ?? 0) + (stays ? 0 : 1);
  history[stays ? "replaceState" : "pushState"]({ depth, typed }, "", there);
  return show(next, 0);
}

async function show(next, scroll) {
  const [before, now] = [shown, view(next)];
  [state, shown] = [next, now];
  peek?.hide();
  if (!box.focused || next.ask || next.note) box.text = next.q;
  await turn(before, now);
  if (state !== next) return;
  if (now === "home") await home();
  if (now === "found") {
    await found();
    if (state !== next) return;
    const drawn = finder.show(next);
    if (before !== now || scroll) scrollTo(0, scroll);
    await drawn;
    if (state !== next) return;
    box.known.folders = finder.folders;
  }
  document.title = next.q ? `${next.q} · Wengu` : "Wengu";
  if (now === "reader") await openNote(next);
}

/** Changes the view; the box glides to its new place where the browser can do that. */
async function turn(before, now) {
  const change = () => {
    document.documentElement.dataset.view = shown;
    for (const section of $$("main > section")) section.hidden = section.id !== shown;
  };
  const glide = before === "home" && now === "found" && document.startViewTransition
    && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!glide) return change();
  const transition = document.startViewTransition(change);
  transition.ready.catch(() => { /* skipped, because the page went on */ });
  await transition.updateCallbackDone;
}

async function home() {
  (await import("./home.js")).home($("#home"));
}

async function openNote(next) {
  reader ??= new (await import("./reader.js")).Reader($("#reader"), announce);
  if (state !== next) return;
  const quote = finder?.panel?.given?.citations
    .find(({ path, start, end }) => path === next.note && start === next.start && end === next.end)?.quote;
  const title = await reader.open(next, quote);
  if (title && state === next) document.title = `${title} · Wengu`;
}

/** From a note to what was there before it. */
function back() {
  if (view(state) !== "reader") return;
  if (history.state?.depth) history.back();
  else go({ ...state, note: "" });
}

async function take(text, button) {
  const done = await navigator.clipboard.writeText(text).then(() => t("copied"), () => t("copyFailed"));
  announce(done);
  if (!button) return;
  button.dataset.done = done;
  setTimeout(() => delete button.dataset.done, 1500);
}

async function copyAnswer() {
  if (!finder?.panel?.given || view(state) !== "found") return;
  const { markdown } = await import("./takeaway.js");
  take(markdown(finder.panel.given), $("[data-do=copy]"));
}

async function switchLanguage() {
  await speak(language() === "zh" ? "en" : "zh", true);
  languageButton();
  state = { ...state, lang: state.lang && language() };
  history.replaceState(history.state, "", address(state));
  index?.brief();
  finder?.redraw();
  if (view(state) !== "found") show(state, scrollY);
}

function languageButton() {
  const button = $("#language");
  button.textContent = t("otherLanguage");
  button.lang = language() === "zh" ? "en" : "zh-Hans";
  button.setAttribute("aria-label", t("otherLanguageLabel"));
}

const ACTIONS = {
  clear: () => { box.text = ""; box.focus(); },
  language: switchLanguage,
  theme: switchTheme,
  help: async () => (await import("./keys.js")).sheet(),
  index: () => index?.open(),
  close: () => $("#panel").close(),
  update: () => index.act("update"),
  "ask-rebuild": () => index.act("ask-rebuild"),
  rebuild: () => index.act("rebuild"),
  cancel: () => index.act("cancel"),
  more: () => finder.more(),
  retry: () => (view(state) === "found" ? finder.retry() : show(state, 0)),
  stop: () => finder.panel.stop(),
  quotes: () => finder.panel.toggleQuotes(),
  copy: copyAnswer,
  "copy-code": (button) => take(button.parentElement.querySelector("code").textContent, button),
  "copy-path": (button) => take(button.value, button),
  forget: () => { clearRecents(); home(); },
  steps: (button) => reader.steps(Number(button.value)),
  back,
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do], [data-sort]");
  if (button?.dataset.sort) return finder.panel.sort(button.dataset.sort);
  if (button) return ACTIONS[button.dataset.do](button);
  const link = event.target.closest("a[href^='/']");
  // A link marked so asks the server for the page anew, under other rules of what it may load.
  if (!link || link.pathname !== "/" || "anew" in link.dataset || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const next = read(link);
  go({ ...next, lang: next.lang || state.lang });
});

$("#panel").addEventListener("click", (event) => { if (event.target === event.currentTarget) event.currentTarget.close(); });
addEventListener("popstate", (event) => show(read(location), event.state?.scroll ?? 0));
history.scrollRestoration = "manual";

/** What the first look does not need. */
async function rest() {
  const [{ keyboard }, { IndexStatus }, api] = await Promise.all(
    [import("./keys.js"), import("./status.js"), import("./api.js"), found()]);
  keyboard(box, { back, copy: copyAnswer, hidePeek: () => peek.open && (peek.hide(), true) });
  index = new IndexStatus(indexTold);
  box.known.tags = await api.tags().catch(() => []);
}

languageButton();
if (view(state) === "home" && !box.focused) box.focus();
const first = show(state, history.state?.scroll ?? 0);
box.wake();
await Promise.all([first, rest()]);
