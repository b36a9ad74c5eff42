// Accuracy against labels: curves of several arms with bands, who is ahead, and what one arm saves
// over another. The curve of one arm may be hidden until the reader has guessed it.

import { button, choice, figure, h, s, View } from "./figure.js";
import { band, compared, lead, mean, needed, secondsOf } from "./labels.js";

const FIELDS = [
  "results", "target", "shown", "across", "labels", "reference", "learner", "guessed", "guess", "revealed",
  "measure", "chance",
];
const KEYS = "Left and right: the number of labels. Up and down: your guess. Space: an arm on or off.";
const NOTHING = "nothing";
const AXES = { labels: "labelled photographs", seconds: "seconds of training" };

// Sizes in the drawing's own units, and the looks of arms as plots.curves numbers them.
const [WIDTH, HEIGHT, LEFT, TOP, WIDE, TALL] = [360, 236, 52, 22, 296, 176];
const FOOT = TOP + TALL;
const INKS = ["input", "kernel", "output", "text"];
const DASHES = ["none", "7 4", "2 4", "8 4 2 4"];
export const MARKS = [
  "m-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0", "m-.9-.9h1.8v1.8h-1.8z", "m0-1.3l1.3 1.3-1.3 1.3-1.3-1.3z",
  "m0-1.2l1.1 2.1h-2.2z", "m0 1.2l1.1-2.1h-2.2z", "m-.4-1.2h.8v.8h.8v.8h-.8v.8h-.8v-.8h-.8v-.8h.8z",
  "m-1.1-.6l.5-.5.6.6.6-.6.5.5-.6.6.6.6-.5.5-.6-.6-.6.6-.5-.5.6-.6z",
  "m0-1.3l.4.9.9.1-.7.6.2 1-.8-.5-.8.5.2-1-.7-.6.9-.1z",
];

class LabelChart extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.chart = buildChart((event) => this.press(event), (place) => this.point(place));
    this.legend = h("div", { class: "labels-legend", role: "group", "aria-label": "Arms" });
    this.asked = h("div", { class: "fig-controls labels-picks" });
    this.controls = h("div", { class: "fig-controls labels-picks" });
    const top = h("div", { class: "labels-top" }, this.chart.node, this.legend);
    this.show(element, "Accuracy against labels", [top, this.asked, this.speech.node, this.controls], KEYS);
  }

  // --- changes ---

  /** Hide the curve of an arm, or of none, and forget what was guessed. */
  hide(guessed) {
    const guess = this.state.results.labels.map(() => null);
    return { guessed, guess, revealed: false, ...(guessed === null ? {} : { across: "labels" }) };
  }

  /** A guess belongs to a target: another one begins without it, and hides no curve again. */
  aim(target) {
    this.change({ target, ...this.hide(isGuessing(this.state) ? this.state.guessed : null) });
  }

  reveal() {
    const { guess, guessed } = this.state;
    if (!guess.some(isThere)) return;
    this.change({ revealed: true, ...this.showing(guessed) });
    this.chart.handle.focus(); // the button is gone
  }

  /** The arms that are shown, in their order, with or without one of them. */
  showing(arm, isShown = true) {
    const { results: { arms }, shown } = this.state;
    return { shown: arms.filter((each) => (each === arm ? isShown : shown.includes(each))) };
  }

  /** Choose one of the two arms that are compared; if it was the other one, they change places. */
  compare(role, other, arm) {
    const swapped = this.state[other] === arm ? { [other]: this.state[role] } : {};
    this.change({ [role]: arm, ...swapped, ...this.showing(arm) });
  }

  press(event) {
    const patch = moved(event, this.state);
    if (patch === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.change(patch);
  }

  /** Go to the number of labels that is nearest to a point of the drawing; a guess follows its height. */
  point([x, y]) {
    const { labels } = this.state.results;
    const { curves, left, isTime, accuracyAt } = axesOf(this.state);
    const stops = isTime ? [...curves.values()].flat() : labels.map((n, k) => ({ k, x: left(n), y }));
    if (stops.length === 0) return;
    const far = (stop) => Math.hypot(stop.x - x, stop.y - y);
    const { k } = stops.reduce((best, stop) => (far(stop) < far(best) ? stop : best));
    this.change({ labels: labels[k], ...(isGuessing(this.state) ? guessing(this.state, k, accuracyAt(y)) : {}) });
  }

  // --- drawing ---

  /** Wait where the parts of the state do not fit yet: a kernel sends them one by one. */
  paint() {
    const { results, guess } = this.state;
    if (!fits(this.state)) return;
    if (this.drawn !== JSON.stringify([results.targets, results.arms])) this.rebuild(results);
    paintChart(this.chart, this.state);
    for (const row of this.rows) paintRow(row, this.state);
    for (const [name, { select }] of Object.entries(this.pickers)) select.value = this.state[name] ?? NOTHING;
    this.pickers.across.select.disabled = isGuessing(this.state);
    if (!isGuessing(this.state)) this.shower.remove();
    else if (!this.shower.isConnected) this.controls.append(this.shower);
    this.shower.setAttribute("aria-disabled", String(!guess.some(isThere)));
    this.speech.say(sentence(this.state));
  }

  rebuild({ targets, arms }) {
    const same = (names) => names.map((name) => [name, name]);
    this.drawn = JSON.stringify([targets, arms]);
    this.pickers = {
      reference: choice("Arm to match", same(arms), (arm) => this.compare("reference", "learner", arm)),
      learner: choice("Matched by", same(arms), (arm) => this.compare("learner", "reference", arm)),
      target: choice("Target", same(targets), (target) => this.aim(target)),
      across: choice("Across", Object.entries(AXES), (across) => this.change({ across })),
      guessed: choice("Guess first", same([NOTHING, ...arms]), (arm) => this.change(this.hide(arm === NOTHING ? null : arm))),
    };
    const [reference, learner, ...rest] = Object.values(this.pickers).map(({ node }) => node);
    this.shower = button("Show the curve", "play", () => this.reveal());
    const reset = button("Reset", "reset", () => this.change(structuredClone(this.initial)));
    this.rows = arms.map((arm, index) => buildRow(arm, index, (isShown) => this.change(this.showing(arm, isShown))));
    this.legend.replaceChildren(...this.rows.map(({ node }) => node));
    this.asked.replaceChildren(reference, learner);
    this.controls.replaceChildren(...rest, reset);
  }
}

function fits({ results, target, shown, labels, reference, learner, guessed, guess }) {
  const arms = [...shown, reference, learner, guessed].filter(isThere);
  const isKnown = results.targets.includes(target) && results.labels.includes(labels);
  return isKnown && arms.every((arm) => results.arms.includes(arm)) && guess.length === results.labels.length;
}

function isThere(value) {
  return value !== null;
}

/** Whether the curve of an arm still is hidden. */
function isGuessing({ guessed, revealed }) {
  return guessed !== null && !revealed;
}

/** The arms whose curves are seen. */
function seen(state) {
  return state.shown.filter((arm) => !isGuessing(state) || arm !== state.guessed);
}

function here({ results, labels }) {
  return results.labels.indexOf(labels);
}

// --- keys ---

const WALK = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -Infinity, End: Infinity };
const LIFT = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.05, PageDown: -0.05 };

/** What a key changes, or null: the guess here, or the number of labels. */
export function moved({ key, ctrlKey, altKey, metaKey }, state) {
  if (ctrlKey || altKey || metaKey) return null;
  const { results: { labels }, guess } = state;
  const k = here(state);
  if (isGuessing(state) && key in LIFT) {
    const { low, high } = axesOf(state);
    const start = guess.slice(0, k + 1).findLast(isThere) ?? (low + high) / 2; // where the one before lies
    return guessing(state, k, start + LIFT[key]);
  }
  return key in WALK ? { labels: labels[Math.min(Math.max(k + WALK[key], 0), labels.length - 1)] } : null;
}

/** The guesses with another one in whole percent. */
function guessing({ guess }, k, accuracy) {
  const percents = Math.min(Math.max(Math.round(accuracy * 100), 0), 100);
  return { guess: guess.map((each, at) => (at === k ? percents / 100 : each)) };
}

// --- the chart ---

/**
 * The axes of a state, and on them the curves that are seen, as points { k, x, y, mean, sd }. Their ends
 * hold all targets and all arms, so that nothing jumps and a hidden curve is not given away.
 */
export function axesOf(state) {
  const { results, chance, across } = state;
  const accuracies = results.accuracy.flat(3).filter(isThere);
  const low = Math.floor(Math.min(...accuracies, chance ?? 1) * 10 + 1e-9) / 10;
  const high = Math.max(Math.ceil(Math.max(...accuracies) * 10 - 1e-9) / 10, low + 0.1);
  const seconds = results.seconds.flat(2).filter(isThere);
  const isTime = across === "seconds" && seconds.length > 0 && !isGuessing(state);
  const scale = isTime ? seconds : results.labels;
  const [least, most] = [Math.min(...scale) / 1.15, Math.max(...scale) * 1.15];
  const left = (value) => LEFT + (WIDE * Math.log(value / least)) / Math.log(most / least);
  const up = (accuracy) => TOP + (TALL * (high - accuracy)) / (high - low);
  const accuracyAt = (y) => high - ((high - low) * (y - TOP)) / TALL;
  const curve = (arm) => results.labels.flatMap((n, k) => {
    const [value, at] = [band(state, arm, k), isTime ? secondsOf(state, arm, k) : n];
    return value && at !== null ? [{ k, x: left(at), y: up(value.mean), ...value }] : [];
  });
  const curves = new Map(seen(state).map((arm) => [arm, curve(arm)]));
  const ticks = isTime ? timesWithin(least, most) : results.labels;
  return { low, high, left, up, accuracyAt, isTime, ticks, curves };
}

/** Round numbers of seconds, at most seven of them. */
export function timesWithin(least, most) {
  const all = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5].flatMap((n) => [1, 2, 5].map((digit) => Number(`${digit}e${n}`)));
  const within = all.filter((tick) => tick >= least && tick <= most);
  return within.length <= 7 ? within : within.filter((tick) => Number.isInteger(Math.log10(tick)));
}

function buildChart(onPress, onPoint) {
  const picture = s("svg", { class: "labels-picture", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const attributes = { tabindex: "0", role: "slider", "aria-label": "Number of labels" };
  const handle = h("div", { class: "labels-handle", onkeydown: onPress, ...attributes });
  const node = h("div", { class: "labels-chart" }, picture, handle);
  const heard = (event) => {
    if (event.buttons !== 1) return;
    const { left, top, width } = picture.getBoundingClientRect();
    onPoint([event.clientX - left, event.clientY - top].map((pixels) => (pixels * WIDTH) / width));
    handle.focus({ focusVisible: false });
    event.preventDefault();
  };
  node.addEventListener("pointerdown", (event) => node.setPointerCapture(event.pointerId));
  for (const kind of ["pointerdown", "pointermove"]) node.addEventListener(kind, heard);
  return { node, picture, handle };
}

function paintChart({ node, picture, handle }, state) {
  const { results, labels, reference, guess } = state;
  const [axes, k] = [axesOf(state), here(state)];
  const guesses = guess.map((each, at) => (each === null || axes.isTime ? null : [axes.left(results.labels[at]), axes.up(each)]));
  picture.replaceChildren(
    ...drawAxes(state, axes),
    ...[...axes.curves].map(([arm, points]) => drawArm(results.arms.indexOf(arm), points, axes)),
    path("guess", trace(guesses.filter(isThere))),
    ...guesses.filter(isThere).map(([cx, cy]) => s("circle", { class: "labels-guess", cx, cy, r: 5 })),
    ...drawNeeded(state, axes),
    ...[...axes.curves.values()].flat().filter((point) => axes.isTime && point.k === k)
      .map(({ x, y }) => s("circle", { class: "labels-ring", cx: x, cy: y, r: 8 })),
  );
  picture.setAttribute("aria-label", describe(state, axes));
  const at = axes.isTime ? secondsOf(state, reference, k) ?? axes.ticks[0] : labels;
  handle.style.setProperty("--at", `${(100 * axes.left(at)) / WIDTH}%`);
  const own = guess[k] === null ? ", no guess yet" : `, your guess ${percent(guess[k], 0)}`;
  const value = { max: results.labels.length - 1, now: k, text: several(labels) + (isGuessing(state) ? own : "") };
  for (const [name, each] of Object.entries(value)) handle.setAttribute(`aria-value${name}`, each);
  node.classList.toggle("labels-guessing", isGuessing(state));
}

function drawAxes({ measure, chance }, { low, high, left, up, ticks, isTime }) {
  const across = (level) => `M${LEFT} ${round(up(level))}h${WIDE}`;
  const levels = Array.from({ length: Math.round((high - low) * 10) + 1 }, (_, n) => low + n / 10);
  return [
    path("rule", levels.map(across).join("")),
    path("chance", chance === null ? "" : across(chance)),
    ...levels.map((level) => write(percent(level, 0), LEFT - 6, up(level) + 5, "end")),
    ...ticks.map((each) => write(String(each), left(each), FOOT + 17)),
    write(measure, 0, 13, "start"),
    write(AXES[isTime ? "seconds" : "labels"], LEFT + WIDE, FOOT + 34, "end"),
  ];
}

/** The band of an arm, its mean, and a mark for each number of labels that was measured. */
function drawArm(index, points, { up, low, high }) {
  const edge = (sign) => points.map(({ x, mean: middle, sd }) => [x, up(Math.min(Math.max(middle + sign * sd, low), high))]);
  const area = path("band", trace([...edge(1), ...edge(-1).reverse()]));
  return s("g", { style: inked(index) }, area, drawLine(index, points.map(({ x, y }) => [x, y])));
}

function inked(index) {
  return `--ink: var(--fig-${INKS[index % 4]})`;
}

/** The fifth to eighth arm have the colours of the first four, and other dashes. */
function dashed(index) {
  return { "stroke-dasharray": DASHES[(index + (index > 3 ? 2 : 0)) % 4] };
}

function drawLine(index, points) {
  const place = ([x, y]) => `translate(${round(x)} ${round(y)}) scale(4.5)`;
  const marks = points.map((point) => s("path", { class: "labels-mark", d: `M0 0${MARKS[index]}`, transform: place(point) }));
  return [path("line", trace(points), dashed(index)), ...marks];
}

/** From the point of one arm to where the other's curve has the same height, and down to the axis. */
function drawNeeded(state, { curves, left, up, isTime }) {
  const found = asked(state);
  const from = found && curves.get(state.reference).find(({ k }) => k === here(state));
  if (!from || (isTime && found.labels !== null && found.seconds === null)) return [];
  const [to, y, end] = [isTime ? found.seconds : found.labels, round(up(found.level)), LEFT + WIDE];
  if (to === null) return [path("needed", `M${round(from.x)} ${y}H${end}m-6-4l6 4l-6 4`)];
  const [x, words] = [round(left(to)), isTime ? time(to) : `≈\u00a0${whole(to)}`];
  const number = x > end - 40 ? write(words, x - 5, FOOT - 6, "end") : write(words, x + 5, FOOT - 6, "start");
  number.classList.add("labels-number");
  return [path("needed", `M${round(from.x)} ${y}H${x}V${FOOT}`), number];
}

function path(name, d, more = {}) {
  return s("path", { class: `labels-${name}`, d, ...more });
}

function write(words, x, y, anchor = "middle") {
  return s("text", { class: "labels-tick", x: round(x), y: round(y), "text-anchor": anchor }, words);
}

function trace(points) {
  return points.length ? `M${points.map((point) => point.map(round).join(" ")).join("L")}` : "";
}

function round(number) {
  return Math.round(number * 10) / 10;
}

// --- the legend: a switch for each arm, and what it has here ---

function buildRow(arm, index, onToggle) {
  const box = h("input", { type: "checkbox", onchange: () => onToggle(box.checked) });
  const sample = s("svg", { style: inked(index), viewBox: "0 0 34 16", "aria-hidden": "true" });
  sample.append(...drawLine(index, [[17, 8]]), path("line", "M0 8h34", dashed(index)));
  const value = h("span");
  return { node: h("label", { class: "labels-row" }, box, sample, h("span", {}, arm), value), arm, box, value };
}

function paintRow({ arm, box, value }, state) {
  const measured = band(state, arm, here(state));
  box.checked = state.shown.includes(arm);
  value.textContent = isGuessing(state) && arm === state.guessed ? "?" : measured ? percent(measured.mean) : "–";
}

// --- what is said ---

/** Who is ahead here and by how much, then what the read-out asks; or what was guessed. */
export function sentence(state) {
  if (isGuessing(state)) return question(state);
  const answered = state.guessed === null ? [] : verdict(state);
  return [...answered, ...ahead(state), ...(answered.length > 0 ? [] : saved(state))];
}

function question(state) {
  const own = state.guess[here(state)];
  const rest = own === null
    ? "Set your guess by the keys up and down, or point into the chart."
    : `Your guess: ${percent(own, 0)}. Guess with other numbers of labels, too, then show the curve.`;
  return [["", "How good is "], named(state, state.guessed), ["", ` with ${several(state.labels)}? ${rest}`]];
}

/** The guess beside what was measured, here and all together. */
function verdict(state) {
  const all = compared(state);
  const own = all.find(([k]) => k === here(state));
  const off = points(mean(all.map(([, guess, middle]) => Math.abs(guess - middle))));
  const spoken = own ? `you guessed ${percent(own[1], 0)}, measured were ${percent(own[2])} ± ${points(own[3])}.` : "no guess.";
  const total = all.length > 1 ? ` Your ${all.length} guesses are ${off} points off on average.` : "";
  return [named(state, state.guessed), ["", ` with ${several(state.labels)}: ${spoken}${total} `]];
}

function ahead(state) {
  const k = here(state);
  const { first, others } = lead(state, state.shown, k);
  const start = `ith ${several(state.labels)}`;
  if (first === null) return [["", `W${start} no arm that is shown was measured. `]];
  const best = band(state, first, k);
  const open = others.filter(([, { isOpen }]) => isOpen);
  const [next, over] = open[0] ?? others[0] ?? [];
  if (!over) return [["", `W${start} `], named(state, first), ["", ` has ${percent(best.mean)} ± ${points(best.sd)}. `]];
  const interval = over.low === null
    ? "; too few draws for an interval"
    : ` (95\u00a0% interval ${points(over.low)} to ${points(over.high)})`;
  const [verb, by] = open.length > 0 ? ["has", "more than"] : ["is ahead:", "above"];
  return [
    ["", open.length > 0 ? `Undecided w${start}: ` : `W${start} `], named(state, first),
    ["", ` ${verb} ${percent(best.mean)}, ${points(over.mean)} points ${by} `], named(state, next), ["", interval],
    ...open.slice(1).flatMap(([arm], n) => [["", n > 0 ? " and " : "; likewise against "], named(state, arm)]), ["", ". "],
  ];
}

/** How many labels the learner needs for what the reference has here. */
function saved(state) {
  const found = asked(state);
  if (!found) return [];
  const { results, reference, learner, labels } = state;
  const [least, most] = [results.labels[0], results.labels.at(-1)];
  const factor = found.labels / labels;
  const ratio = factor >= 1.05 || factor < 0.95 ? `, ${Number(factor.toPrecision(2))} times as many` : "";
  const words = found.labels === null ? `does not get there with ${most}\u00a0labels`
    : found.labels <= least ? `needs ${least}\u00a0labels or fewer`
    : `needs about ${whole(found.labels)}\u00a0labels${ratio}`;
  const spent = secondsOf(state, reference, here(state));
  const isTimed = axesOf(state).isTime && found.seconds !== null && spent !== null;
  const times = isTimed ? `, and ${time(found.seconds)} of training in place of ${time(spent)}` : "";
  return [
    ["", "To match "], named(state, reference), ["", " here, "], named(state, learner),
    ["", ` ${words}${spread(found.byDraw, least, most)}${times}.`],
  ];
}

/** What the read-out has to say: null where an arm is not seen, or compared with itself. */
function asked(state) {
  const { reference, learner } = state;
  const isSeen = [reference, learner].every((arm) => seen(state).includes(arm));
  return isSeen && reference !== learner ? needed(state, here(state)) : null;
}

/** The same draw by draw, from the fewest labels to the most. */
function spread(byDraw, least, most) {
  const order = byDraw.map((each) => each ?? Infinity).sort((a, b) => a - b);
  const say = (each) => (each <= least ? `≤\u00a0${least}` : each === Infinity ? `>\u00a0${most}` : whole(each));
  const [first, last] = [say(order[0]), say(order.at(-1))];
  return first === last ? ` (${first} on every draw)` : ` (draw by draw ${first} to ${last})`;
}

/** What is heard by a reader who cannot see the picture; the legend and the sentence give numbers. */
export function describe(state, { isTime, curves }) {
  const hidden = isGuessing(state) ? `; the curve of ${state.guessed} is hidden` : "";
  const against = `${state.measure} against ${AXES[isTime ? "seconds" : "labels"]}`;
  return `${against}, target ${state.target}, with bands: ${[...curves.keys()].join("; ") || "no curve"}${hidden}`;
}

function named({ results }, arm) {
  return [INKS[results.arms.indexOf(arm) % 4], arm];
}

function several(n) {
  return `${n}\u00a0label${n === 1 ? "" : "s"}`;
}

function percent(share, digits = 1) {
  return `${(100 * share).toFixed(digits)}\u00a0%`;
}

/** A difference in points of percentage. */
function points(share) {
  return (100 * share).toFixed(1).replace("-0.0", "0.0").replace("-", "−");
}

/** A number of labels between measured ones: two digits. */
function whole(labels) {
  return String(Math.round(labels.toPrecision(2)));
}

function time(seconds) {
  return `${Number(seconds.toPrecision(2))}\u00a0s`;
}

export default figure("label-chart", FIELDS, (...home) => new LabelChart(...home));
