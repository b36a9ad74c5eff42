// The augmentation playground: a photograph, its target and its label on their way through a chain.

import { augmented, drawn, generator, moved, NEUTRAL, normals, STEPS } from "./augmentations.js";
import { canvasOf, overlay, put } from "./canvas.js";
import { button, choice, decimal, figure, h, s, slider, View } from "./figure.js";
import { colours, CUP, photographs, planes, SIZE } from "./photographs.js";
import { falsified, GLYPHS, TASKS } from "./safety.js";

const FIELDS = [
  "flip", "angle", "scale", "right", "down", "brightness", "contrast", "saturation", "hue", "blur",
  "noise", "cutout", "mixup", "step", "task", "view", "seed",
];
const KEYS = "Arrow keys choose a step and change its strength. Reset brings back the chain of the beginning.";
const [HEIGHT, WIDTH] = SIZE;
const NINE = 9;
const MOST_TOLD = 4; // changes that the sentence names; the chain marks them all
const FAINT = 0.2; // brightness or contrast below which hardly anything can be recognised
const LINES = [["target", "target"], ["turned", "turned along"], ["old", "where it was"]];
const UNREADABLE = "This browser cannot read the photographs, which are WebP files.";

/** The strengths that the reader sets, each with its least, its most, and the width of a step. */
export const LIMITS = {
  angle: [-180, 180, 5],
  scale: [0.5, 1.5, 0.05],
  right: [-112, 112, 4],
  down: [-80, 80, 4],
  brightness: [0, 2, 0.1],
  contrast: [0, 2, 0.1],
  saturation: [0, 2, 0.1],
  hue: [-0.5, 0.5, 0.05],
  blur: [0, 3, 0.25],
  noise: [0, 0.3, 0.02],
  cutout: [0, 64, 4],
  mixup: [0, 0.5, 0.05],
};
const FLIPS = [["none", "not at all"], ["horizontal", "left to right"], ["vertical", "top to bottom"]];

/** What each strength is called, and what a value of it means. */
const STRENGTHS = {
  angle: ["Angle", (n) => (n === 0 ? "0°" : `${Math.abs(n)}° ${n > 0 ? "counter-clockwise" : "clockwise"}`)],
  scale: ["Scale", (n) => `${decimal(n)} times`],
  right: ["Move right", (n) => `${decimal(n)} pixels`],
  down: ["Move down", (n) => `${decimal(n)} pixels`],
  brightness: ["Brightness", (n) => `${decimal(n)} times`],
  contrast: ["Contrast", (n) => `${decimal(n)} times`],
  saturation: ["Saturation", (n) => (n === 0 ? "0, grey" : `${decimal(n)} times`)],
  hue: ["Hue", (n) => `${decimal(n)} of the colour circle`],
  blur: ["Width of the bell", (n) => `${decimal(n)} ${n === 1 ? "pixel" : "pixels"}`],
  noise: ["Standard deviation", (n) => `${decimal(100 * n)} % of the range`],
  cutout: ["Side of the hole", (n) => `${n} pixels`],
  mixup: ["Share of the cat", (n) => `${decimal(100 * n)} %`],
};

/** The strengths of each step of the chain. */
const OF_STEP = { rotate: ["angle"], shift: ["right", "down"] };
const strengthsOf = (step) => OF_STEP[step] ?? [step];

class Playground extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.before = buildStage("input");
    this.after = buildStage("output");
    this.nine = Array.from({ length: NINE }, () => buildStage("output"));
    this.board = this.buildBoard();
    this.chain = buildChain((step) => this.change({ step }));
    this.strengths = this.buildStrengths();
    this.glyphs = buildGlyphs();
    this.controls = this.buildControls();
    const said = h("div", { class: "playground-said" }, this.glyphs.node, this.speech.node);
    const parts = [this.board, this.chain, this.strengths, { node: said }, this.controls];
    this.show(element, "Augmentation playground", parts.map(({ node }) => node), KEYS);
    photographs().then((photos) => this.develop(photos), () => this.speech.say([["", UNREADABLE]]));
  }

  /** Go on when the browser has read the photographs. */
  develop(photos) {
    this.photos = photos;
    this.root.dataset.ready = "";
    this.paint();
  }

  buildBoard() {
    const panel = (role, title, ...stages) =>
      h("div", { class: `fig-panel-${role}` }, h("div", { class: "fig-title" }, title), stages);
    const single = panel("output", "After the chain", this.after.node);
    const grid = h("div", { class: "playground-nine" }, this.nine.map(({ node }) => node));
    const several = panel("output", "Nine draws, each with its target", grid);
    const original = panel("input", "Photograph", this.before.node);
    const key = buildKey();
    const node = h("div", { class: "playground-board" }, original, single, several, key);
    const paint = (view) => {
      for (const part of [original, single, key]) part.hidden = view === "nine";
      several.hidden = view !== "nine";
    };
    return { node, paint };
  }

  /** The strengths of the chosen step. */
  buildStrengths() {
    const direction = choice("Mirror", FLIPS, (flip) => this.change({ flip }));
    const sliders = Object.fromEntries(Object.keys(STRENGTHS).map((field) => [
      field, buildStrength(field, (number) => this.change({ [field]: number })),
    ]));
    const node = h("div", { class: "playground-strengths" });
    let drawn = null;
    const paint = (state) => {
      const shown = state.step === "flip" ? [] : strengthsOf(state.step).map((field) => sliders[field]);
      if (drawn !== state.step) {
        node.replaceChildren(...(shown.length > 0 ? shown.map((each) => each.node) : [direction.node]));
      }
      drawn = state.step;
      direction.select.value = state.flip;
      for (const { field, paint: write } of shown) write(state[field]);
    };
    return { node, paint };
  }

  buildControls() {
    const tasks = choice("If these were", TASKS, (task) => this.change({ task }));
    const nine = button("Draw nine", "dice", () => this.draw());
    const one = button("Show one", "one", () => this.change({ view: "one" }));
    const reset = button("Reset", "reset", () => this.change({ ...this.initial }));
    const node = h("div", { class: "fig-controls" }, tasks.node, nine, one, reset);
    const paint = ({ task, view }) => {
      tasks.select.value = task;
      nine.lastChild.textContent = view === "nine" ? "Draw again" : "Draw nine";
      one.setAttribute("aria-disabled", String(view === "one"));
    };
    return { node, paint };
  }

  /** Nine draws, from the next seed if nine are shown already. */
  draw() {
    const { view, seed } = this.state;
    this.change({ view: "nine", seed: view === "nine" ? (seed + 1) % 10000 : seed });
  }

  paint() {
    const { view, task } = this.state;
    this.board.paint(view);
    this.chain.paint(this.state);
    this.strengths.paint(this.state);
    this.controls.paint(this.state);
    this.glyphs.paint(GLYPHS[task], this.state);
    if (this.photos) this.paintPhotos();
    this.speech.say(sentence(this.state));
  }

  paintPhotos() {
    const { coffee } = this.photos;
    if (this.state.view === "nine") {
      nineDraws(this.state).forEach((draw, index) => {
        this.nine[index].paint(this.changed(draw), draw.parameters, `Draw ${index + 1}: `);
      });
      return;
    }
    const normal = () => noiseOf(this.state.seed, 0);
    this.before.paint(coffee, NEUTRAL, "");
    const draw = { parameters: this.state, centre: [HEIGHT / 2, WIDTH / 2], normal };
    this.after.paint(this.changed(draw), this.state, "");
  }

  changed({ parameters, centre, normal }) {
    const { coffee, chelsea } = this.photos;
    return augmented(coffee, parameters, { partner: chelsea, centre, normal });
  }
}

/** A slider with its name and value above: its node, its field, and `paint(value)`. */
function buildStrength(field, onSet) {
  const [[label, words], [least, most, step]] = [STRENGTHS[field], LIMITS[field]];
  const input = slider(label, [least, most], step, (number) => onSet(Number(number.toFixed(2))));
  const text = h("span", { class: "playground-value" });
  const title = h("div", { "aria-hidden": "true" }, `${label}: `, text);
  const paint = (value) => {
    input.paint(value, words(value));
    text.textContent = words(value);
  };
  return { node: h("div", { class: "playground-strength" }, title, input.node), field, paint };
}

/** What the nine draws of a seed are made from. */
export function nineDraws(state) {
  const random = generator(state.seed);
  return Array.from({ length: NINE }, (_, index) => {
    const normal = () => noiseOf(state.seed, index + 1);
    return { ...drawn(state, random, SIZE), normal };
  });
}

function noiseOf(seed, index) {
  return normals(3 * HEIGHT * WIDTH, generator(100003 * (seed + 1) + index));
}

// --- the picture: a photograph with its target ---

/** A canvas with lines over it: its node, and `paint(image, parameters, before)`. */
function buildStage(role) {
  const canvas = canvasOf(SIZE, { role: "img" });
  const lines = overlay(SIZE);
  const node = h("div", { class: `playground-stage playground-${role}` }, canvas, lines);
  const paint = (image, parameters, before) => {
    put(canvas, colours(image), SIZE);
    canvas.setAttribute("aria-label", `${before}${alternative(parameters)}`);
    lines.replaceChildren(...targetLines(parameters));
  };
  return { node, paint };
}

/** The target where it was (dotted), turned along (dashed), and as the upright box around (solid). */
function targetLines(parameters) {
  const { corners, box } = moved(CUP, parameters, SIZE);
  const isMoved = String(box) !== String(CUP);
  return [
    ...(isMoved ? [outline(around(CUP), "old")] : []),
    ...(parameters.angle % 90 === 0 ? [] : [outline(corners, "turned")]),
    ...(box === null ? [] : [outline(around(box), "target")]),
  ];
}

function around([top, left, bottom, right]) {
  return [[top, left], [top, right], [bottom, right], [bottom, left]];
}

/** A closed line on a rim, as it may cross any colour. */
function outline(corners, name) {
  const points = corners.map(([y, x]) => `${x},${y}`).join(" ");
  const shapes = ["rim", "line"].map((part) => s("polygon", { points, class: `playground-${part}` }));
  return s("g", { class: `playground-${name}` }, shapes);
}

/** What the lines mean. */
function buildKey() {
  const sample = (name) => {
    const shapes = ["rim", "line"].map((part) => s("path", { d: "M1 6H27", class: `playground-${part}` }));
    const line = s("g", { class: `playground-${name}` }, shapes);
    return s("svg", { width: 28, height: 12, "aria-hidden": "true" }, line);
  };
  const item = ([name, text]) => h("span", {}, sample(name), text);
  return h("div", { class: "playground-key" }, LINES.map(item));
}

// --- the chain: its steps in their order, one of them chosen ---

let chains = 0;

function buildChain(onPick) {
  const name = `playground-chain-${(chains += 1)}`;
  const chips = STEPS.map((step) => {
    const input = h("input", { type: "radio", name, value: step, onchange: () => onPick(step) });
    const word = h("span", { class: "playground-step" }, step);
    const node = h("label", { class: "playground-chip" }, h("span", {}, input, word));
    return { step, input, node };
  });
  const attributes = { class: "playground-chain", role: "radiogroup", "aria-label": "Steps of the chain" };
  const node = h("div", attributes, chips.map((chip) => chip.node));
  const paint = (state) => {
    for (const { step, input, node: chip } of chips) {
      input.checked = step === state.step;
      chip.classList.toggle("playground-used", isUsed(state, step));
      input.setAttribute("aria-label", `${step}${isUsed(state, step) ? ", in use" : ""}`);
    }
  };
  return { node, paint };
}

function isUsed(state, step) {
  return strengthsOf(step).some((field) => state[field] !== NEUTRAL[field]);
}

// --- a letter, digit or arrow, whose meaning may change ---

const TILE = [64, 64];

/** Bright on dark as MNIST, before and after the whole chain. */
function buildGlyphs() {
  const [before, after] = [canvasOf(TILE), canvasOf(TILE)];
  const arrow = h("span", {}, "→");
  const attributes = { class: "playground-glyphs", "aria-hidden": "true" };
  const node = h("div", attributes, before, arrow, after);
  const paint = (signs, state) => {
    node.hidden = signs === undefined || state.view === "nine";
    if (node.hidden) return;
    const [image, partner] = signs.map(glyph);
    put(before, colours(image), TILE);
    const normal = () => noiseOf(state.seed, 0);
    const draw = { partner, centre: TILE.map((size) => size / 2), normal };
    put(after, colours(augmented(image, resized(state), draw)), TILE);
  };
  return { node, paint };
}

/** A sign as an image. */
function glyph(sign) {
  const [height, width] = TILE;
  const context = canvasOf(TILE).getContext("2d", { willReadFrequently: true });
  Object.assign(context, { fillStyle: "black", textAlign: "center", textBaseline: "alphabetic" });
  context.fillRect(0, 0, width, height);
  Object.assign(context, { fillStyle: "white", font: "56px sans-serif" });
  context.fillText(sign, width / 2, 0.8 * height);
  return planes(context.getImageData(0, 0, width, height));
}

/** Strengths in pixels for an image of another size. */
function resized(state) {
  const [tall, wide] = [TILE[0] / HEIGHT, TILE[1] / WIDTH];
  return {
    ...state,
    right: Math.round(state.right * wide), down: Math.round(state.down * tall),
    blur: state.blur * tall, cutout: Math.round(state.cutout * tall),
  };
}

// --- what is said ---

/** What is done to a photograph, a few words for each step that does something. */
export function changes({ flip, angle, scale, right, down, ...others }) {
  const done = [];
  if (flip !== "none") done.push(`mirrored ${flip === "horizontal" ? "left to right" : "top to bottom"}`);
  if (angle !== 0) done.push(`turned by ${STRENGTHS.angle[1](rounded(angle))}`);
  if (scale !== 1) done.push(`scaled by ${decimal(scale)}`);
  if (right !== 0 || down !== 0) done.push(`moved ${shifts(right, down)}`);
  for (const name of ["brightness", "contrast", "saturation"]) {
    if (others[name] !== 1) done.push(`${name} ${decimal(others[name])}`);
  }
  if (others.hue !== 0) done.push(`hue turned by ${decimal(others.hue)}`);
  if (others.blur !== 0) done.push(`blurred by a bell ${STRENGTHS.blur[1](others.blur)} wide`);
  if (others.noise !== 0) done.push(`noise of ${STRENGTHS.noise[1](others.noise)}`);
  if (others.cutout !== 0) done.push(`a hole of ${STRENGTHS.cutout[1](others.cutout)}`);
  if (others.mixup !== 0) done.push(`mixed with ${decimal(100 * others.mixup)} % of a cat`);
  return done;
}

function rounded(angle) {
  return Math.round(10 * angle) / 10;
}

function shifts(right, down) {
  const across = right === 0 ? [] : [`${Math.abs(right)} pixels ${right > 0 ? "right" : "left"}`];
  const along = down === 0 ? [] : [`${Math.abs(down)} pixels ${down > 0 ? "down" : "up"}`];
  return [...across, ...along].join(" and ");
}

/** What is heard by a reader who cannot see the photograph. */
export function alternative(parameters) {
  const done = changes(parameters);
  const what = done.length === 0 ? "as it is" : done.join(", ");
  return `A cup of coffee on a wooden table, ${what}. ${target(parameters)}`;
}

function target(parameters) {
  const { box } = moved(CUP, parameters, SIZE);
  return box === null ? "Its target has left the picture." : `Its target is in ${written(box)}.`;
}

function written(box) {
  const [top, left, bottom, right] = box.map(Math.round);
  return `rows ${top} to ${bottom} and columns ${left} to ${right}`;
}

/** Where target and label went, and whether labels of the chosen kind stay true. */
export function sentence(state) {
  const done = changes(state);
  if (state.view === "nine") return [["", `${nineSaid(state)} ${safety(state)}`]];
  if (done.length === 0) return [["", "Nothing is changed yet: choose a step of the chain and a strength."]];
  const { box } = moved(CUP, state, SIZE);
  const rest = done.length > MOST_TOLD + 1 ? [`and ${done.length - MOST_TOLD} more`] : done.slice(MOST_TOLD);
  const said = [["", `${capital([...done.slice(0, MOST_TOLD), ...rest].join(", "))}. `]];
  if (box === null) return [...said, ["", "The target has left the picture: its label is wrong now."]];
  if (state.brightness < FAINT || state.contrast < FAINT) {
    return [...said, ["", "Little or nothing is left to be recognised: no label suits it."]];
  }
  return [...said, ...targetSaid(box), ...labelSaid(state)];
}

function nineSaid({ seed }) {
  return `Nine random draws up to these strengths, from seed ${seed}: the same seed gives the same nine.`;
}

function targetSaid(box) {
  if (String(box) === String(CUP)) return [["", "The target stays where it was."]];
  return [["", "The target goes along, to "], ["output", written(box)], ["", "."]];
}

function labelSaid(state) {
  if (state.mixup === 0) return [["", ` ${safety(state)}`]];
  const shares = `${decimal(1 - state.mixup)} cup and ${decimal(state.mixup)} cat`;
  const others = falsified(state).map((text) => ` ${text}`).join("");
  return [["", " Of a mixed image a mixed label is true: "], ["output", shares], ["", `.${others}`]];
}

/** Which of the changes would falsify labels of the chosen kind. */
function safety(state) {
  const kind = TASKS.find(([task]) => task === state.task)[1];
  return falsified(state).join(" ") || `Labels of ${kind} stay true.`;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

export default figure("augmentation-playground", FIELDS, (...home) => new Playground(...home));
