// What the latent walk says of a latent, of a stage of training, and of what a network reads there.
import assert from "node:assert/strict";
import test from "node:test";

import { readingOf, sentence, steps } from "../../coursecnn/widgets/js/latent-walk.js";

const LAST = steps().at(-1);
const plain = (text) => text.replaceAll("\u00a0", " ");
const said = (state) => plain(sentence(state).map(([, text]) => text).join(""));
const state = (changes) => ({ digit: 3, position: [2, 2], step: LAST, ...changes });

test("a latent is a sum of corners, and those without a part are left out", () => {
  assert.match(said(state({ position: [0, 0] })), /^A 3 .* from the latent A\. /);
  assert.match(said(state({ position: [0, 2] })), / from the latent 0\.71 A \+ 0\.71 B\. /);
  assert.match(said(state({ position: [4, 3] })), / from the latent 0\.38 C \+ 0\.92 D\. /);
  assert.match(said(state()), / from the latent 0\.5 A \+ 0\.5 B \+ 0\.5 C \+ 0\.5 D\. /);
});

test("the digit has its article", () => {
  assert.match(said(state({ digit: 8 })), /^An 8 drawn after /);
  assert.match(said(state({ digit: 1 })), /^A 1 drawn after /);
});

test("the stage of training is said", () => {
  assert.match(said(state({ step: 0 })), /^A 3 before training, from the latent /);
  assert.match(said(state({ step: 1000 })), /^A 3 drawn after 1,000 of 3,000 steps, from /);
});

test("a reading is said with its probability, and that it is wrong where it is", () => {
  const states = steps().flatMap((step) =>
    Array.from({ length: 10 }, (_, digit) => state({ step, digit })),
  );
  const isRight = (each) => readingOf(each).digit === each.digit;
  assert.ok(states.some(isRight) && !states.every(isRight));
  for (const each of states) {
    const { digit, percent } = readingOf(each);
    const sure = percent === 100 ? "> 99 %" : `${percent} %`;
    const wrong = isRight(each) ? "" : `, not ${each.digit}: it has no answer “no digit”`;
    assert.ok(said(each).endsWith(` reads ${digit} (${sure})${wrong}.`), said(each));
  }
});

test("the latent has the colour of the input, the reading that of the output", () => {
  const roles = sentence(state()).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["input", "output"]);
});
