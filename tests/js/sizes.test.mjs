// Output sizes equal those of the library, on vectors from tests/vectors/sizes.py.
import assert from "node:assert/strict";
import test from "node:test";

import { outputSize, samePadding, span } from "../../coursecnn/widgets/js/windows.js";
import { vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("sizes");

test("there are vectors of each kind", () => {
  for (const wanted of [
    ({ expected }) => expected === 0, ({ arguments: [size] }) => size > 100,
    ({ arguments: [, , , , dilation] }) => dilation > 1, ({ same: [before, after] }) => before < after,
  ]) {
    assert.ok(vectors.filter(wanted).length >= 50);
  }
});

test("output sizes equal those of coursecnn.shapes, 0 where the library refuses", () => {
  for (const { arguments: numbers, expected } of vectors) {
    assert.equal(outputSize(...numbers), expected, numbers.join());
  }
});

test("same padding equals that of coursecnn.shapes", () => {
  for (const { arguments: [, kernelSize, , , dilation], same } of vectors) {
    assert.deepEqual(samePadding(kernelSize, dilation), same);
  }
});

test("one window spans its gaps too", () => {
  assert.deepEqual([span(3), span(3, 2), span(1, 9)], [3, 5, 1]);
});
