/** The index's state: a quiet word in the bar, and a panel with progress, buttons and remarks. */

import * as api from "./api.js";
import { $, html, put } from "./html.js";
import { ago, bytes, named, number, percent, t } from "./strings.js";

export class IndexStatus {
  /** The last state the server told, or null. */
  state = null;
  #dialog = $("#panel");
  #asking = false;
  #stop = null;
  #changed;

  /** ``changed(state, before)`` is called with each new state. */
  constructor(changed) {
    this.#changed = changed;
    // One connection a visible page: browsers allow few to one host.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#sleep() : this.#watch()));
    if (!document.hidden) this.#watch();
  }

  #watch() {
    this.#stop ??= api.watchIndex((state) => this.#take(state), () => this.#take(this.state && { ...this.state, state: "offline" }));
  }

  #sleep() {
    this.#stop?.();
    this.#stop = null;
  }

  #take(state) {
    if (!state) return;
    const before = this.state;
    this.state = state;
    this.brief();
    if (this.#isOpen()) this.#redraw(before?.state !== state.state || before.updated_at !== state.updated_at);
    this.#changed(state, before);
  }

  /** Draws the word in the bar. */
  brief() {
    if (!this.state) return;
    const { state, indexed, progress } = this.state;
    $("button.status").dataset.state = state;
    $("#index-brief").textContent = state === "updating" ? t("updating", share(progress))
      : state === "idle" ? t("notesBrief", indexed) : t(state);
  }

  #isOpen() { return this.#dialog.open && this.#dialog.dataset.of === "index"; }

  open() {
    if (!this.state) return;
    this.#asking = false;
    this.#dialog.dataset.of = "index";
    this.#redraw(true);
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #redraw(whole) {
    if (whole) put(this.#dialog, panel(this.state, this.#asking));
    put($("#index-progress"), progress(this.state));
  }

  /** Asks before a rebuild; an update starts at once. */
  async act(what) {
    this.#asking = what === "ask-rebuild";
    if (what === "update" || what === "rebuild") {
      put($("#index-progress"), begun());
      await api.update(what === "rebuild").catch((error) => this.#fail(error));
      return;
    }
    this.#redraw(true);
    $(this.#asking ? "[data-do=cancel]" : "[data-do=ask-rebuild]", this.#dialog)?.focus();
  }

  #fail(error) {
    put($("#index-progress"), html`<p class="fault" role="alert">${named("errors", error.code) === error.code ? error.message : named("errors", error.code)}</p>`);
  }
}

const share = (progress) => (progress?.total ? percent(progress.done / progress.total) : "");

function remaining(seconds) {
  if (seconds === null || seconds === undefined) return "";
  return t("left", seconds < 90 ? t("seconds", Math.ceil(seconds)) : t("minutes", Math.ceil(seconds / 60)));
}

function progress({ state, progress: now, error }) {
  if (state === "failed") return html`<p class="fault" role="alert">${error}</p>`;
  if (state !== "updating" || !now) return "";
  return html`<p class="phase"><span>${named("phases", now.phase)}</span><span>${number(now.done)} / ${number(now.total)}</span></p>
    <progress max="${now.total || 1}" value="${now.done}" aria-label="${named("phases", now.phase)}"></progress>
    <p class="phase faint"><span>${now.rate > 0 && t("rate", number(Math.round(now.rate)))}</span><span>${remaining(now.seconds_left)}</span></p>`;
}

/** Until the server tells how far it has come; a short update ends before it does. */
const begun = () => html`<progress aria-label="${t("updating", "").trim()}"></progress>`;

function facts(index) {
  const coverage = index.notes ? percent(Math.floor((100 * index.indexed) / index.notes) / 100) : "–";
  return [
    [t("vault"), index.vault],
    [t("notes"), number(index.notes)],
    [t("coverage"), `${number(index.indexed)} · ${coverage}`],
    [t("passages"), number(index.passages)],
    [t("model"), `${index.model} · ${t("dimensions", index.dimensions)}`],
    [t("updated"), `${index.updated_at ? ago(index.updated_at) : t("never")} · ${t(index.watching ? "watching" : "notWatching")}`],
    [t("size"), bytes(index.size_bytes)],
  ];
}

function buttons(busy, asking) {
  if (asking) {
    return html`<div class="sure"><h3>${t("rebuildSure")}</h3><p>${t("rebuildTells")}</p><p class="row">
      <button type="button" class="button" data-do="rebuild">${t("rebuildYes")}</button>
      <button type="button" class="plain" data-do="cancel">${t("cancel")}</button></p></div>`;
  }
  return html`<p class="row"><button type="button" class="button" data-do="update" ${busy && html`disabled`}>${t("update")}</button>
    <button type="button" class="plain" data-do="ask-rebuild" ${busy && html`disabled`}>${t("rebuild")}</button></p>`;
}

function panel(index, asking) {
  const { warnings, skipped } = index;
  return html`${panelHead(t("index"))}
    <div id="index-progress"></div>
    <dl class="facts">${facts(index).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${buttons(index.state === "updating", asking)}
    ${warnings.length ? html`<details class="remarks"><summary>${t("skipped", skipped, new Set(warnings.map(({ path }) => path)).size - skipped)}</summary>
      <ul>${warnings.map(({ path, message }) => html`<li><b>${path}</b><span>${message}</span></li>`)}</ul></details>`
    : html`<p class="faint">${t("clean")}</p>`}`;
}

/** The head of the dialog: its title and the way out. */
export const panelHead = (title) => html`<div class="panel-head"><h2 id="panel-title">${title}</h2>
  <button type="button" class="tool icon-only" data-do="close" aria-label="${t("close")}">
  <svg class="icon" aria-hidden="true"><use href="#i-close"/></svg></button></div>`;
