// The activation plot's picture: function, derivative and tangent over one axis.

import { extent, jump, LEAST, MOST, pieces, slope, value } from "./activation.js";
import { decimal } from "./numbers.js";
import { s } from "./svg.js";

// Sizes in the drawing's own units; around the field stand the numbers of the axes.
const [WIDTH, HEIGHT] = [480, 300];
const FIELD = { x: 44, y: 8, width: 420, height: 256 };
const TANGENT = 75; // from its middle to each end

/** The chart; `onPoint(x)` hears where the reader points or drags. */
export function buildChart(onPoint) {
  const box = `0 0 ${WIDTH} ${HEIGHT}`;
  const node = s("svg", { class: "activation-chart", viewBox: box, role: "img" });
  const heard = (event) => {
    if (event.buttons !== 1) return;
    const { left, width } = node.getBoundingClientRect();
    const share = (((event.clientX - left) / width) * WIDTH - FIELD.x) / FIELD.width;
    onPoint(LEAST + (MOST - LEAST) * Math.min(Math.max(share, 0), 1));
  };
  node.addEventListener("pointerdown", heard);
  node.addEventListener("pointermove", heard);
  return node;
}

/** Draw a state into the chart. */
export function paintChart(node, { name, x }) {
  const scale = scaleOf(name);
  const label = `${name} as a solid line and its derivative as a dashed one, for x from −6 to 6`;
  node.setAttribute("aria-label", label);
  // An inner picture cuts off what leaves the field, and the marks may hang over its edge.
  const field = s("svg", FIELD, [
    ...axes(scale),
    curve(scale, pieces(name, value), "value"),
    curve(scale, pieces(name, slope), "slope"),
    ...torn(scale, name),
    ...tangent(scale, name, x),
  ]);
  const above = s("g", { transform: `translate(${FIELD.x} ${FIELD.y})` }, marks(scale, name, x));
  node.replaceChildren(field, ...ticks(scale), above);
}

/** Where numbers lie in the field; a little room is left below and above the curves. */
function scaleOf(name) {
  const [low, high] = extent(name);
  const room = 0.08 * (high - low);
  const [bottom, top] = [low - room, high + room];
  return {
    bottom,
    top,
    across: (x) => (FIELD.width * (x - LEAST)) / (MOST - LEAST),
    up: (y) => (FIELD.height * (top - y)) / (top - bottom),
  };
}

function axes({ across, up }) {
  const d = `M0 ${up(0)}H${FIELD.width}M${across(0)} 0V${FIELD.height}`;
  return [s("path", { class: "activation-axis", d })];
}

function curve({ across, up }, parts, name) {
  const path = (points) => points.map(([x, y]) => `${across(x)} ${up(y)}`).join("L");
  const d = parts.map((points) => `M${path(points)}`).join("");
  return s("path", { class: `activation-curve activation-${name}`, d });
}

/** The ends of a torn derivative: a full dot where libraries take it, an empty one elsewhere. */
function torn({ across, up }, name) {
  return (jump(name) ?? []).map((end) => {
    const manner = end === slope(name, 0) ? "full" : "empty";
    return s("circle", { class: `activation-end activation-${manner}`, cx: across(0), cy: up(end), r: 5 });
  });
}

/** A piece of the tangent at x, and a line between the two curves. */
function tangent({ across, up }, name, x) {
  const [left, height, low] = [across(x), up(value(name, x)), up(slope(name, x))];
  const rise = up(value(name, x) + slope(name, x)) - height;
  const run = across(1) - across(0);
  const share = TANGENT / Math.hypot(run, rise);
  const [dx, dy] = [share * run, share * rise];
  return [
    s("path", { class: "activation-guide", d: `M${left} ${height}V${low}` }),
    s("path", { class: "activation-tangent", d: `M${left - dx} ${height - dy}l${2 * dx} ${2 * dy}` }),
  ];
}

/** A dot on the function and a diamond on its derivative. */
function marks({ across, up }, name, x) {
  const [left, height, low] = [across(x), up(value(name, x)), up(slope(name, x))];
  return [
    s("circle", { class: "activation-mark activation-value", cx: left, cy: height, r: 8 }),
    s("path", { class: "activation-mark activation-slope", d: `M${left} ${low - 9}l9 9-9 9-9-9z` }),
  ];
}

function ticks({ bottom, top, across, up }) {
  const step = top - bottom > 4 ? 2 : top - bottom > 1.6 ? 1 : 0.5;
  const levels = multiples(step, bottom, top).map((y) =>
    number(y, { x: FIELD.x - 8, y: FIELD.y + up(y), class: "activation-tick activation-level" }),
  );
  const places = multiples(2, LEAST, MOST).map((x) =>
    number(x, { x: FIELD.x + across(x), y: HEIGHT - 14, class: "activation-tick" }),
  );
  return [...levels, ...places];
}

function multiples(step, from, to) {
  const first = Math.ceil(from / step);
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: count }, (_, index) => (first + index) * step);
}

function number(amount, attributes) {
  return s("text", attributes, decimal(amount));
}
