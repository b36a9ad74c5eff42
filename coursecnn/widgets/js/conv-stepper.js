// The convolution stepper: a kernel walks over an image, and each product is spelled out.

import { typed } from "./cells.js";
import { fitted, stepped } from "./convolution.js";
import { buildBoard, layout, paintBoard } from "./conv-board.js";
import { sentence } from "./conv-words.js";
import { choice, figure, frame, h } from "./figure.js";
import { Player } from "./player.js";
import { speech } from "./speech.js";
import { transport } from "./transport.js";

const FIELDS = ["image", "kernel", "kernels", "position", "stride", "padding", "flip", "controls"];
const KEYS = "Arrow keys move the window in the output, and from number to number elsewhere.";

class Stepper {
  constructor(element, state, onChange) {
    Object.assign(this, { initial: structuredClone(state), state, onChange });
    this.player = new Player(() => this.step(1), () => this.paint());
    this.board = h("div", { class: "fig-board" });
    this.speech = speech();
    this.controls = this.buildControls();
    const rows = [this.board, this.speech.node, this.controls.node, h("div", { class: "fig-keys" }, KEYS)];
    this.root = frame("Convolution stepper", rows);
    element.append(this.root);
    this.paint();
  }

  /** Take a change from outside; one that fits only with its other half waits for it. */
  update(patch) {
    this.state = { ...this.state, ...patch };
    const window = fitted(this.state, {});
    if (window === null) return;
    Object.assign(this.state, window);
    this.paint();
  }

  /** Take a change from the reader, if it leaves an output. */
  change(patch) {
    const taken = fitted(this.state, patch);
    if (taken === null) {
      this.paint();
      return this.speech.say([["", "The kernel does not fit into this input: nothing was changed."]]);
    }
    this.update(taken);
    this.onChange(taken);
  }

  edit(field, [channel, row, column], input) {
    const number = typed(input, this.speech.say);
    if (number === null) return;
    const channels = structuredClone(this.state[field]);
    channels[channel][row][column] = number;
    this.change({ [field]: channels });
  }

  step(count) {
    const position = stepped(this.state, count);
    if (position !== null) this.change({ position });
    return position !== null;
  }

  play() {
    if (!this.player.playing && stepped(this.state, 1) === null) this.change({ position: [0, 0] });
    this.player.toggle();
  }

  reset() {
    this.player.stop();
    const { image, kernel, position, stride, padding, flip } = this.initial;
    this.change({ image, kernel, position, stride, padding, flip });
  }

  destroy() {
    this.player.stop();
    this.root.remove();
  }

  // --- drawing ---

  paint() {
    if (this.drawn !== layout(this.state)) this.rebuild();
    paintBoard(this.parts, this.state);
    this.paintControls();
    this.speech.hush(this.player.playing);
    this.speech.say(sentence(this.state));
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

  buildControls() {
    const walk = transport(this.player, {
      step: (count) => this.step(count),
      play: () => this.play(),
      reset: () => this.reset(),
    });
    const pickers = this.buildPickers();
    const labels = Object.values(pickers).map((picker) => picker.node);
    return { node: h("div", { class: "fig-controls" }, walk.nodes, labels), walk, pickers };
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

  pick(name) {
    const kernel = this.state.image.map(() => this.initial.kernels[name]);
    this.change(name === "" ? {} : { kernel });
  }

  paintControls() {
    const { walk, pickers } = this.controls;
    const { kernel, kernels, stride, padding, flip } = this.state;
    const isShown = (preset) => kernel.every((c) => JSON.stringify(c) === JSON.stringify(preset));
    const name = Object.keys(kernels).find((each) => isShown(kernels[each])) ?? "";
    const chosen = { kernel: name, stride, padding, flip: flip ? "turned" : "" };
    for (const [key, { select }] of Object.entries(pickers)) select.value = chosen[key];
    walk.paint(stepped(this.state, -1) !== null, stepped(this.state, 1) !== null);
  }
}

export default figure("conv-stepper", FIELDS, (...home) => new Stepper(...home));
