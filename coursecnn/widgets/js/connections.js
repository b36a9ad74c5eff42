// Who is connected with whom, and through which weight: plain numbers, without a page.
// A layer has `size` inputs in a row and an output for each window of `kernel_size` of them.

import { outputSize } from "./windows.js";

export const KINDS = ["dense", "sparse", "shared"];

/** How many outputs a layer has: as many as windows fit, whatever its kind. */
export function outputCount({ size, kernel_size }) {
  return outputSize(size, kernel_size);
}

/** The number of the weight between two units, counted from 0, or null where there is none. */
function weightBetween({ kind, size, kernel_size }, output, input) {
  if (kind === "dense") return output * size + input;
  const place = input - output;
  if (place < 0 || place >= kernel_size) return null;
  return kind === "shared" ? place : output * kernel_size + place;
}

/** The weight matrix: a row for each output, a column for each input, null where nothing is. */
export function weightMatrix(state) {
  const row = (output) => numbers(state.size).map((input) => weightBetween(state, output, input));
  return numbers(outputCount(state)).map(row);
}

/** Every connection of a layer, as { output, input, weight }. */
export function connections(state) {
  return weightMatrix(state).flatMap((row, output) =>
    row.map((weight, input) => ({ output, input, weight })).filter((each) => each.weight !== null),
  );
}

/** The connections of the unit that the reader stands on. */
export function ownConnections(state) {
  return connections(state).filter((each) => each[state.side] === state.unit);
}

/** How many connections a layer has, and how many different weights. */
export function counts(state) {
  const weights = connections(state).map(({ weight }) => weight);
  return { connections: weights.length, weights: new Set(weights).size };
}

/** The state with the reader's unit moved back into a layer that has become smaller. */
export function fitted(state) {
  const last = (state.side === "output" ? outputCount(state) : state.size) - 1;
  return { ...state, unit: Math.min(state.unit, last) };
}

function numbers(count) {
  return Array.from({ length: count }, (_, index) => index);
}
