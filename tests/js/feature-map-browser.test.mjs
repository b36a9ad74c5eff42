// What the feature-map browser says, and where its keys lead.
import assert from "node:assert/strict";
import test from "node:test";

import { digits } from "../../coursecnn/widgets/js/digits.js";
import {
  digitName, percent, seenBy, sentence, target,
} from "../../coursecnn/widgets/js/feature-map-browser.js";

const said = (state, ...both) => sentence(state, both).map(([, text]) => text).join("");

/** A level of so many numbers, all 0 but those that are given by their places. */
function level(count, values) {
  return Float64Array.from({ length: count }, (_, n) => values[n] ?? 0);
}

test("a map's largest responses, their places and the differences are said", () => {
  const [left, right] = [level(1600, { 100: 1, 137: 3 }), level(1600, { 137: 2, 250: 2 })];
  const spoken =
    "Map 2 of C3, largest response: left 3 at row 4, column 8; right 2 at row 4, column 8. " +
    "The two maps differ by 33 % of their sum, all of C3 by 50 %.";
  // (1 + 1) / (4 + 2) in the map, (1 + 1 + 2) / (4 + 4) in all.
  assert.equal(said({ layer: "C3", map: 1 }, left, right), spoken);
});

test("a silent map is 0 everywhere", () => {
  const spoken =
    "Map 1 of S4, largest response: left 0 everywhere; right 0 everywhere. The two maps differ by " +
    "0 % of their sum, all of S4 by 0 %.";
  assert.equal(said({ layer: "S4", map: 0 }, level(400, {}), level(400, {})), spoken);
});

test("single numbers have no place", () => {
  const spoken = "Number 3 of F6: left 1.5; right 0.5. The two differ by 50 % of their sum, all of F6 by 50 %.";
  assert.equal(said({ layer: "F6", map: 2 }, level(84, { 2: 1.5 }), level(84, { 2: 0.5 })), spoken);
});

test("logits are named by their classes and may be negative", () => {
  const spoken = "The logit of 3: left −2; right 6. The two differ by 100 % of their sum, all of the output by 100 %.";
  assert.equal(said({ layer: "output", map: 3 }, level(10, { 3: -2 }), level(10, { 3: 6 })), spoken);
});

test("shares near either end are not rounded to it", () => {
  assert.deepEqual([0, 0.001, 0.5, 0.999, 1].map(percent), ["0 %", "< 1 %", "50 %", "> 99 %", "100 %"]);
});

test("the stored digits have names, and those that are hard say so", () => {
  assert.equal(digitName(3), "3");
  assert.equal(digitName(13), "3 (hard)");
  assert.equal(digits().length, 20);
});

test("only the right digit is changed", () => {
  const [left, right] = seenBy({ left: 3, right: 3, change: "shift", amount: 1 });
  assert.deepEqual(left, digits()[3].pixels);
  assert.notDeepEqual(right, left);
});

test("keys lead along the rows of the list and stay within it", () => {
  const to = (key, here, more = {}) => target({ key, ...more }, here, 16, 8);
  assert.deepEqual(["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"].map((key) => to(key, 5)), [6, 4, 13, 5]);
  assert.deepEqual(["Home", "End"].map((key) => to(key, 5)), [0, 15]);
  assert.equal(to("ArrowRight", 15), 15);
  assert.equal(to("ArrowUp", 13), 5);
  assert.equal(to("a", 5), null);
  assert.equal(to("ArrowUp", 5, { ctrlKey: true }), null);
});
