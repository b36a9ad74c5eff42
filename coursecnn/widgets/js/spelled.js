// A sum of products, spelled out: every weight, every number that it meets, and the total.

import { decimal, exact, parse } from "./numbers.js";

/**
 * Runs of [role, text], such as ["kernel", "−1"], for terms of { weight, value, name };
 * the role tells what the number is, and a name, where there is one, stands before its term.
 */
export function spelled(terms) {
  const total = terms.reduce((sum, { weight, value }) => sum + weight * value, 0);
  return [
    ...terms.flatMap((term, index) => [...(index > 0 ? [["", " + "]] : []), ...summand(term)]),
    ["", isRounded(terms, total) ? " ≈ " : " = "],
    ["output", decimal(total)],
  ];
}

function summand({ name, weight, value }) {
  const runs = [["kernel", factor(weight)], ["", "·"], ["input", factor(value)]];
  return name ? [["", `${name} `], ...runs] : runs;
}

function factor(number) {
  return number < 0 ? `(${exact(number)})` : exact(number);
}

function isRounded(terms, total) {
  const numbers = terms.flatMap(({ weight, value }) => [weight, value]);
  return parse(decimal(total)) !== total || numbers.some((n) => parse(exact(n)) !== n);
}
