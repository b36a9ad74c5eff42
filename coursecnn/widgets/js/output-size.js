// The output-size calculator: five numbers, the windows that they make, and the formula.

import { LIMITS } from "./axis.js";
import { counter } from "./counter.js";
import { button, figure, frame, h } from "./figure.js";
import { paintBoard } from "./size-board.js";
import { same, sentence } from "./size-words.js";
import { speech } from "./speech.js";

const FIELDS = ["size", "kernel_size", "stride", "padding", "dilation"];
const KEYS = "Arrow keys change a number, Tab leads to the next.";
const LABELS = {
  size: "Size",
  kernel_size: "Kernel size",
  stride: "Stride",
  padding: "Padding",
  dilation: "Dilation",
};

class Calculator {
  constructor(element, state, onChange) {
    Object.assign(this, { initial: { ...state }, state, onChange });
    this.board = h("div", { class: "axis-board", role: "img" });
    this.speech = speech();
    this.counters = Object.fromEntries(FIELDS.map((field) => [field, this.buildCounter(field)]));
    this.same = this.buildSame();
    const numbers = FIELDS.map((field) => this.counters[field].node);
    const controls = h("div", { class: "fig-controls axis-numbers" }, numbers);
    const keys = h("div", { class: "fig-keys" }, KEYS);
    // The board grows and shrinks: what is pressed stands above it and stays where it is.
    this.root = frame("Output size", controls, this.same.node, this.speech.node, this.board, keys);
    element.append(this.root);
    this.paint();
  }

  /** Take a change from outside. */
  update(patch) {
    this.state = { ...this.state, ...patch };
    this.paint();
  }

  /** Take a change from the reader. */
  change(patch) {
    this.update(patch);
    this.onChange(patch);
  }

  pad() {
    const { padding, words } = same(this.state);
    if (padding === null) this.speech.say([["", words]]);
    else this.change({ padding });
  }

  destroy() {
    this.root.remove();
  }

  // --- drawing ---

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

export default figure("output-size", FIELDS, (...home) => new Calculator(...home));
