// The output-size calculator's picture: the axis with its zeros, and every window under it.

import { count, extent, taps, unread, windows } from "./axis.js";
import { h } from "./figure.js";
import { span } from "./sizes.js";
import { alternative } from "./size-words.js";

const ALL_NUMBERED = 16;

/** Draw a state into the board anew: nothing in it can be focused. */
export function paintBoard(board, state) {
  const columns = Math.max(extent(state), span(state.kernel_size, state.dilation));
  board.style.setProperty("--columns", columns);
  board.setAttribute("aria-label", alternative(state));
  board.replaceChildren(
    title("input", inputTitle(state)),
    h("div", { class: "axis-line" }, axis(state)),
    title("output", outputTitle(state)),
    ...(count(state) > 0 ? windows(state) : [taps(state, 0)]).map((places, i) => row(state, places, i)),
    legend(state),
  );
}

function title(role, text) {
  return h("div", { class: `fig-panel-${role}` }, h("div", { class: "fig-title" }, text));
}

function inputTitle({ size, padding }) {
  return `Input ${size}${padding > 0 ? `, padding ${padding} on each side` : ""}`;
}

function outputTitle(state) {
  if (count(state) === 0) return "Output: none, the window hangs over the end";
  return `Output ${count(state)}: one number for each window`;
}

function axis(state) {
  const { behind, between } = unread(state);
  const idle = new Set(count(state) > 0 ? [...behind, ...between] : []);
  return Array.from({ length: extent(state) }, (_, place) => entry(state, place, idle.has(place)));
}

function entry({ size, padding }, place, isIdle) {
  const pixel = place - padding + 1;
  const isPixel = pixel >= 1 && pixel <= size;
  const isRound = isPixel && (pixel === 1 || pixel % 5 === 0);
  const isNumbered = isRound || size + 2 * padding <= ALL_NUMBERED;
  const text = isNumbered ? h("span", {}, isPixel ? String(pixel) : "0") : null;
  const kind = `axis-entry ${isPixel ? "axis-pixel" : "axis-zero"}${isIdle ? " axis-idle" : ""}`;
  return h("span", { class: kind, style: `--place: ${place + 1}` }, text);
}

function row(state, places, index) {
  const [first, last] = [places[0] + 1, places.at(-1) + 2];
  const reach = h("span", { class: "axis-reach", style: `grid-column: ${first} / ${last}` });
  const tap = (place) => {
    const over = place >= extent(state) ? " axis-over" : "";
    return h("span", { class: `axis-tap${over}`, style: `--place: ${place + 1}` });
  };
  const result = h("span", { class: "axis-result" }, String(index + 1));
  const isWindow = count(state) > 0;
  return h("div", { class: "axis-line axis-window" }, reach, places.map(tap), isWindow ? result : null);
}

/** What the shapes mean; only those that are drawn. */
function legend(state) {
  const { behind, between } = unread(state);
  const isIdle = count(state) > 0 && behind.length + between.length > 0;
  const signs = [
    ["axis-pixel", "pixel"],
    state.padding > 0 ? ["axis-zero", "zero of the padding"] : null,
    ["axis-tap", "read by the window"],
    count(state) === 0 ? ["axis-tap axis-over", "beyond the end"] : null,
    isIdle ? ["axis-pixel axis-idle", "never read"] : null,
  ];
  const sign = ([look, text]) => h("span", {}, h("span", { class: `axis-sign ${look}` }), text);
  return h("div", { class: "axis-legend" }, signs.filter(Boolean).map(sign));
}
