// What steppers over images share: a board of grids to type in, and lists of choices.

import { typed } from "./cells.js";
import { frame, h } from "./figure.js";
import { Walker } from "./walker.js";

const KEYS = "Arrow keys move the window in the output, and from number to number elsewhere.";

/**
 * A window that walks over the output of an image. `kind` is what is particular to a figure:
 * `tag` and `name`; the rules of a `Walker`; `layout(state)`, `build(state, onEdit, onMove)` and
 * `paint(parts, state)` for its board; `pickers(stepper)` and `chosen(state)` for its lists of choices
 * and what stands in them.
 */
export class Stepper extends Walker {
  constructor(kind, element, state, onChange) {
    super(state, onChange, { start: [0, 0], ...kind });
    this.board = h("div", { class: "fig-board" });
    this.pickers = kind.pickers(this);
    const labels = Object.values(this.pickers).map((picker) => picker.node);
    const controls = h("div", { class: "fig-controls" }, this.transport.nodes, labels);
    const keys = h("div", { class: "fig-keys" }, KEYS);
    this.root = frame(kind.name, this.board, this.speech.node, controls, keys);
    this.root.dataset.figure = kind.tag;
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

  draw() {
    const { layout, paint, chosen } = this.rules;
    if (this.drawn !== layout(this.state)) this.rebuild();
    paint(this.parts, this.state);
    const values = chosen(this.state);
    for (const [key, { select }] of Object.entries(this.pickers)) select.value = values[key];
  }

  rebuild() {
    const edit = (...details) => this.edit(...details);
    const move = (position) => this.change({ position });
    this.drawn = this.rules.layout(this.state);
    this.parts = this.rules.build(this.state, edit, move);
    this.board.replaceChildren(...this.parts.nodes);
    // The style sheet sizes the cells so that all grids fit beside or below one another.
    this.board.style.setProperty("--together", this.parts.widths.reduce((a, b) => a + b));
    this.board.style.setProperty("--widest", Math.max(...this.parts.widths));
  }
}
