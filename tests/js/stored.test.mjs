// Stored numbers come back as they were written, on vectors from tests/vectors/stored.py.
import assert from "node:assert/strict";
import test from "node:test";

import { unpack } from "../../coursecnn/widgets/js/stored.js";
import { vectorsOf } from "./vectors.mjs";

const TYPES = { int8: Int8Array, uint8: Uint8Array, int32: Int32Array, float32: Float32Array };

test("every number and every shape comes back", () => {
  for (const { entry, shape, expected } of vectorsOf("stored")) {
    const { array } = unpack({ array: entry });
    assert.deepEqual(array.shape, shape);
    assert.ok(array.data instanceof TYPES[entry.dtype]);
    assert.deepEqual([...array.data], expected);
  }
});

test("several arrays keep their names", () => {
  const [one, two] = vectorsOf("stored").map(({ entry }) => entry);
  assert.deepEqual(Object.keys(unpack({ "conv.weight": one, scale: two })), ["conv.weight", "scale"]);
});
