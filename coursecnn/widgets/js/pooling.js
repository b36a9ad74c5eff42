// The arithmetic of pooling: of each window of an image, the largest number or the mean.
// The image is a list of one channel, as in the library: (C, H, W) with C = 1.

import { kept, outputSize, walked } from "./windows.js";

/** Rows and columns of the output. */
export function outputShape({ image: [rows], kernel_size: size, stride }) {
  return [rows.length, rows[0].length].map((length) => outputSize(length, size, stride));
}

/** The numbers of the window whose output stands at `row`, `column`, in reading order. */
export function numbersIn({ image: [rows], kernel_size: size, stride }, row, column) {
  const lines = rows.slice(row * stride, row * stride + size);
  return lines.flatMap((line) => line.slice(column * stride, column * stride + size));
}

/** Where the largest number stands first, and how many equal it. */
export function winner(numbers) {
  const largest = Math.max(...numbers);
  return {
    index: numbers.indexOf(largest),
    equals: numbers.filter((number) => number === largest).length,
  };
}

/** One number of the output: the largest of the window, or the mean. */
export function response(state, row, column) {
  const numbers = numbersIn(state, row, column);
  if (state.kind === "max") return Math.max(...numbers);
  return numbers.reduce((sum, number) => sum + number) / numbers.length;
}

/** The whole output, as a list of rows. */
export function pool(state) {
  const [rows, columns] = outputShape(state);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => response(state, row, column)),
  );
}

/** The rows, and the columns, of the image that lie in no window. */
export function unread(state) {
  const [rows] = state.image;
  const counts = outputShape(state);
  return [rows.length, rows[0].length].map((length, axis) => {
    const isRead = (n) => covers(state, counts[axis], n);
    return Array.from({ length }, (_, n) => n).filter((n) => !isRead(n));
  });
}

/** Whether one of `count` windows along an axis reads entry `n`: the last that has begun there. */
function covers({ kernel_size: size, stride }, count, n) {
  const last = Math.min(Math.floor(n / stride), count - 1);
  return n < last * stride + size;
}

/** The window's place `count` steps on in reading order, or null beyond either end. */
export function stepped(state, count) {
  return walked(state.position, outputShape(state), count);
}

/** A change with the window moved back onto the output it leaves, or null if none is left. */
export function fitted(state, patch) {
  const next = { ...state, ...patch };
  const shape = outputShape(next);
  return Math.min(...shape) < 1 ? null : { ...patch, position: kept(next.position, shape) };
}
