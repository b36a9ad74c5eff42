// Stripes, kernels and responses equal the library's, on vectors from tests/vectors/tuning.py.
import assert from "node:assert/strict";
import test from "node:test";

import {
  ANGLES, gabor, grating, kernels, largest, moved, responses, SIZES, tilt, turned,
} from "../../coursecnn/widgets/js/tuning.js";
import { sentence } from "../../coursecnn/widgets/js/orientation-tuning.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("tuning");
const shown = vectors.filter(({ kernel }) => kernel === undefined);
const said = (state) => sentence({ angle: 90, phase: 0, preferred: 90, size: 13, ...state })
  .map(([, text]) => text).join("");

test("there are vectors of each field and of each preferred angle", () => {
  assert.ok(shown.length >= 200);
  for (const size of SIZES) assert.ok(shown.filter((vector) => vector.size === size).length >= 50);
  for (const angle of ANGLES) assert.ok(shown.filter(({ preferred }) => preferred === angle).length >= 20);
});

test("sums and responses equal those of the library", () => {
  for (const { angle, phase, preferred, size, expected } of shown) {
    const { even, odd, simple, complex } = responses(kernels({ preferred, size }), angle, phase);
    const place = `${angle}°, ${phase}° for ${preferred}°, ${size}`;
    assertClose([even, odd, simple, complex], expected, 1e-11, place);
  }
});

test("kernels of 13 rows are those of coursecnn.ops", () => {
  for (const { kernel, expected } of vectors.filter(({ kernel }) => kernel !== undefined)) {
    assertClose(gabor(13, ...kernel), expected, 1e-13, `kernel ${kernel}`);
  }
});

test("stripes are what paper and pencil say", () => {
  const half = 1 / 2; // the cosine of 60°: one pixel of a wave of six
  assertClose(grating(3, 90, 0), [[half, 1, half], [half, 1, half], [half, 1, half]], 1e-15);
  assertClose(grating(3, 0, 0), [[half, half, half], [1, 1, 1], [half, half, half]], 1e-15);
  assertClose(grating(3, 90, 180)[0], [-half, -1, -half], 1e-15);
});

test("flat ground leaves a kernel silent, and all kernels are equally strong", () => {
  for (const size of SIZES) {
    const weights = gabor(size, 30, 40).flat();
    assertClose(weights.reduce((sum, each) => sum + each), 0, 1e-12);
    assertClose(weights.reduce((sum, each) => sum + each ** 2, 0), 1, 1e-12);
  }
});

test("the simple cell swings with the phase, the complex cell hardly", () => {
  const pair = kernels({ preferred: 90, size: 13 });
  const traces = ["simple", "complex"].map((cell) => moved(pair, 90).map(([, each]) => each[cell]));
  const [simple, complex] = traces.map((each) => [Math.min(...each), Math.max(...each)]);
  assert.equal(simple[0], 0);
  assert.ok(complex[0] > 0.97 * complex[1]);
  assertClose(simple[1], complex[1], 1e-12);
});

test("both respond most at their own angle, and a larger field is tuned more sharply", () => {
  const widths = SIZES.map((size) => {
    const points = turned(kernels({ preferred: 45, size }), 0);
    const most = largest({ preferred: 45, size });
    const best = points.reduce((one, other) => (other[1].complex > one[1].complex ? other : one));
    assert.equal(best[0], 45);
    assertClose(best[1].complex, most, 1e-12);
    return points.filter(([, { complex }]) => complex > most / 2).length;
  });
  assert.deepEqual(widths, [...widths].sort((a, b) => b - a));
  assert.equal(new Set(widths).size, SIZES.length);
});

test("after half a turn stripes are the same, and a quarter lies between", () => {
  assert.deepEqual([[90, 90], [0, 165], [180, 0], [170, 15], [0, 90]].map((pair) => tilt(...pair)), [0, 15, 0, 25, 90]);
});

test("the sentence gives both responses and says why", () => {
  const keeps = "the complex cell keeps 100 % of its maximum";
  const on = "Bright stripes lie on the even kernel's positive weights";
  assert.equal(said({}), `At 90°, phase 0°: simple cell 7.17, complex cell 7.17. ${on}; ${keeps}.`);
  const off = "Bright stripes lie on the even kernel's negative weights";
  assert.equal(said({ phase: 180 }), `At 90°, phase 180°: simple cell 0, complex cell 7.17. ${off}; ${keeps}.`);
  const cancel = "Bright and dark cancel on the even kernel; the complex cell keeps 98 % of its maximum";
  assert.equal(said({ phase: 90 }), `At 90°, phase 90°: simple cell 0, complex cell 7.03. ${cancel}.`);
  const moved = "The stripes have moved off the even kernel's positive weights; the complex cell keeps 74 % of its maximum";
  assert.equal(said({ angle: 75, phase: 60 }), `At 75°, phase 60°: simple cell 2.69, complex cell 5.31. ${moved}.`);
});

test("stripes that lean too far are named by how far", () => {
  const lean = "from the preferred angle";
  assert.match(said({ angle: 45 }), new RegExp(`The stripes lean by 45° ${lean}: both hardly respond\\.$`));
  assert.match(said({ angle: 0 }), new RegExp(`The stripes lean by 90° ${lean}: neither cell responds\\.$`));
  assert.match(said({ angle: 180, preferred: 45, size: 25 }), /complex cell 0\.0\d\. .*: both hardly respond\.$/);
  assert.match(said({ angle: 180, preferred: 15, size: 25 }), /keeps 30 % of its maximum\.$/);
});

test("each number knows its role", () => {
  const roles = sentence({ angle: 90, phase: 0, preferred: 90, size: 13 }).map(([role]) => role);
  assert.deepEqual(roles.filter(Boolean), ["output", "complex"]);
});
