// What the convolution stepper says: every multiply-accumulate of the window, in one sentence.

import { products } from "./convolution.js";
import { decimal, exact, parse } from "./numbers.js";

export const CHANNELS = ["red", "green", "blue"];

/** Runs of [role, text], such as ["kernel", "−1"]; the role tells what the number is. */
export function sentence(state) {
  const terms = products(state, ...state.position);
  const total = terms.reduce((sum, { weight, value }) => sum + weight * value, 0);
  const [row, column] = state.position;
  return [
    ["", `Row ${row + 1}, column ${column + 1}: `],
    ...terms.flatMap((term, index) => summand(term, terms[index - 1], state.kernel.length > 1)),
    ["", isRounded(terms, total) ? " ≈ " : " = "],
    ["output", decimal(total)],
  ];
}

function summand({ channel, weight, value }, before, named) {
  const runs = [["kernel", factor(weight)], ["", "·"], ["input", factor(value)]];
  if (named && channel !== before?.channel) runs.unshift(["", `${CHANNELS[channel]} `]);
  return before === undefined ? runs : [["", " + "], ...runs];
}

function factor(number) {
  return number < 0 ? `(${exact(number)})` : exact(number);
}

function isRounded(terms, total) {
  const numbers = terms.flatMap(({ weight, value }) => [weight, value]);
  return parse(decimal(total)) !== total || numbers.some((n) => parse(exact(n)) !== n);
}
