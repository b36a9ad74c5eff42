// What the words of a reader find, and what is shown of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const source = new URL("../../book/_static/js/search.js", import.meta.url);
const { wordsOf, find, matches, excerpt } = vm.runInNewContext(
  `${readFileSync(source, "utf8")}; ({ wordsOf, find, matches, excerpt })`,
);
const plain = (value) => JSON.parse(JSON.stringify(value)); // of this realm, to compare

const texts = (query, text) =>
  matches(wordsOf(query), text).map(([from, to]) => text.slice(from, to));

test("a size is one word, however it is typed", () => {
  for (const query of ["1x1", "1×1", "1 x 1", "1 X 1", "1*1"]) assert.deepEqual(plain(wordsOf(query)), ["1×1"]);
  assert.deepEqual(plain(wordsOf("3x3x64 kernels")), ["3×3×64", "kernels"]);
  assert.deepEqual(plain(wordsOf("  , ")), []);
});

test("a size is found with either sign, and not within another number", () => {
  assert.deepEqual(plain(texts("1x1", "1×1, 1x1, 1 × 1, 11×1, 1×10, 1×1×64")), ["1×1", "1x1", "1 × 1", "1×1"]);
  assert.deepEqual(plain(texts("28", "28 of 280 in 28×28")), ["28", "28"]);
});

test("words are found from their beginning on, in any form", () => {
  assert.deepEqual(plain(texts("kernels", "Kernel, kernels, kernel's, x_kernel")), ["Kernel", "kernels", "kernel", "kernel"]);
  assert.deepEqual(plain(texts("pooling", "pools, pooled, spooling")), ["pools", "pooled"]);
  assert.deepEqual(plain(texts("classes", "class and classes")), ["class", "classes"]);
  assert.deepEqual(plain(texts("bias", "bias, biases")), ["bias", "biases"]);
  assert.deepEqual(plain(texts("convolutions", "convolutional")), ["convolutional"]);
});

test("matches do not overlap", () => {
  assert.deepEqual(plain(texts("conv conv2d", "conv2d(conv)")), ["conv2d", "conv"]);
});

const pages = [
  ["a.html", "Layers", [["", "", "A stack of kernels."], ["pool", "Pooling", "No weights at all."]]],
  ["b.html", "Kernels", [["see", "What they see", "A weight for each pixel."], ["end", "The end", "Nothing."]]],
];
const places = (query) => find(wordsOf(query), pages).map(({ address, anchor }) => `${address}#${anchor}`);

test("a section needs all words, of which the title of its page may lend some", () => {
  assert.deepEqual(plain(places("kernel weight")), ["b.html#see"]);
  assert.deepEqual(plain(places("kernel")), ["a.html#"]);
  assert.deepEqual(plain(places("weights pooling")), ["a.html#pool"]);
  assert.deepEqual(plain(places("weights zebra")), []);
  assert.deepEqual(plain(places("")), []);
});

test("a heading counts for more than a text", () => {
  const both = [["a.html", "A", [["1", "First", "Strides and strides."], ["2", "The stride", "Steps."]]]];
  assert.deepEqual(plain(find(["stride"], both).map((hit) => hit.anchor)), ["2", "1"]);
});

test("an excerpt shows the match, and is cut between words", () => {
  const text = `${"before ".repeat(60)}a kernel here ${"after ".repeat(60)}`;
  const shown = excerpt(["kernel"], text);
  assert.match(shown, /^… before .*a kernel here after .* after …$/);
  assert.ok(shown.length < 350);
  assert.equal(excerpt(["kernel"], "No word of it."), "No word of it.");
});
