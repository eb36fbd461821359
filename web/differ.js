/** Which values differ between the rows of an answer; pure. */

const UNIT = "%|％|‰|万|亿|千|百|倍|秒|分钟?|小时|天|周|个月|元|美元|ms|[sKMBkx×°]\\b|[KMGT]i?B\\b|tokens?\\b|points?\\b|percent\\b|million\\b|billion\\b|hours?\\b|minutes?\\b|days?\\b";
const NUMBER = `(?<![\\p{L}\\d.\\-‑])[$€£¥~≈<>≤≥]?\\d[\\d,]*(?:\\.\\d+)?(?:\\s?(?:${UNIT}))*(?![\\d年月日\\-‑.]|\\p{Script=Latin})`;
const DENIAL = "(?:尚未|并未|未能|没有|未|不|首个|首次|低于|高于|超过|达到|not|never|below|above|first)";
const QUOTED = "[“\"「『][^”\"」』]{1,24}[”\"」』]";
// A quoted rating means the opposite after "not": the two are one value.
const VALUE = new RegExp(`(?:${DENIAL}[^，。；！？,.;!?“"「]{0,10})?${QUOTED}|${NUMBER}`, "giu");

const bare = (text) => text.replace(/\[\d[\d\s,，、]*\]/g, "").replace(/\*\*|`/g, "");
const same = (value) => value.replace(/\s/g, "").toLowerCase();

// A small number without a unit counts or names something ("3", "5.1"); it measures nothing.
const SMALL = /^\d(?:\.\d+)?$/;

/** Numbers with their units, and quoted terms with the denial before them. */
export const values = (text) =>
  [...bare(text).matchAll(VALUE)].map(([value]) => value.trim()).filter((value) => !SMALL.test(value));

/** For each row a pattern (to split its text by) of the values that not every row has, or null. */
export function differences(rows) {
  const names = rows.map(({ subject }) => same(subject)).join(" ");
  // A number out of a row's name ("5.2") says which row is meant, not how it differs.
  const all = rows.map(({ text }) => values(text).filter((value) => !names.includes(same(value))));
  const known = all.map((list) => new Set(list.map(same)));
  return all.map((list) => {
    const own = list.filter((value) => rows.length > 1 && !known.every((set) => set.has(same(value))));
    if (!own.length) return null;
    const words = [...new Set(own)].sort((a, b) => b.length - a.length);
    return new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
  });
}
