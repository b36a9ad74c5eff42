// The connection explorer: who reads whom in a layer, and which of the weights are the same.

import {
  connections, counts, fitted, KINDS, outputCount, ownConnections, weightMatrix,
} from "./connections.js";
import { button, choice, figure, h, s, View } from "./figure.js";
import { grid } from "./grid.js";

const FIELDS = ["size", "kernel_size", "kind", "side", "unit"];
const KEYS = "Arrow keys move from unit to unit, Tab leads from the inputs to the outputs.";
const NAMES = [
  ["dense", "dense: all with all"],
  ["sparse", "sparse: own weights"],
  ["shared", "shared: convolution"],
];

const LETTERS = "abcdefghij";
// The styles give each unit as much height as PITCH has units here.
const [PITCH, WIDTH] = [40, 150];
// A letter stands near the end where its unit's lines lie apart.
const NEAR = { output: 0.24, input: 0.76 };

class Explorer extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.network = h("div");
    this.tables = h("div", { class: "connections-tables" });
    this.controls = this.buildControls();
    const parts = [this.network, this.speech.node, this.tables];
    const board = h("div", { class: "connections-board" }, parts);
    this.show(element, "Connection explorer", [board, this.controls.node], KEYS);
  }

  /** Take a change from outside. */
  update(patch) {
    this.state = fitted({ ...this.state, ...patch });
    this.paint();
  }

  /** Take a change from the reader. */
  change(patch) {
    this.update(patch);
    this.onChange({ ...patch, unit: this.state.unit });
  }

  paint() {
    const { size, kernel_size, kind } = this.state;
    if (this.drawn !== `${size}/${kernel_size}`) this.rebuild();
    paintNetwork(this.parts, this.state);
    this.tables.replaceChildren(matrixOf(this.state), countsOf(this.state));
    this.speech.say(sentence(this.state));
    const chosen = { kind, size, kernel_size };
    for (const [key, { select }] of Object.entries(this.controls.pickers)) select.value = chosen[key];
  }

  rebuild() {
    this.drawn = `${this.state.size}/${this.state.kernel_size}`;
    this.parts = buildNetwork(this.state, (place) => this.change(place));
    this.network.replaceChildren(this.parts.node);
  }

  buildControls() {
    const numbers = (values) => values.map((value) => [value, value]);
    const pickers = {
      kind: choice("Layer", NAMES, (kind) => this.change({ kind })),
      size: choice("Inputs", numbers([5, 6, 7, 8, 9, 10]), (text) => this.change({ size: Number(text) })),
      kernel_size: choice("Kernel size", numbers([1, 2, 3, 4, 5]), (text) =>
        this.change({ kernel_size: Number(text) }),
      ),
    };
    const reset = button("Reset", "reset", () => this.change(this.initial));
    const labels = Object.values(pickers).map((picker) => picker.node);
    return { node: h("div", { class: "fig-controls" }, labels, reset), pickers };
  }
}

// --- the network: inputs on the left, outputs on the right, lines between ---

/** The units of a layer and room for its lines; `onMove({ side, unit })` hears the reader. */
function buildNetwork(state, onMove) {
  const parts = {
    input: column("input", "Inputs", state.size, onMove),
    output: column("output", "Outputs", outputCount(state), onMove),
    lines: s("svg", {
      class: "connections-lines",
      viewBox: `0 0 ${WIDTH} ${state.size * PITCH}`,
      "aria-hidden": "true",
    }),
  };
  const style = `--inputs: ${state.size}; --outputs: ${outputCount(state)}`;
  const columns = [parts.input.node, parts.lines, parts.output.node];
  return { ...parts, node: h("div", { class: "connections-network", style }, columns) };
}

/** Mark the reader's unit and those that it is connected with, and draw the lines. */
function paintNetwork(parts, state) {
  const own = ownConnections(state);
  for (const side of ["input", "output"]) {
    const linked = new Set(own.map((connection) => connection[side]));
    parts[side].cells.forEach(([cell], unit) => {
      const isHere = side === state.side && unit === state.unit;
      cell.classList.toggle("connections-linked", !isHere && linked.has(unit));
      if (isHere) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    });
  }
  parts[state.side].rest([state.unit, 0]);
  parts.lines.replaceChildren(...drawLines(state, own));
}

function column(side, title, count, onMove) {
  const name = title.slice(0, -1);
  const cell = (unit) => {
    const attributes = { class: "connections-unit", role: "gridcell" };
    return h("span", { ...attributes, "aria-label": `${name} ${unit + 1}` }, unit + 1);
  };
  const label = `${title}: arrow keys move from one to the next`;
  const part = grid([count, 1], label, cell, ([unit]) => onMove({ side, unit }));
  const heading = h("div", { class: "fig-title" }, title);
  return { ...part, node: h("div", { class: `connections-${side}s` }, heading, part.node) };
}

/** All lines, those of the reader's unit above the others and with their letters. */
function drawLines(state, own) {
  const others = connections(state).filter((each) => each[state.side] !== state.unit);
  const [thin, thick] = ["connections-line", "connections-line connections-own"];
  return [
    ...others.map((each) => line(state, each, thin)),
    ...own.map((each) => line(state, each, thick)),
    ...own.map((each) => letter(state, each)),
  ];
}

/** A line; where weights are shared, its style tells which of them it carries. */
function line(state, { output, input, weight }, name) {
  const manner = state.kind === "shared" ? weight : "own";
  const [y1, y2] = heights(state, output, input);
  return s("line", { class: name, "data-weight": manner, x1: 0, y1, x2: WIDTH, y2 });
}

function letter(state, { output, input }) {
  const share = NEAR[state.side];
  const [left, right] = heights(state, output, input);
  const place = { x: share * WIDTH, y: left + share * (right - left) };
  return s("text", { class: "connections-letter", ...place }, weightName(state, output, input));
}

/** The heights of a line's ends: the outputs stand in the middle beside the inputs. */
function heights(state, output, input) {
  const above = (state.size - outputCount(state)) / 2;
  return [(input + 0.5) * PITCH, (output + above + 0.5) * PITCH];
}

// --- the tables: the weight matrix, and what each kind of layer costs ---

/** The weight matrix with a frame around the row of an output or the column of an input. */
function matrixOf(state) {
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
function countsOf(state) {
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

// --- what is said: the names of weights, and the reader's unit in a sentence ---

/** A letter for the place in the window; weights of one's own carry the output's number as well. */
export function weightName({ kind }, output, input) {
  const letter = LETTERS[kind === "dense" ? input : input - output];
  return kind === "shared" ? letter : letter + below(output + 1);
}

/** Whom the reader's unit reads or influences, through which weights, and what all of it costs. */
export function sentence(state) {
  return [...(state.side === "output" ? ofOutput(state) : ofInput(state)), ["", inAll(state)]];
}

function ofOutput(state) {
  const own = ownConnections(state);
  return [
    ["output", `Output ${state.unit + 1}`],
    ["", " reads "],
    ["input", group("input", own.map(({ input }) => input), state.size)],
    ["", own.length > 1 ? "; its weights " : "; its weight "],
    ["kernel", listed(state, own)],
    ["", belonging(state, own.length > 1)],
  ];
}

function belonging(state, isPlural) {
  const are = isPlural ? "are" : "is";
  if (state.kind !== "shared") return ` ${are} its own.`;
  if (outputCount(state) === 1) return ` ${are} its own, as there is no other output.`;
  return isPlural ? " are those of every other output." : " is that of every other output.";
}

function ofInput(state) {
  const own = ownConnections(state);
  return [
    ["input", `Input ${state.unit + 1}`],
    ["", " influences "],
    ["output", group("output", own.map(({ output }) => output), outputCount(state))],
    ["", own.length > 1 ? ", through the weights " : ", through the weight "],
    ["kernel", listed(state, own)],
    ["", "."],
  ];
}

function inAll(state) {
  const { connections, weights } = counts(state);
  const kept = weights === 1 ? "1 weight" : `${weights} different weights`;
  return ` In all: ${connections} connections, ${kept}.`;
}

/** Neighbouring units in words: input 3, inputs 3 to 5, all 8 inputs. */
function group(name, units, count) {
  const [first, last] = [units[0] + 1, units.at(-1) + 1];
  if (units.length === 1) return `${name} ${first}`;
  if (units.length === count) return `all ${count} ${name}s`;
  return `${name}s ${first} ${units.length === 2 ? "and" : "to"} ${last}`;
}

function listed(state, own) {
  const names = own.map(({ output, input }) => weightName(state, output, input));
  return names.length > 5 ? `${names[0]} to ${names.at(-1)}` : names.join(", ");
}

function below(number) {
  return String(number).replace(/\d/g, (digit) => String.fromCharCode(0x2080 + Number(digit)));
}

export default figure("connection-explorer", FIELDS, (...home) => new Explorer(...home));
