// Orientation tuning: stripes to turn and to move, two kernels, and how two cells respond.

import { button, choice, decimal, figure, h, s, slider, View } from "./figure.js";
import {
  ANGLES, kernels, largest, moved, grating, responses, SCENE, SIZES, tilt, turned, WAVE,
} from "./tuning.js";

const FIELDS = ["angle", "phase", "preferred", "size"];
const KEYS = "Arrow keys turn or move the stripes a little, Page Up and Page Down more, Home and End to the ends.";
// Sizes in the drawings' own units; around the field of a chart stand the numbers of its axes.
const [WIDTH, HEIGHT] = [320, 134];
const FIELD = { x: 30, y: 8, width: 276, height: 98 };
const LEVELS = 12; // of brightness or weight on each side of 0
const STEPS = { angle: 5, phase: 15 };
const ENDS = { angle: 180, phase: 360 };

class Tuning extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.tiles = ["stripes", "even kernel", "odd kernel"].map(buildTile);
    this.charts = Object.keys(ENDS).map((field) => this.buildChart(field));
    this.controls = this.buildControls();
    this.results = buildResults();
    const shown = [...this.tiles, this.results].map(({ node }) => node);
    const tiles = h("div", { class: "tuning-tiles" }, shown);
    const charts = h("div", { class: "tuning-charts" }, this.charts.map(({ node }) => node));
    const parts = [tiles, charts, this.speech.node, this.controls.node];
    this.show(element, "Orientation tuning", parts, KEYS);
  }

  paint() {
    const { angle, phase, preferred, size } = this.state;
    const pair = kernels(this.state);
    const here = responses(pair, angle, phase);
    paintStripes(this.tiles[0], this.state);
    paintKernel(this.tiles[1], pair[0], preferred, 0, here.even);
    paintKernel(this.tiles[2], pair[1], preferred, 90, here.odd);
    paintResults(this.results, here);
    const curves = { angle: turned(pair, phase), phase: moved(pair, angle) };
    const top = 1.1 * largest(this.state);
    for (const { field, drawing, control } of this.charts) {
      paintChart(drawing, field, curves[field], this.state[field], here, top);
      control.paint(this.state[field], `${decimal(this.state[field])}°`);
    }
    this.controls.preferred.select.value = preferred;
    this.controls.size.select.value = size;
    this.speech.say(sentence(this.state));
  }

  buildChart(field) {
    const set = (value) => this.change({ [field]: value });
    const drawing = buildDrawing(field, set);
    const title = { angle: "Angle of the stripes", phase: "Phase of the stripes" }[field];
    const control = slider(title, [0, ENDS[field]], STEPS[field], set);
    const heading = h("div", { class: "tuning-heading", "aria-hidden": "true" }, `response against ${field}, degrees`);
    return { node: h("div", { class: "tuning-chart" }, drawing, control.node, heading), field, drawing, control };
  }

  buildControls() {
    const number = (field) => (value) => this.change({ [field]: Number(value) });
    const angles = ANGLES.map((angle) => [angle, `${angle}°`]);
    const preferred = choice("Prefers", angles, number("preferred"));
    const size = choice("Field", SIZES.map((each) => [each, `${each}×${each}`]), number("size"));
    const reset = button("Reset", "reset", () => this.change(this.initial));
    const node = h("div", { class: "fig-controls tuning-picks" }, preferred.node, size.node, reset);
    return { node, preferred, size };
  }
}

// --- the picture: what is seen, and the weights it is multiplied by ---

function buildTile(title, index) {
  const role = index === 0 ? "input" : "kernel";
  const picture = s("svg", { class: `tuning-picture tuning-${role}`, viewBox: `0 0 ${SCENE} ${SCENE}`, role: "img" });
  const foot = h("div", { class: "tuning-foot", "aria-hidden": "true" });
  const heading = h("div", { class: "fig-title" }, title);
  const node = h("div", { class: `tuning-tile fig-panel-${role}` }, heading, picture, foot);
  return { node, picture, foot };
}

function paintStripes({ picture, foot }, { angle, phase, size }) {
  const corner = (SCENE - size) / 2;
  const field = { class: "tuning-field", x: corner, y: corner, width: size, height: size };
  picture.setAttribute("aria-label", `Stripes of ${decimal(angle)}°, and the receptive field on them`);
  picture.replaceChildren(mosaic(grating(SCENE, angle, phase)), s("rect", field));
  foot.textContent = `${decimal(angle)}°, phase ${decimal(phase)}°`;
}

/** A kernel, with a sign on its strongest stripes; the sums below are what it makes of the scene. */
function paintKernel({ picture, foot }, kernel, preferred, phase, sum) {
  const [turn, quarter] = [(preferred * Math.PI) / 180, WAVE / 4];
  const stripes = phase === 0 ? [["+", 0], ["−", 2 * quarter], ["−", -2 * quarter]] : [["+", -quarter], ["−", quarter]];
  const signs = stripes.map(([sign, across]) => {
    const [x, y] = [across * Math.sin(turn), across * Math.cos(turn)].map((each) => each + SCENE / 2);
    return s("text", { class: "tuning-sign", x, y }, sign);
  });
  const kind = phase === 0 ? "Even" : "Odd";
  picture.setAttribute("aria-label", `${kind} kernel of ${kernel.length}×${kernel.length} weights for ${preferred}°`);
  picture.replaceChildren(mosaic(kernel), ...signs);
  foot.textContent = `sum ${decimal(sum)}`;
}

/** What both cells make of the sums; beside their names the lines that they have in the charts. */
function buildResults() {
  const formulas = ["simple", "complex"].map(() => h("span", { class: "tuning-formula" }));
  const items = ["simple", "complex"].map((name, index) => {
    const line = s("path", { class: `tuning-curve tuning-${name}`, d: "M0 9H40" });
    const piece = s("svg", { width: 40, height: 18, "aria-hidden": "true" }, line, mark(name, 20, 9));
    return h("div", { class: "tuning-item" }, piece, h("span", {}, `${name} cell`), formulas[index]);
  });
  const title = h("div", { class: "fig-title" }, "responses");
  const node = h("div", { class: "tuning-results fig-panel-output" }, title, items);
  return { node, formulas };
}

function paintResults({ formulas }, { even, odd, simple, complex }) {
  const squares = [even, odd].map((sum) => `${decimal(Math.abs(sum))}²`).join(" + ");
  formulas[0].textContent = `relu(${decimal(even)}) = ${decimal(simple)}`;
  formulas[1].textContent = `√(${squares}) ≈ ${decimal(complex)}`;
}

/** Numbers as pixels in the middle of the scene: the larger one is, the more colour it has. */
function mosaic(values) {
  const most = Math.max(...values.flat().map(Math.abs));
  const [rest, paths] = [(SCENE - values.length) / 2, new Map()];
  values.forEach((row, y) => row.forEach((value, x) => {
    const level = Math.round((LEVELS * value) / most);
    if (level !== 0) paths.set(level, `${paths.get(level) ?? ""}M${x + rest} ${y + rest}h1v1h-1z`);
  }));
  const path = ([level, d]) => {
    const side = level > 0 ? "above" : "below";
    return s("path", { class: `tuning-${side}`, "fill-opacity": Math.abs(level) / LEVELS, d });
  };
  return s("g", { class: "tuning-mosaic" }, [...paths].map(path));
}

// --- the charts: both responses against the angle, and against the phase ---

/** An empty chart; `onSet(value)` hears where the reader points or drags. */
function buildDrawing(field, onSet) {
  const node = s("svg", { class: "tuning-drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const heard = (event) => {
    if (event.buttons !== 1) return;
    const { left, width } = node.getBoundingClientRect();
    const share = (((event.clientX - left) / width) * WIDTH - FIELD.x) / FIELD.width;
    const value = ENDS[field] * Math.min(Math.max(share, 0), 1);
    onSet(STEPS[field] * Math.round(value / STEPS[field]));
  };
  node.addEventListener("pointerdown", heard);
  node.addEventListener("pointermove", heard);
  return node;
}

function paintChart(node, field, points, place, here, top) {
  const across = (value) => FIELD.x + (FIELD.width * value) / ENDS[field];
  const up = (response) => FIELD.y + FIELD.height * (1 - response / top);
  const line = (name) => {
    const d = `M${points.map(([value, each]) => `${across(value)} ${up(each[name])}`).join("L")}`;
    return s("path", { class: `tuning-curve tuning-${name}`, d });
  };
  const [x, foot] = [across(place), FIELD.y + FIELD.height];
  node.setAttribute("aria-label", `Responses of both cells against the ${field} of the stripes`);
  node.replaceChildren(
    s("path", { class: "tuning-axis", d: `M${FIELD.x} ${FIELD.y}V${foot}H${FIELD.x + FIELD.width}` }),
    ...ticks(field, across, up, top),
    s("path", { class: "tuning-guide", d: `M${x} ${FIELD.y}V${foot}` }),
    ...["complex", "simple"].map(line),
    ...["complex", "simple"].map((name) => mark(name, x, up(here[name]))),
  );
}

function ticks(field, across, up, top) {
  const step = top > 8 ? 5 : 2;
  const levels = Array.from({ length: Math.floor(top / step) + 1 }, (_, index) => index * step);
  const places = [0, 1, 2, 3, 4].map((index) => (index * ENDS[field]) / 4);
  const text = (value, attributes) => s("text", attributes, String(value));
  return [
    ...levels.map((y) => text(y, { class: "tuning-tick tuning-level", x: FIELD.x - 7, y: up(y) })),
    ...places.map((x) => text(x, { class: "tuning-tick", x: across(x), y: FIELD.y + FIELD.height + 18 })),
  ];
}

/** A dot for the simple cell and a diamond for the complex one. */
function mark(name, x, y) {
  const attributes = { class: `tuning-mark tuning-${name}` };
  if (name === "simple") return s("circle", { ...attributes, cx: x, cy: y, r: 6 });
  return s("path", { ...attributes, d: `M${x} ${y - 8}l8 8-8 8-8-8z` });
}

// --- what is said ---

/** Both responses, and why the simple cell's is as it is. */
export function sentence({ angle, phase, preferred, size }) {
  const here = responses(kernels({ preferred, size }), angle, phase);
  return [
    ["", `At ${decimal(angle)}°, phase ${decimal(phase)}°: `],
    ["output", `simple cell ${decimal(here.simple)}`],
    ["", ", "],
    ["complex", `complex cell ${decimal(here.complex)}`],
    ["", `. ${meaning(here, largest({ preferred, size }), tilt(angle, preferred))}`],
  ];
}

function meaning({ even, simple, complex }, most, degrees) {
  if (complex < 0.1 * most) {
    const leaning = `The stripes lean by ${decimal(degrees)}° from the preferred angle`;
    return `${leaning}: ${decimal(complex) === "0" ? "neither cell responds" : "both hardly respond"}.`;
  }
  const weights = (sign) => `the even kernel's ${sign} weights`;
  const keeps = `the complex cell keeps ${Math.round((100 * complex) / most)} % of its maximum`;
  if (decimal(even) === "0") return `Bright and dark cancel on the even kernel; ${keeps}.`;
  if (even < 0) return `Bright stripes lie on ${weights("negative")}; ${keeps}.`;
  if (simple > 0.9 * complex) return `Bright stripes lie on ${weights("positive")}; ${keeps}.`;
  return `The stripes have moved off ${weights("positive")}; ${keeps}.`;
}

export default figure("orientation-tuning", FIELDS, (...home) => new Tuning(...home));
