/** What to offer for the word under the caret. */

import { html, icon, put } from "./html.js";
import { isoDate } from "./operators.js";
import { number, t } from "./strings.js";

const LIMIT = 8;
const OPERATORS = ["tag", "path", "title", "after", "before", "date", "due", "prop", "task", "link", "linked"];
const UNFINISHED = new RegExp(`(?:^|\\s)(?:#|-?(?:${[...OPERATORS, "folder"].join("|")}):)(?:"[^"]*|[^\\s"]*)$`);
const COMPLETE = /(?:^|\s)(tag|path|after|before|prop):(?:"([^"]+)"|([^\s"]+))(?=\s)/g;

/** The word the caret stands in: its text and where it begins. */
function wordAt(text, caret) {
  const before = text.slice(0, caret);
  const start = before.search(/[^\s"]*(?:"[^"]*)?$/);
  return { word: before.slice(start), start };
}

function byCount(all, typed) {
  const wanted = typed.replace(/^"/, "").toLowerCase();
  const starts = (name) => name.toLowerCase().startsWith(wanted);
  return all.filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((a, b) => starts(b.name) - starts(a.name) || b.count - a.count).slice(0, LIMIT);
}

/** Items ``{kind, value, hint}`` for the text; an empty box offers recent questions. */
export function suggestions(text, caret, { tags, folders, properties = [], recents }) {
  if (!text.trim()) return recents.map((value) => ({ kind: "recent", value, hint: "" }));
  const { word } = wordAt(text, caret);
  const [, operator, typed] = /^(tag|path):(.*)$/.exec(word.replace(/^#/, "tag:")) ?? [];
  if (operator) {
    return byCount(operator === "tag" ? tags : folders, typed)
      .map(({ name, count }) => ({ kind: filterOf(operator), value: name, hint: number(count) }));
  }
  const [, asked] = /^prop:(.*)$/.exec(word) ?? [];
  if (asked !== undefined) return propertyItems(properties, asked.replace(/^"/, ""));
  return word.length < 2 ? [] : OPERATORS.filter((name) => name !== word && name.startsWith(word.toLowerCase()))
    .map((value) => ({ kind: "operator", value: `${value}:`, hint: operatorHint(value) }));
}

/** Keys first; behind a key and its sign the values that notes have. */
function propertyItems(properties, typed) {
  const [key, value] = typed.split(/[=:：](.*)/s);
  const hint = (count) => number(count);
  if (value === undefined) {
    return byCount(properties.map(({ key: name, count }) => ({ name, count })), key)
      .map(({ name, count }) => ({ kind: "key", value: name, hint: hint(count) }));
  }
  const known = properties.find(({ key: name }) => name.toLowerCase() === key.toLowerCase());
  return byCount((known?.values ?? []).map(([name, count]) => ({ name, count })), value)
    .map(({ name, count }) => ({ kind: "prop", value: `${known.key}=${name}`, hint: hint(count) }));
}

const operatorHint = (name) => t("operators").find(([sign]) => sign === `${name}:`)?.[1] ?? "";

/** The text without the word under the caret, or with it replaced. */
export function replaceWord(text, caret, replacement) {
  const { start } = wordAt(text, caret);
  return { text: text.slice(0, start) + replacement + text.slice(caret).replace(/^\s+/, ""), caret: start + replacement.length };
}

// What a filter beside the text cannot say stays in it: alternatives, more and less, the most.
const ONLY_TYPED = /\||^[^=:：]*[<>!]|^(?:max|min|count)\(/;

/** Takes the first complete operator out of a text: ``{text, kind, value}`` or null. */
export function takeOperator(text) {
  const match = [...text.matchAll(COMPLETE)].find(([, , quoted, plain]) => !ONLY_TYPED.test(quoted ?? plain));
  if (!match) return null;
  const [whole, kind, quoted, plain] = match;
  const dated = kind === "after" || kind === "before" ? isoDate(quoted ?? plain) : "";
  if (dated) return { text: text.replace(whole, "").trimStart(), kind, value: dated };
  return { text: text.replace(whole, "").trimStart(), kind: filterOf(kind), value: quoted ?? plain };
}

const filterOf = (operator) => (operator === "path" ? "folder" : operator);

/** The text without an operator that is still being typed, which would find nothing. */
export const searchable = (text) => text.replace(UNFINISHED, "").trim();

export function drawSuggestions(place, items) {
  put(place, items.map(({ kind, value, hint }, i) => html`
    <li role="option" id="option-${i}" data-option="${i}" aria-selected="false">
    <span class="kind">${kind === "recent" ? icon("clock") : kind !== "operator" && t(kind === "key" ? "prop" : kind)}</span>
    <span class="value">${value}</span><span class="hint">${hint}</span></li>`));
}
