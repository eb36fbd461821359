/** Whether a text asks something or only names what to look for, by the grammar of both languages. */

const CHINESE = new RegExp([
  /什么|怎[么样]|如何|为何|为啥|干嘛|是否|能否|可否|有没有|是不是|能不能|要不要|会不会|何时|何处|哪|谁|几[个条份篇次倍年天步种款岁点月号]|多[少大久长高快远重贵]/,
  /[吗呢]$/,
  /^(?:请|帮我|给我|列出|列一下|对比|比较|总结|概括|解释|说明|介绍|盘点|告诉)/,
].map((part) => part.source).join("|"));

const ENGLISH = new RegExp([
  /^(?:who|whom|whose|what|when|where|which|why|how)(?:'s|’s)?\b.*\s/,
  /^(?:is|are|was|were|am|do|does|did|can|could|should|will|would|has|have|had|may|might|must|shall)\s+(?:\S+\s+)\S/,
  /^(?:list|compare|summari[sz]e|explain|describe|tell|show|give|name|find|count)\s+(?:\S+\s*)/,
].map((part) => part.source).join("|"), "i");

/** Operators and phrases narrow what is asked; they ask nothing themselves. */
const words = (text) => text.replace(/(?:^|\s)-?[a-z]+:(?:"[^"]*"|\S*)/gi, " ").replace(/"[^"]*"/g, " x ").trim();

export function isQuestion(text) {
  const said = words(text);
  if (!said) return false;
  return /[?？]\s*$/.test(said) || CHINESE.test(said.replace(/[。！!.…\s]+$/, "")) || ENGLISH.test(said);
}

// Words that point back at what was spoken of before; a noun of its own may still follow.
const BACK = new RegExp([
  /它们?|[他她]们?|(?:^|[，,、\s])(?:那|这|其|此|该)(?!里|儿|么说)|(?:这|那)(?:个|些|款|种|篇|本|位|两|几)|呢[？?]?$/,
  /\b(?:its?|they|them|their|theirs|these|those|he|him|his|she|her)\b|\b(?:this|that)\s*\??$|^(?:and|what about|how about)\b/,
].map((part) => part.source).join("|"), "i");

/** Whether a question leaves out its subject, which the question before has named. */
export const pointsBack = (text) => BACK.test(text.trim()) && text.trim().length < 60;
