// The parameter explosion: what a dense layer and a convolution cost as the image grows.

import { button, choice, counter, figure, h, s, slider, View } from "./figure.js";
import { FILLING, grouped, laptops, memory, share, side, weights } from "./parameters.js";

const FIELDS = ["height", "width", "in_channels", "out_features", "kernel_size", "out_channels"];
const KEYS = "Arrow keys move a slider and change a number, Tab leads to the next.";

/** The numbers that the reader sets, each with its least and its most. */
export const LIMITS = {
  height: [8, 4000],
  width: [8, 4000],
  out_features: [1, 100000],
  kernel_size: [1, 11],
  out_channels: [1, 512],
};

/** Images on the slider, [height, width], and what some of them are known from. */
const IMAGES = [
  ...[8, 10, 12, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128, 160, 192, 224, 256, 320, 384, 448],
  ...[512, 640, 768, 1000, 1200, 1500, 2000, 2500, 3000],
].map((length) => [length, length]).concat([[3000, 4000], [4000, 4000]]);
const KNOWN = [
  { image: [28, 28], name: "MNIST", text: "as in MNIST", beside: "before" },
  { image: [32, 32], name: "CIFAR-10", text: "as in CIFAR-10", beside: "after" },
  { image: [224, 224], name: "ImageNet", text: "as for ImageNet", beside: "under" },
  { image: [3000, 4000], name: "12 megapixels", text: "12 megapixels", beside: "before" },
];

/** Numbers of units on the slider. */
const UNITS = [0, 1, 2, 3, 4].flatMap((n) => [1, 2, 5].map((d) => d * 10 ** n)).concat(100000);

// The axis in powers of ten; the frames in millimetres, each a hundredth of the next.
const DECADES = 18;
const FRAMES = [[1e1, "1 cm"], [1e3, "1 m"], [1e5, "100 m"], [1e7, "10 km"], [1e9, "1,000 km"]];
const HATCH = 6; // distance of slanting lines, in hundredths of a frame
/** Networks and a laptop to compare with: their weights, and the line in which their name stands. */
export const REFERENCES = [
  ["LeNet-5", 61_706n, 0],
  ["AlexNet", 61_100_840n, 0],
  ["laptop, 16 GB", FILLING, 1],
  ["GPT-3", 175_000_000_000n, 0],
];
const LAYERS = ["convolution", "units", "maps"];

class Explosion extends View {
  constructor(element, state, onChange) {
    super(state, onChange);
    this.rows = Object.fromEntries(LAYERS.map((layer) => [layer, buildRow(layer)]));
    this.scale = h("div", { class: "explosion-scale" });
    this.frames = FRAMES.map(buildFrame);
    this.picture = h("div", { class: "explosion-picture", role: "img" }, [
      ...LAYERS.map((layer) => this.rows[layer].node),
      buildAxis(),
      this.scale,
      h("div", { class: "explosion-frames" }, this.frames.flatMap(({ nodes }) => nodes)),
    ]);
    this.controls = this.buildControls();
    const parts = [this.picture, this.speech.node, ...this.controls.nodes];
    this.show(element, "Parameter explosion", parts, KEYS);
  }

  paint() {
    const counts = weights(this.state);
    this.picture.setAttribute("aria-label", alternative(this.state));
    for (const layer of LAYERS) paintRow(this.rows[layer], layer, this.state, counts[layer]);
    this.scale.textContent = `To scale, one weight per mm²: ${sides(counts)} wide.`;
    for (const frame of this.frames) paintFrame(frame, counts);
    this.controls.paint(this.state);
    this.speech.say(sentence(this.state));
  }

  buildControls() {
    const set = (field) => (number) => this.change({ [field]: number });
    const refuse = (text) => this.speech.say([["", text]]);
    const image = buildSlider("Image", (index) => {
      const [height, width] = images(this.state)[index];
      this.change({ height, width });
    });
    const marks = KNOWN.map((known) => {
      const [height, width] = known.image;
      return { known, node: buildMark(known, () => this.change({ height, width })) };
    });
    image.node.append(h("div", { class: "explosion-marks" }, marks.map(({ node }) => node)));
    const units = buildSlider("Dense units", (index) => set("out_features")(numbers(this.state)[index]));
    const colours = [[1, "1, grey"], [3, "3, colour"]];
    const channels = choice("Channels", colours, (text) => set("in_channels")(Number(text)));
    const size = counter("Kernel size", LIMITS.kernel_size, set("kernel_size"), refuse);
    const kernels = counter("Kernels", LIMITS.out_channels, set("out_channels"), refuse);
    const reset = button("Reset", "reset", () => this.change({ ...this.initial }));
    const paint = (state) => {
      const most = images(state).length - 1;
      image.paint(images(state).map(String).indexOf(pair(state)), most, ...written(state));
      for (const { known, node } of marks) {
        const at = images(state).findIndex((each) => String(each) === String(known.image)) / most;
        node.style.setProperty("--at", at);
      }
      const count = numbers(state).indexOf(state.out_features);
      units.paint(count, numbers(state).length - 1, grouped(state.out_features));
      channels.select.value = state.in_channels;
      size.paint(state.kernel_size);
      kernels.paint(state.out_channels);
    };
    const sliders = h("div", { class: "explosion-sliders" }, image.node, units.node);
    const rest = [channels.node, size.node, kernels.node, reset];
    const others = h("div", { class: "fig-controls explosion-others" }, rest);
    return { nodes: [sliders, others], paint };
  }
}

/**
 * A slider over a list, with its name and its value above: its node, and `paint(index, most, text,
 * spoken)`, where what is spoken may be longer.
 */
function buildSlider(name, onSet) {
  const input = slider(name, [0, 1], 1, onSet);
  const text = h("span", { class: "explosion-value" });
  const title = h("div", { class: "explosion-title", "aria-hidden": "true" }, `${name}: `, text);
  const paint = (index, most, value, spoken = value) => {
    input.node.max = most;
    input.paint(index, spoken);
    text.textContent = value;
  };
  return { node: h("div", { class: "explosion-slider" }, title, input.node), paint };
}

/** A known image below the slider, for fingers and mice; the keyboard has the slider. */
function buildMark({ name, beside }, onclick) {
  const attributes = { type: "button", tabindex: "-1", onclick };
  return h("button", { class: `explosion-known explosion-${beside}`, ...attributes }, name);
}

// --- the images and the numbers of units that a slider leads to, with the present one among them ---

function images({ height, width }) {
  const isListed = IMAGES.some((image) => String(image) === pair({ height, width }));
  const all = isListed ? [...IMAGES] : [...IMAGES, [height, width]];
  return all.sort((a, b) => a[0] * a[1] - b[0] * b[1]);
}

function numbers({ out_features }) {
  return [...new Set([...UNITS, out_features])].sort((a, b) => a - b);
}

function pair({ height, width }) {
  return String([height, width]);
}

/** The size of the image, as it is shown and, with what it is known from, as it is spoken. */
function written(state) {
  const known = KNOWN.find(({ image }) => String(image) === pair(state));
  const size = `${state.height}×${state.width} pixels`;
  return [size, known ? `${size}, ${known.text}` : size];
}

// --- the picture: a row for each layer over one axis, then squares ---

function buildRow(layer) {
  const [name, sum, kept] = ["name", "sum", "memory"].map((part) =>
    h("span", { class: `explosion-${part}` }),
  );
  const sample = h("span", { class: `explosion-sample explosion-${layer}` });
  const stem = h("span", { class: "explosion-stem" });
  const mark = h("span", { class: `explosion-mark explosion-${layer}` });
  const track = h("div", { class: "explosion-track" }, ticks(), stem, mark);
  const words = h("div", { class: "explosion-words" }, sample, name, kept, sum);
  return { node: h("div", { class: "explosion-row" }, words, track), name, sum, kept };
}

/** Places of the references in a row. */
function ticks() {
  return REFERENCES.map(([, count]) =>
    h("span", { class: "explosion-tick", style: `--at: ${share(count, DECADES)}` }),
  );
}

function paintRow({ node, name, sum, kept }, layer, state, count) {
  node.style.setProperty("--at", share(count, DECADES));
  name.textContent = NAMES[layer](state);
  kept.textContent = memory(count);
  sum.textContent = `${SUMS[layer](state)} = ${grouped(count)}`;
}

/** Powers of ten with the memory that so many weights take, and what to compare with. */
function buildAxis() {
  const powers = Array.from({ length: DECADES / 3 + 1 }, (_, index) => 3 * index);
  const place = (count) => `--at: ${share(count, DECADES)}`;
  const number = (power) => {
    const name = power === 0 ? "1" : ["10", h("sup", {}, String(power))];
    const bytes = h("span", { class: "explosion-bytes" }, memory(10n ** BigInt(power)));
    const end = power === 0 ? " explosion-first" : power === DECADES ? " explosion-last" : "";
    const attributes = { class: `explosion-power${end}`, style: place(10n ** BigInt(power)) };
    return h("span", attributes, h("span", {}, name), bytes);
  };
  const reference = ([name, count, line]) =>
    h("span", { class: "explosion-reference", style: `${place(count)}; --line: ${line}` },
      count === FILLING ? h("span", { class: "explosion-sample explosion-laptop" }) : null, name);
  return h("div", { class: "explosion-axis" },
    h("div", { class: "explosion-references" }, REFERENCES.map(reference)),
    h("div", { class: "explosion-powers" }, powers.map(number)),
  );
}

/** A frame of so many millimetres, and how the one before lies in its corner. */
function buildFrame([length, name], index) {
  const box = { viewBox: "-1 -1 102 102" };
  const squares = s("g");
  const corner = s("rect", { class: "explosion-corner", x: 0, y: 99, width: 1, height: 1 });
  const edge = s("rect", { class: "explosion-frame", width: 100, height: 100 });
  const lens = s("path", { class: "explosion-lens", d: "M0 0L24 99M0 100L24 100" });
  const between = { viewBox: "0 0 24 100", preserveAspectRatio: "none" };
  const gap = s("svg", { class: "explosion-gap", ...between }, lens);
  const picture = s("svg", box, squares, index > 0 ? [corner, edge] : [edge]);
  const node = h("div", {}, picture, h("div", { class: "explosion-length" }, name));
  return { length, squares, nodes: index > 0 ? [gap, node] : [node] };
}

/** The squares in a frame, the largest first so that the smaller ones lie on it. */
function paintFrame({ length, squares }, counts) {
  const all = [...LAYERS.map((layer) => [layer, counts[layer]]), ["laptop", FILLING]];
  const shown = all.map(([layer, count]) => [layer, (100 * side(count)) / length])
    .filter(([layer, size]) => size >= 1 && !(layer === "laptop" && size > 100))
    .sort(([, a], [, b]) => b - a);
  squares.replaceChildren(...shown.flatMap(([layer, size]) => square(layer, Math.min(size, 100))));
}

function square(layer, size) {
  const place = { x: 0, y: 100 - size, width: size, height: size };
  const area = s("rect", { class: `explosion-square explosion-${layer}`, ...place });
  return layer === "maps" ? [area, s("path", { class: "explosion-hatching", d: hatching(size) })] : [area];
}

/** Slanting lines in a square at the lower left. */
function hatching(size) {
  const lines = [];
  for (let at = HATCH; at < 2 * size; at += HATCH) {
    const over = Math.max(0, at - size);
    lines.push(`M${over} ${100 - at + over}L${at - over} ${100 - over}`);
  }
  return lines.join("");
}

// --- what is said ---

const NAMES = {
  convolution: ({ kernel_size, out_channels }) =>
    `Convolution, ${several(out_channels, "kernel")} of ${kernel_size}×${kernel_size}`,
  units: ({ out_features }) => `Dense, ${several(out_features, "unit")}`,
  maps: ({ out_channels }) => `Dense, ${several(out_channels, "value")} for each pixel`,
};

/** What is multiplied: numbers that come in, times numbers that come out. */
const SUMS = {
  convolution: ({ in_channels, kernel_size, out_channels }) =>
    `${kernel_size} · ${kernel_size} · ${in_channels} · ${out_channels}`,
  units: (state) => `${inputs(state)} · ${grouped(state.out_features)}`,
  maps: (state) => `${inputs(state)} · ${grouped(state.height * state.width * state.out_channels)}`,
};

function inputs({ height, width, in_channels }) {
  return grouped(height * width * in_channels);
}

/** What the dense units take, and that the convolution stays as small as it is. */
export function sentence(state) {
  const { convolution, units } = weights(state);
  const isOne = state.out_features === 1;
  const own = isOne ? "" : ` with ${inputs(state)} weights each`;
  const kept = memory(units).replace("≈", "about");
  return [
    ["", `${several(state.out_features, "dense unit")}${own}: `],
    ["dense", `${isOne ? several(units, "weight") : grouped(units)}, or ${kept} as float32`],
    ["", `, ${storage(units)}. The convolution has `],
    ["kernel", grouped(convolution)],
    ["", ", whatever the size of the image."],
  ];
}

/** How many laptops so many weights fill. */
export function storage(count) {
  if (count < FILLING) return "which fits into the memory of a laptop with 16 GB";
  const [number, isRounded] = laptops(count);
  return `the memory of ${isRounded ? "about " : ""}${several(number, "laptop")} with 16 GB`;
}

/** What is heard by a reader who cannot see the picture. */
export function alternative(state) {
  const counts = weights(state);
  const row = (layer) => `${NAMES[layer](state)}: ${several(counts[layer], "weight")}, ${memory(counts[layer])}`;
  const among = REFERENCES.map(([name, count]) => `${name} ${grouped(count)}`).join(", ");
  return (
    `A scale in powers of ten. ${LAYERS.map(row).join(". ")}. To compare: ${among}. ` +
    `As squares with one weight per square millimetre they are ${sides(counts)} wide.`
  );
}

/** How wide the three squares are. */
function sides(counts) {
  const [first, second, third] = LAYERS.map((layer) => metres(side(counts[layer])));
  return `${first}, ${second} and ${third}`;
}

/** A length in three digits and the unit that suits it: 3 mm, 24.8 cm, 346 m, 1.26 km. */
export function metres(millimetres) {
  const units = [[1e6, "km"], [1e3, "m"], [10, "cm"], [0, "mm"]];
  const [least, unit] = units.find(([length]) => millimetres >= length);
  return `${Number((millimetres / (least || 1)).toPrecision(3))} ${unit}`;
}

function several(number, noun) {
  return `${grouped(number)} ${noun}${number == 1 ? "" : "s"}`;
}

export default figure("parameter-explosion", FIELDS, (...home) => new Explosion(...home));
