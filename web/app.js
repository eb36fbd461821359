/** Wires the page: the address says what is shown, everything else follows it. */

import { Box } from "./box.js";
import { $, $$, stylesheet } from "./html.js";
import { addRecent, opensIn } from "./prefs.js";
import { address, hasFilters, narrowed, obsidian, opened, read, view } from "./state.js";
import { language, speak, t, wanted } from "./strings.js";

let state = read(location);
let [finder, peek, reader, index, acts] = [null, null, null, null, null];
let shown = "";
let names = null;
await speak(wanted(state.lang));

const announce = (text) => { $("#live").textContent = text; };
const tell = async (...said) => (await import("./notice.js")).notice(...said);
const box = new Box({
  busy: () => finder?.searching,
  // An emptied box keeps what is shown: the next words are about to come.
  type: (q) => (q || hasFilters(state)) && go({ ...opened(state, ""), q, ask: false, about: "" }, history.state?.typed, true),
  enter,
  filter: (kind, value, q) => go({ ...narrowed(state, kind, value), q }),
  cut: (count) => tell(t("tooLong", count)),
  wanted: () => { names ??= named(); },
});

async function enter(q, ask) {
  if (ask) addRecent(q);
  const { follows } = ask ? await import("./thread.js") : {};
  const before = history.state?.asked ?? state;
  go({ ...opened(state, ""), q, ask, sort: "", about: ask ? follows(before, q) : "" }, history.state?.typed);
}

/** Names of tags and properties, fetched when they can be offered first: a vault has many. */
async function named() {
  const api = await import("./api.js");
  const [tags, properties] = await Promise.all([api.tags().catch(() => []), api.properties().catch(() => [])]);
  box.know({ tags, properties });
}

/** What shows results and answers; not fetched before it is wanted, so that the box comes first. */
async function found() {
  const [{ Finder }, { peeking }] = await Promise.all(
    [import("./finder.js"), import("./peek.js"), stylesheet("/found.css")]);
  finder ??= new Finder(announce);
  peek ??= peeking((id) => finder.panel?.citation(id));
  return finder;
}

/** Takes in a new state of the index: what is shown may rest on notes that have changed. */
async function indexTold(now, before) {
  if (!before || now.updated_at === before.updated_at) {
    if (view(state) !== "home") return;
    if (before?.state !== now.state) return home();
    return (await import("./home.js")).progressed($("#home"), now);
  }
  finder?.forget();
  names = null;
  reader?.elsewhere();
  if (before.state === "updating" && now.state === "idle" && $("#results .fault")) finder?.retry();
  if (view(state) === "home") return home();
  if (view(state) === "reader") {
    const what = await reader?.refresh();
    if (what) tell(t(what === "gone" ? "noteGone" : "noteChanged"));
  } else if (state.ask && finder) {
    const changed = await finder.changed();
    if (changed.length) tell(t("answerChanged", changed), ["again", t("askAgain")]);
  }
}

/** Shows another state and puts it into the address; what was only typed is replaced by what follows. */
function go(next, replace = false, typed = false) {
  const focus = document.activeElement?.getAttribute?.("href");
  const asked = state.ask && view(state) === "found" ? state : history.state?.asked;
  history.replaceState({ ...history.state, scroll: scrollY, focus }, "");
  const there = address(next);
  const stays = replace || there === location.pathname + location.search + location.hash;
  const depth = (history.state?.depth ?? 0) + (stays ? 0 : 1);
  history[stays ? "replaceState" : "pushState"]({ depth, typed, asked }, "", there);
  return show(next, 0);
}

async function show(next, scroll) {
  const [before, now] = [shown, view(next)];
  const left = state;
  [state, shown] = [next, now];
  peek?.hide();
  if ($("#notice").childElementCount && address(left) !== address(next)) $("#notice").replaceChildren();
  if (!box.focused || next.ask || next.note) box.text = next.q;
  await turn(before, now);
  if (state !== next) return;
  if (now === "home") await home();
  if (now === "found") {
    await found();
    if (state !== next) return;
    const drawn = finder.show(next, Boolean(history.state?.typed));
    if (before !== now || scroll) scrollTo(0, scroll);
    await drawn;
    if (state !== next) return;
    if (scroll) scrollTo(0, scroll);
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
  (await import("./home.js")).home($("#home"), index?.state);
}

async function openNote(next) {
  reader ??= new (await import("./reader.js")).Reader($("#reader"), announce);
  if (state !== next) return;
  const title = await reader.open(next);
  if (title && state === next) document.title = `${title} · Wengu`;
}

/** From a note to what was there before it. */
function back() {
  if (view(state) === "home") return;
  if (history.state?.depth) history.back();
  else go(view(state) === "reader" ? opened(state, "") : { ...read({ search: "", hash: "" }), lang: state.lang });
}

/** To what was there before, with the focus where it was. */
async function returned(event) {
  const { scroll = 0, focus = "" } = event.state ?? {};
  await show(read(location), scroll);
  if (!focus || box.focused || view(state) === "reader") return;
  const link = $$("main a[href]").find((one) => one.getAttribute("href") === focus && one.checkVisibility());
  link?.focus({ preventScroll: true });
}

async function switchLanguage() {
  await speak(language() === "zh" ? "en" : "zh", true);
  languageButton();
  box.told();
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

/** What the actions work on; each is there once it is wanted. */
const parts = {
  announce, tell, back, home, go, switchLanguage, box,
  get state() { return state; },
  get finder() { return finder; },
  get reader() { return reader; },
  get index() { return index; },
  retry: () => (view(state) === "found" ? finder.retry() : show(state, 0)),
};

document.addEventListener("pointerover", async () => { acts ??= await import("./actions.js"); }, { once: true });
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do], [data-sort]");
  if (button) {
    acts ??= await import("./actions.js");
    return acts.act(button, parts);
  }
  const link = event.target.closest("a[href^='/']");
  // A link marked so asks the server for the page anew, under other rules of what it may load.
  if (!link || link.pathname !== "/" || "anew" in link.dataset || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const next = read(link);
  if (next.note && opensIn() === "obsidian" && index?.state) return location.assign(obsidian(index.state.vault, next.note));
  go({ ...next, lang: next.lang || state.lang });
});
document.addEventListener("input", (event) => {
  if (event.target.dataset.input === "rows") finder.panel.listing.filter(event.target.value);
});

$("#panel").addEventListener("click", (event) => { if (event.target === event.currentTarget) event.currentTarget.close(); });
addEventListener("popstate", returned);
history.scrollRestoration = "manual";

/** What the first look does not need. */
async function rest() {
  const [{ keyboard }, { IndexStatus }] = await Promise.all([import("./keys.js"), import("./status.js")]);
  keyboard(box, {
    back, copy: async () => (acts ??= await import("./actions.js")).act("copy", parts), inNote: () => view(state) === "reader" && (reader?.inNote.start(), true),
    hidePeek: () => peek?.open && (peek.hide(), true),
  });
  index = new IndexStatus(indexTold);
}

languageButton();
if (view(state) === "home" && !box.focused) box.focus();
const first = show(state, history.state?.scroll ?? 0);
box.wake();
await Promise.all([first, rest()]);
