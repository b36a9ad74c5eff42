// A sum of products, spelled out: every weight, every number that it meets, and the total.

import { bracketed, decimal, isRounded } from "./numbers.js";

/**
 * Runs of [role, text], such as ["kernel", "−1"], for terms of { weight, value, name };
 * the role tells what the number is, and a name, where there is one, stands before its term.
 */
export function spelled(terms) {
  const total = terms.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const numbers = terms.flatMap(({ weight, value }) => [weight, value]);
  return [
    ...terms.flatMap((term, index) => [...(index > 0 ? [["", " + "]] : []), ...summand(term)]),
    ["", isRounded(numbers, total) ? " ≈ " : " = "],
    ["output", decimal(total)],
  ];
}

function summand({ name, weight, value }) {
  const runs = [["kernel", bracketed(weight)], ["", "·"], ["input", bracketed(value)]];
  return name ? [["", `${name} `], ...runs] : runs;
}
