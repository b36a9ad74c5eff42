// The pooling stepper's arithmetic equals the library's, on vectors from tests/vectors/pooling.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  fitted, numbersIn, outputShape, pool, stepped, unread, winner,
} from "../../coursecnn/widgets/js/pooling.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("pooling");

test("there are vectors of each kind", () => {
  for (const wanted of [
    (v) => v.state.kind === "max", (v) => v.state.kind === "average", (v) => v.unread.length > 0,
    (v) => v.unread.length === 0, (v) => v.state.stride > v.state.kernel_size, (v) => !v.exact,
    (v) => v.state.stride < v.state.kernel_size, (v) => v.expected.length !== v.expected[0].length,
  ]) {
    assert.ok(vectors.filter(wanted).length >= 10);
  }
});

test("outputs equal those of coursecnn.ops", () => {
  for (const { state, expected, exact } of vectors) {
    if (exact || state.kind === "max") assert.deepEqual(pool(state), expected);
    else assertClose(pool(state), expected, 1e-12);
    assert.deepEqual(outputShape(state), [expected.length, expected[0].length]);
  }
});

test("the winner of each window is the pixel that takes the gradient", () => {
  for (const { state, winners } of vectors) {
    const [, columns] = outputShape(state);
    const found = winners.map((_, place) => {
      const [row, column] = [Math.floor(place / columns), place % columns];
      const { index } = winner(numbersIn(state, row, column));
      const inside = [Math.floor(index / state.kernel_size), index % state.kernel_size];
      return [row * state.stride + inside[0], column * state.stride + inside[1]];
    });
    assert.deepEqual(found, winners);
  }
});

test("rows and columns that lie in no window are those without a gradient", () => {
  for (const { state, unread: pixels } of vectors) {
    const [rows, columns] = unread(state);
    const isUnread = (row, column) => rows.includes(row) || columns.includes(column);
    const found = state.image[0].flatMap((line, row) =>
      line.map((_, column) => [row, column]).filter((place) => isUnread(...place)),
    );
    assert.deepEqual(found, pixels);
  }
});

test("equal numbers are counted and the first of them wins", () => {
  assert.deepEqual(winner([3, 7, 7, 1]), { index: 1, equals: 2 });
  assert.deepEqual(winner([-2, -2, -2, -2]), { index: 0, equals: 4 });
});

const example = {
  image: [[[8, 5, 2, 7], [1, 6, 0, 3], [2, 4, 7, 1], [5, 1, 8, 0]]],
  kernel_size: 2,
  stride: 2,
  kind: "max",
  position: [0, 1],
};

test("the example of the lecture notes", () => {
  assert.deepEqual(pool(example), [[8, 7], [5, 8]]);
  const mean = [[(8 + 5 + 1 + 6) / 4, (2 + 7 + 0 + 3) / 4], [(2 + 4 + 5 + 1) / 4, (7 + 1 + 8 + 0) / 4]];
  assert.deepEqual(pool({ ...example, kind: "average" }), mean);
});

test("a step goes on in the next row and stops at either end", () => {
  assert.deepEqual(stepped(example, 1), [1, 0]);
  assert.deepEqual(stepped(example, -1), [0, 0]);
  assert.equal(stepped({ ...example, position: [1, 1] }, 1), null);
  assert.equal(stepped({ ...example, position: [0, 0] }, -1), null);
});

test("a change moves the window back onto a smaller output, or is refused without one", () => {
  const patch = { kernel_size: 4 };
  assert.deepEqual(fitted({ ...example, position: [1, 1] }, patch), { ...patch, position: [0, 0] });
  assert.equal(fitted({ ...example, image: [[[1, 2, 3]]] }, { kernel_size: 2 }), null);
});
