// Responses, orders and fields equal the library's, on vectors from tests/vectors/maps.py.
import assert from "node:assert/strict";
import test from "node:test";

import { digits } from "../../coursecnn/widgets/js/digits.js";
import { seenBy } from "../../coursecnn/widgets/js/feature-map-browser.js";
import { explained, field, forward, LEVELS } from "../../coursecnn/widgets/js/lenet.js";
import {
  difference, differences, exciting, kernels, mapOf, mostApart, ordered, peak, scaleOf,
} from "../../coursecnn/widgets/js/maps.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const known = new Map();
const results = digits().map(({ pixels }) => forward(pixels).maps);

/** The maps of both images of a state, computed once. */
function mapsOf(state) {
  const key = JSON.stringify([state.left, state.right, state.change, state.amount]);
  if (!known.has(key)) known.set(key, seenBy(state).map((pixels) => forward(pixels).maps));
  return known.get(key);
}

const levelOf = (name) => LEVELS.findIndex((level) => level.name === name);
const vectors = vectorsOf("maps").map((vector) => {
  const level = levelOf(vector.layer);
  return { ...vector, level, both: mapsOf(vector).map((maps) => maps[level]) };
});

test("there are vectors of each layer and change", () => {
  for (const { name } of LEVELS.slice(1)) assert.ok(vectors.filter(({ layer }) => layer === name).length >= 20);
  for (const kind of ["shift", "turn", "noise"]) {
    assert.ok(vectors.filter(({ change, amount }) => change === kind && amount > 0).length >= 20);
  }
});

test("largest responses, their places and their fields equal those of Python", () => {
  for (const { both, level, map, layer, expected } of vectors) {
    const peaks = both.map((values) => peak(values, level, map));
    assertClose(peaks.map(({ value }) => value), expected[0], 1e-9, layer);
    assert.deepEqual(peaks.map(({ unit }) => unit.place), expected[3]);
    assert.deepEqual(peaks.map(({ unit }) => field(unit)), expected[4]);
  }
});

test("differences of a map and of the layer equal those of Python", () => {
  for (const { both, level, map, expected } of vectors) {
    const own = difference(...both.map((values) => mapOf(values, level, map)));
    assertClose([own, difference(...both)], expected.slice(1, 3), 1e-9);
  }
});

test("maps stand in the order of Python", () => {
  for (const { both, level, expected } of vectors) {
    assert.deepEqual(ordered(...both, level, "strength"), expected[5]);
    assert.deepEqual(ordered(...both, level, "difference"), expected[6]);
    assert.deepEqual(ordered(...both, level, "number"), [...expected[5]].sort((a, b) => a - b));
  }
});

test("the digits that excite a map most are those of Python", () => {
  for (const { level, map, expected } of vectors) {
    const found = exciting(results.map((maps) => maps[level]), level, map);
    assert.deepEqual(found.map(([image]) => image), expected[7].map(([image]) => image));
    assertClose(found.map(([, value]) => value), expected[7].map(([, value]) => value), 1e-9);
  }
});

test("the map that changes most is that of Python, and of equal images the strongest", () => {
  for (const { both, level, expected } of vectors) assert.equal(mostApart(...both, level), expected[8]);
  const level = levelOf("output");
  const [one, other] = [Float64Array.of(0, 5, -9, 3), Float64Array.of(1, 5, -4, 0)].map((start) =>
    Float64Array.from({ length: 10 }, (_, n) => start[n] ?? 0),
  );
  assert.equal(mostApart(one, other, level), 2); // 1, 0, 5 and 3 apart
  assert.equal(mostApart(one, one, level), 1);
});

test("differences by hand", () => {
  assert.equal(difference([1, 2], [3, 2]), (2 + 0) / (4 + 4));
  assert.equal(difference([1, 0], [0, 5]), 1);
  assert.equal(difference([0, 0], [0, 0]), 0);
  assert.equal(difference([-1, 2], [-1, 2]), 0);
  assert.equal(difference([-1], [1]), 1);
});

test("a difference lies between 0 and 1 and does not care which comes first", () => {
  for (const { both, level } of vectors) {
    differences(...both, level).forEach((share, map) => {
      assert.ok(share >= 0 && share <= 1);
      assertClose(differences(...both.toReversed(), level)[map], share, 1e-12);
    });
  }
});

test("the scale reaches to the largest size in either", () => {
  assert.equal(scaleOf(Float64Array.of(1, -4), Float64Array.of(3, 2)), 4);
});

test("of a digit that moves by four pixels the late maps move by one cell", () => {
  const [still, moved] = mapsOf({ left: 3, right: 3, change: "shift", amount: 4 });
  const level = levelOf("S4");
  // Columns 1 to 3 see no border of the image, and neither do columns 2 to 4 after the move.
  for (let map = 0; map < 16; map += 1) {
    const [before, after] = [still, moved].map((maps) => mapOf(maps[level], level, map));
    for (const row of [1, 2, 3]) {
      for (const column of [1, 2]) assertClose(after[row * 5 + column + 1], before[row * 5 + column], 1e-9);
    }
  }
});

test("a layer's kernels are the weights of its sums", () => {
  const shapes = [[1, 5, 5], null, [6, 5, 5], null, [16, 5, 5], [1, 10, 12], [1, 7, 12]];
  shapes.forEach((shape, index) => {
    const found = kernels(index + 1, 1);
    assert.deepEqual(found?.shape ?? null, shape);
    if (found === null) return;
    const place = LEVELS[index + 1].shape[1] > 1 ? [5, 5] : [0, 0];
    const { terms } = explained(results[0], { level: index + 1, map: 1, place });
    assert.deepEqual([...found.weights], terms.map(({ weight }) => weight));
  });
});
