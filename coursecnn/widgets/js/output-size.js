// The output-size calculator: five numbers, the windows that they make, and the formula.

import { button, counter, decimal, figure, h, View } from "./figure.js";
import { count, extent, pixels, samePadding, span, taps, unread, windows } from "./windows.js";

const FIELDS = ["size", "kernel_size", "stride", "padding", "dilation"];
const KEYS = "Arrow keys change a number, Tab leads to the next.";
const ALL_NUMBERED = 16;
const LABELS = {
  size: "Size",
  kernel_size: "Kernel size",
  stride: "Stride",
  padding: "Padding",
  dilation: "Dilation",
};

/** The numbers that the reader sets, each with its least and its most. */
export const LIMITS = {
  size: [1, 32],
  kernel_size: [1, 9],
  stride: [1, 8],
  padding: [0, 12],
  dilation: [1, 3],
};

class Calculator extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.board = h("div", { class: "axis-board", role: "img" });
    this.counters = Object.fromEntries(FIELDS.map((field) => [field, this.buildCounter(field)]));
    this.same = this.buildSame();
    const numbers = FIELDS.map((field) => this.counters[field].node);
    const controls = h("div", { class: "fig-controls axis-numbers" }, numbers);
    // The board grows and shrinks: what is pressed stands above it and stays where it is.
    const parts = [controls, this.same.node, this.speech.node, this.board];
    this.show(element, "Output size", parts, KEYS);
  }

  pad() {
    const { padding, words } = same(this.state);
    if (padding === null) this.speech.say([["", words]]);
    else this.change({ padding });
  }

  paint() {
    paintBoard(this.board, this.state);
    for (const field of FIELDS) this.counters[field].paint(this.state[field]);
    const { padding, words } = same(this.state);
    this.same.pad.setAttribute("aria-disabled", String(padding === null));
    this.same.words.textContent = words;
    this.speech.say(sentence(this.state));
  }

  buildCounter(field) {
    const set = (number) => this.change({ [field]: number });
    return counter(LABELS[field], LIMITS[field], set, (text) => this.speech.say([["", text]]));
  }

  buildSame() {
    const pad = button("Same padding", "same", () => this.pad());
    const reset = button("Reset", "reset", () => this.change({ ...this.initial }));
    const words = h("span", { class: "axis-same" });
    return { node: h("div", { class: "fig-controls" }, pad, reset, words), pad, words };
  }
}

// --- the picture: the axis with its zeros, and every window under it ---

/** Draw a state into the board anew: nothing in it can be focused. */
function paintBoard(board, state) {
  const columns = Math.max(extent(state), span(state.kernel_size, state.dilation));
  board.style.setProperty("--columns", columns);
  board.setAttribute("aria-label", alternative(state));
  board.replaceChildren(
    title("input", inputTitle(state)),
    h("div", { class: "axis-line" }, axis(state)),
    title("output", outputTitle(state)),
    ...(count(state) > 0 ? windows(state) : [taps(state, 0)]).map((places, i) => row(state, places, i)),
    legend(state),
  );
}

function title(role, text) {
  return h("div", { class: `fig-panel-${role}` }, h("div", { class: "fig-title" }, text));
}

function inputTitle({ size, padding }) {
  return `Input ${size}${padding > 0 ? `, padding ${padding} on each side` : ""}`;
}

function outputTitle(state) {
  if (count(state) === 0) return "Output: none, the window hangs over the end";
  return `Output ${count(state)}: one number for each window`;
}

function axis(state) {
  const { behind, between } = unread(state);
  const idle = new Set(count(state) > 0 ? [...behind, ...between] : []);
  return Array.from({ length: extent(state) }, (_, place) => entry(state, place, idle.has(place)));
}

function entry({ size, padding }, place, isIdle) {
  const pixel = place - padding + 1;
  const isPixel = pixel >= 1 && pixel <= size;
  const isRound = isPixel && (pixel === 1 || pixel % 5 === 0);
  const isNumbered = isRound || size + 2 * padding <= ALL_NUMBERED;
  const text = isNumbered ? h("span", {}, isPixel ? String(pixel) : "0") : null;
  const kind = `axis-entry ${isPixel ? "axis-pixel" : "axis-zero"}${isIdle ? " axis-idle" : ""}`;
  return h("span", { class: kind, style: `--place: ${place + 1}` }, text);
}

function row(state, places, index) {
  const [first, last] = [places[0] + 1, places.at(-1) + 2];
  const reach = h("span", { class: "axis-reach", style: `grid-column: ${first} / ${last}` });
  const tap = (place) => {
    const over = place >= extent(state) ? " axis-over" : "";
    return h("span", { class: `axis-tap${over}`, style: `--place: ${place + 1}` });
  };
  const result = h("span", { class: "axis-result" }, String(index + 1));
  const isWindow = count(state) > 0;
  return h("div", { class: "axis-line axis-window" }, reach, places.map(tap), isWindow ? result : null);
}

/** What the shapes mean; only those that are drawn. */
function legend(state) {
  const { behind, between } = unread(state);
  const isIdle = count(state) > 0 && behind.length + between.length > 0;
  const signs = [
    ["axis-pixel", "pixel"],
    state.padding > 0 ? ["axis-zero", "zero of the padding"] : null,
    ["axis-tap", "read by the window"],
    count(state) === 0 ? ["axis-tap axis-over", "beyond the end"] : null,
    isIdle ? ["axis-pixel axis-idle", "never read"] : null,
  ];
  const sign = ([look, text]) => h("span", {}, h("span", { class: `axis-sign ${look}` }), text);
  return h("div", { class: "axis-legend" }, signs.filter(Boolean).map(sign));
}

// --- what is said: the formula with its numbers, and what it leaves out ---

/** The formula, then what happens to the pixels. */
export function sentence(state) {
  return [...formula(state), ["", ` ${consequence(state)}`]];
}

/** ⌊(size + 2·padding − dilation·(kernel size − 1) − 1) / stride⌋ + 1, with its numbers. */
function formula({ size, kernel_size, stride, padding, dilation }) {
  const room = size + 2 * padding - span(kernel_size, dilation);
  const result = Math.floor(room / stride) + 1;
  const floors = [`⌊${decimal(room)} / ${stride}⌋ + 1`, `⌊${decimal(room / stride)}⌋ + 1`];
  const shown = room % stride === 0 ? floors.slice(0, 1) : floors;
  return [
    ["", "⌊("], ["input", `${size}`], ["", ` + 2·${padding} − ${dilation}·(`],
    ["kernel", `${kernel_size}`], ["", ` − 1) − 1) / ${stride}⌋ + 1`],
    ...shown.flatMap((text) => [["", " = "], ["whole", text]]), ["", " = "],
    [result > 0 ? "output" : "", decimal(result)], ["", "."],
  ];
}

/** Whether some padding keeps the size, equal on both sides: the padding or null, and why. */
export function same({ size, kernel_size, stride, dilation }) {
  const [before, after] = samePadding(kernel_size, dilation);
  const needs = `${dilation}·(${kernel_size} − 1) = ${several(before + after, "zero")} in all`;
  if (before !== after) {
    const sides = `an odd number: ${before} before and ${after} after`;
    const words = `Same padding cannot be equal on both sides: it needs ${needs}, ${sides}.`;
    return { padding: null, words };
  }
  const kept = `⌈${size} / ${stride}⌉ = ${Math.ceil(size / stride)}`;
  const effect = stride === 1 ? `the size stays ${size}` : `stride ${stride} then leaves ${kept}`;
  return { padding: before, words: `Same padding: ${needs}, ${before} on each side; ${effect}.` };
}

/** What is heard by a reader who cannot see the picture. */
export function alternative(state) {
  const zeros = state.padding > 0 ? ` between zeros, ${state.padding} on each side` : "";
  const axis = `${several(state.size, "pixel")} in a row${zeros}: ${entries(extent(state))} in all.`;
  const gaps = state.dilation > 1 ? `, one in every ${state.dilation}` : "";
  const reads = `reads ${entries(state.kernel_size)}${gaps}`;
  if (count(state) === 0) return `${axis} A window that ${reads} hangs over the end.`;
  if (count(state) === 1) return `${axis} One window under it ${reads}.`;
  const apart = `starts ${state.stride} after the one before`;
  return `${axis} Each of the ${count(state)} windows under it ${reads}, and ${apart}.`;
}

function consequence(state) {
  if (count(state) === 0) return noOutput(state);
  const { behind, between } = unread(state);
  return `${fit(count(state))}${dropped(state, behind)}${skipped(state, between)}`;
}

function fit(number) {
  return number === 1 ? "One window fits." : `${number} windows fit.`;
}

function noOutput({ size, kernel_size, padding, dilation }) {
  const reach = span(kernel_size, dilation);
  const gaps = dilation > 1 ? ` with dilation ${dilation}` : "";
  const room = `the padded axis has ${size + 2 * padding}`;
  const remedy = `a padding of ${Math.ceil((reach - size) / 2)} or more, or a smaller kernel`;
  return `There is no output: the kernel${gaps} spans ${entries(reach)}, ${room}. It needs ${remedy}.`;
}

function dropped(state, places) {
  if (places.length === 0) return "";
  const lost = pixels(state, places);
  const what = ` The floor drops ${entries(places.length)} at the end`;
  if (lost.length === 0) return `${what}, but no pixel: it is padding.`;
  return `${what}: ${listed(lost)} ${lost.length === 1 ? "is" : "are"} never read.`;
}

function skipped(state, places) {
  const lost = pixels(state, places);
  return lost.length === 0 ? "" : ` The windows step over ${listed(lost)}.`;
}

function several(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function entries(number) {
  return number === 1 ? "1 entry" : `${number} entries`;
}

function listed(numbers) {
  if (numbers.length === 1) return `pixel ${numbers[0]}`;
  return `pixels ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

export default figure("output-size", FIELDS, (...home) => new Calculator(...home));
