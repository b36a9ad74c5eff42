// Fields and stretches equal the library's, on vectors from tests/vectors/receptive.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  centre, counts, fields, fitted, intervals, nearest, reads, stepped, target, top,
} from "../../coursecnn/widgets/js/receptive.js";
import { vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("receptive");
const drawn = vectors.filter(({ expected }) => expected !== null);

test("there are vectors of each kind", () => {
  assert.ok(drawn.length >= 200);
  for (const wanted of [
    (v) => v.expected === null, (v) => v.layers.length === 1, (v) => v.layers.length === 5,
    (v) => v.position?.[0] < v.layers.length, (v) => v.layers.some(([k, s]) => s > k),
  ]) {
    assert.ok(vectors.filter(wanted).length >= 10);
  }
});

test("sizes, jumps and stretches equal those of coursecnn.shapes", () => {
  for (const { layers, position, fields: wanted, expected } of drawn) {
    assert.deepEqual(fields(layers).map(({ size, jump }) => [size, jump]), wanted);
    assert.deepEqual(intervals(layers, position), expected);
  }
});

test("as many units are drawn as Python draws, and all that are seen are among them", () => {
  for (const { layers, position, counts: wanted } of drawn) {
    assert.deepEqual(counts(layers), wanted);
    reads(layers, position).forEach((seen, level) => assert.ok(Math.max(...seen) < wanted[level]));
  }
});

test("what is read lies between the ends of the stretch, and gaps are left by long strides only", () => {
  for (const { layers, position, expected } of drawn) {
    reads(layers, position).forEach((seen, level) => {
      const [first, last] = expected[level];
      assert.deepEqual([Math.min(...seen), Math.max(...seen)], [first, last]);
      const isLong = layers.some(([kernelSize, stride]) => stride > kernelSize);
      if (!isLong) assert.equal(seen.size, last - first + 1);
    });
  }
  assert.deepEqual([...reads([[1, 2], [3, 1]], [2, 0])[0]], [0, 2, 4]);
});

test("chains without room are refused here as in Python, and others taken", () => {
  for (const { layers, expected } of vectors) {
    assert.equal(fitted({ layers, position: [1, 0] }, {}) === null, expected === null);
  }
  const six = Array.from({ length: 6 }, () => [1, 1]);
  assert.equal(fitted({ layers: six, position: [1, 0] }, {}), null);
  assert.equal(fitted({ layers: [], position: [1, 0] }, {}), null);
});

const lenet = [[5, 1], [2, 2], [5, 1], [2, 2]];

test("LeNet-5 by hand", () => {
  const r = [1, 1 + 4, 5 + 1, 6 + 4 * 2, 14 + 1 * 2];
  assert.deepEqual(fields(lenet).map(({ size }) => size), r);
  assert.deepEqual(intervals(lenet, [4, 1]), [[4, 19], [4, 15], [2, 7], [2, 3], [1, 1]]);
  assert.deepEqual(counts(lenet), [24, 20, 10, 6, 3]);
  assert.deepEqual(top(lenet), [4, 1]);
});

test("the middle of a field finds its unit again", () => {
  assert.equal(centre(lenet, [4, 1]), (4 + 19) / 2);
  for (const { layers, position } of drawn) {
    assert.deepEqual(nearest(layers, position[0], centre(layers, position)), position);
  }
  assert.deepEqual(nearest(lenet, 4, -9), [4, 0]);
  assert.deepEqual(nearest(lenet, 4, 99), [4, 2]);
});

test("a change keeps the chosen unit on the chain", () => {
  const state = { layers: lenet, position: [4, 2] };
  const patch = { layers: [[5, 1], [2, 2]] };
  assert.deepEqual(fitted(state, patch), { ...patch, position: [2, 2] });
  assert.deepEqual(fitted(state, { position: [0, 50] }), { position: [1, 19] });
});

test("a step stays on its level and stops at either end", () => {
  assert.deepEqual(stepped({ layers: lenet, position: [4, 1] }, 1), [4, 2]);
  assert.equal(stepped({ layers: lenet, position: [4, 2] }, 1), null);
  assert.equal(stepped({ layers: lenet, position: [4, 0] }, -1), null);
});

test("keys lead along a level, and to the unit beside it on another", () => {
  const to = (key, position, more = {}) => target({ key, ...more }, { layers: lenet, position });
  assert.deepEqual(to("ArrowDown", [2, 3]), [2, 4]);
  assert.deepEqual(to("ArrowDown", [2, 9]), [2, 9]);
  assert.deepEqual(to("ArrowUp", [2, 0]), [2, 0]);
  assert.deepEqual(to("Home", [2, 5]), [2, 0]);
  assert.deepEqual(to("End", [2, 5]), [2, 9]);
  assert.deepEqual(to("ArrowRight", [2, 0]), [3, 0]);
  assert.deepEqual(to("ArrowLeft", [4, 2]), [3, 5]);
  assert.deepEqual(to("ArrowLeft", [1, 7]), [1, 7]);
  assert.deepEqual(to("ArrowRight", [4, 1]), [4, 1]);
  assert.equal(to("ArrowUp", [2, 3], { ctrlKey: true }), null);
  assert.equal(to("a", [2, 3]), null);
});
