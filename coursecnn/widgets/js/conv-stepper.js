// The convolution stepper: a kernel walks over an image, and each product is spelled out.

import { fitted, stepped } from "./convolution.js";
import { buildBoard, layout, paintBoard } from "./conv-board.js";
import { sentence } from "./conv-words.js";
import { button, choice, figure, frame, h } from "./figure.js";
import { exact, parse } from "./numbers.js";
import { Player } from "./player.js";

const FIELDS = ["image", "kernel", "kernels", "position", "stride", "padding", "flip", "controls"];
const KEYS = "Arrow keys move the window in the output, and from number to number elsewhere.";

class Stepper {
  constructor(element, state, onChange) {
    Object.assign(this, { initial: structuredClone(state), state, onChange });
    this.player = new Player(() => this.step(1), () => this.paint());
    this.board = h("div", { class: "fig-board" });
    this.status = h("div", { class: "fig-sentence", role: "status" });
    this.controls = this.buildControls();
    const rows = [this.board, this.status, this.controls.node, h("div", { class: "fig-keys" }, KEYS)];
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
      return this.say([["", "The kernel does not fit into this input: nothing was changed."]]);
    }
    this.update(taken);
    this.onChange(taken);
  }

  edit(field, [channel, row, column], input) {
    const number = parse(input.value);
    if (number === null) {
      input.setAttribute("aria-invalid", "true");
      return this.say([["", `“${input.value}” is not a number; −1, 0.5 and 1/9 are.`]]);
    }
    input.value = exact(number);
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
    // A screen reader would fall behind the player: it hears the sentence when the player rests.
    this.status.setAttribute("aria-live", this.player.playing ? "off" : "polite");
    this.say(sentence(this.state));
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

  say(runs) {
    const spans = runs.map(([role, text]) => h("span", role ? { class: `fig-${role}` } : {}, text));
    this.status.replaceChildren(...spans);
  }

  buildControls() {
    const back = button("Back", "back", () => this.step(-1));
    const next = button("Step", "step", () => this.step(1));
    const play = button("Play", "play", () => this.play());
    const reset = button("Reset", "reset", () => this.reset());
    const pickers = this.buildPickers();
    const labels = Object.values(pickers).map((picker) => picker.node);
    const node = h("div", { class: "fig-controls" }, back, next, play, reset, labels);
    return { node, back, next, play, pickers };
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
    const { back, next, play, pickers } = this.controls;
    const { kernel, kernels, stride, padding, flip } = this.state;
    const isShown = (preset) => kernel.every((c) => JSON.stringify(c) === JSON.stringify(preset));
    const name = Object.keys(kernels).find((each) => isShown(kernels[each])) ?? "";
    const chosen = { kernel: name, stride, padding, flip: flip ? "turned" : "" };
    for (const [key, { select }] of Object.entries(pickers)) select.value = chosen[key];
    back.setAttribute("aria-disabled", String(stepped(this.state, -1) === null));
    next.setAttribute("aria-disabled", String(stepped(this.state, 1) === null));
    play.lastChild.textContent = this.player.playing ? "Pause" : "Play";
    play.dataset.sign = this.player.playing ? "pause" : "play";
  }
}

export default figure("conv-stepper", FIELDS, (...home) => new Stepper(...home));
