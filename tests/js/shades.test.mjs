// Numbers become colours along a list of stops.
import assert from "node:assert/strict";
import test from "node:test";

import { coloured, GREY, parsed, shade, signedColours } from "../../coursecnn/widgets/js/shades.js";

const STOPS = [[0, 100, 200], [10, 100, 100], [30, 200, 100]];

test("colours are read as the styles write them", () => {
  assert.deepEqual(parsed(" #440154 #fde725"), [[0x44, 0x01, 0x54], [0xfd, 0xe7, 0x25]]);
});

test("between two stops colours are mixed, and beyond the ends they stay", () => {
  assert.deepEqual(shade(STOPS, 0.5), [10, 100, 100]);
  assert.deepEqual(shade(STOPS, 0.25), [5, 100, 150]);
  assert.deepEqual(shade(STOPS, 1), [30, 200, 100]);
  assert.deepEqual([shade(STOPS, -1), shade(STOPS, 7)], [STOPS[0], STOPS[2]]);
});

test("values are shown as shares of the largest, as canvases take them", () => {
  assert.deepEqual([...coloured([0, 2], 4, GREY)], [0, 0, 0, 255, 128, 128, 128, 255]);
});

test("where the largest is 0, all is the colour of 0", () => {
  assert.deepEqual([...coloured([0], 0, STOPS)], [0, 100, 200, 255]);
});

test("a signed 0 has the colour in the middle, and the ends are as far as the largest", () => {
  const bytes = [...signedColours([0, -4, 4], 4, STOPS)];
  assert.deepEqual(bytes, [...STOPS[1], 255, ...STOPS[0], 255, ...STOPS[2], 255]);
  assert.deepEqual([...signedColours([0], 0, STOPS)], [...STOPS[1], 255]);
});
