// Play and pause: one step at a time until there is none left.

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
