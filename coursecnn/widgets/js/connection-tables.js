// The connection explorer's tables: the weight matrix, and what each kind of layer costs.

import { counts, KINDS, weightMatrix } from "./connections.js";
import { weightName } from "./connection-words.js";
import { h } from "./figure.js";

/** The weight matrix with a frame around the row of an output or the column of an input. */
export function matrixOf(state) {
  const matrix = weightMatrix(state);
  const [rows, columns] = [matrix.length, state.size];
  const label = "Weight matrix: a row for each output, a column for each input";
  const corner = h("span", { class: "connections-unseen" }, "Output");
  const head = [corner, ...matrix[0].map((_, input) => input + 1)];
  const body = matrix.map((weights, output) => [
    output + 1,
    ...weights.map((weight, input) => entry(state, weight, output, input)),
  ]);
  const frame = state.side === "output" ? [state.unit, 0, 1, columns] : [0, state.unit, rows, 1];
  const title = h("div", { class: "fig-title" }, `Weight matrix ${rows}×${columns}`);
  const field = h("div", { class: "connections-field" }, table(label, [head, ...body]), mark(frame));
  const style = `--columns: ${columns + 1}`;
  return h("div", { class: "connections-matrix", style }, title, field);
}

/** Connections and weights of the three kinds, with the kind in view marked. */
export function countsOf(state) {
  const head = ["kind", "connections", "different weights"];
  const rows = KINDS.map((kind) => {
    const { connections, weights } = counts({ ...state, kind });
    return [kind, connections, weights];
  });
  const node = table("What each kind of layer needs", [head, ...rows]);
  node.children[1 + KINDS.indexOf(state.kind)].setAttribute("aria-current", "true");
  return h("div", { class: "connections-counts" }, node);
}

function entry(state, weight, output, input) {
  if (weight === null) return h("span", { class: "connections-none" }, "0");
  return h("span", { class: "connections-weight" }, weightName(state, output, input));
}

function mark([row, column, rows, columns]) {
  const style = `--row: ${row}; --column: ${column}; --tall: ${rows}; --wide: ${columns}`;
  return h("div", { class: "connections-frame", style, "aria-hidden": "true" });
}

/** A table whose first row and first column are headers. */
function table(label, rows) {
  const role = (row, column) => (row === 0 ? "columnheader" : column === 0 ? "rowheader" : "cell");
  const lines = rows.map((cells, row) =>
    h(
      "div",
      { role: "row" },
      cells.map((cell, column) => h("span", { role: role(row, column) }, cell)),
    ),
  );
  return h("div", { class: "connections-table", role: "table", "aria-label": label }, lines);
}
