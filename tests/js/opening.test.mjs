// The arithmetic of the first page's figure equals the library's, and its window goes everywhere.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

import { assertClose, vectorsOf } from "./vectors.mjs";

const source = new URL("../../book/_static/js/opening.js", import.meta.url);
const names = "{ featureMap, products, shades, spelledOut, swept, typed, written }";
const { featureMap, products, shades, spelledOut, swept, typed, written } = vm.runInNewContext(
  `${readFileSync(source, "utf8")}; (${names})`,
);

const vectors = vectorsOf("opening");

test("feature maps equal those of coursecnn.ops, and so do single sums", () => {
  for (const { kernel, expected, ...image } of vectors) {
    assertClose([...featureMap(image, kernel)], expected, 1e-9);
    const columns = image.width - 2;
    const sums = expected.map((_, n) =>
      products(image, kernel, Math.floor(n / columns), n % columns)
        .reduce((total, [weight, pixel]) => total + weight * pixel, 0));
    assertClose(sums, expected, 1e-9);
  }
});

test("colours equal those of the still picture: some grey, some signed", () => {
  for (const { kernel, expected, stops, shades: wanted } of vectors) {
    assertClose(JSON.parse(JSON.stringify(shades(expected, kernel, stops))), wanted, 1e-6);
  }
  const isGrey = ({ shades: [[r, g, b]] }) => r === g && g === b;
  for (const kind of [true, false]) assert.ok(vectors.filter((v) => isGrey(v) === kind).length > 40);
});

test("weights are written as in the still picture, and read back without loss", () => {
  for (const { kernel, written: wanted } of vectors) {
    assert.deepEqual([...kernel.map(written)], wanted);
    assert.deepEqual(kernel.map(written).map(typed), kernel);
  }
});

test("what is no weight is refused", () => {
  for (const text of ["", " ", "x", "1/", "1/0", "1/2/3", "--1"]) assert.equal(typed(text), null);
  assert.deepEqual([" −1,5 ", "-1/4", "2"].map(typed), [-1.5, -0.25, 2]);
});

test("the sum is spelled out, without the products that are 0", () => {
  const pairs = [[1, 10], [0, 99], [-0.5, 4], [1 / 16, 8]];
  assert.equal(spelledOut(pairs), "1·10 + (−0.5)·4 + 1/16·8 = 8.5");
  assert.equal(spelledOut([[0, 3]]), "nine zeros = 0");
});

test("a sweep starts at one corner, goes to and fro, and ends in the last band", () => {
  const at = (progress) => ({ ...swept(progress, 20, 30) });
  assert.deepEqual(at(0), { top: 0, column: 0, isForward: true });
  assert.deepEqual(at(1 / 6), { top: 0, column: 15, isForward: true });
  assert.deepEqual(at(1 / 3), { top: 8, column: 30, isForward: false });
  assert.deepEqual(at(1), { top: 16, column: 30, isForward: true });
});
