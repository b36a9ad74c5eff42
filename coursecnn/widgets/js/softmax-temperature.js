// Softmax with a temperature: logits to edit, their probabilities as bars, and what a loss would change.

import { bracketed, button, choice, exact, figure, h, parse, slider, View } from "./figure.js";
import { grid, numberInput, paintNumbers } from "./grid.js";
import { grouped } from "./parameters.js";
import {
  crossEntropy, entropy, FIRST, gradient, LAST, placeOf, ranked, ratio, softmax, temperatureAt,
} from "./softmax.js";

const FIELDS = ["labels", "logits", "target", "temperature"];
const KEYS = "Up and down: another class. Left and right move a slider by one step.";
const NOBODY = "none";

// What the sliders reach, and what may be typed.
const [NEAR, FAR, STEP] = [6, 1000, 0.1];
const MANY = 1e6; // a ratio that nobody reads digit by digit
const REFUSAL = `A logit must be a number from −${FAR} to ${FAR}.`;

class Softmax extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.board = h("div", { class: "softmax-board" });
    this.dial = this.buildDial();
    this.controls = h("div", { class: "fig-controls" });
    const parts = [this.board, this.dial.node, this.speech.node, this.controls];
    this.show(element, "Softmax and temperature", parts, KEYS);
  }

  // --- changes ---

  /** Take a change from outside; new logits that need new labels wait for them. */
  update(patch) {
    this.state = { ...this.state, ...patch };
    const { labels, logits, target } = this.state;
    if (labels.length !== logits.length) return;
    if (target >= labels.length) this.state.target = null;
    this.paint();
  }

  set(index, number) {
    this.change({ logits: this.state.logits.map((z, n) => (n === index ? number : z)) });
  }

  edit(index, input) {
    const number = parse(input.value);
    if (number !== null && Math.abs(number) <= FAR) {
      input.value = exact(number);
      return this.set(index, number);
    }
    input.setAttribute("aria-invalid", "true");
    this.speech.say([["", REFUSAL]]);
  }

  raise() {
    const logits = raised(this.state.logits);
    if (logits === null) return;
    this.change({ logits });
    this.speech.say(unchanged());
  }

  // --- drawing ---

  paint() {
    if (this.drawn !== this.state.labels.join("\n")) this.rebuild();
    const { logits, temperature, target } = this.state;
    const { numbers, sliders, probabilities, slopes } = this.parts;
    paintNumbers(numbers, logits);
    sliders.forEach(({ paint }, index) => paint(logits[index]));
    paintProbabilities(probabilities, this.state);
    paintGradient(slopes, this.state);
    this.board.classList.toggle("softmax-with-loss", target !== null);
    this.dial.paint(placeOf(temperature), `T = ${exact(temperature)}`);
    this.dial.amount.textContent = `T = ${exact(temperature)}`;
    this.dial.spread.textContent = spread(this.state);
    this.picker.select.value = target ?? NOBODY;
    this.raiser.setAttribute("aria-disabled", String(raised(logits) === null));
    this.speech.say(sentence(this.state));
  }

  rebuild() {
    const { labels } = this.state;
    this.drawn = labels.join("\n");
    this.parts = buildBoard(labels, (...edit) => this.edit(...edit), (...move) => this.set(...move));
    this.board.replaceChildren(...this.parts.nodes);
    this.picker = choice("True class", [[NOBODY, NOBODY], ...labels.entries()], (value) =>
      this.change({ target: value === NOBODY ? null : Number(value) }),
    );
    this.raiser = button("Add 1 to all logits", "add", () => this.raise());
    const reset = button("Reset", "reset", () => this.change(structuredClone(this.initial)));
    this.controls.replaceChildren(this.picker.node, this.raiser, reset);
  }

  /** The temperature: its slider between two words, and the entropy that it leads to. */
  buildDial() {
    const set = (place) => this.change({ temperature: temperatureAt(place) });
    const { node, paint } = slider("Temperature", [FIRST, LAST], 1, set);
    const amount = h("span", { class: "softmax-amount" });
    const spread = h("span", { class: "softmax-spread" });
    const head = h("div", { class: "softmax-head" }, h("span", {}, "Temperature ", amount), spread);
    const words = ["0.1: sharper", "1", "10: flatter"].map((word) => h("span", {}, word));
    const scale = h("div", { class: "softmax-scale", "aria-hidden": "true" }, words);
    return { node: h("div", { class: "softmax-dial" }, head, node, scale), paint, amount, spread };
  }
}

// --- the board: a row for each class, from its logit to its probability and its part of the gradient ---

function buildBoard(labels, onEdit, onMove) {
  const shape = [labels.length, 1];
  const number = (index) =>
    numberInput(`Logit of ${labels[index]}`, (input) => onEdit(index, input));
  const numbers = grid(shape, "Logits: type to change a number", number);
  const sliders = labels.map((label, index) =>
    buildSlider(`Logit of ${label}, slider`, (z) => onMove(index, z)),
  );
  const slides = grid(shape, "Logits: move a slider", (index) => sliders[index].node);
  const names = labels.map((label) => h("div", { class: "softmax-name" }, label));
  const even = h("span", { class: "softmax-even" });
  const probabilities = { names, even, bars: labels.map(() => bar("output")) };
  const slopes = { bars: labels.map((label) => bar("gradient", label)), title: h("div", { class: "fig-title" }) };
  const ends = ["0", "1"].map((end) => h("span", {}, end));
  const axis = h("div", { class: "softmax-axis", "aria-hidden": "true" }, ends, even);
  const title = (text) => h("div", { class: "fig-title" }, text);
  const column = (name, role, ...children) =>
    h("div", { class: `softmax-${name} fig-panel-${role}` }, ...children);
  const list = (name, { bars }) =>
    h("div", { role: "list", "aria-label": name, class: "softmax-bars" }, bars.map(({ node }) => node));
  return {
    numbers: numbers.cells.flat(),
    sliders,
    probabilities,
    slopes,
    nodes: [
      column("names", "class", title("Class"), ...names),
      column("logits", "input", title("Logit z"), h("div", { class: "softmax-inputs" }, numbers.node, slides.node)),
      column("probabilities", "output", title("Probability p"), list("Probabilities", probabilities), axis),
      column("slopes", "gradient", slopes.title, list("Gradient", slopes)),
    ],
  };
}

/**
 * A slider within a grid of them: up and down lead to another one, the other keys move it. A typed
 * number may lie beyond its end, which then is written below the track.
 */
function buildSlider(label, onMove) {
  const made = slider(label, [-NEAR, NEAR], STEP, onMove);
  const own = ["ArrowLeft", "ArrowRight", "Home", "End"];
  made.node.addEventListener("keydown", (event) => own.includes(event.key) && event.stopPropagation());
  const paint = (z) => {
    const end = beyond(z);
    made.paint(z, end === null ? exact(z) : `${exact(z)}, ${end}`);
    const cell = made.node.parentNode;
    cell.classList.toggle("softmax-beyond", end !== null);
    cell.classList.toggle("softmax-low", z < 0);
    cell.dataset.end = end ?? "";
    cell.dataset.sign = z < 0 ? `< −${NEAR}` : `> ${NEAR}`;
  };
  return { node: made.node, paint };
}

/**
 * A bar with its number; its styles read where it starts and ends, as shares of the track. Its label
 * is seen where its column stands below the others.
 */
function bar(role, label = null) {
  const fill = h("span", { class: "softmax-fill" });
  const number = h("span", { class: "softmax-number" });
  const track = h("span", { class: "softmax-track" }, fill);
  const name = label === null ? null : h("span", { class: "softmax-label" }, label);
  const node = h("div", { class: `softmax-bar softmax-bar-${role}`, role: "listitem" }, name, track, number);
  return { node, fill, number };
}

function paintBar({ node, fill, number }, from, to, text, words) {
  fill.style.setProperty("--from", Math.min(from, to));
  fill.style.setProperty("--long", Math.abs(to - from));
  number.textContent = text;
  node.setAttribute("aria-label", words);
}

function paintProbabilities({ names, bars, even }, { labels, logits, temperature, target }) {
  const { leaders } = ranked(logits);
  softmax(logits, temperature).forEach((p, index) => {
    const isLargest = leaders.includes(index);
    const words = `${labels[index]}: ${share(p)}${isLargest ? ", the largest" : ""}`;
    paintBar(bars[index], 0, p, share(p), words);
    for (const node of [names[index], bars[index].node]) node.classList.toggle("softmax-largest", isLargest);
    names[index].classList.toggle("softmax-true", index === target);
  });
  even.textContent = `1/${logits.length}`;
  even.parentNode.parentNode.style.setProperty("--even", 1 / logits.length);
}

/** The gradient's bars begin in the middle, as they have two directions. */
function paintGradient({ bars, title }, { labels, logits, temperature, target }) {
  title.textContent = temperature === 1 ? "p − y = ∂loss/∂z" : "p − y = ∂loss/∂(z/T)";
  if (target === null) return;
  gradient(logits, temperature, target).forEach((slope, index) => {
    const text = signed(slope, index === target);
    paintBar(bars[index], 0.5, 0.5 + slope / 2, text, `${labels[index]}: ${text}`);
    bars[index].fill.classList.toggle("softmax-down", slope < 0);
  });
}

// --- what is said ---

/** A probability in three decimals; none of several classes ever has 0 or 1. */
export function share(p) {
  if (p < 0.0005) return "<0.001";
  return p > 0.9995 ? ">0.999" : p.toFixed(3);
}

/** A part of the gradient in three decimals: below 0 for the true class only, and never 0, 1 or −1. */
export function signed(slope, isTrue) {
  const size = Math.abs(slope);
  const isBound = size < 0.0005 || size > 0.9995;
  const bound = isTrue ? ">" : "<";
  return `${isBound ? bound : ""}${isTrue ? "−" : "+"}${Math.max(size, 0.001).toFixed(3)}`;
}

/** The end of a slider that a logit lies beyond, in words, or null. */
export function beyond(z) {
  if (Math.abs(z) <= NEAR) return null;
  return z > 0 ? `beyond ${NEAR}` : `beyond −${NEAR}`;
}

/** The entropy in both units, and the most that so many classes can have. */
export function spread({ logits, temperature }) {
  const nats = entropy(logits, temperature);
  const most = Math.log(logits.length).toFixed(2);
  const bound = `at most ln ${logits.length} = ${most} nats`.replaceAll(" ", "\u00a0");
  return `Entropy ${nats.toFixed(2)} nats = ${(nats / Math.LN2).toFixed(2)} bits, ${bound}`;
}

/** The largest probability, its ratio to the next, both ends of the scale, and the loss if shown. */
export function sentence(state) {
  const { labels, logits, temperature, target } = state;
  const { leaders, next } = ranked(logits);
  const p = share(softmax(logits, temperature)[leaders[0]]);
  const even = `1/${logits.length}`;
  const rest = target === null ? [] : lossOf(state);
  if (next === null) {
    return [["", "All classes have the same logit and, at every temperature, the probability "], ["output", even], ["", "."], ...rest];
  }
  const names = listed(leaders.map((index) => labels[index]));
  const isOne = leaders.length === 1;
  return [
    ["output", names],
    ["", ` ${isOne ? "has" : "share"} the largest probability, `],
    ["output", p],
    ["", `${isOne ? "" : " each"}: ${compared(state, leaders[0], next)} that of ${labels[next]}. `],
    ["", `T\u00a0→\u00a00 gives ${names} ${isOne ? "everything" : `1/${leaders.length} each`}, T\u00a0→\u00a0∞ gives each class ${even}.`],
    ...rest,
  ];
}

function compared({ logits, temperature }, one, other) {
  const [high, low] = [exact(logits[one]), bracketed(logits[other])];
  const times = ratio(logits, temperature, one, other);
  const digits = times < 1000 ? Number(times.toPrecision(4)) : grouped(Math.round(times));
  const result = times > MANY ? `> ${grouped(MANY)}` : `≈ ${digits}`;
  const power = `exp((${high} − ${low}) / ${exact(temperature)})`.replaceAll(" ", "\u00a0");
  return `${power} ${result} times`;
}

function lossOf({ labels, logits, temperature, target }) {
  const loss = crossEntropy(logits, temperature, target);
  const p = share(softmax(logits, temperature)[target]);
  const word = p.startsWith("<") || p.startsWith(">") ? "p" : p;
  return [
    ["", ` If ${labels[target]} is true, the loss is −ln\u00a0${word} ≈ ${loss.toFixed(3)}; a step against `],
    ["gradient", "p\u00a0−\u00a0y"],
    ["", ` raises the logit of ${labels[target]} and lowers the others.`],
  ];
}

/** What is said after the same number was added to all logits. */
export function unchanged() {
  return [
    ["", "Every logit is 1 larger, and "],
    ["output", "no probability has changed"],
    ["", ": exp((z + 1) / T) = exp(z / T) · exp(1 / T), and the common factor cancels."],
  ];
}

/** The logits with 1 added to each, or null where one would leave what can be typed. */
export function raised(logits) {
  const sums = logits.map((z) => Number((z + 1).toFixed(9)));
  return Math.max(...sums) <= FAR ? sums : null;
}

function listed(names) {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

export default figure("softmax-temperature", FIELDS, (...home) => new Softmax(...home));
