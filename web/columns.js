/** Which properties of listed notes are worth a column; pure. */

const MOST = 2;
// Characters: a property that the question names may take more room than one it does not.
const LONGEST = { named: 32, other: 16 };

/** A row's values under a key, as text. */
export const values = (row, key) =>
  (row.properties ?? []).filter((entry) => entry.key === key).flatMap((entry) => entry.values);

/** A value as a cell shows it: of an address the site. */
export const brief = (value) => (URL.canParse(value) ? new URL(value).hostname.replace(/^www\./, "") : value);

const fits = (value, row, longest) => brief(value).length <= longest && value !== row.date && value !== row.subject;

/** Keys that most rows have with short values: first those that the question names by key or value,
 * then those that tell the rows apart; ``said`` are those that say the same in every row. */
export function columns(question, rows) {
  const asked = question.toLowerCase();
  const keys = [...new Set(rows.flatMap(({ properties = [] }) => properties.map(({ key }) => key)))];
  const named = (key) => asked.includes(key.toLowerCase())
    || rows.some((row) => values(row, key).some((value) => value.length > 1 && asked.includes(value.toLowerCase())));
  const found = keys.map((key) => {
    const longest = LONGEST[named(key) ? "named" : "other"];
    const having = rows.filter((row) => values(row, key).some((value) => fits(value, row, longest)));
    const distinct = new Set(having.map((row) => values(row, key).map(brief).join()));
    return { key, named: named(key), many: having.length, distinct: distinct.size };
  }).filter((one) => 2 * one.many > rows.length).sort((a, b) => b.named - a.named || b.many - a.many);
  const same = ({ named: asks, many, distinct }) => asks && distinct === 1 && many === rows.length && rows.length > 1;
  return {
    said: found.filter(same).map(({ key }) => key),
    shown: found.filter((one) => one.distinct > 1 || (one.named && !same(one))).slice(0, MOST).map(({ key }) => key),
  };
}

const states = (quote, key) => {
  const said = quote.replace(/^["']/, "");
  return said.startsWith(key) && /^["']?\s*[:=]/.test(said.slice(key.length));
};

/** A row's text apart: the citations of the frontmatter it quotes by key, and what it says first
 * beside that. */
export function split(row, citation) {
  const stated = new Map();
  let rest = row.text;
  for (const id of row.citations) {
    const quote = citation(id)?.quote ?? "";
    const entry = (row.properties ?? []).find(({ key }) => states(quote, key));
    const there = `${quote.trim().replace(/\s+/g, " ")} [${id}]`;
    if (!entry || !rest.includes(there)) continue;
    stated.set(entry.key, [...(stated.get(entry.key) ?? []), id]);
    rest = rest.replace(there, () => "").trim();
  }
  return { stated, gist: /^.*?\[\d+\](?=\s|$)/s.exec(rest)?.[0] ?? rest };
}
