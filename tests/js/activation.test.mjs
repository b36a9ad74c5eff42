// Activations and slopes equal the library's, on vectors from tests/vectors/activation.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  extent, jump, NAMES, pieces, slope, value,
} from "../../coursecnn/widgets/js/activation.js";
import { FORMULAS, sentence } from "../../coursecnn/widgets/js/activation-plot.js";
import { precise } from "../../coursecnn/widgets/js/figure.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("activation");
const said = (name, x) => sentence({ name, x }).map(([, text]) => text).join("");

test("there are vectors of each activation, on both sides and at 0", () => {
  for (const name of NAMES) {
    const alike = vectors.filter((vector) => vector.name === name);
    assert.ok(alike.filter(({ x }) => x < 0).length >= 100);
    assert.ok(alike.filter(({ x }) => x > 0).length >= 100);
    assert.ok(alike.some(({ x }) => x === 0));
  }
});

test("values and slopes equal those of coursecnn.ops", () => {
  for (const { name, x, expected } of vectors) {
    assertClose([value(name, x), slope(name, x)], expected, 1e-13, `${name} at ${x}`);
  }
});

test("every activation has a formula", () => {
  assert.deepEqual(Object.keys(FORMULAS), NAMES);
});

test("two slopes jump at 0, and their curves are torn there", () => {
  assert.deepEqual(jump("relu"), [0, 1]);
  assert.deepEqual(jump("leaky_relu"), [0.01, 1]);
  for (const name of ["elu", "gelu", "sigmoid", "tanh"]) assert.equal(jump(name), null);
  const [before, after] = pieces("relu", slope);
  assert.deepEqual([before.at(-1), after[0]], [[0, 0], [0, 1]]);
  assert.equal(pieces("relu", value).length, 1);
  assert.equal(pieces("elu", slope).length, 1);
});

test("a curve runs from end to end in even steps", () => {
  const [points] = pieces("tanh", value, 4);
  assert.deepEqual(points.map(([x]) => x), [-6, -3, 0, 3, 6]);
  assert.deepEqual(points[2], [0, 0]);
});

test("the drawing has room for both curves", () => {
  assert.deepEqual(extent("relu"), [0, 6]);
  assertClose(extent("sigmoid"), [slope("sigmoid", 6), value("sigmoid", 6)], 0);
  assertClose(extent("tanh"), [-1, 1], 1e-4);
});

test("numbers keep three decimals, or their first digit", () => {
  const numbers = [0.0066480567, -0.1254, 0.0000246, 1, 0, -1e-9, 0.9999877, 0.05];
  const texts = ["0.007", "−0.125", "0.00002", "1", "0", "0", "1", "0.05"];
  assert.deepEqual(numbers.map(precise), texts);
});

test("the sentence gives both numbers and says when they are rounded", () => {
  const flat = "Almost flat: a gradient that passes here is multiplied by 0.007.";
  assert.equal(said("sigmoid", -5), `At x = −5: f(x) ≈ 0.007, f′(x) ≈ 0.007. ${flat}`);
  const steepest = "The steepest place: even here, a gradient that passes here is multiplied by 0.25.";
  assert.equal(said("sigmoid", 0), `At x = 0: f(x) = 0.5, f′(x) = 0.25. ${steepest}`);
  assert.match(said("tanh", 1), /A gradient that passes here is multiplied by 0.42\.$/);
});

test("a corner is named, and what libraries take there", () => {
  const relu = "Not differentiable here: the slope jumps from 0 to 1; libraries take 0.";
  assert.equal(said("relu", 0), `At x = 0: f(x) = 0, f′(x) = 0. ${relu}`);
  assert.match(said("leaky_relu", 0), /jumps from 0\.01 to 1; libraries take 0\.01\.$/);
  assert.match(said("elu", 0), /A gradient that passes here stays as it is\.$/);
});

test("each kind of slope has its meaning", () => {
  const cases = [
    ["relu", -2, "Flat: no gradient passes here, so nothing before it can learn."],
    ["relu", 2, "A gradient that passes here stays as it is."],
    ["gelu", 5, "A gradient that passes here stays almost as it is."],
    ["gelu", 1.4, "Steeper than 1: a gradient that passes here is multiplied by 1.129 and grows."],
    ["gelu", -1.4, "Falling: a gradient that passes here is multiplied by −0.129 and changes its sign."],
    ["gelu", -6, "Almost flat: a gradient that passes here vanishes."],
    ["leaky_relu", -2, "Almost flat: a gradient that passes here is multiplied by 0.01."],
  ];
  for (const [name, x, meaning] of cases) assert.ok(said(name, x).endsWith(meaning), said(name, x));
});

test("each number knows its role", () => {
  const roles = sentence({ name: "elu", x: 1 }).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["output", "gradient"]);
});
