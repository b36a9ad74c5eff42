// What the digit pad says, how it writes sums, and where its maps stand side by side.
import assert from "node:assert/strict";
import test from "node:test";

import {
  account, dependence, named, percent, reading, tiling,
} from "../../coursecnn/widgets/js/digit-pad.js";
import { digits } from "../../coursecnn/widgets/js/digits.js";
import { forward, indexOf, LEVELS, unitAt, unitCount } from "../../coursecnn/widgets/js/lenet.js";

const text = (runs) => runs.map(([, part]) => part).join("").replaceAll("\u00a0", " ");
const blank = Array(784).fill(0);
const three = digits()[3];
const { maps, probabilities } = forward(three.pixels);
const shares = [0.6, 0.001, 0.399, 0, 0, 0, 0, 0, 0, 0];

test("no share is written as 0 or as 100", () => {
  const written = [0, 0.004, 0.006, 0.5, 0.994, 0.996, 1].map((share) => percent(share).replaceAll("\u00a0", " "));
  assert.deepEqual(written, ["< 1 %", "< 1 %", "1 %", "50 %", "99 %", "> 99 %", "> 99 %"]);
});

test("the two largest classes are read out", () => {
  assert.equal(text(reading(three.pixels, shares)), "The network reads 0 (60 %), then 2 (40 %).");
});

test("a second class of less than one percent is left out", () => {
  assert.equal(text(reading(three.pixels, probabilities)), "The network reads 3 (> 99 %).");
});

test("of a test digit the class is named, and whether the network is wrong", () => {
  assert.equal(text(reading(three.pixels, shares, 0)), "A test digit, a 0: the network reads 0 (60 %), then 2 (40 %).");
  assert.match(text(reading(three.pixels, shares, 2)), /^A test digit, a 2: .*\. It is wrong\.$/);
  assert.match(text(reading(three.pixels, shares, 8)), /^A test digit, an 8: /);
});

test("of an empty drawing it is said that the network reads it all the same", () => {
  const said = text(reading(blank, forward(blank).probabilities));
  assert.match(said, /^Nothing is drawn, yet the network reads \d \(\d+ %\)\. It has no class for nothing\.$/);
});

test("a unit is named and counted from 1", () => {
  assert.equal(named({ level: 3, map: 4, place: [6, 4] }), "C3, map 5, row 7, column 5");
  assert.equal(named({ level: 5, map: 119, place: [0, 0] }), "F5, number 120");
  assert.equal(named({ level: 7, map: 0, place: [0, 0] }), "the output for 0");
});

test("it is said on which part of the image a number depends", () => {
  const said = text(dependence({ level: 1, map: 0, place: [0, 13] }, maps));
  assert.match(said, /^C1, map 1, row 1, column 14 is [\d.]+; it depends on rows 1 to 3 and columns 12 to 16 of the image\.$/);
  assert.match(text(dependence({ level: 6, map: 3, place: [0, 0] }, maps)), /^F6, number 4 is .* depends on the whole image\.$/);
});

/** The number that stands behind a sign in a text. */
const after = (said, sign) => Number(said.split(sign)[1].match(/^\(?([−\d.]+[\d])/)[1].replace("−", "-"));

test("a long sum shows its largest terms, the others together, and the bias, and adds up", () => {
  for (const unit of [{ level: 3, map: 4, place: [6, 4] }, { level: 5, map: 7, place: [0, 0] }, { level: 7, map: 3, place: [0, 0] }]) {
    const said = text(account(unit, maps));
    const products = said.split(" further")[0].split(" + ").slice(0, 3).map((term) =>
      term.replaceAll(/[()]/g, "").replaceAll("−", "-").split("·").map(Number).reduce((a, b) => a * b));
    const total = products.reduce((a, b) => a + b) + after(said, "together ") + after(said, "bias ");
    assert.ok(Math.abs(total - after(said, " ≈ ")) < 0.06, said);
  }
});

test("further terms are counted, and the end of the sum is told", () => {
  assert.match(text(account({ level: 3, map: 4, place: [6, 4] }, maps)), / 147 further terms, .*; the ReLU keeps it\.$/);
  assert.match(text(account({ level: 1, map: 0, place: [0, 0] }, maps)), / 6 further terms, /);
  assert.match(text(account({ level: 7, map: 5, place: [0, 0] }, maps)), /, the logit that the softmax takes\.$/);
  const off = unitAt(3, maps[3].indexOf(0));
  assert.match(text(account(off, maps)), / ≈ −[\d.]+; the ReLU makes it 0\.$/);
});

test("of a pooling the four numbers are told", () => {
  assert.match(text(account({ level: 2, map: 1, place: [5, 5] }, maps)), /^The largest of ([\d.]+, ){3}[\d.]+ is [\d.]+\.$/);
});

test("maps stand side by side, each number at a place of its own, and is found there", () => {
  for (let level = 1; level < 7; level += 1) {
    const { size, placeOf, unitAt: found } = tiling(level);
    const places = new Set();
    for (let n = 0; n < unitCount(LEVELS[level]); n += 1) {
      const place = placeOf(unitAt(level, n));
      assert.ok(place.every((at, axis) => at >= 0 && at < size[axis]));
      assert.deepEqual(found(place), unitAt(level, n));
      places.add(place.join());
    }
    assert.equal(places.size, unitCount(LEVELS[level]));
  }
});

test("keys lead from map to map, and stop at the ends", () => {
  const { moved } = tiling(2);
  const to = (key, map, place) => {
    const unit = moved({ key }, { level: 2, map, place });
    return [unit.map, ...unit.place];
  };
  assert.deepEqual(to("ArrowRight", 0, [4, 13]), [1, 4, 0]);
  assert.deepEqual(to("ArrowDown", 1, [13, 2]), [3, 0, 2]);
  assert.deepEqual(to("ArrowUp", 0, [0, 5]), [0, 0, 5]);
  assert.deepEqual(to("End", 2, [3, 3]), [3, 3, 13]);
  assert.equal(moved({ key: "a" }, { level: 2, map: 0, place: [0, 0] }), null);
});

test("twenty digits come in two rounds of ten, each at its place", () => {
  assert.deepEqual(digits().map(({ label }) => label), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const right = digits().slice(0, 10).filter(({ label, pixels }) => {
    const shares = forward(pixels).probabilities;
    return shares.indexOf(Math.max(...shares)) === label;
  });
  assert.equal(right.length, 10);
  assert.equal(indexOf(unitAt(0, 29)), 29);
  assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-12);
});
