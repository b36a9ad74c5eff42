// The network equals PyTorch's, on vectors from tests/vectors/lenet.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  explained, field, forward, indexOf, isRectified, LEVELS, parameters, stretches, taps, unitAt, unitCount,
} from "../../coursecnn/widgets/js/lenet.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("lenet").map((vector) => ({ ...vector, found: forward(vector.pixels) }));
const every = LEVELS.map((_, level) => level).slice(1);

test("the network has the 61,706 parameters of LeNet-5", () => {
  const counts = Object.values(parameters()).map(({ weight, bias }) => weight.length + bias.length);
  assert.equal(counts.reduce((a, b) => a + b), 61706);
});

test("logits equal those of PyTorch in float64 to within rounding", () => {
  for (const { expected, found } of vectors) assertClose([...found.maps.at(-1)], expected, 1e-9);
});

test("logits and probabilities equal those of PyTorch in float32 to within a thousandth", () => {
  for (const { float32, probabilities, found } of vectors) {
    assertClose([...found.maps.at(-1)], float32, 1e-3);
    assertClose(found.probabilities, probabilities, 1e-3);
  }
});

test("so do the maps of every level", () => {
  const whole = vectors.filter(({ maps }) => maps);
  assert.equal(whole.length, 4);
  for (const { maps, found } of whole) assertClose(found.maps.map((map) => [...map]), maps, 1e-9);
  for (const { some, found } of vectors) {
    for (const [level, n, value] of some) assertClose(found.maps[level][n], value, 1e-9, LEVELS[level].name);
  }
});

test("a unit's index and its name belong together", () => {
  assert.equal(indexOf({ level: 3, map: 2, place: [4, 5] }), 2 * 100 + 4 * 10 + 5);
  for (const level of every) {
    for (let n = 0; n < unitCount(LEVELS[level]); n += 7) assert.equal(indexOf(unitAt(level, n)), n);
  }
});

// --- one unit ---

/** The first, the last and some units between, of each level above the image. */
const units = every.flatMap((level) => {
  const count = unitCount(LEVELS[level]);
  return [0, 1, Math.floor(count / 3), Math.floor(count / 2), count - 1].map((n) => unitAt(level, n));
});

test("the sum behind a unit is the value in its map", () => {
  for (const { found } of vectors.slice(0, 20)) {
    for (const unit of units) {
      const { sum, value } = explained(found.maps, unit);
      assertClose(value, found.maps[unit.level][indexOf(unit)], 1e-9);
      assert.equal(value, isRectified(unit.level) ? Math.max(sum, 0) : sum);
    }
  }
});

test("the terms add up to the sum, or their largest is it", () => {
  const { maps } = vectors[0].found;
  for (const unit of units) {
    const { terms, bias, sum } = explained(maps, unit);
    if (LEVELS[unit.level].kind === "pooling") {
      assert.equal(Math.max(...terms.map(({ value }) => value)), sum);
      assert.equal(terms.length, 2 * 2);
    } else {
      const total = terms.reduce((all, { weight, value }) => all + weight * value, 0);
      assertClose(total + bias, sum, 1e-12);
    }
  }
});

test("units read what is there: windows are cut at the border of the image", () => {
  const count = (level, map, place) => taps({ level, map, place }).length;
  assert.equal(count(1, 0, [0, 0]), 3 * 3);
  assert.equal(count(1, 5, [1, 27]), 4 * 3);
  assert.equal(count(1, 5, [14, 14]), 5 * 5);
  assert.equal(count(3, 9, [0, 9]), 6 * 5 * 5);
  assert.equal(count(5, 0, [0, 0]), 16 * 5 * 5);
  assert.equal(count(7, 3, [0, 0]), 84);
});

test("a unit changes when a pixel of its field changes, and with no other pixel", () => {
  const { pixels, found } = vectors[0];
  const changed = (row, column) => {
    const other = [...pixels];
    other[row * 28 + column] = 255 - other[row * 28 + column];
    return forward(other).maps;
  };
  for (const unit of units.filter(({ level }) => level <= 4)) {
    const [[top, bottom], [left, right]] = field(unit);
    const outside = [
      [top - 1, left], [bottom + 1, right], [top, left - 1], [bottom, right + 1],
    ].filter((place) => place.every((n) => n >= 0 && n < 28));
    for (const [row, column] of outside) {
      assert.equal(changed(row, column)[unit.level][indexOf(unit)], found.maps[unit.level][indexOf(unit)]);
    }
  }
});

test("fields by hand", () => {
  assert.deepEqual(field({ level: 1, map: 0, place: [0, 14] }), [[0, 2], [14 - 2, 14 + 2]]);
  assert.deepEqual(field({ level: 4, map: 0, place: [1, 4] }), [[4 - 2, 4 - 2 + 15], [16 - 2, 27]]);
  assert.deepEqual(field({ level: 6, map: 80, place: [0, 0] }), [[0, 27], [0, 27]]);
  assert.deepEqual(stretches(3, [1, 9]), [
    [[2 - 2, 2 - 2 + 13], [18 - 2, 27]], [[2, 11], [18, 27]], [[1, 5], [9, 13]], [[1, 1], [9, 9]],
  ]);
  assert.equal(stretches(7, [0, 0]).length, 5);
});
