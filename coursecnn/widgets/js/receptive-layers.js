// The list of a chain's layers: kernel and stride to choose, and the recurrence with its numbers.

import { button, choice, h } from "./figure.js";
import { recurrence } from "./receptive-words.js";

const [LARGEST, LONGEST] = [11, 4];

/**
 * The rows for so many layers. `onChoose(index, [kernel size, stride])` and `onRemove(index)` hear
 * the reader.
 */
export function buildLayers(count, onChoose, onRemove) {
  const rows = numbers(count).map(([layer]) => row(layer - 1, onChoose, onRemove));
  return { rows, nodes: rows.map(({ node }) => node) };
}

/** Write the layers into their rows; those above the chosen unit play no part in its field. */
export function paintLayers(rows, { layers, position: [level] }) {
  rows.forEach(({ node, kernel, stride, sums, removal }, index) => {
    [kernel.select.value, stride.select.value] = layers[index];
    recurrence(layers, index).forEach((text, n) => (sums[n].textContent = text));
    node.classList.toggle("fig-above", index + 1 > level);
    removal.setAttribute("aria-disabled", String(layers.length === 1));
  });
}

function row(index, onChoose, onRemove) {
  const choose = () => onChoose(index, [kernel, stride].map(({ select }) => Number(select.value)));
  const kernel = choice("Kernel", numbers(LARGEST), choose);
  const stride = choice("Stride", numbers(LONGEST), choose);
  const sums = ["size", "jump"].map((name) => h("span", { class: `fig-sum fig-sum-${name}` }));
  const removal = button("", "remove", () => onRemove(index));
  removal.setAttribute("aria-label", `Remove layer ${index + 1}`);
  const title = h("span", { class: "fig-layer-name" }, `Layer ${index + 1}`);
  const attributes = { class: "fig-layer", role: "group", "aria-label": `Layer ${index + 1}` };
  const node = h("div", attributes, title, kernel.node, stride.node, sums, removal);
  return { node, kernel, stride, sums, removal };
}

function numbers(most) {
  return Array.from({ length: most }, (_, index) => [index + 1, index + 1]);
}
