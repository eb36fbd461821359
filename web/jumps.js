/** Notes, headings, folders and tags whose names match what was typed, above the passages. */

import { html, icon, langOf } from "./html.js";
import { folderOf, marked } from "./results.js";
import { EMPTY, address, opened } from "./state.js";
import { t } from "./strings.js";

const ICONS = { note: "file", heading: "file", folder: "folder", tag: "tag" };

function href(state, { kind, path, id, name }) {
  if (kind === "folder") return address({ ...EMPTY, lang: state.lang, folders: [path] });
  if (kind === "tag") return address({ ...EMPTY, lang: state.lang, tags: [name] });
  return address({ ...opened(state, path), fragment: id ?? "" });
}

function jump(state, item) {
  const { kind, segments, title, path, count } = item;
  const beside = kind === "heading" || kind === "alias" ? title : kind === "note" ? folderOf(path) : t("notesBrief", count);
  const name = segments.map(([text]) => text).join("");
  return html`<li><a class="jump" href="${href(state, item)}">${icon(ICONS[kind] ?? "file")}
    <span class="line" lang="${langOf(name)}">${kind === "heading" && html`<span class="faint"># </span>`}${marked(segments)}</span>
    <span class="beside-it" lang="${langOf(beside)}">${beside}</span></a></li>`;
}

/** The section; empty without matches. */
export const jumps = (state, found) => found.length > 0 && html`<section class="jumps" aria-labelledby="jumps"><h2 id="jumps">${t("notes")}</h2>
  <ul>${found.map((item) => jump(state, item))}</ul></section>`;
