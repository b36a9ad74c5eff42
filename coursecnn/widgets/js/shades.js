// Colours of numbers: those that the styles name, and grey for ink.

/**
 * The colours of the styles around a node, [red, green, blue]: "values" from 0 to the largest, "signed"
 * from the lowest over 0, in the middle, to the largest.
 */
export function stopsOf(node, scale = "values") {
  return parsed(getComputedStyle(node).getPropertyValue(`--fig-${scale}`));
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

/** The same for signed numbers, with 0 in the middle of the colours. */
export function signedColours(values, most, stops) {
  const reach = most || 1;
  return coloured(values.map((value) => value + reach), 2 * reach, stops);
}
