// What all figures that walk share: a state that fits, a player with its buttons, the sentence.

import { Player } from "./player.js";
import { speech } from "./speech.js";
import { transport } from "./transport.js";

/**
 * A figure whose window walks from place to place. A subclass draws it in `draw()`.
 * `rules` is the figure's arithmetic and words: `fitted(state, patch)` a change that leaves an
 * output, or null; `stepped(state, count)` the place so many steps on, or null;
 * `sentence(state)` what is said there; `start` the first place; `refusal` what is said of a
 * change that leaves no output.
 */
export class Walker {
  constructor(state, onChange, rules) {
    Object.assign(this, { initial: structuredClone(state), state, onChange, rules });
    this.player = new Player(() => this.step(1), () => this.paint());
    this.speech = speech();
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
    this.update(taken);
    this.onChange(taken);
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
    this.root.remove();
  }
}
