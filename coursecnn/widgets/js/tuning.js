// Stripes, and two cells of the visual cortex that respond to them, in plain numbers and without a
// page. Angles and phases are in degrees; stripes and kernels have the same wave.

/** Pixels from one bright stripe to the next, and along each side of the picture. */
export const WAVE = 6;
export const SCENE = 25;

/** The receptive fields and the angles that cells can have. */
export const SIZES = [9, 13, 19, 25];
export const ANGLES = Array.from({ length: 12 }, (_, index) => 15 * index);

/** A square image of stripes, from −1, dark, to 1, bright: 0 lies, 90 stands, 45 rises to the right. */
export function grating(size, angle, phase) {
  const [turn, shift] = [radians(angle), radians(phase)];
  const across = (y, x) => x * Math.sin(turn) + y * Math.cos(turn);
  return square(size, (y, x) => Math.cos((2 * Math.PI * across(y, x)) / WAVE + shift));
}

/** A Gabor kernel: stripes in a soft window as wide as the field. Its sum is 0, and its norm 1. */
export function gabor(size, angle, phase) {
  const reach = (size - 1) / 2;
  const window = square(size, (y, x) => Math.exp((-2 * (x ** 2 + y ** 2)) / reach ** 2));
  const wave = grating(size, angle, phase);
  const mean = product(window, wave) / window.flat().reduce((sum, each) => sum + each);
  const kernel = window.map((row, y) => row.map((each, x) => each * (wave[y][x] - mean)));
  const norm = Math.sqrt(product(kernel, kernel));
  return kernel.map((row) => row.map((weight) => weight / norm));
}

/** The even kernel and the odd one of a cell. */
export function kernels({ preferred, size }) {
  return [gabor(size, preferred, 0), gabor(size, preferred, 90)];
}

/**
 * What both cells make of stripes: the two sums, the simple cell's response, which is the even sum
 * if that is positive, and the complex cell's, the root of the energy.
 */
export function responses(pair, angle, phase) {
  const stripes = grating(pair[0].length, angle, phase);
  const [even, odd] = pair.map((kernel) => product(kernel, stripes));
  return { even, odd, simple: Math.max(even, 0), complex: Math.hypot(even, odd) };
}

/** Responses to stripes of every angle, as [angle, responses] pairs. */
export function turned(pair, phase) {
  return places(180, 2.5).map((angle) => [angle, responses(pair, angle, phase)]);
}

/** Responses to stripes of one angle at every phase. */
export function moved(pair, angle) {
  return places(360, 5).map((phase) => [phase, responses(pair, angle, phase)]);
}

/** The largest response of both cells, to stripes of their own angle at phase 0. */
export function largest({ preferred, size }) {
  return responses(kernels({ preferred, size }), preferred, 0).simple;
}

/** Degrees between two directions, at most 90: after half a turn stripes are the same. */
export function tilt(angle, preferred) {
  const apart = Math.abs(angle - preferred) % 180;
  return Math.min(apart, 180 - apart);
}

function places(last, step) {
  return Array.from({ length: last / step + 1 }, (_, index) => index * step);
}

function square(size, value) {
  const middle = (size - 1) / 2;
  const indices = Array.from({ length: size }, (_, index) => index - middle);
  return indices.map((y) => indices.map((x) => value(y, x)));
}

function product(one, other) {
  return one.reduce((sum, row, y) => row.reduce((part, each, x) => part + each * other[y][x], sum), 0);
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
