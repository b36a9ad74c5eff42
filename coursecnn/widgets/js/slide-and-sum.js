// Slide and sum: a kernel slides along a signal, and each product is spelled out.

import { typed } from "./cells.js";
import { choice, figure, frame, h } from "./figure.js";
import { buildBoard, layout, paintBoard } from "./slide-board.js";
import { sentence } from "./slide-words.js";
import { fitted, stepped } from "./sliding.js";
import { Walker } from "./walker.js";

const FIELDS = ["signal", "kernel", "flip", "mode", "position"];
const KEYS = "Arrow keys move the kernel in the output, and from number to number elsewhere.";
const REFUSAL = "The kernel is longer than the signal and fits nowhere: nothing was changed.";
const RULES = [["", "cross-correlation"], ["turned", "convolution (kernel turned round)"]];
const MODES = [
  ["valid", "valid: where the kernel fits"],
  ["same", "same: as many as the signal"],
  ["full", "full: wherever they overlap"],
];

class SlideAndSum extends Walker {
  constructor(element, state, onChange) {
    super(state, onChange, { fitted, stepped, sentence, start: 0, refusal: REFUSAL });
    this.home = h("div", { class: "slide-home" });
    this.rule = choice("Rule", RULES, (value) => this.change({ flip: value !== "" }));
    this.mode = choice("Places", MODES, (mode) => this.change({ mode }));
    const walk = h("div", { class: "fig-controls" }, this.transport.nodes);
    const pick = h("div", { class: "fig-controls" }, this.rule.node, this.mode.node);
    const keys = h("div", { class: "fig-keys" }, KEYS);
    this.root = frame("Slide and sum", this.home, this.speech.node, walk, pick, keys);
    element.append(this.root);
    this.paint();
  }

  edit(field, index, input) {
    const number = typed(input, this.speech.say);
    if (number === null) return;
    const numbers = this.state[field].map((old, each) => (each === index ? number : old));
    this.change({ [field]: numbers });
  }

  draw() {
    if (this.drawn !== layout(this.state)) this.rebuild();
    paintBoard(this.parts, this.state);
    this.rule.select.value = this.state.flip ? "turned" : "";
    this.mode.select.value = this.state.mode;
  }

  rebuild() {
    const edit = (...details) => this.edit(...details);
    const move = (position) => this.change({ position });
    this.drawn = layout(this.state);
    this.parts = buildBoard(this.state, edit, move);
    this.home.replaceChildren(this.parts.node);
  }
}

export default figure("slide-and-sum", FIELDS, (...home) => new SlideAndSum(...home));
