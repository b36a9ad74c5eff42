// Weights of corners equal the library's, and every state finds what is stored for it, on vectors from
// tests/vectors/latents.py.
import assert from "node:assert/strict";
import test from "node:test";

import { frameOf, placeOf, SIDE, weights } from "../../coursecnn/widgets/js/latents.js";
import { readingOf, steps } from "../../coursecnn/widgets/js/latent-walk.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("latents");
const grids = vectors.filter(({ size }) => size !== undefined);
const states = vectors.filter(({ state }) => state !== undefined);

test("there are vectors of both kinds", () => {
  assert.ok(grids.length >= 100 && states.length >= 200);
  for (const step of steps()) assert.ok(states.some(({ state }) => state.step === step));
});

test("the weights of the corners equal those of coursecnn.gan", () => {
  for (const { size, place, expected } of grids) {
    assertClose(weights(place, size), expected, 1e-12, `${place} of ${size}`);
  }
});

test("the squares of the weights add up to one everywhere", () => {
  for (const { size, place } of grids) {
    const total = weights(place, size).reduce((sum, weight) => sum + weight ** 2, 0);
    assertClose(total, 1, 1e-12, `${place} of ${size}`);
  }
});

test("a corner is itself alone, the middle a half of each", () => {
  assert.deepEqual(weights([0, 0]), [1, 0, 0, 0]);
  assert.deepEqual(weights([0, SIDE - 1]), [0, 1, 0, 0]);
  assert.deepEqual(weights([SIDE - 1, 0]), [0, 0, 1, 0]);
  assert.deepEqual(weights([SIDE - 1, SIDE - 1]), [0, 0, 0, 1]);
  assertClose(weights([2, 2]), [0.5, 0.5, 0.5, 0.5], 1e-12);
});

test("every state finds its image and its reading", () => {
  for (const { state, frame, expected } of states) {
    const { step, digit, position } = state;
    assert.equal(frameOf(steps().indexOf(step), digit, position), frame);
    const found = readingOf(state);
    assert.deepEqual([found.digit, found.percent], expected, JSON.stringify(state));
  }
});

test("a row of the sheet holds a digit at all places", () => {
  assert.deepEqual(placeOf(frameOf(0, 0, [0, 0])), [0, 0]);
  assert.deepEqual(placeOf(frameOf(0, 3, [4, 4])), [3, 24]);
  assert.deepEqual(placeOf(frameOf(2, 1, [1, 0])), [21, 5]);
});
