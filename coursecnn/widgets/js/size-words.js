// What the output-size calculator says: the formula with its numbers, and what it leaves out.

import { count, extent, pixels, unread } from "./axis.js";
import { decimal } from "./numbers.js";
import { samePadding, span } from "./sizes.js";

/** Runs of [role, text]: the formula, then what happens to the pixels. */
export function sentence(state) {
  return [...formula(state), ["", ` ${consequence(state)}`]];
}

/** ⌊(size + 2·padding − dilation·(kernel size − 1) − 1) / stride⌋ + 1, with its numbers. */
export function formula({ size, kernel_size, stride, padding, dilation }) {
  const room = size + 2 * padding - span(kernel_size, dilation);
  const result = Math.floor(room / stride) + 1;
  const floors = [`⌊${decimal(room)} / ${stride}⌋ + 1`, `⌊${decimal(room / stride)}⌋ + 1`];
  const shown = room % stride === 0 ? floors.slice(0, 1) : floors;
  return [
    ["", "⌊("], ["input", `${size}`], ["", ` + 2·${padding} − ${dilation}·(`],
    ["kernel", `${kernel_size}`], ["", ` − 1) − 1) / ${stride}⌋ + 1`],
    ...shown.flatMap((text) => [["", " = "], ["whole", text]]), ["", " = "],
    [result > 0 ? "output" : "", decimal(result)], ["", "."],
  ];
}

/** Whether some padding keeps the size, equal on both sides: the padding or null, and why. */
export function same({ size, kernel_size, stride, dilation }) {
  const [before, after] = samePadding(kernel_size, dilation);
  const needs = `${dilation}·(${kernel_size} − 1) = ${several(before + after, "zero")} in all`;
  if (before !== after) {
    const sides = `an odd number: ${before} before and ${after} after`;
    const words = `Same padding cannot be equal on both sides: it needs ${needs}, ${sides}.`;
    return { padding: null, words };
  }
  const kept = `⌈${size} / ${stride}⌉ = ${Math.ceil(size / stride)}`;
  const effect = stride === 1 ? `the size stays ${size}` : `stride ${stride} then leaves ${kept}`;
  return { padding: before, words: `Same padding: ${needs}, ${before} on each side; ${effect}.` };
}

/** What is heard by a reader who cannot see the picture. */
export function alternative(state) {
  const zeros = state.padding > 0 ? ` between zeros, ${state.padding} on each side` : "";
  const axis = `${several(state.size, "pixel")} in a row${zeros}: ${entries(extent(state))} in all.`;
  const gaps = state.dilation > 1 ? `, one in every ${state.dilation}` : "";
  const reads = `reads ${entries(state.kernel_size)}${gaps}`;
  if (count(state) === 0) return `${axis} A window that ${reads} hangs over the end.`;
  if (count(state) === 1) return `${axis} One window under it ${reads}.`;
  const apart = `starts ${state.stride} after the one before`;
  return `${axis} Each of the ${count(state)} windows under it ${reads}, and ${apart}.`;
}

function consequence(state) {
  if (count(state) === 0) return noOutput(state);
  const { behind, between } = unread(state);
  return `${fit(count(state))}${dropped(state, behind)}${skipped(state, between)}`;
}

function fit(number) {
  return number === 1 ? "One window fits." : `${number} windows fit.`;
}

function noOutput({ size, kernel_size, padding, dilation }) {
  const reach = span(kernel_size, dilation);
  const gaps = dilation > 1 ? ` with dilation ${dilation}` : "";
  const room = `the padded axis has ${size + 2 * padding}`;
  const remedy = `a padding of ${Math.ceil((reach - size) / 2)} or more, or a smaller kernel`;
  return `There is no output: the kernel${gaps} spans ${entries(reach)}, ${room}. It needs ${remedy}.`;
}

function dropped(state, places) {
  if (places.length === 0) return "";
  const lost = pixels(state, places);
  const what = ` The floor drops ${entries(places.length)} at the end`;
  if (lost.length === 0) return `${what}, but no pixel: it is padding.`;
  return `${what}: ${listed(lost)} ${lost.length === 1 ? "is" : "are"} never read.`;
}

function skipped(state, places) {
  const lost = pixels(state, places);
  return lost.length === 0 ? "" : ` The windows step over ${listed(lost)}.`;
}

function several(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function entries(number) {
  return number === 1 ? "1 entry" : `${number} entries`;
}

function listed(numbers) {
  if (numbers.length === 1) return `pixel ${numbers[0]}`;
  return `pixels ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}
