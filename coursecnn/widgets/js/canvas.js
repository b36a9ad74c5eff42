// Canvases with one pixel for each number, frames on them, and what these frame in words. The styles of
// a figure make its canvases larger.

import { h, s } from "./figure.js";

/** A canvas of so many rows and columns. */
export function canvasOf([rows, columns], attributes = {}) {
  const style = `--tall: ${rows}; --wide: ${columns}`;
  return h("canvas", { class: "fig-canvas", width: columns, height: rows, style, ...attributes });
}

/** Write a grid of colours, four bytes each, with its corner at [row, column]. */
export function put(canvas, bytes, [rows, columns], [row, column] = [0, 0]) {
  // So few pixels are quicker without the graphics card.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.putImageData(new ImageData(bytes, columns, rows), column, row);
}

/** A drawing above a canvas, in units of its pixels. */
export function overlay([rows, columns], ...children) {
  const viewBox = `0 0 ${columns} ${rows}`;
  const attributes = { class: "fig-overlay", viewBox, preserveAspectRatio: "none", "aria-hidden": "true" };
  return s("svg", attributes, children);
}

/** A frame around a stretch, [[first row, last], [first column, last]]. */
export function frame(name, [[top, bottom], [left, right]]) {
  const place = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  // Dark below bright, as it lies on dark and on bright numbers.
  const lines = ["fig-below", "fig-above"].map((line) => s("rect", { class: line, ...place }));
  return s("g", { class: name }, lines);
}

/** A stretch in words, counted from 1. */
export function placed([rows, columns]) {
  const named = [["row", rows], ["column", columns]].map(([noun, [first, last]]) =>
    first === last ? `${noun} ${first + 1}` : `${noun}s ${first + 1} to ${last + 1}`,
  );
  return named.join(" and ");
}
