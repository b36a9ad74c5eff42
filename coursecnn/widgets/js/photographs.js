// Two small photographs as WebP files, which the browser itself reads; `photographs.py` is the twin
// in Python.

import { canvasOf } from "./canvas.js";
import { STORED } from "./photographs.stored.js";

/** Height and width of each. */
export const SIZE = [96, 144];

/** The cup in the first of them, as [top, left, bottom, right]. */
export const CUP = [4, 41, 74, 98];

let kept = null;

/** A promise of both, by name: `{ channels, height, width, pixels }`, bytes channel after channel. */
export function photographs() {
  kept ??= Promise.all(Object.entries(STORED).map(async ([name, file]) => [name, await read(file)]))
    .then(Object.fromEntries);
  return kept;
}

async function read({ base64 }) {
  const picture = new Image();
  picture.src = `data:image/webp;base64,${base64}`;
  await picture.decode();
  const [height, width] = SIZE;
  const context = canvasOf(SIZE).getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, width, height);
  return planes(context.getImageData(0, 0, width, height));
}

/** Channel after channel, of pixels that stand as red, green, blue, opacity. */
export function planes({ data, height, width }) {
  const size = height * width;
  const pixels = new Uint8Array(3 * size);
  for (let index = 0; index < 3 * size; index += 1) {
    pixels[index] = data[4 * (index % size) + Math.floor(index / size)];
  }
  return { channels: 3, height, width, pixels };
}

/** The colours of an image, four bytes for each pixel. */
export function colours({ height, width, pixels }) {
  const size = height * width;
  const mixed = new Uint8ClampedArray(4 * size).fill(255);
  for (let index = 0; index < 3 * size; index += 1) {
    mixed[4 * (index % size) + Math.floor(index / size)] = pixels[index];
  }
  return mixed;
}
