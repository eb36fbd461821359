/** How sure an answer may be called, as far as its confidence has borne out. */

const SURE = 0.9;
const LIKELY = 0.6;

export function certainty({ answerable, confidence }) {
  if (!answerable) return "near";
  return confidence >= SURE ? "sure" : confidence >= LIKELY ? "likely" : "near";
}
