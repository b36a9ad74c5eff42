// Probabilities, entropy, loss and gradient equal the library's, on vectors from
// tests/vectors/softmax.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  COLDEST, crossEntropy, entropy, FIRST, gradient, HOTTEST, LAST, logSoftmax, placeOf, ranked, ratio,
  softmax, temperatureAt,
} from "../../coursecnn/widgets/js/softmax.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("softmax");

test("there are vectors of each kind", () => {
  for (const wanted of [
    (v) => v.logits.length === 2, (v) => v.logits.length === 6, (v) => v.temperature < 0.5,
    (v) => v.temperature > 2, (v) => Math.max(...v.logits) > 900, (v) => v.target === 0,
  ]) {
    assert.ok(vectors.filter(wanted).length >= 10);
  }
});

test("probabilities, entropy, loss and gradient equal those of coursecnn.ops", () => {
  for (const { logits, temperature, target, pair, expected } of vectors) {
    const found = [
      softmax(logits, temperature),
      entropy(logits, temperature),
      crossEntropy(logits, temperature, target),
      gradient(logits, temperature, target),
    ];
    const [p, spread, loss, slopes, difference] = expected;
    const place = `${logits} at ${temperature}`;
    assertClose(found, [p, spread, loss, slopes], 1e-11, place);
    const times = ratio(logits, temperature, ...pair);
    const isFinite = Math.abs(difference) < 700; // exp(709) is the largest that a number can hold
    if (isFinite) assertClose(Math.log(times), difference, 1e-10, place);
  }
});

test("two classes by hand", () => {
  const p = 1 / (1 + Math.exp(-(2 - 1) / 0.5));
  assertClose(softmax([2, 1], 0.5), [p, 1 - p], 1e-15);
  assertClose(crossEntropy([2, 1], 0.5, 1), -Math.log(1 - p), 1e-12);
  assertClose(gradient([2, 1], 0.5, 1), [p - 0, 1 - p - 1], 1e-15);
  assertClose(ratio([2, 1], 0.5, 0, 1), Math.E ** 2, 1e-12);
});

test("equal logits share evenly and have the largest entropy, one alone has none", () => {
  assertClose(softmax([5, 5, 5, 5], 3), [1 / 4, 1 / 4, 1 / 4, 1 / 4], 0);
  assertClose(entropy([5, 5, 5, 5], 3), Math.log(4), 1e-15);
  assertClose(entropy([1000, -1000], 0.1), 0, 0);
});

test("large logits do not overflow, and their logarithms are exact", () => {
  assertClose(softmax([1000, 1000]), [0.5, 0.5], 0);
  assertClose(logSoftmax([0, -2000]), [0, -2000], 0);
});

test("what is added to all logits is lost", () => {
  for (const { logits, temperature } of vectors.filter(({ logits: z }) => Math.max(...z) < 100)) {
    const moved = logits.map((z) => z + 64);
    assertClose(softmax(moved, temperature), softmax(logits, temperature), 1e-12);
  }
});

test("entropy grows with the temperature", () => {
  for (const { logits } of vectors) {
    const entropies = [0.1, 0.3, 1, 3, 10].map((temperature) => entropy(logits, temperature));
    entropies.slice(1).forEach((larger, index) => assert.ok(larger >= entropies[index] - 1e-12));
  }
});

test("the gradient's entries add up to nothing, and only the true class is negative", () => {
  for (const { logits, temperature, target } of vectors) {
    const slopes = gradient(logits, temperature, target);
    assertClose(slopes.reduce((sum, each) => sum + each), 0, 1e-12);
    slopes.forEach((slope, index) => assert.ok(index === target ? slope <= 0 : slope >= 0));
  }
});

test("the largest come first, and the next may be missing", () => {
  assert.deepEqual(ranked([1, 3, 2]), { leaders: [1], next: 2 });
  assert.deepEqual(ranked([3, 1, 3, 2, 2]), { leaders: [0, 2], next: 3 });
  assert.deepEqual(ranked([4, 4]), { leaders: [0, 1], next: null });
});

test("the slider's places are temperatures in two digits, all different", () => {
  const places = Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index);
  const temperatures = places.map(temperatureAt);
  assert.deepEqual([temperatures[0], temperatures.at(-1)], [COLDEST, HOTTEST]);
  assert.equal(new Set(temperatures).size, places.length);
  for (const wanted of [0.5, 1, 2, 5]) assert.ok(temperatures.includes(wanted));
  assert.deepEqual(temperatures.map(placeOf).map((place) => place + 0), places);
});
