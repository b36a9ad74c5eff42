// Changed images equal the library's, on vectors from tests/vectors/augmentations.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  affine, augmented, blur, brightness, contrast, cutout, drawn, flip, generator, hue, mixup, moved,
  NEUTRAL, noise, normals, saturation,
} from "../../coursecnn/widgets/js/augmentations.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("augmentations");
const of = (step) => vectors.filter((vector) => vector.step === step);
const image = ({ shape: [channels, height, width], pixels }) => ({ channels, height, width, pixels });

const CHANGES = {
  flip: (now, { direction }) => flip(now, direction),
  affine,
  shift: affine,
  brightness: (now, { factor }) => brightness(now, factor),
  contrast: (now, { factor }) => contrast(now, factor),
  saturation: (now, { factor }) => saturation(now, factor),
  hue: (now, { turn }) => hue(now, turn),
  blur: (now, { sigma }) => blur(now, sigma),
  noise: (now, { sigma, normal }) => noise(now, sigma, normal),
  cutout: (now, { top, left, size }) => cutout(now, [top, left], size),
  mixup: (now, { partner, lent }) => mixup(now, { ...now, pixels: partner }, lent),
  chain: (now, { parameters, normal, partner, centre }) =>
    augmented(now, parameters, { partner: { ...now, pixels: partner }, centre, normal: () => normal }),
};

test("each step and the whole chain give the library's bytes, but for one level in 500 of them", () => {
  for (const [step, change] of Object.entries(CHANGES)) {
    assert.ok(of(step).length >= 24, step);
    const gaps = of(step).flatMap((vector) => {
      const { pixels } = change(image(vector), vector.arguments);
      assert.equal(pixels.length, vector.expected.length);
      return vector.expected.map((expected, index) => Math.abs(pixels[index] - expected));
    });
    // Floats that lie almost between two bytes may round to either.
    assert.ok(gaps.every((gap) => gap === 0 || gap === 1), `${step}: ${Math.max(...gaps)} levels apart`);
    const share = gaps.filter((gap) => gap === 1).length / gaps.length;
    assert.ok(share <= 0.002, `${step}: ${share} of the bytes differ`);
  }
});

test("a box goes where the library takes a spot at its corner", () => {
  for (const { point: [row, column], arguments: { parameters }, shape, expected } of of("corner")) {
    const { corners } = moved([row, column, row + 1, column + 1], parameters, shape);
    assertClose(corners[0], expected, 0.02);
  }
});

test("a box by hand: mirrored, turned by a quarter, moved out", () => {
  const box = [1, 2, 3, 6];
  const to = (change, size = [8, 12]) => moved(box, { ...NEUTRAL, ...change }, size).box;
  assert.deepEqual(to({}), box);
  assert.deepEqual(to({ flip: "horizontal" }), [1, 12 - 6, 3, 12 - 2]);
  assert.deepEqual(to({ flip: "vertical" }), [8 - 3, 2, 8 - 1, 6]);
  assert.deepEqual(to({ right: 2, down: 1 }), [2, 4, 4, 8]);
  // counter-clockwise about (4, 4): what is right goes up, what is up goes left
  assertClose(to({ angle: 90 }, [8, 8]), [8 - 6, 1, 8 - 2, 3], 1e-12);
  assert.deepEqual(to({ scale: 2 }), [0, 0, 2, 6]);
  assert.equal(to({ right: 20 }), null);
});

test("what changes nothing is left out", () => {
  const small = { channels: 1, height: 2, width: 2, pixels: [1, 2, 3, 4] };
  assert.equal(augmented(small, NEUTRAL, { centre: [0, 0] }), small);
});

test("a seed gives the same draws, and another seed others", () => {
  const strengths = { ...NEUTRAL, flip: "horizontal", angle: 30, brightness: 1.4, mixup: 0.5 };
  const nine = (seed) => {
    const random = generator(seed);
    return Array.from({ length: 9 }, () => drawn(strengths, random, [96, 144]));
  };
  assert.deepEqual(nine(3), nine(3));
  assert.notDeepEqual(nine(3), nine(4));
});

test("a strength changes its own number alone", () => {
  const draw = (change) => drawn({ ...NEUTRAL, angle: 30, ...change }, generator(5), [96, 144]);
  const [one, other] = [draw({}), draw({ hue: 0.2 })];
  assert.notEqual(one.parameters.hue, other.parameters.hue);
  assert.deepEqual({ ...other.parameters, hue: 0 }, { ...one.parameters, hue: 0 });
  assert.deepEqual(one.centre, other.centre);
});

test("draws lie evenly on both sides of what changes nothing", () => {
  const random = generator(88);
  const strengths = { ...NEUTRAL, flip: "vertical", angle: -20, scale: 1.5, brightness: 1.5, right: 8 };
  const draws = Array.from({ length: 2000 }, () => drawn(strengths, random, [96, 144]).parameters);
  const ends = (name) => {
    const values = draws.map((each) => each[name]).sort((a, b) => a - b);
    return [values[0], values[1000], values.at(-1)];
  };
  assertClose(ends("angle"), [-20, 0, 20], 1);
  assertClose(ends("scale"), [0.5, 1, 1.5], 0.05);
  assertClose(ends("brightness"), [0.5, 1, 1.5], 0.05);
  assertClose(ends("right"), [-8, 0, 8], 0);
  const share = draws.filter(({ flip: direction }) => direction === "vertical").length / 2000;
  assertClose(share, 0.5, 0.04);
});

test("normal numbers have mean 0, spread 1 and a bell's share within it", () => {
  const numbers = normals(10001, generator(7));
  const mean = numbers.reduce((a, b) => a + b) / numbers.length;
  const spread = Math.sqrt(numbers.reduce((sum, n) => sum + (n - mean) ** 2, 0) / numbers.length);
  assertClose([mean, spread], [0, 1], 0.03);
  assertClose(numbers.filter((n) => Math.abs(n) < 1).length / numbers.length, 0.6827, 0.02);
});
