/** Everything that goes over the wire. */

import { body, parameters } from "./state.js";

/** A request that the server refused or that never reached it; the message is fit to be read. */
export class Failure extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure("unreachable", "");
  }
  if (response.ok) return response;
  const { error } = await response.json().catch(() => ({}));
  throw new Failure(error?.code ?? String(response.status), error?.message ?? response.statusText);
}

const get = async (path, signal) => (await request(path, { signal })).json();
const post = (path, value, more = {}) => request(path, {
  method: "POST",
  headers: { "Content-Type": "application/json", ...more.headers },
  body: JSON.stringify(value),
  signal: more.signal,
});
const slashed = (path) => path.split("/").map(encodeURIComponent).join("/");

/** ``typing`` tells the server that the next keystroke may follow soon. */
export function search(state, k, signal, typing = false) {
  const params = parameters(state);
  params.set("q", state.q);
  params.set("k", k);
  if (typing) params.set("typing", "1");
  return get(`/api/search?${params}`, signal);
}

/** Notes, headings, folders and tags by their names. */
export const titles = async (q, signal) => (await get(`/api/titles?${new URLSearchParams({ q })}`, signal)).titles;

export const note = (path, signal) => get(`/api/notes/${slashed(path)}`, signal);
/** Where a note's file stands as it is. */
export const source = (path) => `/api/source/${slashed(path)}`;
/** A note's text as it stands in its file, to the last sign. */
export async function text(path, signal) {
  const bytes = await (await request(source(path), { signal, cache: "no-cache" })).arrayBuffer();
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
export const graph = (path, depth) => get(`/api/graph?${new URLSearchParams({ path, depth })}`);
export const tags = async () => (await get("/api/tags")).tags;
export const properties = async () => (await get("/api/properties")).properties;
export const examples = async (lang) => (await get(`/api/examples?${new URLSearchParams({ lang })}`)).examples;
/** Keeps a question whose answer is wrong in a file on this machine; gives the file's place. */
export const wrong = async (state, given) => (await post("/api/wrong", { question: state.q, answer: given.answer, answerable: given.answerable, citations: given.citations.map(({ path }) => path) })).json();
export const index = () => get("/api/index");
export const update = (rebuild) => post("/api/index", { rebuild });

/** Calls back with the index's state each time it changes, or when it cannot be had; returns a stop. */
export function watchIndex(changed, lost) {
  const source = new EventSource("/api/index/events");
  source.addEventListener("error", lost);
  source.addEventListener("index", (event) => changed(JSON.parse(event.data)));
  return () => source.close();
}

/** Asks; ``onQuotes`` gets what a writer will put into words, ``onText`` those so far, the promise gives the whole. */
export async function ask(state, signal, onQuotes, onText) {
  const response = await post("/api/ask", body(state), {
    headers: { Accept: "text/event-stream" }, signal,
  });
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.json();
  let text = "";
  for await (const { name, data } of events(response.body)) {
    signal.throwIfAborted();
    if (name === "citations" && data.answerable) onQuotes(data);
    if (name === "delta") onText(text += data.text);
    if (name === "done") return data;
    if (name === "error") throw new Failure((data.error ?? data).code, (data.error ?? data).message);
  }
  throw new Failure("unreachable", "");
}

async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    yield* blocks.map(event).filter(Boolean);
  }
}

function event(block) {
  const field = (name) => block.split(/\r?\n/)
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1).replace(/^ /, "")).join("\n");
  return field("data") && { name: field("event"), data: JSON.parse(field("data")) };
}
