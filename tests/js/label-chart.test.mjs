// What the chart of labels says, its axes, and where keys lead.
import assert from "node:assert/strict";
import test from "node:test";

import { axesOf, describe, moved, sentence, timesWithin } from "../../coursecnn/widgets/js/label-chart.js";

const LABELS = [10, 20, 50, 100, 200];
const WOBBLE = [-0.02, -0.01, 0, 0.01, 0.02];
const MEANS = {
  scratch: [0.6, 0.65, 0.7, 0.75, 0.8],
  frozen: [0.7, 0.75, 0.78, 0.8, 0.82],
  tuned: [0.68, 0.755, 0.8, 0.85, 0.9],
};

/** Five draws that move all arms alike, but for what is added to one of them draw by draw. */
function stateOf(more = {}, own = {}) {
  const runs = (arm) => MEANS[arm].map((mean) => WOBBLE.map((each, draw) => mean + each + (own[arm]?.[draw] ?? 0)));
  const arms = Object.keys(MEANS);
  return {
    results: {
      targets: ["boats", "deer"], arms, labels: LABELS, seeds: [0, 1, 2, 3, 4],
      accuracy: [arms.map(runs), arms.map(runs)],
      seconds: [0, 1].map(() => [[1, 2, 4, 8, 16], [0.1, 0.1, 0.1, 0.1, 0.1], [20, 20, 20, 20, 20]]),
    },
    target: "boats", shown: arms, across: "labels", labels: 20, reference: "frozen", learner: "scratch",
    guessed: null, guess: LABELS.map(() => null), revealed: false, measure: "accuracy", chance: 0.5, ...more,
  };
}
const UNEVEN = { tuned: [0.03, -0.03, 0.02, -0.02, 0] };
const said = (...state) => sentence(stateOf(...state)).map(([, text]) => text).join("").replaceAll("\u00a0", " ");

test("who is ahead, by how much, and what the others need", () => {
  const first = "With 50 labels tuned is ahead: 80.0 %, 2.0 points above frozen (95 % interval 2.0 to 2.0). ";
  assert.equal(said({ labels: 50 }), `${first}To match frozen here, scratch needs about 150 labels, 3 times as many (150 on every draw).`);
});

test("an interval that holds 0 leaves it undecided", () => {
  assert.match(said({}, UNEVEN), /^Undecided with 20 labels: tuned has 75\.5 %, 0\.5 points more than frozen \(95 % interval −2\.7 to 3\.7\)\. To match/);
  const both = { ...UNEVEN, scratch: [0.2, 0, 0.2, 0, 0.05] };
  assert.match(said({}, both), /than frozen \(.*\); likewise against scratch\. /);
});

test("too few draws have no interval, a lone arm has its deviation, and no arm is said to be none", () => {
  const state = stateOf();
  state.results.accuracy[0] = state.results.accuracy[0].map((arm) => arm.map((runs) => runs.map((run, draw) => (draw < 4 ? run : null))));
  const spoken = sentence(state).map(([, text]) => text).join("").replaceAll("\u00a0", " ");
  assert.match(spoken, /^Undecided with 20 labels: tuned has 75\.0 %, 0\.5 points more than frozen; too few draws for an interval; likewise against scratch\. /);
  assert.equal(said({ shown: ["tuned"] }), "With 20 labels tuned has 75.5 % ± 1.6. ");
  assert.equal(said({ shown: [] }), "With 20 labels no arm that is shown was measured. ");
});

test("what is needed may lie below the fewest labels or beyond the most", () => {
  assert.match(said({ reference: "scratch", learner: "frozen" }), /To match scratch here, frozen needs 10 labels or fewer \(≤ 10 on every draw\)\.$/);
  assert.match(said({ reference: "tuned", labels: 200 }), /To match tuned here, scratch does not get there with 200 labels \(> 200 on every draw\)\.$/);
  const apart = { frozen: [0, 0.02, 0.04, 0.06, 0.08] };
  assert.match(said({ labels: 50 }, apart), /does not get there with 200 labels \(draw by draw 150 to > 200\)\.$/);
  assert.match(said({ labels: 200, reference: "tuned", learner: "frozen" }), /frozen does not get there/);
});

test("a factor is said where there is one", () => {
  const alike = [-0.1, -0.1, -0.1, -0.1, -0.1]; // frozen is as good as scratch then
  assert.match(said({}, { frozen: alike }), /scratch needs about 20 labels \(20 on every draw\)\.$/);
  assert.match(said({ labels: 50, learner: "tuned" }), /tuned needs about 33 labels, 0\.67 times as many \(/);
});

test("the read-out is silent where an arm is not shown, or compared with itself", () => {
  assert.doesNotMatch(said({ shown: ["frozen", "tuned"] }), /To match/);
  assert.doesNotMatch(said({ learner: "frozen" }), /To match/);
});

test("over seconds it says what training took", () => {
  const spoken = said({ across: "seconds" });
  assert.match(spoken, /scratch needs about 100 labels, 5 times as many \(100 on every draw\), and 8 s of training in place of 0\.1 s\.$/);
});

test("a curve that is to be guessed is given away by nothing", () => {
  const guess = [null, 0.6, null, null, null];
  const hidden = { guessed: "scratch", guess };
  assert.equal(said({ ...hidden, guess: LABELS.map(() => null) }), "How good is scratch with 20 labels? Set your guess by the keys up and down, or point into the chart.");
  assert.equal(said(hidden), "How good is scratch with 20 labels? Your guess: 60 %. Guess with other numbers of labels, too, then show the curve.");
  const state = stateOf(hidden);
  assert.deepEqual([...axesOf(state).curves.keys()], ["frozen", "tuned"]);
  const [axes, open] = [axesOf(state), axesOf(stateOf())];
  assert.deepEqual([axes.low, axes.high, axes.ticks], [open.low, open.high, open.ticks]);
  assert.equal(describe(state, axes), "accuracy against labelled photographs, target boats, with bands: frozen; tuned; the curve of scratch is hidden");
  assert.equal(axesOf(stateOf({ ...hidden, across: "seconds" })).isTime, false);
});

test("then the guess stands beside what was measured", () => {
  const told = { guessed: "scratch", guess: [null, 0.6, 0.72, null, null], revealed: true };
  assert.match(said(told), /^scratch with 20 labels: you guessed 60 %, measured were 65\.0 % ± 1\.6\. Your 2 guesses are 3\.5 points off on average\. With 20 labels tuned is ahead/);
  assert.match(said({ ...told, labels: 10 }), /^scratch with 10 labels: no guess\. Your 2 guesses/);
});

test("keys walk along the labels, and lift a guess", () => {
  const to = (key, more = {}, held = {}) => moved({ key, ...held }, stateOf(more));
  assert.deepEqual(to("ArrowRight"), { labels: 50 });
  assert.deepEqual(to("ArrowUp"), { labels: 50 });
  assert.deepEqual(to("ArrowLeft", { labels: 10 }), { labels: 10 });
  assert.deepEqual(to("End"), { labels: 200 });
  assert.deepEqual(to("Home"), { labels: 10 });
  assert.equal(to("PageUp"), null);
  assert.equal(to("ArrowRight", {}, { altKey: true }), null);
  const hidden = { guessed: "tuned" };
  assert.deepEqual(to("ArrowRight", hidden), { labels: 50 });
  assert.deepEqual(to("ArrowUp", hidden), { guess: [null, 0.76, null, null, null] }); // from the middle, 75 %
  assert.deepEqual(to("PageDown", { ...hidden, guess: [0.6, null, null, null, null] }), { guess: [0.6, 0.55, null, null, null] });
  assert.deepEqual(to("ArrowDown", { ...hidden, guess: [null, 0, null, null, null] }), { guess: [null, 0, null, null, null] });
});

test("both axes hold all targets, in tens of percent and round seconds", () => {
  const state = stateOf();
  state.results.accuracy[1] = [[[0.99], [0.9], [0.9], [0.9], [0.9]]];
  const { low, high } = axesOf(state);
  assert.deepEqual([low, high], [0.5, 1]);
  assert.equal(axesOf(stateOf({ chance: null })).low, 0.5); // 58 %
  assert.equal(axesOf({ ...stateOf({ chance: null }) }).high, 1); // 92 %
  assert.deepEqual(axesOf(stateOf({ across: "seconds" })).ticks, [0.1, 1, 10]);
  assert.deepEqual(timesWithin(0.4, 30), [0.5, 1, 2, 5, 10, 20]);
  assert.deepEqual(timesWithin(3, 4), []);
});

test("each arm is named in the colour of its curve", () => {
  const roles = sentence(stateOf({ labels: 50 })).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["output", "kernel", "kernel", "input"]);
});
