// What the softmax figure says, and its numbers as readers see them.
import assert from "node:assert/strict";
import test from "node:test";

import {
  beyond, raised, sentence, share, signed, spread, unchanged,
} from "../../coursecnn/widgets/js/softmax-temperature.js";
import { gradient, softmax } from "../../coursecnn/widgets/js/softmax.js";

const labels = ["cat", "dog", "car"];
const words = (runs) => runs.map(([, text]) => text).join("").replaceAll("\u00a0", " ");
const said = (logits, temperature = 1, target = null) =>
  words(sentence({ labels, logits, temperature, target }));

test("the largest, its ratio to the next and both ends of the scale are said", () => {
  const spoken =
    "cat has the largest probability, 0.690: exp((3 − 2) / 1) ≈ 2.718 times that of dog. " +
    "T → 0 gives cat everything, T → ∞ gives each class 1/3.";
  assert.equal(said([3, 2, 0.5]), spoken);
});

test("the temperature divides the difference", () => {
  assert.match(said([3, 2, 0.5], 0.5), /exp\(\(3 − 2\) \/ 0\.5\) ≈ 7\.389 times that of dog/);
  assert.match(said([-1, -3, -2], 2), /exp\(\(−1 − \(−2\)\) \/ 2\) ≈ 1\.649 times that of car/);
});

test("classes may share the largest probability, or all have the same", () => {
  const spoken =
    "cat and dog share the largest probability, 0.422 each: exp((2 − 1) / 1) ≈ 2.718 times that of car. " +
    "T → 0 gives cat and dog 1/2 each, T → ∞ gives each class 1/3.";
  assert.equal(said([2, 2, 1]), spoken);
  const even = "All classes have the same logit and, at every temperature, the probability 1/3.";
  assert.equal(said([2, 2, 2]), even);
});

test("ratios beyond reading are bounded", () => {
  assert.match(said([1, 0, 0], 0.1), /exp\(\(1 − 0\) \/ 0\.1\) ≈ 22,026 times/);
  assert.match(said([1000, 0, 0], 0.1), /exp\(\(1000 − 0\) \/ 0\.1\) > 1,000,000 times/);
});

test("with a true class the loss is said, and what a step would do", () => {
  const spoken =
    " If dog is true, the loss is −ln 0.254 ≈ 1.372; a step against p − y raises the logit of " +
    "dog and lowers the others.";
  assert.ok(said([3, 2, 0.5], 1, 1).endsWith(spoken), said([3, 2, 0.5], 1, 1));
  assert.match(said([1000, 0, 0], 1, 1), /the loss is −ln p ≈ 1000\.000; /);
  assert.match(said([2, 2, 2], 1, 0), /1\/3\. If cat is true, the loss is −ln 0\.333 ≈ 1\.099/);
});

test("a probability never is 0 or 1, and a slope has its sign", () => {
  const shares = [0, 0.0004, 0.0006, 0.25, 0.9994, 0.9999, 1].map(share);
  assert.deepEqual(shares, ["<0.001", "<0.001", "0.001", "0.250", "0.999", ">0.999", ">0.999"]);
  const others = [0, 0.0004, 0.0006, 0.5, 0.9999].map((slope) => signed(slope, false));
  assert.deepEqual(others, ["<+0.001", "<+0.001", "+0.001", "+0.500", "<+1.000"]);
  const own = [0, -0.0004, -0.75, -0.9999].map((slope) => signed(slope, true));
  assert.deepEqual(own, [">−0.001", ">−0.001", "−0.750", ">−1.000"]);
});

test("a logit beyond the end of its slider is said to be there", () => {
  assert.deepEqual([-6, 0, 6].map(beyond), [null, null, null]);
  assert.deepEqual([6.1, -1000].map(beyond), ["beyond 6", "beyond −6"]);
});

test("a step against the gradient raises one logit and lowers the others, but may raise their bars", () => {
  const [logits, target] = [[3, 2, 0.5, -1, -2], 4];
  const slopes = gradient(logits, 1, target);
  const [before, after] = [logits, logits.map((z, n) => z - slopes[n])].map((each) => softmax(each));
  slopes.forEach((slope, n) => assert.equal(slope < 0, n === target));
  assert.ok(after[1] > before[1]); // dog, though its logit is lower
});

test("the entropy is given in both units beside its bound", () => {
  const text = "Entropy 0.69 nats = 1.00 bits, at most ln 2 = 0.69 nats";
  assert.equal(spread({ logits: [1, 1], temperature: 1 }).replaceAll("\u00a0", " "), text);
});

test("1 is added to all logits up to what may be typed", () => {
  assert.deepEqual(raised([0.1, 0.2, 999]), [1.1, 1.2, 1000]);
  assert.equal(raised([0, 999.5]), null);
  assert.match(words(unchanged()), /^Every logit is 1 larger, and no probability has changed: /);
});

test("each number knows its role", () => {
  const roles = sentence({ labels, logits: [3, 2, 1], temperature: 1, target: 0 }).map(([role]) => role);
  assert.deepEqual(roles.filter(Boolean), ["output", "output", "gradient"]);
});
