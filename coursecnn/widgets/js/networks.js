// What every layer of the course's classifiers costs, layers in groups, and how it is drawn and told;
// `networks.py` is the twin in Python.

import { STORED } from "./networks.stored.js";

const { families, networks, words, rows, groups } = STORED.networks;
const MOST_OFTEN = 100; // below, a stored memory counts how often it holds the output; above, bytes

/** Families with their networks: [family, [[name, title], …]] each. */
export const FAMILIES = Object.entries(families).map(([family, names]) => [
  family,
  names.map((name) => [name, networks[name][0]]),
]);

/** What is counted of a layer: its name, its short one, and the role that gives its colour. */
export const QUANTITIES = {
  parameters: { name: "parameters", short: "Parameters", role: "kernel" },
  macs: { name: "MACs", short: "MACs", role: "text" },
  memory: { name: "memory of outputs", short: "Memory", role: "output" },
  field: { name: "receptive field", short: "Field", role: "input" },
};
const SUMMED = ["parameters", "macs", "memory"];

const kept = new Map();

/**
 * A network by its name: { title, image, nodes, whole }. Its nodes are layers and groups in the order
 * of the layers, each group before what is inside: { name, level, end, what, beside, given, output,
 * parameters, macs, memory, field, gated }, where `end` is the index of the next node that is not
 * inside, `what` is empty for groups, sizes are [channels, side] with a side of 0 for a list of
 * numbers, and a field of 0 is the whole image, that of a group being that of its last maps of more
 * than one place. `whole` is all of it as one group.
 */
export function network(name) {
  if (!kept.has(name)) kept.set(name, unpack(...networks[name]));
  return kept.get(name);
}

function unpack(title, channels, side, tree) {
  const nodes = [];
  append(tree, 0, nodes, 1);
  const layers = nodes.filter(isLayer);
  nodes.forEach((node, index) => {
    if (isLayer(node)) return;
    const inside = nodes.slice(index, node.end).filter(isLayer);
    // Branches are joined behind the last layer of a block: the next layer says what is given on.
    const next = nodes.slice(node.end).find(isLayer);
    const output = next && next.given[1] > 0 ? next.given : inside.at(-1).output;
    Object.assign(node, sums(inside), { output });
  });
  const whole = { name: "", level: 0, end: nodes.length, what: "", ...sums(layers), output: layers.at(-1).output };
  return { title, image: [channels, side], nodes, whole };
}

export function isLayer({ what }) {
  return what !== "";
}

/** Layers as `book/explored_networks.py` has stored them; `field` is that of the layer before. */
function append(tree, level, nodes, field) {
  for (const [first, second, grown, gate] of tree) {
    if (typeof first === "string") {
      const group = { name: first, level, what: "", beside: "" };
      nodes.push(group);
      field = append(groups[second], level + 1, nodes, field);
      group.end = nodes.length;
    } else {
      const [what, beside, given, from, channels, side, weights, others, memory] = rows[second];
      const count = channels * Math.max(side, 1) ** 2;
      field += grown ?? 0;
      nodes.push({
        name: words[first], level, end: nodes.length + 1, what: words[what], beside: words[beside],
        given: [given, from], output: [channels, side],
        parameters: weights * channels + others, macs: weights * count,
        memory: memory >= MOST_OFTEN ? memory : 4 * count * memory,
        field: grown === null ? 0 : field, gated: gate === 1,
      });
    }
  }
  return field;
}

function sums(layers) {
  const maps = layers.filter(({ output }) => output[1] > 1);
  const sum = (quantity) => layers.reduce((total, layer) => total + layer[quantity], 0);
  return {
    ...Object.fromEntries(SUMMED.map((quantity) => [quantity, sum(quantity)])),
    given: layers[0].given,
    field: Math.max(0, ...maps.map(({ field }) => field)),
    gated: layers.some(({ gated }) => gated),
  };
}

// --- which nodes are seen, and where keys lead ---

/** The indices of the nodes that are in no group, or in groups that are open. */
export function visible(nodes, opened) {
  const seen = [];
  for (let index = 0; index < nodes.length; ) {
    seen.push(index);
    index = isLayer(nodes[index]) || opened.has(index) ? index + 1 : nodes[index].end;
  }
  return seen;
}

/** The groups around a node, the outermost first. */
export function around(nodes, index) {
  return nodes.flatMap((node, at) => (at < index && index < node.end && !isLayer(node) ? [at] : []));
}

/**
 * Where a key leads from a node, as in every tree: { node }, { open } or { close } a group, or null
 * for a key that means nothing here.
 */
export function step(nodes, opened, here, key) {
  const seen = visible(nodes, opened);
  const at = seen.indexOf(here);
  const isGroup = !isLayer(nodes[here]);
  const to = (place) => ({ node: seen[Math.min(Math.max(place, 0), seen.length - 1)] });
  switch (key) {
    case "ArrowUp": return to(at - 1);
    case "ArrowDown": return to(at + 1);
    case "Home": return to(0);
    case "End": return to(seen.length - 1);
    case "ArrowRight":
      if (!isGroup) return { node: here };
      return opened.has(here) ? { node: here + 1 } : { open: here };
    case "ArrowLeft":
      return isGroup && opened.has(here) ? { close: here } : { node: around(nodes, here).at(-1) ?? here };
    case "Enter":
    case " ":
      if (!isGroup) return { node: here };
      return opened.has(here) ? { close: here } : { open: here };
    default: return null;
  }
}

// --- how long bars are ---

/**
 * The scale that networks share: { from, to }, where bars begin and where they end. A logarithmic one
 * begins at the power of ten below the smallest layer, a linear one at 0.
 */
export function scaleOf(shown, quantity, kind) {
  const to = Math.max(1, ...shown.flatMap(({ nodes }) => nodes.map((node) => node[quantity])));
  if (kind === "linear") return { from: 0, to };
  const least = Math.min(to, ...shown.flatMap(({ nodes }) => nodes.map((node) => node[quantity]).filter((n) => n > 0)));
  return { from: 10 ** (Math.ceil(Math.log10(least)) - 1), to: 10 ** Math.ceil(Math.log10(to)) };
}

/** How much of a scale a value fills, from 0 to 1. */
export function filled(value, { from, to }) {
  if (value <= 0) return 0;
  return from === 0 ? value / to : Math.log10(value / from) / Math.log10(to / from);
}

// --- numbers as readers write them ---

const UNITS = ["", "k", "M", "G", "T"];

/** A number with a comma before every three digits of its whole part. */
export function grouped(number) {
  const [whole, ...decimals] = String(number).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...decimals].join(".");
}

/** Three digits and the power of 1,000: 307 k, 224 M, 15.5 G. */
export function short(number) {
  let [size, unit] = [number, 0];
  for (; size >= 999.5 && unit < UNITS.length - 1; unit += 1) size /= 1000;
  return `${Number(size.toPrecision(3))}${unit ? ` ${UNITS[unit]}` : ""}`;
}

/** Bytes in three digits: 560 kB, 12.8 MB. */
export function bytes(number) {
  const text = short(number);
  return number < 999.5 ? `${text} ${number === 1 ? "byte" : "bytes"}` : `${text}B`;
}

/** A part of a whole: 31 %, 0.5 %, below 0.1 %. */
export function percent(part, whole) {
  const share = (100 * part) / whole;
  if (part === 0 || whole === 0) return "0 %";
  if (share < 0.1) return "below 0.1 %";
  return `${share < 9.95 ? Number(share.toFixed(1)) : Math.round(share)} %`;
}

/** What stands beside the bar of a node. */
export function value(node, quantity) {
  if (quantity === "field") return node.field > 0 ? `${grouped(node.field)}${node.gated ? "*" : ""}` : "whole";
  return (quantity === "memory" ? bytes : short)(node[quantity]);
}

/** How many times as large one number is as another: 21.7 ×. */
export function times(number, other) {
  return other > 0 && number > 0 ? `${grouped(Number((number / other).toPrecision(3)))} ×` : "–";
}

/** Channels and sides: 64×27×27, or 4,096 for a list of numbers. */
export function size([channels, side]) {
  return side === 0 ? grouped(channels) : `${channels}×${side}×${side}`;
}
