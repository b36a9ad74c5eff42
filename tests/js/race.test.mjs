// Paths and limits equal the library's, on vectors from tests/vectors/race.py; limits predict.
import assert from "node:assert/strict";
import test from "node:test";

import {
  BETAS, CONDITIONS, contour, curvature, diverged, gradient, isOnFloor, limit, loss, minimum, NAMES,
  path, place, RATES, side, STEPS, stepped, SURFACES,
} from "../../coursecnn/widgets/js/race.js";
import { lowered, moved, sentence, written } from "../../coursecnn/widgets/js/optimizer-race.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("race");
const START = {
  surface: "bowl", condition: 10, start: [-1.7, 0.5], sgd_rate: 0.1, momentum_rate: 0.1, adam_rate: 0.1,
  beta: 0.5, position: 30,
};
const said = (state) => sentence({ ...START, ...state }).map(([, text]) => text).join("");
const BOWLS = SURFACES.slice(0, 2);

test("there are vectors of each optimizer on each surface, and some of them diverge", () => {
  assert.ok(vectors.length >= 200);
  for (const name of NAMES) {
    for (const surface of SURFACES) {
      const alike = vectors.filter((vector) => vector.name === name && vector.surface === surface);
      assert.ok(alike.length >= 20);
      const cut = alike.filter(({ expected }) => expected.length <= STEPS).length;
      if (name !== "adam") assert.ok(cut >= 1 && cut < alike.length, `${name}, ${surface}: ${cut}`);
    }
  }
});

test("paths equal those of coursecnn.numpy_net, step by step", () => {
  for (const vector of vectors) {
    const points = path(vector, vector.name);
    assert.equal(points.length, vector.expected.length);
    const nearness = points.map((_, step) => 1e-9 * Math.max(1, ...vector.expected[step].map(Math.abs)));
    points.forEach((point, step) => {
      assertClose(point, vector.expected[step], nearness[step], `${vector.name}, step ${step}`);
    });
  }
});

test("limits equal the library's", () => {
  for (const vector of vectors) {
    if (vector.limit === null) assert.equal(limit(vector, vector.name), null);
    else assertClose(limit(vector, vector.name), vector.limit, 1e-12);
  }
});

test("one step is what paper and pencil say", () => {
  const state = { ...START, start: [1, 2] };
  const grad = [1, 10 * 2];
  assert.deepEqual(path(state, "sgd", 1)[1], [1 - 0.1 * grad[0], 2 - 0.1 * grad[1]]);
  const second = [0.5 * 20 + 10 * (2 - 0.1 * 20), 2 - 0.1 * 20];
  assertClose(path(state, "momentum", 2)[2][1], second[1] - 0.1 * second[0], 1e-12);
  assertClose(path(state, "adam", 1)[1], [1 - 0.1, 2 - 0.1], 1e-8); // its first step is the rate
});

test("gradients are the slopes of the losses", () => {
  const tiny = 1e-5;
  for (const surface of SURFACES) {
    const state = { surface, condition: 5 };
    for (const [x, y] of [[0.3, -0.8], [-1.7, 0.4], [1.2, 0.9]]) {
      const slopes = [[tiny, 0], [0, tiny]].map(([dx, dy]) =>
        (loss(state, [x + dx, y + dy]) - loss(state, [x - dx, y - dy])) / (2 * tiny));
      assertClose(gradient(state, [x, y]), slopes, 1e-7, surface);
    }
    assertClose(gradient(state, minimum(state)), [0, 0], 1e-15);
  }
});

test("the largest curvature is that of the gradient near the minimum", () => {
  for (const surface of SURFACES) {
    for (const condition of CONDITIONS) {
      const state = { surface, condition };
      let direction = [0.6, -0.8];
      for (let round = 0; round < 200; round += 1) { // power iteration with the Hessian
        const [x, y] = minimum(state);
        const there = gradient(state, [x + 1e-6 * direction[0], y + 1e-6 * direction[1]]);
        const length = Math.hypot(...there);
        direction = there.map((each) => each / length);
        if (round === 199) assertClose(length / 1e-6 / curvature(state), 1, 1e-4, `${surface}, ${condition}`);
      }
    }
  }
});

test("all points of a contour have its loss", () => {
  for (const surface of SURFACES) {
    const state = { surface, condition: 20 };
    for (const level of [0.02, 0.5, 40]) {
      for (const point of contour(state, level)) assertClose(loss(state, point), level, 1e-12 * level + 1e-13);
    }
  }
});

test("on every bowl the limit predicts which rates diverge", () => {
  for (const surface of BOWLS) {
    for (const condition of CONDITIONS) {
      for (const beta of BETAS) {
        for (const name of ["sgd", "momentum"]) {
          const bound = limit({ surface, condition, beta }, name);
          for (const share of [0.3, 0.97, 1.03, 2]) {
            const state = { ...START, surface, condition, beta, [`${name}_rate`]: share * bound };
            const points = path(state, name, 4000);
            const place = `${surface}, ${condition}, β ${beta}: ${name} at ${share} of its limit`;
            assert.equal(diverged(state, points), share > 1, place);
            if (share < 1) assert.ok(loss(state, points.at(-1)) < 1e-6, place);
          }
        }
      }
    }
  }
});

test("in the valley the minimum holds a path below the limit and lets it go above", () => {
  for (const condition of CONDITIONS) {
    for (const name of ["sgd", "momentum"]) {
      const here = { ...START, surface: "valley", condition };
      const bound = limit(here, name);
      const [x, y] = minimum(here);
      const far = (share) => {
        const state = { ...here, start: [x + 1e-4, y - 1e-4], [`${name}_rate`]: share * bound };
        return Math.max(...path(state, name, 2000).slice(-50).map((p) => Math.hypot(p[0] - x, p[1] - y)));
      };
      assert.ok(far(0.97) < 1e-4, `${name}, ${condition}`);
      assert.ok(far(1.03) > 1e-2, `${name}, ${condition}`);
    }
  }
});

test("on the floor of a bowl only the small curvature is felt", () => {
  const floors = [["bowl", [1, 0], true], ["bowl", [1, 0.1], false], ["turned bowl", [0.7, 0.7], true],
    ["turned bowl", [0.7, -0.7], false], ["valley", [1, 0], false]];
  for (const [surface, start, expected] of floors) {
    const state = { ...START, surface, start, sgd_rate: 0.3 };
    assert.equal(isOnFloor(state), expected);
    if (surface !== "valley") assert.equal(diverged(state, path(state, "sgd")), !expected);
  }
  assert.ok(!isOnFloor({ ...START, condition: 1, start: [1, 0] }));
});

test("Adam's steps are as long as its rate, whatever the slope, and it does not diverge", () => {
  for (const rate of [0.01, 0.3, 2, 10]) {
    for (const condition of CONDITIONS) {
      const state = { ...START, condition, adam_rate: rate };
      const points = path(state, "adam");
      assert.equal(points.length, STEPS + 1);
      const steps = points.slice(1).flatMap((p, i) => p.map((value, axis) => Math.abs(value - points[i][axis])));
      assert.ok(Math.max(...steps) <= (rate * (1 - 0.9)) / Math.sqrt(1 - 0.999));
      assertClose(steps.slice(0, 2), [rate, rate], 1e-6 * rate);
    }
  }
});

test("near the minimum Adam swings", () => {
  for (const rate of [0.1, 0.2, 0.5]) {
    const points = path({ ...START, condition: 20, adam_rate: rate }, "adam");
    const turns = points.slice(1).filter(([x], step) => x * points[step][0] < 0);
    assert.ok(turns.length >= 2, `${rate}: ${turns.length}`);
  }
});

test("a slider has short rates, and knows the place of every other", () => {
  assert.deepEqual([RATES[0], RATES.at(-1), RATES.length], [0.001, 10, 4 * 24 + 1]);
  assert.deepEqual(RATES, [...RATES].sort((a, b) => a - b));
  RATES.forEach((rate, index) => assert.equal(place(rate), index));
  assert.ok(RATES.includes(0.2) && RATES.includes(0.22));
  assert.ok(place(0.21) > place(0.2) && place(0.21) < place(0.22));
  assert.deepEqual([place(0.0001), place(20)], [0, RATES.length - 1]);
});

test("steps stay between the first and the last", () => {
  assert.equal(stepped({ position: 0 }, -1), null);
  assert.equal(stepped({ position: STEPS }, 1), null);
  assert.equal(stepped({ position: 30 }, 1), 31);
});

test("arrow keys move the start on a grid of tenths, and no farther than the picture", () => {
  const to = (key, start, more = {}) => moved({ key, ...more }, start);
  assert.deepEqual(to("ArrowRight", [0.2, 0.1]), [0.3, 0.1]);
  assert.deepEqual(to("ArrowUp", [0.25, 0.1]), [0.3, 0.2]);
  assert.deepEqual(to("ArrowDown", [0, -1]), [0, -1]);
  assert.deepEqual(to("ArrowLeft", [-2, 1]), [-2, 1]);
  assert.deepEqual(to("PageDown", [0, 0.3]), [0, -0.2]);
  assert.equal(to("Home", [0, 0]), null);
  assert.equal(to("ArrowUp", [0, 0], { altKey: true }), null);
});

test("on a surface that is too steep for a rate the rate begins below its limit", () => {
  const state = { ...START, condition: 20, sgd_rate: 0.091, momentum_rate: 0.12 };
  assert.deepEqual(lowered(state, "turned bowl"), {});
  assert.deepEqual(lowered(state, "valley"), { sgd_rate: 0.039, momentum_rate: 0.056 }); // 4/5 of 0.0494 and 0.0741
  assert.deepEqual(lowered({ ...state, sgd_rate: 0.5, momentum_rate: 0.01 }, "valley"), {});
});

test("losses are written short", () => {
  const numbers = [0, 12.34, 0.0342, 0.00123, 3e-7, 123456, 0.999];
  assert.deepEqual(numbers.map(written), ["0", "12", "0.034", "0.0012", "3·10⁻⁷", "1·10⁵", "1"]);
});

test("the sentence gives the losses and says that the limits are kept", () => {
  const kept = "SGD and momentum are below their limits.";
  const first = "loss SGD 2.7, momentum 2.7, Adam 2.7"; // (1.7² + 10 · 0.5²) / 2
  assert.equal(said({ position: 0 }), `Step 0: ${first}. ${kept}`);
});

test("a rate above its limit is named, and a path that was cut", () => {
  const above = said({ sgd_rate: 0.22, position: 90 });
  assert.match(above, /^Step 90: loss SGD above 10⁶ at step \d\d, momentum /);
  assert.match(above, /The rate of SGD, 0\.22, is above 2\/λ = 0\.2: this path must diverge\.$/);
  assert.match(said({ sgd_rate: 0.2 }), /The rate of SGD, 0\.2, equals 2\/λ: this path swings for ever\.$/);
  const both = said({ sgd_rate: 0.22, momentum_rate: 0.33 });
  assert.match(both, /must diverge\. The rate of momentum, 0\.33, is above 2\(1\+β\)\/λ = 0\.3: this path must diverge\.$/);
  assert.match(said({ sgd_rate: 0.5, start: [1, 0] }), /The rate of SGD, 0\.5, is not below 2\/λ = 0\.2, but from here the path feels the small curvature only\.$/);
});

test("in the valley the limit is said to hold near the minimum", () => {
  const valley = { surface: "valley", sgd_rate: 0.01, momentum_rate: 0.01 };
  assert.match(said({ ...valley, sgd_rate: 0.1 }), /The rate of SGD, 0\.1, is above 2\/λ = 0\.0975: the path cannot settle at the minimum\.$/);
  assert.match(said({ ...valley, sgd_rate: 0.091, start: [-2, -1] }), /is below 2\/λ = 0\.0975, but that holds near the minimum only\.$/);
});

test("each number knows its optimizer", () => {
  assert.deepEqual(sentence(START).map(([role]) => role).filter(Boolean), NAMES.map((name) => `race-${name}`));
});
