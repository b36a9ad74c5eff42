// Slide and sum equals the library's two rules, on vectors from tests/vectors/sliding.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  bars, border, fitted, lying, products, slide, stepped,
} from "../../coursecnn/widgets/js/sliding.js";
import { sentence, titles } from "../../coursecnn/widgets/js/slide-and-sum.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("sliding");
const example = { signal: [0, 0, 1, 0, 0, 3, 2], kernel: [1, 2, 3], flip: false, mode: "valid", position: 0 };
const said = (state) => sentence(state).map(([, text]) => text).join("");

test("there are vectors of each kind", () => {
  for (const mode of ["valid", "same", "full"]) {
    for (const flip of [true, false]) {
      const alike = vectors.filter(({ state }) => state.mode === mode && state.flip === flip);
      assert.ok(alike.length >= 60);
      assert.ok(alike.some(({ state }) => state.kernel.length % 2 === 0));
      assert.ok(mode === "valid" || alike.some(({ state }) => state.kernel.length > state.signal.length));
    }
  }
});

test("outputs equal those of coursecnn.ops", () => {
  for (const { state, expected, exact } of vectors) {
    if (exact) assert.deepEqual(slide(state), expected);
    else assertClose(slide(state), expected, 1e-9);
  }
});

test("a single 1 answers with the kernel: turned under correlation, as it is under convolution", () => {
  const one = { ...example, signal: [0, 0, 1, 0, 0] };
  assert.deepEqual(slide(one), [3, 2, 1]);
  assert.deepEqual(slide({ ...one, flip: true }), [1, 2, 3]);
});

test("signal and kernel can be exchanged under full convolution", () => {
  const full = { ...example, flip: true, mode: "full" };
  const exchanged = { ...full, signal: full.kernel, kernel: full.signal };
  assert.deepEqual(slide(exchanged), slide(full));
  assert.notDeepEqual(slide({ ...exchanged, flip: false }), slide({ ...full, flip: false }));
});

test("the extra zero of an even kernel goes after the signal", () => {
  assert.deepEqual(border({ kernel: [1, 2, 3, 4], mode: "same" }), [1, 2]);
  assert.deepEqual(border({ kernel: [1, 2, 3, 4], mode: "full" }), [3, 3]);
});

test("the products at a place read from left to right, zeros beyond the border included", () => {
  const state = { ...example, mode: "same", flip: true };
  assert.deepEqual(lying(state), [3, 2, 1]);
  assert.deepEqual(products(state, 6), [
    { weight: 3, value: 3 }, { weight: 2, value: 2 }, { weight: 1, value: 0 },
  ]);
});

test("a step stops at either end", () => {
  assert.equal(stepped(example, -1), null);
  assert.equal(stepped(example, 1), 1);
  assert.equal(stepped({ ...example, position: 4 }, 1), null);
  assert.equal(stepped({ ...example, position: 4, mode: "same" }, 1), 5);
});

test("a change moves the kernel back onto a shorter output, or is refused if none is left", () => {
  const patch = { mode: "valid" };
  assert.deepEqual(fitted({ ...example, mode: "full", position: 8 }, patch), { ...patch, position: 4 });
  assert.equal(fitted({ ...example, signal: [1, 2], mode: "same" }, patch), null);
});

test("bars share one height from the lowest number to the highest", () => {
  assert.deepEqual(bars([3, -1, 0]), [
    { from: 0.25, size: 0.75 }, { from: 0, size: 0.25 }, { from: 0.25, size: 0 },
  ]);
  assert.deepEqual(bars([0, 0]), [{ from: 0, size: 0 }, { from: 0, size: 0 }]);
  assert.deepEqual(bars([-2, -4]).map(({ from }) => from), [0.5, 0]);
});

test("every product is in the sentence, and it says which way round the kernel lies", () => {
  const state = { ...example, position: 2 };
  assert.equal(said(state), "Place 3 of 5: 1·1 + 2·0 + 3·0 = 1");
  assert.equal(said({ ...state, flip: true }), "Place 3 of 5, kernel turned round: 3·1 + 2·0 + 1·0 = 3");
});

test("the titles count the zeros beyond the border", () => {
  const title = (more) => titles({ ...example, ...more }).signal;
  assert.equal(title({}), "Signal, 7 numbers");
  assert.equal(title({ mode: "same" }), "Signal, 7 numbers, 1 zero on each side");
  assert.equal(title({ mode: "full" }), "Signal, 7 numbers, 2 zeros on each side");
  const even = { mode: "same", signal: [5], kernel: [1, 2, 3, 4] };
  assert.equal(title(even), "Signal, 1 number, 1 zero before and 2 after");
});
