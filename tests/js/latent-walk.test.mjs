// What the latent walk says of a latent, of a stage of training, and of what a network reads there.
import assert from "node:assert/strict";
import test from "node:test";

import { readingOf, sentence, STEPS } from "../../coursecnn/widgets/js/latent-walk.js";

const LAST = STEPS.at(-1);
const plain = (text) => text.replaceAll("\u00a0", " ");
const said = (state) => plain(sentence(state).map(([, text]) => text).join(""));
const state = (changes) => ({ digit: 3, position: [2, 2], step: LAST, ...changes });

test("the corners of a mix are named with their shares, and the others are left out", () => {
  assert.match(said(state({ position: [0, 0] })), /^A 3 .* from a latent of 100 % A\. /);
  assert.match(said(state({ position: [0, 2] })), / of 50 % A and 50 % B\. /);
  assert.match(said(state({ position: [4, 3] })), / of 14\.6 % C and 85\.4 % D\. /);
  assert.match(said(state({ position: [2, 2] })), / of 25 % A, 25 % B, 25 % C and 25 % D\. /);
});

test("shares that are rounded still add up to a hundred", () => {
  for (let row = 0; row < 5; row += 1) {
    for (let column = 0; column < 5; column += 1) {
      const parts = said(state({ position: [row, column] })).match(/[\d.]+(?= % [A-D])/g);
      const total = parts.reduce((sum, part) => sum + Number(part), 0);
      assert.ok(Math.abs(total - 100) < 1e-9, `${row}, ${column}: ${parts}`);
    }
  }
});

test("the digit has its article", () => {
  assert.match(said(state({ digit: 8 })), /^An 8 drawn after /);
  assert.match(said(state({ digit: 1 })), /^A 1 drawn after /);
});

test("the stage of training is said", () => {
  assert.match(said(state({ step: 0 })), /^A 3 before training, from a latent of /);
  assert.match(said(state({ step: 1000 })), /^A 3 drawn after 1,000 of 3,000 steps, from /);
});

test("a reading is said with its probability, and that it is wrong where it is", () => {
  const states = STEPS.flatMap((step) =>
    Array.from({ length: 10 }, (_, digit) => state({ step, digit })),
  );
  const isRight = (each) => readingOf(each).digit === each.digit;
  assert.ok(states.some(isRight) && !states.every(isRight));
  for (const each of states) {
    const { digit, percent } = readingOf(each);
    const sure = percent === 100 ? "> 99 %" : `${percent} %`;
    const wrong = isRight(each) ? "" : `, not ${each.digit}`;
    assert.ok(said(each).endsWith(` reads ${digit} (${sure})${wrong}.`), said(each));
  }
});

test("the mix has the colour of the input, the reading that of the output", () => {
  const roles = sentence(state()).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["input", "output"]);
});
