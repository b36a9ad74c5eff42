// Grids of numbers with one tab stop each: the arrow keys move from cell to cell.

import { h } from "./figure.js";

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
