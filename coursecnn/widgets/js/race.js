// Three optimizers on a surface of two numbers, without a page: SGD, momentum and Adam as in
// coursecnn.numpy_net, operation by operation, so that a path is the same number by number.

/** What is raced, what it runs on, and how long. */
export const NAMES = ["sgd", "momentum", "adam"];
export const SURFACES = ["bowl", "turned bowl", "valley"];
export const STEPS = 100;

/** What can be chosen: curvatures across for one along, and what momentum keeps of its sum. */
export const CONDITIONS = [1, 2, 5, 10, 20, 50];
export const BETAS = [0, 0.5, 0.8, 0.9, 0.99];

/** The picture reaches from −2 to 2 and from −1 to 1. */
export const REACH = [2, 1];

const BOUND = 1e6; // a loss above it ends a path
const ADAM = { slow: 0.9, slower: 0.999, eps: 1e-8 };

// The numbers of a series of resistors, E24: ten powers apart by a 24th, and short.
const SERIES = [
  10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91,
];

/** The rates that a slider has, from 0.001 to 10. */
export const RATES = [-3, -2, -1, 0]
  .flatMap((power) => SERIES.map((digits) => Number(`${digits}e${power - 1}`)))
  .concat(10);

/** Where a rate lies on the slider: on or between its steps, and at an end beyond it. */
export function place(rate) {
  const last = RATES.length - 1;
  const above = RATES.findIndex((each) => each >= rate);
  if (above <= 0) return above === 0 ? 0 : last;
  const [low, high] = RATES.slice(above - 1, above + 1);
  return above - 1 + Math.log(rate / low) / Math.log(high / low);
}

// --- surfaces ---

const LANDS = {
  bowl: {
    loss: (k, [x, y]) => (x ** 2 + k * y ** 2) / 2,
    gradient: (k, [x, y]) => [x, k * y],
    // A circle of radius 1 in units of the two curvatures, as it lies on the surface.
    place: (k, [along, across]) => [along, across],
    minimum: [0, 0],
    curvature: (k) => k,
    steep: (k, [, y]) => y,
  },
  "turned bowl": {
    loss: (k, [x, y]) => ((1 + k) * (x ** 2 + y ** 2)) / 4 + ((1 - k) * x * y) / 2,
    gradient: (k, [x, y]) => [((1 + k) * x + (1 - k) * y) / 2, ((1 - k) * x + (1 + k) * y) / 2],
    place: (k, [along, across]) => [(along + across) / Math.SQRT2, (along - across) / Math.SQRT2],
    minimum: [0, 0],
    curvature: (k) => k,
    steep: (k, [x, y]) => x - y,
  },
  valley: {
    loss: (k, [x, y]) => ((1 - x) ** 2 + k * (y + 0.5 - x ** 2 / 2) ** 2) / 2,
    gradient: (k, [x, y]) => {
      const height = k * (y + 0.5 - x ** 2 / 2);
      return [x - 1 - height * x, height];
    },
    place: (k, [along, across]) => [1 - along, (1 - along) ** 2 / 2 - 0.5 + across],
    minimum: [1, 0],
    curvature: (k) => (1 + 2 * k + Math.sqrt(1 + 4 * k ** 2)) / 2,
    steep: () => NaN,
  },
};

/** The height of the surface at a point. */
export function loss({ surface, condition }, point) {
  return LANDS[surface].loss(condition, point);
}

export function gradient({ surface, condition }, point) {
  return LANDS[surface].gradient(condition, point);
}

export function minimum({ surface }) {
  return LANDS[surface].minimum;
}

/** The largest curvature at the minimum, λ. */
export function curvature({ surface, condition }) {
  return LANDS[surface].curvature(condition);
}

/** The line on which the loss has one value, as points: an ellipse, bent where the valley is. */
export function contour({ surface, condition }, level, count = 96) {
  const [along, across] = [Math.sqrt(2 * level), Math.sqrt((2 * level) / condition)];
  return Array.from({ length: count }, (_, index) => {
    const turn = (2 * Math.PI * index) / count;
    return LANDS[surface].place(condition, [along * Math.cos(turn), across * Math.sin(turn)]);
  });
}

// --- optimizers: each makes directions of gradients, one number at a time ---

const RULES = {
  sgd: () => (grad) => grad,
  momentum: ({ beta }) => {
    let velocity = 0;
    return (grad) => (velocity = beta * velocity + grad);
  },
  adam: () => {
    const { slow, slower, eps } = ADAM;
    let [first, second, steps] = [0, 0, 0];
    return (grad) => {
      first = slow * first + (1 - slow) * grad;
      second = slower * second + (1 - slower) * grad ** 2;
      steps += 1;
      const scale = Math.sqrt(second / (1 - slower ** steps)) + eps;
      return first / (1 - slow ** steps) / scale;
    };
  },
};

/** The points of a path, the start among them; a path that diverges ends early. */
export function path(state, name, steps = STEPS) {
  const [rules, rate] = [[RULES[name](state), RULES[name](state)], state[`${name}_rate`]];
  const points = [[...state.start]];
  while (points.length <= steps && loss(state, points.at(-1)) <= BOUND) {
    const here = points.at(-1);
    const grad = gradient(state, here);
    points.push(here.map((value, axis) => value - rate * rules[axis](grad[axis])));
  }
  return points;
}

/** Whether a path ended because it diverged. */
export function diverged(state, points) {
  return loss(state, points.at(-1)) > BOUND;
}

// --- the limits of stability ---

/**
 * The rate above which an optimizer cannot come to rest at the minimum; null for Adam, for which no
 * limit has this form. Along the steepest axis SGD multiplies the distance by 1 − ηλ at each step.
 * Momentum obeys z² − (1 + β − ηλ)z + β = 0, whose roots lie within the unit circle as long as
 * |1 + β − ηλ| < 1 + β (G. Goh, "Why momentum really works", Distill, 2017).
 */
export function limit(state, name) {
  if (name === "adam") return null;
  return (name === "sgd" ? 2 : 2 * (1 + state.beta)) / curvature(state);
}

/** How a rate stands to its limit: −1 below, 0 equal, 1 above; null where there is none. */
export function side(state, name) {
  const bound = limit(state, name);
  return bound === null ? null : Math.sign(state[`${name}_rate`] - bound);
}

/** Whether the start lies on the axis of a bowl where only the small curvature is felt. */
export function isOnFloor({ surface, condition, start }) {
  return condition > 1 && LANDS[surface].steep(condition, start) === 0;
}

/** The position `count` steps on, or null beyond either end. */
export function stepped({ position }, count) {
  const next = position + count;
  return next < 0 || next > STEPS ? null : next;
}
