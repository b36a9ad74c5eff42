// The windows along one axis: where each reads, and what none of them reads.
// Places count from 0 on the padded axis.

import { outputSize, span } from "./sizes.js";

/** The numbers that the reader sets, each with its least and its most. */
export const LIMITS = {
  size: [1, 32],
  kernel_size: [1, 9],
  stride: [1, 8],
  padding: [0, 12],
  dilation: [1, 3],
};

/** How many windows fit, 0 if none does. */
export function count({ size, kernel_size, stride, padding, dilation }) {
  return outputSize(size, kernel_size, stride, padding, dilation);
}

/** Entries of the axis with its zeros. */
export function extent({ size, padding }) {
  return size + 2 * padding;
}

/** The places that the window starting at `start` reads. */
export function taps({ kernel_size, dilation }, start) {
  return Array.from({ length: kernel_size }, (_, m) => start + m * dilation);
}

/** The places that each window reads. */
export function windows(state) {
  return Array.from({ length: count(state) }, (_, index) => taps(state, index * state.stride));
}

/** The places that no window reads: those behind the last window, and those stepped over. */
export function unread(state) {
  const read = new Set(windows(state).flat());
  const places = Array.from({ length: extent(state) }, (_, place) => place);
  const end = (count(state) - 1) * state.stride + span(state.kernel_size, state.dilation);
  const left = places.filter((place) => !read.has(place));
  return { behind: left.filter((p) => p >= end), between: left.filter((p) => p < end) };
}

/** The pixels among places, counted from 1. */
export function pixels({ size, padding }, places) {
  return places.map((place) => place - padding + 1).filter((pixel) => pixel >= 1 && pixel <= size);
}
