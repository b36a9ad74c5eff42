// What the augmentation playground says of target, label and safety, and what its draws are made of.
import assert from "node:assert/strict";
import test from "node:test";

import {
  alternative, changes, nineDraws, sentence,
} from "../../coursecnn/widgets/js/augmentation-playground.js";
import { NEUTRAL } from "../../coursecnn/widgets/js/augmentations.js";
import { falsified, TASKS } from "../../coursecnn/widgets/js/safety.js";

const start = { ...NEUTRAL, step: "flip", task: "photos", view: "one", seed: 0 };
const said = (state) => sentence({ ...start, ...state }).map(([, text]) => text).join("");
const unsafe = (state) => falsified({ ...start, ...state }).map((text) => text.split(" is ")[0]);

test("the target goes along with flips and shifts, and stays with light and colour", () => {
  assert.match(said({ flip: "horizontal" }), /^Mirrored left to right\. The target goes along, to rows 4 to 74 and columns 46 to 103\./);
  assert.match(said({ right: 10, down: -4 }), /^Moved 10 pixels right and 4 pixels up\. The target goes along, to rows 0 to 70 and columns 51 to 108\./);
  assert.match(said({ brightness: 1.5 }), /^Brightness 1\.5\. The target stays where it was\. Labels of things on the ground stay true\.$/);
  assert.match(said({ right: -72, scale: 1.5, angle: 0, down: 48 }), /to rows 30 to 96 and columns 0 to 39\./);
});

test("a target that has left the picture makes its label wrong, whatever the task", () => {
  const gone = "Moved 104 pixels right. The target has left the picture: its label is wrong now.";
  assert.equal(said({ right: 104 }), gone);
});

test("where nothing can be recognised no label is called true", () => {
  for (const change of [{ brightness: 0 }, { contrast: 0.1 }]) {
    assert.match(said(change), /Little or nothing is left to be recognised: no label suits it\.$/);
  }
});

test("mixing two images mixes their labels, and nothing else is called true", () => {
  assert.match(said({ mixup: 0.3 }), / Of a mixed image a mixed label is true: 0\.7 cup and 0\.3 cat\.$/);
  assert.match(said({ mixup: 0.3, task: "digits", cutout: 8 }), /0\.3 cat\. A hole is not safe for digits: /);
});

test("nothing is said to be changed where nothing is", () => {
  assert.deepEqual(changes(NEUTRAL), []);
  assert.equal(said({}), "Nothing is changed yet: choose a step of the chain and a strength.");
  assert.match(alternative(NEUTRAL), /^A cup of coffee on a wooden table, as it is\. Its target is in rows 4 to 74 and columns 41 to 98\.$/);
});

test("every strength is told in words", () => {
  const all = {
    flip: "vertical", angle: -20, scale: 0.8, right: -3, down: 2, brightness: 1.2, contrast: 0.5,
    saturation: 0, hue: -0.1, blur: 1, noise: 0.1, cutout: 16, mixup: 0.25,
  };
  assert.match(said({ ...all, saturation: 0.5 }), /^Mirrored top to bottom, turned by 20° clockwise, scaled by 0\.8, moved 3 pixels left and 2 pixels down, and 8 more\. The target/);
  assert.deepEqual(changes(all), [
    "mirrored top to bottom", "turned by 20° clockwise", "scaled by 0.8",
    "moved 3 pixels left and 2 pixels down", "brightness 1.2", "contrast 0.5", "saturation 0",
    "hue turned by −0.1", "blurred by a bell 1 pixel wide", "noise of 10 % of the range",
    "a hole of 16 pixels", "mixed with 25 % of a cat",
  ]);
});

test("6 and 9 change places upside down, b and d in a mirror, cups do not mind a mirror", () => {
  assert.match(said({ task: "digits", angle: 180 }), / Turning is not safe for digits: 6 and 9 change places\.$/);
  assert.match(said({ task: "letters", angle: -180 }), / Turning is not safe for letters: d and p change places, b and q, n and u, M and W\.$/);
  assert.match(said({ task: "letters", flip: "horizontal" }), / Mirroring left to right is not safe for letters: b and d change places, and p and q\.$/);
  assert.match(said({ flip: "horizontal" }), / Labels of things on the ground stay true\.$/);
});

test("what is safe depends on the task", () => {
  const changed = { flip: "horizontal", brightness: 1.3, saturation: 0.5 };
  const found = Object.fromEntries(TASKS.map(([task]) => [task, unsafe({ ...changed, task })]));
  const mirror = "Mirroring left to right";
  assert.deepEqual(found, {
    digits: [mirror], letters: [mirror], photos: [], "from above": ["Another colour"],
    directions: [mirror], scans: [mirror, "Other light"], colours: ["Another colour"],
  });
});

test("up to 15 degrees are safe; what lies between them and a turn round is not judged", () => {
  assert.deepEqual(unsafe({ task: "digits", angle: -15 }), []);
  assert.match(said({ task: "digits", angle: 20 }), / Whether digits may be turned by more than 15° the course has not judged\.$/);
  assert.match(said({ task: "directions", angle: -90 }), / Turning is not safe for arrows: one that is turned points elsewhere\.$/);
  assert.deepEqual(unsafe({ task: "from above", angle: 120 }), []);
});

test("nine draws differ from each other, and their noise too", () => {
  const draws = nineDraws({ ...start, angle: 30, noise: 0.1 });
  assert.equal(new Set(draws.map(({ parameters }) => parameters.angle)).size, 9);
  assert.equal(new Set(draws.map(({ normal }) => normal()[0])).size, 9);
  assert.deepEqual(draws[4].normal().slice(0, 5), nineDraws({ ...start, noise: 0.1 })[4].normal().slice(0, 5));
  assert.match(said({ view: "nine", seed: 7 }), /^Nine random draws up to these strengths, from seed 7: /);
});
