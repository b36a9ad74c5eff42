// The connection explorer's network: inputs on the left, outputs on the right, lines between.

import { connections, outputCount, ownConnections } from "./connections.js";
import { weightName } from "./connection-words.js";
import { h } from "./figure.js";
import { grid } from "./grid.js";
import { s } from "./svg.js";

// The style sheet gives each unit as much height as PITCH has units here.
const [PITCH, WIDTH] = [40, 150];
// A letter stands near the end where its unit's lines lie apart.
const NEAR = { output: 0.24, input: 0.76 };

/** The units of a layer and room for its lines; `onMove({ side, unit })` hears the reader. */
export function buildNetwork(state, onMove) {
  const parts = {
    input: column("input", "Inputs", state.size, onMove),
    output: column("output", "Outputs", outputCount(state), onMove),
    lines: s("svg", {
      class: "connections-lines",
      viewBox: `0 0 ${WIDTH} ${state.size * PITCH}`,
      "aria-hidden": "true",
    }),
  };
  const style = `--inputs: ${state.size}; --outputs: ${outputCount(state)}`;
  const columns = [parts.input.node, parts.lines, parts.output.node];
  return { ...parts, node: h("div", { class: "connections-network", style }, columns) };
}

/** Mark the reader's unit and those that it is connected with, and draw the lines. */
export function paintNetwork(parts, state) {
  const own = ownConnections(state);
  for (const side of ["input", "output"]) {
    const linked = new Set(own.map((connection) => connection[side]));
    parts[side].cells.forEach(([cell], unit) => {
      const isHere = side === state.side && unit === state.unit;
      cell.classList.toggle("connections-linked", !isHere && linked.has(unit));
      if (isHere) cell.setAttribute("aria-current", "true");
      else cell.removeAttribute("aria-current");
    });
  }
  parts[state.side].rest([state.unit, 0]);
  parts.lines.replaceChildren(...drawLines(state, own));
}

function column(side, title, count, onMove) {
  const name = title.slice(0, -1);
  const cell = (unit) => {
    const attributes = { class: "connections-unit", role: "gridcell" };
    return h("span", { ...attributes, "aria-label": `${name} ${unit + 1}` }, unit + 1);
  };
  const label = `${title}: arrow keys move from one to the next`;
  const part = grid([count, 1], label, cell, ([unit]) => onMove({ side, unit }));
  const heading = h("div", { class: "fig-title" }, title);
  return { ...part, node: h("div", { class: `connections-${side}s` }, heading, part.node) };
}

/** All lines, those of the reader's unit above the others and with their letters. */
function drawLines(state, own) {
  const others = connections(state).filter((each) => each[state.side] !== state.unit);
  const [thin, thick] = ["connections-line", "connections-line connections-own"];
  return [
    ...others.map((each) => line(state, each, thin)),
    ...own.map((each) => line(state, each, thick)),
    ...own.map((each) => letter(state, each)),
  ];
}

/** A line; where weights are shared, its style tells which of them it carries. */
function line(state, { output, input, weight }, name) {
  const manner = state.kind === "shared" ? weight : "own";
  const [y1, y2] = heights(state, output, input);
  return s("line", { class: name, "data-weight": manner, x1: 0, y1, x2: WIDTH, y2 });
}

function letter(state, { output, input }) {
  const share = NEAR[state.side];
  const [left, right] = heights(state, output, input);
  const place = { x: share * WIDTH, y: left + share * (right - left) };
  return s("text", { class: "connections-letter", ...place }, weightName(state, output, input));
}

/** The heights of a line's ends: the outputs stand in the middle beside the inputs. */
function heights(state, output, input) {
  const above = (state.size - outputCount(state)) / 2;
  return [(input + 0.5) * PITCH, (output + above + 0.5) * PITCH];
}
