// The convolution stepper: a kernel walks over an image, and each product is spelled out.

import { fitted, outputShape, products, response, stepped, turned } from "./convolution.js";
import { choice, exact, figure, h, spelled } from "./figure.js";
import {
  buildWindow, CHANNELS, editable, field, operator, paintNumbers, paintResults, paintWindow, panel,
  results, size,
} from "./grid.js";
import { Stepper } from "./walker.js";

const FIELDS = ["image", "kernel", "kernels", "position", "stride", "padding", "flip", "controls"];

const CONVOLUTION = {
  tag: "conv-stepper",
  name: "Convolution stepper",
  refusal: "The kernel does not fit into this input: nothing was changed.",
  build, paint, fitted, stepped, layout, sentence, pickers, chosen,
};

function pickers(stepper) {
  const { kernels, controls } = stepper.initial;
  const named = Object.keys(kernels).map((name) => [name, name]);
  const numbers = (values) => values.map((value) => [value, value]);
  const rules = [["", "cross-correlation"], ["turned", "convolution (kernel turned)"]];
  const set = (key) => (value) => stepper.change({ [key]: Number(value) });
  const of = (name) => ({ kernel: stepper.state.image.map(() => kernels[name]) });
  const pick = (name) => stepper.change(name === "" ? {} : of(name));
  const all = {
    kernel: ["Kernel", [...named, ["", "your own"]], pick],
    stride: ["Stride", numbers([1, 2, 3]), set("stride")],
    padding: ["Padding", numbers([0, 1, 2]), set("padding")],
    flip: ["Rule", rules, (value) => stepper.change({ flip: value !== "" })],
  };
  return Object.fromEntries(controls.map((name) => [name, choice(...all[name])]));
}

function chosen({ kernel, kernels, stride, padding, flip }) {
  const isShown = (preset) => kernel.every((c) => JSON.stringify(c) === JSON.stringify(preset));
  const name = Object.keys(kernels).find((each) => isShown(kernels[each])) ?? "";
  return { kernel: name, stride, padding, flip: flip ? "turned" : "" };
}

// --- the picture: input, kernel, output, and the window on the input ---

function layout({ image, kernel, stride, padding }) {
  const sizes = (channels) => [channels.length, channels[0].length, channels[0][0].length];
  return JSON.stringify([sizes(image), sizes(kernel), stride, padding]);
}

function build(state, onEdit, onMove) {
  const { image, kernel, padding } = state;
  const inner = [image[0].length, image[0][0].length];
  const images = image.map((_, c) => editable("input", "image", state, c, onEdit));
  const kernels = kernel.map((_, c) => editable("kernel", "kernel", state, c, onEdit));
  const windows = images.map(buildWindow);
  const output = results(outputShape(state), onMove);
  const sign = h("span", {});
  const nodes = [
    panel("input", inputTitle(state), images.map((part, c) => field(part, inner, padding, windows[c]))),
    operator(sign),
    panel("kernel", `Kernel ${size(kernel)}`, kernels.map((part) => part.node)),
    operator("="),
    panel("output", `Output ${outputShape(state).join("×")}`, [output.node]),
  ];
  const widths = [inner[1] + 2 * padding, kernel[0][0].length, outputShape(state)[1]];
  return { images, kernels, windows, output, sign, nodes, widths, channels: image.length };
}

function paint({ images, kernels, windows, output, sign }, state) {
  sign.textContent = state.flip ? "∗" : "⊗"; // as in the notation of the book
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

// --- what is said ---

/** Every multiply-accumulate of the window; with three channels, the first term of each names it. */
export function sentence(state) {
  const terms = products(state, ...state.position);
  const named = state.kernel.length > 1 ? terms.map(withName) : terms;
  const [row, column] = state.position;
  return [["", `Row ${row + 1}, column ${column + 1}: `], ...spelled(named)];
}

function withName(term, index, terms) {
  const isFirst = term.channel !== terms[index - 1]?.channel;
  return { ...term, name: isFirst ? CHANNELS[term.channel] : null };
}

export default figure(CONVOLUTION.tag, FIELDS, (...home) => new Stepper(CONVOLUTION, ...home));
