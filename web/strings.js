/** The interface's words: one table a language, loaded when it is spoken. */

import { $$ } from "./html.js";
import { recall, remember } from "./prefs.js";

let words = {};
let spoken = "en";

export const language = () => spoken;

/** The word for a key; entries that are functions take the values. */
export function t(key, ...values) {
  const entry = words[key];
  return typeof entry === "function" ? entry(...values) : entry ?? key;
}

/** A word for a name that comes from outside: translated when known, else as it is. */
export const named = (group, name) => words[group]?.[name] ?? name;

/** The address wins, then the reader's choice, then the browser. */
export function wanted(fromAddress) {
  const choice = fromAddress || recall("lang") || navigator.language;
  return choice.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Speaks a language from now on and fills the page's fixed places. */
export async function speak(lang, choose = false) {
  words = (await import(`./${lang}.js`)).default;
  spoken = lang;
  if (choose) remember("lang", lang);
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  for (const node of $$("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of $$("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  for (const node of $$("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.matches("button")) node.title = t(node.dataset.tLabel);
  }
}

export const number = (value) => new Intl.NumberFormat(spoken).format(value);
export const percent = (value) =>
  new Intl.NumberFormat(spoken, { style: "percent", maximumFractionDigits: 0 }).format(value);

/** Bytes in the unit that leaves one to three digits. */
export function bytes(value) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), 3);
  return new Intl.NumberFormat(spoken, { style: "unit", unit: units[step], maximumFractionDigits: 1 })
    .format(value / 1000 ** step);
}

/** "3 minutes ago". */
export function ago(iso) {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  const [unit, size] = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]]
    .find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(spoken, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
