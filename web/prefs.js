/** What this browser remembers: theme, language, recent and saved questions. Never leaves the machine. */

const PREFIX = "wengu.";
const RECENT_LIMIT = 8;

export function recall(name, fallback = null) {
  try { return JSON.parse(localStorage.getItem(PREFIX + name)) ?? fallback; } catch { return fallback; }
}

export function remember(name, value) {
  try { localStorage.setItem(PREFIX + name, JSON.stringify(value)); } catch { /* forbidden or full */ }
}

export const recents = () => recall("recent", []);

export function addRecent(question) {
  remember("recent", [question, ...recents().filter((q) => q !== question)].slice(0, RECENT_LIMIT));
}

export const clearRecents = () => remember("recent", []);

export const saved = () => recall("saved", []);
export const isSaved = (question) => saved().includes(question);

/** Saves a question, or takes it out again; says whether it is saved now. */
export function switchSaved(question) {
  const kept = saved().filter((one) => one !== question);
  remember("saved", kept.length < saved().length ? kept : [question, ...kept]);
  return isSaved(question);
}

/** Notes opened last, as ``{path, title}``. */
export const recentNotes = () => recall("notes", []);

export function addRecentNote({ path, title }) {
  remember("notes", [{ path, title }, ...recentNotes().filter((note) => note.path !== path)].slice(0, RECENT_LIMIT));
}

/** Where links to notes lead: ``"page"`` or ``"obsidian"``. */
export const opensIn = () => recall("opens", "page");

/** The theme chosen, empty for the system's; early.js reads the choice as a bare word. */
export const theme = () => document.documentElement.dataset.theme ?? "";

export function setTheme(name) {
  if (name) document.documentElement.dataset.theme = name;
  else delete document.documentElement.dataset.theme;
  try { localStorage.setItem(PREFIX + "theme", name); } catch { /* this visit only */ }
}

/** Switches between light and dark. */
export function switchTheme() {
  const dark = theme() ? theme() === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(dark ? "light" : "dark");
}
