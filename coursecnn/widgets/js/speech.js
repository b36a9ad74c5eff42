// The one live sentence of a figure.

import { h } from "./figure.js";

/** The sentence's node, `say(runs)` for runs of [role, text], and `hush(isPlaying)`. */
export function speech() {
  const node = h("div", { class: "fig-sentence", role: "status", "aria-live": "polite" });
  const span = ([role, text]) => h("span", role ? { class: `fig-${role}` } : {}, text);
  const say = (runs) => node.replaceChildren(...runs.map(span));
  // A screen reader would fall behind a player: it hears the sentence when the player rests.
  const hush = (isPlaying) => node.setAttribute("aria-live", isPlaying ? "off" : "polite");
  return { node, say, hush };
}
