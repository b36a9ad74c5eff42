// The activation plot: a function, its slope, and what the slope does to a gradient.

import { extent, jump, LEAST, MOST, NAMES, pieces, slope, value } from "./activation.js";
import { button, choice, decimal, figure, h, parse, precise, s, slider, View } from "./figure.js";

const FIELDS = ["name", "x"];
const KEYS = "Arrow keys move x by 0.1, Page Up and Page Down by more, Home and End to the ends.";
const LINES = [
  ["value", ""],
  ["slope", "f′(x), its derivative"],
  ["tangent", "tangent at x"],
];

// Sizes in the drawing's own units; around the field stand the numbers of the axes.
const [WIDTH, HEIGHT] = [480, 300];
const FIELD = { x: 44, y: 8, width: 420, height: 256 };
const TANGENT = 75; // from its middle to each end

class Plot extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.chart = buildChart((x) => this.change({ x: Math.round(x * 10) / 10 }));
    this.key = this.buildKey();
    this.slider = slider("x", [LEAST, MOST], 0.1, (x) => this.change({ x }));
    this.slider.node.classList.add("activation-slider");
    this.controls = this.buildControls();
    const [key, x, said, controls] = [this.key, this.slider, this.speech, this.controls]
      .map(({ node }) => node);
    this.show(element, "Activation plot", [key, this.chart, x, said, controls], KEYS);
  }

  paint() {
    const { name, x } = this.state;
    paintChart(this.chart, this.state);
    this.key.formula.textContent = `f(x) = ${FORMULAS[name]}`;
    this.slider.paint(x, `x = ${precise(x)}`);
    this.controls.select.value = name;
    this.speech.say(sentence(this.state));
  }

  /** What each line is, with a piece of it. */
  buildKey() {
    const texts = LINES.map(([, text]) => h("span", {}, text));
    const items = LINES.map(([name], index) => {
      const piece = s("path", { class: `activation-curve activation-${name}`, d: "M0 6H36" });
      const sample = s("svg", { width: 36, height: 12, "aria-hidden": "true" }, piece);
      return h("div", { class: "activation-item" }, sample, texts[index]);
    });
    return { node: h("div", { class: "activation-key" }, items), formula: texts[0] };
  }

  buildControls() {
    const named = NAMES.map((name) => [name, title(name)]);
    const { node, select } = choice("Activation", named, (name) => this.change({ name }));
    const reset = button("Reset", "reset", () => this.change(this.initial));
    return { node: h("div", { class: "fig-controls" }, node, reset), select };
  }
}

// --- the picture: function, derivative and tangent over one axis ---

/** The chart; `onPoint(x)` hears where the reader points or drags. */
function buildChart(onPoint) {
  const box = `0 0 ${WIDTH} ${HEIGHT}`;
  const node = s("svg", { class: "activation-chart", viewBox: box, role: "img" });
  const heard = (event) => {
    if (event.buttons !== 1) return;
    const { left, width } = node.getBoundingClientRect();
    const share = (((event.clientX - left) / width) * WIDTH - FIELD.x) / FIELD.width;
    onPoint(LEAST + (MOST - LEAST) * Math.min(Math.max(share, 0), 1));
  };
  node.addEventListener("pointerdown", heard);
  node.addEventListener("pointermove", heard);
  return node;
}

/** Draw a state into the chart. */
function paintChart(node, { name, x }) {
  const scale = scaleOf(name);
  const label = `${title(name)} as a solid line and its derivative as a dashed one, for x from −6 to 6`;
  node.setAttribute("aria-label", label);
  // An inner picture cuts off what leaves the field, and the marks may hang over its edge.
  const field = s("svg", FIELD, [
    ...axes(scale),
    curve(scale, pieces(name, value), "value"),
    curve(scale, pieces(name, slope), "slope"),
    ...torn(scale, name),
    ...tangent(scale, name, x),
  ]);
  const above = s("g", { transform: `translate(${FIELD.x} ${FIELD.y})` }, marks(scale, name, x));
  node.replaceChildren(field, ...ticks(scale), above);
}

/** Where numbers lie in the field; a little room is left below and above the curves. */
function scaleOf(name) {
  const [low, high] = extent(name);
  const room = 0.08 * (high - low);
  const [bottom, top] = [low - room, high + room];
  return {
    bottom,
    top,
    across: (x) => (FIELD.width * (x - LEAST)) / (MOST - LEAST),
    up: (y) => (FIELD.height * (top - y)) / (top - bottom),
  };
}

function axes({ across, up }) {
  const d = `M0 ${up(0)}H${FIELD.width}M${across(0)} 0V${FIELD.height}`;
  return [s("path", { class: "activation-axis", d })];
}

function curve({ across, up }, parts, name) {
  const path = (points) => points.map(([x, y]) => `${across(x)} ${up(y)}`).join("L");
  const d = parts.map((points) => `M${path(points)}`).join("");
  return s("path", { class: `activation-curve activation-${name}`, d });
}

/** The ends of a torn derivative: a full dot where libraries take it, an empty one elsewhere. */
function torn({ across, up }, name) {
  return (jump(name) ?? []).map((end) => {
    const manner = end === slope(name, 0) ? "full" : "empty";
    return s("circle", { class: `activation-end activation-${manner}`, cx: across(0), cy: up(end), r: 5 });
  });
}

/** A piece of the tangent at x, and a line between the two curves. */
function tangent({ across, up }, name, x) {
  const [left, height, low] = [across(x), up(value(name, x)), up(slope(name, x))];
  const rise = up(value(name, x) + slope(name, x)) - height;
  const run = across(1) - across(0);
  const share = TANGENT / Math.hypot(run, rise);
  const [dx, dy] = [share * run, share * rise];
  return [
    s("path", { class: "activation-guide", d: `M${left} ${height}V${low}` }),
    s("path", { class: "activation-tangent", d: `M${left - dx} ${height - dy}l${2 * dx} ${2 * dy}` }),
  ];
}

/** A dot on the function and a diamond on its derivative. */
function marks({ across, up }, name, x) {
  const [left, height, low] = [across(x), up(value(name, x)), up(slope(name, x))];
  return [
    s("circle", { class: "activation-mark activation-value", cx: left, cy: height, r: 8 }),
    s("path", { class: "activation-mark activation-slope", d: `M${left} ${low - 9}l9 9-9 9-9-9z` }),
  ];
}

function ticks({ bottom, top, across, up }) {
  const step = top - bottom > 4 ? 2 : top - bottom > 1.6 ? 1 : 0.5;
  const levels = multiples(step, bottom, top).map((y) =>
    number(y, { x: FIELD.x - 8, y: FIELD.y + up(y), class: "activation-tick activation-level" }),
  );
  const places = multiples(2, LEAST, MOST).map((x) =>
    number(x, { x: FIELD.x + across(x), y: HEIGHT - 14, class: "activation-tick" }),
  );
  return [...levels, ...places];
}

function multiples(step, from, to) {
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

function number(amount, attributes) {
  return s("text", attributes, decimal(amount));
}

// --- what is said ---

/** How each activation is written. */
export const FORMULAS = {
  relu: "max(x, 0)",
  leaky_relu: "x, or 0.01·x where x < 0",
  elu: "x, or exp(x) − 1 where x < 0",
  gelu: "x · Φ(x)",
  sigmoid: "1 / (1 + exp(−x))",
  tanh: "tanh(x)",
};

/** What readers call an activation. */
function title(name) {
  return { relu: "ReLU", leaky_relu: "leaky ReLU", elu: "ELU", gelu: "GELU" }[name] ?? name;
}

/** The two numbers at x, and what they mean for learning. */
export function sentence({ name, x }) {
  const [height, steepness] = [value(name, x), slope(name, x)];
  return [
    ["", `At x ${written(x)}: `],
    ["output", `f(x) ${written(height)}`],
    ["", ", "],
    ["gradient", `f′(x) ${written(steepness)}`],
    ["", `. ${meaning(name, x)}`],
  ];
}

function written(number) {
  const text = precise(number);
  return `${parse(text) === number ? "=" : "≈"} ${text}`;
}

function meaning(name, x) {
  const steepness = slope(name, x);
  const sides = jump(name);
  if (x === 0 && sides !== null) {
    const [before, after] = sides.map(precise);
    return `Not differentiable here: the slope jumps from ${before} to ${after}; libraries take ${precise(steepness)}.`;
  }
  if (steepness === 0) return "Flat: no gradient passes here, so nothing before it can learn.";
  return passing(precise(steepness), steepness, name === "sigmoid" && x === 0);
}

function passing(text, steepness, isSteepest) {
  const passes = `a gradient that passes here is multiplied by ${text}`;
  if (text === "0") return "Almost flat: a gradient that passes here vanishes.";
  if (Math.abs(steepness) < 0.05) return `Almost flat: ${passes}.`;
  if (steepness < 0) return `Falling: ${passes} and changes its sign.`;
  if (steepness === 1) return "A gradient that passes here stays as it is.";
  if (text === "1") return "A gradient that passes here stays almost as it is.";
  if (steepness > 1) return `Steeper than 1: ${passes} and grows.`;
  if (isSteepest) return `The steepest place: even here, ${passes}.`;
  return `${passes[0].toUpperCase()}${passes.slice(1)}.`;
}

export default figure("activation-plot", FIELDS, (...home) => new Plot(...home));
