/** What the page shows, as the address says it; reading and writing are each other's inverse. */

const LISTS = { tag: "tags", folder: "folders", prop: "props" };
const WORDS = ["q", "after", "before", "mode", "sort", "about", "note", "lang"];
const NUMBERS = ["start", "end"];
// Characters at each end of a longer quote that a link carries, as text fragments do.
const END = 60;
const [TEXT, FOUND] = ["text=", "words="];

export const EMPTY = Object.freeze({
  q: "", ask: false, tags: [], folders: [], props: [], after: "", before: "", mode: "", sort: "", about: "",
  note: "", start: null, end: null, text: [], words: [], fragment: "", lang: "",
});

/** State from an address or a link. */
export function read({ search, hash }) {
  const params = new URLSearchParams(search);
  const quoted = new RegExp(`^#${TEXT}([^&]*)(?:&${FOUND}(.*))?$`).exec(hash) ?? null;
  const list = (text) => (text ?? "").split(",").filter(Boolean).map(decoded);
  const state = {
    ...EMPTY, ask: params.get("ask") === "1", fragment: quoted ? "" : decoded(hash.slice(1)),
    text: list(quoted?.[1]), words: list(quoted?.[2]),
  };
  for (const name of WORDS) state[name] = params.get(name) ?? "";
  for (const [name, key] of Object.entries(LISTS)) state[key] = params.getAll(name);
  for (const name of NUMBERS) state[name] = /^\d+$/.test(params.get(name)) ? Number(params.get(name)) : null;
  return state;
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** The address of a state, without what is empty. */
export function address(state) {
  const params = parameters(state);
  if (state.ask && state.q) params.set("ask", "1");
  for (const name of ["sort", "about", "note", "lang"]) if (state[name]) params.set(name, state[name]);
  for (const name of NUMBERS) if (state.note && state[name] !== null) params.set(name, state[name]);
  const query = params.toString();
  return (query ? `/?${query}` : "/") + (state.note ? place(state) : "");
}

/** What stands after the ``#``: the quote and the words found, or a heading. */
function place({ text, words, fragment }) {
  const list = (all) => all.map(encodeURIComponent).join(",");
  if (text.length) return `#${TEXT}${list(text)}${words.length ? `&${FOUND}${list(words)}` : ""}`;
  return fragment ? `#${encodeURIComponent(fragment)}` : "";
}

/** The address of a note in Obsidian. */
export const obsidian = (vault, path) =>
  `obsidian://open?vault=${encodeURIComponent(vault)}&file=${encodeURIComponent(path)}`;

/** A quote as a link carries it: whole where it is short, else how it begins and ends. */
export function ends(quote) {
  const letters = [...quote.trim().toWellFormed()];
  if (letters.length <= 2 * END) return letters.length ? [letters.join("")] : [];
  return [letters.slice(0, END).join("").trim(), letters.slice(-END).join("").trim()];
}

/** The state of a note without a place in it. */
export const opened = (state, note) => ({ ...state, note, start: null, end: null, text: [], words: [], fragment: "" });

/** The state of a note at a quote; ``words`` are those that a search found there. */
export const quoted = (state, { path, start, end }, quote, words = []) =>
  ({ ...opened(state, path), start, end, text: ends(quote), words });

/** Question and filters as the search endpoint takes them. */
export function parameters(state) {
  const params = new URLSearchParams();
  for (const name of ["q", "after", "before", "mode"]) if (state[name]) params.set(name, state[name]);
  for (const [name, key] of Object.entries(LISTS)) for (const value of state[key]) params.append(name, value);
  return params;
}

const one = (list) => (list.length > 1 ? list : list[0]);

/** Question and filters as the ask endpoint takes them. */
export function body(state) {
  const fields = {
    question: state.q, tag: one(state.tags), folder: one(state.folders), prop: one(state.props),
    after: state.after, before: state.before, context: state.about,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value));
}

export const hasFilters = (state) =>
  Boolean(state.tags.length + state.folders.length + state.props.length || state.after || state.before);

export const view = (state) => (state.note ? "reader" : state.q || hasFilters(state) ? "found" : "home");

export const withoutFilters = (state) =>
  ({ ...state, tags: [], folders: [], props: [], after: "", before: "" });

/** The state with one more filter; ``year`` sets both ends of the time. */
export function narrowed(state, kind, value) {
  const next = opened(state, "");
  if (kind === "year") return { ...next, after: value, before: value };
  const key = LISTS[kind];
  if (!key) return { ...next, [kind]: value };
  return state[key].includes(value) ? next : { ...next, [key]: [...state[key], value] };
}

/** The filters in force, each with the state that lacks it. */
export function chips(state) {
  const found = [];
  for (const [kind, key] of Object.entries(LISTS)) {
    for (const value of state[key]) {
      found.push({ kind, value, without: { ...state, [key]: state[key].filter((v) => v !== value) } });
    }
  }
  if (state.after && state.after === state.before) {
    return [...found, { kind: "year", value: state.after, without: { ...state, after: "", before: "" } }];
  }
  for (const kind of ["after", "before"]) {
    if (state[kind]) found.push({ kind, value: state[kind], without: { ...state, [kind]: "" } });
  }
  return found;
}
