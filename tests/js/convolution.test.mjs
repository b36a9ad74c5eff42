// The stepper's arithmetic equals the library's, on vectors from tests/vectors/convolution.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  crossCorrelate, fitted, outputShape, products, stepped,
} from "../../coursecnn/widgets/js/convolution.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("convolution");

test("there are vectors of each kind", () => {
  for (const wanted of [
    (v) => v.exact, (v) => !v.exact, (v) => v.state.flip, (v) => v.state.image.length === 3,
    (v) => v.state.stride > 1, (v) => v.state.padding > 0, (v) => v.expected.length === 1,
  ]) {
    assert.ok(vectors.filter(wanted).length >= 10);
  }
});

test("outputs equal those of coursecnn.ops", () => {
  for (const { state, expected, exact } of vectors) {
    if (exact) assert.deepEqual(crossCorrelate(state), expected);
    else assertClose(crossCorrelate(state), expected, 1e-9);
  }
});

test("output shapes equal those of coursecnn.shapes", () => {
  for (const { state, shape } of vectors) assert.deepEqual(outputShape(state), shape);
});

test("the products of a window name the pixels that they read", () => {
  const image = [[[1, 2, 3], [4, 5, 6], [7, 8, 9]]];
  const state = { image, kernel: [[[10, 20], [30, 40]]], stride: 2, padding: 1, flip: true };
  assert.deepEqual(products(state, 1, 0), [
    { channel: 0, y: 1, x: -1, weight: 40, value: 0 },
    { channel: 0, y: 1, x: 0, weight: 30, value: 4 },
    { channel: 0, y: 2, x: -1, weight: 20, value: 0 },
    { channel: 0, y: 2, x: 0, weight: 10, value: 7 },
  ]);
});

const example = {
  image: [[[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]],
  kernel: [[[1, 1], [1, 1]]],
  position: [0, 1],
  stride: 1,
  padding: 0,
};

test("a step goes on in the next row and stops at either end", () => {
  assert.deepEqual(stepped(example, 1), [1, 0]);
  assert.deepEqual(stepped({ ...example, position: [1, 0] }, -1), [0, 1]);
  assert.equal(stepped({ ...example, position: [0, 0] }, -1), null);
  assert.equal(stepped({ ...example, position: [2, 1] }, 1), null);
});

test("a change moves the window back onto a smaller output", () => {
  const patch = { stride: 2 };
  assert.deepEqual(fitted({ ...example, position: [2, 1] }, patch), { ...patch, position: [1, 0] });
});

test("a change that leaves no output is refused", () => {
  assert.equal(fitted(example, { kernel: [[[1, 1, 1, 1]]] }), null);
  assert.equal(fitted(example, { kernel: [[[1], [1], [1], [1], [1]]] }), null);
  assert.equal(fitted(example, { kernel: [[[1]], [[1]], [[1]]] }), null);
});
