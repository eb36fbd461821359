// Runs before the first paint: a chosen theme must not flash the other one, and the words
// of the reader's language are fetched beside the modules instead of after them.
(() => {
  let theme = null;
  let lang = null;
  try {
    theme = localStorage.getItem("wengu.theme");
    lang = JSON.parse(localStorage.getItem("wengu.lang"));
  } catch { /* storage may be forbidden; system and browser then decide */ }
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  lang = new URLSearchParams(location.search).get("lang") || lang || navigator.language;
  const words = /^zh/i.test(lang) ? "/zh.js" : "/en.js";
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: words }));
})();
