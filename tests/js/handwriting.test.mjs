// Drawings get the form of MNIST as in Python, on vectors from tests/vectors/handwriting.py; strokes.
import assert from "node:assert/strict";
import test from "node:test";

import { distance, isBlank, normalised, stroked } from "../../coursecnn/widgets/js/handwriting.js";
import { forward } from "../../coursecnn/widgets/js/lenet.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("handwriting");
const blank = Array(28 * 28).fill(0);

test("drawings get the form that Python gives them", () => {
  for (const { pixels, expected } of vectors) assertClose(normalised(pixels), expected, 1e-9);
});

test("the longer side has 20 pixels, and the centre of the ink lies in the middle", () => {
  for (const { pixels } of vectors.filter(({ pixels: each }) => !isBlank(each))) {
    const image = normalised(pixels);
    const inked = [...image.keys()].filter((n) => image[n] > 0);
    const sides = [(n) => Math.floor(n / 28), (n) => n % 28].map((axis) => {
      const places = inked.map(axis);
      return Math.max(...places) - Math.min(...places) + 1;
    });
    assert.equal(Math.max(...sides), 20);
    const total = image.reduce((a, b) => a + b);
    const centres = [(n) => Math.floor(n / 28), (n) => n % 28].map((axis) =>
      image.reduce((sum, ink, n) => sum + ink * axis(n), 0) / total);
    // A box whose ink lies far to one side cannot be moved so far, as it would leave the image.
    centres.forEach((centre, axis) => {
      if (sides[axis] < 8) assert.ok(Math.abs(centre - 14) <= 0.5 + 1e-6, `${centre}`);
    });
  }
});

test("what has the form already stays as it is, and so does an empty drawing", () => {
  for (const { pixels } of vectors.slice(160)) assert.deepEqual(normalised(pixels), pixels);
  assert.deepEqual(normalised(blank), blank);
  const again = normalised(normalised(vectors[3].pixels));
  assertClose(again, normalised(vectors[3].pixels), 1e-9);
});

test("a digit that is moved gets the same form", () => {
  const { pixels } = vectors[170];
  const inked = [...pixels.keys()].filter((n) => pixels[n] > 0);
  const room = Math.min(...inked.map((n) => n % 28));
  const moved = pixels.map((_, n) => ((n % 28) + room < 28 ? pixels[n + room] : 0));
  assert.ok(room > 0);
  assert.deepEqual(normalised(moved), pixels);
});

// --- strokes ---

test("distances from a line by hand", () => {
  assert.equal(distance([3, 4], [0, 0], [0, 0]), 5);
  assert.equal(distance([2, 5], [0, 0], [0, 9]), 2);
  assert.equal(distance([0, 12], [0, 0], [0, 9]), 3);
});

test("a pen of radius 1.5 blackens what is within, and fades over a pixel", () => {
  const image = stroked(blank, [10, 10], [10, 14], 1.5);
  const at = (row, column) => image[row * 28 + column];
  assert.deepEqual([at(10, 12), at(11, 12), at(12, 12), at(13, 12)], [255, 255, 0, 0]);
  assert.equal(at(12, 10), 0);
  const thinner = stroked(blank, [10, 10], [10, 14], 1.25);
  assert.equal(thinner[11 * 28 + 12], Math.round(255 * (1.25 + 0.5 - 1)));
});

test("a stroke only adds ink, and twice the same adds none", () => {
  const { pixels } = vectors[165];
  const once = stroked(pixels, [3, 3], [20, 9], 1.2);
  once.forEach((ink, n) => assert.ok(ink >= pixels[n]));
  assert.deepEqual(stroked(once, [3, 3], [20, 9], 1.2), once);
  assert.ok(once.every((ink) => Number.isInteger(ink) && ink <= 255));
});

// --- drawings as readers make them: lines and arcs in a square of side 1 ---

const arc = ([y, x], [tall, wide], from, to) => Array.from({ length: 25 }, (_, n) => {
  const angle = ((from + ((to - from) * n) / 24) * Math.PI) / 180;
  return [y - tall * Math.sin(angle), x + wide * Math.cos(angle)];
});
const DRAWN = [
  [arc([0.5, 0.5], [0.5, 0.33], 90, 450)],
  [[[0, 0.5], [1, 0.5]]],
  [[...arc([0.28, 0.5], [0.28, 0.3], 160, -40), [1, 0.18], [1, 0.85]]],
  [[...arc([0.25, 0.45], [0.25, 0.3], 150, -90), ...arc([0.75, 0.45], [0.25, 0.33], 90, -150)]],
  [[[0, 0.2], [0.5, 0.2], [0.5, 0.8]], [[0, 0.8], [1, 0.8]]],
  [[[0, 0.8], [0, 0.25], [0.42, 0.22], ...arc([0.68, 0.45], [0.32, 0.35], 120, -140)]],
  [[[0, 0.65], [0.3, 0.3], ...arc([0.7, 0.5], [0.3, 0.28], 170, 530)]],
  [[[0, 0.15], [0, 0.85], [1, 0.35]]],
  [[...arc([0.25, 0.5], [0.25, 0.25], -90, 270), ...arc([0.75, 0.5], [0.25, 0.3], 90, 450)]],
  [[...arc([0.28, 0.5], [0.28, 0.28], 0, 360), [0.28, 0.78], [1, 0.7]]],
];

function drawing(lines, side, corner, radius) {
  const place = (point) => point.map((n, axis) => n * side + corner[axis]);
  return lines.reduce((image, line) => line.slice(1).reduce(
    (inked, point, n) => stroked(inked, place(line[n]), place(point), radius), image), blank);
}

const read = (pixels) => {
  const { probabilities } = forward(pixels);
  return probabilities.indexOf(Math.max(...probabilities));
};

test("the network reads ten drawn digits of three sizes, with three pens", () => {
  for (const radius of [0.9, 1.2, 1.6]) {
    for (const [side, corner] of [[22, [3, 3]], [14, [2, 2]], [25, [1, 2]]]) {
      const found = DRAWN.map((lines) => read(normalised(drawing(lines, side, corner, radius))));
      assert.deepEqual(found, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  }
});

test("small digits in a corner it misreads unless they get the form of MNIST", () => {
  const found = DRAWN.map((lines) => read(drawing(lines, 14, [2, 2], 1.2)));
  assert.ok(found.filter((label, n) => label === n).length <= 6, found.join());
});
