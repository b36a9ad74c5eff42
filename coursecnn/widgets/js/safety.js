// Which changes falsify the labels of a task, and why: the list of `coursecnn.augment.TASKS`.

/** Kinds of pictures, and what readers call them. */
export const TASKS = [
  ["digits", "digits"],
  ["letters", "letters"],
  ["photos", "things on the ground"],
  ["from above", "views from above"],
  ["directions", "arrows"],
  ["scans", "medical scans"],
  ["colours", "ripe and unripe fruit"],
];

/** What stands for some of them, and what that is mixed with. */
export const GLYPHS = { digits: ["6", "1"], letters: ["b", "k"], directions: ["←", "↑"] };

const REASONS = {
  "digits": {
    "random_flip()": "a mirrored 2 resembles a 5, and most mirrored digits are none",
    "random_flip(vertical=True)": "2 and 5 change places, and most digits become none",
    "random_rotate(180)": "6 and 9 change places",
    "random_cutout(8)": "on 28×28 pixels the hole can make a 3 of an 8, or a 5 of a 6"
  },
  "letters": {
    "random_flip()": "b and d change places, and p and q",
    "random_flip(vertical=True)": "b and p change places, d and q, M and W",
    "random_rotate(180)": "d and p change places, b and q, n and u, M and W",
    "random_cutout(8)": "on 28×28 pixels the hole can make an F of an E, or a P of an R"
  },
  "photos": {
    "random_flip(vertical=True)": "things stand on the ground: what is upside down hardly occurs in new pictures",
    "random_rotate(180)": "things stand on the ground: what is upside down hardly occurs in new pictures"
  },
  "from above": {
    "random_color(saturation=0.4, hue=0.1)": "the bands of a satellite are measurements",
    "random_grayscale()": "the bands of a satellite are measurements"
  },
  "directions": {
    "random_flip()": "left and right are part of the answer",
    "random_flip(vertical=True)": "up and down are part of the answer",
    "random_rotate(180)": "every direction is turned round"
  },
  "scans": {
    "random_flip()": "left and right are part of the answer: organs have their sides, and so have findings",
    "random_flip(vertical=True)": "front and back of the body change places",
    "random_rotate(180)": "left and right are part of the answer, and so are front and back",
    "random_color(brightness=0.4, contrast=0.4)": "a scanner's grey levels can be measurements"
  },
  "colours": {
    "random_color(saturation=0.4, hue=0.1)": "the colour is the answer: ripe or unripe",
    "random_grayscale()": "the colour is the answer: ripe or unripe"
  }
};

const [USUAL, ROUND] = [15, 135]; // degrees: what the list calls safe, and what turns a thing round

/** What is not safe in a state, a sentence each. */
export function falsified(state) {
  const reasons = REASONS[state.task];
  const kind = TASKS.find(([task]) => task === state.task)[1];
  const used = [
    ["Mirroring left to right", "random_flip()", state.flip === "horizontal"],
    ["Mirroring top to bottom", "random_flip(vertical=True)", state.flip === "vertical"],
    ["Turning", "random_rotate(180)", Math.abs(state.angle) >= ROUND],
    ["Other light", "random_color(brightness=0.4, contrast=0.4)", state.brightness !== 1 || state.contrast !== 1],
    ["Another colour", "random_color(saturation=0.4, hue=0.1)", state.saturation !== 1 || state.hue !== 0],
    ["A hole", "random_cutout(8)", state.cutout > 0],
  ];
  const found = used.filter(([, call, isUsed]) => isUsed && call in reasons)
    .map(([change, call]) => `${change} is not safe for ${kind}: ${reasons[call]}.`);
  return "random_rotate(180)" in reasons ? [...found, ...steep(state, kind)] : found;
}

/** What is said of angles that are neither small nor turn a thing round. */
function steep({ task, angle }, kind) {
  if (Math.abs(angle) <= USUAL || Math.abs(angle) >= ROUND) return [];
  if (task === "directions") return [`Turning is not safe for ${kind}: one that is turned points elsewhere.`];
  return [`Whether ${kind} may be turned by more than ${USUAL}° the course has not judged.`];
}
