// Accuracy against labels, without a page: means and bands of runs, differences of two arms draw by
// draw with their intervals, and how many labels one arm needs for what another has.

export const FEWEST = 5; // draws: fewer have no interval
const TAIL = 0.975; // 95 % between both tails

/** Accuracy of an arm of the target with the k-th number of labels, by draw; null where none ran. */
export function runs(state, arm, k, what = "accuracy") {
  const { results, target } = state;
  return results[what][results.targets.indexOf(target)][results.arms.indexOf(arm)][k];
}

/** Mean seconds of training, or null. */
export function secondsOf(state, arm, k) {
  return runs(state, arm, k, "seconds");
}

function there(values) {
  return values.filter((value) => value !== null);
}

export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values) {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}

/** Mean and sample standard deviation of an arm, { mean, sd }, or null where no run is. */
export function band(state, arm, k) {
  const values = there(runs(state, arm, k));
  return values.length > 0 ? { mean: mean(values), sd: deviation(values) } : null;
}

/**
 * One arm minus another, draw by draw: { mean, low, high, isOpen }, where the ends of the 95 %
 * interval are null with too few draws; or null if they share no draw.
 */
export function difference(state, first, second, k) {
  const other = runs(state, second, k);
  const pairs = runs(state, first, k).map((value, draw) => [value, other[draw]]);
  const values = pairs.filter((pair) => !pair.includes(null)).map(([a, b]) => a - b);
  if (values.length === 0) return null;
  const middle = mean(values);
  if (values.length < FEWEST) return { mean: middle, low: null, high: null, isOpen: true };
  const reach = (quantile(TAIL, values.length - 1) * deviation(values)) / Math.sqrt(values.length);
  const [low, high] = [middle - reach, middle + reach];
  return { mean: middle, low, high, isOpen: low <= 0 && high >= 0 };
}

/** The best of some arms, and its lead over each of the others, [arm, difference], the second first. */
export function lead(state, arms, k) {
  const known = arms.map((arm) => [arm, band(state, arm, k)]).filter(([, each]) => each);
  const [first, ...others] = known.sort(([, a], [, b]) => b.mean - a.mean).map(([arm]) => arm);
  const leads = others.map((arm) => [arm, difference(state, first, arm, k)]);
  return { first: first ?? null, others: leads.filter(([, each]) => each) };
}

/**
 * How many labels `learner` needs for what `reference` has with the k-th number: { level, labels,
 * byDraw, seconds }, where labels are null if it does not get there; or null without a run.
 */
export function needed(state, k) {
  const { results: { labels }, reference, learner } = state;
  const has = runs(state, reference, k);
  const curves = labels.map((_, at) => runs(state, learner, at));
  const means = known(labels, curves.map((values) => (there(values).length ? mean(there(values)) : null)));
  if (there(has).length === 0 || means.labels.length === 0) return null;
  const level = mean(there(has));
  const reached = crossing(means, level);
  const byDraw = has
    .map((own, draw) => [own, known(labels, curves.map((values) => values[draw]))])
    .filter(([own, curve]) => own !== null && curve.labels.length > 0)
    .map(([own, curve]) => crossing(curve, own));
  const times = known(labels, labels.map((_, at) => secondsOf(state, learner, at)));
  const seconds = reached !== null && times.labels.length > 0 ? between(times, reached) : null;
  return { level, labels: reached, byDraw, seconds };
}

/** The numbers of labels at which there is a value, and the values. */
function known(labels, values) {
  const kept = labels.flatMap((n, k) => (values[k] === null ? [] : [[n, values[k]]]));
  return { labels: kept.map(([n]) => n), values: kept.map(([, value]) => value) };
}

/** Where a curve first reaches a level, straight over the logarithm of the labels; or null. */
export function crossing({ labels, values }, level) {
  const k = values.findIndex((value) => value >= level);
  if (k <= 0) return k < 0 ? null : labels[0];
  const share = (level - values[k - 1]) / (values[k] - values[k - 1]);
  return labels[k - 1] * (labels[k] / labels[k - 1]) ** share;
}

/** A value above 0 at a place between measured numbers of labels, straight on two logarithmic axes. */
export function between({ labels, values }, place) {
  const k = labels.findIndex((n) => n >= place);
  if (k <= 0) return values.at(k); // the first, or beyond the last
  const share = Math.log(place / labels[k - 1]) / Math.log(labels[k] / labels[k - 1]);
  return values[k - 1] * (values[k] / values[k - 1]) ** share;
}

/** The guesses that were made, beside what was measured: [k, guess, mean, sd] each. */
export function compared(state) {
  return state.guess.flatMap((guess, k) => {
    const measured = guess === null ? null : band(state, state.guessed, k);
    return measured ? [[k, guess, measured.mean, measured.sd]] : [];
  });
}

/**
 * Quantile p > 1/2 of Student's t. The share within ±t is a finite sum in sines and cosines of
 * arctan(t/√ν) (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4).
 */
export function quantile(p, dof) {
  let [low, high] = [0, Math.PI / 2];
  for (let halved = 0; halved < 60; halved += 1) {
    const middle = (low + high) / 2;
    if (within(middle, dof) < 2 * p - 1) low = middle;
    else high = middle;
  }
  return Math.sqrt(dof) * Math.tan(low);
}

function within(angle, dof) {
  const odd = dof % 2;
  let [term, sum] = [odd ? Math.cos(angle) : 1, 0];
  for (let n = odd; n <= dof - 2; n += 2) {
    sum += term;
    term *= (Math.cos(angle) ** 2 * (n + 1)) / (n + 2);
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
