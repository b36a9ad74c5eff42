// The convolution stepper's picture: input, kernel, output, and the window on the input.

import {
  buildWindow, editable, field, operator, paintResults, paintWindow, panel, results, size,
} from "./board.js";
import { paintNumbers } from "./cells.js";
import { outputShape, response, turned } from "./convolution.js";
import { h } from "./figure.js";
import { exact } from "./numbers.js";

/** Two states with the same layout are drawn with the same cells. */
export function layout({ image, kernel, stride, padding }) {
  const sizes = (channels) => [channels.length, channels[0].length, channels[0][0].length];
  return JSON.stringify([sizes(image), sizes(kernel), stride, padding]);
}

/**
 * The cells of a state, still without numbers.
 * `onEdit(field, [channel, row, column], input)` and `onMove([row, column])` hear the reader.
 */
export function buildBoard(state, onEdit, onMove) {
  const { image, kernel, padding } = state;
  const inner = [image[0].length, image[0][0].length];
  const images = image.map((_, c) => editable("input", "image", state, c, onEdit));
  const kernels = kernel.map((_, c) => editable("kernel", "kernel", state, c, onEdit));
  const windows = images.map(buildWindow);
  const output = results(outputShape(state), onMove);
  const nodes = [
    panel("input", inputTitle(state), images.map((part, c) => field(part, inner, padding, windows[c]))),
    operator("∗"),
    panel("kernel", `Kernel ${size(kernel)}`, kernels.map((part) => part.node)),
    operator("="),
    panel("output", `Output ${outputShape(state).join("×")}`, [output.node]),
  ];
  const widths = [inner[1] + 2 * padding, kernel[0][0].length, outputShape(state)[1]];
  return { images, kernels, windows, output, nodes, widths };
}

/** Write the state's numbers into the cells and put the window in its place. */
export function paintBoard({ images, kernels, windows, output }, state) {
  images.forEach((part, c) => paintNumbers(part.cells.flat(), state.image[c].flat()));
  kernels.forEach((part, c) => paintNumbers(part.cells.flat(), state.kernel[c].flat()));
  const weights = state.flip ? turned(state.kernel) : state.kernel;
  const corner = state.position.map((n) => n * state.stride);
  const factor = (weight) => h("span", {}, `×${exact(weight)}`);
  windows.forEach((window, c) =>
    paintWindow(window, corner, weights[c][0].length, weights[c].flat().map(factor)),
  );
  paintResults(output, state.position, (row, column) => response(state, row, column));
}

function inputTitle({ image, padding }) {
  return `Input ${size(image)}${padding > 0 ? `, padding ${padding}` : ""}`;
}
