// The arithmetic of a kernel that slides over a signal, in plain numbers and without a page.

import { outputSize, samePadding } from "./windows.js";

/** Zeros before and after the signal: none, as many as keep its size, or all that overlap. */
export function border({ kernel, mode }) {
  if (mode === "same") return samePadding(kernel.length);
  return mode === "full" ? [kernel.length - 1, kernel.length - 1] : [0, 0];
}

/** The signal between its zeros. */
export function padded(state) {
  const [before, after] = border(state);
  return [...Array(before).fill(0), ...state.signal, ...Array(after).fill(0)];
}

/** The weights as they lie under the signal; convolution turns the kernel round. */
export function lying({ kernel, flip }) {
  return flip ? [...kernel].reverse() : kernel;
}

/** How many places the kernel has, 0 if it does not fit. */
export function places(state) {
  return outputSize(padded(state).length, state.kernel.length);
}

/** The products at one place, from left to right. */
export function products(state, position) {
  const values = padded(state);
  return lying(state).map((weight, m) => ({ weight, value: values[position + m] }));
}

/** The whole output. */
export function slide(state) {
  const sum = (terms) => terms.reduce((total, { weight, value }) => total + weight * value, 0);
  return Array.from({ length: places(state) }, (_, position) => sum(products(state, position)));
}

/** The place `count` steps on, or null beyond either end. */
export function stepped(state, count) {
  const position = state.position + count;
  return position < 0 || position >= places(state) ? null : position;
}

/** A change with the place moved back onto the output it leaves, or null if none is left. */
export function fitted(state, patch) {
  const next = { ...state, ...patch };
  if (places(next) === 0) return null;
  return { ...patch, position: Math.min(next.position, places(next) - 1) };
}

/** Bars for numbers, as shares of the height from the lowest to the highest, 0 among them. */
export function bars(numbers) {
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const share = (number) => (high > low ? number / (high - low) : 0);
  const from = (number) => share(Math.min(0, number) - low);
  return numbers.map((number) => ({ from: from(number), size: share(Math.abs(number)) }));
}
