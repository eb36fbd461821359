/** What this browser remembers: theme, language, recent questions. Never leaves the machine. */

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

/** Switches between light and dark; early.js reads the choice as a bare word. */
export function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem(PREFIX + "theme", root.dataset.theme); } catch { /* this visit only */ }
  return root.dataset.theme;
}
