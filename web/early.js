// Runs before the first paint: neither another theme nor another layout may flash, and the
// words of the reader's language are fetched beside the modules instead of after them.
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
  document.documentElement.dataset.view = asked.get("note") ? "reader" : found ? "found" : "home";
  lang = asked.get("lang") || lang || navigator.language;
  const words = /^zh/i.test(lang) ? "/zh.js" : "/en.js";
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: words }));
})();
