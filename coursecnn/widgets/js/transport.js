// Back, step, play and reset: the buttons of a figure that walks.

import { button } from "./figure.js";

/**
 * The buttons' nodes, and `paint(canGoBack, canGoOn)` for their state.
 * A button that leads nowhere stays in its place for the keyboard, and says that it is disabled.
 */
export function transport(player, { step, play, reset }) {
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
