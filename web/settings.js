/** The sheet of settings: theme, language, where notes open. */

import { $, html, put } from "./html.js";
import { opensIn, remember, setTheme, theme } from "./prefs.js";
import { panelHead } from "./status.js";
import { language, t } from "./strings.js";

const choice = (name, legend, values, chosen) => html`<fieldset class="choices"><legend>${legend}</legend>${values.map(([value, label, lang]) => html`
  <label><input type="radio" name="${name}" value="${value}" ${value === chosen && html`checked`}><span ${lang && html`lang="${lang}"`}>${label}</span></label>`)}</fieldset>`;

const draw = (dialog) => put(dialog, html`${panelHead(t("settings"))}
  ${choice("theme", t("themeChoice"), [["", t("asSystem")], ["light", t("light")], ["dark", t("dark")]], theme())}
  ${choice("language", t("languageChoice"), [["en", "English", "en"], ["zh", "中文", "zh-Hans"]], language())}
  ${choice("opens", t("opensIn"), [["page", t("opensPage")], ["obsidian", "Obsidian"]], opensIn())}
  <p class="faint">${t("settingsStay")}</p>`);

/** Opens it; each choice holds at once. */
export function sheet({ switchLanguage }) {
  const dialog = $("#panel");
  dialog.dataset.of = "settings";
  draw(dialog);
  dialog.onchange = async ({ target }) => {
    if (dialog.dataset.of !== "settings") return;
    if (target.name === "theme") setTheme(target.value);
    if (target.name === "opens") remember("opens", target.value);
    if (target.name !== "language" || target.value === language()) return;
    await switchLanguage();
    draw(dialog);
    $(`[name=language][value=${language()}]`, dialog).focus();
  };
  if (!dialog.open) dialog.showModal();
}
