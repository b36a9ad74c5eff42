// The latent walk: digits that a generator drew between four corners of its latent space, while it
// learned. All images are stored; nothing is computed here but where they lie.

import { STORED } from "./digit-gan.stored.js";
import { decimal, figure, h, slider } from "./figure.js";
import { grid } from "./grid.js";
import { CORNERS, DIGITS, frameOf, placeOf, SIDE, weights } from "./latents.js";
import { unpack } from "./stored.js";
import { Walker } from "./walker.js";

const FIELDS = ["digit", "position", "step"];
const KEYS = "Arrow keys: another latent, digit or stage of training. Home and End lead to the ends.";
const NOTE = "All images were drawn and read beforehand, and are kept in five levels of grey.";
const RULE = "The squares of the weights add up to 1.";

let kept = null;
/** What is stored, unpacked at the first call. */
const stored = () => (kept ??= unpack(STORED));
/** After how many steps of training the stored images were drawn. */
export const steps = () => Array.from(stored().steps.data);
const rows = () => steps().length * DIGITS;

class LatentWalk extends Walker {
  constructor(element, state, onChange) {
    super(state, onChange, { fitted: (_, patch) => patch, stepped, sentence });
    this.digits = this.buildDigits();
    this.board = this.buildBoard();
    this.time = this.buildTime();
    const controls = h("div", { class: "fig-controls" }, this.transport.nodes);
    const note = h("div", { class: "latent-note" }, NOTE);
    const parts = [this.digits.node, this.board.node, this.time.node, this.speech.node, controls, note];
    this.show(element, "Latent walk", parts, KEYS);
    this.root.dataset.figure = "latent-walk";
  }

  // --- the buttons lead through the training ---

  step(count) {
    const step = stepped(this.state, count);
    if (step !== null) this.change({ step });
    return step !== null;
  }

  play() {
    const isAtEnd = stepped(this.state, 1) === null;
    if (!this.player.playing && isAtEnd) this.change({ step: steps()[0] });
    this.player.toggle();
  }

  // --- drawing ---

  draw() {
    const { digit, position, step } = this.state;
    this.digits.inputs[digit].checked = true;
    paintSheet(this.board.sheet, this.state);
    paintMix(this.board.mix, weights(position));
    this.paintImage();
    this.time.paint(steps().indexOf(step), stageName(step));
    this.time.words.textContent = stageName(step);
  }

  paintImage() {
    const { image, reading } = this.board;
    const { digit, percent } = readingOf(this.state);
    lay(image, frameAt(this.state));
    image.setAttribute("aria-label", `Generated image, asked to be ${named(this.state.digit).toLowerCase()}`);
    reading.text.textContent = `LeNet-5 reads ${digit}, ${sure(percent)}`;
    reading.bar.style.setProperty("--share", percent / 100);
    reading.node.classList.toggle("latent-misread", digit !== this.state.digit);
  }

  // --- the parts ---

  /** Ten buttons, of which one is down; radio buttons, so that the arrow keys move among them. */
  buildDigits() {
    const name = `latent-${Math.random().toString(36).slice(2)}`;
    const inputs = Array.from({ length: DIGITS }, (_, digit) =>
      h("input", {
        type: "radio",
        name,
        class: "latent-radio",
        "aria-label": `Digit ${digit}`,
        onchange: () => this.change({ digit }),
      }),
    );
    const buttons = inputs.map((input, digit) => h("label", { class: "latent-digit" }, input, h("span", {}, `${digit}`)));
    const row = h("div", { class: "latent-digits" }, buttons);
    const attributes = { class: "latent-choice", role: "radiogroup", "aria-label": "Digit" };
    return { node: h("div", attributes, h("span", {}, "Digit"), row), inputs };
  }

  buildBoard() {
    const sheet = buildSheet((position) => this.change({ position }));
    const mix = buildMix();
    const image = h("div", { class: "latent-image", role: "img" });
    const reading = buildReading();
    const panel = (name, role, title, ...children) =>
      h("div", { class: `latent-${name} fig-panel-${role}` }, h("div", { class: "fig-title" }, title), ...children);
    const panels = [
      panel("sheet", "input", "Latents between four corners", sheet.node),
      panel("mixed", "input", "Weights", mix.node, h("div", { class: "latent-rule" }, RULE)),
      panel("drawn", "output", "Generated image", image, reading.node),
    ];
    const node = h("div", { class: "latent-board" }, panels);
    node.style.setProperty("--sheet", `url("data:image/webp;base64,${STORED.sheet.base64}")`);
    return { node, sheet, mix, image, reading };
  }

  buildTime() {
    const set = (stage) => this.change({ step: steps()[stage] });
    const { node, paint } = slider("Training", [0, steps().length - 1], 1, set);
    const words = h("span", { class: "latent-words" });
    const head = h("div", { class: "latent-head", "aria-hidden": "true" }, "Training: ", words);
    const ticks = steps().map((step) => h("span", {}, grouped(step)));
    const scale = h("div", { class: "latent-scale", "aria-hidden": "true" }, ticks);
    return { node: h("div", { class: "latent-time" }, head, node, scale), paint, words };
  }
}

// --- the sheet of all places: its images, and the letters of its corners ---

function buildSheet(onMove) {
  const cell = () => h("span", { class: "fig-cell latent-cell", role: "gridcell" });
  const { node, cells, rest } = grid([SIDE, SIDE], "Latents: arrow keys move between the corners", cell, onMove);
  const letters = ([left, right]) =>
    h("div", { class: "latent-letters", "aria-hidden": "true" }, h("span", {}, left), h("span", {}, right));
  return { node: h("div", {}, letters(CORNERS), node, letters(CORNERS.slice(2))), cells, rest };
}

function paintSheet({ cells, rest }, state) {
  rest(state.position);
  const [row, column] = state.position;
  cells.forEach((line, i) =>
    line.forEach((cell, j) => {
      lay(cell, frameAt({ ...state, position: [i, j] }));
      cell.setAttribute("aria-label", `Row ${i + 1}, column ${j + 1}: ${mixed([i, j])}`);
      if (i === row && j === column) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    }),
  );
}

/** Show one image of the sheet in a node; the styles make the sheet so large that it fits. */
function lay(node, frame) {
  const [row, column] = placeOf(frame);
  node.style.setProperty("--x", column / (SIDE ** 2 - 1));
  node.style.setProperty("--y", row / (rows() - 1));
}

// --- what a place has of each corner, and what a network reads there ---

function buildMix() {
  const rows = CORNERS.map((name) => {
    const bar = h("span", { class: "latent-bar" }, h("span", { class: "latent-fill" }));
    const number = h("span", { class: "latent-number" });
    return { node: h("div", { class: "latent-row" }, h("span", { class: "latent-name" }, name), bar, number), bar, number };
  });
  return { node: h("div", { class: "latent-mix", "aria-hidden": "true" }, rows.map(({ node }) => node)), rows };
}

function paintMix({ rows }, amounts) {
  rows.forEach(({ bar, number }, corner) => {
    bar.style.setProperty("--share", amounts[corner]);
    number.textContent = decimal(amounts[corner]);
  });
}

function buildReading() {
  const bar = h("span", { class: "latent-bar" }, h("span", { class: "latent-fill" }));
  const text = h("span", { class: "latent-text" });
  return { node: h("div", { class: "latent-reading", "aria-hidden": "true" }, bar, text), bar, text };
}

// --- the stored numbers of a state, and what is said of them ---

function frameAt({ step, digit, position }) {
  return frameOf(steps().indexOf(step), digit, position);
}

/** What a LeNet-5 that has seen real digits alone reads in the image, and how sure it is. */
export function readingOf(state) {
  const frame = frameAt(state);
  return { digit: stored().read.data[frame], percent: stored().percent.data[frame] };
}

/** The stage of training so many stages on, or null. */
function stepped({ step }, count) {
  return steps()[steps().indexOf(step) + count] ?? null;
}

/** Which latent this is, of which stage, and what is read in its image. */
export function sentence(state) {
  const { digit, percent } = readingOf(state);
  const verdict = digit === state.digit ? "" : `, not ${state.digit}: it has no answer “no digit”`;
  return [
    ["", `${named(state.digit)} ${state.step === 0 ? "" : "drawn "}${stageName(state.step)}, from the latent `],
    ["input", mixed(state.position)],
    ["", ". A LeNet-5 that has seen only real digits reads "],
    ["output", `${digit}`],
    ["", ` (${sure(percent)})${verdict}.`],
  ];
}

function named(digit) {
  return `${digit === 8 ? "An" : "A"} ${digit}`;
}

/** A latent as a sum of corners, those without a part left out: 0.38 A + 0.92 B. */
function mixed(position) {
  const amounts = weights(position);
  const parts = CORNERS.map((name, corner) => [decimal(amounts[corner]), name]);
  const there = parts.filter(([amount]) => amount !== "0");
  return there.map(([amount, name]) => (amount === "1" ? name : `${amount}\u00a0${name}`)).join(" + ");
}

/** A whole percentage, without a 0 or a 100 that is none. */
function sure(percent) {
  if (percent === 0) return "<\u00a01\u00a0%";
  return percent === 100 ? ">\u00a099\u00a0%" : `${percent}\u00a0%`;
}

function stageName(step) {
  return step === 0 ? "before training" : `after ${grouped(step)} of ${grouped(steps().at(-1))} steps`;
}

function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

export default figure("latent-walk", FIELDS, (...home) => new LatentWalk(...home));
