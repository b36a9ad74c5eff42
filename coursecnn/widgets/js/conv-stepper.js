// The convolution stepper: a kernel walks over an image, and each product is spelled out.

import { typed } from "./cells.js";
import { fitted, stepped } from "./convolution.js";
import { buildBoard, layout, paintBoard } from "./conv-board.js";
import { sentence } from "./conv-words.js";
import { choice, figure, frame, h } from "./figure.js";
import { Walker } from "./walker.js";

const FIELDS = ["image", "kernel", "kernels", "position", "stride", "padding", "flip", "controls"];
const KEYS = "Arrow keys move the window in the output, and from number to number elsewhere.";
const REFUSAL = "The kernel does not fit into this input: nothing was changed.";

class Stepper extends Walker {
  constructor(element, state, onChange) {
    super(state, onChange, { fitted, stepped, sentence, start: [0, 0], refusal: REFUSAL });
    this.board = h("div", { class: "fig-board" });
    this.pickers = this.buildPickers();
    const labels = Object.values(this.pickers).map((picker) => picker.node);
    const controls = h("div", { class: "fig-controls" }, this.transport.nodes, labels);
    const keys = h("div", { class: "fig-keys" }, KEYS);
    this.root = frame("Convolution stepper", this.board, this.speech.node, controls, keys);
    element.append(this.root);
    this.paint();
  }

  edit(field, [channel, row, column], input) {
    const number = typed(input, this.speech.say);
    if (number === null) return;
    const channels = structuredClone(this.state[field]);
    channels[channel][row][column] = number;
    this.change({ [field]: channels });
  }

  pick(name) {
    const kernel = this.state.image.map(() => this.initial.kernels[name]);
    this.change(name === "" ? {} : { kernel });
  }

  // --- drawing ---

  draw() {
    if (this.drawn !== layout(this.state)) this.rebuild();
    paintBoard(this.parts, this.state);
    this.paintPickers();
  }

  rebuild() {
    const edit = (...details) => this.edit(...details);
    const move = (position) => this.change({ position });
    this.drawn = layout(this.state);
    this.parts = buildBoard(this.state, edit, move);
    this.board.replaceChildren(...this.parts.nodes);
    // The style sheet sizes the cells so that all grids fit beside or below one another.
    this.board.style.setProperty("--together", this.parts.widths.reduce((a, b) => a + b));
    this.board.style.setProperty("--widest", Math.max(...this.parts.widths));
  }

  buildPickers() {
    const { kernels, controls } = this.initial;
    const named = Object.keys(kernels).map((name) => [name, name]);
    const numbers = (values) => values.map((value) => [value, value]);
    const rules = [["", "cross-correlation"], ["turned", "convolution (kernel turned)"]];
    const take = (value, key) => (key === "flip" ? value !== "" : Number(value));
    const set = (key) => (value) => this.change({ [key]: take(value, key) });
    const all = {
      kernel: ["Kernel", [...named, ["", "your own"]], (name) => this.pick(name)],
      stride: ["Stride", numbers([1, 2, 3]), set("stride")],
      padding: ["Padding", numbers([0, 1, 2]), set("padding")],
      flip: ["Rule", rules, set("flip")],
    };
    return Object.fromEntries(controls.map((name) => [name, choice(...all[name])]));
  }

  paintPickers() {
    const { kernel, kernels, stride, padding, flip } = this.state;
    const isShown = (preset) => kernel.every((c) => JSON.stringify(c) === JSON.stringify(preset));
    const name = Object.keys(kernels).find((each) => isShown(kernels[each])) ?? "";
    const chosen = { kernel: name, stride, padding, flip: flip ? "turned" : "" };
    for (const [key, { select }] of Object.entries(this.pickers)) select.value = chosen[key];
  }
}

export default figure("conv-stepper", FIELDS, (...home) => new Stepper(...home));
