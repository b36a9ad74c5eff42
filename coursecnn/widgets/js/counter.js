// A whole number to type, to change by the arrow keys, or by two buttons beside it.

import { h } from "./figure.js";

/**
 * The counter's node and `paint(value)`; `onSet(number)` hears of each number that is allowed,
 * `onRefuse(text)` why another is not.
 */
export function counter(label, [least, most], onSet, onRefuse) {
  const isAllowed = (number) => Number.isInteger(number) && number >= least && number <= most;
  const take = () => {
    const number = input.value.trim() === "" ? NaN : Number(input.value);
    if (isAllowed(number)) return onSet(number);
    input.setAttribute("aria-invalid", "true");
    onRefuse(`${label} must be a whole number from ${least} to ${most}.`);
  };
  const input = h("input", {
    class: "fig-count",
    type: "number",
    min: least,
    max: most,
    step: 1,
    onchange: take,
    // In JupyterLab the browser reports no change on Enter.
    onkeydown: (event) => event.key === "Enter" && take(),
  });
  let shown = null;
  const bump = (by) => () => isAllowed(shown + by) && onSet(shown + by);
  const less = bumper(`${label}: one less`, "−", bump(-1));
  const more = bumper(`${label}: one more`, "+", bump(1));
  const paint = (value) => {
    shown = value;
    input.value = value;
    input.removeAttribute("aria-invalid");
    less.setAttribute("aria-disabled", String(!isAllowed(value - 1)));
    more.setAttribute("aria-disabled", String(!isAllowed(value + 1)));
  };
  const name = h("label", { class: "fig-counter-name" }, h("span", {}, label), input);
  return { node: h("div", { class: "fig-counter" }, less, name, more), paint };
}

/** A button for fingers and mice; the keyboard has the arrow keys of the number itself. */
function bumper(label, sign, onclick) {
  const attributes = { type: "button", class: "fig-bump", tabindex: "-1", "aria-label": label, onclick };
  return h("button", attributes, sign);
}
