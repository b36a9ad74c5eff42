// Softmax with a temperature, in plain numbers and without a page: scores become probabilities, and
// these a loss with its gradient. Nothing overflows, as the largest score is subtracted first.

/** The ends of the temperature's axis, and in how many steps its slider cuts it. */
export const COLDEST = 0.1;
export const HOTTEST = 10;
export const FIRST = -20;
export const LAST = 20;

/** The probabilities exp(z/T) / Σ exp(z/T). */
export function softmax(logits, temperature = 1) {
  return logSoftmax(logits, temperature).map(Math.exp);
}

/** Their logarithms, also of those that are too small for a number. */
export function logSoftmax(logits, temperature = 1) {
  const largest = Math.max(...logits);
  const lowered = logits.map((z) => (z - largest) / temperature);
  const whole = Math.log(lowered.reduce((sum, z) => sum + Math.exp(z), 0));
  return lowered.map((z) => z - whole);
}

/** −Σ p·ln p in nats: 0 where one class has all, ln K where all K have the same. */
export function entropy(logits, temperature = 1) {
  return logSoftmax(logits, temperature).reduce((sum, log) => sum - Math.exp(log) * log, 0);
}

/** −ln p of the true class. */
export function crossEntropy(logits, temperature, target) {
  return -logSoftmax(logits, temperature)[target];
}

/** Its gradient with respect to z/T: p − y, where y is 1 for the true class and 0 for the others. */
export function gradient(logits, temperature, target) {
  return softmax(logits, temperature).map((p, index) => p - (index === target ? 1 : 0));
}

/** p of one class over p of another: exp((z − z′)/T), whatever the other classes are. */
export function ratio(logits, temperature, one, other) {
  return Math.exp((logits[one] - logits[other]) / temperature);
}

/** The classes with the largest score, and the one that comes next, or null where all are equal. */
export function ranked(logits) {
  const largest = Math.max(...logits);
  const indices = logits.map((_, index) => index);
  const leaders = indices.filter((index) => logits[index] === largest);
  const others = indices.filter((index) => logits[index] < largest);
  const next = others.reduce((best, index) => (best === null || logits[index] > logits[best] ? index : best), null);
  return { leaders, next };
}

/** The temperature at a place of the slider, in two digits: equal steps are equal factors. */
export function temperatureAt(place) {
  return Number((10 ** (place / LAST)).toPrecision(2));
}

/** The place of the slider that is nearest to a temperature. */
export function placeOf(temperature) {
  return Math.round(Math.log10(temperature) * LAST);
}
