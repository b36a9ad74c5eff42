// Twenty test digits that no network of the figures has learned from; `digits.py` is the twin in Python.

import { STORED } from "./digits.stored.js";
import { unpack } from "./stored.js";

const SIZE = 28;

let kept = null;

/** The digits as { label, pixels }, 784 bytes each: one of each class, then another of each. */
export function digits() {
  kept ??= whole(unpack(STORED));
  return kept;
}

/** The ink of each digit at its place in an image. */
function whole({ pixels, corner, label }) {
  const [count, rows, columns] = pixels.shape;
  return Array.from({ length: count }, (_, index) => {
    const image = new Uint8Array(SIZE * SIZE);
    const [top, left] = corner.data.subarray(2 * index, 2 * index + 2);
    for (let row = 0; row < rows; row += 1) {
      const start = (index * rows + row) * columns;
      image.set(pixels.data.subarray(start, start + columns), (top + row) * SIZE + left);
    }
    return { label: label.data[index], pixels: [...image] };
  });
}
