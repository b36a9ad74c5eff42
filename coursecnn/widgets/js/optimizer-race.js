// The optimizer race: a surface, three paths from one start, their losses and their rates.

import { choice, decimal, figure, h, s, slider } from "./figure.js";
import {
  BETAS, CONDITIONS, contour, curvature, diverged, isOnFloor, limit, loss, minimum, NAMES, path,
  place, RATES, REACH, side, STEPS, stepped, SURFACES,
} from "./race.js";
import { Walker } from "./walker.js";

const FIELDS = [
  "surface", "condition", "start", "sgd_rate", "momentum_rate", "adam_rate", "beta", "position",
];
const KEYS = "Arrow keys move the start, a rate or the step; Page Up and Page Down take larger steps.";
const TITLES = { sgd: "SGD", momentum: "momentum", adam: "Adam" };
const PACE = 90; // milliseconds from step to step

// Sizes in the drawings' own units: a unit of the surface, and around the chart the numbers of its axes.
const UNIT = 100;
const [WIDTH, HEIGHT] = [320, 170];
const FIELD = { x: 40, y: 8, width: 266, height: 136 };
const [LOWEST, HIGHEST] = [-12, 6]; // powers of ten of the loss
const SHARE = 0.8; // of its limit: where a rate begins on a surface that is too steep for it
const HIGH = 20; // times the loss at the start: so far a path that diverges is drawn
const LEVELS = Array.from({ length: 9 }, (_, power) => 0.02 * 3 ** power);

class Race extends Walker {
  constructor(element, state, onChange) {
    const fitted = (_, patch) => patch; // whatever the reader chooses can be raced
    super(state, onChange, { fitted, stepped, sentence, start: 0 });
    this.player.milliseconds = PACE;
    this.land = buildLand((start) => this.change({ start }));
    this.losses = this.buildLosses();
    this.rates = NAMES.map((name) => buildRate(name, (rate) => this.change({ [`${name}_rate`]: rate })));
    this.pickers = this.buildPickers();
    const top = h("div", { class: "race-top" }, this.land.node, this.losses.node);
    const rates = h("div", { class: "race-rates" }, this.rates.map(({ node }) => node));
    const walk = h("div", { class: "fig-controls" }, this.transport.nodes);
    const picks = Object.values(this.pickers).map(({ node }) => node);
    const pick = h("div", { class: "fig-controls race-picks" }, picks);
    this.show(element, "Optimizer race", [top, rates, this.speech.node, walk, pick], KEYS);
  }

  draw() {
    const { position } = this.state;
    const paths = NAMES.map((name) => path(this.state, name));
    paintLand(this.land, this.state, paths);
    paintLosses(this.losses.drawing, this.state, paths);
    this.losses.control.paint(position, `step ${position}`);
    for (const rate of this.rates) paintRate(rate, this.state);
    for (const [field, { select }] of Object.entries(this.pickers)) select.value = this.state[field];
  }

  buildLosses() {
    const drawing = s("svg", { class: "race-losses", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    drawing.setAttribute("aria-label", "The loss of each path, step by step, on a scale of powers of ten");
    const control = slider("Step", [0, STEPS], 1, (position) => this.change({ position }));
    return { node: h("div", { class: "race-chart" }, drawing, control.node), drawing, control };
  }

  buildPickers() {
    const named = (values, write = String) => values.map((value) => [value, write(value)]);
    const number = (field) => (value) => this.change({ [field]: Number(value) });
    return {
      surface: choice("Surface", named(SURFACES), (surface) =>
        this.change({ surface, ...lowered(this.state, surface) })),
      condition: choice("Condition", named(CONDITIONS, (ratio) => `${ratio} : 1`), number("condition")),
      beta: choice("β", named(BETAS), number("beta")),
    };
  }
}

// --- the surface from above: lines of equal loss, three paths, and the start, which can be moved ---

/** The surface without its lines; `onStart([x, y])` hears where the reader moves the start. */
function buildLand(onStart) {
  const [x, y] = REACH.map((reach) => reach * UNIT);
  const picture = s("svg", { class: "race-picture", viewBox: `${-x} ${-y} ${2 * x} ${2 * y}`, role: "img" });
  const handle = h("div", { class: "race-start", tabindex: "0", role: "slider", "aria-label": "Start" });
  handle.setAttribute("aria-valuemin", -REACH[0]);
  handle.setAttribute("aria-valuemax", REACH[0]);
  const node = h("div", { class: "race-land" }, picture, handle);
  let here = null;
  handle.addEventListener("keydown", (event) => {
    const there = moved(event, here);
    if (there === null) return;
    event.preventDefault();
    event.stopPropagation();
    onStart(there);
  });
  const heard = (event) => {
    if (event.buttons !== 1) return;
    const { left, top, width, height } = picture.getBoundingClientRect();
    const [across, up] = [(event.clientX - left) / width, 1 - (event.clientY - top) / height];
    onStart(within([across, up].map((share, axis) => (2 * share - 1) * REACH[axis])));
    handle.focus({ focusVisible: false });
    event.preventDefault();
  };
  node.addEventListener("pointerdown", (event) => node.setPointerCapture(event.pointerId));
  for (const kind of ["pointerdown", "pointermove"]) node.addEventListener(kind, heard);
  return { node, picture, handle, listen: (start) => (here = start) };
}

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };
const STRIDE = 0.1;

/** Where a key moves the start, or null; Page Up and Page Down move it up and down by more. */
export function moved({ key, ctrlKey, altKey, metaKey }, [x, y]) {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === "PageUp" || key === "PageDown") return within([x, y + (key === "PageUp" ? 0.5 : -0.5)]);
  if (!(key in DIRECTIONS)) return null;
  return within([x, y].map((value, axis) => value + STRIDE * DIRECTIONS[key][axis]));
}

/** A point on the picture, on a grid of tenths except at the edges. */
function within(point) {
  return point.map((value, axis) => {
    const rounded = Math.round(value * 10) / 10;
    return Math.min(Math.max(rounded, -REACH[axis]), REACH[axis]) + 0;
  });
}

function paintLand({ picture, handle, listen }, state, paths) {
  const at = ([x, y]) => `${round(x * UNIT)} ${round(-y * UNIT)}`;
  const closed = (points) => `M${points.map(at).join("L")}Z`;
  const rings = [...LEVELS].reverse().map((level) => s("path", { class: "race-level", d: closed(contour(state, level)) }));
  const [x, y] = minimum(state).map((each) => each * UNIT);
  const cross = s("path", { class: "race-minimum", d: `M${x - 8} ${-y}h16M${x} ${-y - 8}v16` });
  picture.setAttribute("aria-label", describe(state));
  const walked = paths.map((points) => seen(state, points).slice(0, state.position + 1));
  const lines = NAMES.map((name, index) => line(name, walked[index].map(at)));
  const steps = NAMES.flatMap((name, index) => walked[index].slice(0, -1).map((point) => mark(name, point, 3)));
  const last = NAMES.map((name, index) => mark(name, walked[index].at(-1), 7));
  const where = state.surface === "valley" ? "at the minimum" : "across";
  const text = `λ = ${short(curvature(state))} ${where}`;
  const steepest = s("text", { class: "race-curvature", x: 190, y: 88 }, text);
  picture.replaceChildren(...rings, cross, ...lines, ...steps, ...last, steepest);
  const [left, up] = state.start.map((value, axis) => (value / REACH[axis] + 1) / 2);
  handle.style.setProperty("--left", `${100 * left}%`);
  handle.style.setProperty("--top", `${100 * (1 - up)}%`);
  handle.setAttribute("aria-valuenow", state.start[0]);
  handle.setAttribute("aria-valuetext", `x ${decimal(state.start[0])}, y ${decimal(state.start[1])}`);
  listen(state.start);
}

/** The points that are drawn: a path that diverges would fill the picture with lines in the end. */
function seen(state, points) {
  if (!diverged(state, points)) return points;
  const most = HIGH * loss(state, state.start);
  return points.slice(0, points.findIndex((point) => loss(state, point) > most) + 1);
}

function describe({ surface, condition }) {
  const kind = { bowl: "a bowl", "turned bowl": "a bowl turned by 45°", valley: "a curved valley" }[surface];
  return `${kind[0].toUpperCase()}${kind.slice(1)} from above, ${condition} times as steep across as along, and three paths on it`;
}

function line(name, points) {
  return s("path", { class: `race-line race-${name}`, d: `M${points.join("L")}` });
}

/** A dot for SGD, a square for momentum, a triangle for Adam. */
function mark(name, [x, y], size) {
  const [left, up] = [round(x * UNIT), round(-y * UNIT)];
  const shape = {
    sgd: `m${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`,
    momentum: `m${-size} ${-size}h${2 * size}v${2 * size}h${-2 * size}z`,
    adam: `m0 ${-1.2 * size}l${1.2 * size} ${2.2 * size}h${-2.4 * size}z`,
  }[name];
  return s("path", { class: `race-mark race-${name}`, d: `M${left} ${up}${shape}` });
}

function round(number) {
  return Math.round(Math.max(-1e5, Math.min(1e5, number)) * 10) / 10;
}

// --- the losses, step by step ---

function paintLosses(node, state, paths) {
  const across = (step) => (FIELD.width * step) / STEPS;
  const up = (amount) => (FIELD.height * (HIGHEST - amount)) / (HIGHEST - LOWEST);
  const height = (point) => up(Math.log10(Math.max(loss(state, point), 1e-30)));
  const walked = paths.map((points) => points.slice(0, state.position + 1));
  const at = (point, step) => `${round(across(step))} ${round(height(point))}`;
  const inside = s("svg", FIELD, NAMES.map((name, index) => line(name, walked[index].map(at))));
  const marks = NAMES.map((name, index) => {
    const y = Math.min(Math.max(height(walked[index].at(-1)), 0), FIELD.height); // at an edge beyond it
    const point = [(FIELD.x + across(walked[index].length - 1)) / UNIT, -(FIELD.y + y) / UNIT];
    return mark(name, point, 6);
  });
  const axis = `M${FIELD.x} ${FIELD.y}V${FIELD.y + FIELD.height}H${FIELD.x + FIELD.width}`;
  const title = s("text", { class: "race-title", x: FIELD.x + FIELD.width, y: FIELD.y + 10 }, "loss");
  const drawn = [s("path", { class: "race-axis", d: axis }), title, ...ticks(across, up)];
  node.replaceChildren(...drawn, inside, ...marks);
}

function ticks(across, up) {
  const levels = [LOWEST, -6, 0, HIGHEST].map((power) => {
    const text = power === 0 ? "1" : `10${raised(power)}`;
    return s("text", { class: "race-tick race-power", x: FIELD.x - 6, y: FIELD.y + up(power) }, text);
  });
  const places = [0, STEPS / 2, STEPS].map((step) => {
    const attributes = { x: FIELD.x + across(step), y: FIELD.y + FIELD.height + 18 };
    if (step < STEPS) return s("text", { class: "race-tick", ...attributes }, String(step));
    return s("text", { class: "race-tick race-last", ...attributes }, `step ${step}`);
  });
  return [...levels, ...places];
}

// --- the rates: a slider for each optimizer, on which its limit is marked ---

function buildRate(name, onSet) {
  const control = slider(`Rate of ${TITLES[name]}`, [0, RATES.length - 1], 1, (index) => onSet(RATES[index]));
  const sample = s("svg", { class: "race-sample", viewBox: "0 0 44 18", "aria-hidden": "true" });
  sample.append(line(name, ["0 9", "44 9"]), mark(name, [0.22, -0.09], 6));
  const [rate, bound] = ["race-rate", "race-bound"].map((kind) => h("span", { class: kind }));
  const beyond = h("span", { class: "race-beyond", "aria-hidden": "true" });
  const head = h("div", { class: "race-head" }, sample, h("span", {}, TITLES[name]), rate);
  const track = h("div", { class: "race-track" }, beyond, control.node);
  return { node: h("div", { class: "race-row" }, head, track, bound), name, control, rate, bound, beyond };
}

function paintRate({ name, control, rate, bound, beyond }, state) {
  const [value, most] = [state[`${name}_rate`], limit(state, name)];
  rate.textContent = short(value);
  bound.textContent = most === null ? "no limit of this form" : `limit ${FORMULAS[name]} = ${short(most)}`;
  const spoken = most === null ? "" : `, ${["below", "at", "above"][side(state, name) + 1]} the limit ${short(most)}`;
  control.paint(Math.round(place(value)), `${short(value)}${spoken}`);
  beyond.hidden = most === null || most >= RATES.at(-1);
  if (!beyond.hidden) beyond.style.setProperty("--from", place(most) / (RATES.length - 1));
}

const FORMULAS = { sgd: "2/λ", momentum: "2(1+β)/λ" };

/** Rates that another surface would be too steep for: they begin there below their limits. */
export function lowered(state, surface) {
  const next = { ...state, surface };
  const crossing = ["sgd", "momentum"].filter((name) => side(state, name) < 0 && side(next, name) >= 0);
  const most = (name) => RATES.findLast((rate) => rate <= SHARE * limit(next, name));
  return Object.fromEntries(crossing.map((name) => [`${name}_rate`, most(name)]));
}

// --- what is said ---

/** The losses, and what the limits say of the rates. */
export function sentence(state) {
  const paths = NAMES.map((name) => path(state, name));
  const said = NAMES.flatMap((name, index) => [
    ["", index > 0 ? ", " : ""],
    [`race-${name}`, `${TITLES[name]} ${reached(state, paths[index])}`],
  ]);
  const notes = NAMES.map((name, index) => note(state, name, paths[index])).filter(Boolean);
  const calm = "SGD and momentum are below their limits.";
  return [["", `Step ${state.position}: loss `], ...said, ["", `. ${notes.join(" ") || calm}`]];
}

/** The loss at the step that is shown, or where the path was cut. */
function reached(state, points) {
  if (state.position < points.length) return written(loss(state, points[state.position]));
  return `above 10⁶ at step ${points.length - 1}`;
}

/** What an optimizer's rate has to do with its limit, or null where there is nothing to say. */
function note(state, name, points) {
  if (name === "adam") return null;
  const subject = `The rate of ${TITLES[name]}, ${short(state[`${name}_rate`])},`;
  const bound = `${FORMULAS[name]} = ${short(limit(state, name))}`;
  if (state.surface === "valley") {
    if (side(state, name) > 0) return `${subject} is above ${bound}: the path cannot settle at the minimum.`;
    return diverged(state, points) ? `${subject} is below ${bound}, but that holds near the minimum only.` : null;
  }
  if (side(state, name) < 0) return null;
  if (isOnFloor(state)) return `${subject} is not below ${bound}, but from here the path feels the small curvature only.`;
  return side(state, name) > 0
    ? `${subject} is above ${bound}: this path must diverge.`
    : `${subject} equals ${FORMULAS[name]}: this path swings for ever.`;
}

/** A loss in two digits: 12, 0.034, 5·10⁻⁷. */
export function written(number) {
  if (number === 0) return "0";
  const power = Math.floor(Math.log10(number));
  if (power >= -3 && power < 4) return String(Number(number.toPrecision(2)));
  const [digits, exponent] = number.toExponential(0).split("e");
  return `${digits}·10${raised(Number(exponent))}`;
}

/** A rate or a limit in two digits, or three if it needs them. */
function short(number) {
  return String(Number(number.toPrecision(3)));
}

function raised(power) {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return `${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => digits[digit]).join("")}`;
}

export default figure("optimizer-race", FIELDS, (...home) => new Race(...home));
