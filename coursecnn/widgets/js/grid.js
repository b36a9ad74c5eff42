// Grids of numbers with one tab stop each: the arrow keys move from cell to cell. Their cells hold
// numbers to type in or results, and the boards of steppers are made of them.

import { decimal, exact, h } from "./figure.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Where a key leads from a cell of a grid, or null when it does not move.
 * Home and End lead to the ends of the row, with Ctrl to the ends of the grid.
 */
export function target({ key, ctrlKey, altKey, metaKey }, [row, column], [rows, columns]) {
  if (altKey || metaKey) return null;
  if (key === "Home") return [ctrlKey ? 0 : row, 0];
  if (key === "End") return [ctrlKey ? rows - 1 : row, columns - 1];
  if (!(key in STEPS) || ctrlKey) return null;
  const within = (value, size) => Math.min(Math.max(value, 0), size - 1);
  return [within(row + STEPS[key][0], rows), within(column + STEPS[key][1], columns)];
}

/**
 * A grid whose cells are made by `makeCell(row, column)`, which returns the part to focus.
 * `onEnter([row, column])` hears where the focus goes; `rest(place)` moves the tab stop alone.
 */
export function grid(shape, label, makeCell, onEnter = () => {}) {
  const cells = indices(shape[0]).map((row) => indices(shape[1]).map((j) => makeCell(row, j)));
  for (const cell of cells.flat()) cell.tabIndex = -1;
  let here = [0, 0];
  const rest = (place) => {
    cells[here[0]][here[1]].tabIndex = -1;
    cells[place[0]][place[1]].tabIndex = 0;
    here = place;
  };
  const onkeydown = (event) => {
    const place = target(event, here, shape);
    if (place === null) return;
    event.preventDefault();
    event.stopPropagation();
    cells[place[0]][place[1]].focus();
  };
  const onfocusin = (event) => {
    const index = cells.flat().indexOf(event.target);
    if (index < 0) return;
    rest([Math.floor(index / shape[1]), index % shape[1]]);
    onEnter(here);
  };
  const attributes = { class: "fig-grid", role: "grid", "aria-label": label, onkeydown, onfocusin };
  rest([0, 0]);
  return { node: h("div", attributes, cells.map(line)), cells, rest };
}

function indices(count) {
  return Array.from({ length: count }, (_, index) => index);
}

function line(parts) {
  const cell = (part) => h("span", { class: "fig-cell", role: "gridcell" }, part);
  const isCell = (part) => part.getAttribute("role") === "gridcell";
  return h("div", { class: "fig-line", role: "row" }, parts.map((p) => (isCell(p) ? p : cell(p))));
}

// --- cells ---

/** An input for one number; `onCommit(input)` hears of each change. */
export function numberInput(label, onCommit) {
  const input = h("input", {
    class: "fig-number",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": label,
    onfocus: () => input.select(),
    onchange: () => onCommit(input),
    // In JupyterLab the browser reports no change on Enter.
    onkeydown: (event) => event.key === "Enter" && onCommit(input),
  });
  return input;
}

/** Write a list of numbers into as many inputs. */
export function paintNumbers(inputs, numbers) {
  inputs.forEach((input, index) => {
    input.removeAttribute("aria-invalid");
    // Nothing is written under the reader's fingers.
    if (input !== document.activeElement) input.value = exact(numbers[index]);
  });
}

/** A cell for one result, which the arrow keys reach. */
export function resultCell() {
  return h("span", { class: "fig-cell fig-result", role: "gridcell" });
}

/** Write a result into its cell; `text` is empty as long as there is none. */
export function paintResult(cell, place, text, isCurrent) {
  cell.textContent = text;
  cell.style.setProperty("--digits", Math.max(text.length, 4));
  cell.setAttribute("aria-label", `${place}: ${text || "empty"}`);
  if (isCurrent) cell.setAttribute("aria-current", "true");
  else cell.removeAttribute("aria-current");
}

// --- the board of a stepper: titled grids, a window on the input, results in turn ---

/** What the channels of a colour image are called. */
export const CHANNELS = ["red", "green", "blue"];

/** Rows × columns of the channels of an image or kernel. */
export function size(channels) {
  return `${channels[0].length}×${channels[0][0].length}`;
}

/** One part of the board: a title in the colour of its role, above one node for each channel. */
export function panel(role, title, nodes) {
  const name = (c) => (nodes.length > 1 ? h("div", { class: "fig-channel" }, CHANNELS[c]) : null);
  const planes = nodes.map((node, c) => h("div", { class: "fig-plane" }, name(c), node));
  const heading = h("div", { class: "fig-title" }, title);
  const channels = h("div", { class: "fig-channels" }, planes);
  return h("div", { class: `fig-panel fig-panel-${role}` }, heading, channels);
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
