// The receptive field explorer: choose a unit of a chain, and see what it sees on every level.

import { button, choice, figure, h, s } from "./figure.js";
import {
  centre, counts, DEEPEST, fields, fitted, intervals, nearest, reads, stepped, target, top, WIDEST,
} from "./receptive.js";
import { Walker } from "./walker.js";

const FIELDS = ["layers", "position", "presets"];
const KEYS = "Up and down: another unit. Left and right: another layer. All are counted from 0.";
const RULE = "Size and jump: r ← r + (k − 1) · j, then j ← j · s; for the input r = 1 and j = 1.";
const REFUSAL = `There is room for ${DEEPEST} layers and ${WIDEST} pixels: nothing was changed.`;

// Pixels of the picture: its height, the distance of neighbouring pixels, the side of a unit.
const [HEIGHT, LEAST_PITCH, MOST_PITCH, LARGEST_UNIT] = [336, 4, 24, 20];
// Kernels and strides that can be chosen.
const [LARGEST, LONGEST] = [11, 4];

class Explorer extends Walker {
  constructor(element, state, onChange) {
    super(state, onChange, { fitted, stepped, sentence, refusal: REFUSAL });
    this.chain = h("div", {});
    this.list = h("div", { class: "fig-layers" });
    this.adding = button("Add layer", "add", () => this.add());
    this.preset = this.buildPresets();
    const buttons = [...this.transport.nodes, this.adding, this.preset.node];
    const controls = h("div", { class: "fig-controls" }, buttons);
    const rule = h("div", { class: "fig-rule" }, RULE);
    const parts = [this.chain, this.speech.node, controls, rule, this.list];
    this.show(element, "Receptive field explorer", parts, KEYS);
    this.root.dataset.figure = "receptive-field";
  }

  play() {
    const [level] = this.state.position;
    const isAtEnd = stepped(this.state, 1) === null;
    if (!this.player.playing && isAtEnd) this.change({ position: [level, 0] });
    super.play();
  }

  // --- changes of the chain ---

  choose(index, layer) {
    const { layers } = this.state;
    this.change({ layers: layers.map((each, n) => (n === index ? layer : each)) });
  }

  /** One more layer of the usual kind, at whose unit above the chosen one we look. */
  add() {
    const layers = [...this.state.layers, [3, 1]];
    const middle = centre(this.state.layers, this.state.position);
    this.change({ layers, position: nearest(layers, layers.length, middle) });
  }

  remove(index) {
    const { layers } = this.state;
    if (layers.length === 1) return;
    this.change({ layers: layers.filter((_, n) => n !== index) });
    this.rows[Math.min(index, this.rows.length - 1)].removal.focus();
  }

  pick(name) {
    const layers = this.state.presets[name];
    if (layers !== undefined) this.change({ layers, position: top(layers) });
  }

  // --- drawing ---

  draw() {
    if (this.drawn !== layout(this.state)) this.rebuild();
    paintChain(this.parts, this.state);
    paintLayers(this.rows, this.state);
    const { layers, presets } = this.state;
    const isShown = (name) => JSON.stringify(presets[name]) === JSON.stringify(layers);
    this.preset.select.value = Object.keys(presets).find(isShown) ?? "";
    this.adding.setAttribute("aria-disabled", String(layers.length === DEEPEST));
  }

  rebuild() {
    this.drawn = layout(this.state);
    this.parts = buildChain(this.state, (position) => this.change({ position }));
    this.chain.replaceChildren(this.parts.node);
    // The rows stay as long as there are as many: the reader's focus may be in one of them.
    if (this.rows?.length === this.state.layers.length) return;
    const built = buildLayers(this.state.layers.length,
      (index, layer) => this.choose(index, layer), (index) => this.remove(index));
    this.rows = built.rows;
    this.list.replaceChildren(...built.nodes);
  }

  buildPresets() {
    const named = Object.keys(this.initial.presets).map((name) => [name, name]);
    return choice("Chain", [...named, ["", "your own"]], (name) => this.pick(name));
  }
}

// --- the picture: the input at the left, a column of units for each layer to its right; a unit stands
// at the middle of its field, so that the distance of neighbours is the jump ---

/** Two states with the same layout are drawn with the same units. */
function layout({ layers }) {
  return JSON.stringify(layers);
}

/** The columns, still without a field; `onMove([level, unit])` hears the reader. */
function buildChain(state, onMove) {
  const units = counts(state.layers);
  const pitch = Math.min(MOST_PITCH, Math.max(LEAST_PITCH, HEIGHT / units[0]));
  const sides = fields(state.layers).map(({ jump }) => Math.min(LARGEST_UNIT, jump * pitch - 1));
  const mark = h("div", { class: "fig-mark", "aria-hidden": "true" });
  const viewBox = `0 0 ${units.length} ${units[0]}`;
  const cones = s("svg", { class: "fig-cones", viewBox, preserveAspectRatio: "none", "aria-hidden": "true" });
  const columns = units.map((count, level) => column(state, level, count, sides[level]));
  const body = h("div", { class: "fig-columns" }, cones, mark, columns.map(({ node }) => node));
  const parts = { mark, cones, columns, halves: sides.map((side) => side / pitch / 2) };
  const node = h("div", { class: "fig-chain" }, h("div", { class: "fig-heads" }, units.map(head)), body);
  const style = { "--pitch": `${pitch}px`, "--pixels": units[0], "--levels": units.length };
  for (const [name, value] of Object.entries(style)) node.style.setProperty(name, value);
  return { ...parts, node, listen: listening(body, columns, onMove) };
}

/** Fill the units that are seen, and draw the cones from each level to the one below. */
function paintChain(parts, state) {
  const seen = reads(state.layers, state.position);
  parts.columns.forEach((each, level) => paintColumn(each, level, seen[level], state));
  const stretches = intervals(state.layers, state.position);
  paintMark(parts.mark, stretches[0]);
  const edges = stretches.map((stretch, level) => edgesOf(stretch, level, state, parts.halves));
  parts.cones.replaceChildren(...edges.slice(1).flatMap((edge, below) => cone(below, edges[below], edge)));
  parts.listen(state);
}

function head(count, level) {
  const title = level === 0 ? "Input" : `Layer ${level}`;
  const role = level === 0 ? "input" : "output";
  const range = h("div", { class: "fig-range" }, `0–${count - 1}`);
  return h("div", { class: `fig-panel-${role}` }, h("div", { class: "fig-title" }, title), range);
}

function column({ layers }, level, count, side) {
  const places = Array.from({ length: count }, (_, unit) => centre(layers, [level, unit]));
  const name = Math.random().toString(36).slice(2);
  const { jump } = fields(layers)[level];
  const units = places.map((place, unit) => {
    const attributes = { class: "fig-unit", style: `--at: ${place}`, "data-unit": unit };
    const option = { role: "option", id: `fig-${name}-${unit}` };
    return h("span", { ...attributes, ...(level > 0 ? option : { "aria-hidden": "true" }) });
  });
  const roles = level > 0
    ? { role: "listbox", "aria-label": `Layer ${level}`, "aria-orientation": "vertical" }
    : { role: "img", "aria-label": `Input of ${count} pixels` };
  const classes = `fig-column fig-column-${level > 0 ? "layer" : "input"}`;
  const style = `--side: ${side}px; --jump: ${jump}`;
  return { node: h("div", { class: classes, style, "data-level": level, ...roles }, units), units };
}

function paintColumn({ node, units }, level, seen, { position }) {
  const isChosen = (unit) => level === position[0] && unit === position[1];
  units.forEach((each, unit) => {
    each.classList.toggle("fig-seen", seen?.has(unit) ?? false);
    if (level === 0) return;
    each.setAttribute("aria-selected", String(isChosen(unit)));
    each.setAttribute("aria-label", `unit ${unit}${!isChosen(unit) && seen?.has(unit) ? ", seen" : ""}`);
  });
  if (level === 0) return;
  node.tabIndex = level === position[0] ? 0 : -1;
  if (level === position[0]) node.setAttribute("aria-activedescendant", units[position[1]].id);
  else node.removeAttribute("aria-activedescendant");
}

function paintMark(mark, [first, last]) {
  mark.style.setProperty("--first", first);
  mark.style.setProperty("--size", last - first + 1);
  mark.replaceChildren(h("span", {}, first === last ? `${first}` : `${first}–${last}`));
}

/** Upper and lower edge of the units of a stretch, in pixels. */
function edgesOf([first, last], level, { layers }, halves) {
  const middle = (unit) => centre(layers, [level, unit]) + 0.5;
  return [middle(first) - halves[level], middle(last) + halves[level]];
}

/** From the stretch on a level to the stretch above it that reads it: one kernel's step. */
function cone(below, [low, high], [from, to]) {
  const [left, right] = [below + 0.5, below + 1.5];
  const points = `${left},${low} ${right},${from} ${right},${to} ${left},${high}`;
  const line = (y1, y2) => s("line", { x1: left, y1, x2: right, y2 });
  return [s("polygon", { points }), line(low, from), line(high, to)];
}

/** Hear keys and clicks; what is returned takes each new state. */
function listening(body, columns, onMove) {
  let state = null;
  const move = (position) => {
    onMove(position);
    columns[position[0]].node.focus();
  };
  body.addEventListener("keydown", (event) => {
    const position = target(event, state);
    if (position === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(position);
  });
  body.addEventListener("click", (event) => {
    const unit = event.target.closest(".fig-column-layer .fig-unit");
    if (unit) move([Number(unit.parentNode.dataset.level), Number(unit.dataset.unit)]);
  });
  return (next) => (state = next);
}

// --- the list of layers: kernel and stride to choose, and the recurrence with its numbers ---

/**
 * The rows for so many layers. `onChoose(index, [kernel size, stride])` and `onRemove(index)` hear
 * the reader.
 */
function buildLayers(count, onChoose, onRemove) {
  const rows = numbers(count).map(([layer]) => row(layer - 1, onChoose, onRemove));
  return { rows, nodes: rows.map(({ node }) => node) };
}

/** Write the layers into their rows; those above the chosen unit play no part in its field. */
function paintLayers(rows, { layers, position: [level] }) {
  rows.forEach(({ node, kernel, stride, sums, removal }, index) => {
    [kernel.select.value, stride.select.value] = layers[index];
    recurrence(layers, index).forEach((text, n) => (sums[n].textContent = text));
    node.classList.toggle("fig-above", index + 1 > level);
    removal.setAttribute("aria-disabled", String(layers.length === 1));
  });
}

function row(index, onChoose, onRemove) {
  const choose = () => onChoose(index, [kernel, stride].map(({ select }) => Number(select.value)));
  const kernel = choice("Kernel", numbers(LARGEST), choose);
  const stride = choice("Stride", numbers(LONGEST), choose);
  const sums = ["size", "jump"].map((name) => h("span", { class: `fig-sum fig-sum-${name}` }));
  const removal = button("", "remove", () => onRemove(index));
  removal.setAttribute("aria-label", `Remove layer ${index + 1}`);
  const title = h("span", { class: "fig-layer-name" }, `Layer ${index + 1}`);
  const attributes = { class: "fig-layer", role: "group", "aria-label": `Layer ${index + 1}` };
  const node = h("div", attributes, title, kernel.node, stride.node, sums, removal);
  return { node, kernel, stride, sums, removal };
}

function numbers(most) {
  return Array.from({ length: most }, (_, index) => [index + 1, index + 1]);
}

// --- what is said ---

/** The stretch that a unit sees on every level below it. */
export function sentence({ layers, position }) {
  const [level, unit] = position;
  const { size, jump } = fields(layers)[level];
  const [pixels, ...units] = intervals(layers, position).slice(0, -1);
  const between = units.map((stretch, index) => layerStretch(stretch, index + 1)).reverse();
  return [
    ["output", `Unit ${unit} of layer ${level}`],
    ["", ` sees ${between.join(", ")}${between.length > 0 ? " and " : ""}`],
    ["input", `${stretched("pixel", pixels)} of the input`],
    ["", `: size ${size}, jump ${jump}, start ${unit} · ${jump} = ${unit * jump}.`],
    ...(reads(layers, position)[0].size < size ? [["", " Some pixels between are skipped."]] : []),
  ];
}

/** The recurrence at one layer with its numbers, as [size, jump]. */
export function recurrence(layers, index) {
  const [kernelSize, stride] = layers[index];
  const [before, after] = fields(layers).slice(index, index + 2);
  return [
    `r = ${before.size} + (${kernelSize} − 1) · ${before.jump} = ${after.size}`,
    `j = ${before.jump} · ${stride} = ${after.jump}`,
  ];
}

function layerStretch(stretch, layer) {
  return `${stretched("unit", stretch)} of layer ${layer}`;
}

function stretched(noun, [first, last]) {
  return first === last ? `${noun} ${first}` : `${noun}s ${first} to ${last}`;
}

export default figure("receptive-field", FIELDS, (...home) => new Explorer(...home));
