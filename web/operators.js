/** What cannot be understood in a query's operators, and the query as it may have been meant. */

import { address, opened } from "./state.js";

const KNOWN = ["tag", "path", "title", "after", "before", "date", "due", "prop", "task"];
const STATES = ["open", "done", "cancelled", "started"];
// A property asked for: a key, a sign and a value, or the most, the least or the number of one.
const PROPERTY = /^(?:max|min|count)\(.*\)$|[^=:：<>!][=:：<>]./;
const OPERATOR = /(^|\s)([a-z]+):(?!\/\/)("[^"]*"|[^\s"]*)/gi;
const DATE = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/;

/** A day, month or year as ISO writes it, from the ways people write it; nothing for other texts. */
export function isoDate(text) {
  const [, year, month, day] = DATE.exec(text.trim()) ?? [];
  const two = (part) => part.padStart(2, "0");
  if (!year || Number(month ?? 1) > 12 || Number(day ?? 1) > 31) return "";
  return [year, month && two(month), day && two(day)].filter(Boolean).join("-");
}

function meant(whole, gap, name, value) {
  const sign = name.toLowerCase();
  const bare = value.replace(/"/g, "");
  if (!KNOWN.includes(sign)) return whole;
  if (!bare) return gap;
  if (sign === "after" || sign === "before") return isoDate(bare) ? `${gap}${sign}:${isoDate(bare)}` : gap;
  if (sign === "date" || sign === "due") return bare.split("..").every((day) => !day || isoDate(day)) ? `${gap}${sign}:${bare.split("..").map(isoDate).join("..")}` : gap;
  if (sign === "task") return STATES.includes(bare) ? whole : `${gap}task:open`;
  if (sign === "prop" && !PROPERTY.test(bare)) return `${gap}${bare}`;
  return whole;
}

/** A link to the query without what could not be understood, or nothing where all of it could. */
export function mended(state) {
  const q = state.q.replace(OPERATOR, meant).replace(/\s+/g, " ").trim();
  const [after, before] = [isoDate(state.after), isoDate(state.before)];
  const props = state.props.filter((prop) => /[^=:：][=:：]./.test(prop));
  const next = { ...opened(state, ""), q, after, before, props };
  if (address(next) === address(opened(state, ""))) return null;
  const filters = [after && `after:${after}`, before && `before:${before}`, ...props].filter(Boolean);
  return { href: address(next), text: [q, ...filters].join(" ") || "—" };
}
