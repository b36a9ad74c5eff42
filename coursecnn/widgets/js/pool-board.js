// The pooling stepper's picture: the input with its window, and the output.

import {
  buildWindow, editable, field, operator, paintResults, paintWindow, panel, results, size,
} from "./board.js";
import { paintNumbers } from "./cells.js";
import { h } from "./figure.js";
import { numbersIn, outputShape, response, unread, winner } from "./pooling.js";
import { sizes } from "./pool-words.js";

/** Two states with the same layout are drawn with the same cells. */
export function layout({ image, kernel_size: side, stride }) {
  return JSON.stringify([size(image), side, stride]);
}

/**
 * The cells of a state, still without numbers.
 * `onEdit(field, [channel, row, column], input)` and `onMove([row, column])` hear the reader.
 */
export function buildBoard(state, onEdit, onMove) {
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

/** Write the state's numbers into the cells and put the window in its place. */
export function paintBoard({ image, window, kind, output }, state) {
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
