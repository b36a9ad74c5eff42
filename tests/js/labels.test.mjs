// Bands, differences and crossings equal the library's, on vectors from tests/vectors/labels.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  band, between, compared, crossing, difference, FEWEST, lead, needed, quantile,
} from "../../coursecnn/widgets/js/labels.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("labels");
const MISSING = -1;
const known = (...values) => values.map((value) => value ?? MISSING);

/** One target, arms by name with a row of draws for each of the numbers of labels. */
function stateOf(labels, curves, seconds = {}) {
  const arms = Object.keys(curves);
  const none = labels.map(() => null);
  return {
    results: {
      targets: ["boats"], arms, labels, seeds: curves[arms[0]][0].map((_, draw) => draw),
      accuracy: [Object.values(curves)], seconds: [arms.map((arm) => seconds[arm] ?? none)],
    },
    target: "boats", reference: arms[1], learner: arms[0],
  };
}

test("there are vectors with and without intervals, crossings and times", () => {
  assert.ok(vectors.length >= 200);
  for (const [row, column] of [[1, 1], [2, 1], [2, 2]]) {
    const missing = vectors.filter(({ expected }) => expected[row][column] === MISSING).length;
    assert.ok(missing >= 20 && missing <= vectors.length - 20, `${row}, ${column}: ${missing}`);
  }
  const between = vectors.filter(({ expected: [, , [, n]] }) => n > 10 && ![20, 50, 100, 200].includes(n));
  assert.ok(between.length >= 20);
});

test("means, deviations, intervals and labels that are needed equal the library's", () => {
  vectors.forEach(({ state, place, first, second, order, expected }, index) => {
    const bands = state.results.arms.flatMap((arm) => {
      const found = band(state, arm, place);
      return found ? [found.mean, found.sd] : [MISSING, MISSING];
    });
    const over = difference(state, first, second, place);
    const need = needed(state, place);
    const actual = [
      bands,
      over ? known(over.mean, over.low, over.high) : known(null, null, null),
      need ? known(need.level, need.labels, need.seconds) : known(null, null, null),
      need ? known(...need.byDraw) : [],
    ];
    assertClose(actual, expected, 1e-9, `vector ${index}`);
    const { first: best, others } = lead(state, state.results.arms, place);
    assert.deepEqual([best, ...others.map(([arm]) => arm)], order);
  });
});

test("Student's t has the quantiles of printed tables", () => {
  // M. Abramowitz and I. Stegun, table 26.10
  const printed = [[1, 12.706], [2, 4.303], [3, 3.182], [4, 2.776], [5, 2.571], [9, 2.262], [10, 2.228], [30, 2.042]];
  for (const [dof, t] of printed) assertClose(quantile(0.975, dof), t, 6e-4, `ν = ${dof}`);
  assertClose(quantile(0.95, 4), 2.132, 6e-4);
});

test("a difference is taken draw by draw, by hand", () => {
  const state = stateOf([10], { one: [[0.5, 0.6, 0.7, 0.8, 0.9]], two: [[0.4, 0.4, 0.6, 0.7, 0.9]] });
  const own = [0.1, 0.2, 0.1, 0.1, 0];
  const squares = own.reduce((sum, each) => sum + (each - 0.1) ** 2, 0);
  const reach = (2.7764451052 * Math.sqrt(squares / 4)) / Math.sqrt(5);
  const { mean, low, high, isOpen } = difference(state, "one", "two", 0);
  assertClose([mean, low, high], [0.1, 0.1 - reach, 0.1 + reach], 1e-9);
  assert.equal(isOpen, false); // 0.1 − 0.088
});

test("the same difference in every draw decides, whatever the draws do to both", () => {
  const draws = [0.5, 0.62, 0.7, 0.81, 0.93];
  const state = stateOf([10], { one: [draws.map((each) => each + 0.01)], two: [draws] });
  assert.equal(difference(state, "one", "two", 0).isOpen, false);
  const behind = difference(state, "two", "one", 0);
  assert.ok(behind.high < 0 && !behind.isOpen);
  const turned = stateOf([10], { one: [[...draws].reverse().map((each) => each + 0.01)], two: [draws] });
  assert.equal(difference(turned, "one", "two", 0).isOpen, true);
});

test("draws that only one arm has do not count, and four have no interval", () => {
  const state = stateOf([10], { one: [[0.5, null, 0.7, 0.8, 0.9, 0.1]], two: [[0.4, 0.1, 0.6, 0.7, 0.8, null]] });
  const over = difference(state, "one", "two", 0);
  assertClose(over.mean, 0.1, 1e-12);
  assert.deepEqual([over.low, over.high, over.isOpen, FEWEST], [null, null, true, 5]);
  const apart = stateOf([10], { one: [[0.5, null]], two: [[null, 0.4]] });
  assert.equal(difference(apart, "one", "two", 0), null);
});

test("a curve reaches a level straight over the logarithm of the labels", () => {
  const curve = { labels: [10, 100], values: [0.6, 0.8] };
  assertClose(crossing(curve, 0.7), Math.sqrt(10 * 100), 1e-9);
  assert.equal(crossing(curve, 0.6), 10);
  assert.equal(crossing(curve, 0.5), 10);
  assertClose(crossing(curve, 0.8), 100, 1e-9);
  assert.equal(crossing(curve, 0.81), null);
  // the first time counts where a curve falls again
  assertClose(crossing({ labels: [10, 100, 1000], values: [0.6, 0.8, 0.6] }, 0.7), 31.6227766, 1e-6);
});

test("an arm needs as many labels as it has to match itself, if its curve rises", () => {
  const rows = [[0.5, 0.52], [0.6, 0.58], [0.7, 0.73]];
  const state = { ...stateOf([10, 20, 50], { one: rows }), reference: "one", learner: "one" };
  [10, 20, 50].forEach((n, k) => {
    const found = needed(state, k);
    assertClose([found.labels, ...found.byDraw], [n, n, n], 1e-9);
  });
});

test("gaps are bridged, and times lie straight on two logarithmic axes", () => {
  const curves = { one: [[0.5], [null], [0.7]], two: [[null], [0.6], [null]] };
  const state = stateOf([10, 20, 1000], curves, { one: [1, null, 100] });
  const found = needed(state, 1);
  assertClose([found.level, found.labels, found.seconds], [0.6, 100, 10], 1e-9);
  assert.equal(needed(state, 0), null);
  assert.equal(between({ labels: [10, 20], values: [3, 4] }, 10), 3);
  assert.equal(between({ labels: [10, 20], values: [3, 4] }, 40), 4);
});

test("guesses stand beside what was measured, where something was", () => {
  const state = stateOf([10, 20, 50], { one: [[0.5, 0.7], [0.6, 0.8], [null, null]] });
  const found = compared({ ...state, guessed: "one", guess: [0.7, null, 0.9] });
  assertClose(found, [[0, 0.7, 0.6, Math.sqrt(0.02)]], 1e-12);
});
