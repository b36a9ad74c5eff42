// The player steps in time, stops by itself, and says when it starts and stops.
import assert from "node:assert/strict";
import test from "node:test";

import { Player } from "../../coursecnn/widgets/js/walker.js";

function counting(context, last) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const heard = { steps: 0, changes: 0 };
  const step = () => (heard.steps += 1) < last;
  const player = new Player(step, () => (heard.changes += 1), 100);
  const pass = (milliseconds) => {
    for (let ticks = 0; ticks < milliseconds; ticks += 10) context.mock.timers.tick(10);
  };
  return [player, heard, pass];
}

test("it plays until there is no step left", (context) => {
  const [player, heard, pass] = counting(context, 3);
  player.toggle();
  assert.ok(player.playing);
  pass(1000);
  assert.ok(!player.playing);
  assert.deepEqual(heard, { steps: 3, changes: 2 });
});

test("it pauses and plays on", (context) => {
  const [player, heard, pass] = counting(context, 9);
  player.toggle();
  pass(250);
  player.toggle();
  pass(1000);
  assert.deepEqual(heard, { steps: 2, changes: 2 });
  player.toggle();
  pass(100);
  assert.equal(heard.steps, 3);
});

test("stopping what does not play is silent", (context) => {
  const [player, heard] = counting(context, 9);
  player.stop();
  assert.equal(heard.changes, 0);
});
