// The pooling stepper: a window walks over an image and keeps one number of each place.

import { bracketed, choice, decimal, exact, figure, h, isRounded } from "./figure.js";
import {
  buildWindow, editable, field, operator, paintNumbers, paintResults, paintWindow, panel, results,
  size,
} from "./grid.js";
import { fitted, numbersIn, outputShape, response, stepped, unread, winner } from "./pooling.js";
import { Stepper } from "./walker.js";

const FIELDS = ["image", "kernel_size", "stride", "kind", "position"];

const POOLING = {
  tag: "pooling-stepper",
  name: "Pooling stepper",
  refusal: "The window does not fit into this input: nothing was changed.",
  chosen: (state) => state,
  build, paint, fitted, stepped, layout, sentence, pickers,
};

function pickers(stepper) {
  const kinds = [["max", "max"], ["average", "average"]];
  const sizes = [1, 2, 3, 4].map((side) => [side, side]);
  const strides = [1, 2, 3].map((stride) => [stride, stride]);
  const set = (key) => (value) => stepper.change({ [key]: Number(value) });
  return {
    kind: choice("Rule", kinds, (kind) => stepper.change({ kind })),
    kernel_size: choice("Window", sizes, set("kernel_size")),
    stride: choice("Stride", strides, set("stride")),
  };
}

// --- the picture: the input with its window, and the output ---

function layout({ image, kernel_size: side, stride }) {
  return JSON.stringify([size(image), side, stride]);
}

function build(state, onEdit, onMove) {
  const [rows] = state.image;
  const shape = [rows.length, rows[0].length];
  const image = editable("input", "image", state, 0, onEdit);
  const window = buildWindow();
  const kind = h("span", { class: "fig-kind" });
  const output = results(outputShape(state), onMove);
  const result = panel("output", `Output ${outputShape(state).join("×")}`, [output.node]);
  const nodes = [
    panel("input", `Input ${size(state.image)}`, [field(image, shape, 0, window)]),
    h("div", { class: "fig-next" }, operator(kind, h("span", {}, "→")), result),
    h("div", { class: "fig-note" }, `Windows that fit: ${sizes(state)}`),
  ];
  return { image, window, kind, output, nodes, widths: [shape[1], outputShape(state)[1]] };
}

function paint({ image, window, kind, output }, state) {
  const { position, stride, kernel_size: side } = state;
  paintNumbers(image.cells.flat(), state.image[0].flat());
  paintUnread(image.cells, unread(state));
  kind.textContent = state.kind === "max" ? "max" : "mean";
  paintWindow(window, position.map((n) => n * stride), side, marks(state));
  paintResults(output, position, (row, column) => response(state, row, column));
}

/** A ring around the largest number, or the weight of each number in the mean. */
function marks(state) {
  const numbers = numbersIn(state, ...state.position);
  const { index } = winner(numbers);
  if (state.kind !== "max") return numbers.map(() => h("span", {}, `×1/${numbers.length}`));
  return numbers.map((_, n) => h("span", { class: n === index ? "fig-winner" : null }));
}

/** Hatch what no window reads. */
function paintUnread(cells, [rows, columns]) {
  cells.forEach((line, i) =>
    line.forEach((input, j) =>
      input.classList.toggle("fig-unread", rows.includes(i) || columns.includes(j)),
    ),
  );
}

// --- what is said ---

/** The numbers of the window, what is made of them, and what is left out. */
export function sentence(state) {
  const [row, column] = state.position;
  const numbers = numbersIn(state, row, column);
  const result = response(state, row, column);
  return [
    ["", `Row ${row + 1}, column ${column + 1}: `],
    ...(state.kind === "max" ? largest(numbers) : mean(numbers)),
    ["", isRounded(numbers, result) ? " ≈ " : " = "],
    ["output", decimal(result)],
    ...(state.kind === "max" ? tie(numbers) : []),
    ...leftOut(state),
  ];
}

/** The formula of the output's size, one for both axes where they agree. */
export function sizes({ image: [rows], kernel_size: side, stride }) {
  const [tall, wide] = [rows.length, rows[0].length].map((length) => count(length, side, stride));
  return tall === wide ? tall : `rows ${tall}, columns ${wide}`;
}

function largest(numbers) {
  return [["kernel", "max"], ["", "("], ...joined(numbers.map(exact), ", "), ["", ")"]];
}

function mean(numbers) {
  const parts = joined(numbers.map(bracketed), " + ");
  return [["", "("], ...parts, ["", ") / "], ["kernel", String(numbers.length)]];
}

function joined(texts, sign) {
  return texts.flatMap((text, index) => [...(index > 0 ? [["", sign]] : []), ["input", text]]);
}

/** Of equal numbers the first in reading order wins, as in the library's backward pass. */
function tie(numbers) {
  const { equals } = winner(numbers);
  return equals > 1 ? [["", `, the first of ${equals} equal numbers`]] : [];
}

function leftOut(state) {
  const [rows, columns] = unread(state);
  const parts = [listed("row", rows), listed("column", columns)].filter((text) => text !== "");
  return parts.length > 0 ? [["", `. Never read: ${parts.join(", ")}.`]] : [];
}

function listed(name, indices) {
  const places = indices.map((index) => index + 1);
  if (places.length < 2) return places.length === 0 ? "" : `${name} ${places[0]}`;
  return `${name}s ${places.slice(0, -1).join(", ")} and ${places.at(-1)}`;
}

function count(length, side, stride) {
  const steps = (length - side) / stride;
  const whole = Math.floor(steps);
  const rounded = steps === whole ? "" : ` = ⌊${decimal(steps)}⌋ + 1`;
  return `⌊(${length} − ${side}) / ${stride}⌋ + 1${rounded} = ${whole + 1}`;
}

export default figure(POOLING.tag, FIELDS, (...home) => new Stepper(POOLING, ...home));
