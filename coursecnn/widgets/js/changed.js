// Small changes of a digit: moved, turned, or with noise. `changed` in feature_map_browser.py is the
// twin in Python; pixels are 784 numbers from 0, the ground, to 255, the ink.

import { SIZE } from "./lenet.js";

/** The largest amount of each change. */
export const MOST = 6;

const DEGREES = 10;
const GREYS = 20;

/** What a change is called, what its amount is called, and how much one step of it is. */
export const CHANGES = {
  shift: { name: "moved right", by: "Moved right by", unit: (n) => `${n} ${n === 1 ? "pixel" : "pixels"}` },
  turn: { name: "turned", by: "Turned clockwise by", unit: (n) => `${n * DEGREES}°` },
  noise: { name: "noisy", by: "Noise", unit: (n) => `σ = ${n * GREYS}` },
};

/** The digit after so many steps of a change; none leave it as it is. */
export function changed(pixels, change, amount) {
  if (amount === 0) return pixels;
  return { shift: shifted, turn: turned, noise: noisy }[change](pixels, amount);
}

function shifted(pixels, amount) {
  return pixels.map((_, n) => (n % SIZE < amount ? 0 : pixels[n - amount]));
}

/** Each pixel is read where it was before the turn, between its four neighbours there. */
function turned(pixels, amount) {
  const angle = (amount * DEGREES * Math.PI) / 180;
  const [cos, sin, middle] = [Math.cos(angle), Math.sin(angle), (SIZE - 1) / 2];
  const at = (row, column) => {
    const isThere = row >= 0 && row < SIZE && column >= 0 && column < SIZE;
    return isThere ? pixels[row * SIZE + column] : 0;
  };
  return pixels.map((_, n) => {
    const [y, x] = [Math.floor(n / SIZE) - middle, (n % SIZE) - middle];
    const [row, column] = [middle + cos * y - sin * x, middle + sin * y + cos * x];
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const [low, right] = [row - top, column - left];
    const upper = (1 - right) * at(top, left) + right * at(top, left + 1);
    const lower = (1 - right) * at(top + 1, left) + right * at(top + 1, left + 1);
    return (1 - low) * upper + low * lower;
  });
}

/** Nearly normal numbers, always the same, are added to all pixels, which stay within their range. */
function noisy(pixels, amount) {
  let state = 1;
  // The generator of Numerical Recipes, x ← 1664525·x + 1013904223 modulo 2³².
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  // Twelve uniform numbers have the variance 1 together, and the mean 6.
  const normal = () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b) - 6;
  return pixels.map((pixel) => Math.min(Math.max(pixel + amount * GREYS * normal(), 0), 255));
}
