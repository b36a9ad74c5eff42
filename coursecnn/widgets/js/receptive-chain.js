// The picture of a chain: the input at the left, a column of units for each layer to its right.
// A unit stands at the middle of its field, so that the distance of neighbours is the jump.

import { h } from "./figure.js";
import { centre, counts, fields, intervals, reads, target } from "./receptive.js";
import { s } from "./svg.js";

const [HEIGHT, LEAST, MOST, LARGEST] = [336, 4, 24, 20];

/** Two states with the same layout are drawn with the same units. */
export function layout({ layers }) {
  return JSON.stringify(layers);
}

/** The columns, still without a field; `onMove([level, unit])` hears the reader. */
export function buildChain(state, onMove) {
  const units = counts(state.layers);
  const pitch = Math.min(MOST, Math.max(LEAST, HEIGHT / units[0]));
  const sides = fields(state.layers).map(({ jump }) => Math.min(LARGEST, jump * pitch - 1));
  const mark = h("div", { class: "fig-mark", "aria-hidden": "true" });
  const viewBox = `0 0 ${units.length} ${units[0]}`;
  const cones = s("svg", { class: "fig-cones", viewBox, preserveAspectRatio: "none", "aria-hidden": "true" });
  const columns = units.map((count, level) => column(state, level, count, sides[level]));
  const body = h("div", { class: "fig-columns" }, cones, mark, columns.map(({ node }) => node));
  const parts = { mark, cones, columns, halves: sides.map((side) => side / pitch / 2) };
  const node = h("div", { class: "fig-chain" }, h("div", { class: "fig-heads" }, units.map(head)), body);
  const style = { "--pitch": `${pitch}px`, "--pixels": units[0], "--levels": units.length };
  for (const [name, value] of Object.entries(style)) node.style.setProperty(name, value);
  return { ...parts, node, listen: listening(body, columns, onMove) };
}

/** Fill the units that are seen, and draw the cones from each level to the one below. */
export function paintChain(parts, state) {
  const seen = reads(state.layers, state.position);
  parts.columns.forEach((each, level) => paintColumn(each, level, seen[level], state));
  const stretches = intervals(state.layers, state.position);
  paintMark(parts.mark, stretches[0]);
  const edges = stretches.map((stretch, level) => edgesOf(stretch, level, state, parts.halves));
  parts.cones.replaceChildren(...edges.slice(1).flatMap((edge, below) => cone(below, edges[below], edge)));
  parts.listen(state);
}

function head(count, level) {
  const title = level === 0 ? "Input" : `Layer ${level}`;
  const role = level === 0 ? "input" : "output";
  const range = h("div", { class: "fig-range" }, `0–${count - 1}`);
  return h("div", { class: `fig-panel-${role}` }, h("div", { class: "fig-title" }, title), range);
}

function column({ layers }, level, count, side) {
  const places = Array.from({ length: count }, (_, unit) => centre(layers, [level, unit]));
  const name = Math.random().toString(36).slice(2);
  const { jump } = fields(layers)[level];
  const units = places.map((place, unit) => {
    const attributes = { class: "fig-unit", style: `--at: ${place}`, "data-unit": unit };
    const option = { role: "option", id: `fig-${name}-${unit}` };
    return h("span", { ...attributes, ...(level > 0 ? option : { "aria-hidden": "true" }) });
  });
  const roles = level > 0
    ? { role: "listbox", "aria-label": `Layer ${level}`, "aria-orientation": "vertical" }
    : { role: "img", "aria-label": `Input of ${count} pixels` };
  const classes = `fig-column fig-column-${level > 0 ? "layer" : "input"}`;
  const style = `--side: ${side}px; --jump: ${jump}`;
  return { node: h("div", { class: classes, style, "data-level": level, ...roles }, units), units };
}

function paintColumn({ node, units }, level, seen, { position }) {
  const isChosen = (unit) => level === position[0] && unit === position[1];
  units.forEach((each, unit) => {
    each.classList.toggle("fig-seen", seen?.has(unit) ?? false);
    if (level === 0) return;
    each.setAttribute("aria-selected", String(isChosen(unit)));
    each.setAttribute("aria-label", `unit ${unit}${!isChosen(unit) && seen?.has(unit) ? ", seen" : ""}`);
  });
  if (level === 0) return;
  node.tabIndex = level === position[0] ? 0 : -1;
  if (level === position[0]) node.setAttribute("aria-activedescendant", units[position[1]].id);
  else node.removeAttribute("aria-activedescendant");
}

function paintMark(mark, [first, last]) {
  mark.style.setProperty("--first", first);
  mark.style.setProperty("--size", last - first + 1);
  mark.replaceChildren(h("span", {}, first === last ? `${first}` : `${first}–${last}`));
}

/** Upper and lower edge of the units of a stretch, in pixels. */
function edgesOf([first, last], level, { layers }, halves) {
  const middle = (unit) => centre(layers, [level, unit]) + 0.5;
  return [middle(first) - halves[level], middle(last) + halves[level]];
}

/** From the stretch on a level to the stretch above it that reads it: one kernel's step. */
function cone(below, [low, high], [from, to]) {
  const [left, right] = [below + 0.5, below + 1.5];
  const points = `${left},${low} ${right},${from} ${right},${to} ${left},${high}`;
  const line = (y1, y2) => s("line", { x1: left, y1, x2: right, y2 });
  return [s("polygon", { points }), line(low, from), line(high, to)];
}

/** Hear keys and clicks; what is returned takes each new state. */
function listening(body, columns, onMove) {
  let state = null;
  const move = (position) => {
    onMove(position);
    columns[position[0]].node.focus();
  };
  body.addEventListener("keydown", (event) => {
    const position = target(event, state);
    if (position === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(position);
  });
  body.addEventListener("click", (event) => {
    const unit = event.target.closest(".fig-column-layer .fig-unit");
    if (unit) move([Number(unit.parentNode.dataset.level), Number(unit.dataset.unit)]);
  });
  return (next) => (state = next);
}
