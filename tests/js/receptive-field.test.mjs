// What the receptive field explorer says, and the recurrence with its numbers.
import assert from "node:assert/strict";
import test from "node:test";

import { recurrence, sentence } from "../../coursecnn/widgets/js/receptive-field.js";

const said = (layers, position) => sentence({ layers, position }).map(([, text]) => text).join("");
const lenet = [[5, 1], [2, 2], [5, 1], [2, 2]];

test("a unit of the first layer sees pixels only", () => {
  const spoken = "Unit 2 of layer 1 sees pixels 2 to 4 of the input: size 3, jump 1, start 2 · 1 = 2.";
  assert.equal(said([[3, 1]], [1, 2]), spoken);
});

test("the stretch on every level below is named, from above", () => {
  const spoken =
    "Unit 1 of layer 4 sees units 2 to 3 of layer 3, units 2 to 7 of layer 2, units 4 to 15 of " +
    "layer 1 and pixels 4 to 19 of the input: size 16, jump 4, start 1 · 4 = 4.";
  assert.equal(said(lenet, [4, 1]), spoken);
});

test("a single unit or pixel is named in the singular", () => {
  const spoken =
    "Unit 3 of layer 2 sees unit 3 of layer 1 and pixel 6 of the input: size 1, jump 2, start 3 · 2 = 6.";
  assert.equal(said([[1, 2], [1, 1]], [2, 3]), spoken);
});

test("pixels that are skipped are admitted", () => {
  assert.match(said([[1, 2], [3, 1]], [2, 0]), /size 5, .* Some pixels between are skipped\.$/);
  assert.doesNotMatch(said([[2, 2], [3, 1]], [2, 0]), /skipped/);
});

test("the recurrence is written with its numbers", () => {
  assert.deepEqual(recurrence(lenet, 0), ["r = 1 + (5 − 1) · 1 = 5", "j = 1 · 1 = 1"]);
  assert.deepEqual(recurrence(lenet, 3), ["r = 14 + (2 − 1) · 2 = 16", "j = 2 · 2 = 4"]);
});

test("each part knows its role", () => {
  const roles = sentence({ layers: lenet, position: [4, 1] }).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["output", "input"]);
});
