// What the stepper says, and how numbers are written and read.
import assert from "node:assert/strict";
import test from "node:test";

import { sentence } from "../../coursecnn/widgets/js/conv-stepper.js";
import { decimal, exact, parse } from "../../coursecnn/widgets/js/figure.js";
import { target } from "../../coursecnn/widgets/js/grid.js";

const said = (state) => sentence(state).map(([, text]) => text).join("");
const example = {
  image: [[
    [2, 9, 11, 22, 42], [12, 43, 2, 0, 65], [9, 87, 65, 2, 90], [21, 21, 44, 7, 2], [45, 2, 21, 2, 0],
  ]],
  kernel: [[[0, 0, 1], [1, 0, 0], [0, 0, 1]]],
  position: [1, 0],
  stride: 1,
  padding: 0,
  flip: false,
};

test("every multiply-accumulate is in the sentence", () => {
  const terms = "0·12 + 0·43 + 1·2 + 1·9 + 0·87 + 0·65 + 0·21 + 0·21 + 1·44";
  assert.equal(said(example), `Row 2, column 1: ${terms} = 55`);
});

test("convolution says the turned kernel", () => {
  const terms = "1·12 + 0·43 + 0·2 + 0·9 + 0·87 + 1·65 + 1·21 + 0·21 + 0·44";
  assert.equal(said({ ...example, flip: true }), `Row 2, column 1: ${terms} = 98`);
});

test("negative factors stand in brackets, channels are named, rounding is admitted", () => {
  const state = { ...example, position: [0, 0], image: [[[2]], [[-1]], [[3]]], kernel: [[[-1]], [[1 / 7]], [[2]]] };
  const terms = "red (−1)·2 + green 1/7·(−1) + blue 2·3";
  assert.equal(said(state), `Row 1, column 1: ${terms} ≈ 3.86`);
});

test("each number knows its role", () => {
  const roles = sentence(example).map(([role]) => role).filter(Boolean);
  assert.equal(roles.filter((role) => role === "kernel").length, 9);
  assert.equal(roles.filter((role) => role === "input").length, 9);
  assert.deepEqual(roles.filter((role) => role === "output"), ["output"]);
});

test("numbers are written short and with a true minus", () => {
  assert.deepEqual([3, -3, 2.5, -0.004, 1 / 3].map(decimal), ["3", "−3", "2.5", "0", "0.33"]);
  assert.deepEqual([3, -0.25, 1 / 9, -2 / 16, 0.0625], [3, -0.25, 1 / 9, -0.125, 1 / 16]);
  assert.deepEqual([3, -0.25, 1 / 9, -0.125, 0.0625, 0].map(exact), ["3", "−0.25", "1/9", "−1/8", "1/16", "0"]);
});

test("what is written can be typed back", () => {
  for (const number of [0, 7, -12, 0.5, -0.25, 1 / 9, 2 / 3, -1 / 16, 255]) {
    assert.equal(parse(exact(number)), number);
  }
});

test("numbers are read as readers type them, and other texts are refused", () => {
  const texts = ["−3", "-3", " 0,5 ", "1/4", "1e2", "", "x", "1/0", "1/2/3", "/2", "3/", "1 2"];
  const read = [-3, -3, 0.5, 0.25, 100, null, null, null, null, null, null, null];
  assert.deepEqual(texts.map(parse), read);
});

test("arrow keys stay inside a grid, Home and End lead to its ends", () => {
  const to = (key, place, more = {}) => target({ key, ...more }, place, [3, 4]);
  assert.deepEqual(to("ArrowDown", [2, 1]), [2, 1]);
  assert.deepEqual(to("ArrowDown", [1, 1]), [2, 1]);
  assert.deepEqual(to("ArrowRight", [1, 3]), [1, 3]);
  assert.deepEqual(to("ArrowLeft", [1, 3]), [1, 2]);
  assert.deepEqual(to("ArrowUp", [1, 3]), [0, 3]);
  assert.deepEqual(to("End", [1, 1]), [1, 3]);
  assert.deepEqual(to("Home", [1, 1]), [1, 0]);
  assert.deepEqual(to("End", [1, 1], { ctrlKey: true }), [2, 3]);
  assert.deepEqual(to("Home", [1, 1], { ctrlKey: true }), [0, 0]);
  assert.equal(to("ArrowUp", [1, 1], { altKey: true }), null);
  assert.equal(to("7", [1, 1]), null);
});
