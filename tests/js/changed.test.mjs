// Changes of a digit equal those in Python, on vectors from tests/vectors/changed.py.
import assert from "node:assert/strict";
import test from "node:test";

import { changed, CHANGES, MOST } from "../../coursecnn/widgets/js/changed.js";
import { digits } from "../../coursecnn/widgets/js/digits.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("changed");
const three = digits()[3].pixels;

test("there are vectors of each change, and of none", () => {
  for (const change of Object.keys(CHANGES)) {
    assert.ok(vectors.filter((vector) => vector.change === change && vector.amount > 0).length >= 50);
  }
  assert.ok(vectors.some(({ amount }) => amount === 0));
});

test("pixels equal those of Python", () => {
  for (const { digit, change, amount, places, expected } of vectors) {
    const found = changed(digits()[digit].pixels, change, amount);
    assertClose(places.map((n) => found[n]), expected, 1e-9, `${change} ${amount}`);
  }
});

test("no step changes nothing", () => {
  for (const change of Object.keys(CHANGES)) assert.deepEqual(changed(three, change, 0), three);
});

test("a shift by hand: zeros come in, the rest moves on", () => {
  const found = changed(three, "shift", 2);
  for (const row of [0, 9, 27]) {
    const line = (pixels) => pixels.slice(28 * row, 28 * row + 28);
    assert.deepEqual(line(found), [0, 0, ...line(three).slice(0, 26)]);
  }
});

test("a turn of 60 degrees moves what is above the middle to the right of it", () => {
  const pixels = Array(784).fill(0);
  for (const column of [13, 14]) for (const row of [3, 4, 5]) pixels[28 * row + column] = 255;
  const found = changed(pixels, "turn", MOST);
  const mass = found.reduce((sum, value) => sum + value, 0);
  const mean = (of) => found.reduce((sum, value, n) => sum + value * of(n), 0) / mass - 13.5;
  // 9.5 above the middle, clockwise by 60°: right by 9.5·sin 60°, up by 9.5·cos 60°.
  assertClose(mean((n) => n % 28), 9.5 * Math.sin(Math.PI / 3), 0.05);
  assertClose(mean((n) => Math.floor(n / 28)), -9.5 * Math.cos(Math.PI / 3), 0.05);
});

test("noise is always the same, stays within the range and has the spread that is said", () => {
  const found = changed(Array(784).fill(128), "noise", 1);
  assert.deepEqual(changed(Array(784).fill(128), "noise", 1), found);
  const mean = found.reduce((sum, value) => sum + value / 784, 0);
  const variance = found.reduce((sum, value) => sum + (value - mean) ** 2 / 784, 0);
  assertClose(mean, 128, 3);
  assertClose(Math.sqrt(variance), 20, 2);
  assert.ok(changed(three, "noise", MOST).every((value) => value >= 0 && value <= 255));
});
