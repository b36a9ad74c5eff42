// The activation plot: a function, its slope, and what the slope does to a gradient.

import { LEAST, MOST, NAMES } from "./activation.js";
import { buildChart, paintChart } from "./activation-chart.js";
import { FORMULAS, sentence } from "./activation-words.js";
import { button, choice, figure, frame, h } from "./figure.js";
import { precise } from "./numbers.js";
import { speech } from "./speech.js";
import { s } from "./svg.js";

const FIELDS = ["name", "x"];
const KEYS = "Arrow keys move x by 0.1, Page Up and Page Down by more, Home and End to the ends.";
const LINES = [
  ["value", ""],
  ["slope", "f′(x), its derivative"],
  ["tangent", "tangent at x"],
];

class Plot {
  constructor(element, state, onChange) {
    Object.assign(this, { initial: structuredClone(state), state, onChange });
    this.chart = buildChart((x) => this.change({ x: Math.round(x * 10) / 10 }));
    this.speech = speech();
    this.key = this.buildKey();
    this.slider = this.buildSlider();
    this.controls = this.buildControls();
    const parts = [this.key.node, this.chart, this.slider, this.speech.node, this.controls.node];
    this.root = frame("Activation plot", parts, h("div", { class: "fig-keys" }, KEYS));
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

  destroy() {
    this.root.remove();
  }

  // --- drawing ---

  paint() {
    const { name, x } = this.state;
    paintChart(this.chart, this.state);
    this.key.formula.textContent = `f(x) = ${FORMULAS[name]}`;
    this.slider.value = x;
    this.slider.setAttribute("aria-valuetext", `x = ${precise(x)}`);
    this.controls.select.value = name;
    this.speech.say(sentence(this.state));
  }

  /** What each line is, with a piece of it. */
  buildKey() {
    const texts = LINES.map(([, text]) => h("span", {}, text));
    const items = LINES.map(([name], index) => {
      const piece = s("path", { class: `activation-curve activation-${name}`, d: "M0 6H36" });
      const sample = s("svg", { width: 36, height: 12, "aria-hidden": "true" }, piece);
      return h("div", { class: "activation-item" }, sample, texts[index]);
    });
    return { node: h("div", { class: "activation-key" }, items), formula: texts[0] };
  }

  buildSlider() {
    const slider = h("input", {
      type: "range",
      class: "activation-slider",
      "aria-label": "x",
      min: LEAST,
      max: MOST,
      step: 0.1,
      oninput: () => this.change({ x: Number(slider.value) }),
    });
    return slider;
  }

  buildControls() {
    const named = NAMES.map((name) => [name, name]);
    const { node, select } = choice("Activation", named, (name) => this.change({ name }));
    const reset = button("Reset", "reset", () => this.change(this.initial));
    return { node: h("div", { class: "fig-controls" }, node, reset), select };
  }
}

export default figure("activation-plot", FIELDS, (...home) => new Plot(...home));
