// The connection explorer: who reads whom in a layer, and which of the weights are the same.

import { fitted } from "./connections.js";
import { buildNetwork, paintNetwork } from "./connection-network.js";
import { countsOf, matrixOf } from "./connection-tables.js";
import { sentence } from "./connection-words.js";
import { button, choice, figure, frame, h } from "./figure.js";
import { speech } from "./speech.js";

const FIELDS = ["size", "kernel_size", "kind", "side", "unit"];
const KEYS = "Arrow keys move from unit to unit, Tab leads from the inputs to the outputs.";
const NAMES = [
  ["dense", "dense: all with all"],
  ["sparse", "sparse: own weights"],
  ["shared", "shared: convolution"],
];

class Explorer {
  constructor(element, state, onChange) {
    Object.assign(this, { initial: structuredClone(state), state, onChange });
    this.network = h("div");
    this.tables = h("div", { class: "connections-tables" });
    this.speech = speech();
    this.controls = this.buildControls();
    const board = [this.network, this.speech.node, this.tables];
    this.root = frame(
      "Connection explorer",
      h("div", { class: "connections-board" }, board),
      this.controls.node,
      h("div", { class: "fig-keys" }, KEYS),
    );
    element.append(this.root);
    this.paint();
  }

  /** Take a change from outside. */
  update(patch) {
    this.state = fitted({ ...this.state, ...patch });
    this.paint();
  }

  /** Take a change from the reader. */
  change(patch) {
    this.update(patch);
    this.onChange({ ...patch, unit: this.state.unit });
  }

  destroy() {
    this.root.remove();
  }

  // --- drawing ---

  paint() {
    const { size, kernel_size, kind } = this.state;
    if (this.drawn !== `${size}/${kernel_size}`) this.rebuild();
    paintNetwork(this.parts, this.state);
    this.tables.replaceChildren(matrixOf(this.state), countsOf(this.state));
    this.speech.say(sentence(this.state));
    const chosen = { kind, size, kernel_size };
    for (const [key, { select }] of Object.entries(this.controls.pickers)) select.value = chosen[key];
  }

  rebuild() {
    this.drawn = `${this.state.size}/${this.state.kernel_size}`;
    this.parts = buildNetwork(this.state, (place) => this.change(place));
    this.network.replaceChildren(this.parts.node);
  }

  buildControls() {
    const numbers = (values) => values.map((value) => [value, value]);
    const pickers = {
      kind: choice("Layer", NAMES, (kind) => this.change({ kind })),
      size: choice("Inputs", numbers([5, 6, 7, 8, 9, 10]), (text) => this.change({ size: Number(text) })),
      kernel_size: choice("Kernel size", numbers([1, 2, 3, 4, 5]), (text) =>
        this.change({ kernel_size: Number(text) }),
      ),
    };
    const reset = button("Reset", "reset", () => this.change(this.initial));
    const labels = Object.values(pickers).map((picker) => picker.node);
    return { node: h("div", { class: "fig-controls" }, labels, reset), pickers };
  }
}

export default figure("connection-explorer", FIELDS, (...home) => new Explorer(...home));
