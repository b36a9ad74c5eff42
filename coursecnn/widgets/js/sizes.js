// The size of an output along one axis, in plain numbers, as `coursecnn.shapes` has it.

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
