// Windows in plain numbers, without a page: how many fit along an axis, as `coursecnn.shapes` has
// it, which places each of them reads, and in which order they walk over a grid.
// An axis is { size, kernel_size, stride, padding, dilation }; its places count from 0 on the padded
// axis.

/** Entries from the first to the last that one window reads. */
export function span(kernelSize, dilation = 1) {
  return dilation * (kernelSize - 1) + 1;
}

/** How many windows fit along one axis; 0 where one alone exceeds the padded axis. */
export function outputSize(size, kernelSize, stride = 1, padding = 0, dilation = 1) {
  const room = size + 2 * padding - span(kernelSize, dilation);
  return Math.max(0, Math.floor(room / stride) + 1);
}

/** Zeros before and after that keep the size at stride 1; an odd one goes after. */
export function samePadding(kernelSize, dilation = 1) {
  const total = span(kernelSize, dilation) - 1;
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** How many windows an axis has, 0 if none fits. */
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
export function windows(axis) {
  return Array.from({ length: count(axis) }, (_, index) => taps(axis, index * axis.stride));
}

/** The places that no window reads: those behind the last window, and those stepped over. */
export function unread(axis) {
  const read = new Set(windows(axis).flat());
  const places = Array.from({ length: extent(axis) }, (_, place) => place);
  const end = (count(axis) - 1) * axis.stride + span(axis.kernel_size, axis.dilation);
  const left = places.filter((place) => !read.has(place));
  return { behind: left.filter((p) => p >= end), between: left.filter((p) => p < end) };
}

/** The pixels among places, counted from 1. */
export function pixels({ size, padding }, places) {
  return places.map((place) => place - padding + 1).filter((pixel) => pixel >= 1 && pixel <= size);
}

/** The place `count` steps on in reading order, or null beyond either end of the grid. */
export function walked([row, column], [rows, columns], count) {
  const index = row * columns + column + count;
  if (index < 0 || index >= rows * columns) return null;
  return [Math.floor(index / columns), index % columns];
}

/** The place itself, or the nearest one that the grid has. */
export function kept([row, column], [rows, columns]) {
  return [Math.min(row, rows - 1), Math.min(column, columns - 1)];
}
