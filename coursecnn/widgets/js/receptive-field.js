// The receptive field explorer: choose a unit of a chain, and see what it sees on every level.

import { button, choice, figure, frame, h } from "./figure.js";
import { DEEPEST, WIDEST, centre, fitted, nearest, stepped, top } from "./receptive.js";
import { buildChain, layout, paintChain } from "./receptive-chain.js";
import { buildLayers, paintLayers } from "./receptive-layers.js";
import { sentence } from "./receptive-words.js";
import { Walker } from "./walker.js";

const FIELDS = ["layers", "position", "presets"];
const KEYS = "Up and down: another unit. Left and right: another layer. All are counted from 0.";
const RULE = "Size and jump: r ← r + (k − 1) · j, then j ← j · s; for the input r = 1 and j = 1.";
const REFUSAL = `There is room for ${DEEPEST} layers and ${WIDEST} pixels: nothing was changed.`;

class Explorer extends Walker {
  constructor(element, state, onChange) {
    super(state, onChange, { fitted, stepped, sentence, refusal: REFUSAL });
    this.chain = h("div", {});
    this.list = h("div", { class: "fig-layers" });
    this.adding = button("Add layer", "add", () => this.add());
    this.preset = this.buildPresets();
    const buttons = [...this.transport.nodes, this.adding, this.preset.node];
    const controls = h("div", { class: "fig-controls" }, buttons);
    const rule = h("div", { class: "fig-rule" }, RULE);
    const keys = h("div", { class: "fig-keys" }, KEYS);
    const parts = [this.chain, this.speech.node, controls, rule, this.list, keys];
    this.root = frame("Receptive field explorer", parts);
    this.root.dataset.figure = "receptive-field";
    element.append(this.root);
    this.paint();
  }

  play() {
    const [level] = this.state.position;
    const isAtEnd = stepped(this.state, 1) === null;
    if (!this.player.playing && isAtEnd) this.change({ position: [level, 0] });
    super.play();
  }

  // --- changes of the chain ---

  choose(index, layer) {
    const { layers } = this.state;
    this.change({ layers: layers.map((each, n) => (n === index ? layer : each)) });
  }

  /** One more layer of the usual kind, at whose unit above the chosen one we look. */
  add() {
    const layers = [...this.state.layers, [3, 1]];
    const middle = centre(this.state.layers, this.state.position);
    this.change({ layers, position: nearest(layers, layers.length, middle) });
  }

  remove(index) {
    const { layers } = this.state;
    if (layers.length === 1) return;
    this.change({ layers: layers.filter((_, n) => n !== index) });
    this.rows[Math.min(index, this.rows.length - 1)].removal.focus();
  }

  pick(name) {
    const layers = this.state.presets[name];
    if (layers !== undefined) this.change({ layers, position: top(layers) });
  }

  // --- drawing ---

  draw() {
    if (this.drawn !== layout(this.state)) this.rebuild();
    paintChain(this.parts, this.state);
    paintLayers(this.rows, this.state);
    const { layers, presets } = this.state;
    const isShown = (name) => JSON.stringify(presets[name]) === JSON.stringify(layers);
    this.preset.select.value = Object.keys(presets).find(isShown) ?? "";
    this.adding.setAttribute("aria-disabled", String(layers.length === DEEPEST));
  }

  rebuild() {
    this.drawn = layout(this.state);
    this.parts = buildChain(this.state, (position) => this.change({ position }));
    this.chain.replaceChildren(this.parts.node);
    // The rows stay as long as there are as many: the reader's focus may be in one of them.
    if (this.rows?.length === this.state.layers.length) return;
    const built = buildLayers(this.state.layers.length,
      (index, layer) => this.choose(index, layer), (index) => this.remove(index));
    this.rows = built.rows;
    this.list.replaceChildren(...built.nodes);
  }

  buildPresets() {
    const named = Object.keys(this.initial.presets).map((name) => [name, name]);
    return choice("Chain", [...named, ["", "your own"]], (name) => this.pick(name));
  }
}

export default figure("receptive-field", FIELDS, (...home) => new Explorer(...home));
