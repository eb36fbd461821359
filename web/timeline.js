/** A small timeline of dated rows, drawn to the width it is given. */

import { fit, scale, width as breadth } from "./measure.js";
import { html } from "./html.js";
import { t } from "./strings.js";

const EDGE = 12;
const LANE = 38;
const LABEL_MAX = 220;
const GAP = 12;
const MOST_LABELS = 10;
const LEFT = 7;

/** Milliseconds of a day, month or year; the middle of what it names. */
function moment(date) {
  const [year, month, day] = date.split("-").map(Number);
  return Date.UTC(year, month ? month - 1 : 6, day || (month ? 15 : 1));
}

/** Puts each row on the axis so that its label, which begins there, ends inside the width. */
function spread(rows, width) {
  const [first, last] = [rows[0].at, rows.at(-1).at];
  const labelled = rows.map((row) => {
    const label = fit(row.subject, Math.min(LABEL_MAX, width * 0.45));
    return { ...row, label, part: (row.at - first) / (last - first), room: row.silent ? 0 : LEFT + Math.max(breadth(label), breadth(row.date)) };
  });
  const stretch = Math.min(...labelled.filter(({ part }) => part).map(({ part, room }) => (width - EDGE - room) / part));
  return labelled.map((row) => ({ ...row, x: EDGE + row.part * stretch }));
}

/** Later labels take lower lanes, so that no stem crosses a label. */
function stack(points) {
  const starts = [];
  return points.reverse().map((point) => {
    if (point.silent) return point;
    let lane = starts.findIndex((start) => point.x + point.room + GAP < start);
    if (lane < 0) lane = starts.length;
    starts.fill(point.x, 0, lane);
    starts[lane] = point.x;
    return { ...point, lane };
  }).reverse();
}

/** Only the first and the last name themselves where there are too many. */
function thinned(rows) {
  return rows.length <= MOST_LABELS ? rows : rows.map((row, i) => (i % (rows.length - 1) ? { ...row, silent: true } : row));
}

/** Markup for two or more different dates, else nothing; ``room`` is in pixels. */
export function timeline(rows, room) {
  const width = room / scale();
  const dated = rows.filter((row) => row.date).map((row) => ({ ...row, at: moment(row.date) }))
    .sort((a, b) => a.at - b.at);
  return new Set(dated.map((row) => row.at)).size < 2 ? "" : draw(stack(spread(thinned(dated), width)), width);
}

function draw(placed, width) {
  const base = (Math.max(...placed.map(({ lane }) => lane ?? 0)) + 1) * LANE + 12;
  const words = placed.map(({ subject, date }) => `${date} ${subject}`).join("; ");
  return html`<svg class="timeline" role="img" aria-label="${t("timeline")}: ${words}"
      width="${width * scale()}" height="${(base + 12) * scale()}" viewBox="0 0 ${width} ${base + 12}">
    <line class="axis" x1="0" x2="${width}" y1="${base}" y2="${base}"/>
    ${placed.map(({ x, lane, label, date, silent }) => html`<circle cx="${x}" cy="${base}" r="5"/>${!silent && html`
      <line class="stem" x1="${x}" x2="${x}" y1="${base}" y2="${base - 38 - lane * LANE}"/>
      <text class="name" x="${x + LEFT}" y="${base - 29 - lane * LANE}">${label}</text>
      <text class="when" x="${x + LEFT}" y="${base - 13 - lane * LANE}">${date}</text>`}`)}
  </svg>`;
}
