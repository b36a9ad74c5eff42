// What figures that walk from place to place share: the player and its buttons, a state that fits,
// and, for steppers over images, a board of grids and lists of choices.

import { button, exact, h, parse, View } from "./figure.js";

/** Play and pause: one step at a time until there is none left. */
export class Player {
  /** `step()` says whether it moved; `onChange()` hears of each start and stop. */
  constructor(step, onChange, milliseconds = 900) {
    Object.assign(this, { step, onChange, milliseconds, timer: null });
  }

  get playing() {
    return this.timer !== null;
  }

  toggle() {
    if (this.playing) return this.stop();
    this.wait();
    this.onChange();
  }

  wait() {
    this.timer = setTimeout(() => {
      if (!this.step()) this.stop();
      else if (this.playing) this.wait();
    }, this.milliseconds);
  }

  stop() {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.timer = null;
    this.onChange();
  }
}

/**
 * Back, step, play and reset: the buttons' nodes, and `paint(canGoBack, canGoOn)` for their state.
 * A button that leads nowhere stays in its place for the keyboard, and says that it is disabled.
 */
function transport(player, { step, play, reset }) {
  const back = button("Back", "back", () => step(-1));
  const next = button("Step", "step", () => step(1));
  const start = button("Play", "play", play);
  const paint = (canGoBack, canGoOn) => {
    back.setAttribute("aria-disabled", String(!canGoBack));
    next.setAttribute("aria-disabled", String(!canGoOn));
    start.lastChild.textContent = player.playing ? "Pause" : "Play";
    start.dataset.sign = player.playing ? "pause" : "play";
  };
  return { nodes: [back, next, start, button("Reset", "reset", reset)], paint };
}

/**
 * A figure that walks from place to place. A subclass draws it in `draw()`.
 * `rules` is the figure's arithmetic and words: `fitted(state, patch)` a change that leaves an
 * output, or null; `stepped(state, count)` the place so many steps on, or null;
 * `sentence(state)` what is said there; `start` the first place; `refusal` what is said of a
 * change that leaves no output.
 */
export class Walker extends View {
  constructor(state, onChange, rules) {
    super(state, onChange);
    this.rules = rules;
    this.player = new Player(() => this.step(1), () => this.paint());
    this.transport = transport(this.player, {
      step: (count) => this.step(count),
      play: () => this.play(),
      reset: () => this.reset(),
    });
  }

  /** Take a change from outside; one that fits only with its other half waits for it. */
  update(patch) {
    this.state = { ...this.state, ...patch };
    const moved = this.rules.fitted(this.state, {});
    if (moved === null) return;
    Object.assign(this.state, moved);
    this.paint();
  }

  /** Take a change from the reader, if it leaves an output. */
  change(patch) {
    const taken = this.rules.fitted(this.state, patch);
    if (taken === null) {
      this.paint();
      return this.speech.say([["", this.rules.refusal]]);
    }
    super.change(taken);
  }

  /** The number that was typed, or null; then the input is marked, and the sentence says why. */
  typed(input) {
    const number = parse(input.value);
    if (number === null) {
      input.setAttribute("aria-invalid", "true");
      this.speech.say([["", `“${input.value}” is not a number; −1, 0.5 and 1/9 are.`]]);
    } else {
      input.value = exact(number);
    }
    return number;
  }

  step(count) {
    const position = this.rules.stepped(this.state, count);
    if (position !== null) this.change({ position });
    return position !== null;
  }

  play() {
    const isAtEnd = this.rules.stepped(this.state, 1) === null;
    if (!this.player.playing && isAtEnd) this.change({ position: this.rules.start });
    this.player.toggle();
  }

  reset() {
    this.player.stop();
    this.change(structuredClone(this.initial));
  }

  paint() {
    const { stepped, sentence } = this.rules;
    this.draw();
    this.transport.paint(stepped(this.state, -1) !== null, stepped(this.state, 1) !== null);
    this.speech.hush(this.player.playing);
    this.speech.say(sentence(this.state));
  }

  destroy() {
    this.player.stop();
    super.destroy();
  }
}

const KEYS = "Arrow keys move the window in the output, and from number to number elsewhere.";

/**
 * A window that walks over the output of an image. `kind` is what is particular to a figure:
 * - `tag` and `name`, and the rules of a `Walker`;
 * - its board: `build(state, onEdit, onMove)` makes cells without numbers, where
 *   `onEdit(field, [channel, row, column], input)` and `onMove([row, column])` hear the reader;
 *   `paint(parts, state)` writes the numbers and puts the window in its place; two states with the
 *   same `layout(state)` are drawn with the same cells;
 * - its lists of choices: `pickers(stepper)`, and `chosen(state)` for what stands in them.
 */
export class Stepper extends Walker {
  constructor(kind, element, state, onChange) {
    super(state, onChange, { start: [0, 0], ...kind });
    this.board = h("div", { class: "fig-board" });
    this.pickers = kind.pickers(this);
    const labels = Object.values(this.pickers).map((picker) => picker.node);
    const controls = h("div", { class: "fig-controls" }, this.transport.nodes, labels);
    this.show(element, kind.name, [this.board, this.speech.node, controls], KEYS);
    this.root.dataset.figure = kind.tag;
  }

  edit(field, [channel, row, column], input) {
    const number = this.typed(input);
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
    // The styles size the cells so that all grids fit beside or below one another.
    const { widths, channels = 1 } = this.parts;
    this.board.classList.toggle("fig-board-deep", channels > 1);
    this.board.style.setProperty("--together", widths.reduce((a, b) => a + b));
    this.board.style.setProperty("--widest", channels * Math.max(...widths));
  }
}
