// What the activation plot says: the two numbers at x, and what they mean for learning.

import { jump, slope, value } from "./activation.js";
import { parse, precise } from "./numbers.js";

/** How each activation is written. */
export const FORMULAS = {
  relu: "max(x, 0)",
  leaky_relu: "x, or 0.01·x where x < 0",
  elu: "x, or exp(x) − 1 where x < 0",
  gelu: "x · Φ(x)",
  sigmoid: "1 / (1 + exp(−x))",
  tanh: "tanh(x)",
};

/** Runs of [role, text], such as ["output", "f(x) ≈ 0.007"]. */
export function sentence({ name, x }) {
  const [height, steepness] = [value(name, x), slope(name, x)];
  return [
    ["", `At x ${written(x)}: `],
    ["output", `f(x) ${written(height)}`],
    ["", ", "],
    ["gradient", `f′(x) ${written(steepness)}`],
    ["", `. ${meaning(name, x)}`],
  ];
}

function written(number) {
  const text = precise(number);
  return `${parse(text) === number ? "=" : "≈"} ${text}`;
}

function meaning(name, x) {
  const steepness = slope(name, x);
  const sides = jump(name);
  if (x === 0 && sides !== null) {
    const [before, after] = sides.map(precise);
    return `Not differentiable here: the slope jumps from ${before} to ${after}; libraries take ${precise(steepness)}.`;
  }
  if (steepness === 0) return "Flat: no gradient passes here, so nothing before it can learn.";
  return passing(precise(steepness), steepness, name === "sigmoid" && x === 0);
}

function passing(text, steepness, isSteepest) {
  const passes = `a gradient that passes here is multiplied by ${text}`;
  if (text === "0") return "Almost flat: a gradient that passes here vanishes.";
  if (Math.abs(steepness) < 0.05) return `Almost flat: ${passes}.`;
  if (steepness < 0) return `Falling: ${passes} and changes its sign.`;
  if (steepness === 1) return "A gradient that passes here stays as it is.";
  if (text === "1") return "A gradient that passes here stays almost as it is.";
  if (steepness > 1) return `Steeper than 1: ${passes} and grows.`;
  if (isSteepest) return `The steepest place: even here, ${passes}.`;
  return `${passes[0].toUpperCase()}${passes.slice(1)}.`;
}
