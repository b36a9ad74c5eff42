// Drawing with a pen on a grid of pixels, and putting a drawing into the form of MNIST, in plain
// numbers and without a page. An image is a list of numbers from 0, the ground, to 255, the ink, row
// by row; a point is [row, column] in pixels, whose middles have whole numbers.

const SIZE = 28;
const BOX = 20; // rows or columns of the longer side of an MNIST digit
const MIDDLE = 14; // row and column to which the centre of its ink is moved

/** An image with a stroke added to it, from one point to another, with a round pen. */
export function stroked(pixels, from, to, radius) {
  return Array.from(pixels, (ink, n) => {
    const away = distance([Math.floor(n / SIZE), n % SIZE], from, to);
    // Half a pixel to either side of the edge, the ink fades.
    return Math.max(ink, Math.round(255 * clipped(radius + 0.5 - away, 0, 1)));
  });
}

/** How far a point is from the straight line between two others. */
export function distance([y, x], [y1, x1], [y2, x2]) {
  const [tall, wide] = [y2 - y1, x2 - x1];
  const squared = tall * tall + wide * wide;
  const along = squared > 0 ? clipped(((y - y1) * tall + (x - x1) * wide) / squared, 0, 1) : 0;
  return Math.hypot(y - y1 - along * tall, x - x1 - along * wide);
}

function clipped(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** Whether there is no ink. */
export function isBlank(pixels) {
  return pixels.every((ink) => ink === 0);
}

/**
 * The drawing in the form of MNIST: the box around its ink is resized until its longer side has 20
 * pixels, and moved by whole pixels until the centre of the ink lies in the middle. An image that has
 * this form already stays as it is.
 */
export function normalised(pixels) {
  if (isBlank(pixels)) return [...pixels];
  const [rows, columns] = [inked(pixels, true), inked(pixels, false)];
  const scale = BOX / Math.max(rows.length, columns.length);
  const [down, across] = [rows, columns].map((stretch) => resizing(stretch, scale));
  const box = down.map((row) => across.map((column) => weighted(pixels, row, column)));
  const [top, left] = corner(box);
  const image = Array(SIZE * SIZE).fill(0);
  box.forEach((row, i) => row.forEach((ink, j) => (image[(top + i) * SIZE + left + j] = ink)));
  return image;
}

/** First place and length of the rows, or the columns, that the ink takes. */
function inked(pixels, isRows) {
  const places = [...pixels.keys()].filter((n) => pixels[n] > 0)
    .map((n) => (isRows ? Math.floor(n / SIZE) : n % SIZE));
  const first = places.reduce((a, b) => Math.min(a, b));
  return { first, length: places.reduce((a, b) => Math.max(a, b)) - first + 1 };
}

/**
 * For each pixel of a resized stretch the pixels that it is mixed from, [place, share]: the
 * neighbours of the point where it lies, and more of them where the stretch shrinks.
 */
function resizing({ first, length }, scale) {
  const count = Math.max(1, Math.floor(length * scale + 0.5));
  const reach = Math.max(1, 1 / scale);
  return Array.from({ length: count }, (_, n) => {
    const point = first + (length - 1) / 2 + (n - (count - 1) / 2) / scale;
    const near = Array.from({ length: SIZE }, (_, place) => [place, Math.max(0, 1 - Math.abs(place - point) / reach)]);
    const total = near.reduce((sum, [, share]) => sum + share, 0);
    return near.filter(([, share]) => share > 0).map(([place, share]) => [place, share / total]);
  });
}

function weighted(pixels, rows, columns) {
  let ink = 0;
  for (const [row, share] of rows) {
    for (const [column, other] of columns) ink += share * other * pixels[row * SIZE + column];
  }
  return ink;
}

/** Where the box must begin so that the centre of its ink comes to the middle; it stays on the image. */
function corner(box) {
  let [ink, down, across] = [0, 0, 0];
  box.forEach((row, i) =>
    row.forEach((value, j) => {
      ink += value;
      down += value * i;
      across += value * j;
    }),
  );
  const sizes = [box.length, box[0].length];
  // A little more than a half, so that rounding errors decide nothing.
  return [down, across].map((moment, axis) =>
    clipped(Math.floor(MIDDLE + 0.5 + 1e-6 - moment / ink), 0, SIZE - sizes[axis]),
  );
}
