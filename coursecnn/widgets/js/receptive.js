// The arithmetic of receptive fields along one axis, in plain numbers and without a page.
// A chain is a list of layers [kernel size, stride] without padding. Level 0 is its input; a unit
// is named by its level and its place there, [level, unit], and both are counted from 0.

import { outputSize } from "./windows.js";

/** What a picture has room for: layers, and pixels of the input. */
export const DEEPEST = 5;
export const WIDEST = 80;

// A picture shows at least three units of the last layer, and more of them up to so many pixels.
const [FEWEST, ROOM] = [3, 16];

/** Size r and jump j of the fields on each level: r ← r + (k − 1) · j, then j ← j · s. */
export function fields(layers) {
  const levels = [{ size: 1, jump: 1 }];
  for (const [kernelSize, stride] of layers) {
    const { size, jump } = levels.at(-1);
    levels.push({ size: size + (kernelSize - 1) * jump, jump: jump * stride });
  }
  return levels;
}

/** First and last unit that a unit depends on, from the input up to its own level. */
export function intervals(layers, [level, unit]) {
  const found = [[unit, unit]];
  for (const [kernelSize, stride] of layers.slice(0, level).reverse()) {
    const [first, last] = found[0];
    found.unshift([first * stride, last * stride + kernelSize - 1]);
  }
  return found;
}

/** The units that are read, level by level: between them lie gaps where strides exceed kernels. */
export function reads(layers, [level, unit]) {
  const found = [new Set([unit])];
  for (const [kernelSize, stride] of layers.slice(0, level).reverse()) {
    const taps = Array.from({ length: kernelSize }, (_, tap) => tap);
    const below = [...found[0]].flatMap((above) => taps.map((tap) => above * stride + tap));
    found.unshift(new Set(below));
  }
  return found;
}

/** How many units are drawn on each level, from the input on. */
export function counts(layers) {
  const { size, jump } = fields(layers).at(-1);
  const units = Math.max(FEWEST, Math.floor((ROOM - size) / jump) + 1);
  const drawn = [size + (units - 1) * jump];
  for (const layer of layers) drawn.push(outputSize(drawn.at(-1), ...layer));
  return drawn;
}

/** The middle of a unit's field, in pixels. */
export function centre(layers, [level, unit]) {
  const { size, jump } = fields(layers)[level];
  return unit * jump + (size - 1) / 2;
}

/** The unit of a level with the field whose middle is nearest to a pixel. */
export function nearest(layers, level, pixel) {
  const { jump } = fields(layers)[level];
  const unit = Math.round((pixel - centre(layers, [level, 0])) / jump);
  return [level, Math.min(Math.max(unit, 0), counts(layers)[level] - 1)];
}

/** The middle unit of the last layer. */
export function top(layers) {
  return [layers.length, Math.floor((counts(layers).at(-1) - 1) / 2)];
}

/** The unit of the same level `count` steps on, or null beyond either end. */
export function stepped({ layers, position: [level, unit] }, count) {
  const isThere = unit + count >= 0 && unit + count < counts(layers)[level];
  return isThere ? [level, unit + count] : null;
}

/** Where a key leads: up and down along the level, left and right between layers; else null. */
export function target({ key, altKey, ctrlKey, metaKey }, { layers, position }) {
  const [level, unit] = position;
  const last = counts(layers)[level] - 1;
  const beside = (other) =>
    other < 1 || other > layers.length ? position : nearest(layers, other, centre(layers, position));
  const places = {
    ArrowUp: () => [level, Math.max(unit - 1, 0)],
    ArrowDown: () => [level, Math.min(unit + 1, last)],
    ArrowLeft: () => beside(level - 1),
    ArrowRight: () => beside(level + 1),
    Home: () => [level, 0],
    End: () => [level, last],
  };
  return altKey || ctrlKey || metaKey ? null : (places[key]?.() ?? null);
}

/** A change with the chosen unit kept on the chain, or null if the chain cannot be drawn. */
export function fitted(state, patch) {
  const { layers, position: [level, unit] } = { ...state, ...patch };
  const { size, jump } = fields(layers).at(-1);
  const isDrawable = size + (FEWEST - 1) * jump <= WIDEST;
  if (layers.length < 1 || layers.length > DEEPEST || !isDrawable) return null;
  const kept = Math.min(Math.max(level, 1), layers.length);
  return { ...patch, position: [kept, Math.min(unit, counts(layers)[kept] - 1)] };
}
