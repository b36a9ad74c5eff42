// The arithmetic of the sliding window, in plain numbers and without a page.
// Images and kernels are lists of channels, as in the library: (C, H, W) and (C, kH, kW).

import { kept, outputSize, walked } from "./windows.js";

/** Rows and columns of the output. */
export function outputShape({ image, kernel, stride, padding }) {
  return [
    outputSize(image[0].length, kernel[0].length, stride, padding),
    outputSize(image[0][0].length, kernel[0][0].length, stride, padding),
  ];
}

/** The kernel turned by half a turn: what tells convolution from cross-correlation. */
export function turned(kernel) {
  return kernel.map((channel) => channel.map((row) => [...row].reverse()).reverse());
}

/** The products of the window whose output stands at `row`, `column`, in reading order. */
export function products(state, row, column) {
  const kernel = state.flip ? turned(state.kernel) : state.kernel;
  return kernel.flatMap((weights, channel) =>
    weights.flatMap((line, i) =>
      line.map((weight, j) => {
        const y = row * state.stride + i - state.padding;
        const x = column * state.stride + j - state.padding;
        return { channel, y, x, weight, value: state.image[channel][y]?.[x] ?? 0 };
      }),
    ),
  );
}

/** One number of the output: the window's products, summed. */
export function response(state, row, column) {
  return products(state, row, column).reduce((sum, { weight, value }) => sum + weight * value, 0);
}

/** The whole output, as a list of rows. */
export function crossCorrelate(state) {
  const [rows, columns] = outputShape(state);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => response(state, row, column)),
  );
}

/** The window's place `count` steps on in reading order, or null beyond either end. */
export function stepped(state, count) {
  return walked(state.position, outputShape(state), count);
}

/** A change with the window moved back onto the output it leaves, or null if none is left. */
export function fitted(state, patch) {
  const next = { ...state, ...patch };
  if (next.image.length !== next.kernel.length) return null;
  const shape = outputShape(next);
  return Math.min(...shape) < 1 ? null : { ...patch, position: kept(next.position, shape) };
}
