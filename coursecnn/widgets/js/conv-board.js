// The convolution stepper's picture: input, kernel, output, and the window on the input.

import { numberInput, paintNumbers, paintResult, resultCell } from "./cells.js";
import { outputShape, response, turned } from "./convolution.js";
import { CHANNELS } from "./conv-words.js";
import { h } from "./figure.js";
import { grid } from "./grid.js";
import { decimal, exact } from "./numbers.js";

/** Two states with the same layout are drawn with the same cells. */
export function layout({ image, kernel, stride, padding }) {
  const size = (channels) => [channels.length, channels[0].length, channels[0][0].length];
  return JSON.stringify([size(image), size(kernel), stride, padding]);
}

/**
 * The cells of a state, still without numbers.
 * `onEdit(field, [channel, row, column], text)` and `onMove([row, column])` hear the reader.
 */
export function buildBoard(state, onEdit, onMove) {
  const images = state.image.map((_, c) => editable("input", "image", state, c, onEdit));
  const kernels = state.kernel.map((_, c) => editable("kernel", "kernel", state, c, onEdit));
  const windows = images.map(() => h("div", { class: "fig-window", "aria-hidden": "true" }));
  const output = grid(outputShape(state), "Output: arrow keys move the window", resultCell, onMove);
  const nodes = [
    panel("input", inputTitle(state), images.map((part, c) => field(part, state, windows[c]))),
    operator("∗"),
    panel("kernel", `Kernel ${size(state.kernel)}`, kernels.map((part) => part.node)),
    operator("="),
    panel("output", `Output ${outputShape(state).join("×")}`, [output.node]),
  ];
  const across = state.image[0][0].length + 2 * state.padding;
  const widths = [across, state.kernel[0][0].length, outputShape(state)[1]];
  return { images, kernels, windows, output, nodes, widths };
}

/** Write the state's numbers into the cells and put the window in its place. */
export function paintBoard({ images, kernels, windows, output }, state) {
  images.forEach((part, c) => paintNumbers(part.cells.flat(), state.image[c].flat()));
  kernels.forEach((part, c) => paintNumbers(part.cells.flat(), state.kernel[c].flat()));
  const weights = state.flip ? turned(state.kernel) : state.kernel;
  windows.forEach((window, c) => paintWindow(window, weights[c], state));
  output.rest(state.position);
  output.cells.forEach((line, i) => line.forEach((cell, j) => paintCell(cell, [i, j], state)));
}

function size(channels) {
  return `${channels[0].length}×${channels[0][0].length}`;
}

function inputTitle({ image, padding }) {
  return `Input ${size(image)}${padding > 0 ? `, padding ${padding}` : ""}`;
}

function operator(sign) {
  return h("span", { class: "fig-operator", "aria-hidden": "true" }, sign);
}

function panel(role, title, nodes) {
  const name = (c) => (nodes.length > 1 ? h("div", { class: "fig-channel" }, CHANNELS[c]) : null);
  const named = nodes.flatMap((node, c) => [name(c), node]);
  const heading = h("div", { class: "fig-title" }, title);
  return h("div", { class: `fig-panel fig-panel-${role}` }, heading, named);
}

/** The input's cells within their ring of zeros, and the window above both. */
function field({ node }, { image, padding }, window) {
  const [rows, columns] = [image[0].length + 2 * padding, image[0][0].length + 2 * padding];
  const ring = Array.from({ length: padding > 0 ? rows * columns : 0 }, () => h("span", {}, "0"));
  const zeros = h("div", { class: "fig-zeros", "aria-hidden": "true" }, ring);
  const style = `--rows: ${rows}; --columns: ${columns}; --padding: ${padding}`;
  return h("div", { class: "fig-field", style }, zeros, node, window);
}

function editable(name, key, state, channel, onEdit) {
  const rows = state[key][channel];
  const title = state[key].length > 1 ? `${name}, ${CHANNELS[channel]}` : name;
  const cell = (row, column) => {
    const label = `${title}, row ${row + 1}, column ${column + 1}`;
    return numberInput(label, (input) => onEdit(key, [channel, row, column], input));
  };
  return grid([rows.length, rows[0].length], `${title}: type to change a number`, cell);
}

function paintWindow(window, weights, { position: [row, column], stride }) {
  const place = { y: row * stride, x: column * stride, columns: weights[0].length };
  for (const [name, value] of Object.entries(place)) window.style.setProperty(`--${name}`, value);
  window.replaceChildren(...weights.flat().map((weight) => h("span", {}, `×${exact(weight)}`)));
}

function paintCell(cell, [i, j], state) {
  const [row, column] = state.position;
  const isDone = i < row || (i === row && j <= column);
  const text = isDone ? decimal(response(state, i, j)) : "";
  paintResult(cell, `Row ${i + 1}, column ${j + 1}`, text, i === row && j === column);
}
