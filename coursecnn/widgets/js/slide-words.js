// What the sliding kernel says: every product at its place, in one sentence.

import { border, places, products } from "./sliding.js";
import { spelled } from "./spelled.js";

/** Runs of [role, text]. */
export function sentence(state) {
  const turned = state.flip ? ", kernel turned round" : "";
  const place = `Place ${state.position + 1} of ${places(state)}${turned}: `;
  return [["", place], ...spelled(products(state, state.position))];
}

/** The titles of the rows. */
export function titles(state) {
  return {
    written: "Kernel as written",
    signal: `Signal, ${counted(state.signal.length, "number")}${zeros(border(state))}`,
    lying: state.flip ? "kernel turned round" : "kernel as written",
    output: `Output, ${counted(places(state), "number")}`,
  };
}

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function zeros([before, after]) {
  if (before === 0 && after === 0) return "";
  if (before === after) return `, ${counted(before, "zero")} on each side`;
  return `, ${counted(before, "zero")} before and ${after} after`;
}
