/** The local graph as SVG, with its relations named, and the same as a list. */

import { html } from "./html.js";
import { layout } from "./layout.js";
import { fit, scale, wrap } from "./measure.js";
import { address, opened, read } from "./state.js";
import { t } from "./strings.js";

const COLOURS = 7;
const MARGIN = 28;
const LINE = 18;

/** Relation → class: the most frequent come first; what has no relation is grey. */
function colours(edges) {
  const counts = new Map();
  for (const { relation } of edges) if (relation) counts.set(relation, (counts.get(relation) ?? 0) + 1);
  const names = [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return new Map(names.map((name, i) => [name, `rel-${Math.min(i + 1, COLOURS)}`]));
}

const kind = (classes, relation) => classes.get(relation) ?? "rel-0";

/** From the side of one box to the side of the other; bent outwards inside one column. */
function line(from, to) {
  const middle = (box) => box.y + box.height / 2;
  if (from.column === to.column) {
    const x = from.column < 0 ? from.x : from.x + from.width;
    const out = x + (from.column < 0 ? -26 : 26);
    return `M${x} ${middle(from)} C${out} ${middle(from)} ${out} ${middle(to)} ${x} ${middle(to)}`;
  }
  const [x1, x2] = from.x < to.x ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
  const bend = (x1 + x2) / 2;
  return `M${x1} ${middle(from)} C${bend} ${middle(from)} ${bend} ${middle(to)} ${x2} ${middle(to)}`;
}

function box({ x, y, width, height, column, node }, near, classes) {
  const named = Math.abs(column) === 1 && near?.relation;
  const lines = wrap(node.title, width - 24, 2);
  const top = y + height / 2 + 5 - ((lines.length - 1 + (named ? 1 : 0)) * LINE) / 2;
  const href = address(opened(read(location), node.path));
  const label = html`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>
    ${lines.map((text, i) => html`<text x="${x + 12}" y="${top + i * LINE}">${text}</text>`)}
    ${named && html`<text class="named ${kind(classes, near.relation)}" x="${x + 12}" y="${top + lines.length * LINE}">${fit(near.relation, width - 24, 12)}</text>`}`;
  if (column === 0) return html`<g class="node centre">${label}</g>`;
  return html`<a class="node" href="${href}" aria-label="${node.title}${near?.relation ? `, ${near.relation}` : ""}"><title>${node.title}</title>${label}</a>`;
}

function arrow(name) {
  return html`<marker id="to-${name}" class="${name}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 .8 8 4 0 7.2z"/></marker>`;
}

function drawing(found, centre, room, classes) {
  const { boxes, width, height } = layout(found, centre, room / scale() - 2 * MARGIN);
  const drawn = found.edges.filter(({ source, target }) => boxes.has(source) && boxes.has(target) && source !== target);
  const near = new Map();
  for (const edge of drawn) {
    if (edge.source === centre) near.set(edge.target, edge.relation ? edge : near.get(edge.target) ?? edge);
    if (edge.target === centre && !near.get(edge.source)?.relation) near.set(edge.source, edge);
  }
  return html`<div class="scroller" role="region" tabindex="0" aria-label="${t("graph")}">
    <svg class="net" role="group" aria-label="${t("graph")}" width="${(width + 2 * MARGIN) * scale()}" height="${height * scale()}" viewBox="${-MARGIN} 0 ${width + 2 * MARGIN} ${height}">
    <defs>${["rel-0", ...classes.values()].map(arrow)}</defs>
    ${drawn.map(({ source, target, relation }) => html`<path class="edge ${kind(classes, relation)} ${boxes.get(source).column === boxes.get(target).column ? "beside-it" : ""}" d="${line(boxes.get(source), boxes.get(target))}" marker-end="url(#to-${kind(classes, relation)})"/>`)}
    ${[...boxes.values()].map((item) => box(item, near.get(item.node.path), classes))}</svg></div>`;
}

function asList({ nodes, edges }) {
  const title = new Map(nodes.map((node) => [node.path, node.title]));
  return html`<details><summary>${t("asList")}</summary><ul>${edges.map(({ source, target, relation }) =>
    html`<li>${t("linksTo", title.get(source), title.get(target), relation)}</li>`)}</ul></details>`;
}

/** The whole section; ``room`` is the width it may take in pixels. */
export function graph(found, centre, depth, room) {
  const classes = colours(found.edges);
  return html`<header><h2>${t("graph")}</h2>
      <div class="choice" role="group" aria-label="${t("graph")}">${[1, 2].map((count) => html`
        <button type="button" data-do="steps" value="${count}" aria-pressed="${count === depth}">${t("steps", count)}</button>`)}</div></header>
    ${found.edges.length === 0 ? html`<p class="faint">${t("noLinks")}</p>` : html`
      ${classes.size > 0 && html`<ul class="relations">${[...classes].map(([name, colour]) => html`<li class="${colour}">${name}</li>`)}</ul>`}
      ${drawing(found, centre, room, classes)}${asList(found)}`}`;
}
