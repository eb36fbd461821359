// Runs before the first paint: neither another theme nor another layout may flash, and what
// this view needs is fetched beside the first modules instead of after them.
(() => {
  let theme = null;
  let lang = null;
  try {
    theme = localStorage.getItem("wengu.theme");
    lang = JSON.parse(localStorage.getItem("wengu.lang"));
  } catch { /* storage may be forbidden; system and browser then decide */ }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const asked = new URLSearchParams(location.search);
  const found = ["q", "tag", "folder", "prop", "after", "before"].some((name) => asked.get(name));
  const view = asked.get("note") ? "reader" : found ? "found" : "home";
  document.documentElement.dataset.view = view;
  lang = asked.get("lang") || lang || navigator.language;
  const fetched = {
    home: ["home.js", "api.js"],
    found: ["finder.js", "results.js", "api.js", "found.css"],
    reader: ["reader.js", "note.js", "results.js", "api.js", "found.css", "reader.css"],
  };
  if (asked.get("ask") === "1") fetched.found.push("answer.js", "rows.js", "markdown.js", "answer.css");
  const chinese = /^zh/i.test(lang);
  for (const name of [chinese ? "zh.js" : "en.js", ...fetched[view]]) {
    const rel = name.endsWith(".js") ? "modulepreload" : "stylesheet";
    document.head.append(Object.assign(document.createElement("link"), { rel, href: `/${name}` }));
  }
  if (view !== "home") return;
  // One can type as soon as the box is there; what is typed is taken up when the modules run.
  new MutationObserver((_, watch) => {
    const box = document.getElementById("q");
    if (!box) return;
    watch.disconnect();
    box.ariaLabel = chinese ? "向笔记提问" : "Ask your notes";
    box.focus();
  }).observe(document, { childList: true, subtree: true });
})();
