// What the layers for an image cost: their weights as whole numbers of any length (BigInt), biases
// aside, as they are when one weight lies on each square millimetre, and as memory.

const BYTES = 4n; // of a weight in float32
const LAPTOP = 16_000_000_000n; // bytes
const UNITS = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"];

/** Weights that a laptop's 16 GB hold. */
export const FILLING = LAPTOP / BYTES;

/**
 * The weights of three layers for H×W pixels: a convolution that keeps the size, a dense layer with
 * so many units, and a dense layer with as many outputs as the convolution, K for each pixel.
 */
export function weights({ height, width, in_channels, out_features, kernel_size, out_channels }) {
  const [h, w, c, units, m, k] = [
    height, width, in_channels, out_features, kernel_size, out_channels,
  ].map(BigInt);
  return { convolution: m * m * c * k, units: h * w * c * units, maps: h * w * c * (h * w * k) };
}

/** Where a count stands on an axis of so many powers of ten, from 0 to 1. */
export function share(count, decades) {
  return Math.log10(Number(count)) / decades;
}

/** The side in millimetres of a square with one weight on each square millimetre. */
export function side(count) {
  return Math.sqrt(Number(count));
}

/** A whole number with a comma before every three digits. */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The memory of so many weights in float32, in three digits and a unit; ≈ when they are rounded. */
export function memory(count) {
  let [size, unit] = [Number(BYTES * count), 0];
  for (; size >= 999.5 && unit < UNITS.length - 1; unit += 1) size /= 1000;
  const text = size < 1000 ? String(Number(size.toPrecision(3))) : grouped(Math.round(size));
  return `${Number(text.replace(",", "")) === size ? "" : "≈ "}${text} ${UNITS[unit]}`;
}

/** How many laptops hold so many weights, in three digits: [number, whether it is rounded]. */
export function laptops(count) {
  const number = Number(BYTES * count) / Number(LAPTOP);
  const short = Number(number.toPrecision(3));
  return [short, short !== number];
}
