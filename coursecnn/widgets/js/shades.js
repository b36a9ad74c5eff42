// Colours of numbers: those that the styles name for values from 0 to the largest, and grey for ink.

/** The colours of the styles around a node, from that of 0 to that of the largest, [red, green, blue]. */
export function stopsOf(node) {
  return parsed(getComputedStyle(node).getPropertyValue("--fig-values"));
}

/** Colours such as "#440154 #fde725" as numbers from 0 to 255. */
export function parsed(text) {
  return text.trim().split(/\s+/).map((name) => [1, 3, 5].map((n) => parseInt(name.slice(n, n + 2), 16)));
}

/** Black and white, for the ink of a digit. */
export const GREY = [[0, 0, 0], [255, 255, 255]];

/** The colour of a share from 0 to 1 on the way along the stops. */
export function shade(stops, share) {
  const at = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  return stops[low].map((colour, c) => colour + (at - low) * (stops[low + 1][c] - colour));
}

/** Numbers in colours, as canvases take them: red, green, blue and opacity, one after the other. */
export function coloured(values, most, stops) {
  const bytes = new Uint8ClampedArray(4 * values.length);
  values.forEach((value, n) => bytes.set([...shade(stops, most > 0 ? value / most : 0), 255], 4 * n));
  return bytes;
}
