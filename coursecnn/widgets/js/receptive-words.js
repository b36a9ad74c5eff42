// What the receptive field explorer says: the stretch that a unit sees on every level below it.

import { fields, intervals, reads } from "./receptive.js";

/** Runs of [role, text]; the role tells what is named. */
export function sentence({ layers, position }) {
  const [level, unit] = position;
  const { size, jump } = fields(layers)[level];
  const [pixels, ...units] = intervals(layers, position).slice(0, -1);
  const between = units.map((stretch, index) => layerStretch(stretch, index + 1)).reverse();
  return [
    ["output", `Unit ${unit} of layer ${level}`],
    ["", ` sees ${between.join(", ")}${between.length > 0 ? " and " : ""}`],
    ["input", `${stretched("pixel", pixels)} of the input`],
    ["", `: size ${size}, jump ${jump}, start ${unit} · ${jump} = ${unit * jump}.`],
    ...(reads(layers, position)[0].size < size ? [["", " Some pixels between are skipped."]] : []),
  ];
}

/** The recurrence at one layer with its numbers, as [size, jump]. */
export function recurrence(layers, index) {
  const [kernelSize, stride] = layers[index];
  const [before, after] = fields(layers).slice(index, index + 2);
  return [
    `r = ${before.size} + (${kernelSize} − 1) · ${before.jump} = ${after.size}`,
    `j = ${before.jump} · ${stride} = ${after.jump}`,
  ];
}

function layerStretch(stretch, layer) {
  return `${stretched("unit", stretch)} of layer ${layer}`;
}

function stretched(noun, [first, last]) {
  return first === last ? `${noun} ${first}` : `${noun}s ${first} to ${last}`;
}
