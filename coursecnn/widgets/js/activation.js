// The activations and their slopes, in plain numbers and without a page; named as in the library.

const NEGATIVE_SLOPE = 0.01;
const TINY = 1e-9;

/** The ends of the axis. */
export const LEAST = -6;
export const MOST = 6;

const FUNCTIONS = {
  relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0)],
  leaky_relu: [
    (x) => Math.max(x, 0) + NEGATIVE_SLOPE * Math.min(x, 0),
    (x) => (x > 0 ? 1 : NEGATIVE_SLOPE),
  ],
  elu: [(x) => (x > 0 ? x : Math.expm1(x)), (x) => (x > 0 ? 1 : Math.exp(x))],
  gelu: [(x) => x * normalCdf(x), (x) => normalCdf(x) + x * normalDensity(x)],
  sigmoid: [sigmoid, (x) => sigmoid(x) * (1 - sigmoid(x))],
  tanh: [Math.tanh, (x) => 1 - Math.tanh(x) ** 2],
};

export const NAMES = Object.keys(FUNCTIONS);

/** The activation at x. */
export function value(name, x) {
  return FUNCTIONS[name][0](x);
}

/** Its derivative at x; where there is none, the number that libraries take. */
export function slope(name, x) {
  return FUNCTIONS[name][1](x);
}

/** The slopes on either side of 0 if they differ, else null. */
export function jump(name) {
  const sides = [slope(name, -TINY), slope(name, TINY)];
  return Math.abs(sides[1] - sides[0]) > 0.1 ? sides : null;
}

/** Points of a curve, as pieces of [x, y] pairs: the slope of some is torn at 0. */
export function pieces(name, of, count = 120) {
  const at = (index) => LEAST + ((MOST - LEAST) * index) / count;
  const points = Array.from({ length: count + 1 }, (_, index) => [at(index), of(name, at(index))]);
  if (of !== slope || jump(name) === null) return [points];
  const [before, after] = jump(name);
  const half = count / 2;
  return [[...points.slice(0, half), [0, before]], [[0, after], ...points.slice(half + 1)]];
}

/** The lowest and the highest number that a drawing of both curves has to show. */
export function extent(name) {
  const numbers = [value, slope].flatMap((of) => pieces(name, of).flat().map(([, y]) => y));
  return [Math.min(...numbers), Math.max(...numbers)];
}

function sigmoid(x) {
  const small = Math.exp(-Math.abs(x)); // at most 1, where exp(-x) would overflow
  return (x < 0 ? small : 1) / (1 + small);
}

function normalDensity(x) {
  return Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
}

/**
 * The chance that a standard normal number is smaller than x, for |x| up to 30:
 * 1/2 + density · (x + x³/3 + x⁵/(3·5) + …), a series whose terms have one sign, so that nothing
 * cancels (G. Marsaglia, "Evaluating the normal distribution", J. Stat. Software 11(4), 2004).
 */
function normalCdf(x) {
  let [term, sum] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= x ** 2 / odd;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum;
}
