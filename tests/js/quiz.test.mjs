// How typed numbers are read and matched to what is said about them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const source = new URL("../../book/_static/js/quiz.js", import.meta.url);
const { readNumber, keyFor } = vm.runInNewContext(
  `${readFileSync(source, "utf8")}; ({ readNumber, keyFor })`,
);

test("numbers are read with the separators that people type", () => {
  const texts = ["280", " 61,706 ", "61 706", "1,234,567.5", "0.5", "0,5", "−3", "1.2e11", "1,2e11"];
  const read = [280, 61706, 61706, 1234567.5, 0.5, 0.5, -3, 1.2e11, 1.2e11];
  assert.deepEqual(texts.map(readNumber), read);
});

test("what is no number is refused", () => {
  for (const text of ["", "  ", "many", "3×3", "1.2.3", "Infinity", "NaN"]) {
    assert.equal(readNumber(text), null);
  }
});

const keys = ["280.0", "270.0", "90.0", "other"];

test("a known number finds its own reply", () => {
  assert.equal(keyFor(280, keys, 280, 0), "280.0");
  assert.equal(keyFor(270, keys, 280, 0), "270.0");
  assert.equal(keyFor(271, keys, 280, 0), "other");
});

test("the tolerance belongs to the right answer alone", () => {
  assert.equal(keyFor(0.74, ["0.75", "0.7", "other"], 0.75, 0.02), "0.75");
  assert.equal(keyFor(0.71, ["0.75", "0.7", "other"], 0.75, 0.02), "other");
  assert.equal(keyFor(0.7, ["0.75", "0.7", "other"], 0.75, 0.1), "0.75");
});

test("rounding errors are not held against a reader", () => {
  assert.equal(keyFor(0.1 + 0.2, ["0.3", "other"], 0.3, 0), "0.3");
});

test("without a right answer only the known numbers have replies", () => {
  assert.equal(keyFor(7, ["7.0"], NaN, 0), "7.0");
  assert.equal(keyFor(8, ["7.0"], NaN, 0), "other");
});
