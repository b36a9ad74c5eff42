// What the pooling stepper says of a window, of equal numbers and of what it leaves out.
import assert from "node:assert/strict";
import test from "node:test";

import { sentence, sizes } from "../../coursecnn/widgets/js/pooling-stepper.js";

const said = (state) => sentence(state).map(([, text]) => text).join("");
const example = {
  image: [[[8, 5, 2, 7], [1, 6, 0, 3], [2, 4, 7, 1], [5, 1, 8, 0]]],
  kernel_size: 2,
  stride: 2,
  kind: "max",
  position: [0, 0],
};

test("every number of the window is in the sentence", () => {
  assert.equal(said(example), "Row 1, column 1: max(8, 5, 1, 6) = 8");
  assert.equal(said({ ...example, position: [1, 0] }), "Row 2, column 1: max(2, 4, 5, 1) = 5");
});

test("the mean is spelled out as a sum, with negative numbers in brackets", () => {
  const state = { ...example, kind: "average" };
  assert.equal(said(state), "Row 1, column 1: (8 + 5 + 1 + 6) / 4 = 5");
  const image = [[[8, -5], [-1, 1]]];
  assert.equal(said({ ...state, image }), "Row 1, column 1: (8 + (−5) + (−1) + 1) / 4 = 0.75");
});

test("rounding is admitted", () => {
  const image = [[[1, 0, 0], [0, 0, 0], [0, 0, 0]]];
  const state = { ...example, image, kernel_size: 3, kind: "average" };
  assert.match(said(state), / \/ 9 ≈ 0\.11$/);
});

test("of equal numbers the first is said to win, in the maximum only", () => {
  const image = [[[5, 8], [8, 8]]];
  const spoken = "Row 1, column 1: max(5, 8, 8, 8) = 8, the first of 3 equal numbers";
  assert.equal(said({ ...example, image }), spoken);
  assert.match(said({ ...example, image: [[[5, 8], [8, 1]]] }), / = 8, the first of 2 equal numbers$/);
  assert.equal(said({ ...example, image, kind: "average" }), "Row 1, column 1: (5 + 8 + 8 + 8) / 4 = 7.25");
});

test("rows and columns that no window reads are named", () => {
  const leftOut = (state) => said({ ...example, ...state }).split(". ")[1];
  assert.equal(leftOut({}), undefined);
  assert.equal(leftOut({ kernel_size: 3 }), "Never read: row 4, column 4.");
  assert.equal(leftOut({ kernel_size: 1 }), "Never read: rows 2 and 4, columns 2 and 4.");
  assert.equal(leftOut({ image: [[[1, 2, 3], [4, 5, 6]]] }), "Never read: column 3.");
  assert.equal(leftOut({ kernel_size: 1, stride: 3 }), "Never read: rows 2 and 3, columns 2 and 3.");
});

test("the size is counted with the numbers of its formula, and the floor shows where it rounds", () => {
  assert.equal(sizes(example), "⌊(4 − 2) / 2⌋ + 1 = 2");
  assert.equal(sizes({ ...example, kernel_size: 3 }), "⌊(4 − 3) / 2⌋ + 1 = ⌊0.5⌋ + 1 = 1");
  const image = [[[1, 2, 3], [4, 5, 6]]];
  const two = "rows ⌊(2 − 2) / 2⌋ + 1 = 1, columns ⌊(3 − 2) / 2⌋ + 1 = ⌊0.5⌋ + 1 = 1";
  assert.equal(sizes({ ...example, image }), two);
});

test("each number knows its role", () => {
  const roles = sentence(example).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["kernel", "input", "input", "input", "input", "output"]);
});
