// Grid cells that hold numbers: inputs to type in, and what stands in them.

import { h } from "./figure.js";
import { exact, parse } from "./numbers.js";

/** An input for one number; `onCommit(input)` hears of each change. */
export function numberInput(label, onCommit) {
  const input = h("input", {
    class: "fig-number",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": label,
    onfocus: () => input.select(),
    onchange: () => onCommit(input),
    // In JupyterLab the browser reports no change on Enter.
    onkeydown: (event) => event.key === "Enter" && onCommit(input),
  });
  return input;
}

/** The number that was typed, or null; then the input is marked and `say(runs)` hears why. */
export function typed(input, say) {
  const number = parse(input.value);
  if (number === null) {
    input.setAttribute("aria-invalid", "true");
    say([["", `“${input.value}” is not a number; −1, 0.5 and 1/9 are.`]]);
  } else {
    input.value = exact(number);
  }
  return number;
}

/** Write a list of numbers into as many inputs. */
export function paintNumbers(inputs, numbers) {
  inputs.forEach((input, index) => {
    input.removeAttribute("aria-invalid");
    // Nothing is written under the reader's fingers.
    if (input !== document.activeElement) input.value = exact(numbers[index]);
  });
}

/** A cell for one result, which the arrow keys reach. */
export function resultCell() {
  return h("span", { class: "fig-cell fig-result", role: "gridcell" });
}

/** Write a result into its cell; `text` is empty as long as there is none. */
export function paintResult(cell, place, text, isCurrent) {
  cell.textContent = text;
  cell.style.setProperty("--digits", Math.max(text.length, 4));
  cell.setAttribute("aria-label", `${place}: ${text || "empty"}`);
  if (isCurrent) cell.setAttribute("aria-current", "true");
  else cell.removeAttribute("aria-current");
}
