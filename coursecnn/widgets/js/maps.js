// The maps of two images side by side, in plain numbers and without a page: how strong they are, where,
// and how much they differ. What one layer computes of an image is a flat array, map after map.

import { LEVELS, parameters, unitAt } from "./lenet.js";

const ABREAST = 12; // weights of single numbers that stand in a row: 120 and 84 of them fill their rows

/** One map of a level, a stretch of its flat array. */
export function mapOf(values, level, map) {
  const [, rows, columns] = LEVELS[level].shape;
  return values.subarray(map * rows * columns, (map + 1) * rows * columns);
}

/** The largest response of a map, and its unit: the first one where there are several. */
export function peak(values, level, map) {
  const own = mapOf(values, level, map);
  const value = own.reduce((a, b) => Math.max(a, b), -Infinity);
  return { value, unit: unitAt(level, map * own.length + own.indexOf(value)) };
}

/**
 * How much two maps differ: Σ|a − b| / Σ(|a| + |b|), from 0 for the same to 1 where no place responds
 * to both (J. R. Bray and J. T. Curtis, Ecological Monographs 27(4), 1957).
 */
export function difference(one, other) {
  let [apart, together] = [0, 0];
  for (let n = 0; n < one.length; n += 1) {
    apart += Math.abs(one[n] - other[n]);
    together += Math.abs(one[n]) + Math.abs(other[n]);
  }
  return together > 0 ? apart / together : 0;
}

/** The difference of each map of a level. */
export function differences(one, other, level) {
  return every(level).map((map) => difference(mapOf(one, level, map), mapOf(other, level, map)));
}

/** The largest response of each map to either image. */
export function strengths(one, other, level) {
  return every(level).map((map) =>
    Math.max(peak(one, level, map).value, peak(other, level, map).value),
  );
}

/** The map that changes most from one image to the other, by Σ|a − b|; of equal images the strongest. */
export function mostApart(one, other, level) {
  const apart = one.map((value, n) => Math.abs(value - other[n]));
  const sums = every(level).map((map) => mapOf(apart, level, map).reduce((a, b) => a + b, 0));
  return descending(Math.max(...sums) > 0 ? sums : strengths(one, other, level))[0];
}

/** The orders in which maps can stand, each with what comes first. */
export const ORDERS = {
  number: (one, other, level) => every(level).map((map) => -map),
  strength: strengths,
  difference: differences,
};

/** The maps of a level in an order, the largest first; equal ones by their numbers. */
export function ordered(one, other, level, order) {
  return descending(ORDERS[order](one, other, level));
}

/** The largest number of a level, or its size where some are negative, in either image. */
export function scaleOf(one, other) {
  return [one, other].reduce((most, values) => values.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
}

/** Which images excite a map most, as [image, response]; `results` holds the level of each image. */
export function exciting(results, level, map) {
  const responses = results.map((values) => peak(values, level, map).value);
  return descending(responses).map((image) => [image, responses[image]]);
}

/**
 * The weights that make a map, as grids [count, rows, columns] one behind the other: one for each map
 * below, or all in one where single numbers lie below. A pooling has none: null.
 */
export function kernels(level, map) {
  const { name, kind, window } = LEVELS[level];
  if (kind === "pooling") return null;
  const { weight, bias } = parameters()[name];
  const each = weight.length / bias.length;
  const [below, rows] = LEVELS[level - 1].shape;
  const side = window?.[0] ?? rows;
  const shape = side > 1 ? [each / side ** 2, side, side] : [1, below / ABREAST, ABREAST];
  return { shape, weights: weight.subarray(map * each, (map + 1) * each) };
}

function descending(numbers) {
  return [...numbers.keys()].sort((a, b) => numbers[b] - numbers[a] || a - b);
}

function every(level) {
  return Array.from({ length: LEVELS[level].shape[0] }, (_, map) => map);
}
