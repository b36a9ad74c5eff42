// The sliding kernel's picture: the signal, the kernel under it, the output below, by columns.

import { numberInput, paintNumbers, paintResult, resultCell } from "./cells.js";
import { h } from "./figure.js";
import { grid } from "./grid.js";
import { decimal, exact } from "./numbers.js";
import { titles } from "./slide-words.js";
import { bars, border, lying, padded, places, products, slide } from "./sliding.js";

/** Two states with the same layout are drawn with the same cells. */
export function layout({ signal, kernel, mode }) {
  return JSON.stringify([signal.length, kernel.length, mode]);
}

/**
 * The cells of a state, still without numbers.
 * `onEdit(field, index, input)` and `onMove(position)` hear the reader.
 */
export function buildBoard(state, onEdit, onMove) {
  const kernel = editable("kernel", state, onEdit);
  const signal = editable("signal", state, onEdit);
  const move = ([, column]) => onMove(column);
  const output = grid([1, places(state)], "Output: arrow keys move the kernel", resultCell, move);
  const moving = buildMoving(state);
  const pair = h("div", { class: "slide-pair" }, between(signal.node, border(state)), ...moving.nodes);
  const columns = Array.from({ length: places(state) }, () => h("span", { class: "slide-bar" }));
  const line = h("span", { class: "slide-line" });
  const chart = h("div", { class: "slide-bars", "aria-hidden": "true" }, line, columns);
  const heads = { pair: h("div", { class: "fig-title" }), output: h("div", { class: "fig-title" }) };
  const rows = [heads.pair, pair, heads.output, output.node, chart];
  const scroll = h("div", { class: "slide-scroll" }, h("div", { class: "slide-rows" }, rows));
  const node = h("div", { class: "slide-board", style: sizes(state) }, written(kernel, state), scroll);
  return { node, kernel, signal, output, moving, columns, line, heads, pair, scroll };
}

/** Write the state's numbers into the cells and put the kernel in its place. */
export function paintBoard(parts, state) {
  paintNumbers(parts.kernel.cells.flat(), state.kernel);
  paintNumbers(parts.signal.cells.flat(), state.signal);
  paintHeads(parts.heads, state);
  paintMoving(parts.moving, state);
  const numbers = slide(state);
  parts.output.rest([0, state.position]);
  parts.output.cells.flat().forEach((cell, index) => {
    const text = index <= state.position ? decimal(numbers[index]) : "";
    paintResult(cell, `Place ${index + 1}`, text, index === state.position);
  });
  paintBars(parts, numbers, state.position);
  parts.node.style.setProperty("--x", state.position);
  keepInView(parts, state);
}

function editable(field, state, onEdit) {
  const label = (column) => `${field}, number ${column + 1}`;
  const cell = (_, column) => numberInput(label(column), (input) => onEdit(field, column, input));
  const name = field[0].toUpperCase() + field.slice(1);
  return grid([1, state[field].length], `${name}: type to change a number`, cell);
}

/** What the style sheet needs to align all rows by columns; an output stands under the centre. */
function sizes(state) {
  const centre = Math.floor((state.kernel.length - 1) / 2);
  return `--columns: ${padded(state).length}; --taps: ${state.kernel.length}; --centre: ${centre}`;
}

function written(kernel, state) {
  const title = h("div", { class: "fig-title" }, titles(state).written);
  const names = h("div", { class: "slide-names", "aria-hidden": "true" }, state.kernel.map(name));
  return h("div", { class: "slide-written fig-panel-kernel" }, title, names, kernel.node);
}

/** A weight's name, so that the reader sees which way round the kernel lies. */
function name(_, index) {
  return h("span", { class: "slide-name" }, "w", h("sub", {}, String(index)));
}

function between(node, [before, after]) {
  const zeros = (count) => Array.from({ length: count }, () => h("span", { class: "slide-zero" }, "0"));
  const ring = (count) => h("div", { class: "slide-zeros", "aria-hidden": "true" }, zeros(count));
  return h("div", { class: "slide-signal" }, ring(before), node, ring(after));
}

/** The window on the signal and the kernel under it; the sentence says what stands in them. */
function buildMoving(state) {
  const window = h("div", { class: "slide-window", "aria-hidden": "true" });
  const weights = h("div", { class: "slide-weights" });
  const terms = h("div", { class: "slide-terms" });
  const block = h("div", { class: "slide-block", "aria-hidden": "true" }, weights, terms);
  return { nodes: [window, block], weights, terms, flip: state.flip };
}

function paintHeads(heads, state) {
  const { signal, lying: kernel, output } = titles(state);
  const run = (role, text) => h("span", role ? { class: `fig-${role}` } : {}, text);
  const under = ["; under it the ", run("kernel", kernel), " and the products"];
  heads.pair.replaceChildren(run("input", signal), ...under);
  heads.output.replaceChildren(run("output", output));
}

function paintMoving(moving, state) {
  const weights = lying(state);
  const names = state.kernel.map(name);
  const inOrder = state.flip ? names.reverse() : names;
  const cells = weights.map((weight, m) => h("span", {}, inOrder[m], cellText(`×${exact(weight)}`)));
  moving.weights.replaceChildren(...cells);
  const terms = products(state, state.position).map(({ weight, value }) => decimal(weight * value));
  moving.terms.replaceChildren(...terms.map(cellText));
  if (moving.flip !== state.flip) turnRound(moving.weights);
  moving.flip = state.flip;
}

function cellText(text) {
  return h("span", { class: "slide-text", style: `--digits: ${Math.max(text.length, 4)}` }, text);
}

/** The kernel turns before the reader's eyes, unless they asked for less motion. */
function turnRound(node) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const frames = [{ transform: "scaleX(-1)" }, { transform: "none" }];
  node.animate(frames, { duration: 300, easing: "ease-out" });
}

function paintBars({ columns, line }, numbers, position) {
  const shares = bars([...numbers, 0]);
  line.style.setProperty("--from", shares.at(-1).from);
  columns.forEach((bar, index) => {
    bar.style.setProperty("--from", shares[index].from);
    bar.style.setProperty("--size", shares[index].size);
    bar.hidden = index > position;
    bar.classList.toggle("slide-bar-now", index === position);
  });
}

/** On a narrow page the rows scroll in their frame, and the window stays in sight. */
function keepInView({ scroll, pair }, state) {
  const cell = pair.offsetWidth / padded(state).length;
  const [left, right] = [state.position * cell, (state.position + state.kernel.length) * cell + 8];
  if (left < scroll.scrollLeft) scroll.scrollLeft = left;
  else if (right > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = right - scroll.clientWidth;
}
