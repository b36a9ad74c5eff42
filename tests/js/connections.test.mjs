// Layers have the library's weight matrices, on vectors from tests/vectors/connections.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  counts, fitted, KINDS, outputCount, ownConnections, weightMatrix,
} from "../../coursecnn/widgets/js/connections.js";
import { sentence, weightName } from "../../coursecnn/widgets/js/connection-explorer.js";
import { vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("connections");
const example = { kind: "shared", size: 8, kernel_size: 3, side: "output", unit: 2 };
const said = (more) => sentence({ ...example, ...more }).map(([, text]) => text).join("");

test("there are vectors of each kind", () => {
  for (const kind of KINDS) {
    const alike = vectors.filter(({ state }) => state.kind === kind);
    assert.ok(alike.length >= 200);
    for (const kernelSize of [1, 2, 3, 4, 5]) {
      assert.ok(alike.filter(({ state }) => state.kernel_size === kernelSize).length >= 40);
    }
  }
});

test("weight matrices equal those that coursecnn.ops answers with", () => {
  for (const { state, weights, expected } of vectors) {
    const entry = (weight) => (weight === null ? 0 : weights[weight]);
    assert.deepEqual(weightMatrix(state).map((row) => row.map(entry)), expected);
  }
});

test("counts equal those of the library's matrices", () => {
  for (const { state, counts: expected } of vectors) assert.deepEqual(counts(state), expected);
});

test("there are as many outputs as the library has", () => {
  for (const { state, expected } of vectors) assert.equal(outputCount(state), expected.length);
});

test("a unit knows its own connections, from either side", () => {
  assert.deepEqual(ownConnections(example), [
    { output: 2, input: 2, weight: 0 }, { output: 2, input: 3, weight: 1 },
    { output: 2, input: 4, weight: 2 },
  ]);
  assert.deepEqual(ownConnections({ ...example, kind: "sparse", side: "input", unit: 1 }), [
    { output: 0, input: 1, weight: 1 }, { output: 1, input: 1, weight: 3 },
  ]);
});

test("the reader is moved back into a smaller layer", () => {
  assert.equal(fitted({ ...example, unit: 7 }).unit, 5);
  assert.equal(fitted({ ...example, unit: 7, side: "input" }).unit, 7);
  assert.equal(fitted({ ...example, unit: 2, size: 5, kernel_size: 5 }).unit, 0);
});

test("the same letter means the same weight, a number below it one of an output's own", () => {
  assert.equal(weightName(example, 2, 4), "c");
  assert.equal(weightName({ ...example, kind: "sparse" }, 2, 4), "c₃");
  assert.equal(weightName({ ...example, kind: "dense" }, 9, 4), "e₁₀");
});

test("an output says whom it reads and whose weights it uses", () => {
  const shared = "Output 3 reads inputs 3 to 5; its weights a, b, c are those of every other output.";
  assert.equal(said({}), `${shared} In all: 18 connections, 3 different weights.`);
  const sparse = "Output 3 reads inputs 3 to 5; its weights a₃, b₃, c₃ are its own.";
  assert.equal(said({ kind: "sparse" }), `${sparse} In all: 18 connections, 18 different weights.`);
  const dense = "Output 3 reads all 8 inputs; its weights a₃ to h₃ are its own.";
  assert.equal(said({ kind: "dense" }), `${dense} In all: 48 connections, 48 different weights.`);
});

test("an input says whom it influences, and is read by fewer at the border", () => {
  const input = (more) => said({ side: "input", ...more }).split(" In all")[0];
  assert.equal(input({}), "Input 3 influences outputs 1 to 3, through the weights c, b, a.");
  assert.equal(input({ unit: 0 }), "Input 1 influences output 1, through the weight a.");
  assert.equal(input({ unit: 1 }), "Input 2 influences outputs 1 and 2, through the weights b, a.");
  const dense = "Input 3 influences all 6 outputs, through the weights c₁ to c₆.";
  assert.equal(input({ kind: "dense" }), dense);
});

test("one weight and one output have sentences of their own", () => {
  const one = "Output 3 reads input 3; its weight a is that of every other output.";
  assert.equal(said({ kernel_size: 1 }), `${one} In all: 8 connections, 1 weight.`);
  const lone = said({ size: 5, kernel_size: 5, unit: 0 });
  assert.match(lone, /^Output 1 reads all 5 inputs; its weights a, b, c, d, e are its own, as /);
});
