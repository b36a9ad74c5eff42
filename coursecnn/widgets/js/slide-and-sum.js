// Slide and sum: a kernel slides along a signal, and each product is spelled out.

import { choice, decimal, exact, figure, h, spelled } from "./figure.js";
import { grid, numberInput, paintNumbers, paintResult, resultCell } from "./grid.js";
import {
  bars, border, fitted, lying, padded, places, products, slide, stepped,
} from "./sliding.js";
import { Walker } from "./walker.js";

const FIELDS = ["signal", "kernel", "flip", "mode", "position"];
const KEYS = "Arrow keys move the kernel in the output, and from number to number elsewhere.";
const REFUSAL = "The kernel is longer than the signal and fits nowhere: nothing was changed.";
const RULES = [["", "cross-correlation"], ["turned", "convolution (kernel turned round)"]];
const MODES = [
  ["valid", "valid: where the kernel fits"],
  ["same", "same: as many as the signal"],
  ["full", "full: wherever they overlap"],
];

class SlideAndSum extends Walker {
  constructor(element, state, onChange) {
    super(state, onChange, { fitted, stepped, sentence, start: 0, refusal: REFUSAL });
    this.home = h("div", { class: "slide-home" });
    this.rule = choice("Rule", RULES, (value) => this.change({ flip: value !== "" }));
    this.mode = choice("Places", MODES, (mode) => this.change({ mode }));
    const walk = h("div", { class: "fig-controls" }, this.transport.nodes);
    const pick = h("div", { class: "fig-controls" }, this.rule.node, this.mode.node);
    this.show(element, "Slide and sum", [this.home, this.speech.node, walk, pick], KEYS);
  }

  edit(field, index, input) {
    const number = this.typed(input);
    if (number === null) return;
    const numbers = this.state[field].map((old, each) => (each === index ? number : old));
    this.change({ [field]: numbers });
  }

  draw() {
    if (this.drawn !== layout(this.state)) this.rebuild();
    paintBoard(this.parts, this.state);
    this.rule.select.value = this.state.flip ? "turned" : "";
    this.mode.select.value = this.state.mode;
  }

  rebuild() {
    const edit = (...details) => this.edit(...details);
    const move = (position) => this.change({ position });
    this.drawn = layout(this.state);
    this.parts = buildBoard(this.state, edit, move);
    this.home.replaceChildren(this.parts.node);
  }
}

// --- the picture: the signal, the kernel under it, the output below, by columns ---

/** Two states with the same layout are drawn with the same cells. */
function layout({ signal, kernel, mode }) {
  return JSON.stringify([signal.length, kernel.length, mode]);
}

/**
 * The cells of a state, still without numbers.
 * `onEdit(field, index, input)` and `onMove(position)` hear the reader.
 */
function buildBoard(state, onEdit, onMove) {
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
function paintBoard(parts, state) {
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

/** What the styles need to align all rows by columns; an output stands under the centre. */
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

// --- what is said ---

/** Every product at its place. */
export function sentence(state) {
  const turned = state.flip ? ", kernel turned round" : "";
  const place = `Place ${state.position + 1} of ${places(state)}${turned}: `;
  return [["", place], ...spelled(products(state, state.position))];
}

/** The titles of the rows. */
export function titles(state) {
  return {
    written: "Kernel as written",
    signal: `Signal, ${counted(state.signal.length, "number")}${zeros(border(state))}`,
    lying: state.flip ? "kernel turned round" : "kernel as written",
    output: `Output, ${counted(places(state), "number")}`,
  };
}

function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function zeros([before, after]) {
  if (before === 0 && after === 0) return "";
  if (before === after) return `, ${counted(before, "zero")} on each side`;
  return `, ${counted(before, "zero")} before and ${after} after`;
}

export default figure("slide-and-sum", FIELDS, (...home) => new SlideAndSum(...home));
