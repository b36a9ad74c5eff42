// The feature-map browser: two digits, every map of one layer of a trained LeNet-5 for both, and where
// one map responds.

import { canvasOf, frame, overlay, placed, put } from "./canvas.js";
import { changed, CHANGES, MOST } from "./changed.js";
import { digits } from "./digits.js";
import { button, choice, decimal, figure, h, slider, View } from "./figure.js";
import { field, forward, LEVELS, SIZE } from "./lenet.js";
import { difference, differences, exciting, kernels, mapOf, mostApart, ordered, ORDERS, peak, scaleOf } from "./maps.js";
import { coloured, GREY, signedColours, stopsOf } from "./shades.js";

const FIELDS = ["amount", "change", "layer", "left", "map", "order", "right"];
const KEYS = "In the maps, arrow keys lead from one to the next, Home and End to the first and the last.";
const OUTPUT = LEVELS.length - 1;
const CLASSES = 10; // so many digits that are the first of their class, then as many that are hard
const SHOWN = 5; // digits that excite a map most
const SIDES = ["left", "right"];

class Browser extends View {
  constructor(element, state, onChange) {
    super(fitted(state), onChange);
    this.sides = SIDES.map(buildSide);
    this.detail = buildDetail();
    this.overview = buildOverview((map) => this.change({ map }));
    this.best = buildBest((left) => this.change({ left }));
    this.controls = this.buildControls();
    const inputs = h("div", { class: "maps-inputs" }, this.sides.map(({ node }) => node));
    const top = h("div", { class: "maps-top" }, inputs, this.detail.kernels.node, this.detail.node, this.best.node);
    const parts = [top, this.overview.node, this.speech.node, this.controls.node];
    this.show(element, "Feature-map browser", parts, KEYS);
    this.rank();
  }

  update(patch) {
    super.update(fitted({ ...this.state, ...patch }));
  }

  /** Run the network on the stored digits, one at a time, so that the page stays awake meanwhile. */
  rank() {
    const results = [];
    const next = () => {
      results.push(forward(digits()[results.length].pixels).maps);
      if (results.length < digits().length) return (this.timer = setTimeout(next));
      this.ranked = results;
      this.paintBest();
    };
    this.timer = setTimeout(next);
  }

  destroy() {
    clearTimeout(this.timer);
    super.destroy();
  }

  /** Show another layer, first the map of it on which the two digits differ most. */
  enter(layer) {
    const level = levelOf({ layer });
    const map = mostApart(...this.results.map(({ maps }) => maps[level]), level);
    this.change({ layer, map });
  }

  // --- drawing ---

  paint() {
    const seen = seenBy(this.state);
    const isSame = (pixels, n) => this.seen?.[n].every((each, m) => each === pixels[m]);
    this.results = seen.map((pixels, n) => (isSame(pixels, n) ? this.results[n] : forward(pixels)));
    this.seen = seen;
    const level = levelOf(this.state);
    const both = this.results.map(({ maps }) => maps[level]);
    this.sides.forEach((side, n) => side.paint(seen[n], this.results[n], peak(both[n], level, this.state.map), n, this.state));
    this.overview.paint(this.state, both);
    this.detail.paint(this.state, both);
    this.paintBest();
    this.controls.paint(this.state);
    this.speech.say(sentence(this.state, both));
  }

  paintBest() {
    const level = levelOf(this.state);
    const order = this.ranked && exciting(this.ranked.map((maps) => maps[level]), level, this.state.map);
    this.best.paint(this.state, order ?? []);
  }

  buildControls() {
    const names = digits().map((_, n) => [n, digitName(n)]);
    const set = (name, read = String) => (value) => this.change({ [name]: read(value) });
    const left = choice("Left", names, set("left", Number));
    const right = choice("Right", names, set("right", Number));
    for (const { select } of [left, right]) group(select);
    const kinds = Object.entries(CHANGES).map(([kind, { name }]) => [kind, name]);
    const change = choice("Right is", kinds, set("change"));
    const amount = slider("By how much", [0, MOST], 1, set("amount", Number));
    const said = h("span", { class: "maps-amount" });
    const layer = choice("Layer", LEVELS.slice(1).map(({ name }) => [name, name]), (name) => this.enter(name));
    const order = choice("Sort by", Object.keys(ORDERS).map((name) => [name, name]), set("order"));
    const reset = button("Reset", "reset", () => this.change({ ...this.initial }));
    const row = (...nodes) => h("div", { class: "maps-row" }, nodes);
    const node = h("div", { class: "fig-controls maps-controls" },
      row(left.node, right.node, reset), row(change.node, amount.node, said), row(layer.node, order.node));
    const paint = (state) => {
      for (const [name, { select }] of Object.entries({ left, right, change, layer, order })) {
        select.value = state[name];
      }
      const text = amountName(state);
      amount.paint(state.amount, text);
      amount.node.setAttribute("aria-label", CHANGES[state.change].by);
      said.textContent = text;
    };
    return { node, paint };
  }
}

/** Digits in two groups: the first of each class, and the hard ones. */
function group(select) {
  const options = [...select.children];
  const [first, hard] = [options.slice(0, CLASSES), options.slice(CLASSES)];
  select.append(
    h("optgroup", { label: "First test digit of each class" }, first),
    h("optgroup", { label: "Hard: the network reads these worst" }, hard),
  );
}

// --- the state ---

function levelOf({ layer }) {
  return LEVELS.findIndex(({ name }) => name === layer);
}

/** The state with a map that the layer has. */
function fitted(state) {
  const [maps] = LEVELS[levelOf(state)].shape;
  return { ...state, map: Math.min(state.map, maps - 1) };
}

/** Both images, 784 numbers each: the right one after its change. */
export function seenBy({ left, right, change, amount }) {
  return [digits()[left].pixels, changed(digits()[right].pixels, change, amount)];
}

// --- canvases ---

/** The colours of numbers that share a scale: from 0 to its end, or around 0 where some are negative. */
function colours(node, level) {
  const isSigned = level === OUTPUT;
  const stops = stopsOf(node, isSigned ? "signed" : "values");
  return (values, most) => (isSigned ? signedColours : coloured)(values, most, stops);
}

/** A bar with the colours of a scale from end to end. */
function shade(bar, scale) {
  const stops = stopsOf(bar, scale).map((stop) => `rgb(${stop})`);
  bar.style.background = `linear-gradient(to right, ${stops})`;
}

/** A canvas in its frame, with a title above and words below. */
function stage(role, title) {
  const [heading, home, words] = [h("div", { class: "fig-title" }), h("div", { class: "maps-stage" }), h("div", { class: "maps-words" })];
  heading.textContent = title;
  return { node: h("div", { class: `maps-panel fig-panel-${role}` }, heading, home, words), heading, home, words };
}

// --- the two digits ---

/** One of the digits, framed where the chosen map responds most. */
function buildSide() {
  const { node, heading, home, words } = stage("input", "");
  const canvas = canvasOf([SIZE, SIZE], { role: "img" });
  const paint = (pixels, { probabilities }, { value, unit }, n, state) => {
    put(canvas, coloured(pixels, 255, GREY), [SIZE, SIZE]);
    const isSilent = value <= 0 && levelOf(state) !== OUTPUT;
    const stretch = field(unit);
    home.replaceChildren(canvas, ...(isSilent ? [] : [overlay([SIZE, SIZE], frame("maps-field", stretch))]));
    heading.textContent = `${capital(SIDES[n])} ${digits()[state[SIDES[n]]].label}`;
    const best = probabilities.indexOf(Math.max(...probabilities));
    words.textContent = `read: ${best}, ${percent(probabilities[best]).replaceAll(" ", "\u00a0")}`;
    const seen = isSilent ? "" : ` Framed: ${placed(stretch)}, on which the largest response depends.`;
    canvas.setAttribute("aria-label", `${imageName(n, state)}.${seen}`);
  };
  return { node, paint };
}

// --- all maps of the layer ---

/** A list of the maps, each of both images side by side; `onPick(map)` hears the reader. */
function buildOverview(onPick) {
  const name = Math.random().toString(36).slice(2);
  const title = h("div", { class: "fig-title" });
  const [low, high] = [h("span", {}), h("span", {})];
  const bar = h("span", { class: "maps-scale" });
  const apart = h("span", { class: "maps-apart", style: "--apart: 1" });
  const items = [[low, bar, high], [apart, "differ: Σ|left − right| / Σ(|left| + |right|)"]];
  const legend = h("div", { class: "maps-legend" }, items.map((parts) => h("span", {}, ...parts)));
  const list = h("div", { class: "maps-list", role: "listbox", tabindex: 0 });
  const head = h("div", { class: "maps-head" }, title, legend);
  const node = h("div", { class: "maps-overview fig-panel-output" }, head, list);
  let [options, order, drawn] = [[], [], null];
  const pick = (map) => {
    onPick(map);
    list.focus();
  };
  list.addEventListener("click", (event) => {
    const option = event.target.closest(".maps-option");
    if (option) pick(Number(option.dataset.map));
  });
  list.addEventListener("keydown", (event) => {
    const chosen = order.findIndex((map) => options[map].node.getAttribute("aria-selected") === "true");
    const next = target(event, chosen, order.length, columnsOf(order.map((map) => options[map].node)));
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    pick(order[next]);
  });
  const paint = (state, both) => {
    const level = levelOf(state);
    const [count, rows, columns] = LEVELS[level].shape;
    if (drawn !== level) options = Array.from({ length: count }, (_, map) => buildOption(level, map, `fig-${name}-${map}`));
    drawn = level;
    order = ordered(...both, level, state.order);
    const nodes = order.map((map) => options[map].node);
    if (nodes.some((each, n) => list.children[n] !== each) || list.children.length !== count) list.replaceChildren(...nodes);
    list.dataset.layer = state.layer;
    list.setAttribute("aria-label", `Maps of ${layerName(level)}: arrow keys choose one`);
    list.setAttribute("aria-activedescendant", options[state.map].node.id);
    const most = scaleOf(...both);
    const paints = colours(list, level);
    const shares = differences(...both, level);
    options.forEach((option, map) => option.paint(both, most, paints, shares[map], map === state.map));
    const kind = rows > 1 ? `maps of ${rows}×${columns}` : "numbers";
    title.textContent = `${capital(state.layer)}: ${count} ${kind}, left | right`;
    [low.textContent, high.textContent] = [level === OUTPUT ? decimal(-most) : "0", decimal(most)];
    shade(bar, level === OUTPUT ? "signed" : "values");
  };
  return { node, paint };
}

/** One map of both images, above a bar as long as they differ. */
function buildOption(level, map, id) {
  const [, rows, columns] = LEVELS[level].shape;
  const gap = rows > 1 ? 1 : 0;
  const canvas = canvasOf([rows, 2 * columns + gap], { "aria-hidden": "true" });
  const number = h("span", { class: "maps-number" }, shortName(level, map));
  const bar = h("span", { class: "maps-apart" });
  const attributes = { class: "maps-option", role: "option", id, "data-map": map };
  const node = h("div", attributes, canvas, h("span", { class: "maps-foot", "aria-hidden": "true" }, number, bar));
  const paint = (both, most, paints, apart, isChosen) => {
    both.forEach((values, n) =>
      put(canvas, paints(mapOf(values, level, map), most), [rows, columns], [0, n * (columns + gap)]),
    );
    bar.style.setProperty("--apart", apart);
    const largest = both.map((values) => decimal(peak(values, level, map).value));
    node.setAttribute("aria-label", `${mapName(level, map)}: largest ${largest.join(" and ")}, they differ by ${percent(apart)}`);
    node.setAttribute("aria-selected", String(isChosen));
  };
  return { node, paint };
}

/** How many options stand in the first row. */
function columnsOf(nodes) {
  const count = nodes.findIndex((node) => node.offsetTop > nodes[0].offsetTop);
  return count < 0 ? nodes.length : count;
}

/** Where a key leads in a list of so many that stands in rows, or null when it does not move. */
export function target({ key, altKey, ctrlKey, metaKey }, here, count, columns) {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  if (altKey || ctrlKey || metaKey) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (!(key in steps)) return null;
  const next = here + steps[key];
  return next >= 0 && next < count ? next : here;
}

// --- the chosen map: its weights, its responses to both images, and what excites it ---

function buildDetail() {
  const weights = stage("kernel", "");
  weights.node.classList.add("maps-kernels");
  const panels = [stage("output", "Left"), stage("output", "Right"), stage("difference", "Right − left")];
  const scale = buildScale(panels[2]);
  const node = h("div", { class: "maps-detail" }, panels.map((each) => each.node));
  let drawn = null;
  let canvases = [];
  const paint = (state, both) => {
    const level = levelOf(state);
    const [, rows, columns] = LEVELS[level].shape;
    if (drawn !== level) canvases = panels.map(() => canvasOf([rows, columns], { role: "img" }));
    drawn = level;
    const name = mapName(level, state.map);
    const most = scaleOf(...both);
    both.forEach((values, n) => {
      const { value, unit: { place } } = peak(values, level, state.map);
      put(canvases[n], colours(node, level)(mapOf(values, level, state.map), most), [rows, columns]);
      const room = rows > 14 ? 1 : 0; // a ring around a single number of a large map would be too small
      const ring = frame("maps-peak", place.map((at) => [at - room, at + room]));
      panels[n].home.replaceChildren(canvases[n], ...(rows > 1 && value > 0 ? [overlay([rows, columns], ring)] : []));
      panels[n].words.textContent = decimal(value);
      canvases[n].setAttribute("aria-label", `${capital(SIDES[n])}, ${name}: ${largest(value, place, level)}`);
    });
    const apart = both[1].map((value, n) => value - both[0][n]);
    const reach = apart.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const own = mapOf(apart, level, state.map);
    put(canvases[2], signedColours(own, reach, stopsOf(node, "signed")), [rows, columns]);
    panels[2].home.replaceChildren(canvases[2]);
    scale.paint(reach);
    const ends = [Math.min(...own), Math.max(...own)].map(decimal).join(" to ");
    canvases[2].setAttribute("aria-label", `${name}, right less left: ${ends}`);
    paintKernels(weights, level, state.map);
  };
  return { node, kernels: weights, paint };
}

/** Below the change: its colours and the numbers at their ends, which are equal in size. */
function buildScale({ words }) {
  const [low, high] = [h("span", {}), h("span", {})];
  const bar = h("div", { class: "maps-scale" });
  words.replaceWith(h("div", { class: "maps-ends" }, bar, low, high));
  const paint = (reach) => {
    shade(bar, "signed");
    [low.textContent, high.textContent] = [-reach, reach].map((end) => signedText(end));
  };
  return { paint };
}

/** All weights of a map in one canvas: kernels of several maps side by side. */
function paintKernels({ node, heading, home, words }, level, map) {
  const found = kernels(level, map);
  const below = LEVELS[level - 1].name;
  heading.textContent = found === null ? "No weights" : weightsName(level);
  if (found === null) {
    words.textContent = `the largest of each 2×2 of ${below}`;
    return home.replaceChildren();
  }
  const { shape: [count, rows, columns], weights } = found;
  const across = Math.ceil(Math.sqrt(count));
  const size = [Math.ceil(count / across) * (rows + 1) - 1, Math.min(across, count) * (columns + 1) - 1];
  const canvas = canvasOf(size, { role: "img" });
  canvas.style.setProperty("--pixel", `${Math.min(12, Math.floor(96 / size[1]))}px`);
  const most = weights.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const bytes = signedColours(weights, most, stopsOf(node, "signed"));
  const each = rows * columns;
  for (let n = 0; n < count; n += 1) {
    const corner = [Math.floor(n / across) * (rows + 1), (n % across) * (columns + 1)];
    put(canvas, bytes.subarray(4 * n * each, 4 * (n + 1) * each), [rows, columns], corner);
  }
  const ends = [Math.min(...weights), Math.max(...weights)].map(decimal).join(" to ");
  canvas.setAttribute("aria-label", `${count} × ${rows}×${columns} weights on ${below}: ${ends}`);
  words.textContent = ends;
  home.replaceChildren(canvas);
}

function weightsName(level) {
  const { kind } = LEVELS[level];
  if (kind === "convolution") return level === 1 ? "Kernel" : "Kernels";
  return "Weights";
}

/** The stored digits that excite the chosen map most; `onPick(digit)` hears which one is to be shown. */
function buildBest(onPick) {
  const title = h("div", { class: "fig-title" });
  const cards = Array.from({ length: SHOWN }, (_, rank) => {
    const canvas = canvasOf([SIZE, SIZE], { "aria-hidden": "true" });
    const value = h("span", {});
    const waiting = { "aria-disabled": "true", "aria-label": `Digit ${rank + 1}: being computed` };
    const node = h("button", { type: "button", class: "maps-card", ...waiting }, canvas, value);
    const paint = ([digit, response]) => {
      node.onclick = () => onPick(digit);
      put(canvas, coloured(digits()[digit].pixels, 255, GREY), [SIZE, SIZE]);
      value.textContent = decimal(response);
      node.removeAttribute("aria-disabled");
      node.setAttribute("aria-label", `${digitName(digit)}: ${decimal(response)}. Show it on the left`);
    };
    return { node, paint };
  });
  const list = h("div", { class: "maps-cards" }, cards.map(({ node }) => node));
  const paint = (state, order) => {
    title.textContent = `Of 20 test digits, these excite ${mapName(levelOf(state), state.map)} most`;
    order.slice(0, SHOWN).forEach((entry, n) => cards[n].paint(entry));
  };
  return { node: h("div", { class: "maps-best fig-panel-input" }, title, list), paint };
}

// --- what is said ---

function signedText(number) {
  return `${number > 0 ? "+" : ""}${decimal(number)}`;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** A share as readers see it, without a 0 or a 100 that is none. */
export function percent(share) {
  if (share > 0 && share < 0.005) return "< 1 %";
  return share < 1 && share >= 0.995 ? "> 99 %" : `${Math.round(100 * share)} %`;
}

/** The stored digits by class: the first of each, then the one that is hard to read. */
export function digitName(n) {
  return `${digits()[n].label}${n >= CLASSES ? " (hard)" : ""}`;
}

function amountName({ change, amount }) {
  return CHANGES[change].unit(amount);
}

function imageName(n, state) {
  const name = `${capital(SIDES[n])} digit: ${digitName(state[SIDES[n]])}`;
  if (n === 0 || state.amount === 0) return name;
  return `${name}, ${CHANGES[state.change].name}, ${amountName(state)}`;
}

function shortName(level, map) {
  return String(level === OUTPUT ? map : map + 1);
}

function mapName(level, map) {
  if (level === OUTPUT) return `the logit of ${map}`;
  return `${LEVELS[level].shape[1] > 1 ? "map" : "number"} ${map + 1}`;
}

function layerName(level) {
  return level === OUTPUT ? "the output" : LEVELS[level].name;
}

function largest(value, [row, column], level) {
  if (LEVELS[level].shape[1] === 1) return decimal(value);
  return value > 0 ? `${decimal(value)} at row ${row + 1}, column ${column + 1}` : "0 everywhere";
}

/** The chosen map's largest response to both images, where, and how much they differ. */
export function sentence(state, both) {
  const level = levelOf(state);
  const { map } = state;
  const said = both.map((values) => {
    const { value, unit: { place } } = peak(values, level, map);
    return largest(value, place, level);
  });
  const [own, all] = [both.map((values) => mapOf(values, level, map)), both]
    .map((pair) => percent(difference(...pair)));
  const isMap = LEVELS[level].shape[1] > 1;
  return [
    ["output", `${capital(mapName(level, map))}${level === OUTPUT ? "" : ` of ${layerName(level)}`}`],
    ["", `${isMap ? ", largest response" : ""}: left `],
    ["output", said[0]],
    ["", "; right "],
    ["output", said[1]],
    ["", `. ${isMap ? "The two maps" : "The two"} differ by ${own} of their sum, all of ${layerName(level)} by ${all}.`],
  ];
}

export default figure("feature-map-browser", FIELDS, (...home) => new Browser(...home));
