/** Adds what a rendered note needs on a page: copy buttons, scrolling tables, names for boxes. */

import { $$, html } from "./html.js";
import { t } from "./strings.js";

export function prepare(body) {
  for (const code of $$("pre > code", body)) {
    const frame = Object.assign(document.createElement("div"), { className: "code" });
    code.parentElement.replaceWith(frame);
    frame.append(code.parentElement);
    code.parentElement.tabIndex = 0;
    frame.insertAdjacentHTML("beforeend", html`<button type="button" class="plain" data-do="copy-code">${t("copyCode")}</button>`);
  }
  for (const table of $$("table", body)) {
    const frame = Object.assign(document.createElement("div"), { className: "scroller", tabIndex: 0 });
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", table.tHead?.innerText.trim() || t("rows"));
    table.replaceWith(frame);
    frame.append(table);
  }
  for (const task of $$("li.task", body)) {
    const name = t("tasks")[task.dataset.task];
    if (name) task.title = name;
  }
  pictures(body, $$("a.remote-image", body));
}

/** Pictures of other servers: shown where the reader asked for them here. An address that says so
 * may have been made by someone else. */
function pictures(body, links) {
  const wanted = new URLSearchParams(location.search);
  const asked = wanted.get("images") === "1" && sessionStorage.getItem("images") === location.search;
  for (const link of links) {
    link.title = `${t("loadImage")} ${link.hostname}`;
    if (asked) link.replaceChildren(Object.assign(new Image(), { src: link.href, alt: link.textContent, referrerPolicy: "no-referrer" }));
  }
  if (asked || !links.length) return;
  wanted.set("images", "1");
  body.insertAdjacentHTML("beforebegin", html`<p class="outside">${t("outside", links.length)}
    <a href="/?${wanted}" target="_self" data-anew>${t("loadImages")}</a></p>`);
  body.previousElementSibling.querySelector("a").onclick = () => sessionStorage.setItem("images", `?${wanted}`);
}
