// Weights equal the library's, on vectors from tests/vectors/parameters.py, and how they are told.
import assert from "node:assert/strict";
import test from "node:test";

import {
  FILLING, grouped, laptops, memory, share, side, weights,
} from "../../coursecnn/widgets/js/parameters.js";
import {
  alternative, metres, REFERENCES, sentence, storage,
} from "../../coursecnn/widgets/js/parameter-explosion.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("parameters");
const NINE = 10n ** 9n;
const photo = {
  height: 3000, width: 4000, in_channels: 1, out_features: 10000, kernel_size: 3, out_channels: 1,
};
const said = (state) => sentence({ ...photo, ...state }).map(([, text]) => text).join("");
const counts = (state) => Object.values(weights({ ...photo, ...state }));

test("there are vectors of each kind, and some beyond what a double can hold", () => {
  for (const wanted of [
    ({ state }) => state.in_channels === 3, ({ state }) => state.height !== state.width,
    ({ expected: [, , maps] }) => BigInt(maps[1]) * NINE > BigInt(Number.MAX_SAFE_INTEGER),
    ({ power: [, units, maps] }) => units > maps,
  ]) {
    assert.ok(vectors.filter(wanted).length >= 20);
  }
});

test("weights equal those of coursecnn.shapes to the last digit", () => {
  for (const { state, expected } of vectors) {
    const pieces = counts(state).map((count) => [Number(count % NINE), Number(count / NINE)]);
    assert.deepEqual(pieces, expected, JSON.stringify(state));
  }
});

test("places on the axis and sides of squares are those of the counts", () => {
  for (const { state, side: sides, power } of vectors) {
    assert.deepEqual(counts(state).map((count) => Math.floor(side(count))), sides);
    assertClose(counts(state).map((count) => share(count, 18)), power.map((p) => p / 18), 1e-12);
  }
});

test("the numbers of chapter 3: 120 billion weights, 480 GB, and nine", () => {
  assert.deepEqual(counts({}), [9n, 120_000_000_000n, 144_000_000_000_000n]);
  assert.deepEqual(counts({ height: 1000, width: 1000 })[2], 10n ** 12n);
  assert.equal(memory(120_000_000_000n), "480 GB");
});

test("twice the side is four times the units' weights, sixteen times those of all pixels", () => {
  const [before, after] = [32, 64].map((length) => counts({ height: length, width: length }));
  assert.deepEqual(after.map((count, index) => count / before[index]), [1n, 4n, 16n]);
});

test("memory has three digits and says when they are rounded", () => {
  const texts = { 1: "4 bytes", 9: "36 bytes", 249: "996 bytes", 250: "1 kB", 61706: "≈ 247 kB", 61100840: "≈ 244 MB" };
  for (const [count, text] of Object.entries(texts)) assert.equal(memory(BigInt(count)), text);
  assert.equal(memory(249_999n), "≈ 1 MB");
  assert.equal(memory(175_000_000_000n), "700 GB");
  assert.equal(memory(10n ** 21n), "4,000 EB");
});

test("laptops are counted", () => {
  assert.equal(FILLING, 4_000_000_000n);
  assert.deepEqual(laptops(120_000_000_000n), [30, false]);
  assert.equal(storage(FILLING - 1n), "which fits into the memory of a laptop with 16 GB");
  assert.equal(storage(FILLING), "the memory of 1 laptop with 16 GB");
  assert.equal(storage(4_321_000_000_000n), "the memory of about 1,080 laptops with 16 GB");
});

test("digits are grouped by three", () => {
  const texts = [7, 123, 1234, 123456n, 10n ** 18n].map(grouped);
  assert.deepEqual(texts, ["7", "123", "1,234", "123,456", "1,000,000,000,000,000,000"]);
});

test("lengths have the unit that suits them", () => {
  const lengths = [3, 9.6, 248.4, 346410, Math.sqrt(1.6e12), 12e6, 627e6].map(metres);
  assert.deepEqual(lengths, ["3 mm", "9.6 mm", "24.8 cm", "346 m", "1.26 km", "12 km", "627 km"]);
});

test("the sentence gives numbers, memory and laptops", () => {
  assert.equal(
    said({}),
    "10,000 dense units with 12,000,000 weights each: 120,000,000,000, or 480 GB as float32, the " +
      "memory of 30 laptops with 16 GB. The convolution has 9, whatever the size of the image.",
  );
  assert.match(said({ height: 28, width: 28, out_features: 1 }), /^1 dense unit: 784 weights, or about 3.14 kB as float32, /);
});

test("each number knows its role", () => {
  const roles = sentence(photo).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["dense", "kernel"]);
});

test("who cannot see the picture hears every layer and what it is compared with", () => {
  const text = alternative(photo);
  assert.ok(text.includes("Dense, 1 value for each pixel: 144,000,000,000,000 weights, 576 TB."));
  assert.ok(text.includes("Convolution, 1 kernel of 3×3: 9 weights, 36 bytes."));
  assert.ok(text.endsWith("As squares with one weight per square millimetre they are 3 mm, 346 m and 12 km wide."));
  for (const [name, count] of REFERENCES) assert.ok(text.includes(`${name} ${grouped(count)}`));
});
