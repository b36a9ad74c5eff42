// Sums and bars equal those of Python, on vectors from tests/vectors/networks.py; keys lead as in every
// tree; and what is said of a layer.
import assert from "node:assert/strict";
import test from "node:test";

import {
  around, bytes, FAMILIES, filled, isLayer, network, percent, QUANTITIES, scaleOf, short, size, step, times,
  value, visible,
} from "../../coursecnn/widgets/js/networks.js";
import { fitted, sentence } from "../../coursecnn/widgets/js/architecture-explorer.js";
import { assertClose, vectorsOf } from "./vectors.mjs";

const vectors = vectorsOf("networks");
const told = (node) => [
  ...Object.keys(QUANTITIES).map((quantity) => node[quantity]), Number(node.gated), ...node.given, ...node.output,
];
const index = ({ nodes }, ...path) => path.reduce((at, name) => nodes.findIndex((node, n) => n >= at && node.name === name), 0);
const said = (name, ...path) => sentence(network(name), index(network(name), ...path)).map(([, text]) => text).join("");

test("there are vectors of every network, of groups, gates and every quantity", () => {
  const names = new Set(vectors.map(({ names: [name] }) => name));
  assert.deepEqual([...names].sort(), FAMILIES.flatMap(([, members]) => members.map(([name]) => name)).sort());
  for (const wanted of [
    ({ ends, chosen }) => ends.some((end, n) => end > chosen[n] + 1),
    ({ expected }) => expected.some((each) => each[4] === 1),
    ({ expected }) => expected.some((each) => each[3] === 0),
    ...Object.keys(QUANTITIES).map((name) => ({ quantity }) => quantity === name),
  ]) {
    assert.ok(vectors.filter(wanted).length >= 20);
  }
});

test("layers, groups and whole networks have the sums, fields and sizes of Python", () => {
  for (const { names: [name], chosen, expected, ends } of vectors) {
    const { whole, nodes } = network(name);
    assert.deepEqual([whole, ...chosen.map((n) => nodes[n])].map(told), expected, name);
    assert.deepEqual(chosen.map((n) => nodes[n].end), ends);
  }
});

test("bars are as long as Python says on both scales", () => {
  for (const { names, quantity, chosen, bars } of vectors) {
    const shown = names.map(network);
    ["linear", "logarithmic"].forEach((kind, n) => {
      const scale = scaleOf(shown, quantity, kind);
      const lengths = chosen.map((at) => filled(shown[0].nodes[at][quantity], scale));
      assertClose(lengths, bars[n], 1e-9, names.join());
      assert.ok(lengths.every((length) => length >= 0 && length <= 1));
    });
  }
});

test("on a logarithmic scale the smallest layer has a bar, and ten times as many are a step on", () => {
  const shown = [network("alexnet"), network("vgg16")];
  const scale = scaleOf(shown, "parameters", "logarithmic");
  assert.deepEqual(scale, { from: 1000, to: 10 ** 9 });
  assertClose([filled(1792, scale), filled(10000, scale), filled(100000, scale)], [0.0422, 1 / 6, 2 / 6], 1e-4);
  assert.equal(filled(0, scale), 0);
});

test("groups hide what is inside until they are open", () => {
  const { nodes } = network("resnet50");
  const top = visible(nodes, new Set());
  const named = (list) => list.map((n) => nodes[n].name);
  assert.deepEqual(named(top), ["conv", "pool1", "stage 1", "stage 2", "stage 3", "stage 4", "pool2", "dense"]);
  const first = index(network("resnet50"), "stage 1");
  assert.deepEqual(named(visible(nodes, new Set([first]))).slice(2, 6), ["stage 1", "block 1", "block 2", "block 3"]);
  assert.deepEqual(named(around(nodes, first + 3)), ["stage 1", "block 1"]);
  assert.deepEqual(around(nodes, 0), []);
});

test("arrow keys lead through a tree, open and close it", () => {
  const { nodes } = network("vgg16");
  const [closed, open] = [new Set(), new Set([0])];
  const press = (opened, here, key) => step(nodes, opened, here, key);
  assert.deepEqual(press(closed, 0, "ArrowDown"), { node: nodes[0].end });
  assert.deepEqual(press(closed, 0, "ArrowRight"), { open: 0 });
  assert.deepEqual(press(open, 0, "ArrowRight"), { node: 1 });
  assert.deepEqual(press(open, 0, "ArrowDown"), { node: 1 });
  assert.deepEqual(press(open, 1, "ArrowLeft"), { node: 0 });
  assert.deepEqual(press(open, 0, "ArrowLeft"), { close: 0 });
  assert.deepEqual(press(open, 0, " "), { close: 0 });
  assert.deepEqual(press(closed, 0, "Enter"), { open: 0 });
  assert.deepEqual(press(closed, 0, "ArrowUp"), { node: 0 });
  assert.deepEqual(press(closed, 0, "End"), { node: nodes.length - 1 });
  assert.deepEqual(press(closed, nodes.length - 1, "ArrowDown"), { node: nodes.length - 1 });
  assert.deepEqual(press(closed, nodes.length - 1, "ArrowLeft"), { node: nodes.length - 1 });
  assert.equal(press(closed, 0, "a"), null);
});

test("numbers have three digits and say their unit", () => {
  assert.deepEqual([0, 999, 999.6, 307392, 223948800, 15470264320].map(short), ["0", "999", "1 k", "307 k", "224 M", "15.5 G"]);
  assert.deepEqual([1, 128, 559872, 12845056].map(bytes), ["1 byte", "128 bytes", "560 kB", "12.8 MB"]);
  assert.deepEqual(
    [[0, 5], [5, 0], [1, 2000], [1, 1000], [1, 200], [9.94, 100], [9.96, 100], [1, 1]].map(([a, b]) => percent(a, b)),
    ["0 %", "0 %", "below 0.1 %", "0.1 %", "0.5 %", "9.9 %", "10 %", "100 %"],
  );
  assert.deepEqual([[138357544, 61100840], [1, 4], [416520, 714188480], [12345678, 1], [0, 2], [3, 0]].map(([a, b]) => times(a, b)),
    ["2.26 ×", "0.25 ×", "0.000583 ×", "12,300,000 ×", "–", "–"]);
  assert.deepEqual([[64, 27], [4096, 0]].map(size), ["64×27×27", "4,096"]);
});

test("a field behind gates has a star, and one without limits is the whole image", () => {
  const gated = network("efficientnet_b0").whole;
  assert.equal(value(gated, "field"), "851*");
  const { nodes } = network("alexnet");
  assert.equal(value(nodes.at(-1), "field"), "whole");
  assert.equal(value(network("densenet121").whole, "field"), "2,071");
});

test("a layer is told with its sizes, its numbers and their parts of the whole", () => {
  assert.equal(
    said("alexnet", "conv2"),
    "Conv2 + ReLU of AlexNet, 5×5 convolution: 64×27×27 → 192×27×27, 307,392 parameters (0.5 %), " +
      "224 M MACs (31 %), 1.12 MB of outputs (26 %), field 51.",
  );
  assert.match(said("vgg16", "dense1"), /: 25,088 → 4,096, 102,764,544 parameters \(74 %\), .*, sees the whole image\.$/);
});

test("a group is told with the groups around it, and fields beyond the image are", () => {
  assert.match(said("resnet50", "stage 4", "block 3"), /^Stage 4, block 3 of ResNet-50, 3 layers: 2048×7×7 → 2048×7×7, 4,462,592 parameters \(17 %\), .*, field 427, more than the image of 224\.$/);
  assert.match(said("googlenet", "inception 3a"), /^Inception 3a of GoogLeNet, 7 layers: 192×28×28 → 256×28×28, /);
  assert.match(said("mobilenet_v3_small", "block 1", "conv"), /, field 7\*, by the gates the whole image\.$/);
});

test("each number of the sentence knows its role", () => {
  const roles = sentence(network("alexnet"), 2).map(([role]) => role).filter(Boolean);
  assert.deepEqual(roles, ["input", "output", "kernel", "output", "input"]);
});

test("every layer belongs to the groups that stand before it", () => {
  for (const [, members] of FAMILIES) {
    for (const [name, title] of members) {
      const { nodes, whole } = network(name);
      assert.equal(network(name).title, title);
      const top = visible(nodes, new Set()).map((n) => nodes[n]);
      for (const quantity of ["parameters", "macs", "memory"]) {
        assert.equal(top.reduce((sum, node) => sum + node[quantity], 0), whole[quantity], name);
      }
      nodes.forEach((node, n) => assert.ok(isLayer(node) ? node.end === n + 1 : node.end > n + 1));
    }
  }
});

test("a place that the networks do not have becomes the first of those they have", () => {
  const state = { first: "lenet5", second: "none", quantity: "macs", scale: "linear" };
  assert.deepEqual(fitted({ ...state, position: [1, 3] }).position, [0, 0]);
  assert.deepEqual(fitted({ ...state, position: [0, 7] }).position, [0, 0]);
  assert.deepEqual(fitted({ ...state, position: [0, 6] }).position, [0, 6]);
  assert.deepEqual(fitted({ ...state, second: "mlp", position: [1, 1] }).position, [1, 1]);
});
