// Vectors that Python wrote into the folder VECTORS, and how close an answer must be.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export function vectorsOf(name) {
  const text = readFileSync(join(process.env.VECTORS, `${name}.json`), "utf8");
  // A sum of zeros is 0 or −0 by the order in which it is added up: that is no difference.
  return JSON.parse(text, (_, value) => (value === 0 ? 0 : value));
}

/** Lists of numbers, however deep, with the same lengths and entries that differ by little. */
export function assertClose(actual, expected, tolerance, place = "answer") {
  if (!Array.isArray(expected)) {
    const isClose = Math.abs(actual - expected) <= tolerance;
    return assert.ok(isClose, `${place}: ${actual} is not ${expected}`);
  }
  assert.equal(actual.length, expected.length, place);
  actual.forEach((entry, i) => assertClose(entry, expected[i], tolerance, `${place}[${i}]`));
}
