// The trained LeNet-5 in plain numbers, without a page; `lenet.py` is its twin in Python.
// Level 0 is the image, and each further level is a layer: its maps lie one behind the other in a
// flat array, row by row. A unit is named by its level, its map, and its place there,
// { level, map, place: [row, column] }, all counted from 0.

import { STORED } from "./lenet.stored.js";
import { intervals } from "./receptive.js";
import { softmax } from "./softmax.js";
import { unpack } from "./stored.js";

/** Rows and columns of the image. */
export const SIZE = 28;

// Zeros around the image. In numbers from −1 to 1 they are a frame of middle grey.
const PADDING = 2;

/**
 * The levels from the image on: name, shape of their maps [maps, rows, columns], the kind of layer
 * that makes them, and its windows [kernel size, stride] where it has any.
 */
export const LEVELS = [
  { name: "input", shape: [1, SIZE, SIZE] },
  { name: "C1", shape: [6, 28, 28], kind: "convolution", window: [5, 1] },
  { name: "S2", shape: [6, 14, 14], kind: "pooling", window: [2, 2] },
  { name: "C3", shape: [16, 10, 10], kind: "convolution", window: [5, 1] },
  { name: "S4", shape: [16, 5, 5], kind: "pooling", window: [2, 2] },
  { name: "F5", shape: [120, 1, 1], kind: "dense" },
  { name: "F6", shape: [84, 1, 1], kind: "dense" },
  { name: "output", shape: [10, 1, 1], kind: "dense" },
];

const CHAIN = LEVELS.flatMap(({ window }) => (window ? [window] : []));

/** How many units a level has. */
export function unitCount({ shape: [maps, rows, columns] }) {
  return maps * rows * columns;
}

/** Where a unit stands in the flat array of its level. */
export function indexOf({ level, map, place: [row, column] }) {
  const [, rows, columns] = LEVELS[level].shape;
  return (map * rows + row) * columns + column;
}

/** The unit that stands there. */
export function unitAt(level, index) {
  const [, rows, columns] = LEVELS[level].shape;
  const [map, rest] = [Math.floor(index / (rows * columns)), index % (rows * columns)];
  return { level, map, place: [Math.floor(rest / columns), rest % columns] };
}

// --- the weights: bytes, with a scale for each output channel ---

let kept = null;

/** Weights and biases of each layer that has some, by its name, unpacked at the first call. */
export function parameters() {
  kept ??= dequantised(unpack(STORED));
  return kept;
}

function dequantised(stored) {
  const trained = LEVELS.filter(({ kind }) => kind === "convolution" || kind === "dense");
  return Object.fromEntries(
    trained.map(({ name }) => {
      const [bytes, scale] = [stored[`${name}.weight`].data, stored[`${name}.scale`].data];
      const each = bytes.length / scale.length;
      const weight = Float32Array.from(bytes, (byte, n) => byte * scale[Math.floor(n / each)]);
      return [name, { weight, bias: stored[`${name}.bias`].data }];
    }),
  );
}

// --- forward: from pixels to ten probabilities ---

/**
 * All that the network computes of an image: `maps`, a flat array for each level, after the
 * activation where there is one, and `probabilities`. The last of the maps are the ten logits.
 * `pixels` are 784 numbers from 0, the ground, to 255, the ink.
 */
export function forward(pixels) {
  const maps = [Float64Array.from(pixels, (pixel) => (pixel * 2) / 255 - 1)];
  for (let level = 1; level < LEVELS.length; level += 1) {
    const sums = COMPUTE[LEVELS[level].kind](level, maps[level - 1]);
    maps.push(isRectified(level) ? sums.map(relu) : sums);
  }
  return { maps, probabilities: softmax([...maps.at(-1)]) };
}

const COMPUTE = { convolution: convolved, pooling: pooled, dense: connected };

/** Whether a ReLU follows the layer: it does after all sums but the last. */
export function isRectified(level) {
  return LEVELS[level].kind !== "pooling" && level < LEVELS.length - 1;
}

function relu(value) {
  return value > 0 ? value : 0;
}

/** Zeros around the image of the first layer; other layers have none. */
function paddingOf(level) {
  return level === 1 ? PADDING : 0;
}

/** Maps within a frame of zeros. */
function framed(maps, [count, rows, columns], padding) {
  if (padding === 0) return maps;
  const [tall, wide] = [rows + 2 * padding, columns + 2 * padding];
  const padded = new Float64Array(count * tall * wide);
  for (let line = 0; line < count * rows; line += 1) {
    const [map, row] = [Math.floor(line / rows), line % rows];
    const start = (map * tall + row + padding) * wide + padding;
    padded.set(maps.subarray(line * columns, (line + 1) * columns), start);
  }
  return padded;
}

/** A convolution, one weight after the other: each adds a shifted copy of the map that it reads. */
function convolved(level, below) {
  const { shape: [maps, rows, columns], window: [size] } = LEVELS[level];
  const source = LEVELS[level - 1].shape;
  const padded = framed(below, source, paddingOf(level));
  const [tall, wide] = [rows + size - 1, columns + size - 1];
  const { weight, bias } = parameters()[LEVELS[level].name];
  const sums = new Float64Array(maps * rows * columns);
  for (let map = 0, tap = 0; map < maps; map += 1) {
    const own = sums.subarray(map * rows * columns, (map + 1) * rows * columns).fill(bias[map]);
    for (let other = 0; other < source[0]; other += 1) {
      for (let corner = 0; corner < size * size; corner += 1, tap += 1) {
        const start = (other * tall + Math.floor(corner / size)) * wide + (corner % size);
        addShifted(own, weight[tap], padded, start, wide, columns);
      }
    }
  }
  return sums;
}

function addShifted(sums, weight, source, start, wide, columns) {
  for (let n = 0, row = start; n < sums.length; row += wide) {
    for (let column = 0; column < columns; column += 1, n += 1) {
      sums[n] += weight * source[row + column];
    }
  }
}

/** The largest of each window; windows tile the map, so that each number is looked at once. */
function pooled(level, below) {
  const { shape: [, , columns], window: [size] } = LEVELS[level];
  const most = new Float64Array(unitCount(LEVELS[level])).fill(-Infinity);
  const wide = columns * size;
  for (let n = 0; n < below.length; n += 1) {
    const [row, column] = [Math.floor(n / wide), n % wide];
    const at = Math.floor(row / size) * columns + Math.floor(column / size);
    if (below[n] > most[at]) most[at] = below[n];
  }
  return most;
}

function connected(level, below) {
  const { weight, bias } = parameters()[LEVELS[level].name];
  return Float64Array.from(bias, (sum, map) => {
    for (let n = 0; n < below.length; n += 1) sum += weight[map * below.length + n] * below[n];
    return sum;
  });
}

// --- one unit: what it reads, and the sum behind it ---

/** The units of the level below that a unit reads, in the order of its weights; zeros are left out. */
export function taps({ level, map, place: [row, column] }) {
  const { kind, window } = LEVELS[level];
  const [maps, rows, columns] = LEVELS[level - 1].shape;
  if (kind === "dense") {
    const every = { length: maps * rows * columns };
    return Array.from(every, (_, index) => ({ ...unitAt(level - 1, index), tap: index }));
  }
  const [[size, stride], padding] = [window, paddingOf(level)];
  const [top, left] = [row * stride - padding, column * stride - padding];
  const read = [];
  for (const other of kind === "pooling" ? [map] : indices(maps)) {
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j < size; j += 1) {
        const tap = ((kind === "pooling" ? 0 : other) * size + i) * size + j;
        const place = [top + i, left + j];
        const isThere = place.every((n, axis) => n >= 0 && n < [rows, columns][axis]);
        if (isThere) read.push({ level: level - 1, map: other, place, tap });
      }
    }
  }
  return read;
}

function indices(count) {
  return Array.from({ length: count }, (_, index) => index);
}

/**
 * How a unit's value came about, from the `maps` of a forward pass: `terms`, for each unit that it
 * reads { unit, weight, value }, `bias`, their `sum`, and the `value` after the activation. The
 * terms of a pooling have no weight, and their largest value is the sum.
 */
export function explained(maps, unit) {
  const { level, map } = unit;
  const { name, kind } = LEVELS[level];
  const read = taps(unit).map(({ tap, ...each }) => ({ tap, unit: each, value: maps[level - 1][indexOf(each)] }));
  if (kind === "pooling") {
    const terms = read.map(({ tap, ...term }) => term);
    const sum = Math.max(...terms.map(({ value }) => value));
    return { terms, bias: null, sum, value: sum };
  }
  const { weight, bias } = parameters()[name];
  const each = weight.length / bias.length;
  const terms = read.map(({ tap, ...term }) => ({ ...term, weight: weight[map * each + tap] }));
  const sum = terms.reduce((total, term) => total + term.weight * term.value, bias[map]);
  return { terms, bias: bias[map], sum, value: isRectified(level) ? relu(sum) : sum };
}

/**
 * The part of the image that a unit depends on, [[first row, last row], [first column, last column]].
 * A unit behind a dense layer depends on all of it.
 */
export function field({ level, place }) {
  return stretches(level, place)[0];
}

/**
 * The same on every level from the image up to the unit's own, as far as there are windows: up to S4.
 * A unit behind a dense layer depends on all of those maps.
 */
export function stretches(level, place) {
  const last = Math.min(level, CHAIN.length);
  const ends = LEVELS.slice(0, last + 1).map(({ shape: [, ...sizes] }) => sizes.map((n) => n - 1));
  if (level > last) return ends.map((most) => most.map((end) => [0, end]));
  const axes = place.map((unit) => intervals(CHAIN, [level, unit]));
  return ends.map((most, below) =>
    most.map((end, axis) => {
      const [from, to] = axes[axis][below].map((n) => n - (below === 0 ? PADDING : 0));
      return [Math.max(from, 0), Math.min(to, end)];
    }),
  );
}
