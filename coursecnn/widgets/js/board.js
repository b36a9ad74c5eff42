// What the boards of steppers are made of: titled grids, a window on the input, results in turn.

import { numberInput, paintResult, resultCell } from "./cells.js";
import { CHANNELS } from "./channels.js";
import { h } from "./figure.js";
import { grid } from "./grid.js";
import { decimal } from "./numbers.js";

/** Rows × columns of the channels of an image or kernel. */
export function size(channels) {
  return `${channels[0].length}×${channels[0][0].length}`;
}

/** One part of the board: a title in the colour of its role, above one node for each channel. */
export function panel(role, title, nodes) {
  const name = (c) => (nodes.length > 1 ? h("div", { class: "fig-channel" }, CHANNELS[c]) : null);
  const named = nodes.flatMap((node, c) => [name(c), node]);
  const heading = h("div", { class: "fig-title" }, title);
  return h("div", { class: `fig-panel fig-panel-${role}` }, heading, named);
}

/** What stands between two panels. */
export function operator(...signs) {
  return h("span", { class: "fig-operator", "aria-hidden": "true" }, ...signs);
}

/** A grid to type in; `onEdit(key, [channel, row, column], input)` hears of each change. */
export function editable(name, key, state, channel, onEdit) {
  const rows = state[key][channel];
  const title = state[key].length > 1 ? `${name}, ${CHANNELS[channel]}` : name;
  const cell = (row, column) => {
    const label = `${title}, row ${row + 1}, column ${column + 1}`;
    return numberInput(label, (input) => onEdit(key, [channel, row, column], input));
  };
  return grid([rows.length, rows[0].length], `${title}: type to change a number`, cell);
}

/** A window, still without its place. */
export function buildWindow() {
  return h("div", { class: "fig-window", "aria-hidden": "true" });
}

/** The cells of the input within their ring of zeros, and the window above both. */
export function field({ node }, [rows, columns], padding, window) {
  const [tall, wide] = [rows + 2 * padding, columns + 2 * padding];
  const ring = Array.from({ length: padding > 0 ? tall * wide : 0 }, () => h("span", {}, "0"));
  const zeros = h("div", { class: "fig-zeros", "aria-hidden": "true" }, ring);
  const style = `--rows: ${tall}; --columns: ${wide}; --padding: ${padding}`;
  return h("div", { class: "fig-field", style }, zeros, node, window);
}

/** Put the window at a row and column of the field; `marks` are one node for each of its cells. */
export function paintWindow(window, [y, x], columns, marks) {
  const place = { y, x, columns };
  for (const [name, value] of Object.entries(place)) window.style.setProperty(`--${name}`, value);
  window.replaceChildren(...marks);
}

/** The output's grid; `onMove([row, column])` hears where the reader moves the window. */
export function results(shape, onMove) {
  return grid(shape, "Output: arrow keys move the window", resultCell, onMove);
}

/** Write the results up to the window's place; `result(row, column)` computes one. */
export function paintResults({ cells, rest }, [row, column], result) {
  rest([row, column]);
  cells.forEach((line, i) =>
    line.forEach((cell, j) => {
      const isDone = i < row || (i === row && j <= column);
      const text = isDone ? decimal(result(i, j)) : "";
      paintResult(cell, `Row ${i + 1}, column ${j + 1}`, text, i === row && j === column);
    }),
  );
}
