// What the convolution stepper says: every multiply-accumulate of the window, in one sentence.

import { CHANNELS } from "./channels.js";
import { products } from "./convolution.js";
import { spelled } from "./spelled.js";

/** Runs of [role, text]; with three channels, the first term of each names it. */
export function sentence(state) {
  const terms = products(state, ...state.position);
  const named = state.kernel.length > 1 ? terms.map(withName) : terms;
  const [row, column] = state.position;
  return [["", `Row ${row + 1}, column ${column + 1}: `], ...spelled(named)];
}

function withName(term, index, terms) {
  const isFirst = term.channel !== terms[index - 1]?.channel;
  return { ...term, name: isFirst ? CHANNELS[term.channel] : null };
}
