// The digit pad: draw a digit, and see every map of a trained LeNet-5 on the way to ten bars.

import { canvasOf, frame, overlay, placed, put } from "./canvas.js";
import { digits } from "./digits.js";
import { button, choice, decimal, figure, h, precise, s, View } from "./figure.js";
import { target } from "./grid.js";
import { isBlank, normalised, stroked } from "./handwriting.js";
import { explained, field, forward, LEVELS, SIZE, stretches } from "./lenet.js";
import { coloured, GREY, stopsOf } from "./shades.js";

const FIELDS = ["pixels", "normalise", "unit"];
const KEYS =
  "On the pad, arrow keys move the pen, Space puts it down or lifts it, Delete clears. On the maps, " +
  "they lead from number to number.";
const NOTE = "The percentages add up to 100 whatever you draw.";
const EDGE = "The border shines, as it is an edge: the ground is −1, the padding around it 0.";

const GAP = "\u00a0"; // a space at which no line breaks
const RADIUS = 1.6; // of the pen, in pixels: ink over length is 3.2, and 3.25 in the median of 300 MNIST digits
const FIRST = 3; // the test digit that the figure starts with
const LARGEST = 3; // terms of a sum that are written out
const OUTPUT = LEVELS.length - 1;
// How many maps of a layer stand side by side; those of one number each without a gap between them.
const SIDE_BY_SIDE = { C1: 2, S2: 2, C3: 4, S4: 4, F5: 10, F6: 7 };
const DRAWN = LEVELS.map((_, level) => level).slice(1, OUTPUT);

class Pad extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.pen = { place: [SIZE / 2, SIZE / 2], isDown: false };
    this.loaded = null; // the test digit that was loaded last
    this.pad = buildPad(this);
    this.sight = buildSight();
    this.bars = buildBars((map) => this.choose({ level: OUTPUT, map, place: [0, 0] }));
    this.layers = DRAWN.map((level) => buildLayer(level, (unit) => this.choose(unit)));
    this.sum = h("div", { class: "digit-sum" });
    this.controls = this.buildControls();
    const top = h("div", { class: "digit-top" }, this.pad.node, this.sight.node, this.bars.node);
    const flow = h("div", { class: "digit-flow" }, this.layers.map(({ node }) => node));
    const board = h("div", { class: "digit-board" }, top, flow);
    this.note = h("div", { class: "digit-note" });
    const said = h("div", { class: "digit-said" }, this.speech.node, this.sum, this.note);
    this.show(element, "Digit pad", [board, said, this.controls.node], KEYS);
    this.say();
  }

  /** Take a change from outside or from the reader, and say what it changed. */
  update(patch) {
    const before = this.computed;
    const unit = String(this.state.unit);
    super.update(patch);
    if (this.computed !== before) this.say();
    else if (String(this.state.unit) !== unit) this.speech.say(dependence(this.unit, this.result.maps));
  }

  // --- what the reader does ---

  /** Add a stroke; Python hears of it in `finish`, when it is done. */
  draw(from, to) {
    this.update({ pixels: rowsOf(stroked(this.state.pixels.flat(), from, to, RADIUS)) });
  }

  finish() {
    this.onChange({ pixels: this.state.pixels });
  }

  clear() {
    this.change({ pixels: rowsOf(Array(SIZE * SIZE).fill(0)) });
  }

  /** The next test digit, or the next of the class that is chosen. */
  load() {
    const wanted = this.controls.select.value;
    const every = digits();
    const after = every.map((_, n) => (n + 1 + (this.loaded?.index ?? FIRST)) % every.length);
    const index = after.find((n) => wanted === "" || every[n].label === Number(wanted));
    const pixels = rowsOf(every[index].pixels);
    this.loaded = { index, label: every[index].label, pixels };
    this.change({ pixels });
  }

  choose({ level, map, place }) {
    this.change({ unit: [LEVELS[level].name, map, ...place] });
    this.speech.say(dependence(this.unit, this.result.maps));
  }

  /** Move the pen by a key; where it is down, it draws. */
  move(place) {
    const from = this.pen.place;
    this.pen.place = place;
    if (this.pen.isDown) {
      this.draw(from, place);
      this.finish();
    }
    this.pad.paint(this.pen);
    if (this.pen.isDown) this.say(penRuns(this.pen));
    else this.speech.say(penRuns(this.pen)); // nothing else has changed
  }

  /** Put the pen down, which makes a dot, or lift it. */
  toggle() {
    this.pen.isDown = !this.pen.isDown;
    this.move(this.pen.place);
    this.say(penRuns(this.pen));
  }

  say(before = []) {
    const { pixels } = this.state;
    const label = this.loaded?.pixels === pixels ? this.loaded.label : null;
    this.speech.say([...before, ...reading(pixels.flat(), this.result.probabilities, label)]);
  }

  // --- drawing ---

  get unit() {
    const [name, map, ...place] = this.state.unit;
    return { level: LEVELS.findIndex((level) => level.name === name), map, place };
  }

  paint() {
    const { pixels, normalise } = this.state;
    if (this.computed?.pixels !== pixels || this.computed.normalise !== normalise) this.compute();
    this.pad.paint(this.pen);
    this.sight.paint(field(this.unit));
    this.layers.forEach((layer) => layer.paint(this.unit));
    this.bars.paint(this.result.probabilities, this.unit);
    this.sum.replaceChildren(...sumOf(this.unit, this.result.maps));
    this.note.textContent = isBlank(pixels.flat()) ? EDGE : NOTE;
    this.controls.box.checked = normalise;
  }

  /** Run the network on what is drawn, and colour the maps. */
  compute() {
    const { pixels, normalise } = this.state;
    this.computed = { pixels, normalise };
    const seen = normalise ? normalised(pixels.flat()) : pixels.flat();
    this.result = forward(seen);
    fill(this.pad.canvas, pixels.flat(), 255, GREY);
    fill(this.sight.canvas, seen, 255, GREY);
    this.stops ??= stopsOf(this.root); // once, as the browser works out the styles of a whole page for it
    this.layers.forEach((layer) => layer.fill(this.result.maps, this.stops));
  }

  buildControls() {
    const classes = Array.from({ length: 10 }, (_, label) => [label, label]);
    const picker = choice("Class", [["", "any"], ...classes], (label) => label !== "" && this.load());
    const box = h("input", { type: "checkbox", class: "digit-box", onchange: () => this.change({ normalise: box.checked }) });
    const label = h("label", { class: "digit-switch" }, box, h("span", {}, "Centre and resize as MNIST"));
    const loading = button("Load a test digit", "step", () => this.load());
    const clearing = button("Clear", "clear", () => this.clear());
    const node = h("div", { class: "fig-controls" }, loading, picker.node, clearing, label);
    return { node, select: picker.select, box };
  }
}

/** Numbers of an image as the state has them, row by row. */
function rowsOf(pixels) {
  return Array.from({ length: SIZE }, (_, row) => pixels.slice(row * SIZE, (row + 1) * SIZE));
}

// --- parts ---

function fill(canvas, values, most, stops) {
  put(canvas, coloured(values, most, stops), [canvas.height, canvas.width]);
}

function panel(role, title, ...parts) {
  const heading = h("div", { class: "fig-title" }, title);
  return h("div", { class: `digit-panel fig-panel-${role}` }, heading, parts);
}

/** The pad, which hears pen, finger and keys. */
function buildPad(figure) {
  const canvas = canvasOf([SIZE, SIZE], {
    tabindex: 0,
    role: "application",
    "aria-roledescription": "drawing pad",
    "aria-label": "Drawing pad of 28×28 pixels: arrow keys move the pen, Space puts it down or lifts it",
  });
  const marks = overlay([SIZE, SIZE]);
  let last = null;
  const pointOf = ({ clientX, clientY }) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((clientY - top) / height) * SIZE - 0.5, ((clientX - left) / width) * SIZE - 0.5];
  };
  const follow = (event) => {
    if (last === null) return;
    const points = (event.getCoalescedEvents?.() ?? []).map(pointOf);
    for (const point of points.length > 0 ? points : [pointOf(event)]) {
      figure.draw(last, point);
      last = point;
    }
  };
  const lift = () => {
    if (last !== null) figure.finish();
    last = null;
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    last = pointOf(event);
    figure.draw(last, last);
  });
  canvas.addEventListener("pointermove", follow);
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, lift);
  canvas.addEventListener("keydown", (event) => {
    const place = target(event, figure.pen.place, [SIZE, SIZE]);
    if (place !== null) figure.move(place);
    else if (event.key === " " || event.key === "Enter") figure.toggle();
    else if (event.key === "Delete" || event.key === "Backspace") figure.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const paint = ({ place: [row, column], isDown }) => {
    marks.replaceChildren(frame(`digit-pen${isDown ? " digit-pen-down" : ""}`, [[row, row], [column, column]]));
  };
  return { canvas, paint, node: panel("input", "Draw here", h("div", { class: "digit-stage digit-pad" }, canvas, marks)) };
}

/** What the network sees of the drawing, with the field of the chosen unit. */
function buildSight() {
  const canvas = canvasOf([SIZE, SIZE], { role: "img" });
  const marks = overlay([SIZE, SIZE]);
  const paint = (stretch) => {
    const [[top, bottom], [left, right]] = stretch;
    canvas.setAttribute("aria-label", `What the network sees. Framed: ${placed(stretch)}`);
    // All but the field lies in the shade.
    const around = `M0 0H${SIZE}V${SIZE}H0ZM${left} ${top}V${bottom + 1}H${right + 1}V${top}Z`;
    marks.replaceChildren(s("path", { class: "digit-shade", d: around }), frame("digit-field", stretch));
  };
  const stage = h("div", { class: "digit-stage digit-sight" }, canvas, marks);
  const node = panel("input", "The network sees", stage);
  node.classList.add("digit-sees");
  return { canvas, paint, node };
}

/** How the maps of a layer stand side by side: the places of their numbers on the canvas. */
export function tiling(level) {
  const { name, shape: [maps, rows, columns] } = LEVELS[level];
  const across = SIDE_BY_SIDE[name];
  const down = Math.ceil(maps / across);
  const gap = rows > 1 ? 1 : 0;
  const size = [down * (rows + gap) - gap, across * (columns + gap) - gap];
  /** Row and column on the canvas. */
  const placeOf = ({ map, place: [row, column] }) =>
    [Math.floor(map / across) * (rows + gap) + row, (map % across) * (columns + gap) + column];
  /** The unit there, or the nearest one. */
  const unitAt = ([y, x]) => {
    const [i, j] = [Math.floor(y / (rows + gap)), Math.floor(x / (columns + gap))];
    const within = (n, count) => Math.min(Math.max(n, 0), count - 1);
    const [line, tile] = [within(i, down), within(j, across)];
    const place = [within(y - line * (rows + gap), rows), within(x - tile * (columns + gap), columns)];
    return { level, map: Math.min(line * across + tile, maps - 1), place };
  };
  /** Where a key leads from a unit: across the gaps as if there were none. */
  const moved = (event, { map, place: [row, column] }) => {
    const here = [Math.floor(map / across) * rows + row, (map % across) * columns + column];
    const next = target(event, here, [down * rows, across * columns]);
    if (next === null) return null;
    const [line, tile] = [Math.floor(next[0] / rows), Math.floor(next[1] / columns)];
    return { level, map: line * across + tile, place: [next[0] % rows, next[1] % columns] };
  };
  return { size, placeOf, unitAt, moved };
}

/** The maps of a layer; `onChoose(unit)` hears the reader. */
function buildLayer(level, onChoose) {
  const { name, shape: [maps, rows, columns] } = LEVELS[level];
  const { size, placeOf, unitAt, moved } = tiling(level);
  const canvas = canvasOf(size, { tabindex: 0, role: "application", "aria-roledescription": "maps" });
  const marks = overlay(size);
  let here = { level, map: 0, place: [0, 0] };
  const point = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const y = Math.floor(((event.clientY - top) / height) * size[0]);
    onChoose(unitAt([y, Math.floor(((event.clientX - left) / width) * size[1])]));
  };
  canvas.addEventListener("click", point);
  // A mouse may be drawn across the maps; a finger scrolls the page.
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" && event.buttons === 1) point(event);
  });
  canvas.addEventListener("keydown", (event) => {
    const unit = event.key === "Enter" || event.key === " " ? here : moved(event, here);
    if (unit === null) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(unit);
  });
  const fillAll = (found, stops) => {
    const most = found[level].reduce((a, b) => Math.max(a, b), 0);
    const bytes = coloured(found[level], most, stops);
    for (let map = 0; map < maps; map += 1) {
      const own = bytes.subarray(4 * map * rows * columns, 4 * (map + 1) * rows * columns);
      const [y, x] = placeOf({ map, place: [0, 0] });
      put(canvas, own, [rows, columns], [y, x]);
    }
    scale.lastChild.textContent = `to ${decimal(Number(most.toPrecision(3)))}`;
    canvas.setAttribute("aria-label", `${name}, ${described(level)}; the largest is ${decimal(most)}. ` +
      "Arrow keys choose a number");
  };
  const paint = (unit) => {
    if (unit.level === level) here = unit;
    marks.replaceChildren(...marksOf(level, unit, placeOf));
  };
  const stage = h("div", { class: "digit-stage" }, canvas, marks);
  const scale = h("div", { class: "digit-scale" }, h("span", {}, "0 "), h("span"));
  const node = panel("output", name, stage, scale);
  node.dataset.layer = name;
  node.firstChild.append(h("span", { class: "digit-shape" }, ` ${rows > 1 ? `${maps}×${rows}×${columns}` : maps}`));
  return { canvas, fill: fillAll, paint, node };
}

/** The chosen unit, or the windows on this layer that it reads. */
function marksOf(level, unit, placeOf) {
  const at = (map, [[top, bottom], [left, right]]) => {
    const [y, x] = placeOf({ map, place: [top, left] });
    return [[y, y + bottom - top], [x, x + right - left]];
  };
  if (unit.level < level) return [];
  if (unit.level === level) {
    const around = at(unit.map, unit.place.map((n) => [n, n])).map(([from, to]) => [from - 0.4, to + 0.4]);
    return [frame("digit-chosen", around)];
  }
  const stretch = stretches(unit.level, unit.place)[level];
  if (stretch === undefined) return [frame("digit-read", tiling(level).size.map((size) => [0, size - 1]))];
  const isOwn = LEVELS[unit.level].kind === "pooling" && unit.level === level + 1;
  const every = Array.from({ length: LEVELS[level].shape[0] }, (_, map) => map);
  return (isOwn ? [unit.map] : every).map((map) => frame("digit-read", at(map, stretch)));
}

/** The ten classes; `onChoose(class)` hears the reader. */
function buildBars(onChoose) {
  const name = Math.random().toString(36).slice(2);
  const rows = Array.from({ length: 10 }, (_, label) => {
    const [bar, share] = [h("span", { class: "digit-bar" }), h("span", { class: "digit-share" })];
    const parts = [h("span", {}, label), h("span", { class: "digit-track" }, bar), share];
    const attributes = { class: "digit-class", role: "option", id: `fig-${name}-${label}` };
    return { node: h("div", { ...attributes, onclick: () => onChoose(label) }, parts), bar, share };
  });
  let here = 0;
  const list = h("div", {
    class: "digit-classes",
    role: "listbox",
    tabindex: 0,
    "aria-label": "Output: the ten classes. Arrow keys choose one",
    onkeydown: (event) => {
      const next = event.key === "Enter" || event.key === " " ? [here] : target(event, [here, 0], [10, 1]);
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      onChoose(next[0]);
    },
  }, rows.map(({ node }) => node));
  const paint = (probabilities, { level, map }) => {
    const best = probabilities.indexOf(Math.max(...probabilities));
    here = level === OUTPUT ? map : best;
    rows.forEach(({ node, bar, share }, label) => {
      const isChosen = level === OUTPUT && label === map;
      bar.style.setProperty("--share", probabilities[label]);
      share.textContent = percent(probabilities[label]);
      node.classList.toggle("digit-best", label === best);
      node.setAttribute("aria-selected", String(isChosen));
      node.setAttribute("aria-label", `${label}: ${percent(probabilities[label])}`);
    });
    if (level === OUTPUT) list.setAttribute("aria-activedescendant", rows[map].node.id);
    else list.removeAttribute("aria-activedescendant");
  };
  const node = panel("output", "The network reads", list);
  node.classList.add("digit-reads");
  return { paint, node };
}

// --- what is said ---

/** A probability as readers see it, without a 0 or a 100 that is none. */
export function percent(share) {
  const [sign, whole] = share < 0.005 ? ["<", 1] : share >= 0.995 ? [">", 99] : ["", Math.floor(100 * share + 0.5)];
  return `${sign}${sign && GAP}${whole}${GAP}%`;
}

/** What the network reads; `loaded` is the class of a test digit, or null. */
export function reading(pixels, probabilities, loaded = null) {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  const [first, second] = order.map((label) => `${label} (${percent(probabilities[label])})`);
  if (isBlank(pixels)) {
    return [["", "Nothing is drawn, yet the network reads "], ["output", first],
      ["", ". It has no class for nothing."]];
  }
  const before = loaded === null ? "The" : `A test digit, ${loaded === 8 ? "an" : "a"} ${loaded}: the`;
  const next = probabilities[order[1]] < 0.005 ? "" : `, then ${second}`;
  const after = loaded === null || loaded === order[0] ? "." : ". It is wrong.";
  return [["", `${before} network reads `], ["output", first], ["", `${next}${after}`]];
}

/** Where the pen stands, for whoever moves it by keys. */
function penRuns({ place: [row, column], isDown }) {
  return [["", `Pen ${isDown ? "down" : "up"} at row ${row + 1}, column ${column + 1}. `]];
}

function described(level) {
  const { shape: [maps, rows, columns] } = LEVELS[level];
  return rows > 1 ? `${maps} maps of ${rows}×${columns} numbers` : `${maps} numbers`;
}

/** A unit as readers name it, counted from 1: C3, map 6, row 5, column 5. */
export function named({ level, map, place: [row, column] }) {
  const { name, shape: [, rows] } = LEVELS[level];
  if (level === OUTPUT) return `the output for ${map}`;
  return rows > 1 ? `${name}, map ${map + 1}, row ${row + 1}, column ${column + 1}` : `${name}, number ${map + 1}`;
}

/** The chosen number, and on which part of the image it depends. */
export function dependence(unit, maps) {
  const { value } = explained(maps, unit);
  const stretch = field(unit);
  const isAll = stretch.every(([first, last]) => first === 0 && last === SIZE - 1);
  return [["output", `${capital(named(unit))} is ${decimal(value)}`], ["", "; it depends on "],
    ["input", isAll ? "the whole image" : `${placed(stretch)} of the image`], ["", "."]];
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** How a number came about, as runs: the largest terms of a long sum, and the others together. */
export function account(unit, maps) {
  const { terms, bias, sum, value } = explained(maps, unit);
  if (LEVELS[unit.level].kind === "pooling") {
    const values = terms.flatMap(({ value: each }, n) => [["", n > 0 ? ", " : ""], ["input", decimal(each)]]);
    return [["", "The largest of "], ...values, ["", " is "], ["output", decimal(sum)], ["", "."]];
  }
  const product = (term) => term.weight * term.value;
  const order = [...terms].sort((a, b) => Math.abs(product(b)) - Math.abs(product(a)));
  const [shown, others] = [order.slice(0, LARGEST), order.slice(LARGEST)];
  const rest = others.reduce((total, term) => total + product(term), 0);
  return [
    ...shown.flatMap((term, n) => [["", n > 0 ? " + " : ""], ["kernel", short(term.weight)], ["", "·"],
      ["input", short(term.value)]]),
    ["", ` + ${others.length} further terms, together ${precise(rest)}, + bias `], ["kernel", short(bias)],
    ["", " ≈ "], ["output", decimal(sum)], ["", rectified(unit, sum, value)],
  ];
}

/** A number in a long sum, with more digits than the sum, a negative one in brackets. */
function short(number) {
  return number < 0 ? `(${precise(number)})` : precise(number);
}

function rectified({ level }, sum, value) {
  if (level === OUTPUT) return ", the logit that the softmax takes.";
  return value === sum ? "; the ReLU keeps it." : "; the ReLU makes it 0.";
}

function sumOf(unit, maps) {
  const span = ([role, text]) => h("span", role ? { class: `fig-${role}` } : {}, text);
  return [h("b", {}, `${capital(named(unit))}: `), ...account(unit, maps).map(span)];
}

export default figure("digit-pad", FIELDS, (...home) => new Pad(...home));
