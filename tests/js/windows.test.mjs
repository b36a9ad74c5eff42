// The windows along one axis, on vectors from tests/vectors/windows.py, and what is said of them.
import assert from "node:assert/strict";
import test from "node:test";

import { alternative, LIMITS, same, sentence } from "../../coursecnn/widgets/js/output-size.js";
import { pixels, unread, windows } from "../../coursecnn/widgets/js/windows.js";
import { vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("windows");
const example = { size: 7, kernel_size: 3, stride: 1, padding: 0, dilation: 1 };
const said = (state) => sentence({ ...example, ...state }).map(([, text]) => text).join("");

test("there are vectors of each kind", () => {
  for (const wanted of [
    ({ expected }) => expected.includes(0), ({ expected }) => !expected.includes(0),
    ({ state }) => state.padding > 0, ({ state }) => state.dilation > 1,
    ({ state, expected }) => state.stride <= state.kernel_size && expected.at(-1) === 0,
  ]) {
    assert.ok(vectors.filter(wanted).length >= 20);
  }
});

test("each pixel is read as often as a layer of coursecnn.ops reads it", () => {
  for (const { state, expected } of vectors) {
    const read = pixels(state, windows(state).flat());
    const counts = expected.map((_, index) => read.filter((pixel) => pixel === index + 1).length);
    assert.deepEqual(counts, expected, JSON.stringify(state));
  }
});

test("what no window reads lies behind the last or between them", () => {
  for (const { state, expected } of vectors) {
    const { behind, between } = unread(state);
    const idle = expected.flatMap((count, index) => (count === 0 ? [index + 1] : []));
    assert.deepEqual(pixels(state, [...between, ...behind]), idle);
    assert.ok(behind.length < state.stride);
  }
});

test("every state within the limits can be padded the same way on both sides, if at all", () => {
  const [widest, most] = [LIMITS.kernel_size[1], LIMITS.dilation[1]];
  assert.equal((most * (widest - 1)) / 2, LIMITS.padding[1]);
});

test("the formula is spelled out, and a quotient that is not whole is shown before the floor", () => {
  assert.equal(said({}), "⌊(7 + 2·0 − 1·(3 − 1) − 1) / 1⌋ + 1 = ⌊4 / 1⌋ + 1 = 5. 5 windows fit.");
  const half = "⌊(7 + 2·1 − 2·(3 − 1) − 1) / 3⌋ + 1 = ⌊4 / 3⌋ + 1 = ⌊1.33⌋ + 1 = 2.";
  assert.ok(said({ stride: 3, padding: 1, dilation: 2 }).startsWith(half));
});

test("what the floor drops is named, and whether it is a pixel", () => {
  assert.ok(said({ size: 8, stride: 2 }).endsWith(
    "3 windows fit. The floor drops 1 entry at the end: pixel 8 is never read."));
  assert.ok(said({ size: 9, stride: 3, padding: 1 }).endsWith(
    "The floor drops 2 entries at the end: pixel 9 is never read."));
  assert.ok(said({ size: 6, stride: 2, padding: 1 }).endsWith(
    "The floor drops 1 entry at the end, but no pixel: it is padding."));
});

test("pixels between the windows are named too", () => {
  assert.ok(said({ size: 7, kernel_size: 1, stride: 3 }).endsWith(
    "3 windows fit. The windows step over pixels 2, 3, 5 and 6."));
});

test("a kernel that does not fit is said to be too wide, with what would help", () => {
  const words = said({ size: 3, kernel_size: 3, dilation: 2 });
  assert.ok(words.startsWith("⌊(3 + 2·0 − 2·(3 − 1) − 1) / 1⌋ + 1 = ⌊−2 / 1⌋ + 1 = −1."));
  assert.ok(words.endsWith(
    "There is no output: the kernel with dilation 2 spans 5 entries, the padded axis has 3. " +
    "It needs a padding of 1 or more, or a smaller kernel."));
});

test("same padding is offered where both sides can be equal, else the reason is given", () => {
  assert.equal(same({ ...example, kernel_size: 5 }).padding, 2);
  assert.equal(same({ ...example, kernel_size: 2, dilation: 2 }).padding, 1);
  const even = same({ ...example, kernel_size: 4 });
  assert.equal(even.padding, null);
  assert.equal(even.words,
    "Same padding cannot be equal on both sides: " +
    "it needs 1·(4 − 1) = 3 zeros in all, an odd number: 1 before and 2 after.");
});

test("same padding keeps the size at stride 1 and says what another stride leaves", () => {
  assert.ok(same(example).words.endsWith("1 on each side; the size stays 7."));
  assert.ok(same({ ...example, stride: 2 }).words.endsWith("stride 2 then leaves ⌈7 / 2⌉ = 4."));
  for (const { state } of vectors) {
    const { padding } = same(state);
    if (padding === null) continue;
    assert.equal(windows({ ...state, padding }).length, Math.ceil(state.size / state.stride));
  }
});

test("the picture's alternative counts the windows, in words that fit one and none", () => {
  assert.equal(alternative(example),
    "7 pixels in a row: 7 entries in all. " +
    "Each of the 5 windows under it reads 3 entries, and starts 1 after the one before.");
  assert.equal(alternative({ ...example, size: 1, kernel_size: 3, padding: 1 }),
    "1 pixel in a row between zeros, 1 on each side: 3 entries in all. One window under it reads 3 entries.");
  assert.ok(alternative({ ...example, size: 2 }).endsWith("A window that reads 3 entries hangs over the end."));
});
